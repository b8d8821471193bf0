// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/change_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace deepvm::imports {

std::string change_text(const catalog::PriceChange& change) {
    auto text =
        fmt::format("{} {}{}{}, {}: ", change.dataset, change.region, change.region.empty() ? "" : " ",
                    change.type, change.is_spot ? "spot" : "on-demand");
    if (!change.before) return text + fmt::format("{} USD/h, new", change.after.decimal());
    return text + fmt::format("{} -> {} USD/h ({:+.1f} %)", change.before->decimal(), change.after.decimal(),
                              100 * (change.after.usd() / change.before->usd() - 1));
}

nlohmann::ordered_json change_json(const catalog::PriceChange& change) {
    const auto before = change.before ? nlohmann::ordered_json(change.before->decimal()) : nullptr;
    return {{"market", change.dataset},      {"region", change.region},
            {"instance_type", change.type},  {"purchase", change.is_spot ? "spot" : "on-demand"},
            {"usd_per_hour_before", before}, {"usd_per_hour", change.after.decimal()}};
}

}  // namespace deepvm::imports
