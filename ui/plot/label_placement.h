// SPDX-License-Identifier: GPL-3.0-or-later
// Where texts go so that they neither overlap nor leave the chart. Pure geometry in pixels.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>
#include <vector>

namespace deepvm::ui::plot {

/// Centres of labels in one column, each `height` tall, as near to `wanted` as they can be without
/// overlapping, all inside `top`..`bottom`. Labels that do not fit get nothing; the first of `wanted` matter
/// most.
std::vector<std::optional<double>> spreadLabels(const std::vector<double>& wanted, double height, double top,
                                                double bottom);

/// A name that belongs to a point.
struct PointLabel {
    QPointF point;
    QSizeF size;
    double gap = 3;  ///< between the disc of the point and the name
};

/// The rectangle of each label beside its point (right, left, above, below), inside `bounds`, clear of the
/// labels before it and of all `obstacles` (discs of `radius` around points); nothing where there is no room.
std::vector<std::optional<QRectF>> placeBesidePoints(const std::vector<PointLabel>& labels,
                                                     const std::vector<QPointF>& obstacles, double radius,
                                                     const QRectF& bounds);

/// Where a callout of `size` goes: beside `anchor`, not over it, inside `bounds`.
QRectF placeCallout(const QSizeF& size, const QPointF& anchor, const QRectF& bounds);

/// The same below or above `clear`; where there is no room for either, on the wider side of it, as far as it
/// fits there.
QRectF placeClear(const QSizeF& size, const QPointF& anchor, const QRectF& clear, const QRectF& bounds);

/// Where a callout goes.
struct Spot {
    QPointF at;          ///< what it speaks of
    QRectF bounds = {};  ///< where it may stand; null: anywhere
    QRectF clear = {};   ///< what it must not cover; null: `at` only
};

}  // namespace deepvm::ui::plot
