// SPDX-License-Identifier: GPL-3.0-or-later
// "If spot prices fell by 10 %, 18 machines": a person decides by it, so every bar must be the answer to a
// world that was changed by hand here and judged by enumeration.
#include <QtTest>
#include <thread>

#include "cases.h"
#include "explain/sensitivity.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/bounds.h"
#include "problem/steps.h"
#include "test_program.h"

namespace test_sensitivity_property {

using namespace deepvm;
using base::Money;
using explain::Difference;
using explain::Factor;
using explain::WhatIf;

namespace {

struct World {
    model::Market market;
    problem::Request request;
    Money budget;
};

World make_world(unsigned seed) {
    std::mt19937 random(seed);
    const auto market = tests::random_market(random);
    auto request = tests::random_request(random, *market);
    return {*market, std::move(request), tests::random_budget(random, *market)};
}

struct Asked {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

Asked ask(const World& world) {
    Asked asked;
    asked.problem =
        problem::make_problem(std::make_shared<const model::Market>(world.market), world.request).value();
    asked.decision = planner::decide(*asked.problem, world.budget).value();
    return asked;
}

// `number` in percent, halves up, as on paper.
std::int64_t part(std::int64_t number, int percent) {
    return (number * percent + 50) / 100;
}

Money part(Money price, int percent) {
    return Money::from_micro(std::max<std::int64_t>(1, part(price.micro(), percent)));
}

void scale_prices(World& world, bool on_demand, int percent) {
    for (auto& place : world.market.places)
        for (auto& offer : place.offers) {
            if (on_demand) offer.on_demand = part(offer.on_demand, percent);
            if (offer.spot) offer.spot = std::min(part(*offer.spot, percent), offer.on_demand);
        }
}

void scale_counts(World& world, Factor factor, int percent) {
    const auto scaled = [percent](int number) { return static_cast<int>(part(number, percent)); };
    if (factor == Factor::ceiling) {
        auto& most = world.request.max_nodes;
        if (!most && world.request.preset == problem::Preset::corrected) most = problem::default_max_nodes;
        if (most) most = std::clamp(scaled(*most), 1, problem::largest_max_nodes);
        if (world.market.node_bound) world.market.node_bound = scaled(*world.market.node_bound);
        return;
    }
    for (auto& quota : world.market.quotas) {
        quota.spot_vcpus = scaled(quota.spot_vcpus);
        quota.on_demand_vcpus = scaled(quota.on_demand_vcpus);
    }
    for (auto& [quota_class, vcpus] : world.request.spot_quota)
        vcpus = scaled(vcpus);
    for (auto& [quota_class, vcpus] : world.request.on_demand_quota)
        vcpus = scaled(vcpus);
}

/// The world with `factor` at `percent` of what it is; not for scaling.
World changed(World world, Factor factor, int percent) {
    if (factor == Factor::price || factor == Factor::spot_price)
        scale_prices(world, factor == Factor::price, percent);
    else if (factor == Factor::bandwidth)
        for (auto& type : world.market.types) {
            type.network_gbps *= percent / 100.0;
            type.fabric_gbps *= percent / 100.0;
        }
    else if (factor == Factor::revocations)
        world.request.risk.factor *= percent / 100.0;
    else
        scale_counts(world, factor, percent);
    return world;
}

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), 1.0});
}

/// The best clusters of all architectures, those worth the same together.
std::vector<tests::Cluster> best_clusters(const World& world) {
    const tests::Enumeration judge(world.market, world.request);
    std::vector<tests::Cluster> best;
    for (const auto architecture : world.request.architectures)
        for (auto& cluster : judge.best(architecture, world.budget)) {
            if (!best.empty() && cluster.objective < best.front().objective * (1 - 1e-12)) continue;
            if (!best.empty() && cluster.objective > best.front().objective * (1 + 1e-12)) best.clear();
            best.push_back(std::move(cluster));
        }
    return best;
}

bool is(const problem::Plan& plan, const tests::Cluster& cluster) {
    return plan.architecture == cluster.architecture && plan.worker == cluster.worker &&
           plan.remote == cluster.remote && plan.nodes == cluster.nodes && plan.remotes == cluster.remotes &&
           plan.hourly_price == cluster.price && close(plan.objective / cluster.objective, 1);
}

/// What is wrong with a bar; empty when it is what enumeration finds in the changed world.
QString wrong(const WhatIf& bar, const problem::Plan& base, const World& world) {
    const auto clusters = best_clusters(world);
    if (bar.plan.has_value() == clusters.empty()) return "fits or does not";
    if (clusters.empty())
        return bar.objective_percent == -100 && bar.difference == Difference::nothing_fits ? "" : "not -100";
    const auto found =
        std::ranges::find_if(clusters, [&](const auto& cluster) { return is(*bar.plan, cluster); });
    if (found == clusters.end()) return QString::fromStdString("not the best: " + machines(*bar.plan));
    for (const auto& other : clusters)
        if (other.price < found->price) return "a cheaper one is worth as much";
    if (!close(bar.objective_percent, (found->objective / base.objective - 1) * 100)) return "percent";
    const bool same_machines = base.worker == found->worker && base.remote == found->remote &&
                               base.architecture == found->architecture && base.region == found->region &&
                               base.provider == found->provider;
    const bool same_counts = base.nodes == found->nodes && base.remotes == found->remotes;
    const auto difference = !same_machines ? Difference::other_machines
                            : !same_counts ? Difference::other_counts
                                           : Difference::none;
    return bar.difference == difference ? "" : "difference";
}

/// The same problem, its nodes waiting `factor` times as long for each other: tables made by hand.
std::shared_ptr<const problem::Problem> waiting(const problem::Problem& problem, double factor) {
    auto copy = std::make_shared<problem::Problem>(problem);
    for (auto& worker : copy->workers)
        for (std::size_t i = 0; i < worker.effective_nodes.size(); ++i) {
            double& effective = worker.effective_nodes[i];
            const double nodes = static_cast<double>(i) + 1;
            effective = nodes * effective / (effective + factor * (nodes - effective));
        }
    for (auto& candidate : copy->candidates) {
        candidate.choices.clear();
        double most = 0;
        for (int nodes = candidate.min_nodes; nodes <= candidate.max_nodes; ++nodes) {
            const auto& worker = copy->workers[candidate.worker];
            const double worth = *worker.value_per_node * problem::effective_nodes(worker, nodes);
            const auto remotes = problem::remotes_for(candidate, nodes);
            if (worth > most && remotes)
                candidate.choices.push_back({{nodes, *remotes},
                                             problem::price(candidate, {nodes, *remotes}),
                                             worth,
                                             problem::effective_nodes(worker, nodes) / nodes});
            most = std::max(most, worth);
        }
    }
    problem::find_steps(*copy);
    return copy;
}

const explain::Swing& swing_of(const explain::Sensitivity& sensitivity, Factor factor) {
    return *std::ranges::find(sensitivity.swings, factor, &explain::Swing::factor);
}

}  // namespace

class TestSensitivityProperty : public QObject {
    Q_OBJECT

  private slots:
    void every_bar_is_the_answer_to_a_world_changed_by_hand() {
        int bars = 0;
        int moved = 0;
        for (const unsigned seed : tests::seeds(1, 160)) {
            const World world = make_world(seed);
            const Asked asked = ask(world);
            const int percent = std::array{1, 7, 10, 25, 50}[seed % 5];
            const auto found = explain::sensitivity(*asked.problem, asked.decision, percent).value();
            QVERIFY2(found.proof.proven, found.proof.doubt.c_str());
            QCOMPARE(found.base.has_value(), !asked.decision.ranked.empty());
            if (!found.base) {
                QVERIFY(found.swings.empty());
                continue;
            }
            QCOMPARE(found.swings.size(), explain::all_factors.size());
            for (const auto& swing : found.swings) {
                if (swing.factor == Factor::scaling) continue;  // judged below
                for (const auto& [bar, sign] : {std::pair(swing.lowered, -1), std::pair(swing.raised, 1)}) {
                    const World other = changed(world, swing.factor, 100 + sign * percent);
                    const QString problem = wrong(bar, *found.base, other);
                    QVERIFY2(problem.isEmpty(), qPrintable(QString("seed %1, %2 %3: %4")
                                                               .arg(seed)
                                                               .arg(QString::fromUtf8(name(swing.factor)))
                                                               .arg(sign * percent)
                                                               .arg(problem)));
                    ++bars;
                    if (!swing.not_applicable.empty()) {  // judged all the same: truly nothing changes
                        QCOMPARE(bar.objective_percent, 0.0);
                        continue;
                    }
                    if (bar.plan) QCOMPARE(*bar.plan, ask(other).decision.ranked.front());
                    moved += bar.difference == Difference::none ? 0 : 1;
                }
            }
        }
        QVERIFY(tests::enough(bars, 1000));
        QVERIFY(tests::enough(moved, 150));
    }

    void communication_is_the_waiting_time_of_every_law() {
        int moved = 0;
        for (const unsigned seed : tests::seeds(1, 1000)) {
            const World world = make_world(seed);
            const Asked asked = ask(world);
            if (asked.decision.ranked.empty()) continue;
            // The judge of this one knows neither that limit nor what an anchor's own price is worth.
            if (problem::least_efficiency(world.market, world.request) > 0) continue;
            if (world.market.kind == model::MarketKind::provider &&
                world.request.objective == problem::Objective::deepvm)
                continue;
            const auto found = explain::sensitivity(*asked.problem, asked.decision, 25).value();
            const auto& swing = swing_of(found, Factor::scaling);
            for (const auto& [bar, factor] :
                 {std::pair(swing.lowered, 0.75), std::pair(swing.raised, 1.25)}) {
                const auto decision = planner::decide(*waiting(*asked.problem, factor), world.budget).value();
                const auto& plan = decision.ranked.front();
                QVERIFY2(close(bar.plan->objective / plan.objective, 1), qPrintable(QString::number(seed)));
                QCOMPARE(machines(*bar.plan), machines(plan));
                moved += bar.difference == Difference::none ? 0 : 1;
            }
        }
        QVERIFY2(tests::enough(moved, 10), qPrintable(QString::number(moved)));
    }

    void nothing_changes_by_0_percent() {
        for (const unsigned seed : tests::seeds(1, 100)) {
            const Asked asked = ask(make_world(seed));
            const auto found = explain::sensitivity(*asked.problem, asked.decision, 0).value();
            for (const auto& swing : found.swings)
                for (const auto& bar : {swing.lowered, swing.raised}) {
                    QCOMPARE(*bar.plan, *found.base);
                    QCOMPARE(bar.objective_percent, 0.0);
                    QCOMPARE(bar.unmoved_percent, 0.0);
                    QVERIFY(bar.difference == Difference::none);
                }
        }
    }

    // All prices at 80 % buy what 125 % of the budget does, and the other way round.
    void all_prices_and_the_budget_are_two_sides_of_one_coin() {
        int compared = 0;
        for (const unsigned seed : tests::seeds(1, 160)) {
            World world = make_world(seed);
            constexpr std::int64_t exact = 100;  // micro-dollars: 80 % and 125 % of it are whole
            world.budget = Money::from_micro(world.budget.micro() / exact * exact);
            for (auto& place : world.market.places)
                for (auto& offer : place.offers) {
                    offer.on_demand = Money::from_micro((offer.on_demand.micro() / exact + 1) * exact);
                    if (offer.spot) offer.spot = Money::from_micro((offer.spot->micro() / exact + 1) * exact);
                }
            const Asked asked = ask(world);
            if (asked.decision.ranked.empty()) continue;
            const auto cheaper = explain::sensitivity(*asked.problem, asked.decision, 20).value();
            const auto dearer = explain::sensitivity(*asked.problem, asked.decision, 25).value();
            for (const auto& [bar, percent] : {std::pair(swing_of(cheaper, Factor::price).lowered, 125),
                                               std::pair(swing_of(dearer, Factor::price).raised, 80)}) {
                const auto there =
                    planner::decide(*asked.problem, part(world.budget, percent)).value().ranked;
                QCOMPARE(bar.plan.has_value(), !there.empty());
                if (!bar.plan) continue;
                QVERIFY2(machines(*bar.plan) == machines(there.front()) &&
                             bar.plan->architecture == there.front().architecture,
                         qPrintable(QString("seed %1").arg(seed)));
                ++compared;
            }
        }
        QVERIFY(tests::enough(compared, 100));
    }

    // Better is never worse: cheaper, faster, more.
    void every_factor_pulls_one_way() {
        for (const unsigned seed : tests::seeds(1, 160)) {
            const Asked asked = ask(make_world(seed));
            const auto found = explain::sensitivity(*asked.problem, asked.decision, 30).value();
            for (const auto& swing : found.swings) {
                const bool less_is_better = swing.factor == Factor::price ||
                                            swing.factor == Factor::spot_price ||
                                            swing.factor == Factor::scaling;
                const auto& better = less_is_better ? swing.lowered : swing.raised;
                const auto& worse = less_is_better ? swing.raised : swing.lowered;
                QVERIFY(better.objective_percent > -1e-9);
                QVERIFY(worse.objective_percent < 1e-9);
            }
        }
    }

    // What the price does by itself is told apart from what another plan does.
    void the_same_machines_are_revalued() {
        for (const unsigned seed : tests::seeds(1, 100)) {
            const World world = make_world(seed);
            const Asked asked = ask(world);
            if (asked.decision.ranked.empty()) continue;
            const auto found = explain::sensitivity(*asked.problem, asked.decision, 10).value();
            for (const auto& swing : found.swings)
                for (const auto& bar : {swing.lowered, swing.raised}) {
                    if (bar.difference == Difference::none)
                        QVERIFY(close(bar.unmoved_percent, bar.objective_percent));
                    if (swing.factor == Factor::quota || swing.factor == Factor::ceiling)
                        QCOMPARE(bar.unmoved_percent, 0.0);
                }
            const auto& spot = swing_of(found, Factor::spot_price);
            if (world.request.objective != problem::Objective::deepvm) {
                QCOMPARE(spot.raised.unmoved_percent, 0.0);
                continue;
            }
            for (const auto& offer : world.market.places.front().offers) {
                if (world.market.types[offer.type].name != found.base->worker) continue;
                // By the spot price alone where no machine is paid for by another.
                const bool provider = world.market.kind == model::MarketKind::provider;
                if (provider && found.base->spot_workers < found.base->nodes) continue;
                const double raised = std::min(part(*offer.spot, 110), offer.on_demand).usd();
                QVERIFY(close(spot.raised.unmoved_percent, (offer.spot->usd() / raised - 1) * 100));
            }
        }
    }

    void largest_effect_first_and_what_does_not_apply_last() {
        int left_out = 0;
        for (const unsigned seed : tests::seeds(1, 100)) {
            const Asked asked = ask(make_world(seed));
            const auto found = explain::sensitivity(*asked.problem, asked.decision, 10).value();
            for (std::size_t i = 0; i < found.swings.size(); ++i) {
                left_out += found.swings[i].not_applicable.empty() ? 0 : 1;
                if (i == 0) continue;
                const auto& before = found.swings[i - 1];
                QVERIFY(size(before) >= size(found.swings[i]));
                QVERIFY(before.not_applicable.empty() || !found.swings[i].not_applicable.empty());
            }
        }
        QVERIFY(tests::enough(left_out, 50));
    }

    void stopping_at_any_moment_says_cancelled() {
        unsigned seed = 7;
        while (ask(make_world(seed)).decision.ranked.empty())
            ++seed;
        const Asked asked = ask(make_world(seed));
        std::stop_source early;
        early.request_stop();
        const auto stopped = explain::sensitivity(*asked.problem, asked.decision, 10, early.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, base::ErrorCode::cancelled);
        for (int microseconds = 0; microseconds < 2000; microseconds += 20) {
            std::stop_source stop;
            std::jthread stopper([&] {
                std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
                stop.request_stop();
            });
            const auto found = explain::sensitivity(*asked.problem, asked.decision, 10, stop.get_token());
            if (found)
                QCOMPARE(found->swings.size(), explain::all_factors.size());
            else
                QCOMPARE(found.error().code, base::ErrorCode::cancelled);
        }
    }
};

}  // namespace test_sensitivity_property

DEEPVM_TEST(test_sensitivity_property, TestSensitivityProperty)
#include "test_sensitivity_property.moc"
