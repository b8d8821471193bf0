// SPDX-License-Identifier: GPL-3.0-or-later
// Logarithmic scales of the sliders: where a value lies, and which round value lies where.
#pragma once

#include <cstdint>

#include "base/money.h"

namespace deepvm::ui::state {

/// `steps` equal ratios from `least` to `most`. at() rounds to numbers that a person would have typed;
/// position() is its inverse: position(at(i)) == i for every i.
class LogScale {
  public:
    using Round = std::int64_t (*)(double);
    LogScale(std::int64_t least, std::int64_t most, int steps, Round round);

    std::int64_t least() const { return least_; }
    std::int64_t most() const { return most_; }
    int steps() const { return steps_; }

    /// 0 at least() or below, 1 at most() or above; exact values between positions keep their own place.
    double fraction(std::int64_t value) const;
    int position(std::int64_t value) const;
    std::int64_t at(int position) const;

  private:
    std::int64_t least_;
    std::int64_t most_;
    int steps_;
    Round round_;
};

/// $0.05 to $500 in micro-dollars: four decades of 200 positions, each with at most three and a half digits.
const LogScale& budgetScale();

/// 2 to 256 nodes.
const LogScale& nodesScale();

}  // namespace deepvm::ui::state
