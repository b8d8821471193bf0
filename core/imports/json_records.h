// SPDX-License-Identifier: GPL-3.0-or-later
// The objects of a JSON file that a reader asks for, one by one, without ever holding the file. Private to
// this folder.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imports/input.h"

namespace deepvm::imports {

/// The values of an object by their way from it, "pricing/us-east-1/linux/ondemand", as they are written;
/// those that are null are left out.
struct JsonRecord {
    std::string path;    ///< where it is in the file: "SpotPriceHistory[12]"
    std::string key;     ///< its own name or number: the last part of the path
    std::string parent;  ///< the name above that
    std::vector<std::pair<std::string, std::string>> values;
    bool too_large = false;  ///< and so without its values

    /// Empty where there is no such value.
    std::string_view get(std::string_view name) const;
};

struct JsonReading {
    /// The objects to hand out, "terms/OnDemand/*/*"; * is any name or number. None lies in another.
    std::vector<std::string> patterns;
    std::function<void(std::size_t pattern, const JsonRecord& record)> each;
    /// Values outside of such objects, by their way from the root: "publicationDate".
    std::function<void(std::string_view path, std::string_view value)> outside;
};

/// Reads one JSON document after the other to the end of the file. Empty, or why and where it had to stop;
/// what was handed out until then stands.
std::string read_json(Input& input, const JsonReading& reading);

}  // namespace deepvm::imports
