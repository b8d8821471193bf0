// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spot_prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/least_squares.h"
#include "model/statistics.h"

namespace deepvm::model {
namespace {

std::map<std::string, TypeShare> type_shares(std::span<const SpotPair> pairs) {
    std::map<std::string, TypeShare> shares;
    for (const auto& pair : pairs)
        shares[pair.instance_type].add(pair.on_demand, pair.estimated);
    return shares;
}

// In an order of their own, so that sums do not depend on that of the file.
std::vector<SpotPair> in_order(std::span<const SpotPair> pairs) {
    std::vector<SpotPair> sorted(pairs.begin(), pairs.end());
    std::ranges::sort(sorted, {}, [](const SpotPair& pair) {
        return std::tie(pair.instance_type, pair.region, pair.observed, pair.estimated, pair.on_demand);
    });
    return sorted;
}

// Logarithms of what was estimated and observed, above the mean of the type's estimates.
struct ShrinkagePoint {
    double estimated = 0;
    double observed = 0;
};

std::vector<ShrinkagePoint> shrinkage_points(std::span<const SpotPair> sorted) {
    const auto shares = type_shares(sorted);
    std::vector<ShrinkagePoint> points;
    for (const auto& pair : sorted) {
        const double mean = shares.at(pair.instance_type).mean_log();
        points.push_back({std::log(pair.estimated / pair.on_demand) - mean,
                          std::log(pair.observed / pair.on_demand) - mean});
    }
    return points;
}

base::Result<SpotShrinkage> fit_points(const std::vector<const ShrinkagePoint*>& points) {
    constexpr std::size_t fewest = 3;
    if (points.size() < fewest)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("{} pairs of an estimated and an observed spot price tell nothing of the "
                        "estimates; add rows until there are {}",
                        points.size(), fewest));
    base::NonNegativeLeastSquares squares;
    for (const auto* point : points)
        squares.add(point->estimated, 1, point->observed);
    const auto [own, lift] = squares.minimum();
    double sum = 0;
    for (const auto* point : points) {
        const double error = point->observed - own * point->estimated - lift;
        sum += error * error;
    }
    return SpotShrinkage{own, lift, std::sqrt(sum / static_cast<double>(points.size() - 2))};
}

}  // namespace

base::Result<SpotPair> parse_spot_pair(const base::CsvRow& row) {
    constexpr double least = 1e-6;
    constexpr double most = 1e6;
    auto region = row.required("region");
    if (!region) return tl::unexpected(std::move(region.error()));
    auto type = row.required("instance_type");
    if (!type) return tl::unexpected(std::move(type.error()));
    const auto on_demand = row.number("on_demand_usd_per_hour", least, most);
    if (!on_demand) return tl::unexpected(on_demand.error());
    const auto estimated = row.number("advisor_usd_per_hour", least, most);
    if (!estimated) return tl::unexpected(estimated.error());
    const auto observed = row.number("observed_usd_per_hour", least, most);
    if (!observed) return tl::unexpected(observed.error());
    return SpotPair{std::move(*region), std::move(*type), *on_demand, *estimated, *observed};
}

void TypeShare::add(double on_demand, double estimated) {
    sum_ += std::log(estimated / on_demand);
    ++count_;
}

base::Result<SpotShrinkage> fit_spot_shrinkage(std::span<const SpotPair> pairs) {
    const auto points = shrinkage_points(in_order(pairs));
    std::vector<const ShrinkagePoint*> all;
    all.reserve(points.size());
    for (const auto& point : points)
        all.push_back(&point);
    return fit_points(all);
}

double likely_factor(const SpotShrinkage& shrinkage) {
    return std::exp(four_in_five * shrinkage.spread);
}

SpotEstimate shrunk_spot_price(const SpotShrinkage& shrinkage, double on_demand, double estimated,
                               double type_mean_log) {
    const double log = shrinkage.own * std::log(estimated / on_demand) + (1 - shrinkage.own) * type_mean_log +
                       shrinkage.lift;
    const double spread = four_in_five * shrinkage.spread;
    const auto price = [on_demand](double share) { return on_demand * std::min(1.0, std::exp(share)); };
    return {price(log), price(log - spread), price(log + spread)};
}

base::Result<std::vector<SpotPrediction>> leave_each_type_out(std::span<const SpotPair> pairs) {
    const auto sorted = in_order(pairs);
    const auto points = shrinkage_points(sorted);
    const auto shares = type_shares(sorted);
    if (shares.empty()) return tl::unexpected(fit_spot_shrinkage(pairs).error());
    std::map<std::string, SpotShrinkage> without;
    for (const auto& [type, share] : shares) {
        std::vector<const ShrinkagePoint*> others;
        for (std::size_t i = 0; i < points.size(); ++i)
            if (sorted[i].instance_type != type) others.push_back(&points[i]);
        const auto fit = fit_points(others);
        if (!fit) return tl::unexpected(fit.error());
        without.emplace(type, *fit);
    }
    std::vector<SpotPrediction> predictions;
    for (const auto& pair : pairs)
        predictions.push_back(
            {pair, shrunk_spot_price(without.at(pair.instance_type), pair.on_demand, pair.estimated,
                                     shares.at(pair.instance_type).mean_log())});
    return predictions;
}

std::vector<double> observed_over_promised(std::span<const SpotPrediction> predictions, std::size_t least) {
    std::map<std::string, std::vector<const SpotPrediction*>> by_type;
    for (const auto& prediction : predictions)
        by_type[prediction.pair.instance_type].push_back(&prediction);
    std::vector<double> ratios;
    for (const auto& [type, regions] : by_type) {
        if (regions.size() < least) continue;
        const auto* chosen = *std::ranges::min_element(regions, {}, [](const SpotPrediction* region) {
            return std::tie(region->estimate.usd_per_hour, region->pair.region);
        });
        ratios.push_back(chosen->pair.observed / chosen->estimate.usd_per_hour);
    }
    return ratios;
}

}  // namespace deepvm::model
