// SPDX-License-Identifier: GPL-3.0-or-later
// What one person can rent from: an immutable part of the catalog, loaded once and shared between threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/instance.h"
#include "model/saturation.h"
#include "model/speeds.h"
#include "model/workload.h"

namespace deepvm::model {

/// A published data set is planned with its own rates and quotas; a provider with list prices and peak rates.
enum class MarketKind { published, provider };

/// Where a price comes from and how old it is.
struct Source {
    std::string id;
    std::string description;
    std::string as_of;  ///< ISO date, "2026-07-20"

    bool operator==(const Source&) const = default;
};

/// vCPUs that may run at once in one quota class.
struct Quota {
    std::string quota_class;
    int on_demand_vcpus = 0;
    int spot_vcpus = 0;

    bool operator==(const Quota&) const = default;
};

/// Machines of one cluster share a place: one region of one provider.
struct Place {
    std::string provider;  ///< empty for a published data set, as the region
    std::string region;
    std::vector<Offer> offers;  ///< in catalog order

    bool operator==(const Place&) const = default;
};

/// Immutable once built; safe to read from any thread.
struct Market {
    std::string name;   ///< "deepvm-paper", "aws", "any"
    std::string title;  ///< "DeepVM paper, 2024"
    MarketKind kind = MarketKind::provider;
    std::vector<InstanceType> types;  ///< in catalog order, those of one provider together
    std::vector<Place> places;        ///< those of one provider together
    std::vector<Quota> quotas;        ///< published limits; empty for a provider
    std::optional<int> node_bound;    ///< published exclusive bound on n and m that stands for quotas
    std::vector<Source> sources;      ///< all that the offers name, by id
    std::vector<WorkloadProfile> workloads;
    SpeedKnowledge speeds;
    NetworkSaturation saturation;

    bool operator==(const Market&) const = default;
};

/// Whether its places belong to several providers, so that names of types, regions and quota classes need the
/// provider's beside them.
bool spans_providers(const Market& market);

/// "us-east-1", "gcp us-central1": with the provider where it is given; empty for a published data set.
std::string place_name(std::string_view provider, std::string_view region);

/// The one name of a provider where people read it, as the catalog's titles have it: "Google Cloud" for gcp.
/// One that is not known is called as it is named.
std::string provider_title(std::string_view provider);

/// The place by that name: "Google Cloud us-central1".
std::string place_title(std::string_view provider, std::string_view region);

/// What a limit on the type's quota class is given for: "G", or "aws/G" where the market has several
/// providers.
std::string quota_name(const Market& market, const InstanceType& type);

/// The date of the oldest price of the market ("prices as of"), empty without offers.
std::string prices_as_of(const Market& market);

/// Prices older than this are marked, in days.
inline constexpr int stale_days = 90;

const WorkloadProfile* find_workload(const Market& market, std::string_view name);

/// Where the prices of one of the market's offers come from; null where the market does not say, and for the
/// spot price of an offer without one.
const Source* on_demand_source(const Market& market, const Offer& offer);
const Source* spot_source(const Market& market, const Offer& offer);

/// With what the ids of sources begin that are files of a person's own, with rows that name no other source.
inline constexpr std::string_view own_source = "csv-";
/// Whether it is one; false for null.
bool is_own(const Source* source);

}  // namespace deepvm::model
