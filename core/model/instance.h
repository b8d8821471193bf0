// SPDX-License-Identifier: GPL-3.0-or-later
// Instance types and what they cost somewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"

namespace deepvm::model {

/// One row of resources/catalog/accelerators.csv: dense peak rates of one accelerator.
struct Accelerator {
    std::string name;
    std::string display_name;
    double fp32_tflops = 0;
    double tensor_tflops = 0;
    double memory_gib = 0;
    double memory_bandwidth_gbs = 0;  ///< 0 where it is unknown
    int year = 0;                     ///< of its architecture; 0 where it is unknown

    bool operator==(const Accelerator&) const = default;
};

/// Coefficients of the published logistic speedup curve (DeepVM, CCGrid 2024, table of scaling parameters).
struct LogisticScaling {
    double a = 0;
    double b = 0;
    double c = 0;

    bool operator==(const LogisticScaling&) const = default;
};

/// The way that bytes take between machines.
enum class Fabric : std::uint8_t {
    tcp,             ///< the operating system's own way
    efa,             ///< AWS Elastic Fabric Adapter
    infiniband,      ///< InfiniBand or RoCE
    gpudirect_tcpx,  ///< Google's
};

/// Programs built for one of them do not run on the other.
enum class HostArchitecture : std::uint8_t { x86_64, arm64 };
/// "arm64"
std::string_view name(HostArchitecture host);

/// A machine size as the provider names it.
struct InstanceType {
    std::string provider;  ///< empty in a published data set
    std::string name;      ///< unique within the provider
    std::string family;
    std::string quota_class;  ///< the provider's vCPU quota that it counts against
    int vcpus = 0;
    std::optional<double> memory_gib;  ///< nothing where the source does not say (simulated types)
    double network_gbps = 0;           ///< of the line; 0 where it is not known
    Fabric fabric = Fabric::tcp;
    double fabric_gbps = 0;  ///< of the fabric's own line, 0 where it is the network's
    HostArchitecture host = HostArchitecture::x86_64;
    std::optional<Accelerator> accelerator;
    int accelerator_count = 0;
    std::optional<double> published_rate;    ///< the `flops` column of a published data set, as it is
    std::optional<LogisticScaling> scaling;  ///< published scaling coefficients

    /// Whether it can train: all others can only be remote nodes.
    bool is_worker() const { return accelerator.has_value() || published_rate.has_value(); }

    /// Without a known network a machine can only be planned alone.
    bool network_known() const { return network_gbps > 0; }

    bool operator==(const InstanceType&) const = default;
};

/// Year of its accelerators' architecture; 0 without, and where it is not known.
int generation(const InstanceType& type);

/// "aws/g4dn.xlarge": tells types of several providers apart that share a name; the name alone in a published
/// data set.
std::string type_id(std::string_view provider, std::string_view type);

/// What kind of price a spot price is. The catalog file keeps the numbers.
enum class PriceBasis : std::uint8_t {
    list = 0,             ///< a list of spot prices
    observed = 1,         ///< seen at the date of its source
    advisor_savings = 2,  ///< the on-demand price less an average saving
    published = 3,        ///< part of a published data set
};
inline constexpr int price_bases = 4;

/// "advisor-savings", as in offers.csv.
std::string_view name(PriceBasis basis);

/// The hourly prices of one instance type in one region. Small, because a market may have a million.
struct Offer {
    std::size_t type = 0;  ///< index into Market::types
    base::Money on_demand;
    /// What a spot machine is planned with: an estimate is shrunk (spot_prices.h). Nothing where the source
    /// has none, or none below the on-demand price.
    std::optional<base::Money> spot;
    std::optional<base::Money> listed_spot;         ///< what the source says, where that is another price
    std::uint16_t on_demand_source = 0;             ///< index into Market::sources
    std::uint16_t spot_source = 0;                  ///< index into Market::sources; 0 without a spot price
    PriceBasis spot_basis = PriceBasis::list;       ///< list without a spot price
    std::optional<std::uint8_t> interruption_band;  ///< 0: under 5 % a month ... 4: over 20 %
    bool doubtful = false;  ///< the on-demand price is 99 % below every other of its type

    bool operator==(const Offer&) const = default;
};

}  // namespace deepvm::model
