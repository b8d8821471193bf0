// SPDX-License-Identifier: GPL-3.0-or-later
// Without these "cheaper in 72 of 100 futures" could not be trusted, repeated or stopped.
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "cases.h"
#include "judge/futures.h"
#include "risk/monte_carlo.h"
#include "risk/random_jobs.h"
#include "risk/simulations.h"
#include "test_program.h"

namespace test_monte_carlo {

using namespace deepvm;
using namespace deepvm::risk;
using base::ErrorCode;
using base::Money;
using deepvm::tests::near;
using deepvm::tests::of_hours;
using deepvm::tests::week;

class TestMonteCarlo : public QObject {
    Q_OBJECT

    static Futures futures_of(std::vector<double> hours, double usd) {
        auto dollars = hours;
        for (double& each : dollars)
            each *= usd;
        return {.hourly_price = Money::from_usd(usd),
                .sorted_hours = std::move(hours),
                .sorted_dollars = std::move(dollars)};
    }

  private slots:
    // The first numbers of the generator and of one run, in all digits: a seed that is passed on shows the
    // same futures everywhere.
    void a_seed_is_the_same_on_every_machine() {
        Random random(42, 7);
        const std::vector<double> drawn{random.uniform(), random.uniform(), random.exponential(),
                                        random.exponential()};
        QVERIFY((drawn == std::vector<double>{0.18483185264835811, 0.63823648017473422, 2.6401449900635656,
                                              8.3299337477121735}));
        const auto futures = simulate(week()).value();
        QVERIFY(futures.sorted_hours.front() == 170.86794606590934);
        QVERIFY(futures.sorted_hours[5000] == 174.26649415947801);
        QCOMPARE(simulate(week()).value(), futures);
        Simulation other = week();
        other.seed = 2;
        QVERIFY(simulate(other)->sorted_hours != futures.sorted_hours);
    }

    void random_numbers_have_their_distributions() {
        Random random(5);
        constexpr int count = 1'000'000;
        double sum = 0;
        double squares = 0;
        int beyond_two = 0;
        for (int i = 0; i < count; ++i) {
            const double number = random.exponential();
            sum += number;
            squares += number * number;
            beyond_two += number > 2 ? 1 : 0;
        }
        near(sum / count, 1, 0.005);
        near(squares / count, 2, 0.02);
        near(static_cast<double>(beyond_two) / count, std::exp(-2), 0.002);
        double uniform = 0;
        for (int i = 0; i < count; ++i)
            uniform += random.uniform();
        near(uniform / count, 0.5, 0.002);
    }

    // Drawn by another generator and told another way: two samples of one distribution (Kolmogorov and
    // Smirnov), in and out of doubt.
    void other_futures_are_spread_alike() {
        deepvm::tests::RandomJobs jobs(21);
        constexpr int runs = 10'000;
        for (int i = 0; i < deepvm::tests::cases(100); ++i) {
            Simulation request{.run = i % 2 ? jobs.rolling_back() : jobs.carrying_on(), .runs = runs};
            if (i % 4 < 2) request.doubt = {jobs.magnitude(0.02, 0.4), jobs.magnitude(0.05, 0.6)};
            const auto futures = simulate(request).value();
            const auto others = deepvm::tests::judge::sorted_hours(
                deepvm::tests::judge::run_of(request.run), outlook(request.run).checkpoints,
                {request.doubt.time, request.doubt.revocations}, runs, 5);
            double apart = 0;
            constexpr double digits = 1 + 1e-12;
            for (std::size_t k = 0; k < others.size(); k += 7) {
                const double here = others[k] * digits;
                apart = std::max(apart, std::abs(share_at_most(futures.sorted_hours, here) -
                                                 deepvm::tests::judge::share_within(others, here)));
            }
            QVERIFY2(apart < 2.5 * std::sqrt(2.0 / runs),
                     qPrintable(QString("case %1: %2 apart").arg(i).arg(apart)));
        }
    }

    void without_revocations_every_future_is_the_same() {
        Simulation request = week();
        request.run.revocations_per_hour = 0;
        const auto futures = simulate(request).value();
        QCOMPARE(futures.hours.mean, 168.0);
        QCOMPARE(futures.hours.deviation, 0.0);
        QCOMPARE(futures.hours.p5, 168.0);
        QCOMPARE(futures.hours.p95, 168.0);
        QCOMPARE(futures.dollars.mean, 168 * 12.5);
        QCOMPARE(futures.undisturbed, 1.0);
        QCOMPARE(histogram(futures.sorted_hours, 20), (Histogram{168, 0, {10'000}}));
    }

    void figures_are_those_of_the_sorted_runs() {
        const auto futures = simulate(week()).value();
        const auto& hours = futures.sorted_hours;
        QCOMPARE(hours.size(), std::size_t{10'000});
        QVERIFY(std::is_sorted(hours.begin(), hours.end()));
        QCOMPARE(futures.hours.p5, hours[499]);
        QCOMPARE(futures.hours.p50, hours[4999]);
        QCOMPARE(futures.hours.p95, hours[9499]);
        near(futures.hours.mean, std::accumulate(hours.begin(), hours.end(), 0.0) / 10'000, 1e-9);
        near(futures.hours.standard_error, futures.hours.deviation / 100, 1e-12);
        QVERIFY(futures.hours.low < futures.hours.mean && futures.hours.mean < futures.hours.high);
        near(futures.dollars.p95, futures.hours.p95 * 12.5, 1e-9);
        near(share_done_within(futures, futures.hours.p50), 0.5, 1e-3);
        QCOMPARE(share_done_within(futures, 167), 0.0);
        QCOMPARE(share_done_within(futures, 1e9), 1.0);
        const auto bins = histogram(futures.sorted_hours, 40);
        QCOMPARE(bins.runs.size(), std::size_t{40});
        QCOMPARE(std::accumulate(bins.runs.begin(), bins.runs.end(), 0), 10'000);
        QVERIFY(bins.runs.back() >= 1);
        near(bins.first + 40 * bins.width, hours.back(), 1e-9);
        near(futures.undisturbed, std::exp(-0.064 * outlook(week().run).fault_free_hours), 0.005);
    }

    // A speed that is known to 20 % spreads the futures by as much, and a price of which half is an estimate
    // by less; each future draws its own.
    void figures_in_doubt_spread_the_futures() {
        Simulation request = week();
        request.run.revocations_per_hour = 0;
        request.doubt.time = 0.2;
        request.estimated_price = Money::from_usd(6.25);
        request.price_doubt = 0.3;
        const auto futures = simulate(request).value();
        near(futures.hours.p50, 168, 0.1);
        near(futures.hours.p95, 168 * std::exp(0.2 * 1.6449), 0.5);
        near(futures.hours.p5, 168 * std::exp(-0.2 * 1.6449), 0.5);
        QVERIFY(futures.dollars.p95 > futures.hours.p95 * 12.5);
        QVERIFY(futures.dollars.p95 < futures.hours.p95 * 12.5 * std::exp(0.3));
        request.doubt = {};
        const auto paid = simulate(request).value();
        QCOMPARE(paid.hours.deviation, 0.0);
        near(paid.dollars.p95, 168 * (6.25 + 6.25 * std::exp(0.3 * 1.6449)), 2);
    }

    // A speed that is off says nothing of the price, and a slow accelerator writes no slower.
    void errors_of_a_future_have_nothing_to_do_with_each_other() {
        Simulation request = week();
        request.run.revocations_per_hour = 0;
        request.doubt.time = 0.2;
        request.estimated_price = request.hourly_price;
        request.price_doubt = 0.3;
        const double both = std::sqrt(0.2 * 0.2 + 0.3 * 0.3);
        near(simulate(request)->dollars.p95, 168 * 12.5 * std::exp(both * 1.6449), 60);

        request.run.checkpoint_seconds = 600;
        request.interval_seconds = 3600;
        const double checkpoints = 167 * 600 / 3600.0;
        near(simulate(request)->hours.p95, 168 * std::exp(0.2 * 1.6449) + checkpoints, 0.5);
    }

    void every_future_begins_with_the_start() {
        const auto at_once = simulate(week()).value();
        Simulation request = week();
        request.run.start_seconds = 720;
        const auto later = simulate(request).value();
        near(later.hours.p5, at_once.hours.p5 + 0.2, 1e-9);
        near(later.hours.mean, at_once.hours.mean + 0.2, 1e-9);
        near(later.dollars.mean, at_once.dollars.mean + 0.2 * 12.5, 1e-9);
    }

    // Twice as often revoked in half of the futures and half as often in the others is more on average.
    void rates_in_doubt_cost_time() {
        Simulation request = week();
        const double known = simulate(request)->hours.mean;
        request.doubt.revocations = 0.8;
        const auto futures = simulate(request).value();
        QVERIFY(futures.hours.mean > known + futures.hours.standard_error);
        QVERIFY(futures.hours.p95 > simulate(week())->hours.p95);
    }

    void cheaper_counts_every_pair() {
        const auto a = futures_of({1, 2, 3}, 2);  // 2, 4, 6 dollars
        const auto b = futures_of({3, 4, 5}, 1);  // 3, 4, 5 dollars
        // 2 beats all three; 4 ties with 4 and beats 5; 6 beats none.
        near(cheaper_in(a, b), 100 * (3 + 1.5) / 9, 1e-12);
        near(cheaper_in(b, a), 100 * (9 - 4.5) / 9, 1e-12);
        QCOMPARE(cheaper_in(a, a), 50.0);
        const Futures endless{.finishes = false};
        QCOMPARE(cheaper_in(a, endless), 100.0);
        QCOMPARE(cheaper_in(endless, a), 0.0);
        QCOMPARE(cheaper_in(endless, endless), 50.0);
    }

    void cheaper_agrees_with_trying_all_pairs() {
        Random random(6);
        for (int i = 0; i < 50; ++i) {
            std::vector<double> left(1 + static_cast<std::size_t>(20 * random.uniform()));
            std::vector<double> right(1 + static_cast<std::size_t>(20 * random.uniform()));
            for (auto* hours : {&left, &right}) {
                for (double& value : *hours)
                    value = 1 + std::floor(8 * random.uniform());
                std::sort(hours->begin(), hours->end());
            }
            double wins = 0;
            for (const double l : left)
                for (const double r : right)
                    wins += 2 * l < 3 * r ? 1 : 2 * l > 3 * r ? 0 : 0.5;
            const auto pairs = static_cast<double>(left.size() * right.size());
            near(cheaper_in(futures_of(left, 2), futures_of(right, 3)), 100 * wins / pairs, 1e-9);
        }
    }

    void what_never_finishes_says_so() {
        Simulation request = week();
        request.run.revocations_per_hour = 1e5;
        QCOMPARE(simulate(request)->finishes, false);
        QVERIFY(simulate(request)->sorted_hours.empty());
        QCOMPARE(histogram(simulate(request)->sorted_hours, 10), Histogram());
        QCOMPARE(share_done_within(*simulate(request), 1e9), 0.0);
        // Machines that live shorter than a restart, which only the simulation can find out.
        const auto lifetimes = of_hours({0.01});
        request = week();
        request.lifetimes = &lifetimes;
        request.spot_machines = 2;
        QCOMPARE(simulate(request)->finishes, false);
    }

    void refuses_what_cannot_be_simulated_data() {
        QTest::addColumn<double>("useful");
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("runs");
        QTest::addColumn<QString>("says");
        const double nan = std::nan("");
        QTest::newRow("no job") << 0.0 << 0.1 << 10 << "a job of 0 s";
        QTest::newRow("negative job") << -5.0 << 0.1 << 10 << "a job of -5 s";
        QTest::newRow("no number") << nan << 0.1 << 10 << "a job of nan s";
        QTest::newRow("negative rate") << 1.0 << -0.1 << 10 << "-0.1 in the job";
        QTest::newRow("endless rate")
            << 1.0 << std::numeric_limits<double>::infinity() << 10 << "inf in the job";
        QTest::newRow("no run") << 1.0 << 0.1 << 0 << "0 runs";
        QTest::newRow("too many runs") << 1.0 << 0.1 << 2'000'000 << "2000000 runs";
    }
    void refuses_what_cannot_be_simulated() {
        QFETCH(double, useful);
        QFETCH(double, rate);
        QFETCH(int, runs);
        QFETCH(QString, says);
        const auto refused =
            simulate({.run = {.useful_seconds = useful, .revocations_per_hour = rate}, .runs = runs});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::invalid_input);
        QVERIFY2(QString::fromStdString(refused.error().message).startsWith(says),
                 refused.error().message.c_str());
    }

    void it_tells_how_far_it_is() {
        std::vector<double> told;
        Simulation request = week();
        request.runs = 1000;
        QVERIFY(simulate(request, {}, [&](double share) { told.push_back(share); }));
        QCOMPARE(told.size(), std::size_t{100});
        QVERIFY(std::is_sorted(told.begin(), told.end()));
        QCOMPARE(told.back(), 1.0);
    }

    void it_stops_in_the_middle() {
        Simulation request = week();
        request.runs = 1'000'000;
        std::stop_source stop;
        double reached = 0;
        const auto stopped = simulate(request, stop.get_token(), [&](double share) {
            reached = share;
            if (share > 0.02) stop.request_stop();
        });
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::cancelled);
        QVERIFY(reached < 0.04);
    }

    void another_thread_stops_it() {
        Simulation request = week();
        request.runs = 1'000'000;
        ErrorCode code = ErrorCode::invalid_input;
        std::atomic<bool> begun = false;
        std::jthread work([&](const std::stop_token& stop) {
            const auto stopped = simulate(request, stop, [&](double) { begun = true; });
            if (!stopped) code = stopped.error().code;
        });
        while (!begun)
            std::this_thread::yield();
        work.request_stop();
        work.join();
        QCOMPARE(code, ErrorCode::cancelled);
    }
};

}  // namespace test_monte_carlo

DEEPVM_TEST(test_monte_carlo, TestMonteCarlo)
#include "test_monte_carlo.moc"
