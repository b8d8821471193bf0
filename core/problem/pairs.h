// SPDX-License-Identifier: GPL-3.0-or-later
// Workers with on-demand machines of another type beside them in the same place: of the same two types in
// several places only the pairs that no other place beats. Internal to the planner.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "problem/candidates.h"
#include "problem/remotes.h"

namespace deepvm::problem {

struct Pair {
    std::size_t worker = 0;
    const SeenRemote* remote = nullptr;
};

/// What a worker can be paired with; lives as long as the pairs are used, in one piece for each worker.
using Partners = std::function<std::span<const SeenRemote>(std::size_t worker)>;

/// In catalog order; the remote nodes of one worker, which lie behind one another, as they were. Nothing when
/// it was stopped.
std::optional<std::vector<Pair>> unbeaten_pairs(const Problem& problem, Architecture architecture,
                                                const Places& places, const Partners& partners,
                                                const std::stop_token& stop);

}  // namespace deepvm::problem
