// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/job.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "risk/revocation.h"
#include "words/remarks.h"

namespace deepvm::words {
namespace {

// A share that is there does not read as nothing: "no", "< 0.1 %", "1.2 %".
std::string share(double value, Style style) {
    if (value <= 0) return "no";
    return value < 0.05 ? "< 0.1 %" : percent(value, style);
}

std::string expected_count(double count, Style style) {
    return count == 0 ? "none" : revocation_count(count, style) + " expected";
}

std::string detail(const problem::JobOutlook& job) {
    const auto& expected = *job.expected;
    return fmt::format(
        "Without checkpoints and revocations {}. Expected {}, give or take {}. {}",
        hours(*job.fault_free_hours), hours(expected.expected_hours), hours(expected.deviation_hours),
        expected.checkpoints > 0 ? fmt::format("A checkpoint every {}.", seconds(expected.interval_seconds))
                                 : "No checkpoint pays off.");
}

// What most futures take, where most are not revoked at all and the mean is later for the few that are.
std::string mostly(const problem::JobOutlook& job) {
    const auto& expected = *job.expected;
    const double undisturbed =
        risk::survival(job.revocations_per_hour.value_or(0), expected.fault_free_hours);
    const auto usual = hours(expected.fault_free_hours);
    return undisturbed > 0.5 && usual != hours(expected.expected_hours) ? usual : std::string();
}

}  // namespace

Job job(const problem::Plan& plan, const problem::Problem& problem, Style style) {
    Job said;
    const auto& job = plan.job;
    if (!job.expected) {
        said.unknown = sentence(job.unknown) + ".";
        said.unknown_brief = job.fault_free_hours ? "no revocation rate" : "no epoch times";
        return said;
    }
    if (!job.expected->finishes) {
        said.unknown = "The job does not finish: its machines are revoked too often.";
        said.unknown_brief = "does not finish";
        return said;
    }
    const auto& expected = *job.expected;
    said.cost = dollars(*job.expected_usd);
    const auto usual = mostly(job);
    said.time = usual.empty() ? hours(expected.expected_hours)
                              : fmt::format("mean {}, mostly {}", hours(expected.expected_hours), usual);
    const auto& deadline = problem.request.job.deadline_hours;
    if (deadline && job.done_by_deadline)
        said.deadline = fmt::format("{} by {}", chance(*job.done_by_deadline), hours(*deadline));
    said.likely = likely(job);
    said.overhead = fmt::format("{} lost work · {} checkpoints", share(expected.lost_percent, style),
                                share(expected.checkpoint_percent, style));
    said.revocations = expected_count(expected.expected_revocations, style);
    said.detail = detail(job);
    return said;
}

std::string revocation_count(double count, Style style) {
    if (count == 0) return "0";
    if (count < 0.005) return "< 0.01";
    return count < 10 ? decimal(count, 2, style) : whole(count, style);
}

std::string likely(const problem::JobOutlook& job) {
    std::vector<std::string> parts;
    if (const auto& range = job.likely_hours) parts.push_back(hours_range(range->low, range->high));
    if (const auto& usd = job.likely_usd)
        parts.push_back(fmt::format("${} to ${}", rounded(usd->low), rounded(usd->high)));
    return parts.empty() ? std::string() : fmt::format("likely {}", fmt::join(parts, ", "));
}

std::string outcome(const problem::JobOutlook& job) {
    if (!job.expected || !job.expected->finishes) return {};
    const auto text =
        fmt::format("{} in {}", dollars(*job.expected_usd), hours(job.expected->expected_hours));
    const auto usual = mostly(job);
    return usual.empty() ? text : fmt::format("{} on average, mostly {}", text, usual);
}

std::string job_size(const problem::Request& request, const model::WorkloadProfile& workload, Style style) {
    const auto& job = request.job;
    const auto per_epoch = static_cast<double>(workload.samples_per_epoch);
    const double samples = problem::job_epochs(workload, job) * per_epoch;
    std::vector<std::string> parts;
    if (job.amount && job.unit != problem::JobUnit::epochs)
        parts.push_back(decimal(samples / per_epoch, 1, style) + " epochs");
    if (!job.amount || job.unit != problem::JobUnit::samples) parts.push_back(si(samples, "samples", style));
    if (!job.amount || job.unit != problem::JobUnit::flop)
        parts.push_back(si(samples * workload.flop_per_sample, "FLOP", style));
    return fmt::format("{}", fmt::join(parts, " · "));
}

}  // namespace deepvm::words
