// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers that are the same on every machine: the distributions of the standard library are each
// library's own, and its logarithm differs in the last digit from processor to processor.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace deepvm::risk {

/// xoshiro256++ (Blackman and Vigna 2019). Each pair of seed and stream is a sequence of its own.
class Random {
  public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t state = seed;
        state = split_mix(state) ^ stream;
        for (auto& word : state_)
            word = split_mix(state);
    }

    /// In [0, 1), a multiple of 2^-53.
    double uniform() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

    /// With mean 1. Von Neumann's way (1951), which compares uniform numbers and computes no logarithm: the
    /// first number of a falling run of odd length, after as many whole ones as there were even runs before.
    double exponential() {
        for (double whole = 0;; ++whole) {
            const double first = uniform();
            double last = first;
            for (;;) {
                const double second = uniform();
                if (second >= last) return whole + first;
                last = uniform();
                if (last >= second) break;
            }
        }
    }

  private:
    static std::uint64_t split_mix(std::uint64_t& state) {
        std::uint64_t mixed = state += 0x9E3779B97F4A7C15U;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }

    std::uint64_t next() {
        auto& [a, b, c, d] = state_;
        const std::uint64_t result = std::rotl(a + d, 23) + a;
        const std::uint64_t shifted = b << 17U;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = std::rotl(d, 45);
        return result;
    }

    std::array<std::uint64_t, 4> state_{};
};

}  // namespace deepvm::risk
