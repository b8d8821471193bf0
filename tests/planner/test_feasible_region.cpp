// SPDX-License-Identifier: GPL-3.0-or-later
// A point drawn on the wrong side of an edge teaches the wrong lesson: on seeded markets and both presets,
// every flag is what the rules of the model say, the ringed point is the plan, and the relaxation keeps every
// row and promises no less.
#include <QtTest>

#include "cases.h"
#include "catalog/catalog.h"
#include "explain/feasible_region.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/programs.h"
#include "problem/worth.h"
#include "test_program.h"

namespace test_feasible_region {

using namespace deepvm;
using base::Money;
using explain::Lattice;
using problem::Architecture;
using problem::Candidate;
using problem::Counts;

namespace {

struct Case {
    std::shared_ptr<const model::Market> market;
    problem::Request request;
    std::shared_ptr<const problem::Problem> problem;
    Money budget;
    std::vector<problem::Plan> plans;  // of tiering, best first
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    Case result;
    result.market = tests::random_market(random);
    result.request = tests::random_request(random, *result.market);
    result.request.architectures = {Architecture::tiering};
    result.budget = tests::random_budget(random, *result.market);
    result.problem = problem::make_problem(result.market, result.request).value();
    result.plans =
        planner::decide(*result.problem, result.budget).value().by_architecture.at(Architecture::tiering);
    return result;
}

// The corner as a point of the program's own rows: those on the roles alone are judged by n and m, the
// choices by n lying between the smallest and the largest count.
QString broken_row(const problem::Problem& problem, const Candidate& candidate, Money budget,
                   const explain::RelaxationCorner& corner) {
    constexpr double slack = 1e-6;
    if (corner.nodes < candidate.choices.front().counts.nodes - slack ||
        corner.nodes > candidate.choices.back().counts.nodes + slack)
        return "no mixture of counts";
    const auto program = problem::whole_program(problem, candidate, budget);
    const auto at = problem::columns_of(candidate);
    for (const auto& row : program.rows) {
        if (row.sense == solver::Sense::equal || row.terms.back().column >= at.choices) continue;
        double left = 0;
        for (const auto& term : row.terms)
            left += term.coefficient * (term.column == at.nodes ? corner.nodes : corner.remotes);
        const double over =
            row.sense == solver::Sense::at_least ? row.right_hand_side - left : left - row.right_hand_side;
        if (over > slack * std::max(1.0, std::abs(row.right_hand_side))) return row.name.c_str();
    }
    return {};
}

}  // namespace

class TestFeasibleRegion : public QObject {
    Q_OBJECT

  private slots:
    void every_flag_is_what_the_rules_say() {
        int published = 0;
        int corrected = 0;
        for (const unsigned seed : tests::seeds(1, 400)) {
            const Case c = make_case(seed);
            if (c.plans.empty()) continue;
            const tests::Enumeration judge(*c.market, c.request);
            const auto* candidate = problem::candidate_of(*c.problem, c.plans.front());
            const Lattice lattice{{1, 45}, {0, 20}};
            const auto region = explain::feasible_region(*c.problem, *candidate, c.budget, lattice);
            for (int m = 0; m <= 20; ++m)
                for (int n = 1; n <= 45; ++n) {
                    const bool allowed = judge.allows(c.plans.front(), n, m, c.budget);
                    QVERIFY2(explain::is_feasible(region, {n, m}) == allowed,
                             qPrintable(QString("seed %1: n = %2, m = %3").arg(seed).arg(n).arg(m)));
                    const auto broken = explain::broken_limits(*c.problem, *candidate, {n, m}, c.budget);
                    QCOMPARE(broken.empty(), allowed);
                }
            ++(c.request.preset == problem::Preset::published ? published : corrected);
        }
        QVERIFY(tests::enough(published, 50) && tests::enough(corrected, 50));
    }

    void the_best_point_is_the_plan_and_none_is_better() {
        int compared = 0;
        for (const unsigned seed : tests::seeds(1, 1000)) {
            const Case c = make_case(seed);
            for (const auto& plan : c.plans) {
                const auto* candidate = problem::candidate_of(*c.problem, plan);
                const Lattice all{{1, candidate->max_nodes}, {0, std::min(candidate->max_remotes, 64)}};
                const auto region = explain::feasible_region(*c.problem, *candidate, c.budget, all);
                QVERIFY(region.best.has_value());
                QCOMPARE(region.best->nodes, plan.nodes);
                QCOMPARE(region.best->remotes, plan.remotes);
                std::optional<Counts> found;
                double most = 0;
                Money least;
                for (int n = 1; n <= all.nodes.last; ++n)
                    for (int m = 0; m <= all.remotes.last; ++m) {
                        if (!explain::is_feasible(region, {n, m})) continue;
                        const double worth = region.values[static_cast<std::size_t>(n) - 1];
                        const Money cost = problem::price(*candidate, {n, m});
                        if (found && (worth < most || (worth == most && cost >= least))) continue;
                        found = Counts{n, m};
                        most = worth;
                        least = cost;
                    }
                // Of what cannot be told apart the plan is the cheaper.
                const bool equal = most > plan.objective && most <= plan.objective * (1 + 1e-4);
                QVERIFY2(equal || found == region.best, qPrintable(QString::number(seed)));
                QVERIFY(equal || most == plan.objective);
                ++compared;
            }
        }
        QVERIFY(tests::enough(compared, 500));
    }

    void what_is_worth_nothing_more_is_marked() {
        for (const unsigned seed : tests::seeds(1, 200)) {
            const Case c = make_case(seed);
            if (c.plans.empty()) continue;
            const auto* candidate = problem::candidate_of(*c.problem, c.plans.front());
            const auto region = explain::feasible_region(*c.problem, *candidate, c.budget,
                                                         {{1, candidate->max_nodes}, {0, 3}});
            double most = 0;
            for (std::size_t i = 0; i < region.values.size(); ++i) {
                QCOMPARE(bool(region.worth_more[i]), region.values[i] > most);
                most = std::max(most, region.values[i]);
            }
        }
    }

    void the_relaxation_keeps_every_row_and_promises_no_less() {
        int fractional = 0;
        int compared = 0;
        for (const unsigned seed : tests::seeds(1, 1000)) {
            const Case c = make_case(seed);
            for (const auto& plan : c.plans) {
                const auto* candidate = problem::candidate_of(*c.problem, plan);
                const auto corner = explain::relaxation_corner(*c.problem, *candidate, c.budget, {}).value();
                QVERIFY(corner.has_value());
                QCOMPARE(corner->budget, c.budget);
                QVERIFY2(corner->objective >= plan.objective * (1 - 1e-9), qPrintable(QString::number(seed)));
                const QString broken = broken_row(*c.problem, *candidate, c.budget, *corner);
                QVERIFY2(broken.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(broken)));
                fractional += std::abs(corner->nodes - std::round(corner->nodes)) > 1e-6 ? 1 : 0;
                ++compared;
            }
        }
        QVERIFY(tests::enough(compared, 500) && tests::enough(fractional, 100));
    }

    // The corner lies inside of the edges that are drawn, and takes no more remote nodes than it needs.
    void the_corner_lies_on_the_edges() {
        for (const unsigned seed : tests::seeds(1, 500)) {
            const Case c = make_case(seed);
            if (c.plans.empty()) continue;
            const auto* candidate = problem::candidate_of(*c.problem, c.plans.front());
            const auto corner = explain::relaxation_corner(*c.problem, *candidate, c.budget, {}).value();
            const auto edges =
                explain::feasible_region(*c.problem, *candidate, c.budget, {{1, 8}, {0, 4}}).edges;
            const double network = (corner->nodes + edges.network_margin) / edges.saturation;
            const double least = std::max(edges.least_remotes_relaxed, network);
            QVERIFY2(std::abs(corner->remotes - least) < 1e-6 * least, qPrintable(QString::number(seed)));
            QVERIFY(edges.least_remotes_relaxed <= edges.least_remotes);
            QVERIFY(edges.least_remotes - edges.least_remotes_relaxed < 1);
            QVERIFY(corner->nodes <= edges.worth_up_to + 1e-6);
            const double spent = edges.budget.fixed.usd() + corner->nodes * edges.budget.per_node.usd() +
                                 corner->remotes * edges.budget.per_remote.usd();
            QVERIFY(spent <= c.budget.usd() * (1 + 1e-6));
        }
    }

    void a_stopped_relaxation_is_cancelled() {
        const auto market =
            catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db")->load({"deepvm-paper", ""});
        problem::Request request;
        request.preset = problem::Preset::published;
        const auto problem = problem::make_problem(*market, request).value();
        const auto budget = Money::from_usd(2.9);
        const auto plan =
            planner::decide(*problem, budget)->by_architecture.at(Architecture::tiering).front();
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = explain::relaxation_corner(*problem, *problem::candidate_of(*problem, plan),
                                                        budget, stop.get_token());
        QVERIFY(!stopped && stopped.error().code == base::ErrorCode::cancelled);
    }

    // The example of the paper at 2.90 dollars an hour, as numbers that a person can check by hand.
    void the_paper_at_290() {
        const auto market =
            catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db")->load({"deepvm-paper", ""});
        problem::Request request;
        request.preset = problem::Preset::published;
        const auto problem = problem::make_problem(*market, request).value();
        const auto budget = Money::from_usd(2.9);
        const auto plan =
            planner::decide(*problem, budget)->by_architecture.at(Architecture::tiering).front();
        const auto* candidate = problem::candidate_of(*problem, plan);
        const auto lattice = explain::lattice_around(*candidate, budget, 60, 10);
        const auto region = explain::feasible_region(*problem, *candidate, budget, lattice);
        QCOMPARE(plan.worker + " " + plan.remote, std::string("g4dn.xlarge c5.xlarge"));
        QCOMPARE(region.best->nodes, 17);
        QCOMPARE(region.best->remotes, 1);
        QVERIFY(explain::is_feasible(region, {16, 1}) && explain::is_feasible(region, {16, 2}));
        QVERIFY(!explain::is_feasible(region, {17, 2}) && !explain::is_feasible(region, {18, 1}));
        const auto broken = explain::broken_limits(*problem, *candidate, {18, 1}, budget);
        QCOMPARE(broken.size(), std::size_t(1));
        QVERIFY(broken.front().limit == problem::Limit::budget);
        QCOMPARE(broken.front().slack, -0.1104);
        const auto corner = explain::relaxation_corner(*problem, *candidate, budget, {}).value();
        QVERIFY(std::abs(corner->nodes - (2.9 - 0.17) / 0.1578) < 1e-6);  // all that one remote node leaves
        QVERIFY(std::abs(corner->remotes - 1) < 1e-9);
        QCOMPARE(explain::next_price(*candidate, budget)->decimal(), std::string("3.0104"));
        QCOMPARE(explain::previous_price(*candidate, budget)->decimal(), std::string("2.8526"));
        QCOMPARE(explain::previous_price(*candidate, Money::from_usd(2.8526))->decimal(),
                 std::string("2.6948"));
    }

    // Every price that the keys stop at is that of a best point, and no best point is skipped; of what cannot
    // be told apart the cheaper stays the best.
    void prices_lead_from_best_point_to_best_point() {
        for (const unsigned seed : tests::seeds(1, 200)) {
            const Case c = make_case(seed);
            if (c.plans.empty()) continue;
            const auto* candidate = problem::candidate_of(*c.problem, c.plans.front());
            const Lattice small{{1, 8}, {0, 4}};
            std::vector<Money> visited;
            std::optional<Money> at = explain::next_price(*candidate, Money{});
            for (; at; at = explain::next_price(*candidate, *at)) {
                const auto best = explain::feasible_region(*c.problem, *candidate, *at, small).best;
                QVERIFY(best.has_value());
                const Counts before = visited.empty() ? *best : candidate->choices[visited.size()].counts;
                QVERIFY(problem::price(*candidate, *best) == *at ||
                        problem::worth(*c.problem, *candidate, *best) * (1 + 1e-4) >=
                            problem::worth(*c.problem, *candidate, before));
                visited.push_back(*at);
                const auto back = explain::previous_price(*candidate, *at);
                QCOMPARE(back.has_value(), visited.size() > 1);
            }
            std::vector<Money> possible;
            for (const auto& choice : candidate->choices)
                possible.push_back(choice.price);
            QCOMPARE(visited, possible);
        }
    }

    void the_window_shows_the_point_and_the_edges_around_it() {
        for (const unsigned seed : tests::seeds(1, 300)) {
            const Case c = make_case(seed);
            if (c.plans.empty()) continue;
            const auto* candidate = problem::candidate_of(*c.problem, c.plans.front());
            std::optional<Lattice> previous;
            for (double usd = 0.05; usd < 500; usd *= 1.11) {
                const auto budget = Money::from_usd(usd);
                const auto lattice = explain::lattice_around(*candidate, budget, 60, 10, previous);
                previous = lattice;
                QVERIFY(explain::length(lattice.nodes) >= 8 && explain::length(lattice.nodes) <= 60);
                QVERIFY(explain::length(lattice.remotes) >= 4 && explain::length(lattice.remotes) <= 10);
                const auto best = explain::feasible_region(*c.problem, *candidate, budget, lattice).best;
                if (!best) continue;
                const auto what = QString("seed %1 at %2").arg(seed).arg(usd);
                QVERIFY2(best->nodes >= lattice.nodes.first && best->nodes < lattice.nodes.last,
                         qPrintable(what));
                QVERIFY2(best->remotes > lattice.remotes.first && best->remotes < lattice.remotes.last,
                         qPrintable(what));
            }
        }
    }

    void a_cent_more_or_less_moves_nothing_else() {
        int changes = 0;
        for (const unsigned seed : tests::seeds(1, 100)) {
            const Case c = make_case(seed);
            if (c.plans.empty()) continue;
            const auto* candidate = problem::candidate_of(*c.problem, c.plans.front());
            auto lattice = explain::lattice_around(*candidate, c.budget, 60, 10);
            for (int i = 0; i < 100; ++i) {  // to and fro
                const auto budget = c.budget + Money::from_micro(i % 2 == 0 ? 10'000 : -10'000);
                const auto next = explain::lattice_around(*candidate, budget, 60, 10, lattice);
                changes += next == lattice ? 0 : 1;
                lattice = next;
            }
        }
        QVERIFY2(changes <= 10, qPrintable(QString::number(changes)));
    }
};

}  // namespace test_feasible_region

DEEPVM_TEST(test_feasible_region, TestFeasibleRegion)
#include "test_feasible_region.moc"
