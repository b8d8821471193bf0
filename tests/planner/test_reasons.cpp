// SPDX-License-Identifier: GPL-3.0-or-later
// An explanation that is not true is worse than none: what is said to bind must bind, what is said to come
// next must come next. Judged by enumeration on changed markets and requests.
#include <QtTest>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/programs.h"
#include "test_program.h"

namespace test_reasons {

using namespace deepvm;
using base::Money;
using problem::Limit;

namespace {

// The world of a request, to be changed and judged again.
struct World {
    model::Market market;
    problem::Request request;
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

bool improves(const World& world, const problem::Plan& plan, const std::vector<Limit>& dropped) {
    World changed = world;
    for (const Limit limit : dropped)
        drop(changed, limit);
    return most(changed, plan) > plan.objective * (1 + 1e-12);
}

struct Case {
    unsigned seed = 0;
    World world;
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    auto market = tests::random_market(random);
    const auto request = tests::random_request(random, *market);
    if (seed % 4 == 0) market = tests::with_twins(*market);
    Case result{seed, {*market, request, tests::random_budget(random, *market)}, {}, {}};
    result.problem = problem::make_problem(market, request).value();
    result.decision = planner::decide(*result.problem, result.world.budget).value();
    return result;
}

// The best cluster of every choice of machines of the architectures, best first.
// The answer first, then of the architectures' lists always the best of what comes next.
std::vector<tests::Cluster> all_clusters(const World& world) {
    const tests::Enumeration judge(world.market, world.request);
    std::vector<std::vector<tests::Cluster>> lists;
    for (const auto architecture : world.request.architectures)
        lists.push_back(judge.best(architecture, world.budget));
    const auto steps = judge.frontier(world.request.architectures, world.budget);
    const auto key = [](const tests::Cluster& a) {
        return std::tuple(-a.objective, a.price, a.nodes + a.remotes, a.worker, a.remote, a.architecture);
    };
    std::vector<tests::Cluster> all;
    while (true) {
        std::vector<tests::Cluster>* next = nullptr;
        for (auto& list : lists) {
            if (list.empty()) continue;
            const bool first = all.empty() && list.front().architecture == steps.back().architecture;
            if (first || !next || (!all.empty() && key(list.front()) < key(next->front()))) next = &list;
            if (first) break;
        }
        if (!next) return all;
        all.push_back(next->front());
        next->erase(next->begin());
    }
}

// Every budget, however large, at which the best of the architectures changes.
std::vector<tests::Cluster> all_steps(const World& world,
                                      const std::vector<problem::Architecture>& architectures) {
    return tests::Enumeration(world.market, world.request)
        .frontier(architectures, Money::from_usd(1'000'000));
}

const tests::Cluster* step_above(const std::vector<tests::Cluster>& steps, Money budget) {
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const auto& s) { return s.price > budget; });
    return found == steps.end() ? nullptr : &*found;
}

const tests::Cluster* step_at(const std::vector<tests::Cluster>& steps, Money budget) {
    const auto* above = step_above(steps, budget);
    const auto until = above ? static_cast<std::size_t>(above - steps.data()) : steps.size();
    return until == 0 ? nullptr : &steps[until - 1];
}

std::string difference(const problem::Plan* plan, const tests::Cluster* cluster) {
    return tests::difference(plan ? std::vector{*plan} : std::vector<problem::Plan>{},
                             cluster ? std::vector{*cluster} : std::vector<tests::Cluster>{});
}

template <typename T>
const T* pointer(const std::optional<T>& optional) {
    return optional ? &*optional : nullptr;
}

QString message(const Case& c, const std::string& wrong) {
    return QString("seed %1: %2").arg(c.seed).arg(wrong.c_str());
}

bool same_percent(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(100.0, std::abs(b));
}

}  // namespace

class TestReasons : public QObject {
    Q_OBJECT

    std::vector<Case> answers_;  // those that have a winner
    std::vector<Case> refusals_;

  private slots:
    void initTestCase() {
        for (unsigned seed = 1; std::cmp_less(answers_.size(), tests::cases(1'000)); ++seed) {
            Case c = make_case(seed);
            (c.decision.ranked.empty() ? refusals_ : answers_).push_back(std::move(c));
        }
        QVERIFY(tests::enough(refusals_.size(), 50));
    }

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

    // "Scaling": with all limits gone, these machines do no more.
    void where_scaling_binds_nothing_else_would_help() {
        int found = 0;
        for (const Case& c : answers_) {
            const auto& plan = c.decision.ranked.front();
            if (plan.binding != std::vector{Limit::scaling}) continue;
            std::vector<Limit> all;
            for (const auto& state : plan.limits)
                all.push_back(state.limit);
            QVERIFY2(!improves(c.world, plan, all), qPrintable(message(c, machines(plan))));
            ++found;
        }
        QVERIFY2(tests::enough(found, 5), qPrintable(QString::number(found)));
    }

    // "The next step costs $0.11 more": with that, the named plan is the best; with a micro-dollar or a cent
    // less, today's still is. No step is named only where no money helps.
    void exactly_the_named_step_reaches_the_named_plan() {
        constexpr auto micro = Money::from_micro(1);
        constexpr auto cent = Money::from_micro(10'000);
        int steps = 0;
        for (const Case& c : answers_) {
            const auto& winner = c.decision.ranked.front();
            const auto truth = all_steps(c.world, c.world.request.architectures);
            const auto* step = pointer(c.decision.next_step);
            const auto wrong = difference(step ? &step->plan : nullptr, step_above(truth, c.world.budget));
            QVERIFY2(wrong.empty(), qPrintable(message(c, wrong)));
            if (!step) continue;
            ++steps;
            QVERIFY(step->extra > Money{});
            QCOMPARE(c.world.budget + step->extra, step->plan.hourly_price);
            QVERIFY(same_percent(step->gain_percent, 100 * (step->plan.objective / winner.objective - 1)));
            const auto best = [&](Money extra) {
                return planner::decide(*c.problem, c.world.budget + extra).value().ranked.front();
            };
            const auto& named = step->plan;  // with more money to spare, other limits may bind
            auto there = best(step->extra);
            QCOMPARE(std::tuple(there.objective, there.hourly_price, machines(there)),
                     std::tuple(named.objective, named.hourly_price, machines(named)));
            for (const auto less : {micro, cent}) {
                if (step->extra < less) continue;
                there = best(step->extra - less);
                QCOMPARE(std::tuple(there.objective, there.hourly_price, machines(there)),
                         std::tuple(winner.objective, winner.hourly_price, machines(winner)));
            }
        }
        QVERIFY(tests::enough(steps, 300));
    }

    void each_architecture_names_its_own_next_step() {
        int steps = 0;
        for (const Case& c : answers_)
            for (const auto& [architecture, plans] : c.decision.by_architecture) {
                const auto found = c.decision.next_steps.find(architecture);
                const bool named = found != c.decision.next_steps.end();
                if (plans.empty()) {
                    QVERIFY(!named);
                    continue;
                }
                const auto truth = all_steps(c.world, {architecture});
                const auto wrong =
                    difference(named ? &found->second.plan : nullptr, step_above(truth, c.world.budget));
                QVERIFY2(wrong.empty(), qPrintable(message(c, wrong)));
                if (!named) continue;
                ++steps;
                QCOMPARE(c.world.budget + found->second.extra, found->second.plan.hourly_price);
                QVERIFY(same_percent(found->second.gain_percent,
                                     100 * (found->second.plan.objective / plans.front().objective - 1)));
            }
        QVERIFY(tests::enough(steps, 1'000));
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

    void the_runner_up_is_the_best_without_the_winner() {
        int compared = 0;
        for (const Case& c : answers_) {
            const auto clusters = all_clusters(c.world);
            const auto& reasons = c.decision.reasons;
            const auto wrong =
                difference(pointer(reasons.runner_up), clusters.size() > 1 ? &clusters[1] : nullptr);
            QVERIFY2(wrong.empty(), qPrintable(message(c, wrong)));
            if (!reasons.runner_up) continue;
            ++compared;
            QVERIFY(same_percent(reasons.runner_up_gap_percent,
                                 std::max(0.0, 100 * (1 - clusters[1].objective / clusters[0].objective))));
        }
        QVERIFY(tests::enough(compared, 500));
    }

    void the_step_down_is_the_best_cheaper_plan() {
        int compared = 0;
        for (const Case& c : answers_) {
            const auto& winner = c.decision.ranked.front();
            const auto truth = all_steps(c.world, c.world.request.architectures);
            const auto* below = step_at(truth, winner.hourly_price - Money::from_micro(1));
            const auto* step = pointer(c.decision.reasons.step_down);
            const auto wrong = difference(step ? &step->plan : nullptr, below);
            QVERIFY2(wrong.empty(), qPrintable(message(c, wrong)));
            if (!step) continue;
            ++compared;
            QVERIFY(step->saved > Money{});
            QCOMPARE(step->saved, winner.hourly_price - below->price);
            QVERIFY(same_percent(step->loss_percent, 100 * (1 - below->objective / winner.objective)));
        }
        QVERIFY(tests::enough(compared, 500));
    }

    // "Tiering: 63 % of the best": of every architecture that was asked for, 0 where nothing of it fits.
    void percentages_are_of_the_winner() {
        int losers = 0;
        for (const Case& c : answers_) {
            const tests::Enumeration judge(c.world.market, c.world.request);
            const auto& percent_of_best = c.decision.reasons.percent_of_best;
            QCOMPARE(percent_of_best.size(), c.decision.by_architecture.size());
            for (const auto architecture : c.world.request.architectures) {
                const auto clusters = judge.best(architecture, c.world.budget);
                const double worth = clusters.empty() ? 0 : clusters.front().objective;
                const double percent = 100 * worth / c.decision.ranked.front().objective;
                QVERIFY2(same_percent(percent_of_best.at(architecture), percent),
                         qPrintable(message(c, std::to_string(percent))));
                losers += percent < 100 ? 1 : 0;
            }
        }
        QVERIFY(tests::enough(losers, 500));
    }

    // The relaxation's price of budget: what a little more brings is at most that, what a little less costs
    // at least that; never negative.
    void the_shadow_price_is_what_a_little_budget_is_worth() {
        int priced = 0;
        for (const Case& c : answers_) {
            const auto& winner = c.decision.ranked.front();
            const auto& price = c.decision.reasons.shadow_price;
            QVERIFY(price.has_value());
            const double rounding = 1e-7 * winner.objective;
            QVERIFY(*price >= -rounding);
            const auto* candidate = problem::candidate_of(*c.problem, winner);
            const auto worth = [&](Money more) {
                const auto program = problem::whole_program(*c.problem, *candidate, c.world.budget + more);
                return solver::solve(problem::relaxed(program), {});
            };
            const auto little = Money::from_micro(std::max<std::int64_t>(1, c.world.budget.micro() / 1000));
            const auto now = worth(Money{});
            const auto more = worth(little);
            const auto less = worth(Money{} - little);
            QCOMPARE(now.status, solver::SolveStatus::optimal);
            QCOMPARE(more.status, solver::SolveStatus::optimal);
            const double brings = *price * little.usd();
            QVERIFY2(more.objective - now.objective <= brings + rounding, qPrintable(message(c, "more")));
            if (less.status == solver::SolveStatus::optimal)
                QVERIFY2(now.objective - less.objective >= brings - rounding, qPrintable(message(c, "less")));
            priced += brings > rounding ? 1 : 0;
        }
        QVERIFY(tests::enough(priced, 100));
    }

    // "Nothing fits; the cheapest cluster costs ...".
    void a_refusal_names_the_cheapest() {
        int named = 0;
        for (const Case& c : refusals_) {
            const auto truth = all_steps(c.world, c.world.request.architectures);
            const auto wrong =
                difference(pointer(c.decision.cheapest), truth.empty() ? nullptr : &truth.front());
            QVERIFY2(wrong.empty(), qPrintable(message(c, wrong)));
            QVERIFY(!c.decision.next_step && c.decision.next_steps.empty());
            named += c.decision.cheapest ? 1 : 0;
        }
        QVERIFY(tests::enough(named, 20));
    }

    // What was pruned could not have won: the bound is no better than the winner so that it counts.
    void nothing_that_was_not_solved_could_win() {
        for (const Case& c : answers_)
            QVERIFY(c.decision.proof.bound.value_or(0) <= c.decision.ranked.front().objective * (1 + 1e-4));
    }
};

}  // namespace test_reasons

DEEPVM_TEST(test_reasons, TestReasons)
#include "test_reasons.moc"
