// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer rests on, what it wastes, and why there is none, in words that the window and the command
// line share.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "planner/plan.h"
#include "planner/problem.h"

namespace deepvm::planner {

/// Three digits, with commas between thousands: no speed is known better.
std::string rounded(double number);

/// Below this efficiency a plan says what it wastes.
inline constexpr double wasteful = 0.6;

/// "11 of 17 machines' work is lost to waiting for the network"; empty where the plan is not wasteful.
std::string waste_words(const Plan& plan);

/// Dollars for a million samples while the cluster trains; nothing where no speed is known.
std::optional<double> usd_per_million_samples(const Plan& plan);

/// "1,230 samples/s (estimated, 980 to 1,540), $0.41 per million samples"; empty where no speed is known.
std::string speed_words(const Plan& plan);

/// The same of one machine, with where it was measured: "811 samples/s (measured: 3 sources, the newest of
/// 2025-11)".
std::string speed_words(const model::Speed& speed);

/// "96 %", "> 99 %": no plan is certain, as neither capacity nor anything unheard of is in the figure.
std::string chance_words(double probability);

/// "likely 55 to 72 h, $4,900 to $6,500": what the ranges of speed and price make of the job in about four of
/// five cases; empty where there is no range.
std::string likely_words(const JobOutlook& job);

/// What else a person must know before renting it, each a sentence without its stop: a network fabric that
/// has to be set up, an ARM host, sharded states, a spot price that is an estimate, one that is in doubt.
std::vector<std::string> remarks(const Problem& problem, const Plan& plan);

/// "these prices are up to 488 days apart" where a year or more lies between the oldest and the newest; else
/// empty.
std::string apart_words(const model::Market& market);

/// "516 days old" where the oldest price of the market is older than stale_days; empty else, and for
/// published data.
std::string age_words(const model::Market& market, std::chrono::sys_days today);

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
std::vector<Obstruction> obstructions(const Problem& problem);

/// What the answer leaves out, though something may fit: types too small or with other hosts, and types on
/// spot whose price or revocations are not known. Most types first.
std::vector<Obstruction> not_considered(const Problem& problem);

/// "not considered: how often spot machines are revoked is not known here of 12 types (set a rate by hand
/// ...); 3 types with ARM hosts (allow any host)"; empty where nothing is left out.
std::string not_considered_words(const Problem& problem);

/// Why no budget buys a cluster: the cause that keeps most out, and all others with their counts.
std::string why_nothing_fits(const Problem& problem);

/// The cheapest step of `steps` (by price) that has `share` of the worth of the last that `budget` buys,
/// where it is cheaper than that one by at least 5 %: its index.
std::optional<std::size_t> knee(const std::vector<Plan>& steps, base::Money budget, double share = 0.9);

/// "saves 38 % for 8 % less": the knee against the plan that the budget buys.
std::string knee_words(const Plan& knee, const Plan& best);

}  // namespace deepvm::planner
