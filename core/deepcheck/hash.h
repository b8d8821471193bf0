// SPDX-License-Identifier: GPL-3.0-or-later
// XXH3 with 128 bits: against damage from hand-over to restore, at the speed of memory. Not against forgery;
// whoever may write is who holds the key.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace deepvm::deepcheck {

struct Hash {
    std::array<std::uint8_t, 16> bytes{};  ///< in the canonical order of xxHash

    auto operator<=>(const Hash&) const = default;
};

Hash hash_of(std::span<const std::byte> bytes);
Hash hash_of(std::string_view text);

/// 32 lower-case hexadecimal digits.
std::string hex(const Hash& hash);
std::optional<Hash> hash_of_hex(std::string_view hex);

/// The hash of bytes that come piece by piece.
class Hasher {
  public:
    Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    ~Hasher();

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);
    Hash hash() const;  ///< of all that was added

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace deepvm::deepcheck
