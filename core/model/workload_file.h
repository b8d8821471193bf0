// SPDX-License-Identifier: GPL-3.0-or-later
// Workload profiles of a person's own, as a file: the columns of resources/catalog/workloads.csv.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/workload.h"

namespace deepvm::model {

/// Refuses a file that is no such table, a figure out of range, and a name that comes twice, by line.
base::Result<std::vector<WorkloadProfile>> read_workloads(const std::filesystem::path& file);

/// What read_workloads() reads back as the same profiles.
std::string workloads_csv(std::span<const WorkloadProfile> workloads);

/// Whether the figures are ones that read_workloads() takes; the error names the first that is not.
base::Result<void> check_workload(const WorkloadProfile& workload);

}  // namespace deepvm::model
