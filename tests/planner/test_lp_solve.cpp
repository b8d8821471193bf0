// SPDX-License-Identifier: GPL-3.0-or-later
// The solver behind every answer: what it must find, refuse and survive, and that it keeps stdout clean.
#include <QtTest>
#include <cmath>
#include <thread>

#include "planner/linear_program.h"

using namespace deepvm::planner;

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

QTEST_GUILESS_MAIN(TestLpSolve)
#include "test_lp_solve.moc"
