// SPDX-License-Identifier: GPL-3.0-or-later
// What is different in two catalogs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "catalog/merge.h"

namespace deepvm::imports {

/// An offer that only one of them has.
struct LoneOffer {
    std::string market;
    std::string region;
    std::string type;
    base::Money on_demand;
};

struct CatalogDiff {
    std::filesystem::path before;
    std::filesystem::path after;
    std::vector<catalog::PriceChange> changes;  ///< largest ratio first; spot prices that came have no before
    std::vector<catalog::PriceChange> lost_spot;  ///< spot prices that are gone: what they were is `after`
    std::vector<LoneOffer> appeared;              ///< dearest first
    std::vector<LoneOffer> gone;
    std::size_t same = 0;  ///< offers with the same prices
};

base::Result<CatalogDiff> compare_catalogs(const std::filesystem::path& before,
                                           const std::filesystem::path& after);

std::string diff_text(const CatalogDiff& diff);

/// As resources/schemas/deepvm-catalog-diff-1.schema.json has it.
std::string diff_json(const CatalogDiff& diff);

}  // namespace deepvm::imports
