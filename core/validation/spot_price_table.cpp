// SPDX-License-Identifier: GPL-3.0-or-later
// Spot prices that were estimated from an average saving, and what was observed there.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "model/spot_prices.h"
#include "model/statistics.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

constexpr std::size_t enough_pairs = 4;
constexpr double least_median = 0.95;
constexpr double most_median = 1.10;
constexpr double most_mean = 1.2;

Goal price_goal(std::string wording, double reached, bool met, bool any) {
    return {std::move(wording), any ? fmt::format("{:.2f}", reached) : "nothing was predicted", any && met};
}

void judge_promises(Table& table, const std::vector<model::SpotPrediction>& predictions) {
    const auto ratios = model::observed_over_promised(predictions, enough_pairs);
    const bool any = !ratios.empty();
    const double middle = any ? model::median(ratios) : 0;
    const double mean =
        any ? std::accumulate(ratios.begin(), ratios.end(), 0.0) / static_cast<double>(ratios.size()) : 0;
    const auto of = fmt::format("observed over promised price in the region that estimates choose, {} types",
                                ratios.size());
    table.goals = {
        price_goal(fmt::format("{}: median {:.2f} to {:.2f}", of, least_median, most_median), middle,
                   middle >= least_median && middle <= most_median, any),
        price_goal(fmt::format("{}: mean at most {:.2f}", of, most_mean), mean, mean <= most_mean, any)};
}

}  // namespace

base::Result<Table> spot_price_table(const std::filesystem::path& folder) {
    const auto pairs =
        read_rows<model::SpotPair>(folder, spot_price_file, model::spot_pair_columns, model::parse_spot_pair);
    if (!pairs) return tl::unexpected(pairs.error());
    Table table{std::string(spot_price_file),
                "all other types: each is left out of the fit that predicts it",
                "every spot price that is an estimate",
                {},
                {},
                {},
                pairs->missing};
    if (!table.missing.empty()) return table;
    const auto predictions = model::leave_each_type_out(pairs->rows);
    if (!predictions) {
        table.missing = fmt::format("{}: {}", spot_price_file, predictions.error().message);
        return table;
    }
    for (const auto& [pair, estimate] : *predictions)
        add_row(table, {{"region", pair.region}, {"instance_type", pair.instance_type}}, false,
                {"observed_usd_per_hour", Unit::usd}, pair.observed, estimate.usd_per_hour);
    judge_promises(table, *predictions);
    if (const auto fit = model::fit_spot_shrinkage(pairs->rows))
        table.notes.push_back(
            fmt::format("with all types: {:.2f} of a region's own saving, the rest of its type's mean, times "
                        "{:.2f}; an observed price is within {:.0f} % of it in two of three cases",
                        fit->own, std::exp(fit->lift), 100 * (std::exp(fit->spread) - 1)));
    return table;
}

}  // namespace deepvm::validation
