// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about simulated futures: a table with a column a plan, and sentences. Pure functions.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "exchange/simulation.h"

namespace deepvm::ui::state {

struct FuturesTable {
    struct Row {
        QString name;
        QStringList values;  ///< one a plan
    };
    std::vector<Row> rows;
};

/// In dollars, or in time. `deadline_hours` adds who keeps it.
FuturesTable futuresTable(const std::vector<exchange::SimulatedPlan>& plans, bool dollars,
                          std::optional<double> deadline_hours);

/// "1 is cheaper than 2 in 72 of 100 futures, than 3 in 99 of 100; 2 than 3 in 80 of 100."; empty where no
/// two plans were simulated.
QString cheaperSentence(const std::vector<exchange::SimulatedPlan>& plans);

/// Why nothing could be simulated, and what to do; empty where at least one plan was.
QString nothingSimulated(const std::vector<exchange::SimulatedPlan>& plans);

}  // namespace deepvm::ui::state
