// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/revocation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace deepvm::risk {

double hourly_rate(double monthly_share) {
    return -std::log1p(-monthly_share) / hours_per_month;
}

double monthly_share(double hourly_rate) {
    return -std::expm1(-hourly_rate * hours_per_month);
}

RateRange band_rates(int band) {
    struct Shares {
        double low, middle, high;
    };
    static constexpr std::array<Shares, 5> bands{{{0, 0.025, 0.05},
                                                  {0.05, 0.075, 0.10},
                                                  {0.10, 0.125, 0.15},
                                                  {0.15, 0.175, 0.20},
                                                  {0.20, 0.25, 0.30}}};
    const auto [low, middle, high] = bands[static_cast<std::size_t>(std::clamp(band, 0, 4))];
    return {hourly_rate(low), hourly_rate(middle), hourly_rate(high)};
}

double survival(double rate, double hours) {
    return std::exp(-rate * hours);
}

}  // namespace deepvm::risk
