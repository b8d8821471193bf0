// SPDX-License-Identifier: GPL-3.0-or-later
// A wrong plan on the screen is the worst defect: on thousands of seeded markets, lp_solve's answer must be
// what enumeration finds.
#include <QtTest>
#include <thread>

#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"

using namespace deepvm;
using base::Money;
using planner::Architecture;

namespace {

bool same(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

QString describe(const planner::Plan& plan) {
    return QString::fromStdString(machines(plan) + " in " + model::place_name(plan.provider, plan.region) +
                                  " at " + plan.hourly_price.decimal());
}

QString describe(const tests::Cluster& cluster) {
    return QString("%1 x %2 + %3 x %4 in %5 %6 at %7 worth %8")
        .arg(cluster.nodes)
        .arg(QString::fromStdString(cluster.worker))
        .arg(cluster.remotes)
        .arg(cluster.remote.c_str(), cluster.provider.c_str(), cluster.region.c_str(),
             cluster.price.decimal().c_str())
        .arg(cluster.objective, 0, 'g', 17);
}

bool same(const planner::Plan& plan, const tests::Cluster& cluster) {
    return same(plan.objective, cluster.objective) && plan.hourly_price == cluster.price &&
           plan.nodes == cluster.nodes && plan.remotes == cluster.remotes && plan.worker == cluster.worker &&
           plan.remote == cluster.remote && plan.provider == cluster.provider &&
           plan.region == cluster.region;
}

struct Case {
    std::shared_ptr<const model::Market> market;
    planner::Request request;
    std::shared_ptr<const planner::Problem> problem;
    Money budget;
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    Case result;
    result.market = tests::random_market(random);
    result.request = tests::random_request(random, *result.market);
    result.budget = tests::random_budget(random, *result.market);
    result.problem = planner::make_problem(result.market, result.request).value();
    return result;
}

}  // namespace

class TestPlannerProperty : public QObject {
    Q_OBJECT

    // The plans of a market with several places; returns how many there were.
    static int compare_with_judge(unsigned seed, std::shared_ptr<const model::Market> market,
                                  const planner::Request& request, Money budget) {
        int compared = 0;
        const auto problem = planner::make_problem(market, request).value();
        const tests::Enumeration judge(*market, request);
        const auto decision = planner::decide(*problem, budget).value();
        [&] {
            for (const auto architecture : request.architectures) {
                const auto& plans = decision.by_architecture.at(architecture);
                const auto clusters = judge.best(architecture, budget);
                QCOMPARE(plans.size(), std::min<std::size_t>(clusters.size(), request.top));
                for (std::size_t i = 0; i < plans.size(); ++i, ++compared) {
                    QVERIFY2(same(plans[i], clusters[i]),
                             qPrintable(QString("seed %1, %2: %3 instead of %4")
                                            .arg(seed)
                                            .arg(i)
                                            .arg(describe(plans[i]), describe(clusters[i]))));
                    QVERIFY(judge.violation(plans[i], budget).empty());
                    const auto* candidate = planner::candidate_of(*problem, plans[i]);
                    QVERIFY(candidate != nullptr);
                    QCOMPARE(planner::plain_plan(*problem, *candidate, plans[i].nodes).hourly_price,
                             plans[i].hourly_price);
                }
            }
        }();
        return compared;
    }

  private slots:
    // Every architecture's list, in order, with its prices and counts.
    void decisions_equal_enumeration() {
        int answered = 0;
        for (unsigned seed = 1; seed <= 2000; ++seed) {
            const Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request);
            const auto decision = planner::decide(*c.problem, c.budget).value();
            QVERIFY2(decision.proof.proven, decision.proof.doubt.c_str());
            for (const auto architecture : c.request.architectures) {
                const auto& plans = decision.by_architecture.at(architecture);
                const auto clusters = judge.best(architecture, c.budget);
                QCOMPARE(plans.size(), std::min<std::size_t>(clusters.size(), c.request.top));
                for (std::size_t i = 0; i < plans.size(); ++i) {
                    QVERIFY2(same(plans[i], clusters[i]),
                             qPrintable(QString("seed %1, %2: %3 instead of %4")
                                            .arg(seed)
                                            .arg(i)
                                            .arg(describe(plans[i]), describe(clusters[i]))));
                    const auto wrong = judge.violation(plans[i], c.budget);
                    QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: ").arg(seed) + wrong.c_str()));
                    ++answered;
                }
            }
        }
        QVERIFY(answered > 5000);  // the markets are not all empty
    }

    // The dashed no-scale line must be the planner that believes E(n) = n.
    void no_scale_equals_enumeration_without_scaling() {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            const Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request, true);
            std::optional<tests::Cluster> best;
            for (const auto architecture : c.request.architectures) {
                const auto clusters = judge.best(architecture, c.budget);
                if (!clusters.empty() && (!best || clusters.front().objective > best->objective))
                    best = clusters.front();
            }
            const auto decision = planner::decide(*c.problem, c.budget).value();
            QCOMPARE(decision.policies.no_scale.has_value(), best.has_value());
            if (best)
                QVERIFY2(same(decision.policies.no_scale->objective, best->objective),
                         qPrintable(QString::number(seed)));
        }
    }

    // The chart's steps: at every price at which anything becomes possible, and one micro-dollar below it.
    void frontier_equals_enumeration_at_every_price() {
        const Money to = Money::from_usd(20);
        for (unsigned seed = 1; seed <= 120; ++seed) {
            Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request);
            const auto frontier = planner::frontier(*c.problem, Money{}, to).value();
            for (const auto architecture : c.request.architectures) {
                const auto& steps = frontier.by_architecture.at(architecture);
                std::size_t step = 0;
                double worth = 0;
                for (const Money price : judge.prices(architecture, to)) {
                    const auto clusters = judge.best(architecture, price);
                    if (clusters.front().objective <= worth) continue;
                    worth = clusters.front().objective;
                    QVERIFY2(step < steps.size(),
                             qPrintable(QString("seed %1: a step at %2 is missing")
                                            .arg(seed)
                                            .arg(QString::fromStdString(price.decimal()))));
                    QVERIFY2(same(steps[step], clusters.front()),
                             qPrintable(QString("seed %1: %2 instead of %3")
                                            .arg(seed)
                                            .arg(describe(steps[step]), describe(clusters.front()))));
                    ++step;
                }
                QCOMPARE(step, steps.size());
            }
        }
    }

    // "The next step costs $0.11 more": exactly there the better plan is, and a micro-dollar below it is not.
    void next_step_is_the_next_breakpoint() {
        int steps = 0;
        for (unsigned seed = 1; seed <= 300; ++seed) {
            const Case c = make_case(seed);
            const auto decision = planner::decide(*c.problem, c.budget).value();
            for (const auto& [architecture, step] : decision.next_steps) {
                const auto worth = decision.by_architecture.at(architecture).front().objective;
                const auto at = [&](Money budget) {
                    return planner::decide(*c.problem, budget)
                        .value()
                        .by_architecture.at(architecture)
                        .front();
                };
                QCOMPARE(at(step.plan.hourly_price), step.plan);
                QCOMPARE(at(step.plan.hourly_price - Money::from_micro(1)).objective, worth);
            }
            if (!decision.next_step) continue;
            ++steps;
            const auto& next = *decision.next_step;
            QCOMPARE(next.plan.hourly_price, c.budget + next.extra);
            const auto there = planner::decide(*c.problem, next.plan.hourly_price).value();
            QCOMPARE(there.ranked.front().objective, next.plan.objective);
            const auto below =
                planner::decide(*c.problem, next.plan.hourly_price - Money::from_micro(1)).value();
            QCOMPARE(below.ranked.front().objective, decision.ranked.front().objective);
        }
        QVERIFY(steps > 50);
    }

    // "The cheapest cluster that fits costs ...": true to the micro-dollar.
    void cheapest_is_the_first_budget_that_fits_anything() {
        int found = 0;
        for (unsigned seed = 1; seed <= 300; ++seed) {
            const Case c = make_case(seed);
            const auto nothing = planner::decide(*c.problem, Money{}).value();
            QVERIFY(nothing.ranked.empty());
            if (!nothing.cheapest) continue;
            ++found;
            const Money price = nothing.cheapest->hourly_price;
            QVERIFY(!planner::decide(*c.problem, price).value().ranked.empty());
            QVERIFY(planner::decide(*c.problem, price - Money::from_micro(1)).value().ranked.empty());
        }
        QVERIFY(found > 100);
    }

    // Several regions: the best wins, and the machines of one cluster share a region.
    void any_region_is_the_best_region() {
        int compared = 0;
        for (unsigned seed = 1; seed <= 400; ++seed) {
            std::mt19937 random(seed);
            auto market = std::make_shared<model::Market>(*tests::random_market(random));
            for (int region = 2; region <= 3; ++region) {
                model::Place place{market->places.front().provider, "region-" + std::to_string(region), {}};
                for (auto offer : market->places.front().offers) {
                    if (random() % 4 == 0) continue;
                    const double factor = 0.7 + 0.1 * static_cast<double>(random() % 7);
                    offer.on_demand = Money::from_usd(offer.on_demand.usd() * factor);
                    if (offer.spot) offer.spot = Money::from_usd(offer.spot->usd() * factor);
                    if (offer.on_demand > Money{} && (!offer.spot || *offer.spot > Money{}))
                        place.offers.push_back(offer);
                }
                market->places.push_back(std::move(place));
            }
            const auto request = tests::random_request(random, *market);
            compared += compare_with_judge(seed, market, request, tests::random_budget(random, *market));
        }
        QVERIFY(compared > 500);
    }

    // Two providers may give different machines one name: their prices and quotas must not be mixed up.
    void any_provider_is_the_best_provider() {
        int compared = 0;
        for (unsigned seed = 1; seed <= 400; ++seed) {
            std::mt19937 random(seed);
            const auto market = tests::random_providers(random);
            const auto request = tests::random_request(random, *market);
            compared += compare_with_judge(seed, market, request, tests::random_budget(random, *market));
        }
        QVERIFY(compared > 500);
    }

    // The overall line is the highest of the architectures' lines, also where the picture begins above zero.
    void the_overall_frontier_is_what_is_best_at_each_step() {
        for (unsigned seed = 1; seed <= 60; ++seed) {
            const Case c = make_case(seed);
            const Money from = std::min(c.budget, Money::from_usd(5));
            const auto overall = planner::frontier(*c.problem, from, Money::from_usd(20)).value().overall;
            for (std::size_t i = 0; i < overall.size(); ++i) {
                const Money at = std::max(overall[i].hourly_price, from);
                QCOMPARE(planner::decide(*c.problem, at).value().ranked.front().objective,
                         overall[i].objective);
                if (i == 0) continue;
                const Money below = overall[i].hourly_price - Money::from_micro(1);
                QCOMPARE(planner::decide(*c.problem, below).value().ranked.front().objective,
                         overall[i - 1].objective);
            }
        }
    }

    // A catalog of one's own may hold any saturation table: neither a wrong plan nor a hang may come of it.
    void any_saturation_table_is_planned_right() {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            std::mt19937 random(seed);
            auto market = std::make_shared<model::Market>(*tests::random_market(random));
            std::vector<model::SaturationPoint> points;
            for (const double gbps : {0.3, 1.7, 10.0, 30.0})
                points.push_back(
                    {gbps, seed % 10 == 0 ? 1e-9 : std::pow(2.0, static_cast<double>(random() % 9)) / 4});
            market->saturation = model::NetworkSaturation(points);
            const auto request = tests::random_request(random, *market);
            const Money budget = std::min(tests::random_budget(random, *market), Money::from_usd(30));
            const auto problem = planner::make_problem(market, request).value();
            const auto plans =
                planner::decide(*problem, budget).value().by_architecture.at(Architecture::tiering);
            const auto clusters = tests::Enumeration(*market, request).best(Architecture::tiering, budget);
            QCOMPARE(plans.size(), std::min<std::size_t>(clusters.size(), request.top));
            for (std::size_t i = 0; i < plans.size(); ++i)
                QVERIFY2(same(plans[i], clusters[i]),
                         qPrintable(QString("seed %1: %2 instead of %3")
                                        .arg(seed)
                                        .arg(describe(plans[i]), describe(clusters[i]))));
        }
    }

    // A drag stops answers at any moment; lp_solve once crashed on duals it owed to a stopped program.
    void stopping_at_any_moment_is_safe() {
        const Case c = make_case(7);
        int cancelled = 0;
        for (int microseconds = 0; microseconds < 3000; microseconds += 10) {
            std::stop_source stop;
            std::jthread stopper([&] {
                std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
                stop.request_stop();
            });
            const auto decision = planner::decide(*c.problem, Money::from_usd(100), stop.get_token());
            cancelled += decision ? 0 : 1;
            if (!decision) QCOMPARE(decision.error().code, base::ErrorCode::cancelled);
        }
        QVERIFY(cancelled > 0);
    }

    void a_stopped_request_says_cancelled() {
        const Case c = make_case(7);
        std::stop_source stop;
        stop.request_stop();
        const auto decision = planner::decide(*c.problem, Money::from_usd(100), stop.get_token());
        QVERIFY(!decision);
        QCOMPARE(decision.error().code, base::ErrorCode::cancelled);
        QVERIFY(!planner::frontier(*c.problem, Money{}, Money::from_usd(100), stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestPlannerProperty)
#include "test_planner_property.moc"
