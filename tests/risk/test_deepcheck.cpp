// SPDX-License-Identifier: GPL-3.0-or-later
// The checkpoint pipeline: who relies on it must not be told that training runs when it stands still, nor
// that work is safe which is not.
#include <QtTest>
#include <cmath>
#include <random>

#include "cases.h"
#include "judge/pipeline.h"
#include "risk/deepcheck.h"
#include "risk/deepcheck_setups.h"
#include "test_program.h"

namespace test_deepcheck {

using namespace deepvm;
using namespace deepvm::risk;
using deepvm::tests::any_setup;
using deepvm::tests::by_heart;
using deepvm::tests::close;
using deepvm::tests::gbit_per_gib;

namespace {

deepvm::tests::judge::Pipeline judged(const DeepCheck& setup) {
    return deepvm::tests::judge::pipeline_of(
        {setup.workers, setup.remotes, setup.checkpoint_gib, setup.sharded, setup.host_copy_gib_per_second,
         setup.cut_gib_per_second, setup.worker_network_gbps, setup.remote_network_gbps,
         setup.remote_buffer_gib * setup.remotes, setup.storage_gib_per_second});
}

double seconds_of(const DeepCheckRun& run, Activity activity) {
    double sum = 0;
    for (const auto& span : run.spans)
        if (span.activity == activity) sum += span.end_seconds - span.begin_seconds;
    return sum;
}

}  // namespace

class TestDeepCheck : public QObject {
    Q_OBJECT

  private slots:
    void a_pipeline_by_heart() {
        const auto run = simulate(by_heart()).value();
        const auto step = step_seconds(by_heart()).value();
        QVERIFY(close(step.copy, 2) && close(step.cut, 1) && close(step.send, 8) && close(step.flush, 4));
        QCOMPARE(run.buffer_checkpoints, 2);
        QCOMPARE(run.checkpoints.size(), std::size_t{4});  // due at 20, 42, 64 and 86 s
        QVERIFY(close(run.checkpoints[3].due_seconds, 86));
        QVERIFY(close(run.checkpoints[0].sent_seconds, 31));
        QVERIFY(close(run.checkpoints[0].flushed_seconds, 35));
        QVERIFY(close(run.copy_stall_seconds, 8));
        QCOMPARE(run.other_stall_seconds, 0.0);
        QVERIFY(close(run.stall_percent, 8));
        QVERIFY(close(run.shortest_interval_seconds, 9));
    }

    // The one thing that a person has to read off: what to buy more of.
    void a_stall_names_what_is_too_slow() {
        const auto seconds = [](const DeepCheck& setup, Cause cause) {
            double sum = 0;
            const auto run = simulate(setup).value();
            for (const auto& span : run.spans)
                if (span.cause == cause) sum += span.end_seconds - span.begin_seconds;
            return sum;
        };
        auto network = by_heart();
        network.interval_seconds = 5;
        QVERIFY(seconds(network, Cause::network) > 30);
        QCOMPARE(seconds(network, Cause::remote_buffer), 0.0);
        auto storage = by_heart();
        storage.storage_gib_per_second = 0.025;  // 80 s a checkpoint
        storage.duration_seconds = 1000;
        QVERIFY(seconds(storage, Cause::remote_buffer) > 500);
        auto cutting = by_heart();
        cutting.cut_gib_per_second = 0.05;  // 20 s a share
        cutting.interval_seconds = 10;
        QVERIFY(seconds(cutting, Cause::cutting) > 10);
        QVERIFY(close(seconds(by_heart(), Cause::copy), 8));
    }

    void a_revocation_by_heart() {
        auto setup = by_heart();
        // Checkpoint 2: due 42, copied 44, cut 45, sent 53, flushed 57.
        const auto lost = [&](double seconds) {
            setup.revoked_seconds = seconds;
            return simulate(setup).value().losses.value();
        };
        auto at = lost(10);
        QCOMPARE(at.host.checkpoint, 0);
        QVERIFY(close(at.host.lost_seconds, 10) && close(at.storage.lost_seconds, 10));
        at = lost(43);  // while it is copied: nothing new is lost
        QCOMPARE(at.host.checkpoint, 1);
        QVERIFY(close(at.host.lost_seconds, 20));
        at = lost(50);
        QCOMPARE(at.host.checkpoint, 2);
        QCOMPARE(at.remote.checkpoint, 1);
        QVERIFY(close(at.host.lost_seconds, 6) && close(at.remote.lost_seconds, 26));
        at = lost(55);
        QCOMPARE(at.remote.checkpoint, 2);
        QCOMPARE(at.storage.checkpoint, 1);
        QVERIFY(close(at.remote.lost_seconds, 11) && close(at.storage.lost_seconds, 31));
        at = lost(60);
        QCOMPARE(at.storage.checkpoint, 2);
    }

    // After it the workers do nothing; what had arrived still goes to storage, what had not never does.
    void a_revocation_stops_the_workers_alone() {
        auto setup = by_heart();
        setup.revoked_seconds = 54;  // 2 has arrived, 4 s of flushing are left
        auto run = simulate(setup).value();
        double flushed = 0;
        for (const auto& span : run.spans) {
            if (span.lane == Lane::storage) flushed = std::max(flushed, span.end_seconds);
            if (span.lane != Lane::storage && span.lane != Lane::buffer) QVERIFY(span.end_seconds <= 54);
        }
        QVERIFY(close(flushed, 57));
        setup.revoked_seconds = 50;  // 2 is on its way
        run = simulate(setup).value();
        for (const auto& span : run.spans)
            if (span.lane == Lane::storage) QCOMPARE(span.checkpoint, 1);
        QCOMPARE(run.fills.back().checkpoints, 0);
        QCOMPARE(run.fills.back().seconds, 50.0);
    }

    void spans_of_a_lane_do_not_overlap() {
        std::mt19937 random(1);
        for (int i = 0; i < deepvm::tests::cases(2000); ++i) {
            auto setup = any_setup(random);
            if (i % 3 == 0)
                setup.revoked_seconds =
                    setup.duration_seconds * std::uniform_real_distribution(0.0, 1.0)(random);
            const auto run = simulate(setup).value();
            QVERIFY(!run.spans.empty());
            for (std::size_t k = 0; k < run.spans.size(); ++k) {
                const auto& span = run.spans[k];
                QVERIFY(span.end_seconds > span.begin_seconds && span.begin_seconds >= 0);
                QVERIFY(span.end_seconds <= setup.duration_seconds);
                QVERIFY(span.slot < run.buffer_checkpoints);
                if (k == 0) continue;
                const auto& before = run.spans[k - 1];
                if (before.lane == span.lane && before.slot == span.slot)
                    QVERIFY(before.end_seconds <= span.begin_seconds);
                else
                    QVERIFY(std::pair(before.lane, before.slot) < std::pair(span.lane, span.slot));
            }
            // Training trains or stands still at every moment, and only then.
            QVERIFY(close(seconds_of(run, Activity::trains) + seconds_of(run, Activity::stalls),
                          run.end_seconds));
            QVERIFY(close(run.stall_percent * run.end_seconds / 100, seconds_of(run, Activity::stalls)));
        }
    }

    // No byte appears or is lost on the way: what is sent is what was copied, what is flushed was sent.
    void bytes_are_conserved() {
        std::mt19937 random(2);
        for (int i = 0; i < deepvm::tests::cases(1000); ++i) {
            const auto setup = any_setup(random);
            const auto run = simulate(setup).value();
            const double total = setup.checkpoint_gib * (setup.sharded ? 1 : setup.workers);
            const double rate = usable_network / gbit_per_gib *
                                std::min(setup.workers * setup.worker_network_gbps,
                                         setup.remotes * setup.remote_network_gbps);
            int sent = 0;
            int flushed = 0;
            for (const auto& span : run.spans) {
                const double seconds = span.end_seconds - span.begin_seconds;
                if (span.activity == Activity::sends && span.whole) {
                    QVERIFY(close(seconds * rate, total));
                    ++sent;
                }
                if (span.activity == Activity::flushes && span.whole) {
                    QVERIFY(close(seconds * setup.storage_gib_per_second * setup.remotes, total));
                    ++flushed;
                }
            }
            // In remote memory at the end: all that is neither flushed nor still to be sent.
            const int arriving = run.fills.back().checkpoints - (sent - flushed);
            QVERIFY(arriving == 0 || arriving == 1);
            for (const auto& fill : run.fills) {
                QVERIFY(fill.checkpoints >= 0 && fill.checkpoints <= run.buffer_checkpoints);
                QVERIFY(fill.checkpoints * total <= setup.remote_buffer_gib * setup.remotes * (1 + 1e-6));
            }
            for (const auto& times : run.checkpoints) {
                QVERIFY(times.due_seconds <= times.copy_seconds && times.copy_seconds < times.copied_seconds);
                QVERIFY(times.copied_seconds < times.sent_seconds);
                QVERIFY(times.sent_seconds <= times.flush_seconds);
            }
        }
    }

    // Told checkpoint by checkpoint by somebody else: the same steps, the same waits, the same shortest
    // interval.
    void another_telling_has_the_same_stalls() {
        std::mt19937 random(14);
        int stalled = 0;
        for (int i = 0; i < deepvm::tests::cases(2000); ++i) {
            const auto setup = any_setup(random);
            const auto pipeline = judged(setup);
            const auto run = simulate(setup).value();
            const auto steps = step_seconds(setup).value();
            QVERIFY(close(steps.copy, pipeline.copy) && close(steps.cut, pipeline.cut));
            QVERIFY(close(steps.send, pipeline.send) && close(steps.flush, pipeline.flush));
            QVERIFY(close(run.shortest_interval_seconds, deepvm::tests::judge::shortest_interval(pipeline)));
            double waited = 0;
            for (const auto& times : run.checkpoints)
                waited += times.copy_seconds - times.due_seconds;
            const auto count = static_cast<int>(run.checkpoints.size());
            const double expected =
                deepvm::tests::judge::stalled_seconds(pipeline, setup.interval_seconds, count);
            QVERIFY(close(waited, expected));
            stalled += expected > 0 ? 1 : 0;
        }
        QVERIFY(deepvm::tests::enough(stalled, 300));
    }

    void a_long_interval_stalls_for_the_copy_alone() {
        std::mt19937 random(7);
        for (int i = 0; i < deepvm::tests::cases(500); ++i) {
            auto setup = any_setup(random);
            setup.interval_seconds = 1e6;
            setup.duration_seconds = 2e7;
            const auto run = simulate(setup).value();
            QCOMPARE(run.other_stall_seconds, 0.0);
            QVERIFY(run.stall_percent < 0.1);
        }
    }

    void a_deeper_level_never_loses_less() {
        std::mt19937 random(8);
        for (int i = 0; i < deepvm::tests::cases(1000); ++i) {
            auto setup = any_setup(random);
            const auto run = simulate(setup).value();
            for (int k = 0; k <= 20; ++k) {
                const double at = setup.duration_seconds * k / 20;
                const auto losses = losses_at(run, at);
                QVERIFY(losses.host.checkpoint >= losses.remote.checkpoint);
                QVERIFY(losses.remote.checkpoint >= losses.storage.checkpoint);
                QVERIFY(losses.host.lost_seconds <= losses.remote.lost_seconds);
                QVERIFY(losses.remote.lost_seconds <= losses.storage.lost_seconds);
                QVERIFY(losses.storage.lost_seconds <= at + 1e-6);
                QVERIFY(losses.host.lost_seconds <= setup.interval_seconds * (1 + 1e-9));
            }
        }
    }

    void refuses_what_cannot_be_data() {
        QTest::addColumn<int>("field");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("says");
        const double nan = std::nan("");
        QTest::newRow("no network") << 0 << 0.0 << "network of a worker";
        QTest::newRow("negative") << 0 << -1.0 << "network of a worker";
        QTest::newRow("nan") << 1 << nan << "network of a remote node";
        QTest::newRow("infinite") << 2 << HUGE_VAL << "checkpoint of inf GiB";
        QTest::newRow("no storage") << 3 << 0.0 << "storage";
        QTest::newRow("tiny interval") << 4 << 1e-7 << "more than 10000 checkpoints";
        QTest::newRow("no interval") << 4 << 0.0 << "interval";
        QTest::newRow("no memory") << 5 << 0.5 << "do not hold one checkpoint";
        QTest::newRow("late") << 6 << 101.0 << "revocation";
        QTest::newRow("early") << 6 << nan << "revocation";
        QTest::newRow("long") << 7 << 1e8 << "shorter time";
    }
    void refuses_what_cannot_be() {
        QFETCH(int, field);
        QFETCH(double, value);
        QFETCH(QString, says);
        auto setup = by_heart();
        setup.host_copy_gib_per_second = 1e6;
        double* const fields[] = {&setup.worker_network_gbps,
                                  &setup.remote_network_gbps,
                                  &setup.checkpoint_gib,
                                  &setup.storage_gib_per_second,
                                  &setup.interval_seconds,
                                  &setup.remote_buffer_gib,
                                  nullptr,
                                  &setup.duration_seconds};
        if (fields[field] != nullptr)
            *fields[field] = value;
        else
            setup.revoked_seconds = value;
        const auto run = simulate(setup);
        QVERIFY(!run);
        QVERIFY2(QString::fromStdString(run.error().message).contains(says), run.error().message.c_str());
        QVERIFY(!run.error().message.ends_with('.'));
    }

    void refuses_machines_that_cannot_be() {
        for (const int machines : {0, -3, most_machines + 1}) {
            auto setup = by_heart();
            setup.workers = machines;
            QVERIFY(!simulate(setup) && !remotes_needed(setup) && !saturation(setup));
            setup = by_heart();
            setup.remotes = machines;
            QVERIFY(!simulate(setup) && !shortest_interval_seconds(setup) && !saturation_workers(setup));
        }
    }

    // The most that is allowed, with every checkpoint stalled, ends and stays in order.
    void the_largest_simulation_ends() {
        auto setup = by_heart();
        setup.interval_seconds = 1;
        setup.host_copy_gib_per_second = 1e6;
        setup.duration_seconds = 9'999;
        const auto run = simulate(setup).value();
        QVERIFY(run.checkpoints.size() > 500);
        QVERIFY(run.stall_percent > 80 && run.stall_percent < 100);
        setup.workers = setup.remotes = most_machines;
        setup.checkpoint_gib = 1e-9;
        setup.remote_buffer_gib = 1e9;
        QVERIFY(simulate(setup).value().checkpoints.size() > 9'000);
    }
};

}  // namespace test_deepcheck

DEEPVM_TEST(test_deepcheck, TestDeepCheck)
#include "test_deepcheck.moc"
