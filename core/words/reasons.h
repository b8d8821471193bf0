// SPDX-License-Identifier: GPL-3.0-or-later
// The reasons behind a plan, piece by piece: what is left of every limit, its neighbours in price, its
// rivals.
#pragma once

#include <optional>
#include <vector>

#include "planner/decision.h"
#include "problem/problem.h"
#include "words/figures.h"

namespace deepvm::words {

/// One limit on a plan.
struct Limit {
    std::string name;            ///< "Spot quota"
    std::string left;            ///< "14 nodes left", "binds, none left"
    std::string tip;             ///< "17 of 31 nodes"
    std::optional<double> used;  ///< share of the limit, 0 to 1; nothing where its size is not known
    bool binding = false;
};
/// Those that bind first, then those of which least is left.
std::vector<Limit> limits(const problem::Plan& plan, const problem::Problem& problem, Style style);

/// "The budget binds."; empty where nothing does.
std::string binding(const problem::Plan& plan);

/// How much better or worse in the objective, in percent: "gains 5.4 %", of a job "saves 5.4 % of the cost".
std::string gains(double percent, problem::Objective objective, Style style);
/// "loses 5.4 %", "costs 5.4 % more", "takes 5.4 % longer".
std::string loses(double percent, problem::Objective objective, Style style);

/// "worth 5.6 % less, $0.0404/h dearer", of a job "costs 5.6 % more, ..."; `named` says than what.
std::string gap(const problem::Plan& plan, const problem::Plan& first, problem::Objective objective,
                bool named, Style style);

/// Why this plan and not a larger one, or how far it is behind the first.
std::string why_this(const problem::Plan& plan, const planner::Decision& decision,
                     problem::Objective objective, Style style);

/// A neighbour in price.
struct Step {
    std::string heading;                ///< "Step up"
    std::string effect;                 ///< "gains 5.4 %"; empty where there is no neighbour
    std::string how;                    ///< "+ 1 × g4dn.xlarge, $0.1104/h more than the budget"
    std::string cluster;                ///< "18 × g4dn.xlarge + 1 × c5.xlarge, tiering"
    std::optional<base::Money> budget;  ///< what it costs
};
/// From the first plan, or for another one from it within its own architecture; nothing where that is not
/// known.
std::vector<Step> steps(const problem::Plan& plan, const planner::Decision& decision,
                        const problem::Problem& problem, Style style);

/// "Shadow price: one more dollar an hour would add about 50.1 MFLOP/$ (34.4 %) if machines could be
/// split."; empty where it is not known.
std::string shadow_price(const planner::Decision& decision, const problem::Problem& problem, Style style);

/// Something that could have been chosen instead of the first plan.
struct Rival {
    std::string name;                                   ///< "Runner-up", "Single anchor", "Cost-first"
    std::optional<problem::Architecture> architecture;  ///< in whose colour; policies have none
    std::optional<double> share;  ///< of the first plan's worth, 1 for as much; nothing without a plan
    std::string percent;          ///< "94.4 %", "does not fit", "switched off"
    std::string cluster;          ///< "16 × g4dn.xlarge"; empty without a plan
    std::string gap;              ///< "$2.893/h: worth 5.6 % less, $0.0404/h dearer"
    std::string tip;
    bool off = false;  ///< an architecture that is switched off
};
/// The runner-up where it is not the best of one of the others, every other architecture, the simple
/// policies. Without plans only what is switched off.
std::vector<Rival> rivals(const planner::Decision& decision, const problem::Problem& problem, Style style);

/// An architecture that is switched off, as one of the rivals.
Rival switched_off(problem::Architecture architecture, Style style);

}  // namespace deepvm::words
