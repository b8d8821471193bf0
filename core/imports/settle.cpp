// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/settle.h"

#include <fmt/format.h>

#include "imports/prices.h"

namespace deepvm::imports {
namespace {

std::optional<catalog::SpotRange> range_of(const Entry& entry) {
    if (entry.spot.size() < 2 && entry.spot_low == entry.spot_high) return std::nullopt;
    return catalog::SpotRange{cheapest(entry.spot).zone, static_cast<int>(entry.spot.size()), entry.spot_low,
                              entry.spot_high};
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
}

void Settlement::add_offers(const Book& book, Format format) {
    for (const Entry& entry : book.entries()) {
        if (!is_placed(entry)) continue;
        catalog::OfferUpdate update;
        update.dataset = entry.provider;
        update.region = entry.region;
        update.type = entry.type;
        update.interruption_band = entry.interruption_band;
        if (!entry.on_demand.empty()) {
            const auto& best = cheapest(entry.on_demand);
            update.on_demand = {best.price, model::PriceBasis::list,
                                source(book, format, entry, entry.on_demand_source, best.time)};
        }
        if (!entry.spot.empty()) {
            const auto& best = cheapest(entry.spot);
            update.spot = {best.price, entry.spot_basis,
                           source(book, format, entry, entry.spot_source, best.time)};
            update.range = range_of(entry);
        }
        if (entry.saving_percent)
            update.saving = {*entry.saving_percent, source(book, format, entry, "", "")};
        merge_.offers.push_back(std::move(update));
    }
    for (const auto& [dataset, quota] : book.quotas())
        if (datasets_.contains(dataset) || known_.is_published(dataset))
            merge_.quotas.push_back({dataset, quota});
}

// Whether the catalog has the type, or will have it.
bool Settlement::is_placed(const Entry& entry) {
    const auto name = entry.provider + "/" + entry.type;
    if (looked_at_.at(name)) {
        datasets_.emplace(entry.provider, known_.is_published(entry.provider));
        return true;
    }
    report_.unknown_types[unknown_.at(name)].prices +=
        entry.on_demand.size() + entry.spot.size() + (entry.saving_percent ? 1 : 0);
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

std::size_t Settlement::source(const Book& book, Format format, const Entry& entry, const std::string& id,
                               const std::string& time) {
    if (const auto* known = known_.source(id)) return add_source(*known);
    const auto date = time.empty() ? book.date() : time.substr(0, 10);
    if (!id.empty()) return add_source({id, fmt::format("named in {}", book.name()), date});
    const auto& of = named(format);
    const auto provider = format == Format::skypilot || format == Format::csv ? "-" + entry.provider : "";
    return add_source({fmt::format("{}{}-{}", of.name, provider, date),
                       fmt::format("{}, imported from {}", of.title, book.name()), date});
}

std::size_t Settlement::add_source(model::Source source) {
    const auto [known, added] = sources_.emplace(source.id, merge_.sources.size());
    if (added) merge_.sources.push_back(std::move(source));
    return known->second;
}

}  // namespace deepvm::imports
