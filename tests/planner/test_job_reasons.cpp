// SPDX-License-Identifier: GPL-3.0-or-later
// Why a plan of a job is the best: its programs, the steps up and down, and what it saves.
#include <QtTest>
#include <cmath>

#include "cases.h"
#include "explain/sensitivity.h"
#include "explain/solved_program.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_jobs.h"
#include "problem/programs.h"
#include "problem/relaxation.h"
#include "test_program.h"

namespace test_job_reasons {

using namespace deepvm;
using base::Money;
using problem::Architecture;

namespace {

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

struct Answer {
    tests::JobCase asked;
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

// Calls `look` with every answer that has a plan.
template <typename Look>
void for_each_answer(int seeds, Look look) {
    for (const auto architecture : problem::all_architectures)
        for (int i = 1; i <= tests::cases(seeds); ++i) {
            const auto seed = static_cast<unsigned>(40'000 + i);
            Answer answer{tests::random_case(seed, architecture, true, 8), {}, {}};
            answer.problem = problem::make_problem(answer.asked.market, answer.asked.request).value();
            answer.decision = planner::decide(*answer.problem, answer.asked.budget).value();
            if (answer.decision.ranked.empty()) continue;
            look(answer, QString("%1, seed %2").arg(std::string(name(architecture)).c_str()).arg(seed));
            if (QTest::currentTestFailed()) return;
        }
}

}  // namespace

class TestJobReasons : public QObject {
    Q_OBJECT

  private slots:
    // What is exported minimises dollars or hours, and its optimum is the plan.
    void programs_minimise_to_the_plan() {
        for_each_answer(60, [](const Answer& answer, const QString& what) {
            const auto& plan = answer.decision.ranked.front();
            const auto& candidate = *problem::candidate_of(*answer.problem, plan);
            const auto program = problem::whole_program(*answer.problem, candidate, answer.asked.budget);
            QVERIFY2(!program.maximise, qPrintable(what));
            const auto solved =
                explain::solve_program(*answer.problem, plan, answer.asked.budget, {}).value();
            QVERIFY2(solved.proven, qPrintable(what + solved.doubt.c_str()));
            QVERIFY2(close(solved.optimum, plan.objective), qPrintable(what));
            QVERIFY2(solved.relaxed_optimum && *solved.relaxed_optimum <= plan.objective * (1 + 1e-9),
                     qPrintable(what));
        });
    }

    void steps_are_those_of_the_frontier() {
        int steps = 0;
        for_each_answer(90, [&](const Answer& answer, const QString& what) {
            const auto& decision = answer.decision;
            const auto& plan = decision.ranked.front();
            if (decision.next_step) {
                const auto& next = *decision.next_step;
                tests::Enumeration judge(*answer.asked.market, answer.asked.request);
                const auto frontier =
                    judge.frontier(answer.asked.request.architectures, next.plan.hourly_price);
                QVERIFY2(tests::same(next.plan, frontier.back()), qPrintable(what));
                QVERIFY(frontier.size() < 2 || frontier[frontier.size() - 2].price <= decision.budget);
                QVERIFY2(next.extra > Money{} && next.gain_percent > 0 && next.gain_percent < 100,
                         qPrintable(what));
                QVERIFY(close(next.gain_percent, (1 - next.plan.objective / plan.objective) * 100));
                ++steps;
            }
            if (const auto& down = decision.reasons.step_down) {
                QVERIFY2(down->saved > Money{} && down->loss_percent >= 0, qPrintable(what));
                QVERIFY(down->plan.objective >= plan.objective);
            }
            if (decision.reasons.runner_up)
                QVERIFY2(decision.reasons.runner_up_gap_percent >= 0, qPrintable(what));
            QVERIFY2(!plan.binding.empty(), qPrintable(what));
        });
        QVERIFY(tests::enough(steps, 10));
    }

    // More revocations never make the best plan better, fewer never worse.
    void revocations_move_the_answer_the_right_way() {
        for_each_answer(15, [](const Answer& answer, const QString& what) {
            const auto swings = explain::sensitivity(*answer.problem, answer.decision, 20).value().swings;
            const auto swing =
                *std::ranges::find(swings, explain::Factor::revocations, &explain::Swing::factor);
            if (!swing.not_applicable.empty()) return;
            QVERIFY2(swing.raised.objective_percent <= 1e-9, qPrintable(what));
            QVERIFY2(swing.lowered.objective_percent >= -1e-9, qPrintable(what));
        });
    }
};

}  // namespace test_job_reasons

DEEPVM_TEST(test_job_reasons, TestJobReasons)
#include "test_job_reasons.moc"
