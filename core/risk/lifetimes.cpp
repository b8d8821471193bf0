// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/lifetimes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "base/csv_table.h"
#include "model/statistics.h"

namespace deepvm::risk {
namespace {

using base::ErrorCode;
using base::fail;

constexpr double tail_95 = 0.025;

base::Result<Lifetime> lifetime(const base::CsvRow& row) {
    auto gpu = row.required("gpu");
    if (!gpu) return tl::unexpected(std::move(gpu.error()));
    auto zone = row.required("zone");
    if (!zone) return tl::unexpected(std::move(zone.error()));
    const auto hours = row.number("lifetime_hours", 0, 1e6);
    if (!hours) return tl::unexpected(hours.error());
    const auto revoked = row.count("revoked", 0, 1);
    if (!revoked) return tl::unexpected(revoked.error());
    return Lifetime{std::move(*gpu), std::move(*zone), *hours, *revoked == 1};
}

// Greenwood's variance sum on the scale of log(-log), which keeps the interval within 0 and 1.
Share log_log_share(double value, double greenwood, double at_risk) {
    if (value >= 1) return {1, std::pow(tail_95, 1 / at_risk), 1};
    if (value <= 0) return {0, 0, 1 - std::pow(tail_95, 1 / at_risk)};
    const double width = std::exp(model::normal_95 * std::sqrt(greenwood) / -std::log(value));
    return {value, std::pow(value, width), std::pow(value, 1 / width)};
}

}  // namespace

base::Result<std::vector<Lifetime>> read_lifetimes(const std::filesystem::path& file) {
    constexpr std::array<std::string_view, 4> columns{"gpu", "zone", "lifetime_hours", "revoked"};
    const auto table = base::CsvTable::read(file, columns);
    if (!table) return tl::unexpected(table.error());
    std::vector<Lifetime> lifetimes;
    lifetimes.reserve(table->size());
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto read = lifetime(table->row(i));
        if (!read) return tl::unexpected(std::move(read.error()));
        lifetimes.push_back(std::move(*read));
    }
    return lifetimes;
}

base::Result<Lifetimes> Lifetimes::of(std::span<const Lifetime> machines, std::optional<double> cap_hours) {
    if (machines.empty()) return fail(ErrorCode::invalid_input, "no lifetimes: give at least one machine");
    if (cap_hours && !(*cap_hours > 0 && std::isfinite(*cap_hours)))
        return fail(ErrorCode::invalid_input,
                    fmt::format("{} h is no longest life: give more than 0 h", *cap_hours));
    Lifetimes result;
    result.cap_hours_ = cap_hours;
    const double cap = cap_hours.value_or(std::numeric_limits<double>::infinity());
    std::map<double, int> revocations;
    for (const Lifetime& machine : machines) {
        if (!(machine.hours >= 0 && std::isfinite(machine.hours)))
            return fail(ErrorCode::invalid_input,
                        fmt::format("a lifetime of {} h: give hours that are not negative", machine.hours));
        result.hours_lived_ += std::min(machine.hours, cap);  // beyond the cap nothing ends it a second time
        result.lived_hours_.push_back(std::min(machine.hours, cap));
        if (machine.hours >= cap) {
            ++result.capped_;
        } else if (machine.revoked) {
            ++result.revoked_;
            ++revocations[machine.hours];
        }
    }
    if (!(result.hours_lived_ > 0))
        return fail(ErrorCode::invalid_input, "all lifetimes are 0 h: give machines that lived");
    std::sort(result.lived_hours_.begin(), result.lived_hours_.end());

    double surviving = 1;
    double greenwood = 0;
    for (const auto& [hours, taken] : revocations) {
        const double at_risk = result.at_risk(hours);
        surviving = taken < at_risk ? surviving * (1 - taken / at_risk) : 0;
        greenwood += taken / (at_risk * (at_risk - taken));
        result.steps_.push_back({hours, log_log_share(surviving, greenwood, at_risk)});
        result.ended_.push_back(1 - surviving);
    }
    return result;
}

// Machines that lived at least so long.
double Lifetimes::at_risk(double hours) const {
    return static_cast<double>(lived_hours_.end() -
                               std::lower_bound(lived_hours_.begin(), lived_hours_.end(), hours));
}

Share Lifetimes::survival(double hours) const {
    if (cap_hours_ && hours >= *cap_hours_) return {};
    const double seen = std::min(hours, lived_hours_.back());
    const auto next = std::upper_bound(steps_.begin(), steps_.end(), seen,
                                       [](double at, const Step& step) { return at < step.hours; });
    const Share known = next == steps_.begin() ? log_log_share(1, 0, std::max(1.0, at_risk(seen)))
                                               : std::prev(next)->survival;
    if (hours <= seen) return known;
    return {known.value * std::exp(-mean_rate() * (hours - seen)), 0, known.high};
}

Share Lifetimes::all_survive(int machines, double hours) const {
    const Share one = survival(hours);
    return {std::pow(one.value, machines), std::pow(one.low, machines), std::pow(one.high, machines)};
}

RateRange Lifetimes::mean_rate_range() const {
    const auto ends = static_cast<double>(revoked_ + capped_);
    // Garwood 1936: the bounds of a Poisson mean are quantiles of chi-squared distributions.
    const auto bound = [this](double degrees, double share) {
        return boost::math::quantile(boost::math::chi_squared(degrees), share) / 2 / hours_lived_;
    };
    return {ends > 0 ? bound(2 * ends, tail_95) : 0, mean_rate(), bound(2 * ends + 2, 1 - tail_95)};
}

double Lifetimes::quantile_hours(double quantile) const {
    const auto step = std::upper_bound(ended_.begin(), ended_.end(), quantile);
    if (step != ended_.end()) return steps_[static_cast<std::size_t>(step - ended_.begin())].hours;
    const double oldest = lived_hours_.back();
    if (cap_hours_ && oldest >= *cap_hours_) return *cap_hours_;
    const double surviving = ended_.empty() ? 1 : 1 - ended_.back();
    const double beyond = oldest + std::log(surviving / (1 - quantile)) / mean_rate();
    return std::min(std::isnan(beyond) ? oldest : beyond,
                    cap_hours_.value_or(std::numeric_limits<double>::infinity()));
}

std::string region_of(std::string_view zone) {
    if (!zone.empty()) zone.remove_suffix(1);
    if (zone.ends_with('-')) zone.remove_suffix(1);
    return std::string(zone);
}

base::Result<std::vector<LifetimeGroup>> lifetime_groups(std::span<const Lifetime> machines,
                                                         std::optional<double> cap_hours) {
    std::map<std::pair<std::string, std::string>, std::vector<Lifetime>> by_name;
    for (const Lifetime& machine : machines) {
        by_name[{machine.gpu, ""}].push_back(machine);
        if (auto region = region_of(machine.zone); !region.empty())
            by_name[{machine.gpu, std::move(region)}].push_back(machine);
    }
    std::vector<LifetimeGroup> groups;
    for (const auto& [name, group] : by_name) {
        auto lifetimes = Lifetimes::of(group, cap_hours);
        if (!lifetimes) {
            auto& error = lifetimes.error();
            error.message = fmt::format("{} {}: {}", name.first, name.second, error.message);
            return tl::unexpected(std::move(error));
        }
        groups.push_back({name.first, name.second, std::move(*lifetimes)});
    }
    return groups;
}

}  // namespace deepvm::risk
