// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a cluster behind a busy parameter server would look as fast as its workers.
#include <QtTest>
#include <random>

#include "judge/servers.h"
#include "risk/parameter_server.h"
#include "test_program.h"

namespace test_parameter_server {

using namespace deepvm::risk;

namespace {

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::abs(b);
}

QString message(const deepvm::base::Error& error) {
    return QString::fromStdString(error.message);
}

// The balance equations of the same network as a Markov chain: how many workers of each group are at the
// server, which divides its time equally among them. Solved by elimination; shares nothing with the recursion
// of the product.
class Chain {
  public:
    Chain(std::vector<WorkerGroup> groups, double delay, double service)
        : groups_(std::move(groups)), delay_(delay), service_(service) {
        for (const auto& group : groups_)
            states_ *= group.workers + 1;
    }

    double throughput() const {
        const auto probability = stationary(balance());
        return (1 - probability[0]) / service_;
    }

  private:
    using Matrix = std::vector<std::vector<double>>;

    Matrix balance() const {
        Matrix flow(states_, std::vector<double>(states_, 0.0));
        for (int state = 0; state < states_; ++state) {
            std::vector<int> at_server;
            int rest = state;
            int all = 0;
            for (const auto& group : groups_) {
                at_server.push_back(rest % (group.workers + 1));
                rest /= group.workers + 1;
                all += at_server.back();
            }
            int step = 1;
            for (std::size_t g = 0; g < groups_.size(); ++g) {
                const auto& group = groups_[g];
                const auto move = [&](int to, double rate) {
                    flow[to][state] += rate;
                    flow[state][state] -= rate;
                };
                if (at_server[g] < group.workers)
                    move(state + step, (group.workers - at_server[g]) / (group.compute_seconds + delay_));
                if (at_server[g] > 0) move(state - step, at_server[g] / (all * service_));
                step *= group.workers + 1;
            }
        }
        return flow;
    }

    static std::vector<double> stationary(Matrix a) {
        const auto n = a.size();
        std::vector<double> b(n, 0.0);
        a[n - 1].assign(n, 1.0);  // in place of one balance equation: the probabilities add up to 1
        b[n - 1] = 1;
        for (std::size_t i = 0; i < n; ++i) {
            std::size_t pivot = i;
            for (std::size_t k = i; k < n; ++k)
                if (std::abs(a[k][i]) > std::abs(a[pivot][i])) pivot = k;
            std::swap(a[i], a[pivot]);
            std::swap(b[i], b[pivot]);
            for (std::size_t k = 0; k < n; ++k) {
                if (k == i || a[k][i] == 0) continue;
                const double factor = a[k][i] / a[i][i];
                for (std::size_t j = i; j < n; ++j)
                    a[k][j] -= factor * a[i][j];
                b[k] -= factor * b[i];
            }
        }
        for (std::size_t i = 0; i < n; ++i)
            b[i] /= a[i][i];
        return b;
    }

    std::vector<WorkerGroup> groups_;
    double delay_;
    double service_;
    int states_ = 1;
};

// Machines and repairmen: `servers` real servers, in the textbook's closed form.
double repairmen_throughput(int workers, int servers, double compute, double service) {
    double weight = 1;
    double sum = 1;
    double busy = 0;
    for (int j = 1; j <= workers; ++j) {
        weight *= (workers - j + 1) / compute * service / std::min(j, servers);
        sum += weight;
        busy += weight * std::min(j, servers);
    }
    return busy / sum / service;
}

}  // namespace

class TestParameterServer : public QObject {
    Q_OBJECT

  private slots:
    void one_server_is_the_textbook() {
        for (const double service : {0.01, 0.2, 1.0, 7.0})
            for (int n = 1; n <= 20; ++n)
                QVERIFY(near(throughputs(n, 1, 3.0, service).back(), repairmen_throughput(n, 1, 3.0, service),
                             1e-12));
    }

    // Mean values and the product form are two solutions of one network; no rounding adds up in either.
    void the_product_form_says_the_same() {
        std::mt19937 random(12);
        std::uniform_real_distribution<double> exponent(-9, 9);
        for (int round = 0; round < 300; ++round) {
            const int servers = 1 + static_cast<int>(random() % 20);
            const double compute = std::exp(exponent(random));
            const double service = std::exp(exponent(random));
            const auto rates = throughputs(1024, servers, compute, service);
            const auto judged = deepvm::tests::judge::steps_a_second(1024, servers, compute, service);
            for (std::size_t i = 0; i < rates.size(); ++i)
                QVERIFY(near(rates[i], judged[i], 1e-11));
        }
    }

    // Seidmann's servers are an approximation; it must stay a good one, or two servers would be misjudged.
    void several_servers_are_close_to_real_ones() {
        for (const int servers : {2, 3, 4})
            for (const double service : {0.05, 0.5, 2.0})
                for (int n = 1; n <= 16; ++n)
                    QVERIFY(near(throughputs(n, servers, 3.0, service).back(),
                                 repairmen_throughput(n, servers, 3.0, service), 0.08));
    }

    void the_recursion_solves_the_markov_chain() {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> seconds(0.1, 5);
        for (int round = 0; round < 60; ++round) {
            std::vector<WorkerGroup> groups;
            for (int g = 0; g <= round % 3; ++g)
                groups.push_back({1 + static_cast<int>(random() % 3), seconds(random)});
            const int servers = 1 + static_cast<int>(random() % 3);
            const double service = seconds(random);
            const auto rate = mixed_throughput(groups, servers, service);
            QVERIFY(rate.has_value());
            const Chain chain(groups, service * (servers - 1) / servers, service / servers);
            QVERIFY2(near(*rate, chain.throughput(), 1e-9),
                     qPrintable(QString("%1 %2").arg(*rate).arg(chain.throughput())));
        }
    }

    void equal_groups_are_one_group() {
        const auto alone = throughputs(7, 2, 3, 0.8).back();
        const std::vector<WorkerGroup> split{{3, 3}, {0, 1}, {4, 3}};
        QVERIFY(near(mixed_throughput(split, 2, 0.8).value(), alone, 1e-12));
    }

    void more_workers_are_never_slower_and_bounded() {
        for (const int servers : {1, 2, 5}) {
            const auto rates = throughputs(200, servers, 2, 0.3);
            QCOMPARE(rates.size(), std::size_t{200});
            for (std::size_t i = 0; i < rates.size(); ++i) {
                const auto n = static_cast<double>(i + 1);
                QVERIFY(i == 0 || rates[i] >= rates[i - 1] * (1 - 1e-12));
                QVERIFY(rates[i] <= std::min(n / 2.3, servers / 0.3) * (1 + 1e-12));
            }
            QVERIFY(near(rates.back(), servers / 0.3, 1e-6));  // the servers are what is left to wait for
        }
    }

    void the_limits_of_the_law() {
        QVERIFY(throughputs(0, 1, 1, 1).empty());
        QVERIFY(throughputs(-3, 1, 1, 1).empty());
        for (int n = 1; n <= 9; ++n) {
            QVERIFY(near(throughputs(n, 1, 4, 0).back(), n / 4.0, 1e-12));  // servers that cost nothing
            QVERIFY(near(throughputs(n, 1, 0, 4).back(), 0.25, 1e-12));     // workers that cost nothing
        }
        QVERIFY(std::isinf(throughputs(5, 1, 0, 0).back()));
        QVERIFY(std::isinf(mixed_throughput(std::vector<WorkerGroup>{{2, 0}}, 1, 0).value()));
        QCOMPARE(mixed_throughput({}, 1, 1).value(), 0.0);
        const std::vector<WorkerGroup> many(12, {9, 1});
        QVERIFY(!mixed_throughput(many, 1, 1));
    }

    void two_times_tell_the_load() {
        std::mt19937 random(5);
        std::uniform_real_distribution<double> exponent(-3, 4);
        for (int round = 0; round < 300; ++round) {
            const int servers = 1 + round % 3;
            const ServerLoad load{std::exp(exponent(random)), std::exp(exponent(random))};
            // Sizes whose servers are not yet full, or there is nothing left to tell the workers by.
            const int few = 1 + static_cast<int>(random() % 3);
            const int many = few + 1 + static_cast<int>(random() % 4);
            const auto time = [&](int n) {
                return ClusterTime{
                    n, 1 / throughputs(n, servers, load.compute_seconds, load.service_seconds).back()};
            };
            const auto fit = fit_server_load(servers, time(many), time(few));
            QVERIFY(fit.has_value());
            // Both times come back, whether or not they tell the two figures apart well.
            for (const int n : {few, many})
                QVERIFY(near(1 / throughputs(n, servers, fit->compute_seconds, fit->service_seconds).back(),
                             time(n).seconds, 1e-9));
            if (load.compute_seconds > load.service_seconds && few == 1) {
                QVERIFY(near(fit->compute_seconds, load.compute_seconds, 1e-4));
                QVERIFY(near(fit->service_seconds, load.service_seconds, 1e-4));
            }
        }
    }

    // Measured noise goes beyond what the law can do; the fit must stay inside of it, not fail.
    void noise_beyond_the_law_gives_its_nearest_end() {
        const auto proportional = fit_server_load(1, {2, 50}, {8, 12});  // faster than four times
        QVERIFY(proportional.has_value());
        QCOMPARE(proportional->service_seconds, 0.0);
        QVERIFY(proportional->compute_seconds > 96 && proportional->compute_seconds < 100);
        const auto saturated = fit_server_load(1, {4, 30}, {8, 31});  // more workers, and slower
        QVERIFY(saturated.has_value());
        QCOMPARE(saturated->compute_seconds, 0.0);
        QVERIFY(saturated->service_seconds > 30 && saturated->service_seconds < 31);
        const auto level = fit_server_load(2, {4, 30}, {8, 30});  // two servers still gain a little
        QVERIFY(level.has_value());
        QCOMPARE(level->compute_seconds, 0.0);
    }

    void what_is_no_measurement_is_refused() {
        QVERIFY(message(fit_server_load(1, {4, 30}, {4, 31}).error()).contains("second cluster size"));
        for (const double seconds : {0.0, -1.0, std::nan(""), HUGE_VAL})
            QVERIFY(!fit_server_load(1, {1, 30}, {4, seconds}));
        QVERIFY(!fit_server_load(0, {1, 30}, {4, 8}));
        QVERIFY(!fit_server_load(1, {0, 30}, {4, 8}));
        QVERIFY(!fit_server_load(1, {1, 30}, {2'000'000'000, 8}));
    }
};

}  // namespace test_parameter_server

DEEPVM_TEST(test_parameter_server, TestParameterServer)
#include "test_parameter_server.moc"
