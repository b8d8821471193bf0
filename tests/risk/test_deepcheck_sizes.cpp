// SPDX-License-Identifier: GPL-3.0-or-later
// How many machines a checkpoint pipeline needs, and how much of them it bears: who buys by these must
// neither stand still nor pay for what does nothing.
#include <QtTest>
#include <cmath>
#include <random>

#include "cases.h"
#include "model/saturation.h"
#include "risk/deepcheck.h"
#include "risk/deepcheck_setups.h"
#include "test_program.h"

namespace test_deepcheck_sizes {

using namespace deepvm;
using namespace deepvm::risk;
using deepvm::tests::any_setup;
using deepvm::tests::close;

class TestDeepCheckSizes : public QObject {
    Q_OBJECT

  private slots:
    void more_remote_nodes_never_make_it_slower() {
        std::mt19937 random(3);
        for (int i = 0; i < deepvm::tests::cases(500); ++i) {
            auto setup = any_setup(random);
            double stalls = 101;
            double shortest = HUGE_VAL;
            for (setup.remotes = 1; setup.remotes <= 12; ++setup.remotes) {
                const auto run = simulate(setup);
                if (!run) continue;  // does not hold one checkpoint yet
                QVERIFY(run->stall_percent <= stalls + 1e-9);
                QVERIFY(run->shortest_interval_seconds <= shortest + 1e-9);
                stalls = run->stall_percent;
                shortest = run->shortest_interval_seconds;
            }
        }
    }

    // The closed form of the shortest interval against the simulation: a hair above it nothing stalls, a
    // tenth below it something does.
    void the_shortest_interval_is_where_stalls_begin() {
        std::mt19937 random(4);
        int tested = 0;
        for (int i = 0; i < deepvm::tests::cases(1000); ++i) {
            auto setup = any_setup(random);
            const double shortest = shortest_interval_seconds(setup).value();
            if (shortest < 0.01) continue;
            setup.interval_seconds = shortest * 1.0001;
            setup.duration_seconds = 60 * (setup.interval_seconds + step_seconds(setup)->copy);
            auto run = simulate(setup).value();
            QVERIFY2(run.other_stall_seconds < 1e-6 * setup.duration_seconds,
                     qPrintable(QString::number(run.other_stall_seconds)));
            setup.interval_seconds = shortest * 0.9;
            setup.duration_seconds = 400 * (setup.interval_seconds + step_seconds(setup)->copy);
            if (run.buffer_checkpoints > 20) continue;  // it takes longer than that until it is full
            run = simulate(setup).value();
            QVERIFY(run.other_stall_seconds > 0);
            ++tested;
        }
        QVERIFY(deepvm::tests::enough(tested, 500));
    }

    void the_fewest_remote_nodes_are_enough_and_one_less_is_not() {
        std::mt19937 random(5);
        int tested = 0;
        int hopeless = 0;
        for (int i = 0; i < deepvm::tests::cases(1000); ++i) {
            auto setup = any_setup(random);
            setup.workers = 1 + i % 20;
            const auto stalls = [&](int remotes) {
                setup.remotes = remotes;
                const auto shortest = shortest_interval_seconds(setup);
                return !shortest || *shortest > setup.interval_seconds * (1 + 1e-9);
            };
            const auto fewest = remotes_needed(setup).value();
            if (!fewest) {
                QVERIFY(stalls(most_machines));
                ++hopeless;
                continue;
            }
            QVERIFY(!stalls(*fewest));
            if (*fewest > 1) QVERIFY(stalls(*fewest - 1));
            ++tested;
        }
        QVERIFY(deepvm::tests::enough(tested, 500) && deepvm::tests::enough(hopeless, 20));
    }

    // Whole checkpoints: the number of workers that the pipeline bears is the closed form's where only the
    // network counts.
    void saturation_follows_from_the_pipeline() {
        std::mt19937 random(6);
        int tested = 0;
        for (int i = 0; i < deepvm::tests::cases(1000); ++i) {
            auto setup = any_setup(random);
            setup.sharded = false;
            setup.remotes = 1;
            setup.remote_buffer_gib = 1e8;
            setup.storage_gib_per_second = 1e6;
            const double closed = saturation(setup)->interval;
            const int found = saturation_workers(setup).value();
            if (closed > most_machines - 1) continue;
            QVERIFY(std::abs(found - std::floor(closed * (1 + 1e-9))) <= 0);
            ++tested;
            if (found == 0) continue;
            // By the event simulation itself.
            const auto other = [&](int workers) {
                setup.workers = workers;
                setup.duration_seconds = 50 * setup.interval_seconds;
                return simulate(setup).value().other_stall_seconds;
            };
            QVERIFY(other(found) < 1e-6 * setup.duration_seconds);
            QVERIFY(other(found + 1) > 0);
        }
        QVERIFY(deepvm::tests::enough(tested, 300));
    }

    // Like the published saturation of the catalog: never fewer workers with a faster network; twice the time
    // or half the checkpoint is twice the workers; a network that is nothing serves nobody.
    void saturation_has_the_limits_of_the_published_one() {
        const model::NetworkSaturation published({{0.3, 2}, {1.7, 12}, {5, 16}, {10, 20}, {25, 28}});
        DeepCheck setup;
        setup.sharded = false;
        setup.checkpoint_gib = 0.2;
        setup.cut_gib_per_second = 1e6;
        setup.interval_seconds = 30;
        double before = 0;
        double published_before = 0;
        for (double gbps = 0.3; gbps < 200; gbps *= 1.3) {
            setup.worker_network_gbps = setup.remote_network_gbps = gbps;
            const double now = saturation(setup)->interval;
            QVERIFY(now >= before);
            QVERIFY(published.workers_per_remote(gbps) >= published_before);
            before = now;
            published_before = published.workers_per_remote(gbps);
            auto longer = setup;
            longer.interval_seconds *= 2;
            QVERIFY(close(saturation(longer)->interval, 2 * now));
            auto smaller = setup;
            smaller.checkpoint_gib /= 2;
            QVERIFY(std::abs(saturation(smaller)->interval / now - 2) < 1e-5);
            QCOMPARE(saturation(setup)->link, 1.0);
        }
        setup.worker_network_gbps = setup.remote_network_gbps = 1e-6;
        QCOMPARE(saturation(setup)->interval, 0.0);
        QCOMPARE(saturation_workers(setup).value(), 0);
        // Shards: more workers send no more in all.
        setup.worker_network_gbps = setup.remote_network_gbps = 10;
        setup.sharded = true;
        QVERIFY(std::isinf(saturation(setup)->interval));
        QCOMPARE(saturation_workers(setup).value(), most_machines);
        // What all of them send must get through, too.
        setup.remote_network_gbps = 0.01;
        QCOMPARE(saturation(setup)->interval, 0.0);
        QCOMPARE(saturation_workers(setup).value(), 0);
        setup.remote_network_gbps = 10;
        setup.worker_network_gbps = 2.5;
        QCOMPARE(saturation(setup)->link, 4.0);
    }
};

}  // namespace test_deepcheck_sizes

DEEPVM_TEST(test_deepcheck_sizes, TestDeepCheckSizes)
#include "test_deepcheck_sizes.moc"
