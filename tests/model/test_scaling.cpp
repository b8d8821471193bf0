// SPDX-License-Identifier: GPL-3.0-or-later
// How many machines a budget should buy hangs on what several are worth together: the laws beside the same
// formulas written down and reckoned another way.
#include <QtTest>
#include <cmath>

#include "draw.h"
#include "judge/scaling.h"
#include "model/fabric.h"
#include "model/saturation.h"
#include "model/scaling.h"
#include "test_program.h"

namespace test_scaling {

using namespace deepvm;
using namespace deepvm::model;
using tests::real;
using tests::whole;
namespace judge = tests::judge;

namespace {

double magnitude(std::mt19937& random, double least, double most) {
    return std::exp(real(random, std::log(least), std::log(most)));
}

bool near(double a, double b, double relative = 1e-12) {
    return std::abs(a - b) <= relative * std::abs(b);
}

}  // namespace

class TestScaling : public QObject {
    Q_OBJECT

  private slots:
    void the_published_law() {
        std::mt19937 random(1);
        for (int round = 0; round < 5000; ++round) {
            const LogisticScaling law{real(random, 0.02, 0.6), real(random, 0, 30), real(random, 1, 30)};
            const int nodes = whole(random, 1, 200);
            QVERIFY(near(effective_nodes(law, nodes), judge::nodes_by_logistic(law, nodes)));
        }
    }

    void the_measured_law() {
        std::mt19937 random(2);
        for (int round = 0; round < 5000; ++round) {
            const double epoch = magnitude(random, 1, 1e5);
            const MeasuredScaling law{epoch, epoch * real(random, 0, 3), epoch * real(random, 0, 2)};
            const int nodes = whole(random, 1, 1024);
            QVERIFY(near(epoch_seconds(law, nodes), judge::seconds_of_epoch(law, nodes)));
            QVERIFY(near(effective_nodes(law, nodes), judge::nodes_by_measurement(law, nodes)));
        }
    }

    void the_law_of_the_ring() {
        std::mt19937 random(3);
        for (int round = 0; round < 3000; ++round) {
            const double parameters = magnitude(random, 1e6, 1e11);
            const int bytes = tests::chance(random, 0.5) ? 2 : 4;
            const double batch = whole(random, 1, 4096);
            const double speed = magnitude(random, 0.1, 1e5);
            const auto fabric = tests::chance(random, 0.5) ? Fabric::tcp : Fabric::efa;
            const double line = magnitude(random, 1, 3200);
            ClusterWay way{real(random, 0, 0.7), whole(random, 1, 8), {}};
            double moved = parameters * bytes;
            if (tests::chance(random, 0.3)) {
                way.sharded_frozen_bytes = magnitude(random, 1e6, 1e11);
                moved = 1.5 * moved + *way.sharded_frozen_bytes;
            }
            const auto law = fabric_law(parameters, bytes, batch, speed, usable_gbps(fabric, line), way);
            const judge::Ring ring{way.accumulation_steps * batch / speed, moved,
                                   judge::usable_gbps(fabric == Fabric::tcp, line), way.hidden};
            const int nodes = whole(random, 1, 300);
            QVERIFY(near(effective_nodes(law, nodes), judge::nodes_by_ring(ring, nodes), 1e-10));
        }
    }

    // A published point gives exactly its value, and workers are compared with it.
    void a_remote_node_serves_as_many_as_was_published() {
        const NetworkSaturation published(
            {{0.3, 2}, {1.7, 12}, {5, 16}, {10, 20}, {12.5, 24}, {15, 24}, {25, 28}, {30, 32}});
        for (const auto& point : published.points())
            QCOMPARE(published.workers_per_remote(point.network_gbps), point.workers_per_remote);
        std::mt19937 random(4);
        for (int round = 0; round < 5000; ++round) {
            const double gbps = magnitude(random, 0.01, 5000);
            QVERIFY(near(published.workers_per_remote(gbps), judge::workers_per_remote(published, gbps)));
        }
        for (const double gbps : {12.6, 13.75, 14.999})
            QCOMPARE(published.workers_per_remote(gbps), 24.0);
    }

    void what_states_and_checkpoints_take() {
        std::mt19937 random(5);
        for (int round = 0; round < 2000; ++round) {
            WorkloadProfile workload;
            workload.parameters = static_cast<std::int64_t>(magnitude(random, 1e5, 1e12));
            workload.checkpoint_bytes_per_parameter = whole(random, 2, 16);
            workload.state_bytes_per_parameter = whole(random, 2, 32);
            QVERIFY(near(checkpoint_gib(workload), judge::checkpoint_gib(workload)));
            const auto parameters = static_cast<double>(workload.parameters);
            QVERIFY(near(training_state_gib(workload) * 1024 * 1024 * 1024,
                         parameters * workload.state_bytes_per_parameter));
        }
    }
};

}  // namespace test_scaling

DEEPVM_TEST(test_scaling, TestScaling)
#include "test_scaling.moc"
