// SPDX-License-Identifier: GPL-3.0-or-later
// The SQLite catalog of instance types and prices, opened read-only.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/market.h"

namespace deepvm::catalog {

/// Stands for every region of a provider: a cluster may be in any of them, but in one place.
inline constexpr std::string_view any_region = "any";
/// Stands for every provider (not the published data sets), in any region.
inline constexpr std::string_view any_provider = "any";

/// The part of the catalog that a person chose.
struct Selection {
    std::string market = "deepvm-paper";  ///< a published data set, a provider or any_provider
    std::string region;  ///< empty for a published data set; any_region for all of a provider

    bool operator==(const Selection&) const = default;
};

/// One line of what there is to choose from.
struct MarketSummary {
    std::string name;
    std::string title;
    model::MarketKind kind = model::MarketKind::provider;
    std::vector<std::string> regions;  ///< ascending; one empty one for a published data set, any_region
                                       ///< alone for any_provider
    int instance_types = 0;
    int offers = 0;
    std::string prices_as_of;  ///< ISO date of the oldest source

    bool operator==(const MarketSummary&) const = default;
};

/// A price that an import has replaced.
struct PastPrice {
    bool is_spot = false;
    base::Money price;
    model::PriceBasis basis = model::PriceBasis::list;
    model::Source source;

    bool operator==(const PastPrice&) const = default;
};

/// The zones behind a spot price, which is that of the cheapest.
struct SpotRange {
    std::string zone;  ///< the cheapest; empty where the source names none
    int zones = 1;
    base::Money low;
    base::Money high;

    bool operator==(const SpotRange&) const = default;
};

/// What the catalog knows of an offer beside its prices.
struct OfferPast {
    std::vector<PastPrice> prices;  ///< on-demand first, each from the oldest on
    std::optional<SpotRange> range;
};

/// `wanted` where `markets` have it; else that market, else the first there is, in its one region or in any
/// of them.
Selection selection_there_is(const std::vector<MarketSummary>& markets, const Selection& wanted);

/// The contents of one catalog file. Not thread-safe: one owner, one thread. The markets it hands out are.
class Catalog {
  public:
    /// Opens `file` read-only and guarantees that it is, bit for bit, what a build of this schema version has
    /// written and checked in full: by a checksum in the file, so at the speed of reading it. Refuses a
    /// missing, empty, truncated, foreign or changed file (unreadable, damaged, wrong_version); of a changed
    /// one it says what check() finds wrong. No defence against a forged checksum: even then load() refuses
    /// rows that cannot be, and nothing crashes. Works on a copy in memory, as large as the file: the file
    /// may be on a read-only medium, and later changes of it are not seen.
    static base::Result<Catalog> open(const std::filesystem::path& file);

    Catalog(Catalog&&) noexcept;
    Catalog& operator=(Catalog&&) noexcept;
    ~Catalog();

    /// The file that was opened.
    const std::filesystem::path& file() const;

    /// Published data sets first, then providers by name, then any_provider if there is a provider.
    const std::vector<MarketSummary>& markets() const;

    /// Every source of prices, by id.
    const std::vector<model::Source>& sources() const;

    /// Refuses an unknown market or region with the nearest known name. Looks at `stop` every 1024 offers
    /// (`cancelled`).
    base::Result<std::shared_ptr<const model::Market>> load(const Selection& selection,
                                                            const std::stop_token& stop = {}) const;

    /// Every machine type of a data set or provider, in catalog order, also those that no place offers.
    base::Result<std::vector<model::InstanceType>> types(const std::string& market) const;

    /// Every accelerator whose rates are known, by name, also those that no offer has.
    base::Result<std::vector<model::Accelerator>> accelerators() const;

    /// Empty for an offer that is not there, and in a catalog that nothing was imported into.
    base::Result<OfferPast> past(const std::string& dataset, const std::string& region,
                                 const std::string& type) const;

    /// The check of a build once more: every page, index and row, what refers to what, the summaries, and
    /// that every market loads.
    base::Result<void> check() const;

  private:
    struct Connection;
    tl::unexpected<base::Error> every_provider_refuses(const std::string& region) const;
    explicit Catalog(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace deepvm::catalog
