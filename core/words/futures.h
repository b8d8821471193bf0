// SPDX-License-Identifier: GPL-3.0-or-later
// Simulated futures: a table with a column a plan, and sentences.
#pragma once

#include <optional>
#include <vector>

#include "explain/simulation.h"
#include "words/figures.h"

namespace deepvm::words {

struct FuturesRow {
    std::string name;
    std::vector<std::string> values;  ///< one a plan
};

/// In dollars, or in time. `deadline_hours` adds who keeps it.
std::vector<FuturesRow> futures(const std::vector<explain::SimulatedPlan>& plans, bool dollars,
                                std::optional<double> deadline_hours, Style style);

/// "1 is cheaper than 2 in 72 of 100 futures, than 3 in 99 of 100; 2 than 3 in 80 of 100."; empty where no
/// two plans were simulated.
std::string cheaper(const std::vector<explain::SimulatedPlan>& plans);

/// Why nothing could be simulated, and what to do; empty where at least one plan was.
std::string nothing_simulated(const std::vector<explain::SimulatedPlan>& plans);

/// "Drawn: revocations, speeds and spot prices within their ranges; not whether machines can be had.": what
/// differs from future to future.
std::string what_is_drawn(const std::vector<explain::SimulatedPlan>& plans);

}  // namespace deepvm::words
