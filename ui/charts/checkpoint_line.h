// SPDX-License-Identifier: GPL-3.0-or-later
// What the interval between checkpoints costs, made ready to be drawn. No Qt Charts here.
#pragma once

#include <QPointF>
#include <QString>
#include <cstddef>
#include <optional>
#include <vector>

#include "charts/chart_text.h"
#include "charts/timeline_rows.h"
#include "risk/checkpoint_curve.h"

namespace deepvm::ui::charts {

struct CheckpointLine {
    /// Where the curve is above 0 (both axes are logarithmic), with the two marked intervals among them.
    std::vector<risk::CheckpointPoint> points;
    std::optional<std::size_t> best;        ///< index into points: the least expected time
    std::optional<std::size_t> young_daly;  ///< index into points; the same where both agree
    QString best_name;
    QString young_daly_name;
    QString summary;  ///< all of it in words, for a screen reader
};

/// Empty where nothing rolls back or the job does not finish.
CheckpointLine checkpointLine(const risk::CheckpointCurve& curve);

/// At most about `most` ticks of a logarithmic axis of intervals: "1 s", "10 s", "1 min" ...
std::vector<TimelineTick> intervalTicks(double from_seconds, double to_seconds, int most);

/// "0.42 %", "12.5 %", "1,250 %"
QString overheadText(double percent);

/// A row a point of the curve.
Table checkpointTable(const CheckpointLine& line);

CalloutText checkpointText(const CheckpointLine& line, std::size_t index);

}  // namespace deepvm::ui::charts
