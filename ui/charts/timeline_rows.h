// SPDX-License-Identifier: GPL-3.0-or-later
// A run of the checkpoint pipeline made ready to be drawn: rows, ticks, and every word on them. No Qt Charts
// here.
#pragma once

#include <QString>
#include <QStringList>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "charts/chart_text.h"
#include "risk/deepcheck.h"

namespace deepvm::ui::charts {

/// One lane: a range of the run's spans.
struct TimelineRow {
    QString name;
    std::size_t first = 0;
    std::size_t last = 0;  ///< behind the last
    int places = 1;        ///< places side by side that are used
};

struct TimelineTick {
    double at = 0;  ///< seconds, or checkpoints
    QString text;   ///< with its unit; of checkpoints without
};

/// Owns what it shows; cheap to build from any run.
struct TimelinePlot {
    risk::DeepCheckRun run;
    std::array<TimelineRow, risk::all_lanes.size()> rows;  ///< as risk::all_lanes, top to bottom
    QString fill_name;                                     ///< of the curve below them, with its unit
    double fill_top = 1;                                   ///< checkpoints at the upper end of its axis
    std::vector<TimelineTick> fill_ticks;
    QString room;  ///< what remote memory holds; said at a line where that is within fill_top
    /// Line by line what a revocation loses, each with shorter ways to say it; empty without one.
    std::vector<QStringList> losses;
    QString caption;  ///< how long training stands still, and why
    QString summary;  ///< all of it in words, for a screen reader
};

TimelinePlot makeTimeline(const risk::DeepCheckRun& run);

/// A row a span: from when to when what happens to which checkpoint.
Table spanTable(const TimelinePlot& plot);

/// What the callout of a span says.
CalloutText spanText(const TimelinePlot& plot, std::size_t index);

/// "network", "remote memory": what a stall is marked with where there is room.
QString causeName(risk::Cause cause);

/// "250 ms", "8.0 s", "2 min 30 s", "3.5 h"
QString timeText(double seconds);

/// At most `most` ticks from 0 to `duration`, in seconds, minutes or hours.
std::vector<TimelineTick> timeTicks(double duration_seconds, int most);

/// The span at `seconds` in a slot of a row, or one within `reach` seconds of it; nothing where there is
/// none.
std::optional<std::size_t> spanAt(const TimelinePlot& plot, std::size_t row, int slot, double seconds,
                                  double reach);

}  // namespace deepvm::ui::charts
