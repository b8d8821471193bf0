// SPDX-License-Identifier: GPL-3.0-or-later
// Money as a whole number of micro-dollars, so that "price <= budget" is exact (2.25 / 0.225 in doubles is
// not).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace deepvm::base {

/// An amount in US dollars with six decimal places; as a rate it is dollars an hour.
/// Sums and products stay exact up to about 9.2e12 dollars; parse() accepts at most `largest`.
class Money {
  public:
    static constexpr std::int64_t micro_per_dollar = 1'000'000;

    constexpr Money() = default;
    static constexpr Money from_micro(std::int64_t micro) { return Money(micro); }
    /// The nearest micro-dollar to `usd`, which must be finite and within +-largest().
    static Money from_usd(double usd);
    /// A plain decimal ("2.9", "0.05"), not negative, at most largest(), only zeros behind the sixth decimal
    /// place. `what` names the value in the message of a refusal.
    static Result<Money> parse(std::string_view text, std::string_view what);

    static constexpr Money largest() { return Money(micro_per_dollar * micro_per_dollar); }

    constexpr std::int64_t micro() const { return micro_; }
    constexpr double usd() const { return static_cast<double>(micro_) / micro_per_dollar; }
    /// Shortest exact decimal with at least two places: "2.8526", "2.90".
    std::string decimal() const;

    friend constexpr auto operator<=>(Money, Money) = default;
    friend constexpr Money operator+(Money a, Money b) { return Money(a.micro_ + b.micro_); }
    friend constexpr Money operator-(Money a, Money b) { return Money(a.micro_ - b.micro_); }
    friend constexpr Money operator*(std::int64_t n, Money a) { return Money(n * a.micro_); }

  private:
    explicit constexpr Money(std::int64_t micro) : micro_(micro) {}
    std::int64_t micro_ = 0;
};

inline constexpr Money reading_step = Money::from_micro(100);  ///< four decimal places

/// The nearest multiple of `step` (> 0) above and below an amount that is not negative, itself if it is one:
/// a price for reading is rounded up, what is left of a budget down, and neither looks better than it is.
constexpr Money rounded_up(Money amount, Money step = reading_step) {
    return Money::from_micro((amount.micro() + step.micro() - 1) / step.micro() * step.micro());
}
constexpr Money rounded_down(Money amount, Money step = reading_step) {
    return Money::from_micro(amount.micro() / step.micro() * step.micro());
}

}  // namespace deepvm::base
