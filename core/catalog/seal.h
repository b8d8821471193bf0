// SPDX-License-Identifier: GPL-3.0-or-later
// The seal of a catalog file: a checksum of all its bytes, in the file itself, by which open() knows in
// milliseconds what a check of every row would take seconds to find. A build seals the file that it has
// checked. Against damage and changes by hand, not against forgery. Private to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace deepvm::catalog {

/// What the one row of the table `seal` holds until the file is sealed: a mark by which it is found, and room
/// for the checksum.
std::string unsealed();

/// Eight bytes of the file and where they belong.
struct Seal {
    std::size_t offset = 0;
    std::array<unsigned char, 8> checksum{};
};

/// The seal that fits these bytes; nothing when they have no room for one.
std::optional<Seal> make_seal(std::span<const unsigned char> bytes);

/// Whether the bytes are those that were sealed.
bool is_sealed(std::span<const unsigned char> bytes);

}  // namespace deepvm::catalog
