// SPDX-License-Identifier: GPL-3.0-or-later
// What a person set that changes nothing in an answer.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "planner/decision.h"
#include "problem/problem.h"

namespace deepvm::explain {

/// A part of the request that could as well not have been set.
struct IdleSetting {
    std::string_view option;  ///< as on the command line: "--disk-gbs"
    std::string_view name;    ///< as a person calls it: "The disk's speed"
    std::string_view counts;  ///< without which it cannot count: "it can count only where ..."

    bool operator==(const IdleSetting&) const = default;
};

/// Whether another problem has the answer that the person sees.
using SameAnswer = std::function<base::Result<bool>(const problem::Problem&)>;

/// Every setting that is not what nobody has changed, in the order of the command line, without which `same`
/// says that nothing is different: found by asking anew, one problem a setting, and so never a guess. A
/// setting that the request cannot be without has an effect. Errors: those of `same`, `cancelled`.
base::Result<std::vector<IdleSetting>> idle_settings(const problem::Problem& problem, const SameAnswer& same,
                                                     const std::stop_token& stop = {});

/// Whether both say the same of the same machines, however long it took.
bool same_decision(const planner::Decision& a, const planner::Decision& b);

/// The same of all steps.
bool same_frontier(const planner::Frontier& a, const planner::Frontier& b);

}  // namespace deepvm::explain
