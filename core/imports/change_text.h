// SPDX-License-Identifier: GPL-3.0-or-later
// One changed price in words. Private to this folder.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "catalog/merge.h"

namespace deepvm::imports {

/// "aws us-east-1 g4dn.xlarge, spot: 0.1578 -> 0.2104 USD/h (+33.3 %)"
std::string change_text(const catalog::PriceChange& change);

/// The same as an object.
nlohmann::ordered_json change_json(const catalog::PriceChange& change);

}  // namespace deepvm::imports
