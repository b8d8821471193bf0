// SPDX-License-Identifier: GPL-3.0-or-later
// What asking the provider for more vCPUs brings: every limit raised by itself, planned anew.
#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "planner/decision.h"
#include "problem/plan.h"
#include "problem/problem.h"
#include "problem/quotas.h"

namespace deepvm::explain {

/// A limit raised to what an answer needs.
struct QuotaStep {
    int more = 0;                        ///< vCPUs above the limit
    problem::Plan plan;                  ///< the best at the same budget then
    std::optional<double> gain_percent;  ///< as gain_percent(); nothing where nothing fits today

    bool operator==(const QuotaStep&) const = default;
};

/// One limit, all others as they are.
struct QuotaGain {
    std::string quota_class;
    problem::Purchase purchase = problem::Purchase::spot;
    int vcpus = 0;  ///< the limit
    int used = 0;   ///< vCPUs of the best plan that count against it
    /// The fewest more with which the best plan is worth more; nothing where no number of them does.
    std::optional<QuotaStep> least;
    /// The fewest more with which it is worth as much as without the limit; nothing where `least` is that.
    std::optional<QuotaStep> most;

    bool operator==(const QuotaGain&) const = default;
};

struct QuotaGains {
    std::vector<QuotaGain> limits;  ///< every limit that there is, in the order of quota_classes, spot first
    planner::Proof proof;           ///< of all answers together: proven, doubt, programs and elapsed

    bool operator==(const QuotaGains&) const = default;
};

/// vCPUs by class and purchase, only those above 0.
using QuotaUse = std::map<std::pair<std::string, problem::Purchase>, int>;

/// What the plan's machines count against, whether it is limited or not.
QuotaUse quota_use(const problem::Problem& problem, const problem::Plan& plan);

/// At the decision's budget; `decision` must be of `problem`. Every plan is what decide() answers with the
/// limit raised so far. For a limit that binds three problems are made and some of its own clusters, else
/// only these: not for a thread that must not wait. Thread-safe; `stop` is looked at between the answers and
/// inside of each. Errors: `cancelled`.
base::Result<QuotaGains> quota_gains(const problem::Problem& problem, const planner::Decision& decision,
                                     const std::stop_token& stop = {});

}  // namespace deepvm::explain
