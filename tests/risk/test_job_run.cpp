// SPDX-License-Identifier: GPL-3.0-or-later
// Without these the time and the cost of a job on spot machines would be a number to believe.
#include <QtTest>
#include <cmath>
#include <limits>
#include <vector>

#include "risk/chance.h"
#include "risk/job_run.h"
#include "test_program.h"

namespace test_job_run {

using namespace deepvm::risk;

class TestJobRun : public QObject {
    Q_OBJECT

    static constexpr double hour = 3600;

    static void near(double actual, double expected, double relative = 1e-9) {
        const auto text = QString("%1 is not %2").arg(actual, 0, 'g', 15).arg(expected, 0, 'g', 15);
        QVERIFY2(std::abs(actual - expected) <= relative * std::abs(expected), qPrintable(text));
    }

    static JobRun day() {
        return {.useful_seconds = 24 * hour,
                .revocations_per_hour = 0.1,
                .checkpoint_seconds = 20,
                .restart_seconds = 300};
    }

  private slots:
    void without_revocations_it_is_an_on_demand_job() {
        JobRun run = day();
        run.revocations_per_hour = 0;
        const Outlook expected = outlook(run);
        QVERIFY(expected.finishes);
        QCOMPARE(expected.expected_hours, 24.0);
        QCOMPARE(expected.fault_free_hours, 24.0);
        QCOMPARE(expected.checkpoints, 0);
        QCOMPARE(expected.deviation_hours, 0.0);
        QCOMPARE(expected.expected_revocations, 0.0);
        QCOMPARE(optimum_interval_seconds(run), 24 * hour);
        QCOMPARE(done_within(run, expected, 23.9), 0.0);
        QCOMPARE(done_within(run, expected, 24), 1.0);
        // An interval of one's own is kept, and paid for.
        QCOMPARE(outlook(run, hour).checkpoints, 23);
        near(outlook(run, hour).expected_hours, 24 + 23 * 20 / hour);
    }

    void the_rarest_revocations_are_nearly_none() {
        for (const double rate : {1e-6, 1e-9, 1e-15, 1e-60, 1e-120, 1e-300}) {
            JobRun run = day();
            run.revocations_per_hour = rate;
            const Outlook expected = outlook(run, hour);
            QVERIFY(expected.finishes);
            // To first order a revocation costs half a segment and a restart, and adds their square.
            const double segment = hour + 20;
            const double cost = (segment / 2 + 300) / hour;
            const double hours = expected.fault_free_hours;
            QVERIFY(std::abs(expected.expected_hours - hours - rate * hours * cost) <
                    1e-2 * rate * hours + 1e-13);
            const double square = (segment * segment / 3 + segment * 300 + 300 * 300) / hour / hour;
            const double deviation = std::sqrt(rate * hours * square);
            QVERIFY(std::abs(expected.deviation_hours - deviation) <= 1e-2 * deviation + 1e-40);
        }
    }

    void one_segment_is_the_textbook_formula() {
        // Until `a` hours pass without a revocation: mean (e^x - 1) / rate, variance (e^2x - 2x e^x - 1) /
        // rate^2. A restart is such a series itself.
        for (const double rate : {0.02, 0.3, 1.0}) {
            const JobRun run{.useful_seconds = 5 * hour, .revocations_per_hour = rate};
            const Outlook expected = outlook(run, 5 * hour);
            const double x = 5 * rate;
            near(expected.expected_hours, (std::exp(x) - 1) / rate);
            near(expected.deviation_hours, std::sqrt(std::exp(2 * x) - 2 * x * std::exp(x) - 1) / rate, 1e-8);
            JobRun slow = run;
            slow.restart_seconds = 0.5 * hour;
            near(outlook(slow, 5 * hour).expected_hours, std::exp(0.5 * rate) * (std::exp(x) - 1) / rate);
        }
    }

    void the_shares_add_up() {
        const Outlook expected = outlook(day());
        QVERIFY(expected.checkpoints > 10);
        near(expected.expected_hours *
                 (100 - expected.checkpoint_percent - expected.lost_percent - expected.restart_percent) / 100,
             24.0);
        near(expected.expected_revocations, 0.1 * expected.expected_hours);
    }

    void free_checkpoints_cost_nothing() {
        JobRun run = day();
        run.checkpoint_seconds = 0;
        run.restart_seconds = 0;
        const Outlook expected = outlook(run);
        QCOMPARE(expected.checkpoint_percent, 0.0);
        QCOMPARE(expected.interval_seconds, 1.0);
        near(expected.expected_hours, 24, 2e-5);
    }

    void revoked_too_often_it_does_not_finish() {
        JobRun run = day();
        for (const double rate : {1000.0, 1e6, 1e300}) {
            run.revocations_per_hour = rate;
            const Outlook expected = outlook(run);
            QCOMPARE(expected, Outlook{.finishes = false});
            QCOMPARE(done_within(run, expected, 1e9), 0.0);
        }
        const std::vector<double> linear{1, 2, 3, 4};
        run.throughputs = linear;
        QCOMPARE(outlook(run), Outlook{.finishes = false});
    }

    void the_interval_keeps_its_limits_data() {
        QTest::addColumn<double>("checkpoint");
        QTest::addColumn<double>("shortest");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("seconds");
        QTest::newRow("Young and Daly") << 20.0 << 0.0 << 0.1 << std::sqrt(2 * 20 * hour / 0.1) - 20;
        QTest::newRow("less its own time where that is long")
            << 100.0 << 0.0 << 0.5 << std::sqrt(2 * 100 * hour / 0.5) - 100;
        QTest::newRow("as long as its store takes") << 20.0 << 3000.0 << 0.1 << 3000.0;
        QTest::newRow("as long as itself") << 100.0 << 0.0 << 60.0 << 100.0;
        QTest::newRow("a second") << 0.0 << 0.0 << 0.1 << 1.0;
        QTest::newRow("the whole job") << 20.0 << 0.0 << 1e-6 << 24 * hour;
    }
    void the_interval_keeps_its_limits() {
        QFETCH(double, checkpoint);
        QFETCH(double, shortest);
        QFETCH(double, rate);
        QFETCH(double, seconds);
        const JobRun run{.useful_seconds = 24 * hour,
                         .revocations_per_hour = rate,
                         .checkpoint_seconds = checkpoint,
                         .shortest_interval_seconds = shortest};
        const double interval = optimum_interval_seconds(run);
        QVERIFY(interval >= std::max({1.0, checkpoint, shortest}));
        near(interval, seconds, 0.03);
        const double segments = 24 * hour / interval;
        near(segments, std::round(segments));
        QCOMPARE(outlook(run).interval_seconds, interval);
        QCOMPARE(outlook(run).checkpoints + 1, static_cast<int>(std::round(segments)));
    }

    void one_machine_that_carries_on_waits_for_each_replacement() {
        // n = 1: the job stops for a restart at each of Poisson(rate x useful) revocations.
        const std::vector<double> alone{7};
        JobRun run = day();
        run.throughputs = alone;
        run.revocations_per_hour = 0.5;
        const Outlook expected = outlook(run);
        near(expected.expected_hours, 24 * (1 + 0.5 * 300 / hour));
        near(expected.deviation_hours, std::sqrt(24 * 0.5) * 300 / hour);
        near(expected.expected_revocations, 24 * 0.5);
        QCOMPARE(expected.checkpoints, 0);
        QCOMPARE(expected.restart_percent, 0.0);
    }

    // A minute of work that the second machine ends in two: nobody waits a quarter of an hour for the first.
    void a_machine_that_comes_too_late_is_not_waited_for() {
        const std::vector<double> two{1, 2};
        JobRun run{
            .useful_seconds = 60, .revocations_per_hour = 6, .restart_seconds = 900, .throughputs = two};
        const Outlook expected = outlook(run);
        run.restart_seconds = 120;
        QCOMPARE(expected, outlook(run));
        run.restart_seconds = 90;
        QVERIFY(expected.expected_hours > outlook(run).expected_hours);
    }

    void a_saturated_cluster_does_not_miss_a_machine() {
        const std::vector<double> saturated{1, 2, 3, 3, 3, 3, 3, 3};
        JobRun run = day();
        run.throughputs = saturated;
        QVERIFY(outlook(run).lost_percent < 1e-6);
        const std::vector<double> linear{1, 2, 3, 4, 5, 6, 7, 8};
        run.throughputs = linear;
        // Each machine is away a share rate R / 8 of the time.
        near(outlook(run).lost_percent, 100 * 0.1 * 300 / hour / 8, 0.01);
    }

    // Machines that are rented for half a minute of work do not start for nothing.
    void a_job_begins_with_its_start() {
        JobRun run = day();
        const std::vector<double> throughputs{1, 2, 3};
        for (const bool carries_on : {false, true}) {
            run.throughputs = carries_on ? std::span<const double>(throughputs) : std::span<const double>();
            run.start_seconds = 0;
            const Outlook at_once = outlook(run);
            run.start_seconds = 360;
            const Outlook later = outlook(run);
            near(later.expected_hours, at_once.expected_hours + 0.1);
            near(later.fault_free_hours, at_once.fault_free_hours + 0.1);
            QCOMPARE(later.deviation_hours, at_once.deviation_hours);
            QCOMPARE(later.checkpoints, at_once.checkpoints);
            near(later.lost_percent * later.expected_hours, at_once.lost_percent * at_once.expected_hours);
            near(later.restart_percent * later.expected_hours,
                 at_once.restart_percent * at_once.expected_hours);
            near(later.checkpoint_percent * later.expected_hours,
                 at_once.checkpoint_percent * at_once.expected_hours);
            for (const double hours : {23.0, 24.2, 25.0, 27.0}) {
                JobRun without = run;
                without.start_seconds = 0;
                near(done_within(run, later, hours + 0.1), done_within(without, at_once, hours), 1e-6);
            }
        }
    }

    void the_chance_of_a_deadline_grows_from_the_atom_to_certainty() {
        const JobRun run = day();
        const Outlook expected = outlook(run);
        const double earliest = expected.fault_free_hours;
        QCOMPARE(done_within(run, expected, earliest - 1e-6), 0.0);
        near(done_within(run, expected, earliest), std::exp(-0.1 * earliest));
        // Who is revoked waits for a restart of five minutes at least.
        near(done_within(run, expected, earliest + 299 / hour), std::exp(-0.1 * earliest));
        QVERIFY(done_within(run, expected, earliest + 900 / hour) > std::exp(-0.1 * earliest) + 1e-3);
        double before = 0;
        double mean = earliest;  // the integral of the chance that it is not done
        for (double hours = earliest; hours < 60; hours += 0.01) {
            const double now = done_within(run, expected, hours);
            constexpr double rounding = 1e-6;  // of the numerical inversion
            QVERIFY(now >= before - rounding && now <= 1);
            before = now;
            mean += 0.01 * (1 - now);
        }
        QVERIFY(before > 0.999999);
        near(mean, expected.expected_hours, 1e-3);
        QCOMPARE(done_within(run, expected, std::numeric_limits<double>::infinity()), 1.0);
        QCOMPARE(done_within(run, expected, std::nan("")), 0.0);
    }
};

}  // namespace test_job_run

DEEPVM_TEST(test_job_run, TestJobRun)
#include "test_job_run.moc"
