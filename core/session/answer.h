// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of an answer, so that it can be looked at again when prices, catalog or program have changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "problem/plan.h"
#include "problem/problem.h"
#include "problem/quotas.h"

namespace deepvm::session {

/// A price that a plan rests on.
struct MachinePrice {
    std::string type;
    problem::Purchase purchase = problem::Purchase::spot;
    base::Money price;  ///< an hour
    std::string as_of;  ///< ISO date of its source, empty where none is known

    bool operator==(const MachinePrice&) const = default;
};

/// A cluster with what was said of it. Of `plan` there is what tells it from other clusters (architecture,
/// place, machines and their numbers) and what is compared: hourly price and objective.
struct Answer {
    problem::Plan plan;
    std::string objective_unit;
    std::optional<double> expected_hours;  ///< of the job; nothing where not known
    std::optional<double> expected_usd;
    std::string prices_as_of;          ///< ISO date of the oldest price of the market
    std::vector<MachinePrice> prices;  ///< of its machines; empty where a document does not say them

    bool operator==(const Answer&) const = default;
};

Answer answer_of(const problem::Problem& problem, const problem::Plan& plan);

/// Whether both are the same machines in the same place and roles.
bool same_cluster(const problem::Plan& a, const problem::Plan& b);

/// The prices of a plan's machines in a market, spot first; those that the market does not have are left out.
std::vector<MachinePrice> prices_of(const model::Market& market, const problem::Plan& plan);

/// A price of an answer beside today's.
struct PriceChange {
    MachinePrice then;
    std::optional<MachinePrice> now;  ///< nothing: the market has no such price any more

    bool operator==(const PriceChange&) const = default;
};

/// An answer beside today's answer to the same question.
struct Reopened {
    std::vector<PriceChange> prices;          ///< those that differ
    std::optional<problem::Plan> then_today;  ///< the same cluster as it would be planned today; nothing
                                              ///< where no budget makes it an answer
    std::optional<problem::Plan> best_today;  ///< the first plan; nothing where nothing fits
    bool affordable = false;                  ///< then_today costs no more than the budget
    bool same_cluster = false;                ///< best_today is that cluster
    bool same_figures = false;                ///< then_today costs and is worth what it did, to rounding

    /// The document and today's catalog say the same.
    bool unchanged() const { return same_figures && prices.empty() && affordable; }
};

/// `today` is the problem made of the same question; `budget` the question's.
Reopened reopened(const Answer& then, const problem::Problem& today, base::Money budget,
                  const std::vector<problem::Plan>& ranked);

}  // namespace deepvm::session
