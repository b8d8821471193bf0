// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/parameter_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deepvm::risk {
namespace {

// Several servers after Seidmann: one that is as fast as all of them, and a delay so that a step that finds
// no other still takes its service time.
struct Station {
    double queue_seconds;
    double delay_seconds;
};

Station station(int servers, double service_seconds) {
    return {service_seconds / servers, service_seconds * (servers - 1) / servers};
}

double seconds_of(int workers, int servers, const ServerLoad& load) {
    return 1 / throughputs(workers, servers, load.compute_seconds, load.service_seconds).back();
}

// The load of one second that divides into computing and service.
ServerLoad divided(double service_share) {
    return {1 - service_share, service_share};
}

// Times are proportional to the seconds of the load: the factor with the least squares of relative errors.
ServerLoad scaled(const ServerLoad& load, int servers, const ClusterTime& one, const ClusterTime& other) {
    const double first = seconds_of(one.workers, servers, load) / one.seconds;
    const double second = seconds_of(other.workers, servers, load) / other.seconds;
    const double factor = (first + second) / (first * first + second * second);
    return {factor * load.compute_seconds, factor * load.service_seconds};
}

base::Result<void> check(int servers, const ClusterTime& time) {
    constexpr int most_workers = 1'000'000;
    if (servers < 1 || time.workers < 1 || time.workers > most_workers || !(time.seconds > 0) ||
        !std::isfinite(time.seconds))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} workers and {} parameter servers took {} s; all of them are above 0"
                                      " and no more than {} workers",
                                      time.workers, servers, time.seconds, most_workers));
    return {};
}

}  // namespace

std::vector<double> throughputs(int workers, int servers, double compute_seconds, double service_seconds,
                                double least) {
    const auto [queue_seconds, delay_seconds] = station(servers, service_seconds);
    std::vector<double> rates;
    rates.reserve(static_cast<std::size_t>(std::max(workers, 0)));
    double waiting = 0;  // steps at the servers that an arriving one finds: those of one worker less
    for (int n = 1; n <= workers; ++n) {
        const double at_servers = queue_seconds * (1 + waiting);
        const double cycle = compute_seconds + delay_seconds + at_servers;
        if (1 < least * cycle) break;
        rates.push_back(cycle > 0 ? n / cycle : std::numeric_limits<double>::infinity());
        waiting = cycle > 0 ? rates.back() * at_servers : 0;
    }
    return rates;
}

base::Result<double> mixed_throughput(std::span<const WorkerGroup> groups, int servers,
                                      double service_seconds) {
    // A state is how many workers of each group there are, in a mixed radix; `stride` of a group is what one
    // worker of it adds to the index.
    std::vector<std::size_t> stride;
    std::size_t states = 1;
    for (const auto& group : groups) {
        stride.push_back(states);
        states *= static_cast<std::size_t>(std::max(group.workers, 0)) + 1;
        if (states > most_mixed_states)
            return base::fail(base::ErrorCode::invalid_input,
                              "the workers are of too many kinds to compute their speed exactly; use fewer");
    }
    const auto [queue_seconds, delay_seconds] = station(servers, service_seconds);
    std::vector<double> waiting(states, 0.0);
    double rate = 0;
    for (std::size_t state = 1; state < states; ++state) {
        rate = 0;
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const auto radix = static_cast<std::size_t>(std::max(groups[g].workers, 0)) + 1;
            const auto here = state / stride[g] % radix;
            if (here == 0) continue;
            const double at_servers = queue_seconds * (1 + waiting[state - stride[g]]);
            const double cycle = groups[g].compute_seconds + delay_seconds + at_servers;
            if (!(cycle > 0)) return std::numeric_limits<double>::infinity();
            rate += static_cast<double>(here) / cycle;
            waiting[state] += static_cast<double>(here) / cycle * at_servers;
        }
    }
    return rate;
}

base::Result<ServerLoad> fit_server_load(int servers, const ClusterTime& one, const ClusterTime& other) {
    for (const auto* time : {&one, &other})
        if (auto checked = check(servers, *time); !checked) return tl::unexpected(checked.error());
    if (one.workers == other.workers)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("both times are of {} workers; measure a second cluster size", one.workers));
    const auto& [few, many] = one.workers < other.workers ? std::pair(one, other) : std::pair(other, one);

    // The time with many workers over that with few grows with the share of the service: bisection.
    const double wanted = many.seconds / few.seconds;
    double low = 0;
    double high = 1;
    for (int halving = 0; halving < 60; ++halving) {
        const double share = (low + high) / 2;
        const auto load = divided(share);
        const bool below =
            seconds_of(many.workers, servers, load) < wanted * seconds_of(few.workers, servers, load);
        (below ? low : high) = share;
    }
    // The end that was reached without a crossing is exact: no service, or nothing but service.
    const double share = low == 0 ? 0 : high == 1 ? 1 : (low + high) / 2;
    return scaled(divided(share), servers, few, many);
}

}  // namespace deepvm::risk
