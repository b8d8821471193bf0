// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/job_lines.h"

#include <fmt/format.h>

#include <cmath>

#include "planner/answer_words.h"

namespace deepvm::cli {
namespace {

std::string amount(const planner::Problem& problem) {
    const planner::Job& job = problem.request.job;
    const auto& workload = planner::workload_of(problem);
    if (!job.amount) return fmt::format("{} epochs", workload.epochs);
    return fmt::format("{:g} {}", *job.amount, job.unit == planner::JobUnit::flop ? "FLOP" : name(job.unit));
}

std::string head(const planner::Problem& problem) {
    const auto& request = problem.request;
    auto text = fmt::format("the job: {}, {}", planner::workload_of(problem).display_name, amount(problem));
    if (request.job.deadline_hours)
        text += fmt::format(", done within {} with {:g} %", hours_text(*request.job.deadline_hours),
                            100 * request.job.confidence);
    return text + fmt::format("; revocations: {} ({})\n",
                              request.risk.rates ? request.risk.source : "interruption bands of the offers",
                              name(request.risk.point));
}

std::string figures(const planner::JobOutlook& job) {
    if (!job.expected) {
        auto text = job.fault_free_hours
                        ? fmt::format("{} without revocations; ", hours_text(*job.fault_free_hours))
                        : std::string();
        return text + job.unknown;
    }
    const auto& expected = *job.expected;
    if (!expected.finishes)
        return "does not finish: machines are revoked before the work of an interval is done";
    auto text = fmt::format("{:>10}  {:>12}  {:>8.2f}  {:>9.2f} %  {:>9.2f} %  {:>7.2f} %",
                            hours_text(expected.expected_hours), fmt::format("${:.2f}", *job.expected_usd),
                            expected.expected_revocations, expected.lost_percent, expected.checkpoint_percent,
                            expected.restart_percent);
    if (job.done_by_deadline) text += fmt::format("  {:>7}", planner::chance_words(*job.done_by_deadline));
    return text;
}

}  // namespace

std::string hours_text(double hours) {
    if (hours < 1) return fmt::format("{:.1f} min", hours * 60);
    if (hours < 100) return fmt::format("{:.2f} h", hours);
    return fmt::format("{:.1f} days", hours / 24);
}

std::string job_lines(const planner::Problem& problem, const std::vector<planner::Plan>& plans) {
    auto text = head(problem);
    text += fmt::format("{:>17}  {:>10}  {:>12}  {:>8}  {:>11}  {:>11}  {:>9}{}  {}\n", "rank", "expected",
                        "dollars", "revoked", "lost work", "checkpoints", "restarts",
                        problem.request.job.deadline_hours ? "  in time" : "", "scaling");
    int rank = 0;
    for (const auto& plan : plans)
        text += fmt::format("{:>17}  {}  {}\n", ++rank, figures(plan.job), name(plan.scaling));
    rank = 0;
    for (const auto& plan : plans) {
        ++rank;
        const auto words = planner::likely_words(plan.job);
        if (!words.empty()) text += fmt::format("{:>17}  {}\n", rank, words);
    }
    return text;
}

}  // namespace deepvm::cli
