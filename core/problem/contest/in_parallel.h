// SPDX-License-Identifier: GPL-3.0-or-later
// Many alike and independent pieces of work shared by the processors. Internal to the planner.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace deepvm::problem {

/// How many threads so many pieces are worth, the caller's included.
inline std::size_t threads_for(std::size_t pieces) {
    constexpr std::size_t worth_a_thread = 100;
    constexpr std::size_t most = 8;
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                   std::min(most, 1 + pieces / worth_a_thread));
}

/// Calls work(piece, thread) for every piece, a few at a time, with threads counted from 0.
template <typename Work>
void in_parallel(std::size_t pieces, std::size_t threads, Work work) {
    constexpr std::size_t share = 16;
    std::atomic<std::size_t> next = 0;
    const auto work_off = [&](std::size_t thread) {
        for (auto first = next.fetch_add(share); first < pieces; first = next.fetch_add(share))
            for (auto piece = first; piece < std::min(first + share, pieces); ++piece)
                work(piece, thread);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t thread = 1; thread < threads; ++thread)
        helpers.emplace_back([&work_off, thread] { work_off(thread); });
    work_off(0);
}

}  // namespace deepvm::problem
