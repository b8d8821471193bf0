// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a cluster on plain TCP would be planned as if its line carried what its data sheet says.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "model/fabric.h"
#include "test_program.h"
#include "throughput_world.h"

namespace test_fabric {

using namespace deepvm::model;

namespace {

using Clusters = std::vector<ClusterThroughput>;

Clusters shipped_clusters() {
    return deepvm::test::shipped_rows<ClusterThroughput>(
        "multinode_throughput.csv", cluster_throughput_columns, parse_cluster_throughput);
}

Clusters of_use(const Clusters& rows, RowUse use) {
    Clusters found;
    std::ranges::copy_if(rows, std::back_inserter(found), [use](const auto& row) { return row.use == use; });
    return found;
}

// A training and what it runs on, drawn anew.
struct Drawn {
    double parameters = 0;
    double bytes = 0;
    double batch = 0;
    double speed = 0;
    double line = 0;

    explicit Drawn(std::mt19937& random) {
        const auto between = [&random](double low, double high) {
            return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
        };
        parameters = between(1e6, 1e11);
        bytes = random() % 2 == 0 ? 2 : 4;
        batch = between(1, 4096);
        speed = between(0.1, 1e5);
        line = between(1, 3200);
    }
    AnalyticScaling law(double usable, const ClusterWay& way = {}) const {
        return fabric_law(parameters, bytes, batch, speed, usable, way);
    }
};

constexpr std::array all_fabrics{Fabric::tcp, Fabric::efa, Fabric::infiniband, Fabric::gpudirect_tcpx};

}  // namespace

class TestFabric : public QObject {
    Q_OBJECT

    Clusters rows_ = shipped_clusters();

  private slots:
    // What a plan says of how far the law was looked at must be so.
    void the_largest_measured_clusters_are_those_of_the_rows() {
        std::map<WorkloadKind, int> largest;
        for (const auto& row : shipped_clusters())
            if (row.use != RowUse::context && row.load.kind)
                largest[*row.load.kind] =
                    std::max(largest[*row.load.kind], row.nodes * row.accelerators_per_node);
        for (const auto& name : workload_kind_names()) {
            const auto kind = *workload_kind_named(name);
            QCOMPARE(most_measured_accelerators(kind), largest[kind]);
        }
    }

    void names_are_read_back() {
        for (const auto fabric : all_fabrics)
            QVERIFY(fabric_named(fabric_name(fabric)) == fabric);
        QVERIFY(fabric_named("gpudirect-tcpx") == Fabric::gpudirect_tcpx);
        QVERIFY(!fabric_named("ethernet") && !fabric_named(""));
    }

    // The number of the issue: x1.20 with what the line says, root mean square factor, families alike.
    void series_that_were_never_fitted_are_met() {
        const double cap = fit_tcp_gbps(rows_).value();
        const auto test = cluster_series(of_use(rows_, RowUse::test));
        QCOMPARE(test.size(), std::size_t{13});
        const double factor = std::exp(cluster_error(test, cap).value());
        QVERIFY2(factor <= 1.13, qPrintable(QString::number(factor)));
        // It is the cap that does it.
        const auto fit = cluster_series(of_use(rows_, RowUse::fit));
        QVERIFY(cluster_error(fit, cap).value() < 0.75 * cluster_error(fit, 1e9).value());
    }

    // The constant that plans are made with is the one that the measurements give.
    void the_cap_of_plans_was_measured() {
        const double cap = fit_tcp_gbps(rows_).value();
        QVERIFY2(std::abs(cap - measured_tcp_gbps) < 0.01, qPrintable(QString::number(cap, 'g', 8)));
    }

    void the_cap_is_the_best_one() {
        auto tcp = of_use(rows_, RowUse::fit);
        std::erase_if(tcp, [](const auto& row) { return row.network_gbps.value_or(0) >= slowest_rdma_gbps; });
        const auto series = cluster_series(tcp);
        const double best = cluster_error(series, fit_tcp_gbps(rows_).value()).value();
        for (double cap = 0.5; cap < 50; cap *= 1.01)
            QVERIFY(cluster_error(series, cap).value() >= best - 1e-12);
    }

    void the_cap_rests_on_the_rows_to_fit_on_in_any_order() {
        const double cap = fit_tcp_gbps(rows_).value();
        std::mt19937 random(5);
        auto changed = rows_;
        std::shuffle(changed.begin(), changed.end(), random);
        QCOMPARE(fit_tcp_gbps(changed).value(), cap);
        for (auto& row : changed)
            if (row.use != RowUse::fit) row.samples_per_second *= 2;
        QCOMPARE(fit_tcp_gbps(changed).value(), cap);
        for (auto& row : changed)
            if (row.use == RowUse::fit && row.nodes > 1) row.samples_per_second *= 0.8;
        QVERIFY(fit_tcp_gbps(changed).value() < 0.9 * cap);
        const auto refused = fit_tcp_gbps(of_use(rows_, RowUse::test));
        QVERIFY(!refused && refused.error().message.find("use = fit") != std::string::npos);
    }

    // A world with a cap of its own, in which the fit finds it.
    void a_cap_is_recovered() {
        for (const double cap : {1.3, 4.0, 12.0, 25.0}) {
            auto world = rows_;
            for (auto& row : world) {
                if (!can_predict(row)) continue;
                row.samples_per_second = row.nodes == 1 ? 100 : predicted_samples_per_second(row, 100, cap);
            }
            const double found = fit_tcp_gbps(world).value();
            QVERIFY2(std::abs(found / cap - 1) < 1e-4, qPrintable(QString::number(found)));
        }
    }

    void the_law_has_the_limits_that_it_must_have() {
        std::mt19937 random(2026);
        for (int round = 0; round < 2000; ++round) {
            const Drawn drawn(random);
            const auto law = drawn.law(usable_gbps(Fabric::efa, drawn.line));
            QCOMPARE(effective_nodes(law, 1), 1.0);
            auto free = drawn.law(1e30);
            free.latency_seconds = 0;
            const int nodes = 2 + static_cast<int>(random() % 200);
            QVERIFY(std::abs(effective_nodes(free, nodes) / nodes - 1) < 1e-9);
            const double effective = effective_nodes(law, nodes);
            QVERIFY(effective > 0 && effective < nodes);
            // By the books: what is not computing is waiting, in the same time.
            const double waiting =
                2.0 * (nodes - 1) / nodes * law.transfer_seconds + 0.002 * std::log2(nodes);
            QVERIFY(std::abs(effective * (1 + waiting / law.step_compute_seconds) / nodes - 1) < 1e-9);
        }
    }

    void a_better_way_is_never_slower() {
        std::mt19937 random(77);
        for (int round = 0; round < 2000; ++round) {
            const Drawn drawn(random);
            const int nodes = 2 + static_cast<int>(random() % 60);
            const auto effective = [&](Fabric fabric, const ClusterWay& way) {
                return effective_nodes(drawn.law(usable_gbps(fabric, drawn.line), way), nodes);
            };
            const double tcp = effective(Fabric::tcp, {});
            for (const auto fabric : {Fabric::efa, Fabric::infiniband, Fabric::gpudirect_tcpx})
                QVERIFY(drawn.line * 0.7 <= measured_tcp_gbps ? effective(fabric, {}) == tcp
                                                              : effective(fabric, {}) > tcp);
            QVERIFY(effective(Fabric::tcp, {0.5, 1, {}}) > tcp);
            QVERIFY(effective(Fabric::tcp, {0, 4, {}}) > tcp);
            QVERIFY(effective(Fabric::tcp, {0, 1, 0.0}) < tcp);
            // More than may be hidden is not.
            QVERIFY(effective(Fabric::tcp, {1, 1, {}}) == effective(Fabric::tcp, {most_hidden, 1, {}}));
            // Four steps before they speak are one step of four times the batch.
            auto larger = drawn;
            larger.batch *= 4;
            const double once = effective_nodes(larger.law(usable_gbps(Fabric::tcp, drawn.line)), nodes);
            QVERIFY(std::abs(once / effective(Fabric::tcp, {0, 4, {}}) - 1) < 1e-12);
        }
    }

    // Adapters: the gradients are small, but the weights that stay as they are have to come along.
    void sharded_states_move_the_frozen_weights_too() {
        const ClusterWay replicas{};
        const ClusterWay sharded{0, 1, 14e9};
        const auto few = fabric_law(40e6, 2, 8, 10, 100, replicas);
        const auto all = fabric_law(40e6, 2, 8, 10, 100, sharded);
        QVERIFY(std::abs(few.transfer_seconds / (8 * 80e6 / 100e9) - 1) < 1e-12);
        QVERIFY(std::abs(all.transfer_seconds / (8 * (1.5 * 80e6 + 14e9) / 100e9) - 1) < 1e-12);
    }

    void a_type_says_which_line_counts() {
        InstanceType type;
        type.network_gbps = 80;
        QCOMPARE(usable_gbps(type), measured_tcp_gbps);
        type.fabric = Fabric::infiniband;
        QCOMPARE(usable_gbps(type), 0.7 * 80);
        type.fabric_gbps = 3200;
        QCOMPARE(usable_gbps(type), 0.7 * 3200);
    }
};

}  // namespace test_fabric

DEEPVM_TEST(test_fabric, TestFabric)
#include "test_fabric.moc"
