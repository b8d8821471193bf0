// SPDX-License-Identifier: GPL-3.0-or-later
// What the feasible region says: pure functions from the planner's values to words.
#pragma once

#include <QString>

#include "charts/chart_text.h"
#include "charts/region_ground.h"
#include "explain/branch_and_bound.h"

namespace deepvm::ui::charts {

/// A tiering candidate whose region is drawn, with the problem that it belongs to.
struct RegionSubject {
    std::shared_ptr<const problem::Problem> problem;
    const problem::Candidate* candidate = nullptr;  ///< of the problem; null: there is none

    bool operator==(const RegionSubject&) const = default;
};

/// The bounds of a node of branch and bound, beside which its student has not been told the best point.
struct RegionByHand {
    explain::CountBounds nodes;
    explain::CountBounds remotes;

    bool operator==(const RegionByHand&) const = default;
};
/// What they forbid.
std::vector<HalfPlane> nodeEdges(const RegionByHand& by_hand);

/// "network: under 16 workers a remote", "spot quota: at most 31 workers", "memory: at least 2 remotes".
QString edgeName(const RegionEdge& edge, const explain::RegionEdges& edges);

/// "17 × g4dn.xlarge + 1 × c5.xlarge".
QString machinesAt(const RegionSubject& subject, problem::Counts point);

/// "17 × g4dn.xlarge + 1 × c5.xlarge at $2.90/h", or that no count of these machines fits it.
QString regionTitle(const RegionSubject& subject, const explain::FeasibleRegion& region);

/// "n × g4dn.xlarge + m × c5.xlarge at $2.90/h": what is chosen from, without the choice.
QString openTitle(const RegionSubject& subject, base::Money budget);

/// "costs $2.8526/h", and where when the market has several places; empty when nothing fits.
QString bestCost(const RegionSubject& subject, const explain::FeasibleRegion& region);

/// The machines of a point, its price and objective, and either how it compares with the best point or
/// which limits it breaks, and by how much.
CalloutText pointText(const RegionSubject& subject, const explain::FeasibleRegion& region,
                      problem::Counts point);

/// A row a point of the lattice.
Table pointTable(const RegionSubject& subject, const explain::FeasibleRegion& region);

/// "relaxation: n = 17.3, m = 1.02".
QString cornerName(const explain::RelaxationCorner& corner);
CalloutText cornerText(const RegionSubject& subject, const explain::RelaxationCorner& corner);

/// "relaxation at $2.90/h: at most 147 MFLOP/$ (+1.8 %)": `best` is the objective of the best whole numbers
/// at the corner's budget.
QString promise(const RegionSubject& subject, const explain::RelaxationCorner& corner, double best);

}  // namespace deepvm::ui::charts
