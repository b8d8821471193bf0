// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/label_placement.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace deepvm::ui::plot {
namespace {

// Labels that touch: they move as one, around the mean of what they want.
struct Cluster {
    double sum = 0;  // of wanted centres, each less its place in the cluster
    std::size_t count = 0;
    double centre = 0;  // of the first label

    double end(double height) const { return centre + static_cast<double>(count) * height; }
};

bool touchesPoint(const QRectF& label, const std::vector<QPointF>& points, double radius) {
    const QRectF grown = label.adjusted(-radius, -radius, radius, radius);
    return std::any_of(points.begin(), points.end(),
                       [&](const QPointF& point) { return grown.contains(point); });
}

double clampedStart(double start, double length, double from, double to) {
    return std::max(from, std::min(start, to - length));
}

}  // namespace

std::vector<std::optional<double>> spreadLabels(const std::vector<double>& wanted, double height, double top,
                                                double bottom) {
    std::vector<std::optional<double>> placed(wanted.size());
    // A chart that has no size yet has labels without height, of which infinitely many would fit.
    const double room = height > 0 ? std::max(0.0, (bottom - top) / height) : 0;
    std::vector<std::size_t> order(
        static_cast<std::size_t>(std::min(room, static_cast<double>(wanted.size()))));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return wanted[a] < wanted[b]; });

    const double first = top + height / 2;
    std::vector<Cluster> clusters;
    for (const auto index : order) {
        Cluster cluster{wanted[index], 1, wanted[index]};
        while (true) {
            const double most = bottom + height / 2 - static_cast<double>(cluster.count) * height;
            cluster.centre =
                std::clamp(cluster.sum / static_cast<double>(cluster.count), first, std::max(first, most));
            if (clusters.empty() || clusters.back().end(height) <= cluster.centre) break;
            const auto before = clusters.back();
            clusters.pop_back();
            cluster.sum += before.sum - static_cast<double>(before.count * cluster.count) * height;
            cluster.count += before.count;
        }
        clusters.push_back(cluster);
    }
    std::size_t next = 0;
    for (const auto& cluster : clusters)
        for (std::size_t i = 0; i < cluster.count; ++i)
            placed[order[next++]] = cluster.centre + static_cast<double>(i) * height;
    return placed;
}

std::vector<std::optional<QRectF>> placeBesidePoints(const std::vector<PointLabel>& labels,
                                                     const std::vector<QPointF>& obstacles, double radius,
                                                     const QRectF& bounds) {
    std::vector<std::optional<QRectF>> placed;
    std::vector<QRectF> taken;
    for (const auto& label : labels) {
        const double gap = radius + label.gap;
        const auto [w, h] = std::pair(label.size.width(), label.size.height());
        const std::array offsets{QPointF(gap, -h / 2),
                                 QPointF(-gap - w, -h / 2),
                                 QPointF(-w / 2, -gap - h),
                                 QPointF(-w / 2, gap),
                                 QPointF(gap - radius, -gap - h + radius / 2),
                                 QPointF(gap - radius, gap - radius / 2)};
        std::optional<QRectF> found;
        for (const auto& offset : offsets) {
            const QRectF place(label.point + offset, label.size);
            const bool free = std::none_of(taken.begin(), taken.end(),
                                           [&](const QRectF& r) { return r.intersects(place); });
            if (!free || !bounds.contains(place) || touchesPoint(place, obstacles, radius)) continue;
            found = place;
            taken.push_back(place);
            break;
        }
        placed.push_back(found);
    }
    return placed;
}

QRectF placeCallout(const QSizeF& size, const QPointF& anchor, const QRectF& bounds) {
    constexpr double gap = 16;
    const auto [w, h] = std::pair(size.width(), size.height());
    const bool right = anchor.x() + gap + w <= bounds.right();
    const bool left = anchor.x() - gap - w >= bounds.left();
    const bool below = anchor.y() + gap + h <= bounds.bottom();
    double x = right ? anchor.x() + gap : anchor.x() - gap - w;
    double y = below ? anchor.y() + gap : anchor.y() - gap - h;
    if (!right && !left)
        x = anchor.x() - w / 2;  // above or below then, so it covers the anchor only if it must
    x = clampedStart(x, w, bounds.left(), bounds.right());
    y = clampedStart(y, h, bounds.top(), bounds.bottom());
    return {QPointF(x, y), size};
}

QRectF placeClear(const QSizeF& size, const QPointF& anchor, const QRectF& clear, const QRectF& bounds) {
    constexpr double closer = 12;  // a callout keeps 16 px from its anchor
    for (const double y : {clear.bottom() - closer, clear.top() + closer}) {
        const QRectF place = placeCallout(size, {anchor.x(), y}, bounds);
        if (!place.intersects(clear)) return place;
    }
    constexpr double overlap = 56;
    const bool right = bounds.right() - clear.right() >= clear.left() - bounds.left();
    const double edge = right ? clear.right() : clear.left();
    QRectF side = bounds;
    right ? side.setLeft(edge - overlap) : side.setRight(edge + overlap);
    return placeCallout(size, {edge, clear.center().y()}, side);
}

}  // namespace deepvm::ui::plot
