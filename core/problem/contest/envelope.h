// SPDX-License-Identifier: GPL-3.0-or-later
// What several different machines reach for no more than a price. Internal to the planner.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/money.h"

namespace deepvm::problem {

/// Prices in steps of 2 to 3 %, 32 from one power of two to the next: what is kept of one is that of its
/// dearest.
class PriceSteps {
  public:
    static std::size_t of(base::Money price);
    /// The lowest price of a step.
    static base::Money first(std::size_t step);
};

/// Up to every step of the price, what the worst of the `depth` best machines is worth, of each kind its best
/// counts.
class Envelope {
  public:
    explicit Envelope(std::size_t depth);

    /// Counts for reached() from settle() on.
    void note(base::Money price, double worth, std::uint64_t kind);
    /// All that the other one noted.
    void note(const Envelope& other);
    void settle();

    /// What is worth no more is not worth a note.
    double least_to_note(std::size_t step) const { return std::max(own_worst(step), reached(step)); }
    /// What `depth` kinds at least reach for less than any price of this step; 0 where there are not so many.
    double reached_before(std::size_t step) const { return step == 0 ? 0 : reached(step - 1); }

  private:
    struct Best {
        double worth = 0;
        std::uint64_t kind = 0;
    };
    using Row = std::span<Best>;

    static void insert(Row best, Best own);
    Row row(std::size_t step) { return std::span(own_).subspan(step * depth_, depth_); }
    double own_worst(std::size_t step) const { return own_[(step + 1) * depth_ - 1].worth; }
    double reached(std::size_t step) const { return step < first_ ? 0 : reached_[std::min(step, last_)]; }

    std::size_t depth_;
    std::vector<Best> own_;         ///< the `depth` best of every step alone, best first
    std::vector<double> reached_;   ///< for no more than the prices of a step, as of settle()
    std::size_t first_, last_ = 0;  ///< steps with a note
};

}  // namespace deepvm::problem
