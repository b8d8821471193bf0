// SPDX-License-Identifier: GPL-3.0-or-later
// What is said to bind must bind, and nothing else: a person asks for more of it. Judged by enumeration on
// changed markets and requests.
#include <QtTest>
#include <algorithm>
#include <utility>
#include <vector>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/explained_cases.h"
#include "planner/planner.h"
#include "test_program.h"

namespace test_binding_limits {

using namespace deepvm;
using base::Money;
using problem::Limit;
using tests::explained::Case;
using tests::explained::make_case;
using tests::explained::message;
using tests::explained::World;

namespace {

void drop(World& world, Limit limit) {
    constexpr int plenty = 1'000'000;
    switch (limit) {
        case Limit::budget:
            world.budget = Money::from_usd(100'000);
            break;
        case Limit::spot_quota:
            for (auto& quota : world.market.quotas)
                quota.spot_vcpus = plenty;
            for (auto& [quota_class, vcpus] : world.request.spot_quota)
                vcpus = plenty;
            break;
        case Limit::on_demand_quota:
            for (auto& quota : world.market.quotas)
                quota.on_demand_vcpus = plenty;
            for (auto& [quota_class, vcpus] : world.request.on_demand_quota)
                vcpus = plenty;
            break;
        case Limit::network_saturation:
            world.market.saturation = model::NetworkSaturation({{0.1, 1e9}});
            break;
        case Limit::remote_memory:
            world.request.checkpoint_gib = 0;
            break;
        case Limit::cluster_ceiling:
            world.request.max_nodes = problem::largest_max_nodes;
            if (world.market.node_bound) world.market.node_bound = problem::largest_max_nodes;
            break;
        case Limit::unknown_network:
            for (auto& type : world.market.types)
                if (type.network_gbps <= 0) {
                    type.network_gbps = 1e6;
                    type.fabric = model::Fabric::infiniband;
                }
            break;
        case Limit::accelerator_memory:
            break;
        case Limit::efficiency:
            world.request.min_efficiency = 0;
            break;
        case Limit::scaling:
            break;
    }
}

// The most that the same machines can do in this world.
double most(const World& world, const problem::Plan& plan) {
    const tests::Enumeration judge(world.market, world.request);
    for (const auto& cluster :
         judge.best(plan.architecture, world.budget, tests::Enumeration::every, tests::RemoteTypes::all))
        if (cluster.worker == plan.worker && cluster.remote == plan.remote) return cluster.objective;
    return 0;
}

constexpr double rounding = 1e-12;
// What problem::told_apart() takes for no more: nobody would pay for it.
constexpr double not_told = 1e-4;

bool improves(const World& world, const problem::Plan& plan, const std::vector<Limit>& dropped,
              double least_gain = rounding) {
    World changed = world;
    for (const Limit limit : dropped)
        drop(changed, limit);
    return most(changed, plan) > plan.objective * (1 + least_gain);
}

}  // namespace

class TestBindingLimits : public QObject {
    Q_OBJECT

    std::vector<Case> answers_;  // those that have a winner

  private slots:
    void initTestCase() { answers_ = tests::explained::make_cases().answers; }

    void without_a_binding_limit_the_machines_do_more() {
        int alone = 0;
        for (const Case& c : answers_) {
            const auto& plan = c.decision.ranked.front();
            QVERIFY(!plan.binding.empty());
            if (plan.binding == std::vector{Limit::scaling}) continue;
            const auto what = message(c, machines(plan));
            if (improves(c.world, plan, {plan.binding.front()})) {
                for (const Limit limit : plan.binding)
                    QVERIFY2(improves(c.world, plan, {limit}), qPrintable(what));
                ++alone;
            } else {
                for (const Limit limit : plan.binding)
                    QVERIFY2(!improves(c.world, plan, {limit}), qPrintable(what));
                QVERIFY2(improves(c.world, plan, plan.binding), qPrintable(what));
            }
        }
        QVERIFY(tests::enough(alone, 300));
    }

    // Where only several together forbid the next step, none is named that does not.
    void of_several_limits_each_is_needed() {
        int together = 0;
        for (const unsigned seed : tests::seeds(1, 500)) {
            const Case c = make_case(seed);
            for (const auto& [architecture, plans] : c.decision.by_architecture)
                for (const auto& plan : plans) {
                    if (plan.binding.size() < 2 || improves(c.world, plan, {plan.binding.front()})) continue;
                    for (const Limit kept : plan.binding) {
                        auto dropped = plan.binding;
                        std::erase(dropped, kept);
                        const auto what = QString("seed %1: %2").arg(seed).arg(machines(plan).c_str());
                        QVERIFY2(!improves(c.world, plan, dropped), qPrintable(what));
                    }
                    ++together;
                }
        }
        QVERIFY(tests::enough(together, 20));
    }

    // What is not said to bind does not: dropping it alone changes nothing for these machines.
    void without_any_other_limit_they_do_the_same() {
        for (const Case& c : answers_) {
            const auto& plan = c.decision.ranked.front();
            if (plan.binding == std::vector{Limit::scaling}) continue;  // speaks of the next node only
            for (const auto& state : plan.limits) {
                QVERIFY(state.slack >= -1e-9);
                if (std::find(plan.binding.begin(), plan.binding.end(), state.limit) == plan.binding.end())
                    QVERIFY2(!improves(c.world, plan, {state.limit}), qPrintable(message(c, machines(plan))));
            }
        }
    }

    // "Scaling": with all limits gone, these machines do no more that would be told.
    void where_scaling_binds_nothing_else_would_help() {
        int found = 0;
        for (const Case& c : answers_) {
            const auto& plan = c.decision.ranked.front();
            if (plan.binding != std::vector{Limit::scaling}) continue;
            std::vector<Limit> all;
            for (const auto& state : plan.limits)
                all.push_back(state.limit);
            const double least_gain =
                c.world.request.preset == problem::Preset::published ? rounding : not_told;
            QVERIFY2(!improves(c.world, plan, all, least_gain), qPrintable(message(c, machines(plan))));
            ++found;
        }
        QVERIFY2(tests::enough(found, 5), qPrintable(QString::number(found)));
    }

    // The same limit may be on nodes and on remotes. A person would ask for more of the wrong one.
    void of_two_rows_of_a_limit_only_the_one_in_the_way_binds() {
        int idle = 0;
        for (const Case& c : answers_) {
            for (const auto& plan : c.decision.ranked)
                for (const Limit limit : plan.binding) {
                    if (limit == Limit::scaling) continue;
                    int rows = 0;
                    int in_the_way = 0;
                    for (const auto& state : plan.limits)
                        if (state.limit == limit) {
                            ++rows;
                            in_the_way += state.binding ? 1 : 0;
                            // Without room for one more node it cannot be another row's doing.
                            QVERIFY(state.binding || state.unit != "nodes" || state.slack > 0);
                        }
                    QVERIFY2(in_the_way >= 1, qPrintable(message(c, machines(plan))));
                    idle += rows - in_the_way;
                }
        }
        QVERIFY(tests::enough(idle, 20));
    }
};

}  // namespace test_binding_limits

DEEPVM_TEST(test_binding_limits, TestBindingLimits)
#include "test_binding_limits.moc"
