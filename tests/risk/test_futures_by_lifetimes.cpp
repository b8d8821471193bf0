// SPDX-License-Identifier: GPL-3.0-or-later
// Futures in which machines live as long as a table says: who reads them off must meet the cap of a provider
// and the lives that were seen.
#include <QtTest>
#include <cmath>
#include <optional>
#include <vector>

#include "risk/lifetimes.h"
#include "risk/monte_carlo.h"
#include "risk/simulations.h"
#include "test_program.h"

namespace test_futures_by_lifetimes {

using namespace deepvm;
using namespace deepvm::risk;
using deepvm::tests::near;
using deepvm::tests::of_hours;
using deepvm::tests::week;

class TestFuturesByLifetimes : public QObject {
    Q_OBJECT

  private slots:
    // Machines that all live 10 hours, by hand: a job of 16 hours in segments of 4 with free checkpoints and
    // half an hour of restart has 8 hours saved when they go, waits, and does the rest.
    void machines_live_as_long_as_the_table_says() {
        const auto lifetimes = of_hours({10});
        Simulation request{.run = {.useful_seconds = 16 * 3600, .restart_seconds = 1800},
                           .interval_seconds = 4 * 3600,
                           .lifetimes = &lifetimes,
                           .spot_machines = 3,
                           .runs = 10};
        auto futures = simulate(request).value();
        near(futures.hours.p50, 10 + 0.5 + 8, 1e-9);
        QCOMPARE(futures.revocations, 3.0);
        // Not rolling back it waits for all three at once.
        const std::vector<double> throughputs{1, 2, 3};
        request.run.throughputs = throughputs;
        futures = simulate(request).value();
        near(futures.hours.p50, 16.5, 1e-9);
        // Machines that were never seen to end do not.
        const auto immortal =
            Lifetimes::of(std::vector<Lifetime>{{"g", "a", 30, false}}, std::nullopt).value();
        request.lifetimes = &immortal;
        near(simulate(request)->hours.p50, 16, 1e-9);
    }

    // On Google Cloud no machine of a long job is spared; a rate without memory would spare some.
    void the_cap_takes_every_machine() {
        const auto lifetimes = of_hours({25, 25, 25}, 24.0);
        Simulation request{.run = {.useful_seconds = 30 * 3600, .restart_seconds = 600},
                           .interval_seconds = 3600,
                           .lifetimes = &lifetimes,
                           .spot_machines = 8,
                           .runs = 10};
        const auto futures = simulate(request).value();
        QCOMPARE(futures.revocations, 8.0);
        QCOMPARE(futures.undisturbed, 0.0);
        // All at once: one restart, and nothing lost at the full hour.
        near(futures.hours.p95, 30 + 600 / 3600.0, 1e-9);
    }

    void a_life_without_memory_by_table_is_a_rate() {
        // Ten thousand lives at the quantiles of an exponential distribution with a mean of 50 hours.
        std::vector<double> lives;
        lives.reserve(10'000);
        for (int i = 0; i < 10'000; ++i)
            lives.push_back(-50 * std::log((i + 0.5) / 10'000));
        const auto lifetimes = of_hours(lives);
        const std::vector<double> throughputs{1, 1.9, 2.7, 3.4};
        for (const bool rolls_back : {true, false}) {
            Simulation request{.run = {.useful_seconds = 40 * 3600,
                                       .revocations_per_hour = 4 / 50.0,
                                       .checkpoint_seconds = 20,
                                       .restart_seconds = 600}};
            if (!rolls_back) request.run.throughputs = throughputs;
            const auto by_rate = simulate(request).value();
            request.lifetimes = &lifetimes;
            request.spot_machines = 4;
            request.seed = 2;
            const auto by_table = simulate(request).value();
            near(by_table.hours.mean, by_rate.hours.mean, 4 * by_rate.hours.standard_error);
            near(by_table.hours.p95, by_rate.hours.p95, 0.01 * by_rate.hours.p95);
            near(by_table.revocations, by_rate.revocations, 0.1);
        }
    }

    void refuses_lifetimes_without_their_machines() {
        const auto lifetimes = of_hours({10});
        Simulation request = week();
        request.lifetimes = &lifetimes;
        QVERIFY(!simulate(request));
        const std::vector<double> throughputs{1, 2, 3};
        request.run.throughputs = throughputs;
        request.spot_machines = 2;
        QVERIFY(!simulate(request));
        request.spot_machines = 3;
        QVERIFY(simulate(request));
    }
};

}  // namespace test_futures_by_lifetimes

DEEPVM_TEST(test_futures_by_lifetimes, TestFuturesByLifetimes)
#include "test_futures_by_lifetimes.moc"
