// SPDX-License-Identifier: GPL-3.0-or-later
// Revocations an hour from the shares of machines that are gone after a month.
#pragma once

namespace deepvm::tests::judge {

struct Rates {
    double low = 0;
    double middle = 0;
    double high = 0;
};

/// Of the bands of the AWS Spot Instance Advisor: each five points of a hundred wide, the last one ten and
/// with its middle at 25.
Rates of_band(int band);

}  // namespace deepvm::tests::judge
