// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/rates.h"

#include <cmath>

namespace deepvm::tests::judge {
namespace {

// e^(-rate 730) of the machines are left after the 730 hours of a month.
double rate(double percent_gone) {
    return std::log(100 / (100 - percent_gone)) / 730;
}

}  // namespace

Rates of_band(int band) {
    const double from = 5.0 * band;
    const double wide = band < 4 ? 5 : 10;
    return {rate(from), rate(from + wide / 2), rate(from + wide)};
}

}  // namespace deepvm::tests::judge
