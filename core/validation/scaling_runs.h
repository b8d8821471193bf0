// SPDX-License-Identifier: GPL-3.0-or-later
// The scaling laws that two tables need; internal to validation.
#pragma once

#include <map>

#include "model/measurements.h"
#include "validation/tables.h"

namespace deepvm::validation {

struct ScalingRuns {
    std::vector<model::EpochTime> times;
    std::map<std::string, model::MeasuredScaling> laws;  ///< by instance type, fitted on all its rows
    std::vector<std::string> notes;                      ///< why a type has no law
    std::string missing;
};

base::Result<ScalingRuns> scaling_runs(const std::filesystem::path& folder);

}  // namespace deepvm::validation
