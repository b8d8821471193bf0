// SPDX-License-Identifier: GPL-3.0-or-later
// The solver behind every answer: what it must find, refuse and survive, and that it keeps stdout clean.
#include <QtTest>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <thread>

#include "solver/linear_program.h"
#include "test_program.h"

namespace test_lp_solve {

using namespace deepvm::solver;

namespace {

// max 143 x + 60 y: the classic from lp_solve's own manual, optimum 6315.63 at x = 21.875, y = 53.125.
LinearProgram farm(bool integer) {
    LinearProgram program;
    program.columns = {{"wheat", 143, 0, 1e30, integer}, {"barley", 60, 0, 1e30, integer}};
    program.rows = {{"money", Sense::at_most, 15000, {{0, 120}, {1, 210}}},
                    {"storage", Sense::at_most, 4000, {{0, 110}, {1, 30}}},
                    {"land", Sense::at_most, 75, {{0, 1}, {1, 1}}}};
    return program;
}

// A program that takes lp_solve far longer than a test: the even-odd knapsack has no solution, but every
// fractional corner looks like one.
LinearProgram hopeless() {
    LinearProgram program;
    Row row{"odd", Sense::equal, 0, {}};
    for (int i = 0; i < 60; ++i) {
        program.columns.push_back({"x", 1.0 + i, 0, 1, true});
        row.terms.push_back({static_cast<std::size_t>(i), 2.0 * (1000 + 37 * i)});
        row.right_hand_side += 1000 + 37 * i;
    }
    row.right_hand_side = 2 * std::floor(row.right_hand_side / 2) + 1;
    program.rows = {row};
    return program;
}

// How many of n_1, n_2 ... machines of three types are worth most within a budget, at most one type rented:
// the model whose answers lp_solve was seen to lose when it is kept and solved again.
struct Fleet {
    std::array<double, 3> price{0.1578, 0.4213, 0.9071};
    std::array<double, 3> worth{1.0, 2.9, 6.4};
    static constexpr int most = 40;
    static constexpr double no_bound = std::numeric_limits<double>::infinity();

    LinearProgram within(double budget) const {
        LinearProgram program;
        Row cost{"budget", Sense::at_most, budget, {}};
        Row one{"one_type", Sense::at_most, 1, {}};
        std::vector<Row> rented;
        for (std::size_t i = 0; i < price.size(); ++i) {
            program.columns.push_back({"n", worth[i], 0, no_bound, true});
            program.columns.push_back({"used", 0, 0, 1, true});
            cost.terms.push_back({2 * i, price[i]});
            one.terms.push_back({2 * i + 1, 1});
            rented.push_back({"rented", Sense::at_most, 0, {{2 * i, 1}, {2 * i + 1, -most}}});
            rented.push_back({"two_at_least", Sense::at_least, 0, {{2 * i, 1}, {2 * i + 1, -2}}});
        }
        program.rows = {cost, one};
        program.rows.insert(program.rows.end(), rented.begin(), rented.end());
        return program;
    }
    double best(double budget) const {
        double best = 0;
        for (std::size_t i = 0; i < price.size(); ++i)
            for (int n = 2; n <= most && n * price[i] <= budget + 1e-9; ++n)
                best = std::max(best, n * worth[i]);
        return best;
    }
};

}  // namespace

class TestLpSolve : public QObject {
    Q_OBJECT

  private slots:
    void solves_a_linear_program() {
        const auto solution = solve(farm(false), {});
        QCOMPARE(solution.status, SolveStatus::optimal);
        QVERIFY(std::abs(solution.objective - 6315.625) < 1e-6);
        QVERIFY(std::abs(solution.values[0] - 21.875) < 1e-6);
        QVERIFY(std::abs(solution.values[1] - 53.125) < 1e-6);
    }

    // The shadow price that people are shown: with presolve, lp_solve gives nonsense here.
    void duals_are_those_of_the_rows() {
        const auto solution = solve(farm(false), {});
        QCOMPARE(solution.duals.size(), std::size_t{3});
        QVERIFY(std::abs(solution.duals[0]) < 1e-9);                          // money is left over
        QVERIFY(std::abs(solution.duals[1] - (143 - 60) / 80.0) < 1e-9);      // storage
        QVERIFY(std::abs(solution.duals[2] - (60 - 30 * 83 / 80.0)) < 1e-9);  // land
        QVERIFY(solve(farm(true), {}).duals.empty());
    }

    void solves_an_integer_program() {
        const auto solution = solve(farm(true), {});
        QCOMPARE(solution.status, SolveStatus::optimal);
        double best = 0;
        for (int x = 0; x <= 75; ++x)
            for (int y = 0; x + y <= 75; ++y)
                if (120 * x + 210 * y <= 15000 && 110 * x + 30 * y <= 4000)
                    best = std::max(best, 143.0 * x + 60 * y);
        QVERIFY(std::abs(solution.objective - best) < 1e-6);
    }

    void minimises_when_asked() {
        auto program = farm(false);
        program.maximise = false;
        program.rows = {{"at_least", Sense::at_least, 10, {{0, 1}, {1, 1}}}};
        const auto solution = solve(program, {});
        QCOMPARE(solution.status, SolveStatus::optimal);
        QVERIFY(std::abs(solution.objective - 600) < 1e-6);
    }

    // A kept integer model starts from where the last branch ended and calls feasible budgets infeasible,
    // unless it is told to start over: the plan would vanish from the window at every fourth move of the
    // slider.
    void a_kept_model_loses_no_answer() {
        const Fleet fleet;
        deepvm::solver::KeptModel solver;
        for (int step = 1; step <= 236; ++step) {
            const double budget = 0.0517 * step;
            const auto solution = solver.solve(fleet.within(budget), {});
            QVERIFY2(solution.status == SolveStatus::optimal, qPrintable(QString::number(budget)));
            QVERIFY2(std::abs(solution.objective - fleet.best(budget)) < 1e-6,
                     qPrintable(QString::number(budget)));
        }
    }

    // Coefficients, bounds and right-hand sides of the next program replace all of the last one's.
    void a_kept_model_remembers_nothing() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> factor(0.01, 3);
        deepvm::solver::KeptModel solver;
        for (int round = 0; round < 500; ++round) {
            Fleet fleet;
            for (auto& price : fleet.price)
                price *= factor(random);
            for (auto& worth : fleet.worth)
                worth *= 1e8 * factor(random);
            const double budget = 10 * factor(random);
            const auto solution = solver.solve(fleet.within(budget), {});
            QVERIFY2(solution.status == SolveStatus::optimal, qPrintable(QString::number(round)));
            QVERIFY2(std::abs(solution.objective / fleet.best(budget) - 1) < 1e-9 || fleet.best(budget) == 0,
                     qPrintable(QString::number(round)));
        }
    }

    void a_stopped_solve_leaves_no_trace_in_a_kept_model() {
        deepvm::solver::KeptModel solver;
        std::stop_source stop;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            stop.request_stop();
        });
        QCOMPARE(solver.solve(hopeless(), stop.get_token()).status, SolveStatus::cancelled);
        auto easy = hopeless();
        easy.rows.front().right_hand_side = 2000;
        const auto solution = solver.solve(easy, {});
        QCOMPARE(solution.status, SolveStatus::optimal);
        QVERIFY(std::abs(solution.objective - 1) < 1e-9);
    }

    void says_infeasible() {
        auto program = farm(true);
        program.rows.push_back({"impossible", Sense::at_least, 76, {{0, 1}, {1, 1}}});
        QCOMPARE(solve(program, {}).status, SolveStatus::infeasible);
    }

    // FLOPP is about 1e17: without scaling the objective, the solver's absolute tolerances lose the answer.
    void solves_with_a_huge_objective() {
        auto program = farm(true);
        for (auto& column : program.columns)
            column.objective *= 1e17;
        const auto solution = solve(program, {});
        QCOMPARE(solution.status, SolveStatus::optimal);
        QVERIFY(std::abs(solution.objective / 1e17 - solve(farm(true), {}).objective) < 1e-3);
    }

    void an_early_stop_is_not_lost() {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(solve(farm(true), stop.get_token()).status, SolveStatus::cancelled);
    }

    // Dragging on must not wait for a solve that nobody wants any more.
    void a_running_solve_can_be_stopped() {
        std::stop_source stop;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            stop.request_stop();
        });
        const auto solution = solve(hopeless(), stop.get_token());
        QCOMPARE(solution.status, SolveStatus::cancelled);
    }

    // One model a call, none shared: many threads get the same answer.
    void threads_do_not_disturb_each_other() {
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] {
                    for (int j = 0; j < 200; ++j)
                        if (std::abs(solve(farm(false), {}).objective - 6315.625) > 1e-6) ++wrong;
                });
        }
        QCOMPARE(wrong.load(), 0);
    }
};

}  // namespace test_lp_solve

DEEPVM_TEST(test_lp_solve, TestLpSolve)
#include "test_lp_solve.moc"
