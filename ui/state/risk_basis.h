// SPDX-License-Identifier: GPL-3.0-or-later
// Where the revocation rates of an exploration come from: the choices, and which of them a risk is.
#pragma once

#include <QString>
#include <vector>

#include "problem/problem.h"

namespace deepvm::ui::state {

/// One choice of where rates come from.
struct RiskBasis {
    QString name;        ///< "Interruption bands, middle"
    QString source;      ///< who measured it, when, and how a rate follows; sentences
    problem::Risk risk;  ///< what choosing it sets
};

/// The provider's interruption bands at their middle, low and high ends, then the lifetimes of each GPU that
/// were measured; these are left out where their file is not to be found. Reads a file of some hundred lines.
std::vector<RiskBasis> riskBases();

/// The most that a person can set, in percent a month.
inline constexpr double most_monthly_percent = 99;

/// `percent` of the spot machines are gone after a month, 0..most_monthly_percent.
problem::Risk riskByHand(double percent);
bool isByHand(const problem::Risk& risk);

/// The rate that may be assumed where none is known, as if it were set by hand.
problem::Risk usualRisk();
/// "Plan with 10 % a month"
QString planWithUsualRisk();

/// Each offer's own band counts.
bool isOfBands(const problem::Risk& risk);

/// The rates an hour of the spot machines that could be rented, from the lowest to the highest at the chosen
/// point of their ranges, and the one in the middle of them; nothing where none is known.
std::optional<risk::RateRange> spotRates(const problem::Problem& problem);

/// "revoked about once in 6,940 machine-hours", "never revoked".
QString revocationWords(double hourly_rate);
/// The same of a range: "revoked about once in 1,850 to 28,800 machine-hours".
QString revocationWords(const risk::RateRange& hourly_rates);

}  // namespace deepvm::ui::state
