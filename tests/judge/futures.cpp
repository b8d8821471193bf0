// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/futures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace deepvm::tests::judge {

Futures::Futures(const Run& run, double checkpoints, const Doubt& doubt, std::uint64_t seed)
    : run_(run), checkpoints_(checkpoints), doubt_(doubt), random_(seed) {}

double Futures::error(double deviation) {
    return deviation > 0 ? std::exp(deviation * normal_(random_)) : 1;
}

double Futures::next(double give_up) {
    const double useful = run_.useful_seconds * error(doubt_.time);
    const double rate = run_.rate() * error(doubt_.revocations);
    const double within = give_up * 3600 - run_.start_seconds;
    const double seconds =
        run_.rolls_back() ? rolling_back(useful, rate, within) : carrying_on(useful, rate, within);
    return (run_.start_seconds + seconds) / 3600;
}

// Revocations have no memory, so the time to the next is drawn anew after each of them and after each
// restart.
double Futures::rolling_back(double useful, double rate, double give_up) {
    const double segment = useful / (checkpoints_ + 1);
    const double with_checkpoint = segment + run_.checkpoint_seconds;
    double left = checkpoints_;
    double now = 0;
    while (now <= give_up) {
        const double calm = until_(random_) / rate;
        const double passed = std::min(left, std::floor(calm / with_checkpoint));
        left -= passed;
        if (left == 0 && calm - passed * with_checkpoint >= segment)
            return now + passed * with_checkpoint + segment;
        now += calm;
        double restarted = until_(random_) / rate;
        for (; restarted < run_.restart_seconds && now <= give_up; restarted = until_(random_) / rate)
            now += restarted;
        now += run_.restart_seconds;
    }
    return std::numeric_limits<double>::infinity();
}

// Each machine at work may go at any moment, and comes back after a restart.
double Futures::carrying_on(double useful, double rate, double give_up) {
    const auto machines = run_.throughputs.size();
    const double of_one = rate / static_cast<double>(machines);
    back_at_.clear();
    double now = 0;
    double done = 0;
    while (now <= give_up) {
        const std::size_t present = machines - back_at_.size();
        const double pace = present > 0 ? run_.throughputs[present - 1] / run_.throughputs.back() : 0;
        const double returns = back_at_.empty() ? std::numeric_limits<double>::infinity() : back_at_.front();
        const double goes = now + until_(random_) / (of_one * static_cast<double>(present));
        const double until = std::min(returns, goes);
        if (pace > 0 && done + pace * (until - now) >= useful) return now + (useful - done) / pace;
        done += pace * (until - now);
        now = until;
        if (returns <= goes)
            back_at_.erase(back_at_.begin());
        else
            back_at_.push_back(now + run_.restart_seconds);
    }
    return std::numeric_limits<double>::infinity();
}

std::vector<double> sorted_hours(const Run& run, double checkpoints, const Doubt& doubt, int futures,
                                 std::uint64_t seed) {
    constexpr double century = 876'000;
    Futures drawn(run, checkpoints, doubt, seed);
    std::vector<double> hours;
    hours.reserve(static_cast<std::size_t>(futures));
    for (int i = 0; i < futures; ++i)
        hours.push_back(drawn.next(century));
    std::sort(hours.begin(), hours.end());
    return hours;
}

double share_within(const std::vector<double>& sorted, double hours) {
    const auto within = std::upper_bound(sorted.begin(), sorted.end(), hours) - sorted.begin();
    return static_cast<double>(within) / static_cast<double>(sorted.size());
}

}  // namespace deepvm::tests::judge
