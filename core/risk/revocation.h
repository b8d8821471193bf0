// SPDX-License-Identifier: GPL-3.0-or-later
// How often a provider takes a spot machine back. Rates are revocations per machine and hour; a month is 730
// hours.
#pragma once

#include "base/error.h"

namespace deepvm::risk {

inline constexpr double hours_per_month = 730;

/// What is known of a rate: a band is a range, and is shown and computed as one.
struct RateRange {
    double low = 0;
    double middle = 0;
    double high = 0;

    bool operator==(const RateRange&) const = default;
};

/// lambda = -ln(1 - share) / 730: the rate at which `share` of the machines, [0, 1), is gone after a month.
double hourly_rate(double monthly_share);

/// The inverse of hourly_rate().
double monthly_share(double hourly_rate);

/// Of an interruption band of the AWS Spot Instance Advisor, 0..4: under 5, 5-10, 10-15, 15-20 and over 20 %
/// a month. The open last one is taken as 20-30 % around the 25 % of its middle.
RateRange band_rates(int band);

/// The probability that none of the machines whose rates add up to `rate` is revoked within `hours`.
double survival(double rate, double hours);

}  // namespace deepvm::risk
