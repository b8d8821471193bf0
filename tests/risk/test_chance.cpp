// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs by hand whose chance of a deadline is known, where random ones tell no difference: without these a
// plan would be promised that does not keep its deadline.
#include <QtTest>
#include <cmath>
#include <vector>

#include "risk/chance.h"
#include "risk/monte_carlo.h"
#include "test_program.h"

namespace test_chance {

using namespace deepvm::risk;

class TestChance : public QObject {
    Q_OBJECT

    static constexpr double hour = 3600;

    static void near(double actual, double expected, double relative) {
        const auto text = QString("%1 is not %2").arg(actual, 0, 'g', 15).arg(expected, 0, 'g', 15);
        QVERIFY2(std::abs(actual - expected) <= relative * std::abs(expected), qPrintable(text));
    }

    // A day's work in one piece, so that a revocation costs half of it on average.
    static JobRun day(double revocations) {
        return {.useful_seconds = 24 * hour,
                .revocations_per_hour = revocations / 24,
                .checkpoint_seconds = 20,
                .restart_seconds = 300};
    }

    // Ten minutes on four machines, each of which does a quarter; to replace one takes five minutes.
    const std::vector<double> quarters_{1, 2, 3, 4};
    JobRun ten_minutes() const {
        return {.useful_seconds = 600,
                .revocations_per_hour = 3,
                .restart_seconds = 300,
                .throughputs = quarters_};
    }

  private slots:
    // Whoever has not a second to spare is in time only where nothing is revoked at all.
    void a_short_job_is_spared_as_often_as_its_machines() {
        const JobRun run = ten_minutes();
        const Outlook expected = outlook(run);
        near(done_within(run, expected, expected.fault_free_hours), std::exp(-3 / 6.0), 1e-6);
    }

    void a_revocation_of_a_short_job_costs_its_share_of_a_restart() {
        const JobRun run = ten_minutes();
        const Outlook expected = outlook(run);
        const auto futures = simulate({.run = run, .runs = 40'000}).value();
        // A machine that is gone for all of a restart costs a quarter of it: 75 seconds.
        for (const double seconds : {40.0, 70.0, 80.0, 140.0}) {
            const double hours = expected.fault_free_hours + seconds / hour;
            const double off = done_within(run, expected, hours) - share_done_within(futures, hours);
            QVERIFY2(std::abs(off) < 0.03, qPrintable(QString("%1 s: %2").arg(seconds).arg(off)));
        }
    }

    void revocations_of_a_short_job_spread_it_as_far_as_its_futures() {
        std::vector<double> linear;
        for (int machines = 1; machines <= 16; ++machines)
            linear.push_back(machines);
        const JobRun run{
            .useful_seconds = 1200, .revocations_per_hour = 1, .restart_seconds = 900, .throughputs = linear};
        const auto futures = simulate({.run = run, .runs = 40'000}).value();
        near(outlook(run).deviation_hours, futures.hours.deviation, 0.06);
    }

    // Where revocations are rare it is the mean of the rate that counts, not its middle and not more.
    void rare_revocations_count_by_the_mean_of_their_rate() {
        JobRun run = day(0.024);
        const Outlook expected = outlook(run, 24 * hour);
        const double chance = done_within(run, expected, expected.fault_free_hours, {0, 0.8});
        near(1 - chance, 0.024 * std::exp(0.8 * 0.8 / 2), 0.03);
    }

    // A rate of which little is known may be far above its middle.
    void a_deadline_is_not_kept_where_the_rate_is_hardly_known() {
        {
            const JobRun run = day(0.1);
            const Outlook expected = outlook(run, 24 * hour);
            const Doubt doubt{0, 1.5};
            const double hours = expected.fault_free_hours;
            const double chance = done_within(run, expected, hours, doubt);
            QVERIFY2(chance < 0.87, qPrintable(QString::number(chance)));
            QVERIFY(!keeps(run, expected, hours, doubt, 0.88));
            QVERIFY(keeps(run, expected, hours, {}, 0.88));
        }
        const JobRun run = day(20);
        const Outlook expected = outlook(run);
        const Doubt doubt{0, 1};
        const double hours = expected.expected_hours + 12 * expected.deviation_hours;
        const double chance = done_within(run, expected, hours, doubt);
        QVERIFY2(chance < 0.89, qPrintable(QString::number(chance)));
        QVERIFY(!keeps(run, expected, hours, doubt, 0.9));
        QVERIFY(keeps(run, expected, hours, {}, 0.9));
    }

    // Five deviations from the mean are far, but one revocation in fifty jobs is farther.
    void a_rare_revocation_is_beyond_many_deviations() {
        const std::vector<double> alone{1};
        JobRun run = day(0.02);
        run.throughputs = alone;
        const Outlook expected = outlook(run);
        const double hours = expected.expected_hours + 5.5 * expected.deviation_hours;
        QVERIFY(hours < 24 + 300 / hour);  // one restart is too much
        near(done_within(run, expected, hours), std::exp(-0.02), 1e-3);
        QVERIFY(!keeps(run, expected, hours, {}, 0.99));
        QVERIFY(keeps(run, expected, hours, {}, 0.97));
    }

    void what_takes_longer_is_not_searched_for() {
        QCOMPARE(longest_in_time_hours(10, {}, 0.9), 10.0);
        near(longest_in_time_hours(10, {0.2, 0}, 0.9), 10 * std::exp(-0.2 * 1.2815515655446), 1e-9);
        const JobRun run{.useful_seconds = 36'000};
        const Outlook expected = outlook(run);
        const double hours = 36'000 / longest_in_time_hours(1, {0.2, 0}, 0.9) / hour;
        near(done_within(run, expected, hours, {0.2, 0}), 0.9, 1e-3);
    }

    // Four in five: 1.28 deviations to either side.
    void a_range_tells_the_deviation_of_its_logarithm() {
        near(deviation_of_range(200, 200 * std::exp(0.3 * 1.2815515655446)), 0.3, 1e-9);
        near(deviation_of_range(200, 200 * std::exp(-0.3 * 1.2815515655446)), 0.3, 1e-9);
    }
};

}  // namespace test_chance

DEEPVM_TEST(test_chance, TestChance)
#include "test_chance.moc"
