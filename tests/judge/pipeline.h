// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints on their way from the workers to remote memory and on to storage, told checkpoint by
// checkpoint.
#pragma once

#include <vector>

namespace deepvm::tests::judge {

/// Seconds that one checkpoint takes each step where nothing holds it up, and how many of them remote memory
/// holds at once.
struct Pipeline {
    double copy = 0;
    double cut = 0;
    double send = 0;
    double flush = 0;
    double places = 1;
};

/// What it is made of; rates in GiB/s, lines in Gbit/s of which 70 % reach the application.
struct Machinery {
    int workers = 1;
    int remotes = 1;
    double checkpoint_gib = 1;
    bool sharded = true;  ///< each worker sends its share; else each sends a whole one
    double host_copy = 1;
    double cutting = 1;
    double worker_gbps = 1;
    double remote_gbps = 1;
    double memory_gib = 1;  ///< for checkpoints, of all remote nodes
    double storage = 1;     ///< of one remote node
};
Pipeline pipeline_of(const Machinery& machinery);

/// The shortest interval of training between two checkpoints with which it waits for nothing but the copy.
/// The next may be copied when the one before has left host memory; remote memory has to be empty again in
/// time. Infinite where it does not hold one.
double shortest_interval(const Pipeline& pipeline);

/// Seconds that training waits for anything but the copy while so many checkpoints are written.
double stalled_seconds(const Pipeline& pipeline, double interval, int checkpoints);

}  // namespace deepvm::tests::judge
