// SPDX-License-Identifier: GPL-3.0-or-later
// What seeded markets, jobs and programs are drawn with.
#pragma once

#include <random>

namespace deepvm::tests {

inline int whole(std::mt19937& random, int least, int most) {
    return std::uniform_int_distribution(least, most)(random);
}

inline double real(std::mt19937& random, double least, double most) {
    return std::uniform_real_distribution(least, most)(random);
}

inline bool chance(std::mt19937& random, double probability) {
    return std::bernoulli_distribution(probability)(random);
}

}  // namespace deepvm::tests
