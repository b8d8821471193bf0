// SPDX-License-Identifier: GPL-3.0-or-later
// The reasons behind a plan, piece by piece: what is left of every limit, its neighbours in price, its
// rivals. Pure functions; plain text.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "planner/problem.h"

namespace deepvm::ui::state {

/// One limit on a plan.
struct LimitText {
    QString name;                ///< "Spot quota"
    QString left;                ///< "14 nodes left", "binds, none left"
    QString tip;                 ///< "17 of 31 nodes"
    std::optional<double> used;  ///< share of the limit, 0 to 1; nothing where its size is not known
    bool binding = false;
};
/// Those that bind first, then those of which least is left.
std::vector<LimitText> limitTexts(const planner::Plan& plan, const planner::Problem& problem);

/// A neighbour in price.
struct StepText {
    QString heading;                    ///< "Step up"
    QString effect;                     ///< "gains 5.4 %"; empty where there is no neighbour
    QString how;                        ///< "+ 1 × g4dn.xlarge, $0.1104/h more than the budget"
    QString cluster;                    ///< "18 × g4dn.xlarge + 1 × c5.xlarge, Tiering"
    std::optional<base::Money> budget;  ///< what it costs
};
/// From the first plan, or for another one from it within its own architecture; nothing where that is not
/// known.
std::vector<StepText> stepTexts(const planner::Plan& plan, const planner::Decision& decision,
                                const planner::Problem& problem);

/// "In the LP relaxation, one more dollar an hour adds about 50.1 M FLOP/$ (34.4 %)."; empty where unknown.
QString shadowPrice(const planner::Decision& decision, const planner::Problem& problem);

/// Something that could have been chosen instead of the first plan.
struct RivalText {
    QString name;                                       ///< "Runner-up", "Single anchor", "Cost-first"
    std::optional<planner::Architecture> architecture;  ///< in whose colour; policies have none
    std::optional<double> share;  ///< of the first plan's worth, 1 for as much; nothing without a plan
    QString percent;              ///< "94.4 %", "does not fit", "switched off"
    QString cluster;              ///< "16 × g4dn.xlarge"; empty without a plan
    QString gap;                  ///< "$2.893/h: worth 5.6 % less, $0.0404/h dearer"
    QString tip;
    bool off = false;  ///< an architecture that a click can switch on
};
/// The runner-up where it is not the best of one of the others, every other architecture, the simple
/// policies. Without plans only what is switched off.
std::vector<RivalText> rivalTexts(const planner::Decision& decision, const planner::Problem& problem);

/// An architecture that is switched off, as one of the rivals.
RivalText switchedOff(planner::Architecture architecture);

}  // namespace deepvm::ui::state
