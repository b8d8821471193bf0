// SPDX-License-Identifier: GPL-3.0-or-later
// Two ways to one number: without this the closed form, which every view shows, and the futures, which the
// chances come from, could tell a person two stories.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "risk/monte_carlo.h"
#include "risk/random_jobs.h"
#include "test_program.h"

namespace test_closed_form {

using namespace deepvm::risk;
using deepvm::tests::RandomJobs;

class TestClosedForm : public QObject {
    Q_OBJECT

    static constexpr int settings = 200;
    static constexpr int enough =
        196;  // inside a 99 % interval; by chance alone one seed in twenty has fewer

    // The same in all digits that count, where no run was revoked and the interval has no width.
    static bool within(double value, const Spread& spread) {
        const double digits = 1e-9 * value;
        return spread.low - digits <= value && value <= spread.high + digits;
    }

    static QString text(const JobRun& run, const Outlook& expected, const Futures& futures) {
        return QString("n %1, useful %2 h, %3 / h, checkpoint %4 s, restart %5 s: %6 h, simulated %7 to %8 h")
            .arg(run.throughputs.size())
            .arg(run.useful_seconds / 3600)
            .arg(run.revocations_per_hour)
            .arg(run.checkpoint_seconds)
            .arg(run.restart_seconds)
            .arg(expected.expected_hours, 0, 'g', 10)
            .arg(futures.hours.low, 0, 'g', 10)
            .arg(futures.hours.high, 0, 'g', 10);
    }

    // How many of the settings agree; every future is a seed of its own.
    static int agreeing(const std::function<JobRun()>& next) {
        int inside = 0;
        for (int i = 0; i < settings; ++i) {
            const JobRun run = next();
            const Outlook expected = outlook(run);
            const Futures futures = simulate({.run = run, .seed = static_cast<std::uint64_t>(i)}).value();
            if (within(expected.expected_hours, futures.hours))
                ++inside;
            else
                qInfo().noquote() << "outside:" << text(run, expected, futures);
        }
        qInfo() << inside << "of" << settings << "inside";
        return inside;
    }

  private slots:
    void the_mean_of_jobs_that_roll_back() {
        RandomJobs jobs(1);
        QVERIFY(agreeing([&] { return jobs.rolling_back(); }) >= enough);
    }

    void the_mean_of_jobs_that_carry_on() {
        RandomJobs jobs(2);
        QVERIFY(agreeing([&] { return jobs.carrying_on(); }) >= enough);
    }

    // Hit once in a thousand runs, the mean of ten thousand leans on ten of them.
    void the_mean_of_jobs_that_are_hardly_ever_hit() {
        RandomJobs jobs(5);
        int inside = 0;
        for (int i = 0; i < 1000; ++i) {
            JobRun run = jobs.rolling_back();
            run.revocations_per_hour = 0.001 * 3600 / run.useful_seconds;
            const auto futures = simulate({.run = run, .seed = static_cast<std::uint64_t>(i)}).value();
            inside += within(outlook(run).expected_hours, futures.hours) ? 1 : 0;
        }
        QVERIFY2(inside >= 970, qPrintable(QString::number(inside)));
    }

    void the_deviation_and_the_revocations_data() {
        QTest::addColumn<bool>("rolls_back");
        QTest::newRow("that roll back") << true;
        QTest::newRow("that carry on") << false;
    }
    void the_deviation_and_the_revocations() {
        QFETCH(bool, rolls_back);
        RandomJobs jobs(3);
        for (int i = 0; i < 50; ++i) {
            const JobRun run = rolls_back ? jobs.rolling_back() : jobs.carrying_on();
            const Outlook expected = outlook(run);
            const Futures futures = simulate({.run = run, .seed = 7}).value();
            if (futures.undisturbed > 0.9) continue;  // too few to measure a deviation by
            const double deviation = futures.hours.deviation / expected.deviation_hours;
            QVERIFY2(std::abs(deviation - 1) < 0.12,
                     qPrintable(QString("deviation %1 x, ").arg(deviation) + text(run, expected, futures)));
            const double revocations = futures.revocations / expected.expected_revocations;
            QVERIFY2(
                std::abs(revocations - 1) < 0.1,
                qPrintable(QString("revocations %1 x, ").arg(revocations) + text(run, expected, futures)));
        }
    }

    // The curve of deadlines is an approximation; no point of it may be far from the runs, give or take half
    // a percent of the time. Where restarts as long as the job make most of the delay, the truth has steps.
    void the_chance_of_a_deadline() {
        RandomJobs jobs(4);
        double worst = 0;
        double sum = 0;
        for (int i = 0; i < 100; ++i) {
            const JobRun run = i % 2 ? jobs.rolling_back() : jobs.carrying_on();
            const Outlook expected = outlook(run);
            const Futures futures = simulate({.run = run, .seed = 11}).value();
            double off = 0;
            for (std::size_t k = 50; k < futures.sorted_hours.size(); k += 100) {
                const double hours = futures.sorted_hours[k];
                const double share = share_done_within(futures, hours);
                off = std::max({off, done_within(run, expected, hours * 0.995) - share,
                                share - done_within(run, expected, hours * 1.005)});
            }
            worst = std::max(worst, off);
            sum += off;
            QVERIFY2(off < 0.15, qPrintable(QString("off by %1, ").arg(off) + text(run, expected, futures)));
        }
        qInfo() << "the furthest point is off by" << worst << "at most and by" << sum / 100 << "on average";
        QVERIFY(sum / 100 < 0.02);
    }

    void the_shares_are_those_of_the_runs() {
        // A run of one segment: what is lost and what is waited for can be told apart by their rates alone.
        const JobRun run{.useful_seconds = 36'000, .revocations_per_hour = 0.1, .restart_seconds = 1800};
        const Outlook expected = outlook(run, 36'000);
        const Futures futures = simulate({.run = run, .interval_seconds = 36'000, .runs = 100'000}).value();
        const JobRun instant{.useful_seconds = 36'000, .revocations_per_hour = 0.1};
        const Futures at_once =
            simulate({.run = instant, .interval_seconds = 36'000, .runs = 100'000}).value();
        QVERIFY(within(expected.expected_hours, futures.hours));
        QVERIFY(within(expected.expected_hours * (1 - expected.restart_percent / 100), at_once.hours));
        QVERIFY(within(10 + expected.expected_hours * expected.lost_percent / 100, at_once.hours));
    }
};

}  // namespace test_closed_form

DEEPVM_TEST(test_closed_form, TestClosedForm)
#include "test_closed_form.moc"
