// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace deepvm::model {

/// Standard deviations from the middle of a normal distribution to the ends of what holds in 80, 95 and 99 %
/// of all cases.
inline constexpr double four_in_five = 1.2815515655446004;
inline constexpr double normal_95 = 1.959963984540054;
inline constexpr double normal_99 = 2.5758293035489004;

/// The middle one, or the mean of the two in the middle; of at least one value.
inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace deepvm::model
