// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown as the program that decided must be that program: its optimum the plan, its rows true as they
// are written, its limits the plan's own.
#include <fmt/format.h>

#include <QRegularExpression>
#include <QtTest>
#include <numeric>
#include <set>

#include "cases.h"
#include "explain/solved_program.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "test_program.h"

namespace test_solved_program {

using namespace deepvm;
using base::Money;
using explain::SolvedProgram;
using explain::SolvedRow;
using problem::Limit;
using solver::Sense;

namespace {

struct Case {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

Case make_case(unsigned seed) {
    std::mt19937 random(seed);
    const auto market = tests::random_market(random);
    const auto request = tests::random_request(random, *market);
    const auto budget = tests::random_budget(random, *market);
    Case result{problem::make_problem(market, request).value(), {}};
    result.decision = planner::decide(*result.problem, budget).value();
    return result;
}

Case an_answered_case() {
    unsigned seed = 4;
    while (make_case(seed).decision.ranked.empty())
        ++seed;
    return make_case(seed);
}

bool close(double a, double b, double size = 0) {
    return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), size});
}

// Every plan of the first `seeds` cases, of all architectures and both presets.
template <typename Look>
void for_each_plan(int seeds, Look look) {
    for (const unsigned seed : tests::seeds(1, seeds)) {
        const Case c = make_case(seed);
        for (const auto& [architecture, plans] : c.decision.by_architecture)
            for (const auto& plan : plans) {
                const auto solved = explain::solve_program(*c.problem, plan, c.decision.budget, {});
                QVERIFY(solved.has_value());
                look(*solved, c, QString("seed %1: %2").arg(seed).arg(machines(plan).c_str()));
                if (QTest::currentTestFailed()) return;
            }
    }
}

double value_of(const SolvedProgram& solved, const std::string& column) {
    for (const auto& each : solved.columns)
        if (each.name == column) return each.value;
    return 0;
}

// "0.1578 n + 0.17 m <= 2.90" as a person reads it, with the plan's counts put in.
struct Reading {
    double left = 0;
    QString sense;
    double right = 0;
};
Reading read(const QString& formula, const problem::Plan& plan) {
    static const QRegularExpression whole("^(.*) (<=|>=|=|<) (-?[0-9.e+-]+)$");
    static const QRegularExpression term("(^-?|[-+] )(?:([0-9.]+(?:e[+-]?[0-9]+)?) )?([nmo])(?: |$)");
    const auto parts = whole.match(formula);
    Reading reading{0, parts.captured(2), parts.captured(3).toDouble()};
    for (auto terms = term.globalMatch(parts.captured(1)); terms.hasNext();) {
        const auto match = terms.next();
        const double size = match.captured(2).isEmpty() ? 1 : match.captured(2).toDouble();
        const int count = match.captured(3) == "n"   ? plan.nodes
                          : match.captured(3) == "m" ? plan.remotes
                                                     : plan.other_workers;
        reading.left += (match.captured(1).contains('-') ? -size : size) * count;
    }
    return reading;
}

const SolvedRow& row(const SolvedProgram& solved, const char* name) {
    const auto found = std::find_if(solved.rows.begin(), solved.rows.end(),
                                    [&](const SolvedRow& each) { return each.name == name; });
    if (found == solved.rows.end()) qFatal("no row %s", name);
    return *found;
}

}  // namespace

class TestSolvedProgram : public QObject {
    Q_OBJECT

  private slots:
    void its_optimum_is_the_plan() {
        std::set<std::pair<problem::Architecture, problem::Preset>> seen;
        for_each_plan(600, [&](const SolvedProgram& solved, const Case& c, const QString& what) {
            const auto& plan = solved.plan;
            QVERIFY2(solved.proven && solved.doubt.empty(), qPrintable(what + solved.doubt.c_str()));
            QVERIFY2(close(solved.optimum, plan.objective), qPrintable(what));
            QCOMPARE(value_of(solved, fmt::format("nodes_{}", plan.nodes)), 1.0);
            QCOMPARE(value_of(solved, "remotes"), static_cast<double>(plan.remotes));
            double chosen = 0;
            for (std::size_t j = solved.columns.size() - solved.choices; j < solved.columns.size(); ++j)
                chosen += solved.columns[j].value;
            QCOMPARE(chosen, 1.0);
            QVERIFY(solved.relaxed_optimum && *solved.relaxed_optimum >= plan.objective * (1 - 1e-9));
            seen.emplace(plan.architecture, c.problem->request.preset);
        });
        QCOMPARE(seen.size(), std::size_t{6});
    }

    void every_row_holds_and_reads_as_it_is() {
        for_each_plan(300, [](const SolvedProgram& solved, const Case&, const QString& what) {
            for (const SolvedRow& each : solved.rows) {
                const auto where = qPrintable(what + ", " + each.words.formula.c_str());
                QVERIFY2(each.slack >= 0, where);
                QVERIFY2(!each.words.title.empty() && !each.words.meaning.empty() && !each.words.unit.empty(),
                         where);
                const double size = std::max(std::abs(each.activity), std::abs(each.right_hand_side));
                if (each.sense == Sense::equal) {
                    QCOMPARE(each.activity, each.right_hand_side);
                    continue;
                }
                // Of the choice, not of its numbers.
                if (each.name == "efficiency_of_cluster" || each.sense == Sense::equal) continue;
                const auto reading = read(QString::fromStdString(each.words.formula), solved.plan);
                // A coefficient is written to a billionth; a difference of two large terms is as exact.
                const double terms = 1000 * (solved.plan.remotes + 1);
                QVERIFY2(close(reading.left, each.activity, std::max(size, terms)), where);
                const bool strict = reading.sense == "<";
                // "Below 0" stands for the gap that is left next to 0 in whole machines.
                const bool gap = each.right_hand_side < 0 && each.right_hand_side > -1;
                QVERIFY2(strict ? reading.right == 0 && gap : close(reading.right, each.right_hand_side),
                         where);
                QVERIFY(strict || reading.sense == (each.sense == Sense::at_most ? "<=" : ">="));
                const double distance = each.sense == Sense::at_most ? each.right_hand_side - each.activity
                                                                     : each.activity - each.right_hand_side;
                QVERIFY2(close(each.slack, distance, std::max(size, 1.0)), where);
            }
        });
    }

    // The card of the plan and the tab with its program must not say different things of the same limit.
    void its_limits_are_the_plans_own() {
        int binding = 0;
        for_each_plan(600, [&](const SolvedProgram& solved, const Case& c, const QString& what) {
            // What cannot be told apart is asked for at its own price.
            const double unasked = (c.decision.budget - solved.budget).usd();
            std::set<Limit> named;
            for (const SolvedRow& each : solved.rows) {
                if (!each.words.limit) continue;
                if (each.binding) named.insert(*each.words.limit);
                const auto& limits = solved.plan.limits;
                const bool agrees = std::any_of(limits.begin(), limits.end(), [&](const auto& state) {
                    const double slack = *each.words.limit == Limit::network_saturation
                                             ? std::floor(each.slack + 1e-5)  // its margin below whole nodes
                                         : *each.words.limit == Limit::budget ? each.slack + unasked
                                                                              : each.slack;
                    return state.limit == *each.words.limit && std::abs(state.slack - slack) <= 1e-6;
                });
                QVERIFY2(agrees, qPrintable(what + ", " + each.name.c_str()));
            }
            std::set<Limit> expected(solved.plan.binding.begin(), solved.plan.binding.end());
            expected.erase(Limit::scaling);  // no row: a count that is worth nothing more has no column
            QVERIFY2(named == expected, qPrintable(what));
            binding += static_cast<int>(named.size());
        });
        QVERIFY(tests::enough(binding, 500));
    }

    void the_price_of_the_budget_is_the_one_that_the_reasons_tell() {
        int priced = 0;
        std::vector<unsigned> seeds(static_cast<std::size_t>(tests::cases(200)));
        std::iota(seeds.begin(), seeds.end(), 1);
        seeds.insert(seeds.end(), {1571, 3052, 5688});  // several prices are right there
        for (const unsigned seed : seeds) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            const auto solved =
                explain::solve_program(*c.problem, c.decision.ranked.front(), c.decision.budget, {}).value();
            const auto& price = row(solved, "budget").relaxed_price;
            QCOMPARE(price.has_value(), c.decision.reasons.shadow_price.has_value());
            QVERIFY(close(*price, *c.decision.reasons.shadow_price, 1e-6 * solved.optimum));
            priced += *price > 0 ? 1 : 0;
        }
        QVERIFY(tests::enough(priced, 50));
    }

    // A plan that is not the best of its machines is not called proven, and its own figures are shown.
    void what_lp_solve_does_not_confirm_is_said() {
        int doubted = 0;
        for (const unsigned seed : tests::seeds(1, 200)) {
            const Case c = make_case(seed);
            if (c.decision.ranked.empty()) continue;
            const auto& best = c.decision.ranked.front();
            const auto more = 10 * c.decision.budget;
            const auto solved = explain::solve_program(*c.problem, best, more, {}).value();
            if (solved.proven) continue;  // its machines reach no more at any budget
            ++doubted;
            QVERIFY(!solved.doubt.empty());
            QVERIFY(close(solved.optimum, best.objective));
            QCOMPARE(value_of(solved, fmt::format("nodes_{}", best.nodes)), 1.0);
        }
        QVERIFY(tests::enough(doubted, 50));
        const Case c = an_answered_case();
        const auto none =
            explain::solve_program(*c.problem, c.decision.ranked.front(), Money::from_micro(1), {}).value();
        QVERIFY(!none.proven);
        QVERIFY2(none.doubt.find("infeasible") != std::string::npos, none.doubt.c_str());
    }

    void a_plan_of_another_problem_is_refused() {
        const Case c = an_answered_case();
        problem::Plan plan = c.decision.ranked.front();
        plan.worker = "of-another-catalog";
        QVERIFY(!explain::solve_program(*c.problem, plan, c.decision.budget, {}));
        plan = c.decision.ranked.front();
        plan.nodes = 100'000;
        QVERIFY(!explain::solve_program(*c.problem, plan, c.decision.budget, {}));
    }

    void a_stop_is_obeyed() {
        const Case c = an_answered_case();
        std::stop_source source;
        source.request_stop();
        const auto solved = explain::solve_program(*c.problem, c.decision.ranked.front(), c.decision.budget,
                                                   source.get_token());
        QVERIFY(!solved && solved.error().code == base::ErrorCode::cancelled);
    }
};

}  // namespace test_solved_program

DEEPVM_TEST(test_solved_program, TestSolvedProgram)
#include "test_solved_program.moc"
