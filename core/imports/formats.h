// SPDX-License-Identifier: GPL-3.0-or-later
// The formats that prices come in, and by what they are known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace deepvm::imports {

enum class Format {
    skypilot,
    aws_spot_history,
    aws_price_list,
    aws_spot_advisor,
    azure_retail,
    ec2instances,
    deepvm_data,
    csv,
};

struct FormatName {
    Format format;
    std::string_view name;   ///< as --format has it
    std::string_view title;  ///< for people
    std::string_view fetch;  ///< the command that fetches it
};

/// All, in the order of the enumeration.
std::span<const FormatName> formats();
const FormatName& named(Format format);
base::Result<Format> format_named(std::string_view name);

/// By the beginning of a file; nothing for a file of another kind.
std::optional<Format> detect(std::string_view head);

/// Whether text begins as JSON does.
bool is_json(std::string_view head);

}  // namespace deepvm::imports
