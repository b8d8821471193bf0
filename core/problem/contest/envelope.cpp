// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/contest/envelope.h"

#include <algorithm>
#include <bit>

namespace deepvm::problem {
namespace {

constexpr int bits = 5;
constexpr std::uint64_t per_doubling = 1U << bits;
constexpr std::size_t steps = 64 * per_doubling;  // of all of std::int64_t

}  // namespace

std::size_t PriceSteps::of(base::Money price) {
    const auto micro = static_cast<std::uint64_t>(std::max<std::int64_t>(price.micro(), 0));
    if (micro < per_doubling) return micro;
    const int shift = static_cast<int>(std::bit_width(micro)) - 1 - bits;
    return (static_cast<std::size_t>(shift) << bits) + (micro >> shift);
}

base::Money PriceSteps::first(std::size_t step) {
    if (step < per_doubling) return base::Money::from_micro(static_cast<std::int64_t>(step));
    const std::size_t shift = (step >> bits) - 1;
    return base::Money::from_micro(
        static_cast<std::int64_t>((per_doubling + (step & (per_doubling - 1))) << shift));
}

Envelope::Envelope(std::size_t depth) : depth_(depth), own_(steps * depth), reached_(steps), first_(steps) {}

void Envelope::insert(Row best, Best own) {
    if (own.worth <= best.back().worth) return;
    auto at =
        std::ranges::find_if(best, [&](const Best& each) { return each.worth > 0 && each.kind == own.kind; });
    if (at == best.end())
        --at;
    else if (at->worth >= own.worth)
        return;
    for (; at != best.begin() && (at - 1)->worth < own.worth; --at)
        *at = *(at - 1);
    *at = own;
}

void Envelope::note(base::Money price, double worth, std::uint64_t kind) {
    const auto step = PriceSteps::of(price);
    first_ = std::min(first_, step);
    last_ = std::max(last_, step);
    insert(row(step), {worth, kind});
}

void Envelope::note(const Envelope& other) {
    first_ = std::min(first_, other.first_);
    last_ = std::max(last_, other.last_);
    for (std::size_t i = other.first_ * depth_; i < (other.last_ + 1) * depth_; ++i)
        insert(row(i / depth_), other.own_[i]);
}

void Envelope::settle() {
    std::vector<Best> best(depth_);
    for (std::size_t step = first_; step <= last_; ++step) {
        for (const Best& own : row(step))
            insert(best, own);
        reached_[step] = best.back().worth;
    }
}

}  // namespace deepvm::problem
