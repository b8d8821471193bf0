// SPDX-License-Identifier: GPL-3.0-or-later
// What a replayed figure says: pure functions from its points to words.
#pragma once

#include <QString>
#include <QStringList>

#include "plot/words.h"
#include "validation/replay.h"

namespace deepvm::ui::charts {

/// "Published rules", "Corrected rules".
QString rulesName(validation::Rules rules);

/// A value with the replay's unit: "7.67 ×", "251 s", "$0.199", "37.1 %".
QString replayValue(const validation::Replay& replay, double value);

/// Where a point is: "4 nodes", "rank-1".
QString placeOf(const validation::Replay& replay, std::size_t point);

/// "7.3 × (-4.8 %)", "as measured: given to these rules", "these rules say nothing of it".
QString oursText(const validation::Replay& replay, std::size_t point, validation::Rules rules);

/// "4 nodes: measured 2.48 ×, ours 1.77 × (-28.8 %)"; of named places with their number before it.
QString errorLine(const validation::Replay& replay, std::size_t point, validation::Rules rules);

/// "median error 3.4 %, worst 18.2 %"; without points that could be judged, that there are none.
QString errorsInAll(const validation::Replay& replay, validation::Rules rules);

plot::CalloutText pointText(const validation::Replay& replay, std::size_t point, validation::Rules rules);

/// A row a point, with both rules.
plot::Table replayTable(const validation::Replay& replay);

}  // namespace deepvm::ui::charts
