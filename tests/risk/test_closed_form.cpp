// SPDX-License-Identifier: GPL-3.0-or-later
// Two ways to one number: without this the closed form, which every view shows, and the futures, which the
// chances come from, could tell a person two stories.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "cases.h"
#include "judge/chance.h"
#include "judge/deadline.h"
#include "judge/futures.h"
#include "judge/hours.h"
#include "risk/chance.h"
#include "risk/monte_carlo.h"
#include "risk/random_jobs.h"
#include "test_program.h"

namespace test_closed_form {

using namespace deepvm::risk;
using deepvm::tests::RandomJobs;
namespace judge = deepvm::tests::judge;

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
    // To the last digits, by counting failures and crews instead of closed forms of moments.
    void the_hours_of_any_job() {
        RandomJobs jobs(8);
        for (int i = 0; i < deepvm::tests::cases(4000); ++i) {
            JobRun run = i % 2 ? jobs.rolling_back() : jobs.carrying_on();
            if (i % 5 == 0) run.revocations_per_hour *= jobs.magnitude(1e-6, 30);
            if (i % 7 == 0) run.restart_seconds = 0;
            const Outlook expected = outlook(run);
            const judge::Run judged = judge::run_of(run);
            const double hours = judge::expected_hours(judged);
            QCOMPARE(expected.finishes, std::isfinite(hours));
            if (!expected.finishes) continue;
            QCOMPARE(expected.checkpoints, static_cast<int>(judge::checkpoints(judged)));
            QVERIFY2(std::abs(expected.expected_hours / hours - 1) < 1e-12,
                     qPrintable(QString("%1 h, not %2 h").arg(expected.expected_hours).arg(hours)));
            QVERIFY(std::abs(expected.fault_free_hours / judge::calm_hours(judged, expected.checkpoints) -
                             1) < 1e-12);
        }
    }

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

    // Whoever is told 96 % and has a deadline decides by it: no point may be far from the futures, give or
    // take a thousandth of the time, where the truth has steps.
    void the_chance_of_a_deadline_data() {
        QTest::addColumn<bool>("in_doubt");
        QTest::newRow("figures as given") << false;
        QTest::newRow("speed and revocations in doubt") << true;
    }
    void the_chance_of_a_deadline() {
        QFETCH(bool, in_doubt);
        RandomJobs jobs(4);
        const int cases = deepvm::tests::cases(in_doubt ? 300 : 100);
        const int runs = deepvm::tests::cases(in_doubt ? 100'000 : 20'000);
        const int steps = in_doubt ? 12 : 60;
        double worst = 0;
        double sum = 0;
        for (int i = 0; i < cases; ++i) {
            const JobRun run = i % 2 ? jobs.rolling_back() : jobs.carrying_on();
            const Outlook expected = outlook(run);
            Doubt doubt;
            if (in_doubt)
                doubt = {jobs.magnitude(0.02, 0.4), jobs.chance(0.5) ? 0 : jobs.magnitude(0.05, 0.6)};
            const auto futures = judge::sorted_hours(judge::run_of(run), expected.checkpoints,
                                                     {doubt.time, doubt.revocations}, runs, 11);
            double off = 0;
            for (int step = 1; step < steps; ++step) {
                const double hours = futures[futures.size() * step / steps];
                const double share = judge::share_within(futures, hours);
                off = std::max({off, done_within(run, expected, hours * 0.999, doubt) - share,
                                share - done_within(run, expected, hours * 1.001, doubt)});
            }
            worst = std::max(worst, off);
            sum += off;
            QVERIFY2(off < 0.02 + 3 * 0.5 / std::sqrt(runs),
                     qPrintable(QString("case %1 is off by %2").arg(i).arg(off)));
        }
        qInfo() << "the furthest point is off by" << worst << "at most and by" << sum / cases << "on average";
        QVERIFY(sum / cases < 0.003 + 1.0 / std::sqrt(runs));
    }

    // The distribution itself, added up on a grid instead of inverted: at any deadline, in or out of doubt.
    void the_chance_by_another_method() {
        RandomJobs jobs(9);
        double worst = 0;
        for (int i = 0; i < deepvm::tests::cases(600); ++i) {
            const JobRun run = jobs.rolling_back();
            const Outlook expected = outlook(run);
            Doubt doubt;
            if (i % 4 == 0)
                doubt = {jobs.magnitude(0.02, 0.4), jobs.chance(0.5) ? 0 : jobs.magnitude(0.05, 0.6)};
            const double late = expected.expected_hours + 3 * expected.deviation_hours;
            const double hours = jobs.real(expected.fault_free_hours, late);
            const auto judged = [&](double at) {
                return judge::chance_in_doubt(judge::run_of(run), expected.checkpoints, at,
                                              {doubt.time, doubt.revocations});
            };
            const double said = done_within(run, expected, hours, doubt);
            const double off = std::max(judged(hours * 0.999) - said, said - judged(hours * 1.001));
            worst = std::max(worst, off);
            QVERIFY2(off < 0.02, qPrintable(QString("case %1: %2 is off by %3").arg(i).arg(said).arg(off)));
        }
        qInfo() << "off by" << worst << "at most";
    }

    // Thirty revocations are as good as certain to cost what they do on average: then the rate decides, and a
    // chance that leaps with it is no smooth function of it.
    void many_revocations_at_a_rate_in_doubt() {
        for (const double restart : {0.0, 600.0})
            for (const double time : {0.0, 0.01, 0.03, 0.1}) {
                const JobRun run{.useful_seconds = 360'000,
                                 .revocations_per_hour = 0.3,
                                 .checkpoint_seconds = 150,
                                 .restart_seconds = restart};
                const Outlook expected = outlook(run);
                const Doubt doubt{time, 0.556};
                for (const double deviations : {-3.0, -2.0, -1.0, 0.0, 1.0, 3.0, 6.0}) {
                    const double hours = expected.expected_hours + deviations * expected.deviation_hours;
                    const double judged = judge::chance_in_doubt(judge::run_of(run), expected.checkpoints,
                                                                 hours, {doubt.time, doubt.revocations});
                    const double said = done_within(run, expected, hours, doubt);
                    QVERIFY2(std::abs(said - judged) < 0.01,
                             qPrintable(QString("%1, not %2").arg(said).arg(judged)));
                }
            }
    }

    // Else a slower helper would be better than a faster one, by a digit that nobody needs.
    void a_longer_restart_is_never_a_gain() {
        RandomJobs jobs(6);
        for (int i = 0; i < deepvm::tests::cases(500); ++i) {
            JobRun run = i % 2 ? jobs.rolling_back() : jobs.carrying_on();
            if (i % 4 == 0) run.useful_seconds = jobs.magnitude(10, 900);
            double before = 0;
            for (run.restart_seconds = 1; run.restart_seconds < 2000; run.restart_seconds *= 1.3) {
                const Outlook expected = outlook(run);
                if (!expected.finishes) break;
                QVERIFY(expected.expected_hours >= before * (1 - 1e-12));
                before = expected.expected_hours;
            }
        }
    }

    void what_keeps_a_deadline_has_the_chance() {
        RandomJobs jobs(5);
        int close = 0;
        for (int i = 0; i < deepvm::tests::cases(2000); ++i) {
            const JobRun run = i % 2 ? jobs.rolling_back() : jobs.carrying_on();
            const Outlook expected = outlook(run);
            const Doubt doubt{jobs.chance(0.3) ? 0 : jobs.magnitude(0.01, 0.4), 0};
            const double hours = expected.expected_hours * jobs.magnitude(0.7, 1.5);
            const double confidence = jobs.real(0.01, 0.999);
            const double chance = done_within(run, expected, hours, doubt);
            const bool kept = keeps(run, expected, hours, doubt, confidence);
            const auto judged = judge::in_time(judge::run_of(run), expected.checkpoints, hours,
                                               {doubt.time, doubt.revocations}, confidence);
            if (judged != judge::InTime::close) QCOMPARE(kept, judged == judge::InTime::yes);
            close += judged == judge::InTime::close ? 1 : 0;
            if (std::abs(chance - confidence) < 1e-3) continue;
            QCOMPARE(kept, chance >= confidence);
        }
        QVERIFY2(close <= 10 + deepvm::tests::cases(200), qPrintable(QString::number(close)));
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
