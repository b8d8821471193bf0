// SPDX-License-Identifier: GPL-3.0-or-later
// Distributions of times on a grid of equal steps, and sums of a random number of them.
#pragma once

#include <vector>

namespace deepvm::tests::judge {

/// Entry i is how likely i steps are; what lies beyond the last entry is left out.
using Steps = std::vector<double>;

/// Of the time of an attempt of `length` steps in which something with `rate` a step is sure to happen: an
/// exponential variable cut off at the length. Each two steps of it are shared between their three ends so
/// that mean and variance are kept, as Gerber (1982) does it; an entry may be a little below 0.
Steps cut_off(double rate, double length, std::size_t cells);

/// Of so many steps for certain, shared alike.
Steps certain(double steps, std::size_t cells);

/// Of the sum of two.
Steps sum_of(const Steps& a, const Steps& b);

/// Of the sum of so many of `one` as fail before `passes` of them pass, each failing with the probability
/// `fails`: a negative binomial number, by the recursion of Panjer (1981). Entries are e^`shift` times what
/// they mean, so that none vanishes.
struct Compound {
    Steps steps;
    double shift = 0;
};
Compound failures_before(double passes, double fails, const Steps& one);

}  // namespace deepvm::tests::judge
