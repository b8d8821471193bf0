// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/monte_carlo.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "risk/future.h"

namespace deepvm::risk {
namespace {

using base::ErrorCode;
using base::fail;

constexpr int most_machines = 100'000;
constexpr int most_runs = 1'000'000;
constexpr double normal_99 = 2.5758293035489;  // 99.5 % quantile of the normal distribution

bool is_length(double number) {
    return std::isfinite(number) && number >= 0;
}

// Nothing when the request can be simulated.
std::optional<std::string> refusal(const Simulation& request) {
    const JobRun& run = request.run;
    if (!(is_length(run.useful_seconds) && run.useful_seconds > 0))
        return fmt::format("a job of {} s cannot be simulated: give more than 0 s", run.useful_seconds);
    for (const double number :
         {run.revocations_per_hour, run.checkpoint_seconds, run.shortest_interval_seconds,
          run.restart_seconds, request.interval_seconds.value_or(0)})
        if (!is_length(number))
            return fmt::format("{} in the job cannot be simulated: give numbers that are not negative",
                               number);
    if (!std::all_of(run.throughputs.begin(), run.throughputs.end(), is_length))
        return "a throughput cannot be simulated: give numbers that are not negative";
    if (request.runs < 1 || request.runs > most_runs)
        return fmt::format("{} runs cannot be simulated: give 1 to {}", request.runs, most_runs);
    if (!request.lifetimes) return std::nullopt;
    if (request.spot_machines < 1 || request.spot_machines > most_machines)
        return fmt::format("{} machines have no lifetimes: give 1 to {}", request.spot_machines,
                           most_machines);
    if (!run.throughputs.empty() && run.throughputs.size() != static_cast<std::size_t>(request.spot_machines))
        return fmt::format("{} throughputs do not fit {} machines: give one for each number at work",
                           run.throughputs.size(), request.spot_machines);
    return std::nullopt;
}

Segments segments_of(const JobRun& run, const Outlook& plan) {
    return {static_cast<double>(plan.checkpoints), plan.interval_seconds + run.checkpoint_seconds,
            plan.interval_seconds, run.restart_seconds};
}

// Mean and higher moments of sorted values; the interval of the mean by Johnson's correction (1978), because
// rare revocations make it lean.
Spread spread_of(const std::vector<double>& sorted) {
    const auto count = static_cast<double>(sorted.size());
    const double least = sorted.front();  // deviations from it keep equal values equal
    double sum = 0;
    for (const double value : sorted)
        sum += value - least;
    const double beyond = sum / count;
    double squares = 0;
    double cubes = 0;
    for (const double value : sorted) {
        const double off = value - least - beyond;
        squares += off * off;
        cubes += off * off * off;
    }
    Spread spread;
    spread.mean = least + beyond;
    if (sorted.size() > 1) spread.deviation = std::sqrt(squares / (count - 1));
    spread.standard_error = spread.deviation / std::sqrt(count);
    const double lean = squares > 0 ? (1 + 2 * normal_99 * normal_99) / 6 * cubes / squares / count : 0;
    spread.low = spread.mean - normal_99 * spread.standard_error + lean;
    spread.high = spread.mean + normal_99 * spread.standard_error + lean;
    const auto percentile = [&](double percent) {
        return sorted[static_cast<std::size_t>(std::ceil(percent / 100 * count)) - 1];
    };
    spread.p5 = percentile(5);
    spread.p50 = percentile(50);
    spread.p95 = percentile(95);
    return spread;
}

Spread scaled(Spread spread, double factor) {
    for (double* figure : {&spread.mean, &spread.deviation, &spread.standard_error, &spread.low, &spread.high,
                           &spread.p5, &spread.p50, &spread.p95})
        *figure *= factor;
    return spread;
}

template <typename Work, typename Fleet>
base::Result<Futures> simulate_all(const Simulation& request, const Work& work, Fleet fleet,
                                   const std::stop_token& stop, const Progress& progress) {
    Futures futures;
    futures.hourly_price = request.hourly_price;
    futures.sorted_hours.reserve(static_cast<std::size_t>(request.runs));
    const int told_every = std::max(1, request.runs / 100);
    std::int64_t revocations = 0;
    int undisturbed = 0;
    for (int i = 0; i < request.runs; ++i) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the simulation was stopped");
        const Future future = live_through(work, fleet, Random(request.seed, static_cast<std::uint64_t>(i)));
        if (!future.finishes) return Futures{.finishes = false, .hourly_price = request.hourly_price};
        futures.sorted_hours.push_back(future.seconds / 3600);
        revocations += future.revocations;
        undisturbed += future.revocations == 0 ? 1 : 0;
        if (progress && ((i + 1) % told_every == 0 || i + 1 == request.runs))
            progress(static_cast<double>(i + 1) / request.runs);
    }
    std::sort(futures.sorted_hours.begin(), futures.sorted_hours.end());
    futures.hours = spread_of(futures.sorted_hours);
    futures.dollars = scaled(futures.hours, request.hourly_price.usd());
    futures.revocations = static_cast<double>(revocations) / request.runs;
    futures.undisturbed = static_cast<double>(undisturbed) / request.runs;
    return futures;
}

template <typename Fleet>
base::Result<Futures> with_fleet(const Simulation& request, const Outlook& plan, Fleet fleet,
                                 const std::stop_token& stop, const Progress& progress) {
    const JobRun& run = request.run;
    if (run.throughputs.empty())
        return simulate_all(request, segments_of(run, plan), std::move(fleet), stop, progress);
    return simulate_all(request, SharedWork{run.useful_seconds, run.throughputs, run.restart_seconds},
                        std::move(fleet), stop, progress);
}

}  // namespace

base::Result<Futures> simulate(const Simulation& request, const std::stop_token& stop,
                               const Progress& progress) {
    if (auto why = refusal(request)) return fail(ErrorCode::invalid_input, std::move(*why));
    const JobRun& run = request.run;
    const double rate = run.revocations_per_hour / 3600;
    const Outlook plan = outlook(run, request.interval_seconds);
    if (!plan.finishes) return Futures{.finishes = false, .hourly_price = request.hourly_price};
    if (request.lifetimes)
        return with_fleet(request, plan, AgeingFleet(request.spot_machines, *request.lifetimes), stop,
                          progress);
    // Where all roll back together they are one machine with the rate of all.
    const int machines = run.throughputs.empty() ? 1 : static_cast<int>(run.throughputs.size());
    return with_fleet(request, plan, MemorylessFleet(machines, rate / machines), stop, progress);
}

double share_done_within(const Futures& futures, double hours) {
    const auto& all = futures.sorted_hours;
    if (all.empty()) return 0;
    const auto done = std::upper_bound(all.begin(), all.end(), hours) - all.begin();
    return static_cast<double>(done) / static_cast<double>(all.size());
}

double cheaper_in(const Futures& a, const Futures& b) {
    if (!a.finishes || !b.finishes) return a.finishes ? 100 : b.finishes ? 0 : 50;
    const double price_a = a.hourly_price.usd();
    const double price_b = b.hourly_price.usd();
    double wins = 0;
    auto below = b.sorted_hours.begin();  // from here on B costs as much as A or more
    auto above = b.sorted_hours.begin();  // from here on it costs more
    for (const double hours : a.sorted_hours) {
        while (below != b.sorted_hours.end() && *below * price_b < hours * price_a)
            ++below;
        while (above != b.sorted_hours.end() && *above * price_b <= hours * price_a)
            ++above;
        wins += static_cast<double>(b.sorted_hours.end() - above) + static_cast<double>(above - below) / 2;
    }
    return 100 * wins / static_cast<double>(a.sorted_hours.size()) /
           static_cast<double>(b.sorted_hours.size());
}

Histogram histogram(const Futures& futures, int bins) {
    Histogram result;
    if (futures.sorted_hours.empty()) return result;
    result.first_hours = futures.sorted_hours.front();
    const double width = futures.sorted_hours.back() - result.first_hours;
    const auto last = static_cast<std::size_t>(width > 0 ? std::max(bins, 1) - 1 : 0);
    result.bin_hours = width > 0 ? width / static_cast<double>(last + 1) : 0;
    result.runs.resize(last + 1);
    for (const double hours : futures.sorted_hours) {
        const double bin = width > 0 ? (hours - result.first_hours) / result.bin_hours : 0;
        ++result.runs[std::min(static_cast<std::size_t>(bin), last)];
    }
    return result;
}

}  // namespace deepvm::risk
