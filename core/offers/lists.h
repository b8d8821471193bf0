// SPDX-License-Identifier: GPL-3.0-or-later
// Offers as files for other programs: every field, exact figures.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "offers/filter.h"

namespace deepvm::offers {

std::string offers_csv(const Table& table, std::span<const std::uint32_t> rows);
/// Schema deepvm-offers/1, see resources/schemas.
std::string offers_json(const Table& table, std::span<const std::uint32_t> rows, const OfferFilter& filter);

}  // namespace deepvm::offers
