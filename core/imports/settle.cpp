// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/settle.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/names.h"

namespace deepvm::imports {
namespace {

std::optional<catalog::SpotRange> range_of(const std::vector<ZonePrice>& zones) {
    const auto& best = cheapest(zones);
    auto high = best.price;
    for (const auto& each : zones)
        high = std::max({high, each.price, each.dearest.value_or(each.price)});
    if (zones.size() < 2 && high == best.price) return std::nullopt;
    return catalog::SpotRange{best.zone, static_cast<int>(zones.size()), best.price, high};
}

// Its name without the folders, which are in the description.
std::string file_name(const Book& book) {
    return std::filesystem::path(book.name()).filename().string();
}

}  // namespace

void Settlement::add_types(const Book& book, Format format) {
    for (const Entry& entry : book.entries()) {
        const auto name = entry.provider + "/" + entry.type;
        const bool published = format == Format::deepvm_data || known_.is_published(entry.provider);
        const auto* machine = book.machine(entry.provider, entry.type);
        const auto [looked, fresh] = looked_at_.emplace(name, false);
        if (looked->second || (!fresh && machine == nullptr)) continue;
        if (const auto* type = known_.find(entry.provider, entry.type)) {
            looked->second = true;
            if (machine != nullptr) compare(entry, *type, *machine);
            continue;
        }
        auto added = new_type(known_, entry.provider, published, entry.type, machine);
        looked->second = added.has_value();
        if (added) {
            add_dataset(entry.provider, published);
            merge_.types.push_back({entry.provider, std::move(*added)});
            if (const auto was = unknown_.find(name); was != unknown_.end())
                report_.unknown_types[was->second].missing.clear();
        } else if (unknown_.emplace(name, report_.unknown_types.size()).second) {
            report_.unknown_types.push_back({entry.provider, entry.type, 0, added.error()});
        }
    }
}

void Settlement::add_dataset(const std::string& name, bool published) {
    if (!datasets_.emplace(name, published).second || known_.has_dataset(name)) return;
    merge_.datasets.push_back(
        {name, name, published ? model::MarketKind::published : model::MarketKind::provider});
    // A misspelt one would become a market of its own. First, as all its prices hang on it.
    const auto known = known_.datasets();
    const auto close = base::nearest(name, known);
    report_.flagged.insert(
        report_.flagged.begin(),
        fmt::format("new provider: {}, a market of its own from now on{}", name,
                    close.empty() ? std::string() : fmt::format("; did you mean {}?", close)));
}

void Settlement::add_offers(const Book& book, Format format) {
    const auto of = [&](const Entry& entry, const std::string& id, const std::string& day) {
        return source(book, format, entry.provider, id, day);
    };
    const auto quote = [&](const Entry& entry, const ZonePrices& prices) {
        const auto& best = cheapest(prices.zones);
        return catalog::Quote{best.price, best.basis, of(entry, best.source, prices.day)};
    };
    for (const Entry& entry : book.entries()) {
        if (!is_placed(entry)) continue;
        catalog::OfferUpdate update;
        update.dataset = entry.provider;
        update.region = entry.region;
        update.type = entry.type;
        if (!entry.on_demand.zones.empty()) update.on_demand = quote(entry, entry.on_demand);
        if (!entry.spot.zones.empty()) {
            update.spot = quote(entry, entry.spot);
            update.range = range_of(entry.spot.zones);
        }
        if (entry.saving_percent) update.saving = {*entry.saving_percent, of(entry, "", "")};
        if (const auto& band = entry.band)
            update.band = {band->band, of(entry, band->source, band->time.substr(0, 10))};
        merge_.offers.push_back(std::move(update));
    }
    add_quotas(book, format);
}

void Settlement::add_quotas(const Book& book, Format format) {
    for (const auto& [dataset, quota] : book.quotas())
        if (datasets_.contains(dataset) || known_.is_published(dataset))
            merge_.quotas.push_back({dataset, quota, source(book, format, dataset, "", "")});
}

// Whether the catalog has the type, or will have it.
bool Settlement::is_placed(const Entry& entry) {
    const auto name = entry.provider + "/" + entry.type;
    if (looked_at_.at(name)) {
        datasets_.emplace(entry.provider, known_.is_published(entry.provider));
        return true;
    }
    report_.unknown_types[unknown_.at(name)].prices +=
        entry.on_demand.zones.size() + entry.spot.zones.size() + (entry.saving_percent ? 1 : 0);
    return false;
}

// Another machine under the same name would get prices that are not its own.
void Settlement::compare(const Entry& entry, const model::InstanceType& type, const Machine& machine) {
    if (machine.vcpus && *machine.vcpus != type.vcpus)
        report_.flagged.push_back(
            fmt::format("{} {}: has {} vCPUs in the file and {} in the catalog, which is "
                        "kept; is it the same machine?",
                        entry.provider, entry.type, *machine.vcpus, type.vcpus));
    if (machine.accelerator_count && *machine.accelerator_count != type.accelerator_count)
        report_.flagged.push_back(
            fmt::format("{} {}: has {} accelerators in the file and {} in the catalog, "
                        "which is kept; is it the same machine?",
                        entry.provider, entry.type, *machine.accelerator_count, type.accelerator_count));
}

std::size_t Settlement::source(const Book& book, Format format, const std::string& provider,
                               const std::string& id, const std::string& day) {
    if (const auto* known = known_.source(id); known != nullptr && day.empty())
        return add_source(*known, true);
    const auto& date = day.empty() ? book.date() : day;
    if (!id.empty()) return add_source({id, fmt::format("named in {}", book.name()), date}, true);
    const auto& of = named(format);
    const auto owner = format == Format::skypilot || format == Format::csv ? "-" + provider : "";
    // Of our own CSV the ids begin with model::own_source.
    return add_source({fmt::format("{}{}-{}-{}", of.name, owner, date, file_name(book)),
                       fmt::format("{}, imported from {}", of.title, book.name()), date},
                      false);
}

const model::Source* Settlement::source_there(const std::string& id) const {
    if (const auto added = sources_.find(id); added != sources_.end()) return &merge_.sources[added->second];
    return known_.source(id);
}

// A source has one date, and one file where no row names it. Where its id stands for another already, it gets
// one of its own, with the date or a number behind it.
std::size_t Settlement::add_source(model::Source source, bool is_named) {
    const auto is_other = [&](const model::Source* there) {
        return there != nullptr &&
               (there->as_of != source.as_of || (!is_named && there->description != source.description));
    };
    if (is_named && is_other(source_there(source.id))) source.id += "-" + source.as_of;
    const auto stem = source.id;
    for (int number = 2; is_other(source_there(source.id)); ++number)
        source.id = fmt::format("{}-{}", stem, number);
    const auto [known, added] = sources_.emplace(source.id, merge_.sources.size());
    if (added) merge_.sources.push_back(std::move(source));
    return known->second;
}

}  // namespace deepvm::imports
