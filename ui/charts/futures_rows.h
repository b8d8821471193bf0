// SPDX-License-Identifier: GPL-3.0-or-later
// Futures of several plans made ready to be drawn: a row a plan, and every word on it. No Qt Charts here.
#pragma once

#include <QString>
#include <cstddef>
#include <memory>
#include <vector>

#include "charts/chart_text.h"
#include "explain/simulation.h"

namespace deepvm::ui::charts {

enum class FutureFigure { dollars, hours };

/// Futures per bin: each from first + i width up to the next; a single bin without width where all are alike.
struct FutureBins {
    double first = 0;
    double width = 0;
    std::vector<double> shares;  ///< of the runs, 0..1

    bool operator==(const FutureBins&) const = default;
};

struct FutureRow {
    problem::Architecture architecture = problem::Architecture::single_anchor;
    QString name;    ///< "Plan 1: 17 × g4dn.xlarge + 1 × c5.xlarge"
    QString absent;  ///< why there is nothing to draw; else empty
    FutureBins bins;
    risk::Spread spread;
    double low = 0;  ///< 99 % interval of the mean, of the figures as given
    double high = 0;
    double closed = 0;     ///< the closed form's mean
    bool inside = false;   ///< it lies in that interval
    std::size_t plan = 0;  ///< index into the futures
};

/// Of each plan, best first.
using SharedFutures = std::shared_ptr<const std::vector<explain::SimulatedPlan>>;

struct FuturesPlot {
    SharedFutures futures;
    FutureFigure figure = FutureFigure::dollars;
    std::vector<FutureRow> rows;
    double least = 0;  ///< what the axis has to show
    double most = 0;
    double beyond = 0;  ///< share of all futures above `most`, 0..1
    QString caption;
    QString summary;  ///< all of it in words, for a screen reader
};

/// Null makes an empty plot.
FuturesPlot makeFutures(SharedFutures futures, FutureFigure figure);

/// "$12.34", "7.5 h"
QString figureText(FutureFigure figure, double value);

/// The share of a row's futures, 0..1, that come to at most `value`.
double shareAtMost(const FuturesPlot& plot, std::size_t row, double value);

/// What `percent` (0..100) of a row's futures do not exceed.
double percentile(const FuturesPlot& plot, std::size_t row, double percent);

/// What the callout says at `value` of a row.
CalloutText futureText(const FuturesPlot& plot, std::size_t row, double value);

}  // namespace deepvm::ui::charts
