// SPDX-License-Identifier: GPL-3.0-or-later
// How what an expert set by hand and the quotas are kept between two starts.
#pragma once

#include <QSettings>
#include <QVariantMap>
#include <optional>
#include <span>

#include "session/exploration.h"

namespace deepvm::ui::state {

/// A number of the exploration that an expert may set, with the range that the planner takes.
struct AssumptionNumber {
    const char* key;
    double least;
    double most;
    std::optional<double> (*get)(const session::Exploration&);
    void (*set)(session::Exploration&, std::optional<double>);  ///< nothing only where get() can give nothing
};
std::span<const AssumptionNumber> assumptionNumbers();

/// Only what differs from the planner's own is written, so a later default reaches who never chose.
QVariantMap assumptionKeys(const session::Exploration& exploration);

/// What cannot be meant is left at its default.
void loadAssumptions(QSettings& settings, session::Exploration& exploration);

}  // namespace deepvm::ui::state
