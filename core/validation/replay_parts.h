// SPDX-License-Identifier: GPL-3.0-or-later
// The replays one by one; internal to validation.
#pragma once

#include "problem/plan.h"
#include "validation/replay.h"
#include "validation/validation.h"

namespace deepvm::validation {

/// What the published planner answers at the budget of figure 8, by the name of the plan in the file.
struct PublishedPlans {
    std::vector<std::pair<std::string, problem::Plan>> by_published;
    std::string corrected;  ///< what the corrected rules answer there, in words
};

base::Result<std::vector<Replay>> scaling_replays(const model::Market& paper,
                                                  const std::filesystem::path& folder);
base::Result<Replay> transmission_replay(const std::filesystem::path& folder);
base::Result<std::vector<Replay>> aws_replays(const PublishedPlans& plans,
                                              const std::filesystem::path& folder);
base::Result<std::vector<Replay>> transient_replays(const std::filesystem::path& folder);

/// The text or number of a key as text; empty where the row has no such column.
std::string key_text(const Row& row, std::string_view column);

/// "g5.xlarge: published rules 9.2 % in the median, 57.6 % at worst; ..." of a finished replay.
std::string errors_text(const Replay& replay);

}  // namespace deepvm::validation
