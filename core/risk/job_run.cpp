// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/job_run.h"

#include <algorithm>
#include <cmath>

namespace deepvm::risk {
namespace {

constexpr double most_segments = 1e9;  // their number is an int

double rate_per_second(const JobRun& run) {
    return run.revocations_per_hour / seconds_per_hour;
}

// Equal segments nearest to the wanted interval, none shorter than a checkpoint allows.
double segments_at(const JobRun& run, double interval_seconds) {
    const double least = std::max({1.0, run.checkpoint_seconds, run.shortest_interval_seconds});
    const double most = std::min(std::floor(run.useful_seconds / least), most_segments);
    const double segments =
        std::min(std::round(run.useful_seconds / std::max(interval_seconds, least)), most);
    return segments >= 1 ? segments : 1;
}

double optimum_segments(const JobRun& run) {
    const double rate = rate_per_second(run);
    if (!(rate > 0) || !run.throughputs.empty()) return 1;
    return segments_at(run, std::sqrt(2 * run.checkpoint_seconds / rate) - run.checkpoint_seconds);
}

// sinh x - x from e^x - 1, also where nothing of the difference would be left. By factors, because this is
// called for every plan under the slider and a division takes longer than the rest of a term.
double sinh_beyond(double x, double grown) {
    if (x > 0.5) return (grown + grown / (1 + grown)) / 2 - x;
    const double q = x * x;
    double series = 1 + q * (1.0 / 156);
    for (const double factor : {1.0 / 110, 1.0 / 72, 1.0 / 42, 1.0 / 20})
        series = 1 + q * factor * series;
    return x * q * (1.0 / 6) * series;
}

// The time until `length` seconds pass without a revocation, starting again after each, at `rate` a second.
struct Attempts {
    double failures = 0;            // e^(rate length) - 1: expected attempts that fail
    double seconds = 0;             // expected
    double lost_seconds = 0;        // expected, of the attempts that fail
    double variance = 0;            // in seconds squared
    double failure_covariance = 0;  // of time and failures, in seconds
};

Attempts attempts(double length, double rate) {
    const double x = rate * length;
    const double between = 1 / rate;
    const double grown = std::expm1(x);
    const double beyond = sinh_beyond(x, grown);
    const double lost = (beyond + grown * grown / (2 * (1 + grown))) * between;  // e^x - 1 - x, not cancelled
    return {grown, grown * between, lost, 2 * (1 + grown) * beyond * between * between, (1 + grown) * lost};
}

// Mean and variance of what a segment takes with the restarts after its failed attempts; a restart is such a
// series of attempts itself.
struct Moments {
    double seconds = 0;
    double variance = 0;
};

Moments with_restarts(const Attempts& segment, const Attempts& restart) {
    const double failure_variance = segment.failures * (1 + segment.failures);
    return {segment.seconds + segment.failures * restart.seconds,
            segment.variance + segment.failures * restart.variance +
                failure_variance * restart.seconds * restart.seconds +
                2 * segment.failure_covariance * restart.seconds};
}

constexpr Outlook endless{.finishes = false};

bool within_limit(double seconds) {
    return seconds <= longest_hours * seconds_per_hour;  // not a NaN either
}

Outlook rolling_back(const JobRun& run, double segments) {
    const double rate = rate_per_second(run);
    const double length = run.useful_seconds / segments;
    const double checkpoints = segments - 1;
    const double stopped = checkpoints > 0 ? checkpoints * run.checkpoint_seconds : 0;
    const double fault_free = run.useful_seconds + stopped;
    if (!within_limit(fault_free)) return endless;
    Outlook expected{.interval_seconds = length,
                     .checkpoints = static_cast<int>(checkpoints),
                     .fault_free_hours = fault_free / seconds_per_hour,
                     .expected_hours = fault_free / seconds_per_hour,
                     .checkpoint_percent = 100 * stopped / fault_free};
    if (!(rate * fault_free > 1e-100)) return expected;  // also where rate squared would vanish

    const Attempts restart = attempts(run.restart_seconds, rate);
    const Attempts last = attempts(length, rate);
    const Attempts other = checkpoints > 0 ? attempts(length + run.checkpoint_seconds, rate) : Attempts{};
    const Moments of_last = with_restarts(last, restart);
    const Moments of_other = with_restarts(other, restart);
    const double seconds = of_last.seconds + checkpoints * of_other.seconds;
    const double variance = of_last.variance + checkpoints * of_other.variance;
    if (!within_limit(seconds) || !std::isfinite(variance)) return endless;

    expected.expected_hours = seconds / seconds_per_hour;
    expected.deviation_hours = std::sqrt(variance) / seconds_per_hour;
    expected.expected_revocations = rate * seconds;  // Wald: restarts are hit as well
    expected.checkpoint_percent = 100 * stopped / seconds;
    expected.lost_percent = 100 * (last.lost_seconds + checkpoints * other.lost_seconds) / seconds;
    expected.restart_percent =
        100 * (last.failures + checkpoints * other.failures) * restart.seconds / seconds;
    return expected;
}

// Averages over the number of machines at work, relative to the throughput of all of them.
struct Crew {
    double speed = 0;     // of all work
    double marginal = 0;  // what one machine more adds
};

// Over the binomial number of the n - 1 others whom a machine at work works beside: the work of all is what
// each adds on average, which also holds where hardly one is there.
Crew crew(std::span<const double> throughputs, double availability) {
    const auto others = static_cast<std::ptrdiff_t>(throughputs.size()) - 1;
    const double odds = availability / (1 - availability);
    double each = 0;
    double marginal = 0;
    double weights = 0;
    const auto add = [&](std::ptrdiff_t beside, double weight) {
        const auto i = static_cast<std::size_t>(beside);
        weights += weight;
        each += weight * throughputs[i] / static_cast<double>(beside + 1);
        marginal += weight * (throughputs[i] - (i > 0 ? throughputs[i - 1] : 0));
    };
    // Outwards from the likeliest number, as far as it counts: neither powers nor overflow.
    constexpr double negligible = 1e-17;
    const auto likeliest =
        std::min(static_cast<std::ptrdiff_t>(static_cast<double>(others + 1) * availability), others);
    double weight = 1;
    for (auto i = likeliest; i >= 0 && weight > negligible; --i) {
        add(i, weight);
        weight *= static_cast<double>(i) / (static_cast<double>(others - i + 1) * odds);
    }
    weight = 1;
    for (auto i = likeliest + 1; i <= others; ++i) {
        weight *= static_cast<double>(others - i + 1) / static_cast<double>(i) * odds;
        if (weight <= negligible) break;
        add(i, weight);
    }
    const double scale = 1 / (weights * throughputs.back());
    return {each * scale * static_cast<double>(others + 1) * availability, marginal * scale};
}

// Without rollback: the steady state of n machines that come and go, to which is added what the whole start
// (no machine is missing yet) and the end (it comes sooner while many are at work) are worth: the bias of the
// Markov process, linear in the number at work, of which deterministic restarts make availability R / 2 for
// each machine.
Outlook carrying_on(const JobRun& run) {
    const double useful = run.useful_seconds;
    if (!within_limit(useful) || !(run.throughputs.back() > 0)) return endless;
    Outlook expected{.interval_seconds = useful,
                     .fault_free_hours = useful / seconds_per_hour,
                     .expected_hours = useful / seconds_per_hour};
    const auto n = static_cast<double>(run.throughputs.size());
    const double machine_rate = rate_per_second(run) / n;
    // The others may end the job before the one that is gone comes back: then it matters no more when.
    const double others = share_of_others(run);
    const double restart = others > 0 ? std::min(run.restart_seconds, useful / others) : run.restart_seconds;
    const double missing = machine_rate * restart / (1 + machine_rate * restart);
    expected.expected_revocations = rate_per_second(run) * useful;
    if (!(missing > 1e-200)) return expected;
    const double availability = 1 / (1 + machine_rate * restart);
    const Crew at_work = crew(run.throughputs, availability);
    if (!(at_work.speed > 0)) return endless;
    const double own_share = availability * at_work.marginal / at_work.speed;
    const double head_start = n * missing * availability * restart / 2 * (1 - own_share);  // machine-seconds
    const double steady = (useful - at_work.marginal * head_start) / at_work.speed;
    const double seconds = std::max(useful, steady);
    if (!within_limit(seconds)) return endless;

    // A revocation shortly before the end costs less than a whole restart: a third on average, squared.
    const double cost = restart * at_work.marginal;
    const double slower = availability / at_work.speed;
    const double variance = n * machine_rate * cost * cost * slower * slower * slower *
                            (useful - 2 * restart / 3 * (1 - own_share));
    expected.expected_hours = seconds / seconds_per_hour;
    expected.deviation_hours = std::sqrt(std::max(0.0, variance)) / seconds_per_hour;
    expected.expected_revocations =
        machine_rate * std::min(n * seconds, n * availability * seconds + head_start);
    expected.lost_percent = 100 * (1 - useful / seconds);
    return expected;
}

// The same with the time until the first step; shares are of the whole.
Outlook started(Outlook expected, double start_seconds) {
    if (!expected.finishes || !(start_seconds > 0)) return expected;
    const double start = start_seconds / seconds_per_hour;
    const double share = expected.expected_hours / (expected.expected_hours + start);
    expected.fault_free_hours += start;
    expected.expected_hours += start;
    for (double* percent : {&expected.checkpoint_percent, &expected.lost_percent, &expected.restart_percent})
        *percent *= share;
    return expected;
}

}  // namespace

double share_of_others(const JobRun& run) {
    const std::size_t all = run.throughputs.size();
    return all > 1 ? run.throughputs[all - 2] / run.throughputs.back() : 0;
}

double optimum_interval_seconds(const JobRun& run) {
    return run.useful_seconds / optimum_segments(run);
}

Outlook outlook(const JobRun& run, std::optional<double> interval_seconds) {
    if (!run.throughputs.empty()) return started(carrying_on(run), run.start_seconds);
    const double segments = interval_seconds ? segments_at(run, *interval_seconds) : optimum_segments(run);
    return started(rolling_back(run, segments), run.start_seconds);
}

Outlook outlook_with_checkpoints(const JobRun& run, int checkpoints) {
    return started(rolling_back(run, checkpoints + 1.0), run.start_seconds);
}

}  // namespace deepvm::risk
