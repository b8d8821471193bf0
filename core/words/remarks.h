// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan rests on, what it wastes, and what else to know of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "problem/problem.h"

namespace deepvm::words {

/// Dollars for a million samples while the cluster trains; nothing where no speed is known.
std::optional<double> usd_per_million_samples(const problem::Plan& plan);

/// "1,230 samples/s (estimated, 980 to 1,540), $0.41 per million samples"; empty where no speed is known.
std::string speed(const problem::Plan& plan);

/// The same of one machine, with where it was measured: "811 samples/s (measured: 3 sources, the newest of
/// 2025-11)".
std::string speed(const model::Speed& speed);

/// "21,100/s · $0.102 a million"; empty where no speed is known.
std::string speed_brief(const problem::Plan& plan);

/// "96 %", "> 99 %": no plan is certain, as neither capacity nor anything unheard of is in the figure.
std::string chance(double probability);

/// What a person must know before renting it, each a sentence without its stop: "11 of 17 machines' work is
/// lost to waiting for the network", a network fabric that has to be set up, an ARM host, sharded states, a
/// spot price that is an estimate, one that is in doubt.
std::vector<std::string> remarks(const problem::Problem& problem, const problem::Plan& plan);

}  // namespace deepvm::words
