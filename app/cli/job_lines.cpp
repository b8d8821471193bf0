// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/job_lines.h"

#include <fmt/format.h>

#include "cli/reason_lines.h"
#include "words/job.h"
#include "words/plans.h"
#include "words/remarks.h"

namespace deepvm::cli {
namespace {

std::string amount(const problem::Problem& problem) {
    const problem::Job& job = problem.request.job;
    if (!job.amount) return fmt::format("{} epochs", problem::workload_of(problem).epochs);
    return fmt::format("{:g} {}", *job.amount, words::job_unit(job.unit));
}

std::string head(const problem::Problem& problem) {
    const auto& request = problem.request;
    auto text = fmt::format("the job: {}, {}", problem::workload_of(problem).display_name, amount(problem));
    if (request.job.deadline_hours)
        text += fmt::format(", done within {} with {:g} %", words::hours(*request.job.deadline_hours),
                            100 * request.job.confidence);
    return text + fmt::format("; revocations: {} ({})\n",
                              request.risk.rates ? request.risk.source : "interruption bands of the offers",
                              name(request.risk.point));
}

std::string figures(const problem::Problem& problem, const problem::Plan& plan) {
    const auto& job = plan.job;
    const auto said = words::job(plan, problem, style);
    if (!said.unknown.empty())
        return job.fault_free_hours && !job.expected
                   ? fmt::format("{} without revocations. {}", words::hours(*job.fault_free_hours),
                                 said.unknown)
                   : said.unknown;
    const auto& expected = *job.expected;
    auto text = fmt::format("{:>10}  {:>12}  {:>8}  {:>9.2f} %  {:>9.2f} %  {:>7.2f} %",
                            words::hours(expected.expected_hours), said.cost,
                            words::revocation_count(expected.expected_revocations, style),
                            expected.lost_percent, expected.checkpoint_percent, expected.restart_percent);
    if (job.done_by_deadline) text += fmt::format("  {:>7}", words::chance(*job.done_by_deadline));
    return text;
}

}  // namespace

std::string job_lines(const problem::Problem& problem, const std::vector<problem::Plan>& plans) {
    auto text = head(problem);
    text += fmt::format("{:>17}  {:>10}  {:>12}  {:>8}  {:>11}  {:>11}  {:>9}{}  {}\n", "rank", "expected",
                        "dollars", "revoked", "lost work", "checkpoints", "restarts",
                        problem.request.job.deadline_hours ? "  in time" : "", "scaling");
    int rank = 0;
    for (const auto& plan : plans)
        text += fmt::format("{:>17}  {}  {}\n", ++rank, figures(problem, plan), name(plan.scaling));
    rank = 0;
    for (const auto& plan : plans) {
        ++rank;
        if (const auto likely = words::likely(plan.job); !likely.empty())
            text += fmt::format("{:>17}  {}\n", rank, likely);
    }
    return text;
}

}  // namespace deepvm::cli
