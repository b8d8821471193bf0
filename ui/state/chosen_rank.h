// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <algorithm>

#include "planner/decision.h"
#include "problem/plan.h"

namespace deepvm::ui::state {

/// Which of the recommended plans a person looks at. Not part of what undo restores.
class ChosenRank : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    /// From 1. There may be fewer plans.
    int rank() const { return rank_; }
    void setRank(int rank) {
        if (rank == rank_) return;
        rank_ = rank;
        emit changed();
    }
    /// 1 for the first of `decision`, which has a plan; the last where there are fewer than was chosen.
    int rankIn(const planner::Decision& decision) const {
        return std::min(rank_, static_cast<int>(decision.ranked.size()));
    }

  signals:
    void changed();

  private:
    int rank_ = 1;
};

}  // namespace deepvm::ui::state
