// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of an offer, by the names that a filter, a column and a CSV file have for it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace deepvm::offers {

enum class Field : std::uint8_t {
    // Texts.
    type,
    provider,
    region,
    family,
    accelerator,
    host,
    basis,
    known,
    // Numbers.
    gpu,
    memory,
    vcpu,
    ram,
    network,
    year,
    on_demand,
    spot,
    price,
    age,
    tflops,
    tflops_per_usd,
    usd_per_gib,
    speed,
    usd_per_million,
};

struct FieldName {
    Field field;
    std::string_view name;     ///< as typed in a filter
    std::string_view title;    ///< over a column
    std::string_view meaning;  ///< with its unit
    bool text = false;         ///< else a number
    bool money = false;
};

/// All, in the order of the enumeration.
std::span<const FieldName> fields();
const FieldName& named(Field field);
/// Refuses a name that there is not with the nearest one.
base::Result<Field> field_named(std::string_view name);

/// What an offer is or is not.
enum class Flag : std::uint8_t { x86, arm, latest, stale };

struct FlagName {
    Flag flag;
    std::string_view name;
    std::string_view meaning;
};
std::span<const FlagName> flags();

/// How filters are written, in lines: for help and tool tips.
std::string filter_help();

}  // namespace deepvm::offers
