// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/monte_carlo.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "model/statistics.h"
#include "risk/future.h"

namespace deepvm::risk {
namespace {

using base::ErrorCode;
using base::fail;

constexpr int most_machines = 100'000;
constexpr int most_runs = 1'000'000;

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
          run.restart_seconds, run.start_seconds, request.interval_seconds.value_or(0), request.doubt.time,
          request.doubt.revocations, request.price_doubt})
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

// The same work where the steps between two checkpoints take `time` times as long.
Segments stretched(Segments work, double time) {
    work.checkpointed_seconds += (time - 1) * work.last_seconds;
    work.last_seconds *= time;
    return work;
}

SharedWork stretched(SharedWork work, double time) {
    work.useful_seconds *= time;
    return work;
}

// The errors of one future: factors of time, rate and price. Evenly spread over all of them (Roberts'
// sequence in three dimensions), so that few futures have the whole distribution.
struct Errors {
    double time = 1;
    double revocations = 1;
    double price = 1;
};

class DrawnErrors {
  public:
    DrawnErrors(const Simulation& request) : doubt_(request.doubt), price_doubt_(request.price_doubt) {
        Random random(request.seed, std::numeric_limits<std::uint64_t>::max());
        for (double& start : starts_)
            start = random.uniform();
    }

    Errors of(int future) const {
        return {factor(0, doubt_.time, future), factor(1, doubt_.revocations, future),
                factor(2, price_doubt_, future)};
    }

  private:
    double factor(std::size_t dimension, double doubt, int future) const {
        if (!(doubt > 0)) return 1;
        constexpr std::array steps{0.8191725133961645, 0.6710436067037893, 0.5497004779019703};
        const double place = std::fmod(starts_[dimension] + steps[dimension] * future, 1.0);
        constexpr double edge = 1e-9;
        return std::exp(doubt * std::numbers::sqrt2 *
                        -boost::math::erfc_inv(2 * std::clamp(place, edge, 1 - edge)));
    }

    Doubt doubt_;
    double price_doubt_;
    std::array<double, 3> starts_{};
};

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
    const double lean =
        squares > 0 ? (1 + 2 * model::normal_99 * model::normal_99) / 6 * cubes / squares / count : 0;
    spread.low = spread.mean - model::normal_99 * spread.standard_error + lean;
    spread.high = spread.mean + model::normal_99 * spread.standard_error + lean;
    const auto percentile = [&](double percent) {
        return sorted[static_cast<std::size_t>(std::ceil(percent / 100 * count)) - 1];
    };
    spread.p5 = percentile(5);
    spread.p50 = percentile(50);
    spread.p95 = percentile(95);
    return spread;
}

template <typename Work, typename Fleet>
base::Result<Futures> simulate_all(const Simulation& request, const Work& work, Fleet fleet,
                                   const std::stop_token& stop, const Progress& progress) {
    Futures futures;
    futures.hourly_price = request.hourly_price;
    futures.sorted_hours.reserve(static_cast<std::size_t>(request.runs));
    futures.sorted_dollars.reserve(static_cast<std::size_t>(request.runs));
    const DrawnErrors errors(request);
    const double certain = (request.hourly_price - request.estimated_price).usd();
    const double estimated = request.estimated_price.usd();
    const int told_every = std::max(1, request.runs / 100);
    std::int64_t revocations = 0;
    int undisturbed = 0;
    for (int i = 0; i < request.runs; ++i) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the simulation was stopped");
        const Errors of = errors.of(i);
        fleet.quicken(of.revocations);
        const Future future = live_through(stretched(work, of.time), fleet,
                                           Random(request.seed, static_cast<std::uint64_t>(i)));
        const double seconds =
            future.finishes ? request.run.start_seconds + future.seconds : longest_hours * seconds_per_hour;
        // What an unlikely error makes endless is one long future of many.
        if (!future.finishes && of.time <= 1 && of.revocations <= 1)
            return Futures{.finishes = false, .hourly_price = request.hourly_price};
        futures.sorted_hours.push_back(seconds / 3600);
        futures.sorted_dollars.push_back(seconds / 3600 * (certain + estimated * of.price));
        revocations += future.revocations;
        undisturbed += future.revocations == 0 ? 1 : 0;
        if (progress && ((i + 1) % told_every == 0 || i + 1 == request.runs))
            progress(static_cast<double>(i + 1) / request.runs);
    }
    futures.dollars_by_run = futures.sorted_dollars;
    std::sort(futures.sorted_hours.begin(), futures.sorted_hours.end());
    std::sort(futures.sorted_dollars.begin(), futures.sorted_dollars.end());
    futures.hours = spread_of(futures.sorted_hours);
    futures.dollars = spread_of(futures.sorted_dollars);
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
    if (auto why = refusal(request)) return fail(ErrorCode::invalid_input, *why);
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

double share_at_most(std::span<const double> sorted, double most) {
    if (sorted.empty()) return 0;
    const auto below = std::upper_bound(sorted.begin(), sorted.end(), most) - sorted.begin();
    return static_cast<double>(below) / static_cast<double>(sorted.size());
}

double share_done_within(const Futures& futures, double hours) {
    return share_at_most(futures.sorted_hours, hours);
}

double cheaper_in(const Futures& a, const Futures& b) {
    if (!a.finishes || !b.finishes) return a.finishes ? 100 : b.finishes ? 0 : 50;
    double wins = 0;
    const auto& dear = b.sorted_dollars;
    auto below = dear.begin();  // from here on B costs as much as A or more
    auto above = dear.begin();  // from here on it costs more
    for (const double dollars : a.sorted_dollars) {
        while (below != dear.end() && *below < dollars)
            ++below;
        while (above != dear.end() && *above <= dollars)
            ++above;
        wins += static_cast<double>(dear.end() - above) + static_cast<double>(above - below) / 2;
    }
    return 100 * wins / static_cast<double>(a.sorted_dollars.size()) / static_cast<double>(dear.size());
}

double cheaper_in_shared(const Futures& a, const Futures& b) {
    if (a.finishes != b.finishes) return a.finishes ? 100 : 0;
    const auto runs = std::min(a.dollars_by_run.size(), b.dollars_by_run.size());
    if (!a.finishes || runs == 0) return 50;
    double cheaper = 0;
    for (std::size_t i = 0; i < runs; ++i) {
        if (a.dollars_by_run[i] < b.dollars_by_run[i]) cheaper += 1;
        if (a.dollars_by_run[i] == b.dollars_by_run[i]) cheaper += 0.5;
    }
    return 100 * cheaper / static_cast<double>(runs);
}

Histogram histogram(std::span<const double> sorted, int bins) {
    Histogram result;
    if (sorted.empty()) return result;
    result.first = sorted.front();
    const double width = sorted.back() - result.first;
    const auto last = static_cast<std::size_t>(width > 0 ? std::max(bins, 1) - 1 : 0);
    result.width = width > 0 ? width / static_cast<double>(last + 1) : 0;
    result.runs.resize(last + 1);
    for (const double figure : sorted) {
        const double bin = width > 0 ? (figure - result.first) / result.width : 0;
        ++result.runs[std::min(static_cast<std::size_t>(bin), last)];
    }
    return result;
}

}  // namespace deepvm::risk
