// SPDX-License-Identifier: GPL-3.0-or-later
// A job of a week and machines of known lives, for simulations.
#pragma once

#include <QtTest>
#include <cmath>
#include <optional>
#include <vector>

#include "risk/lifetimes.h"
#include "risk/monte_carlo.h"

namespace deepvm::tests {

inline void near(double actual, double expected, double tolerance) {
    const auto text = QString("%1 is not %2").arg(actual, 0, 'g', 15).arg(expected, 0, 'g', 15);
    QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(text));
}

inline risk::Simulation week() {
    return {.run = {.useful_seconds = 168 * 3600,
                    .revocations_per_hour = 32 * 0.002,
                    .checkpoint_seconds = 30,
                    .restart_seconds = 240},
            .hourly_price = base::Money::from_usd(12.5)};
}

inline risk::Lifetimes of_hours(const std::vector<double>& hours, std::optional<double> cap = std::nullopt) {
    std::vector<risk::Lifetime> machines;
    machines.reserve(hours.size());
    for (const double life : hours)
        machines.push_back({"g", "a", life, true});
    return risk::Lifetimes::of(machines, cap).value();
}

}  // namespace deepvm::tests
