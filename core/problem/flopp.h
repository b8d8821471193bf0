// SPDX-License-Identifier: GPL-3.0-or-later
// FLOPP: floating point operations per price (DeepVM, CCGrid 2024, stage 2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "problem/problem.h"

namespace deepvm::problem {

/// One worker type in one region.
struct FloppEntry {
    std::string instance_type;
    std::string provider;  ///< empty for a published data set, as the region
    std::string region;
    double rate_tflops = 0;  ///< effective rate (published data: the published unit)
    base::Money on_demand;
    std::optional<base::Money> spot;
    double on_demand_flopp = 0;  ///< FLOP per dollar
    std::optional<double> spot_flopp;
    bool pareto = false;           ///< no other type is as fast for less, or faster for the same
    std::string on_demand_source;  ///< model::Source::id
    std::string spot_source;
    std::optional<model::Speed> speed;  ///< behind the rate; nothing in a published data set

    bool operator==(const FloppEntry&) const = default;
};

/// FLOPP of `rate` (TFLOP/s; published data sets: their own unit, which is already counted in FLOP/s there).
double flopp(const model::Market& market, double rate, base::Money hourly_price);

/// All workers of the problem, highest spot FLOPP first; those without a spot price last.
/// Pareto is judged by spot price and rate among the types with a spot price.
std::vector<FloppEntry> flopp_ranking(const Problem& problem);

/// The first entry of each type of each provider: in a ranking its cheapest offer, Pareto if any of its is.
std::vector<FloppEntry> cheapest_offers(const std::vector<FloppEntry>& ranking);

}  // namespace deepvm::problem
