// SPDX-License-Identifier: GPL-3.0-or-later
// New prices into a catalog that is there: what an import has read becomes a catalog file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "catalog/catalog.h"

namespace deepvm::catalog {

/// A price with what has to stand beside it.
struct Quote {
    base::Money price;
    model::PriceBasis basis = model::PriceBasis::list;
    std::size_t source = 0;  ///< index into Merge::sources
};

/// An average saving over the on-demand price, whatever that is in the end.
struct Saving {
    int percent = 0;  ///< 1..99
    std::size_t source = 0;
};

/// How often spot machines are taken back.
struct Band {
    int band = 0;  ///< 0..4
    std::size_t source = 0;
};

/// What one file says of one type in one region.
struct OfferUpdate {
    std::string dataset;
    std::string region;  ///< empty in a published data set
    std::string type;
    std::optional<Quote> on_demand;
    std::optional<Quote> spot;
    std::optional<Saving> saving;  ///< instead of a spot price
    std::optional<SpotRange> range;
    std::optional<Band> band;
};

/// A machine type that the catalog may not have yet.
struct TypeAddition {
    std::string dataset;
    model::InstanceType type;
};

/// A data set that the catalog may not have yet.
struct DatasetAddition {
    std::string name;
    std::string title;
    model::MarketKind kind = model::MarketKind::provider;
};

/// Limits of a published data set.
struct QuotaUpdate {
    std::string dataset;
    model::Quota quota;
    std::size_t source = 0;
};

struct Merge {
    std::vector<model::Source> sources;
    std::vector<DatasetAddition> datasets;
    std::vector<TypeAddition> types;
    std::vector<OfferUpdate> offers;  ///< of two for the same offer the later counts
    std::vector<QuotaUpdate> quotas;
    bool allow_older = false;  ///< prices, bands and limits may replace newer ones
};

struct PriceChange {
    std::string dataset;
    std::string region;
    std::string type;
    bool is_spot = false;
    std::optional<base::Money> before;  ///< nothing for a price that was not there
    base::Money after;
};

/// Why an update, or a part of it, did not go in.
enum class Unused : std::uint8_t {
    no_type,       ///< the catalog does not have the type
    no_on_demand,  ///< neither catalog nor update have the on-demand price, which every offer needs
    no_region,     ///< neither catalog nor update have an on-demand price in the region
    older,         ///< the catalog's price is newer
    estimate,      ///< an estimate from savings, where the catalog has a price that somebody has seen
    older_band,    ///< the catalog's interruption band came with newer prices
};

struct UnusedUpdate {
    std::size_t offer = 0;  ///< index into Merge::offers
    Unused why = Unused::no_type;
};

struct MergeOutcome {
    int new_types = 0;
    int new_offers = 0;
    int confirmed = 0;  ///< prices that are what they were
    int bands = 0;      ///< interruption bands that are others now, or new
    int quotas = 0;     ///< limits that are others now, or new
    std::vector<PriceChange> changes;
    std::vector<UnusedUpdate> unused;
    std::vector<std::size_t> older_quotas;  ///< into Merge::quotas: the prices of the market are newer
    std::vector<std::string> new_regions;   ///< of providers that had others: to be looked at
    std::vector<std::string> flagged;       ///< taken, and to be looked at
};

/// Merges into a copy of `target`, or of `otherwise` where there is no target yet, and replaces `target` in
/// one step: whoever reads it, and whoever ends the program at any time, finds the old or the new catalog,
/// whole. The prices that are replaced are kept (Catalog::past). One merge at a time works on a folder;
/// others wait. With `dry_run` nothing is written. A catalog of an older version that is still read becomes
/// one of today's.
base::Result<MergeOutcome> merge_prices(const std::filesystem::path& target,
                                        const std::filesystem::path& otherwise, const Merge& merge,
                                        bool dry_run = false);

}  // namespace deepvm::catalog
