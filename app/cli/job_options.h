// SPDX-License-Identifier: GPL-3.0-or-later
// The options that say what the job is, how often machines are revoked and what was measured.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "problem/request.h"
#include "risk/lifetimes.h"

namespace deepvm::cli {

/// As typed.
struct JobOptions {
    std::string epochs;
    std::string samples;
    std::string flop;
    std::string deadline;
    std::string confidence;
    std::string revocations;
    std::string monthly_revocations;
    std::string lifetimes;
    std::string workloads_file;
    std::string measurements_file;
    std::string disk_gbs;
    std::string store_gbs;
    std::string store_price;
    std::string provisioning;
};

/// The options live as long as `command`.
void add_job_options(CLI::App& command, JobOptions& options);

/// The table that --lifetimes names; nothing without the option.
base::Result<std::optional<risk::Lifetimes>> lifetimes(const JobOptions& options);

/// Takes what was given into the request.
base::Result<void> read_job(const JobOptions& options, problem::Request& request);

}  // namespace deepvm::cli
