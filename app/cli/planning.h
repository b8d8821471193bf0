// SPDX-License-Identifier: GPL-3.0-or-later
// The options that plan, frontier, flopp and export share: what to choose from and how to judge it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/job_options.h"
#include "problem/problem.h"

namespace deepvm::cli {

/// As typed; checked by make_problem so that every refusal says what was wrong.
struct PlanningOptions {
    std::string data_set;
    std::string provider;
    std::string region;
    std::string preset;
    std::vector<std::string> architectures;
    std::string objective;
    std::string workload;
    std::string precision;
    std::string utilisation;
    std::string overlap;
    std::string hosts;
    std::string min_efficiency;
    bool observed_prices_only = false;
    std::string max_nodes;
    std::string top;
    std::string checkpoint_size_100mb;
    std::string buffer_size;
    std::string checkpoint_gib;
    std::string buffer_depth;
    std::vector<std::string> spot_quota;
    std::vector<std::string> on_demand_quota;
    JobOptions job;
};

/// The options live as long as `command`.
std::shared_ptr<PlanningOptions> add_planning_options(CLI::App& command);

base::Result<std::shared_ptr<const problem::Problem>> make_problem(const Context& context,
                                                                   const PlanningOptions& options);

/// Which form an answer takes; `known` are the forms that this command has.
base::Result<std::string> parse_format(std::string_view text, const std::vector<std::string>& known);

}  // namespace deepvm::cli
