// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/machines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/catalog.h"
#include "imports/accelerator_names.h"
#include "imports/prices.h"

namespace deepvm::imports {
namespace {

using model::HostArchitecture;
using model::InstanceType;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// A name without its first number: what the sizes of an Azure series share.
std::string without_size(std::string_view name) {
    const auto* first = std::find_if(name.begin(), name.end(), is_digit);
    const auto* rest = std::find_if_not(first, name.end(), is_digit);
    return std::string(name.begin(), first) + std::string(rest, name.end());
}

// What types that differ in size alone have in common: "g5" of g5.xlarge, "a2" of a2-highgpu-1g.
std::string family_of(std::string_view dataset, std::string_view name) {
    if (dataset == "azure") {
        auto series = without_size(name);
        return series.starts_with("Standard_") ? series.substr(9) : series;
    }
    const auto end = name.find_first_of(dataset == "gcp" ? "-" : ".");
    return std::string(name.substr(0, end));
}

// A type of the same family. Azure's families are written in several ways, so names are compared there.
const InstanceType* sibling(const Known& known, const std::string& dataset, const std::string& name,
                            const std::string& family) {
    for (const auto& [other, type] : known.types(dataset))
        if (type.family == family || (dataset == "azure" && without_size(other) == without_size(name)))
            return &type;
    return nullptr;
}

// "g" of "g4dn".
std::string_view first_letters(std::string_view family) {
    return family.substr(
        0, static_cast<std::size_t>(std::find_if(family.begin(), family.end(), is_digit) - family.begin()));
}

// Families of AWS that are sold with accelerators only, of which price lists do not always speak.
bool has_accelerators_by_name(std::string_view dataset, std::string_view family) {
    constexpr std::array<std::string_view, 7> accelerated{"trn", "inf", "dl", "p", "g", "gr", "vt"};
    return dataset == "aws" &&
           std::find(accelerated.begin(), accelerated.end(), first_letters(family)) != accelerated.end();
}

// The quota that AWS counts a new family against, by its first letters.
std::string aws_quota_class(std::string_view family) {
    const auto letters = first_letters(family);
    if (letters == "p") return "P";
    if (letters == "g" || letters == "gr" || letters == "vt") return "G";
    for (const auto* own : {"trn", "inf", "dl", "x", "f", "u", "hpc"})
        if (letters == own) {
            std::string name(letters);
            name[0] = static_cast<char>(name[0] - 'a' + 'A');
            return name;
        }
    return "Standard";
}

// Providers say it in the names of their ARM machines.
HostArchitecture host_by_name(std::string_view dataset, std::string_view name) {
    bool arm = false;
    if (dataset == "aws") {
        const auto family = name.substr(0, name.find('.'));
        const auto* digit = std::find_if(family.begin(), family.end(), is_digit);
        arm = family == "a1" || std::find(digit, family.end(), 'g') != family.end();
    } else if (dataset == "gcp") {
        arm = name.starts_with("t2a-") || name.starts_with("c4a-") || name.starts_with("n4a-") ||
              name.starts_with("a4x-");
    } else if (dataset == "azure") {
        const auto* digit = std::find_if(name.begin(), name.end(), is_digit);
        const auto* letters = std::find_if_not(digit, name.end(), is_digit);
        arm = std::find(letters, std::find(letters, name.end(), '_'), 'p') != name.end();
    } else {
        arm = name.find("gh200") != std::string_view::npos || name.find("gb200") != std::string_view::npos;
    }
    return arm ? HostArchitecture::arm64 : HostArchitecture::x86_64;
}

// All types of the family that have accelerators have the same.
std::optional<model::Accelerator> accelerator_of_family(const Known& known, const std::string& dataset,
                                                        const std::string& family) {
    std::optional<model::Accelerator> common;
    for (const auto& [name, type] : known.types(dataset)) {
        if (type.family != family || !type.accelerator) continue;
        if (common && common->name != type.accelerator->name) return std::nullopt;
        common = type.accelerator;
    }
    return common;
}

// Sets the accelerators of the type; what is missing where they are not known.
std::string set_accelerators(const Known& known, const std::string& dataset, const Machine& machine,
                             InstanceType& type) {
    if (machine.has_part_accelerators && !machine.accelerator_count) return "a whole number of accelerators";
    if (machine.accelerator.empty() && !machine.accelerator_count)
        return has_accelerators_by_name(dataset, type.family) ? "its accelerators" : "";
    if (!machine.accelerator_count)
        return fmt::format("the number of its accelerators ({})", shown(machine.accelerator));
    if (!machine.accelerator.empty()) {
        const auto* named =
            accelerator_named(known.accelerators(), machine.accelerator, machine.accelerator_memory_gib);
        if (named == nullptr)
            return fmt::format("the peak rates of accelerator {} (accelerators.csv)",
                               shown(machine.accelerator));
        type.accelerator = *named;
    } else {
        type.accelerator = accelerator_of_family(known, dataset, type.family);
        if (!type.accelerator) return "the name of its accelerators";
    }
    type.accelerator_count = *machine.accelerator_count;
    return {};
}

void add_missing(std::string& all, const std::string& what) {
    if (what.empty()) return;
    all += (all.empty() ? "" : ", ") + what;
}

}  // namespace

base::Result<Known> Known::of(const std::filesystem::path& catalog) {
    auto opened = catalog::Catalog::open(catalog);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    auto accelerators = opened->accelerators();
    if (!accelerators) return tl::unexpected(std::move(accelerators.error()));
    Known known;
    known.accelerators_ = std::move(*accelerators);
    for (const auto& source : opened->sources())
        known.sources_.emplace(source.id, source);
    for (const auto& summary : opened->markets()) {
        if (summary.name == catalog::any_provider) continue;
        const bool published = summary.kind == model::MarketKind::published;
        auto types = opened->types(summary.name);
        if (!types) return tl::unexpected(std::move(types.error()));
        auto& dataset = known.datasets_[summary.name];
        dataset.published = published;
        for (auto& type : *types) {
            auto name = type.name;
            dataset.types.emplace(std::move(name), std::move(type));
        }
    }
    return known;
}

bool Known::is_published(const std::string& name) const {
    const auto found = datasets_.find(name);
    return found != datasets_.end() && found->second.published;
}

std::vector<std::string> Known::datasets() const {
    std::vector<std::string> names;
    for (const auto& [name, dataset] : datasets_)
        names.push_back(name);
    return names;
}

const model::Source* Known::source(const std::string& id) const {
    const auto found = sources_.find(id);
    return found == sources_.end() ? nullptr : &found->second;
}

const InstanceType* Known::find(const std::string& dataset, const std::string& type) const {
    const auto& known = types(dataset);
    const auto found = known.find(type);
    return found == known.end() ? nullptr : &found->second;
}

const std::map<std::string, InstanceType>& Known::types(const std::string& dataset) const {
    static const std::map<std::string, InstanceType> none;
    const auto found = datasets_.find(dataset);
    return found == datasets_.end() ? none : found->second.types;
}

tl::expected<InstanceType, std::string> new_type(const Known& known, const std::string& dataset,
                                                 bool published, const std::string& name,
                                                 const Machine* machine) {
    if (machine == nullptr)
        return tl::unexpected<std::string>("vCPUs, memory and accelerators, which the file does not say");
    InstanceType type;
    if (!published) type.provider = dataset;
    type.name = name;
    type.family = published ? name.substr(0, name.find('.')) : family_of(dataset, name);
    std::string missing;
    if (type.family.empty()) add_missing(missing, "a family at the beginning of its name");
    if (!machine->vcpus) add_missing(missing, "vCPUs");
    if (!machine->memory_gib && !published) add_missing(missing, "memory");
    if (published && machine->quota_class.empty()) add_missing(missing, "quota class");
    if (published && !machine->network_gbps) add_missing(missing, "network");
    add_missing(missing, set_accelerators(known, dataset, *machine, type));
    if (!missing.empty()) return tl::unexpected(missing);
    type.vcpus = *machine->vcpus;
    type.memory_gib = machine->memory_gib;
    type.network_gbps = machine->network_gbps.value_or(0);
    type.published_rate = machine->published_rate;
    type.host = machine->host.value_or(host_by_name(dataset, name));
    type.quota_class = machine->quota_class;
    if (!type.quota_class.empty()) return type;
    if (const auto* kin = sibling(known, dataset, name, type.family)) {
        type.family = kin->family;
        type.quota_class = kin->quota_class;
    } else if (dataset == "aws") {
        type.quota_class = aws_quota_class(type.family);
    } else {
        type.quota_class = dataset == "azure" || dataset == "gcp" ? type.family : dataset;
    }
    return type;
}

}  // namespace deepvm::imports
