// SPDX-License-Identifier: GPL-3.0-or-later
// Pinned plans side by side: each question asked again of today's catalog, and their futures under the same
// draws.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "explain/simulation.h"
#include "session/session.h"

namespace deepvm::compare {

/// One pinned plan as it is today.
struct Column {
    session::Kept pin;
    std::optional<base::Error> failure;  ///< why its question has no answer today; all below is then empty
    std::shared_ptr<const problem::Problem> problem;
    session::Reopened reopened;         ///< the answer kept beside today's
    std::optional<problem::Plan> plan;  ///< the pinned cluster as of today, else today's best; nothing where
                                        ///< nothing fits
    std::optional<explain::SimulatedPlan> futures;  ///< of `plan`
};

struct Comparison {
    std::vector<Column> columns;  ///< in the order of the pins
    /// In how many of 100 futures column i is cheaper than column j, the same drawn in both: [i][j]. Nothing
    /// where one has no futures, or where they are of different jobs.
    std::vector<std::vector<std::optional<double>>> cheaper_in;
};

/// Whether both ask for the same work, so that dollars and hours of the job can be compared.
bool same_job(const problem::Problem& a, const problem::Problem& b);

struct CompareRequest {
    int runs = 2000;
    std::uint64_t seed = 1;  ///< of every column: they live through the same futures
};

/// One pin as it is today. The error is `cancelled`; a pin that has no answer today is a column with its
/// failure.
base::Result<Column> column(const catalog::Catalog& catalog, const session::Kept& pin,
                            const CompareRequest& request, const std::stop_token& stop = {});

/// Columns of one request side by side.
Comparison beside(std::vector<Column> columns);

/// At most session::most_pins pins (`invalid_input`). A pin that has no answer today fails alone; the other
/// error is `cancelled`. The catalog's thread rules hold.
base::Result<Comparison> compare(const catalog::Catalog& catalog, std::span<const session::Kept> pins,
                                 const CompareRequest& request, const std::stop_token& stop = {});

}  // namespace deepvm::compare
