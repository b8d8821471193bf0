// SPDX-License-Identifier: GPL-3.0-or-later
// What would change the answer: one thing of the world at a time a little less and a little more, planned
// anew.
#pragma once

#include <array>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "planner/decision.h"
#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::explain {

/// What is changed. The budget never is: that is the frontier's question.
enum class Factor {
    price,        ///< every price, on-demand and spot; to the nearest micro-dollar, never below one
    spot_price,   ///< every spot price, as above; never above the on-demand price, as in any catalog
    bandwidth,    ///< every network: the analytic law's transfer and the workers that a remote node serves
    scaling,      ///< the time that nodes wait for each other: see model::effective_nodes
    quota,        ///< every vCPU quota that counts, the market's and the request's; to the nearest vCPU
    ceiling,      ///< the largest cluster where one is set, also by a published bound; to the nearest machine
    revocations,  ///< every revocation rate; only the objectives of a job know of them
};
inline constexpr std::array all_factors{Factor::price,      Factor::spot_price, Factor::bandwidth,
                                        Factor::scaling,    Factor::quota,      Factor::ceiling,
                                        Factor::revocations};

enum class Direction { lowered, raised };

/// "price", "spot-price", "scaling" ...
std::string_view name(Factor factor);

/// How an answer differs from the base.
enum class Difference {
    none,            ///< the same machines, as many of them
    other_counts,    ///< the same machines in other numbers
    other_machines,  ///< another type, architecture, region or provider
    nothing_fits,    ///< no cluster at all
};

/// The best plan of a changed world.
struct WhatIf {
    std::optional<problem::Plan>
        plan;  ///< its figures are those of the changed world; nothing where no cluster fits
    Difference difference = Difference::none;
    /// Of the objective, against the base, positive is better (of a job's dollars and hours what is saved);
    /// -100 where no cluster fits. The objective `deepvm` is FLOP per dollar, so cheaper spot machines raise
    /// it by themselves; see `unmoved_percent`.
    double objective_percent = 0;
    /// The same for the base's own machines and counts, whether or not these still fit: what the change does
    /// without a new plan. The difference of the two is what planning anew is worth, or what the base would
    /// overstate because it can no longer be had.
    double unmoved_percent = 0;

    bool operator==(const WhatIf&) const = default;
};

/// One factor, both ways.
struct Swing {
    Factor factor = Factor::price;
    /// Why the factor cannot change anything here ("no vCPU quota is set"); empty where it was planned anew.
    /// Both ways are the base then.
    std::string not_applicable;
    WhatIf lowered;
    WhatIf raised;

    bool operator==(const Swing&) const = default;
};

/// The larger of the two effects on the objective, in percent, without its sign.
double size(const Swing& swing);

struct Sensitivity {
    double percent = 0;
    std::optional<problem::Plan>
        base;                   ///< decision.ranked[0]; nothing when nothing fits, then there are no swings
    std::vector<Swing> swings;  ///< every factor once, largest first; those that do not apply last
    planner::Proof proof;       ///< of all answers together: proven, doubt, programs and elapsed

    bool operator==(const Sensitivity&) const = default;
};

/// Every factor `percent` lower and higher, at the decision's budget; `decision` must be of `problem`. 0 to
/// most_change percent, finer than 0.0001 is rounded. Every plan is what decide() answers in the changed
/// world. Thread-safe; `stop` is looked at between the answers and inside of each. Errors: `invalid_input`
/// for a percentage out of range or a decision of another problem, `cancelled`.
base::Result<Sensitivity> sensitivity(const problem::Problem& problem, const planner::Decision& decision,
                                      double percent, std::stop_token stop = {});

inline constexpr double most_change = 50;

/// `after` against `before` in percent; 0 where `before` is 0.
double change_percent(double before, double after);

}  // namespace deepvm::explain
