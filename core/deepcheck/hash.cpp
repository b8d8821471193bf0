// SPDX-License-Identifier: GPL-3.0-or-later
#include "deepcheck/hash.h"

#include <xxhash.h>

#include <algorithm>
#include <new>

namespace deepvm::deepcheck {
namespace {

Hash canonical(XXH128_hash_t value) {
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, value);
    Hash hash;
    std::copy(std::begin(bytes.digest), std::end(bytes.digest), hash.bytes.begin());
    return hash;
}

std::optional<unsigned> digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return std::nullopt;
}

}  // namespace

Hash hash_of(std::span<const std::byte> bytes) {
    return canonical(XXH3_128bits(bytes.data(), bytes.size()));
}

Hash hash_of(std::string_view text) {
    return hash_of(std::as_bytes(std::span(text)));
}

std::string hex(const Hash& hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * hash.bytes.size());
    for (const auto byte : hash.bytes) {
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 15U]);
    }
    return text;
}

std::optional<Hash> hash_of_hex(std::string_view hex) {
    Hash hash;
    if (hex.size() != 2 * hash.bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
        const auto high = digit(hex[2 * i]);
        const auto low = digit(hex[2 * i + 1]);
        if (!high || !low) return std::nullopt;
        hash.bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return hash;
}

// The library's state wants 64-byte alignment, which its own allocation gives.
struct Hasher::State {
    struct Free {
        void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
    };
    std::unique_ptr<XXH3_state_t, Free> state{XXH3_createState()};
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
    if (!state_->state) throw std::bad_alloc();
    XXH3_128bits_reset(state_->state.get());
}

Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::add(std::span<const std::byte> bytes) {
    XXH3_128bits_update(state_->state.get(), bytes.data(), bytes.size());
}

void Hasher::add(std::string_view text) {
    add(std::as_bytes(std::span(text)));
}

Hash Hasher::hash() const {
    return canonical(XXH3_128bits_digest(state_->state.get()));
}

}  // namespace deepvm::deepcheck
