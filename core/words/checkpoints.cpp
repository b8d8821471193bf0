// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/checkpoints.h"

#include <fmt/format.h>

namespace deepvm::words {
namespace {

using problem::Architecture;

// Small shares are what it is about.
std::string small_share(double value, Style style) {
    return value <= 0 || value >= 0.095 ? percent(value, style) : fmt::format("{:.1g} %", value);
}

// For what a checkpoint stops the training.
std::string_view on_its_way(Architecture architecture) {
    if (architecture == Architecture::tiering) return "for the copy to host memory";
    if (architecture == Architecture::spot_bucket) return "on its way to the object store";
    return "on its way to the anchor's disk";
}

}  // namespace

std::string why_no_interval(const problem::Plan& plan) {
    if (plan.architecture == Architecture::on_demand)
        return "On demand nothing is revoked: the job needs no checkpoints.";
    if (plan.architecture == Architecture::parameter_server)
        return "Nothing rolls back: the parameters stay on the servers, and a revoked worker's share is "
               "missing until it is replaced. There is no interval to choose.";
    if (!plan.job.unknown.empty())
        return fmt::format("The best interval is not known: {}.", plan.job.unknown);
    if (plan.job.expected && !plan.job.expected->finishes)
        return "The machines are revoked so often that the job does not end, whatever the interval.";
    if (plan.job.revocations_per_hour == 0.0)
        return "Nothing is revoked at this rate: the job needs no checkpoints.";
    return {};
}

std::string why_no_pipeline(const problem::Plan& plan) {
    switch (plan.architecture) {
        case Architecture::tiering:
            return {};
        case Architecture::single_anchor:
        case Architecture::mixed_workers:
            return "No pipeline to show: the anchor writes every checkpoint to its own disk while training "
                   "waits. Tiering sends them to remote nodes while training goes on.";
        case Architecture::spot_bucket:
            return "No pipeline to show: training waits while every checkpoint goes to the object store. "
                   "Tiering sends them to remote nodes while training goes on.";
        case Architecture::on_demand:
            return "No pipeline to show: without revocations nothing has to be saved.";
        case Architecture::parameter_server:
            return "No pipeline to show: the servers hold the parameters all the time.";
    }
    return {};
}

std::string checkpoints(const problem::Plan& plan, const risk::JobRun* run, Style style) {
    if (auto none = why_no_interval(plan); !none.empty()) return none;
    if (run == nullptr || !plan.job.expected) return {};
    const risk::Outlook& expected = *plan.job.expected;
    const auto every = expected.checkpoints == 0 ? std::string("The job is over before a checkpoint pays.")
                                                 : fmt::format("One checkpoint every {}, by Young and Daly.",
                                                               seconds(expected.interval_seconds));
    return fmt::format(
        "{} One stops the training for {}, {}. A restart takes {}. Of {}: checkpoints {}, work done twice "
        "{}, "
        "restarts {}.",
        every, seconds(run->checkpoint_seconds), on_its_way(plan.architecture), seconds(run->restart_seconds),
        hours(expected.expected_hours), small_share(expected.checkpoint_percent, style),
        small_share(expected.lost_percent, style), small_share(expected.restart_percent, style));
}

}  // namespace deepvm::words
