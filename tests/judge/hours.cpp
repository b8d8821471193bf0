// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/hours.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace deepvm::tests::judge {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

double if_ever(long double seconds) {
    constexpr double century = 876'000;
    const auto hours = static_cast<double>(seconds / 3600);
    if (hours > century) return endless;
    return hours;
}

// Until `length` seconds pass without a revocation: each failure, of which there is a geometric number, costs
// what was tried and then `after` seconds.
long double passing(long double length, long double rate, long double after) {
    const long double passes = std::exp(-rate * length);
    const long double fails = -std::expm1(-rate * length);
    const long double tried = 1 / rate - length * passes / fails;  // of an attempt that fails
    return length + fails / passes * (tried + after);
}

long double rolling_back(const Run& run, double checkpoints) {
    const long double segment = run.useful_seconds / (checkpoints + 1.0L);
    const long double rate = run.rate();
    const long double calm =
        run.useful_seconds + checkpoints * static_cast<long double>(run.checkpoint_seconds);
    if (rate * calm < 1e-60L) return calm;
    const long double restart = run.restart_seconds > 0 ? passing(run.restart_seconds, rate, 0) : 0;
    const long double last = passing(segment, rate, restart);
    if (!(checkpoints > 0)) return last;
    return last + checkpoints * passing(segment + run.checkpoint_seconds, rate, restart);
}

// How likely it is that 0, 1 ... n of n machines are at work when each is with this probability.
std::vector<long double> at_work(std::size_t machines, long double probability) {
    std::vector<long double> likely{1};
    for (std::size_t n = 1; n <= machines; ++n) {
        likely.push_back(0);
        for (std::size_t i = n; i > 0; --i)
            likely[i] = likely[i] * (1 - probability) + likely[i - 1] * probability;
        likely[0] *= 1 - probability;
    }
    return likely;
}

// Machines come and go on their own, each away for a restart at a time. The pace of the steady state holds
// for all of the job but its ends. At the start nobody is away, where in the steady state everyone who is has
// half a restart before him on average; and the end comes the sooner the more are at work, which takes of
// that head start what one machine does of the whole.
long double carrying_on(const Run& run) {
    const auto machines = run.throughputs.size();
    const long double all = run.throughputs.back();
    const long double rate = run.rate() / static_cast<double>(machines);
    long double away = run.restart_seconds;
    // Whoever comes back after the others have done all the work might as well not.
    if (machines > 1) away = std::min(away, run.useful_seconds * all / run.throughputs[machines - 2]);
    const long double present = 1 / (1 + rate * away);
    const long double missing = 1 - present;
    if (!(rate * away > 1e-100L)) return run.useful_seconds;

    const auto others = at_work(machines - 1, present);
    long double pace = 0;
    long double one_more = 0;
    for (std::size_t i = 0; i < machines; ++i) {
        const long double without = i > 0 ? run.throughputs[i - 1] / all : 0;
        const long double with = run.throughputs[i] / all;
        pace += others[i] * (present * with + missing * without);
        one_more += others[i] * (with - without);
    }
    if (!(pace > 0)) return std::numeric_limits<long double>::infinity();
    const long double head_start = static_cast<long double>(machines) * missing * present * away / 2;
    const long double of_it = one_more * (1 - present * one_more / pace);
    const long double seconds = (run.useful_seconds - head_start * of_it) / pace;
    return std::max<long double>(seconds, run.useful_seconds);
}

}  // namespace

// The interval of Young and Daly is tau with (tau + c)^2 = 2 c / rate, c the checkpoint. The nearest number
// of segments is the largest k of which k - 1/2 intervals still fit the job; so no root is taken.
double checkpoints(const Run& run) {
    if (!run.rolls_back() || !(run.revocations_per_hour > 0)) return 0;
    const double least = std::max({1.0, run.checkpoint_seconds, run.shortest_interval_seconds});
    const double square = 2 * run.checkpoint_seconds / run.rate();
    const auto fit = [&](double segments) {
        const double longest = run.useful_seconds / (segments - 0.5) + run.checkpoint_seconds;
        return segments * least <= run.useful_seconds && longest * longest >= square;
    };
    double some = 1;
    double too_many = 1e9 + 1;
    while (too_many - some > 1) {
        const double middle = std::floor((some + too_many) / 2);
        (fit(middle) ? some : too_many) = middle;
    }
    return some - 1;
}

double calm_hours(const Run& run, double checkpoints) {
    return (run.start_seconds + run.useful_seconds + checkpoints * run.checkpoint_seconds) / 3600;
}

double expected_hours(const Run& run, double checkpoints) {
    const auto work = run.rolls_back() ? rolling_back(run, checkpoints) : carrying_on(run);
    const double hours = if_ever(work);
    return hours + run.start_seconds / 3600;
}

double expected_hours(const Run& run) {
    return expected_hours(run, checkpoints(run));
}

}  // namespace deepvm::tests::judge
