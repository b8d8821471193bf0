// SPDX-License-Identifier: GPL-3.0-or-later
#include "offers/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/name_table.h"

namespace deepvm::offers {
namespace {

constexpr std::array<FieldName, 23> all_fields{{
    {Field::type, "type", "Type", "name of the machine type", true},
    {Field::provider, "provider", "Provider", "aws, azure, gcp, lambda ...", true},
    {Field::region, "region", "Region", "where it is rented", true},
    {Field::family, "family", "Family", "family of the type", true},
    {Field::accelerator, "accelerator", "Accelerator", "name of its accelerators", true},
    {Field::host, "host", "Host", "x86_64 or arm64: programs for one do not run on the other", true},
    {Field::basis, "basis", "Spot price is",
     "what kind of price the spot price is: list, observed, advisor-savings, published; own of a file of "
     "yours",
     true},
    {Field::known, "known", "Speed is", "how its speed is known: measured, estimated, yours, set", true},
    {Field::gpu, "gpu", "GPUs", "number of accelerators"},
    {Field::memory, "memory", "GPU GiB", "memory of all accelerators together, GiB"},
    {Field::vcpu, "vcpu", "vCPUs", "virtual processors"},
    {Field::ram, "ram", "RAM GiB", "main memory, GiB"},
    {Field::network, "network", "Gbit/s", "line of the network, Gbit/s"},
    {Field::year, "year", "Year", "year of the accelerators' architecture"},
    {Field::on_demand, "ondemand", "On-demand $/h", "on-demand price, dollars an hour", false, true},
    {Field::spot, "spot", "Spot $/h", "spot price that is planned with, dollars an hour", false, true},
    {Field::price, "price", "Lowest $/h",
     "the spot price where there is one, else the on-demand price, dollars an hour", false, true},
    {Field::age, "age", "Days old", "age of its oldest price, days"},
    {Field::tflops, "tflops", "Peak TFLOP/s",
     "dense peak of all accelerators in what the workload runs in, TFLOP/s"},
    {Field::tflops_per_usd, "tflops_per_usd", "TFLOP/s per $", "peak TFLOP/s for a dollar an hour of price"},
    {Field::usd_per_gib, "usd_per_gib", "$ per GiB",
     "price for an hour of one GiB of accelerator memory, dollars"},
    {Field::speed, "speed", "Samples/s", "samples of the workload that one machine trains in a second"},
    {Field::usd_per_million, "usd_per_million", "$ per million",
     "dollars for a million samples of the workload at the lowest price, on one machine"},
}};

constexpr std::array<FlagName, 4> all_flags{{
    {Flag::x86, "x86", "its host is x86"},
    {Flag::arm, "arm", "its host is ARM"},
    {Flag::latest, "latest", "its provider has no later generation of its series"},
    {Flag::stale, "stale", "one of its prices is older than 90 days"},
}};

}  // namespace

std::span<const FieldName> fields() {
    return all_fields;
}

const FieldName& named(Field field) {
    return all_fields[static_cast<std::size_t>(field)];
}

base::Result<Field> field_named(std::string_view name) {
    return base::parse_row(all_fields, "field", name, &FieldName::field);
}

std::span<const FlagName> flags() {
    return all_flags;
}

std::string filter_help() {
    std::string numbers;
    std::string texts;
    for (const auto& each : all_fields)
        (each.text ? texts : numbers) +=
            fmt::format("{}{}", (each.text ? texts : numbers).empty() ? "" : ", ", each.name);
    std::string given;
    for (const auto& each : all_flags)
        given += fmt::format("{}{}", given.empty() ? "" : ", ", each.name);
    return fmt::format(
        "gpu>=4 & memory/gpu>=40 & spot<2\n"
        "Numbers: {}\n"
        "Texts: {}\n"
        "By themselves: {}; a number or text by itself is known and not 0\n"
        "Compare numbers with < <= > >= = !=, texts with = != ~ (has it inside); reckon with + - * /\n"
        "Join with & (and), | (or), ! (not) and parentheses; \"words\" in quotes are looked for in all "
        "texts\n"
        "What is not known fits no comparison",
        numbers, texts, given);
}

}  // namespace deepvm::offers
