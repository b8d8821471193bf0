// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps worker types out of every cluster, and what would let them in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "problem/problem.h"
#include "words/figures.h"

namespace deepvm::words {

/// What keeps worker types out of every cluster.
enum class Obstacle {
    memory,
    arm_host,
    no_spot_price,
    estimated_price,  ///< only observed prices count
    no_revocation_rate,
    no_epoch_time,
    unknown_network,
    quota,
    efficiency,
    deadline,
};

/// "no-revocation-rate"
std::string_view name(Obstacle obstacle);

/// One cause, and how many types of the market it keeps out.
struct Obstruction {
    Obstacle obstacle = Obstacle::memory;
    int types = 0;
    std::string words;   ///< "no spot price is known of 12 types"
    std::string remedy;  ///< "switch on on-demand"; empty where nothing helps
};

/// Of all worker types that no chosen architecture can be made of, most types first. A type counts once, for
/// the first cause in its way.
std::vector<Obstruction> obstructions(const problem::Problem& problem);

/// What the answer leaves out, though something may fit: types too small or with other hosts, and types on
/// spot whose price or revocations are not known. Most types first.
std::vector<Obstruction> not_considered(const problem::Problem& problem);

/// "not considered: no spot price is known here of 12 types (switch on ...); 3 types with ARM hosts (allow
/// any host)"; empty where nothing is left out. What unknown_revocations() says is not said twice.
std::string not_considered_line(const problem::Problem& problem);

/// A rate that may be assumed where none is known, in percent a month: the middle of the advisor's bands.
inline constexpr double usual_monthly_percent = 10;

/// "Spot machines whose revocation rate is not known do not count: 61 offers of Azure and Google Cloud.", of
/// those that would count if it were; in plain style with the option that assumes one. Empty where there are
/// none, and where revocations do not decide.
std::string unknown_revocations(const problem::Problem& problem, Style style);

/// Why no budget buys a cluster: the cause that keeps most out, and all others with their counts.
std::string why_nothing_fits(const problem::Problem& problem);

}  // namespace deepvm::words
