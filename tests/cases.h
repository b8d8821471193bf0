// SPDX-License-Identifier: GPL-3.0-or-later
// How many seeded cases a test runs. The environment variable DEEPVM_TEST_SHARE, a number from 0 to 1, asks
// for a share of them, as the sanitizers do; they are the first ones, with the same seeds. The program says
// so.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace deepvm::tests {

/// Of all cases; 1 where nothing sensible is asked for.
inline double share_of_cases() {
    const char* asked = std::getenv("DEEPVM_TEST_SHARE");
    const double share = asked ? std::atof(asked) : 1;
    return share > 0 && share < 1 ? share : 1;
}

/// How many of `all` cases to run, at least one.
inline int cases(int all) {
    return std::max(1, static_cast<int>(std::lround(all * share_of_cases())));
}

/// The seeds of `all` cases from `first` on, or of the first share of them.
inline std::vector<unsigned> seeds(unsigned first, int all) {
    std::vector<unsigned> made(static_cast<std::size_t>(cases(all)));
    std::iota(made.begin(), made.end(), first);
    return made;
}

/// Whether more were counted than that, of all cases. Of a share of them half of its part is enough, and what
/// is as rare as four in the share proves nothing there: the first cases need not have what the others have.
template <typename Count>
bool enough(Count counted, int of_all) {
    constexpr double rare = 4;
    const double share = share_of_cases();
    if (share == 1) return static_cast<double>(counted) > of_all;
    const double part = of_all * share;
    return part <= rare || static_cast<double>(counted) > part / 2;
}

}  // namespace deepvm::tests
