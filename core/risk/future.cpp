// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/future.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <limits>

#include "risk/job_run.h"

namespace deepvm::risk {
namespace {

constexpr double longest_seconds = longest_hours * seconds_per_hour;
constexpr double never = std::numeric_limits<double>::infinity();

template <typename Fleet>
Future roll_back(const Segments& work, Fleet& fleet) {
    Future future;
    double begun = 0;
    double left = work.checkpointed;
    for (double end = fleet.next_end();;) {
        const double done =
            left > 0 ? std::min(left, std::floor((end - begun) / work.checkpointed_seconds)) : 0;
        const double saved = begun + done * work.checkpointed_seconds;
        if (done == left && end - saved >= work.last_seconds) {
            future.seconds = saved + work.last_seconds;
            future.finishes = future.seconds <= longest_seconds;
            return future;
        }
        left -= done;
        do {
            fleet.take(end);
            fleet.bring(end);
            begun = end + work.restart_seconds;
            if (++future.revocations >= most_revocations || begun > longest_seconds)
                return {.finishes = false};
            end = fleet.next_end();
        } while (end < begun);
    }
}

template <typename Fleet>
Future carry_on(const SharedWork& work, Fleet& fleet) {
    Future future;
    auto at_work = work.throughputs.size();
    std::deque<double> returns;  // a restart always takes the same time: first gone, first back
    double now = 0;
    double left = work.useful_seconds;
    for (;;) {
        const double speed = at_work > 0 ? work.throughputs[at_work - 1] / work.throughputs.back() : 0;
        const double end = fleet.next_end();
        double back = never;
        if (!returns.empty()) back = returns.front();
        const double next = std::min(end, back);
        if (speed > 0 && left <= (next - now) * speed) {
            future.seconds = now + left / speed;
            future.finishes = future.seconds <= longest_seconds;
            return future;
        }
        if (future.revocations >= most_revocations || next > longest_seconds) return {.finishes = false};
        left -= (next - now) * speed;
        now = next;
        if (end <= back) {
            ++future.revocations;
            fleet.take(now);
            --at_work;
            returns.push_back(now + work.restart_seconds);
        } else {
            fleet.bring(now);
            ++at_work;
            returns.pop_front();
        }
    }
}

}  // namespace

void MemorylessFleet::start(Random& random) {
    random_ = &random;
    at_work_ = machines_;
    since_ = 0;
    hazard_left_ = random_->exponential();
}

double MemorylessFleet::next_end() const {
    const double rate = at_work_ * rate_;
    return rate > 0 ? since_ + hazard_left_ / rate : never;
}

void MemorylessFleet::take(double now) {
    since_ = now;
    at_work_ -= 1;
    hazard_left_ = random_->exponential();
}

void MemorylessFleet::bring(double now) {
    hazard_left_ = std::max(0.0, hazard_left_ - (now - since_) * at_work_ * rate_);
    since_ = now;
    at_work_ += 1;
}

double AgeingFleet::lifetime_seconds() {
    return lifetimes_->quantile_hours(random_->uniform()) * seconds_per_hour;
}

void AgeingFleet::start(Random& random) {
    random_ = &random;
    ends_.clear();
    for (int i = 0; i < machines_; ++i)
        ends_.push_back(lifetime_seconds());
    std::make_heap(ends_.begin(), ends_.end(), std::greater<>());
}

double AgeingFleet::next_end() const {
    if (ends_.empty()) return never;
    return ends_.front();
}

void AgeingFleet::take(double) {
    std::pop_heap(ends_.begin(), ends_.end(), std::greater<>());
    ends_.pop_back();
}

void AgeingFleet::bring(double now) {
    ends_.push_back(now + lifetime_seconds());
    std::push_heap(ends_.begin(), ends_.end(), std::greater<>());
}

Future live_through(const Segments& work, MemorylessFleet& fleet, Random random) {
    fleet.start(random);
    return roll_back(work, fleet);
}

Future live_through(const Segments& work, AgeingFleet& fleet, Random random) {
    fleet.start(random);
    return roll_back(work, fleet);
}

Future live_through(const SharedWork& work, MemorylessFleet& fleet, Random random) {
    fleet.start(random);
    return carry_on(work, fleet);
}

Future live_through(const SharedWork& work, AgeingFleet& fleet, Random random) {
    fleet.start(random);
    return carry_on(work, fleet);
}

}  // namespace deepvm::risk
