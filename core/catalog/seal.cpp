// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/seal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace deepvm::catalog {
namespace {

using Bytes = std::span<const unsigned char>;

// What stands before the checksum, so that it is found.
constexpr std::string_view tag = "DeepVM catalog seal";

std::uint64_t word_at(Bytes bytes, std::size_t offset) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + offset, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

constexpr std::uint64_t odd_1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t odd_2 = 0xC2B2AE3D27D4EB4F;

// A round of xxHash64: for a given sum one-to-one in the word, for a given word one-to-one in the sum; so a
// change within one word never goes unseen.
std::uint64_t mixed(std::uint64_t sum, std::uint64_t word) {
    return std::rotl(sum + word * odd_2, 31) * odd_1;
}

// Four sums side by side, because each waits for its own last product.
std::uint64_t checksum(Bytes bytes) {
    std::array<std::uint64_t, 4> sums{odd_1, odd_2, ~odd_1, ~odd_2};
    std::size_t offset = 0;
    for (; offset + 32 <= bytes.size(); offset += 32)
        for (std::size_t i = 0; i < 4; ++i)
            sums[i] = mixed(sums[i], word_at(bytes, offset + 8 * i));
    std::uint64_t sum = bytes.size();
    for (const auto each : sums)
        sum = mixed(sum, each);
    for (; offset < bytes.size(); ++offset)
        sum = mixed(sum, bytes[offset]);
    return sum ^ (sum >> 29U);
}

// Where the checksum is: in the one row of the first table, whose page follows the first one.
std::optional<std::size_t> place_of_checksum(Bytes bytes) {
    if (bytes.size() < 100) return std::nullopt;
    const std::size_t given = bytes[16] * 256U + bytes[17];
    const std::size_t page = given == 1 ? 65536 : given;
    if (bytes.size() < 2 * page) return std::nullopt;
    const auto row = bytes.subspan(page, page);
    const auto found =
        std::search(row.begin(), row.end(), tag.begin(), tag.end(),
                    [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); });
    const auto offset = page + static_cast<std::size_t>(found - row.begin()) + tag.size();
    if (found == row.end() || offset + 8 > bytes.size()) return std::nullopt;
    return offset;
}

// Of everything but the checksum itself.
std::uint64_t checksum_around(Bytes bytes, std::size_t place) {
    return mixed(checksum(bytes.first(place)), checksum(bytes.subspan(place + 8)));
}

}  // namespace

std::string unsealed() {
    return std::string(tag) + std::string(8, '\0');
}

std::optional<Seal> make_seal(Bytes bytes) {
    const auto place = place_of_checksum(bytes);
    if (!place) return std::nullopt;
    Seal seal;
    seal.offset = *place;
    std::uint64_t sum = checksum_around(bytes, *place);
    for (auto& byte : seal.checksum) {
        byte = static_cast<unsigned char>(sum & 0xFFU);
        sum >>= 8U;
    }
    return seal;
}

bool is_sealed(Bytes bytes) {
    const auto seal = make_seal(bytes);
    return seal &&
           std::equal(seal->checksum.begin(), seal->checksum.end(), bytes.subspan(seal->offset).begin());
}

}  // namespace deepvm::catalog
