// SPDX-License-Identifier: GPL-3.0-or-later
// How long machines really lived: survival without the assumption that revocations have no memory
// (Kaplan and Meier 1958; machines that are given up before they are taken count as long as they lived).
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "risk/revocation.h"

namespace deepvm::risk {

/// One machine of a table.
struct Lifetime {
    std::string gpu;
    std::string zone;  ///< "us-east1-c"
    double hours = 0;
    bool revoked =
        false;  ///< false: it was still there, or reached the longest life that the provider allows

    bool operator==(const Lifetime&) const = default;
};

/// A CSV file with columns gpu, zone, lifetime_hours (0 to 1e6) and revoked (0 or 1).
base::Result<std::vector<Lifetime>> read_lifetimes(const std::filesystem::path& file);

/// Preemptible machines of Google Cloud live 24 hours at most.
inline constexpr double longest_life_on_gcp_hours = 24;

/// A share of machines, 0..1, with its 95 % confidence interval.
struct Share {
    double value = 0;
    double low = 0;
    double high = 0;

    bool operator==(const Share&) const = default;
};

/// What a table says of machines of one kind. Immutable: any thread may ask.
class Lifetimes {
  public:
    /// Machines are ended by the provider after `cap_hours` if there is a cap; rows that were not revoked and
    /// lived that long reached it. Refuses an empty table, lifetimes that are not finite and not negative, a
    /// cap that is not above 0, and machines that lived no time at all (invalid_input).
    static base::Result<Lifetimes> of(std::span<const Lifetime> machines,
                                      std::optional<double> cap_hours = longest_life_on_gcp_hours);

    /// The share of machines that live longer than `hours`, revocation and cap together: none beyond the cap.
    /// The interval is Greenwood's on the log-log scale; Clopper and Pearson's where none or all were
    /// revoked. Beyond the oldest machine seen and below the cap, survival goes on at mean_rate() and the
    /// interval is open below.
    Share survival(double hours) const;
    /// That `machines` (at least 1) which start together all live longer than `hours`.
    Share all_survive(int machines, double hours) const;

    /// Machines taken back or at the cap, per hour that machines lived: what a rate without memory would be.
    double mean_rate() const { return static_cast<double>(revoked_ + capped_) / hours_lived_; }
    /// mean_rate() with its exact 95 % confidence interval, the ends of machines taken as a Poisson count.
    RateRange mean_rate_range() const;

    /// The lifetime, in hours, that a share `quantile` in [0, 1) of the machines does not exceed: with
    /// uniform quantiles a sample of survival().
    double quantile_hours(double quantile) const;

    int machines() const { return static_cast<int>(lived_hours_.size()); }
    int revoked() const { return revoked_; }
    int capped() const { return capped_; }
    double hours_lived() const { return hours_lived_; }
    std::optional<double> cap_hours() const { return cap_hours_; }

    /// At each lifetime at which machines were revoked, rising, for a chart of steps: survival from there on.
    struct Step {
        double hours = 0;
        Share survival;
    };
    const std::vector<Step>& steps() const { return steps_; }

  private:
    Lifetimes() = default;
    double at_risk(double hours) const;

    std::vector<Step> steps_;
    std::vector<double> ended_;        // up to each step: 1 - survival
    std::vector<double> lived_hours_;  // rising, at most the cap
    std::optional<double> cap_hours_;
    double hours_lived_ = 0;
    int revoked_ = 0;
    int capped_ = 0;
};

/// "us-east1" of "us-east1-c": without the letter of the zone.
std::string region_of(std::string_view zone);

/// The machines of one GPU, in one region or (region empty) in all.
struct LifetimeGroup {
    std::string gpu;
    std::string region;
    Lifetimes lifetimes;
};

/// One group for each GPU, by name, each followed by its regions by name; errors as Lifetimes::of() of the
/// group.
base::Result<std::vector<LifetimeGroup>> lifetime_groups(
    std::span<const Lifetime> machines, std::optional<double> cap_hours = longest_life_on_gcp_hours);

}  // namespace deepvm::risk
