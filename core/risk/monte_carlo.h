// SPDX-License-Identifier: GPL-3.0-or-later
// Futures of a job, one by one: what the closed form averages over, and what it cannot know (lifetimes with a
// memory, chances against another plan).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/error.h"
#include "base/money.h"
#include "risk/chance.h"
#include "risk/lifetimes.h"

namespace deepvm::risk {

/// What to simulate: the assumptions of JobRun, revocation by revocation.
struct Simulation {
    JobRun run = {};
    std::optional<double> interval_seconds = {};  ///< between checkpoints; optimum_interval_seconds() without
    base::Money hourly_price = {};                ///< of the whole cluster
    Doubt doubt = {};  ///< each future draws its own errors; with lifetimes that of the time alone
    base::Money estimated_price = {};  ///< part of the hourly price
    double price_doubt = 0;            ///< of its logarithm, as a Doubt
    /// Not owned. With lifetimes, `spot_machines` start together and live by them; each that ends is replaced
    /// by a new one, which lives from the moment the old one ends (from the end of the restart where nothing
    /// rolls back). Without, revocations come at run.revocations_per_hour, which always decides on the
    /// optimum interval.
    const Lifetimes* lifetimes = nullptr;
    int spot_machines = 0;  ///< 1..100,000, with lifetimes only; of a run that does not roll back all of them
    int runs = 10'000;      ///< 1..1,000,000
    std::uint64_t seed = 1;  ///< plans that are compared get seeds of their own, or their futures are alike
};

/// Of one figure over all runs.
struct Spread {
    double mean = 0;
    double deviation = 0;
    double standard_error = 0;  ///< of the mean
    double low = 0;             ///< 99 % confidence interval of the mean, corrected for skewness
    double high = 0;
    double p5 = 0;  ///< percentiles: the shortest run that as many are not longer than
    double p50 = 0;
    double p95 = 0;

    bool operator==(const Spread&) const = default;
};

struct Futures {
    /// False: a run took longer than longest_hours or was revoked a hundred thousand times. All other figures
    /// are then empty.
    bool finishes = true;
    base::Money hourly_price = {};
    std::vector<double> sorted_hours = {};    ///< of every run, rising
    std::vector<double> sorted_dollars = {};  ///< the same
    std::vector<double> dollars_by_run = {};  ///< in the order of the runs; equal requests but for the
                                              ///< cluster share what is drawn in the run of one number
    Spread hours = {};
    Spread dollars = {};
    double revocations = 0;  ///< mean of a run
    double undisturbed = 0;  ///< share of the runs, 0..1, that were not revoked at all

    bool operator==(const Futures&) const = default;
};

/// Called in the thread of simulate() with the share of the runs that are done, rising to 1, about a hundred
/// times.
using Progress = std::function<void(double share)>;

/// The same futures for the same request on every machine (to the last digit unless lives beyond the end of a
/// table without cap are drawn). Ten thousand weeks of 32 machines take less than a second. Refuses figures
/// that are not finite or out of range (invalid_input); `stop` ends it within milliseconds (cancelled).
base::Result<Futures> simulate(const Simulation& request, const std::stop_token& stop = {},
                               const Progress& progress = {});

/// The share, 0..1, of figures that rise which are at most `most`.
double share_at_most(std::span<const double> sorted, double most);

/// The share of the runs, 0..1, that are done within `hours`.
double share_done_within(const Futures& futures, double hours);

/// In how many of 100 futures A costs less than B, each future of A against each of B; equal costs count
/// half. A plan that does not finish is never cheaper than one that does. 50 where neither finishes.
double cheaper_in(const Futures& a, const Futures& b);

/// The same where both were simulated with one seed: each future of A against that of B in which the same is
/// drawn.
double cheaper_in_shared(const Futures& a, const Futures& b);

/// Runs by a figure: bin i counts those from first + i width up to the next.
struct Histogram {
    double first = 0;
    double width = 0;  ///< 0 with a single bin, where all are alike
    std::vector<int> runs;

    bool operator==(const Histogram&) const = default;
};

/// `bins` (at least 1) of equal width from the least to the most of figures that rise; empty without any.
Histogram histogram(std::span<const double> sorted, int bins);

}  // namespace deepvm::risk
