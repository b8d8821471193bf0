// SPDX-License-Identifier: GPL-3.0-or-later
#include "offers/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <utility>

#include "base/dates.h"
#include "model/precision.h"
#include "model/throughput.h"

namespace deepvm::offers {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double seconds_per_hour = 3600;
constexpr std::string_view own_price = "own";  // in place of "list", of a file of the person's own
constexpr double million = 1e6;

/// The series of a family and its number in it: "g" and 4 of g4dn, "NC" and 5 of NCads_H100_v5.
struct Generation {
    std::string series;
    int number = 0;
};

bool is_letter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

int number_at(std::string_view text, std::size_t at) {
    int number = 0;
    constexpr std::size_t most_digits = 4;
    for (std::size_t i = at; i < text.size() && i < at + most_digits && is_digit(text[i]); ++i)
        number = number * 10 + (text[i] - '0');
    return number;
}

Generation generation_of(const model::InstanceType& type) {
    const std::string_view family = type.family;
    // Families that are named after their accelerators: the year of these tells.
    if (type.accelerator) {
        const std::string_view name = type.accelerator->name;
        if (family.substr(0, name.find('-')) == name.substr(0, name.find('-')))
            return {{}, model::generation(type)};
    }
    std::size_t letters = 0;
    const auto version = family.rfind('v');
    if (version != std::string_view::npos && version > 0 && version + 1 < family.size() &&
        is_digit(family[version + 1])) {
        // Small letters behind the series are features of the machine.
        while (letters < version && family[letters] >= 'A' && family[letters] <= 'Z')
            ++letters;
        return {std::string(family.substr(0, letters)), number_at(family, version + 1)};
    }
    while (letters < family.size() && is_letter(family[letters]))
        ++letters;
    return {std::string(family.substr(0, letters)), number_at(family, letters)};
}

std::optional<int> older(std::optional<int> one, std::optional<int> other) {
    if (!one || !other) return one ? one : other;
    return std::max(*one, *other);
}

double or_unknown(double value) {
    return value > 0 ? value : unknown;
}

}  // namespace

Table::Table(std::shared_ptr<const model::Market> market, std::optional<Asked> asked,
             std::chrono::sys_days today)
    : market_(std::move(market)), asked_(std::move(asked)), today_(today) {
    std::size_t all = 0;
    for (const auto& place : market_->places)
        all += place.offers.size();
    rows_.reserve(all);
    for (std::size_t place = 0; place < market_->places.size(); ++place)
        for (const auto& offer : market_->places[place].offers)
            rows_.push_back({place, &offer});
    learn_types();
    ages_.reserve(market_->sources.size());
    for (const auto& source : market_->sources) {
        const auto day = base::parse_iso_date(source.as_of);
        ages_.push_back(day ? std::optional(static_cast<int>((today - *day).count())) : std::nullopt);
    }
}

void Table::learn_types() {
    std::map<std::pair<std::string, std::string>, int> newest;
    std::vector<Generation> generations;
    std::vector<std::pair<model::Accelerator, std::optional<model::Speed>>> of_one;
    for (const auto& type : market_->types) {
        generations.push_back(generation_of(type));
        auto& last = newest[{type.provider, generations.back().series}];
        last = std::max(last, generations.back().number);
    }
    for (std::size_t i = 0; i < market_->types.size(); ++i) {
        const auto& type = market_->types[i];
        TypeFacts facts;
        facts.latest = generations[i].number >= newest[{type.provider, generations[i].series}];
        if (type.accelerator) {
            const auto& one = *type.accelerator;
            const auto wanted =
                asked_ ? asked_->precision.value_or(asked_->workload.precision) : model::Precision::tensor;
            facts.tflops = type.accelerator_count * model::peak_tflops(one, model::trains_in(one, wanted));
            facts.speed = speed_of(type);
        }
        types_.push_back(facts);
    }
}

std::optional<model::Speed> Table::speed_of(const model::InstanceType& type) const {
    if (!asked_ || market_->kind == model::MarketKind::published) return std::nullopt;
    const auto& workload = asked_->workload;
    if (model::training_state_gib(workload) > type.accelerator_count * type.accelerator->memory_gib)
        return std::nullopt;
    const auto yours = asked_->yours.find(type.name);
    const model::OwnSpeed own{yours != asked_->yours.end() ? std::optional(yours->second) : std::nullopt,
                              asked_->utilisation};
    auto speed = model::speed_of(*type.accelerator, type.accelerator_count, model::training_load(workload),
                                 asked_->precision.value_or(workload.precision), own,
                                 market_->speeds.measured, market_->speeds.estimate);
    return speed ? std::optional(*speed) : std::nullopt;
}

const model::Speed* Table::speed(std::size_t row) const {
    const auto& known = types_[offer(row).type].speed;
    return known ? &*known : nullptr;
}

std::optional<int> Table::age(const model::Source* source) const {
    if (source == nullptr) return std::nullopt;
    const auto at = static_cast<std::size_t>(source - market_->sources.data());
    return at < ages_.size() ? ages_[at] : std::nullopt;
}

double Table::number(std::size_t row, Field field) const {
    const auto& its = offer(row);
    const auto& machine = market_->types[its.type];
    const auto& facts = types_[its.type];
    const double price = its.spot.value_or(its.on_demand).usd();
    const double memory =
        machine.accelerator ? machine.accelerator_count * machine.accelerator->memory_gib : 0;
    switch (field) {
        case Field::gpu:
            return machine.accelerator_count;
        case Field::memory:
            return memory;
        case Field::vcpu:
            return machine.vcpus;
        case Field::ram:
            return machine.memory_gib.value_or(unknown);
        case Field::network:
            return or_unknown(machine.network_gbps);
        case Field::year:
            return or_unknown(model::generation(machine));
        case Field::on_demand:
            return its.on_demand.usd();
        case Field::spot:
            return its.spot ? its.spot->usd() : unknown;
        case Field::price:
            return price;
        case Field::age: {
            const auto days = older(age(model::on_demand_source(*market_, its)),
                                    its.spot ? age(model::spot_source(*market_, its)) : std::nullopt);
            return days ? *days : unknown;
        }
        case Field::tflops:
            return or_unknown(facts.tflops);
        case Field::tflops_per_usd:
            return price > 0 ? or_unknown(facts.tflops / price) : unknown;
        case Field::usd_per_gib:
            return memory > 0 ? price / memory : unknown;
        case Field::speed:
            return facts.speed ? facts.speed->range.samples_per_second : unknown;
        case Field::usd_per_million:
            return facts.speed ? price / (facts.speed->range.samples_per_second * seconds_per_hour) * million
                               : unknown;
        default:
            return unknown;
    }
}

std::string_view Table::text(std::size_t row, Field field) const {
    const auto& its = offer(row);
    const auto& machine = market_->types[its.type];
    switch (field) {
        case Field::type:
            return machine.name;
        case Field::provider:
            return place(row).provider;
        case Field::region:
            return place(row).region;
        case Field::family:
            return machine.family;
        case Field::accelerator:
            return machine.accelerator ? std::string_view(machine.accelerator->display_name)
                                       : std::string_view();
        case Field::host:
            return name(machine.host);
        case Field::basis:
            if (its.spot_basis == model::PriceBasis::list && model::is_own(spot_source(market(), its)))
                return own_price;
            return its.spot ? name(its.spot_basis) : std::string_view();
        case Field::known: {
            const auto* known = speed(row);
            return known ? model::speed_basis_name(known->basis) : std::string_view();
        }
        default:
            return {};
    }
}

bool Table::is(std::size_t row, Flag flag) const {
    const auto& machine = type(row);
    switch (flag) {
        case Flag::x86:
            return machine.host == model::HostArchitecture::x86_64;
        case Flag::arm:
            return machine.host == model::HostArchitecture::arm64;
        case Flag::latest:
            return types_[offer(row).type].latest;
        case Flag::stale:
            return number(row, Field::age) > model::stale_days;
    }
    return false;
}

std::string Table::plain(std::size_t row, Field field) const {
    const auto& about = named(field);
    if (about.text) return std::string(text(row, field));
    const auto& its = offer(row);
    if (field == Field::on_demand) return its.on_demand.decimal();
    if (field == Field::spot) return its.spot ? its.spot->decimal() : std::string();
    if (field == Field::price) return its.spot.value_or(its.on_demand).decimal();
    const double value = number(row, field);
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

std::optional<std::size_t> Table::find(std::string_view provider, std::string_view region,
                                       std::string_view type) const {
    for (std::size_t row = 0; row < rows_.size(); ++row)
        if (text(row, Field::type) == type && place(row).region == region &&
            (provider.empty() || place(row).provider == provider))
            return row;
    return std::nullopt;
}

}  // namespace deepvm::offers
