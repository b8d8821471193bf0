// SPDX-License-Identifier: GPL-3.0-or-later
// An explanation that is not true is worse than none: what is said to bind must bind, what is said to come
// next must come next. Judged by enumeration on changed markets and requests.
#include <QtTest>

#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"

using namespace deepvm;
using base::Money;
using planner::Limit;

namespace {

// The world of a request, to be changed and judged again.
struct World {
    model::Market market;
    planner::Request request;
    Money budget;
};

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
            world.request.max_nodes = planner::largest_max_nodes;
            if (world.market.node_bound) world.market.node_bound = planner::largest_max_nodes;
            break;
        case Limit::scaling:
            break;
    }
}

// The most that the same machines can do in this world.
double most(const World& world, const planner::Plan& plan) {
    const tests::Enumeration judge(world.market, world.request);
    for (const auto& cluster : judge.best(plan.architecture, world.budget))
        if (cluster.worker == plan.worker && cluster.remote == plan.remote) return cluster.objective;
    return 0;
}

bool improves(const World& world, const planner::Plan& plan, const std::vector<Limit>& dropped) {
    World changed = world;
    for (const Limit limit : dropped)
        drop(changed, limit);
    return most(changed, plan) > plan.objective * (1 + 1e-12);
}

struct Case {
    World world;
    planner::Decision decision;
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    const auto market = tests::random_market(random);
    const auto request = tests::random_request(random, *market);
    Case result{{*market, request, tests::random_budget(random, *market)}, {}};
    const auto problem = planner::make_problem(market, request).value();
    result.decision = planner::decide(*problem, result.world.budget).value();
    return result;
}

// Every cluster list of the decision's architectures, best first.
std::vector<tests::Cluster> all_clusters(const World& world, Money budget) {
    const tests::Enumeration judge(world.market, world.request);
    std::vector<tests::Cluster> all;
    for (const auto architecture : world.request.architectures) {
        const auto clusters = judge.best(architecture, budget);
        all.insert(all.end(), clusters.begin(), clusters.end());
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::pair(-a.objective, a.price) < std::pair(-b.objective, b.price);
    });
    return all;
}

bool same(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

}  // namespace

class TestReasons : public QObject {
    Q_OBJECT

  private slots:
    void without_a_binding_limit_the_machines_do_more() {
        int alone = 0;
        int together = 0;
        for (unsigned seed = 1; seed <= 1000; ++seed) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            const auto& plan = c.decision.ranked.front();
            QVERIFY(!plan.binding.empty());
            if (plan.binding == std::vector{Limit::scaling}) continue;
            const auto what = QString("seed %1: %2").arg(seed).arg(machines(plan).c_str());
            if (improves(c.world, plan, {plan.binding.front()})) {
                for (const Limit limit : plan.binding)
                    QVERIFY2(improves(c.world, plan, {limit}), qPrintable(what));
                ++alone;
            } else {
                for (const Limit limit : plan.binding)
                    QVERIFY2(!improves(c.world, plan, {limit}), qPrintable(what));
                QVERIFY2(improves(c.world, plan, plan.binding), qPrintable(what));
                ++together;
            }
        }
        QVERIFY(alone > 300);
    }

    // Where only several together forbid the next step, none is named that does not.
    void of_several_limits_each_is_needed() {
        int together = 0;
        for (unsigned seed = 1; seed <= 500; ++seed) {
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
        QVERIFY(together > 20);
    }

    // What is not said to bind does not: dropping it alone changes nothing for these machines.
    void without_any_other_limit_they_do_the_same() {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            const auto& plan = c.decision.ranked.front();
            if (plan.binding == std::vector{Limit::scaling}) continue;  // speaks of the next node only
            for (const auto& state : plan.limits) {
                QVERIFY(state.slack >= -1e-9);
                if (std::find(plan.binding.begin(), plan.binding.end(), state.limit) == plan.binding.end())
                    QVERIFY2(!improves(c.world, plan, {state.limit}), qPrintable(QString::number(seed)));
            }
        }
    }

    // The same limit may be on nodes and on remotes. A person would ask for more of the wrong one.
    void of_two_rows_of_a_limit_only_the_one_in_the_way_binds() {
        int idle = 0;
        for (unsigned seed = 1; seed <= 1000; ++seed) {
            const Case c = make_case(seed);
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
                    QVERIFY2(in_the_way >= 1, qPrintable(QString::number(seed)));
                    idle += rows - in_the_way;
                }
        }
        QVERIFY(idle > 20);
    }

    void the_runner_up_is_the_best_without_the_winner() {
        int compared = 0;
        for (unsigned seed = 1; seed <= 1000; ++seed) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            const auto clusters = all_clusters(c.world, c.world.budget);
            const auto& runner_up = c.decision.reasons.runner_up;
            QCOMPARE(runner_up.has_value(), clusters.size() > 1);
            if (!runner_up) continue;
            QVERIFY2(same(runner_up->objective, clusters[1].objective), qPrintable(QString::number(seed)));
            const double gap = 100 * (1 - clusters[1].objective / clusters[0].objective);
            QVERIFY(std::abs(c.decision.reasons.runner_up_gap_percent - gap) < 1e-6);
            ++compared;
        }
        QVERIFY(compared > 300);
    }

    void the_step_down_is_the_best_cheaper_plan() {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            const auto& winner = c.decision.ranked.front();
            const auto cheaper = all_clusters(c.world, winner.hourly_price - Money::from_micro(1));
            const auto& step = c.decision.reasons.step_down;
            QCOMPARE(step.has_value(), !cheaper.empty());
            if (!step) continue;
            QVERIFY(same(step->plan.objective, cheaper.front().objective));
            QCOMPARE(step->plan.hourly_price, cheaper.front().price);
            QCOMPARE(step->saved, winner.hourly_price - cheaper.front().price);
        }
    }

    // The relaxation's price of budget is never negative, and 0 where the budget has slack in the relaxation.
    void the_shadow_price_is_that_of_a_limit() {
        int priced = 0;
        for (unsigned seed = 1; seed <= 300; ++seed) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            QVERIFY(c.decision.reasons.shadow_price.has_value());
            QVERIFY2(*c.decision.reasons.shadow_price >= -1e-6 * c.decision.ranked.front().objective,
                     qPrintable(QString::number(seed)));
            priced += *c.decision.reasons.shadow_price > 0 ? 1 : 0;
        }
        QVERIFY(priced > 50);
    }

    // What was pruned could not have won: the bound is no better than the last plan listed anywhere.
    void nothing_that_was_not_solved_could_win() {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            const Case c = make_case(seed);
            if (!c.decision.proof.bound || c.decision.ranked.empty()) continue;
            QVERIFY(*c.decision.proof.bound <= c.decision.ranked.front().objective);
        }
    }
};

QTEST_GUILESS_MAIN(TestReasons)
#include "test_reasons.moc"
