// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/staging.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "risk/random.h"
#include "risk/revocation.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using session::Exploration;

constexpr int most_draws = 24;

template <typename T>
const T& one_of(const std::vector<T>& all, risk::Random& random) {
    return all[static_cast<std::size_t>(random.uniform() * static_cast<double>(all.size()))];
}

// A number that a person can type, evenly from the range.
double number_in(const Range& range, double step, risk::Random& random) {
    const double value = range.low + random.uniform() * (range.high - range.low);
    return std::clamp(std::round(value / step) * step, range.low, range.high);
}

void draw(const Exercise& exercise, risk::Random& random, Exploration& exploration) {
    if (!exercise.workloads.empty()) exploration.workload = one_of(exercise.workloads, random);
    if (exercise.budget) exploration.budget = base::Money::from_usd(number_in(*exercise.budget, 0.1, random));
    if (!exercise.max_nodes.empty()) exploration.max_nodes = one_of(exercise.max_nodes, random);
    if (exercise.deadline) exploration.job.deadline_hours = number_in(*exercise.deadline, 0.5, random);
    if (exercise.revocations) {
        const double rate = risk::hourly_rate(number_in(*exercise.revocations, 1, random) / 100);
        exploration.risk.rates = risk::RateRange{rate, rate, rate};
        exploration.risk.source = "set by hand";
    }
}

// The same on every machine: FNV-1a.
std::uint64_t number_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

}  // namespace

base::Result<Exploration> start_in(const Lesson& lesson, const catalog::Selection& market) {
    auto start = session::first_exploration();
    start.move_to(market);
    return assigned(std::move(start), lesson.start);
}

base::Result<std::vector<Exploration>> drawn(const Lesson& lesson, std::uint64_t seed) {
    if (!lesson.exercise)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("the lesson \"{}\" has no exercise; play it without a seed", lesson.id));
    risk::Random random(seed, number_of(lesson.id));
    const auto& markets = lesson.exercise->markets.empty() ? lesson.markets : lesson.exercise->markets;
    std::vector<Exploration> all;
    for (int i = 0; i < most_draws; ++i) {
        auto start = start_in(lesson, one_of(markets, random));
        if (!start) return tl::unexpected(std::move(start.error()));
        draw(*lesson.exercise, random, *start);
        all.push_back(std::move(*start));
    }
    return all;
}

base::Result<Staged> stage(const Lesson& lesson, std::optional<std::uint64_t> seed, Worlds& worlds,
                           const std::stop_token& stop) {
    std::vector<Exploration> starts;
    if (seed) {
        auto all = drawn(lesson, *seed);
        if (!all) return tl::unexpected(std::move(all.error()));
        starts = std::move(*all);
    } else {
        for (const auto& market : lesson.markets) {
            auto start = start_in(lesson, market);
            if (!start) return tl::unexpected(std::move(start.error()));
            starts.push_back(std::move(*start));
        }
    }
    Staged staged;
    for (auto& start : starts) {
        auto rehearsal = rehearse(lesson, start, worlds, stop);
        if (!rehearsal) return tl::unexpected(std::move(rehearsal.error()));
        if (rehearsal->sound()) {
            staged.start = std::move(start);
            staged.rehearsal = std::move(*rehearsal);
            return staged;
        }
        const auto& first = rehearsal->findings.front();
        staged.passed_over.push_back({start.selection, first.step, first.what});
    }
    std::string why;
    for (const auto& each : staged.passed_over)
        why += fmt::format("; {}: step {}: {}", place_of(each.market), each.step + 1, each.why);
    return base::fail(
        base::ErrorCode::invalid_input,
        fmt::format("the lesson \"{}\" cannot be played with this catalog's prices{}", lesson.id, why));
}

std::string place_of(const catalog::Selection& market) {
    return market.region.empty() ? market.market : market.market + " " + market.region;
}

}  // namespace deepvm::lessons
