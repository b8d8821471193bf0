// SPDX-License-Identifier: GPL-3.0-or-later
// A wrong plan on the screen is the worst defect: on thousands of seeded markets, lp_solve's answer must be
// what enumeration finds.
#include <fmt/format.h>

#include <QtTest>
#include <thread>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/bounds.h"
#include "test_program.h"

namespace test_planner_property {

using namespace deepvm;
using base::Money;
using problem::Architecture;

namespace {

struct Case {
    std::shared_ptr<const model::Market> market;
    problem::Request request;
    std::shared_ptr<const problem::Problem> problem;
    Money budget;
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    Case result;
    result.market = tests::random_market(random);
    result.request = tests::random_request(random, *result.market);
    result.budget = tests::random_budget(random, *result.market);
    result.problem = problem::make_problem(result.market, result.request).value();
    return result;
}

std::size_t as_many(const problem::Request& request) {
    return static_cast<std::size_t>(request.top);
}

}  // namespace

class TestPlannerProperty : public QObject {
    Q_OBJECT

    // The plans of a market with several places; adds to how many there were.
    static std::string wrong_plans(const std::shared_ptr<const model::Market>& market,
                                   const problem::Request& request, Money budget, std::size_t& compared) {
        const auto problem = problem::make_problem(market, request).value();
        const tests::Enumeration judge(*market, request);
        const auto decision = planner::decide(*problem, budget).value();
        for (const auto architecture : request.architectures) {
            const auto& plans = decision.by_architecture.at(architecture);
            auto wrong = tests::difference(plans, judge.best(architecture, budget, as_many(request)));
            for (const auto& plan : plans) {
                if (wrong.empty()) wrong = judge.violation(plan, budget);
                const auto* candidate = problem::candidate_of(*problem, plan);
                if (!candidate ||
                    problem::plain_plan(*problem, *candidate, problem::counts_of(plan)).hourly_price !=
                        plan.hourly_price)
                    return "no candidate of " + machines(plan);
            }
            if (!wrong.empty()) return wrong;
            compared += plans.size();
        }
        return {};
    }

  private slots:
    // Every architecture's list, in order, with its prices and counts.
    void decisions_equal_enumeration() {
        std::size_t answered = 0;
        for (const unsigned seed : tests::seeds(1, 2000)) {
            const Case c = make_case(seed);
            const tests::Enumeration judge(*c.market, c.request);
            const auto decision = planner::decide(*c.problem, c.budget).value();
            QVERIFY2(decision.proof.proven, decision.proof.doubt.c_str());
            for (const auto architecture : c.request.architectures) {
                const auto& plans = decision.by_architecture.at(architecture);
                auto wrong = tests::difference(plans, judge.best(architecture, c.budget, as_many(c.request)));
                for (const auto& plan : plans)
                    if (wrong.empty()) wrong = judge.violation(plan, c.budget);
                QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
                answered += plans.size();
            }
        }
        QVERIFY(tests::enough(answered, 5000));  // the markets are not all empty
    }

    // A drag keeps the programs of one decision for the next, over more problems than there is room for.
    void kept_programs_change_no_answer() {
        planner::KeptPrograms kept;
        std::size_t compared = 0;
        for (const unsigned seed : tests::seeds(1, 100)) {
            const Case c = make_case(seed);
            for (const double share : {1.0, 0.6, 1.7, 1.0}) {
                const Money budget = Money::from_usd(c.budget.usd() * share);
                const auto again = planner::decide(*c.problem, budget, kept).value();
                const auto alone = planner::decide(*c.problem, budget).value();
                QCOMPARE(again.ranked.size(), alone.ranked.size());
                for (std::size_t i = 0; i < again.ranked.size(); ++i) {
                    QCOMPARE(machines(again.ranked[i]), machines(alone.ranked[i]));
                    QCOMPARE(again.ranked[i].hourly_price, alone.ranked[i].hourly_price);
                }
                compared += again.ranked.size();
            }
        }
        QVERIFY(tests::enough(compared, 400));
    }

    // lp_solve takes what costs a hair more than the budget for what fits. Exact money does not.
    void a_hair_too_dear_is_not_chosen() {
        int asked = 0;
        for (const unsigned seed : tests::seeds(1, 400)) {
            const Case c = make_case(seed);
            if (c.problem->candidates.empty()) continue;
            const tests::Enumeration judge(*c.market, c.request);
            std::mt19937 random(seed);
            for (int i = 0; i < 4; ++i) {
                const auto& candidate = c.problem->candidates[random() % c.problem->candidates.size()];
                if (candidate.choices.empty()) continue;
                const Money budget = candidate.choices[random() % candidate.choices.size()].price -
                                     Money::from_micro(1 + static_cast<int>(random() % 20));
                const auto decision = planner::decide(*c.problem, budget).value();
                const auto wrong =
                    tests::difference(decision.by_architecture.at(candidate.architecture),
                                      judge.best(candidate.architecture, budget, as_many(c.request)));
                QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
                ++asked;
            }
        }
        QVERIFY(tests::enough(asked, 1'000));
    }

    // On this one, lp_solve once searched until its time was up: one choice, a micro-dollar too dear, and a
    // whole number of remote nodes.
    void a_hair_too_dear_is_decided_at_once() {
        std::mt19937 random(1913);
        const auto market = tests::random_market(random);
        auto request = tests::random_request(random, *market);
        request.architectures = {Architecture::tiering};
        const auto problem = problem::make_problem(market, request).value();
        for (int micro = 37'070'800; micro <= 37'070'820; ++micro) {
            const auto decision = planner::decide(*problem, Money::from_micro(micro)).value();
            QVERIFY2(decision.proof.proven, decision.proof.doubt.c_str());
        }
    }

    // The dashed no-scale line must be the planner that believes E(n) = n.
    void no_scale_equals_enumeration_without_scaling() {
        for (const unsigned seed : tests::seeds(1, 500)) {
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
                QVERIFY2(std::abs(decision.policies.no_scale->objective - best->objective) <=
                             1e-12 * best->objective,
                         qPrintable(QString::number(seed)));
        }
    }

    // Several regions: the best wins, and the machines of one cluster share a region.
    void any_region_is_the_best_region() {
        std::size_t compared = 0;
        for (const unsigned seed : tests::seeds(1, 400)) {
            std::mt19937 random(seed);
            auto market = std::make_shared<model::Market>(*tests::random_market(random));
            for (int region = 2; region <= 3; ++region) {
                model::Place place{market->places.front().provider, fmt::format("region-{}", region), {}};
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
            const Money budget = tests::random_budget(random, *market);
            const auto wrong = wrong_plans(market, request, budget, compared);
            QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
        }
        QVERIFY(tests::enough(compared, 500));
    }

    // Two providers may give different machines one name: their prices and quotas must not be mixed up.
    void any_provider_is_the_best_provider() {
        std::size_t compared = 0;
        for (const unsigned seed : tests::seeds(1, 400)) {
            std::mt19937 random(seed);
            const auto market = tests::random_providers(random);
            const auto request = tests::random_request(random, *market);
            const Money budget = tests::random_budget(random, *market);
            const auto wrong = wrong_plans(market, request, budget, compared);
            QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
        }
        QVERIFY(tests::enough(compared, 500));
    }

    // A catalog of one's own may hold any saturation table: neither a wrong plan nor a hang may come of it.
    void any_saturation_table_is_planned_right() {
        for (const unsigned seed : tests::seeds(1, 300)) {
            std::mt19937 random(seed);
            auto market = std::make_shared<model::Market>(*tests::random_market(random));
            std::vector<model::SaturationPoint> points;
            for (const double gbps : {0.3, 1.7, 10.0, 30.0})
                points.push_back(
                    {gbps, seed % 10 == 0 ? 1e-9 : std::pow(2.0, static_cast<double>(random() % 9)) / 4});
            market->saturation = model::NetworkSaturation(points);
            const auto request = tests::random_request(random, *market);
            const Money budget = std::min(tests::random_budget(random, *market), Money::from_usd(30));
            const auto problem = problem::make_problem(market, request).value();
            const auto plans =
                planner::decide(*problem, budget).value().by_architecture.at(Architecture::tiering);
            const auto wrong = tests::difference(
                plans,
                tests::Enumeration(*market, request).best(Architecture::tiering, budget, as_many(request)));
            QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
        }
    }

    // A drag stops answers at any moment; lp_solve once crashed on duals it owed to a stopped program. What
    // is kept for the next answer is none the worse for it.
    void stopping_at_any_moment_is_safe() {
        const Case c = make_case(7);
        const Money budget = Money::from_usd(100);
        const auto undisturbed = planner::decide(*c.problem, budget).value();
        for (int microseconds = 0; microseconds < 3000; microseconds += 10) {
            std::stop_source stop;
            std::jthread stopper([&] {
                std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
                stop.request_stop();
            });
            auto decision = planner::decide(*c.problem, budget, stop.get_token());
            while (decision)
                decision = planner::decide(*c.problem, budget, stop.get_token());
            QCOMPARE(decision.error().code, base::ErrorCode::cancelled);
            QCOMPARE(planner::decide(*c.problem, budget).value().ranked, undisturbed.ranked);
        }
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

}  // namespace test_planner_property

DEEPVM_TEST(test_planner_property, TestPlannerProperty)
#include "test_planner_property.moc"
