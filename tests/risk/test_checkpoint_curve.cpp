// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a person would set the interval of checkpoints by a curve that is drawn beside the truth.
#include <QtTest>
#include <cmath>

#include "judge/hours.h"
#include "risk/checkpoint_curve.h"
#include "risk/random_jobs.h"
#include "test_program.h"

namespace test_checkpoint_curve {

using namespace deepvm::risk;
using deepvm::tests::RandomJobs;
namespace judge = deepvm::tests::judge;

class TestCheckpointCurve : public QObject {
    Q_OBJECT

    static JobRun week() {
        return {.useful_seconds = 168 * 3600,
                .revocations_per_hour = 0.05,
                .checkpoint_seconds = 30,
                .restart_seconds = 240};
    }

  private slots:
    // Waiting for machines is no reason to write fewer checkpoints.
    void the_start_is_no_overhead_of_checkpoints() {
        JobRun run{
            .useful_seconds = 600, .revocations_per_hour = 2, .checkpoint_seconds = 1, .restart_seconds = 60};
        const auto at_once = checkpoint_curve(run);
        run.start_seconds = 300;
        const auto later = checkpoint_curve(run);
        QVERIFY(std::abs(later.best->overhead_percent - at_once.best->overhead_percent) < 1e-9);
        QCOMPARE(later.best->checkpoints, at_once.best->checkpoints);
        QVERIFY(std::abs(later.best->expected_hours - at_once.best->expected_hours - 300.0 / 3600) < 1e-12);
    }

    void every_point_is_the_outlook_at_its_interval() {
        const auto curve = checkpoint_curve(week());
        QVERIFY(curve.points.size() > 100 && curve.points.size() <= 200);
        for (std::size_t i = 0; i < curve.points.size(); ++i) {
            const auto& point = curve.points[i];
            const Outlook expected = outlook(week(), point.interval_seconds);
            QCOMPARE(point.checkpoints, expected.checkpoints);
            QCOMPARE(point.expected_hours, expected.expected_hours);
            QCOMPARE(point.overhead_percent, 100 * (expected.expected_hours / 168 - 1));
            QVERIFY(i == 0 || point.interval_seconds > curve.points[i - 1].interval_seconds);
        }
    }

    void it_falls_to_the_best_and_rises_after_it() {
        const auto curve = checkpoint_curve(week());
        for (std::size_t i = 1; i < curve.points.size(); ++i) {
            const auto& [before, after] = std::pair(curve.points[i - 1], curve.points[i]);
            if (after.interval_seconds <= curve.best->interval_seconds)
                QVERIFY(after.expected_hours < before.expected_hours);
            if (before.interval_seconds >= curve.best->interval_seconds)
                QVERIFY(after.expected_hours > before.expected_hours);
        }
        QVERIFY(curve.points.front().interval_seconds < curve.best->interval_seconds / 50);
        QVERIFY(curve.points.back().interval_seconds > curve.best->interval_seconds * 50);
    }

    // Young and Daly come close, and never below what every whole number of checkpoints can do.
    void no_number_of_checkpoints_is_better_than_the_best() {
        RandomJobs jobs(5);
        double worst = 0;
        for (int i = 0; i < 300; ++i) {
            const JobRun run = jobs.rolling_back();
            const auto curve = checkpoint_curve(run, 20);
            const double shortest = std::max({1.0, run.checkpoint_seconds, run.shortest_interval_seconds});
            const int most = std::max(0, static_cast<int>(run.useful_seconds / shortest) - 1);
            const auto judged = judge::run_of(run);
            const auto at = [&](int checkpoints) {
                return std::min(judge::expected_hours(judged, checkpoints) * (1 + 1e-13), longest_hours);
            };
            const int step = std::max(1, most / 3000);
            for (int checkpoints = 0; checkpoints <= most; checkpoints += step)
                QVERIFY(curve.best->expected_hours <= at(checkpoints));
            for (const int beside : {-2, -1, 1, 2})
                if (const int other = curve.best->checkpoints + beside; other >= 0 && other <= most)
                    QVERIFY(curve.best->expected_hours <= at(other));
            QVERIFY(std::abs(curve.best->expected_hours / at(curve.best->checkpoints) - 1) < 1e-12);
            QVERIFY(std::abs(curve.young_daly->expected_hours / judge::expected_hours(judged) - 1) < 1e-12);
            QCOMPARE(curve.young_daly->checkpoints, static_cast<int>(judge::checkpoints(judged)));
            QVERIFY(curve.young_daly->expected_hours >= curve.best->expected_hours);
            worst = std::max(worst, curve.young_daly->expected_hours / curve.best->expected_hours - 1);
        }
        QVERIFY2(worst < 0.05, qPrintable(QString::number(worst)));
    }

    void without_a_choice_there_is_no_curve() {
        const std::vector<double> throughputs{1, 2};
        JobRun run = week();
        run.throughputs = throughputs;
        const auto carrying_on = checkpoint_curve(run);
        QVERIFY(carrying_on.points.empty());
        QCOMPARE(carrying_on.best->checkpoints, 0);

        run = week();
        run.revocations_per_hour = 1e6;
        QCOMPARE(checkpoint_curve(run), CheckpointCurve());
    }

    void without_revocations_each_checkpoint_only_costs() {
        JobRun run = week();
        run.revocations_per_hour = 0;
        const auto curve = checkpoint_curve(run);
        QCOMPARE(curve.best->checkpoints, 0);
        QCOMPARE(curve.best, curve.young_daly);
        QCOMPARE(curve.points.back(), *curve.best);
        for (const auto& point : curve.points)
            QVERIFY(std::abs(point.expected_hours - 168 - point.checkpoints * 30 / 3600.0) < 1e-9);
    }

    // Where the whole job in one piece would take centuries there is no point, but the rest of the curve.
    void intervals_that_never_finish_are_left_out() {
        JobRun run = week();
        run.revocations_per_hour = 1;
        const auto curve = checkpoint_curve(run);
        QVERIFY(curve.points.size() > 50);
        QVERIFY(!outlook(run, run.useful_seconds).finishes);
        QVERIFY(curve.points.back().interval_seconds < run.useful_seconds / 2);
    }
};

}  // namespace test_checkpoint_curve

DEEPVM_TEST(test_checkpoint_curve, TestCheckpointCurve)
#include "test_checkpoint_curve.moc"
