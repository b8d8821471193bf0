// SPDX-License-Identifier: GPL-3.0-or-later
// Small markets and requests from a seed, with the corners that real catalogs have.
#pragma once

#include <memory>
#include <optional>
#include <random>

#include "model/market.h"
#include "problem/request.h"

namespace deepvm::tests {

/// Half of them like a published data set, or all of one kind.
std::shared_ptr<const model::Market> random_market(std::mt19937& random,
                                                   std::optional<model::MarketKind> kind = std::nullopt);

/// Two providers of two regions each that share names of types, classes and regions, at different prices.
std::shared_ptr<const model::Market> random_providers(std::mt19937& random);

/// Every worker type once more, a millionth slower and a micro-dollar cheaper: so plans and steps lie as
/// close together as they can.
std::shared_ptr<const model::Market> with_twins(const model::Market& market);

/// A request that fits the market; both presets, all objectives, quotas now and then.
problem::Request random_request(std::mt19937& random, const model::Market& market);

/// Up to about what a few dozen machines of the market cost, often exactly the price of a cluster.
base::Money random_budget(std::mt19937& random, const model::Market& market);

}  // namespace deepvm::tests
