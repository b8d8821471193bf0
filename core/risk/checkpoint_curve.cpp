// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/checkpoint_curve.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace deepvm::risk {
namespace {

std::optional<CheckpointPoint> point(const JobRun& run, const Outlook& expected) {
    if (!expected.finishes) return std::nullopt;
    return CheckpointPoint{
        expected.interval_seconds, expected.checkpoints, expected.expected_hours,
        100 * ((expected.expected_hours * seconds_per_hour - run.start_seconds) / run.useful_seconds - 1)};
}

std::optional<CheckpointPoint> in_segments(const JobRun& run, std::int64_t segments) {
    return point(run, outlook(run, run.useful_seconds / static_cast<double>(segments)));
}

// The expected time falls and then rises with the number of segments: down from `start`, in steps that double
// as long as they help and then halve.
CheckpointPoint best_of(const JobRun& run, const CheckpointPoint& start, std::int64_t most) {
    CheckpointPoint best = start;
    const auto improve = [&](std::int64_t segments) {
        if (segments < 1 || segments > most) return false;
        const auto tried = in_segments(run, segments);
        if (!tried || tried->expected_hours >= best.expected_hours) return false;
        best = *tried;
        return true;
    };
    const auto at = [&] { return static_cast<std::int64_t>(best.checkpoints) + 1; };
    std::int64_t step = 1;
    while (improve(at() + step) || improve(at() - step))
        step *= 2;
    for (; step > 0; step /= 2)
        while (improve(at() + step) || improve(at() - step)) {
        }
    improve(1);  // none at all may beat one, and one be worse than both none and two
    return best;
}

}  // namespace

CheckpointCurve checkpoint_curve(const JobRun& run, int points) {
    CheckpointCurve curve;
    curve.young_daly = curve.best = point(run, outlook(run));
    if (!run.throughputs.empty() || !curve.best) return curve;
    const std::int64_t most = outlook(run, 0.0).finishes ? outlook(run, 0.0).checkpoints + std::int64_t{1}
                                                         : std::numeric_limits<int>::max();
    curve.best = best_of(run, *curve.best, most);

    constexpr double reach = 100;
    const double middle = static_cast<double>(curve.best->checkpoints) + 1;
    const double fewest = std::max(1.0, std::floor(middle / reach));
    const double span = std::min(static_cast<double>(most), middle * reach) / fewest;
    const int count = std::max(points, 2);
    std::int64_t before = 0;
    for (int i = 0; i < count; ++i) {
        const double share = 1 - static_cast<double>(i) / (count - 1);
        const auto segments = static_cast<std::int64_t>(std::llround(fewest * std::pow(span, share)));
        if (segments == before) continue;
        before = segments;
        const auto here = in_segments(run, segments);
        if (here && (curve.points.empty() || here->checkpoints < curve.points.back().checkpoints))
            curve.points.push_back(*here);
    }
    return curve;
}

}  // namespace deepvm::risk
