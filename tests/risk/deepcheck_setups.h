// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoint pipelines: one to be checked by heart, and any.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>

#include "model/saturation.h"
#include "risk/deepcheck.h"

namespace deepvm::tests {

inline constexpr double gbit_per_gib = 8.589934592;

/// Numbers that can be checked by heart: copy 2 s, cut 1 s, send 8 s, flush 4 s, a new one every 20 s.
inline risk::DeepCheck by_heart() {
    risk::DeepCheck setup;
    setup.workers = 4;
    setup.remotes = 2;
    setup.checkpoint_gib = 4;
    setup.host_copy_gib_per_second = 2;
    setup.cut_gib_per_second = 1;
    setup.worker_network_gbps = gbit_per_gib / risk::usable_network;  // 1 GiB/s
    setup.remote_network_gbps = 0.25 * gbit_per_gib / risk::usable_network;
    setup.remote_buffer_gib = 4;
    setup.storage_gib_per_second = 0.5;
    setup.interval_seconds = 20;
    setup.duration_seconds = 100;
    return setup;
}

inline double logarithmic(std::mt19937& random, double least, double most) {
    return std::exp(std::uniform_real_distribution(std::log(least), std::log(most))(random));
}

/// Anything that a person could enter, with every part of the pipeline now and then the slowest.
inline risk::DeepCheck any_setup(std::mt19937& random) {
    risk::DeepCheck setup;
    setup.workers = std::uniform_int_distribution(1, 40)(random);
    setup.remotes = std::uniform_int_distribution(1, 8)(random);
    setup.sharded = random() % 2 == 0;
    setup.checkpoint_gib = logarithmic(random, 0.05, 20);
    setup.host_copy_gib_per_second = logarithmic(random, 0.5, 20);
    setup.cut_gib_per_second = logarithmic(random, 0.5, 20);
    setup.worker_network_gbps = logarithmic(random, 0.3, 100);
    setup.remote_network_gbps = logarithmic(random, 0.3, 100);
    const double total = setup.checkpoint_gib * (setup.sharded ? 1 : setup.workers);
    setup.remote_buffer_gib = total / setup.remotes * logarithmic(random, 1.01, 6);
    setup.storage_gib_per_second = logarithmic(random, 0.05, 2);
    setup.interval_seconds = logarithmic(random, 1, 300);
    setup.duration_seconds = setup.interval_seconds * logarithmic(random, 2, 30);
    return setup;
}

inline bool close(double a, double b) {
    return std::abs(a - b) <= 1e-6 * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace deepvm::tests
