// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/pipeline.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace deepvm::tests::judge {

Pipeline pipeline_of(const Machinery& machinery) {
    constexpr double bits_of_gib = 8 * 1073741824.0;
    const double senders = machinery.workers;
    const double one_sends = machinery.checkpoint_gib / (machinery.sharded ? senders : 1);
    const double all = one_sends * senders;
    // Either the lines of all workers are full or those of all remote nodes.
    const double lines = std::min(senders * machinery.worker_gbps, machinery.remotes * machinery.remote_gbps);
    return {machinery.checkpoint_gib / machinery.host_copy, one_sends / machinery.cutting,
            all * bits_of_gib / (0.7e9 * lines), all / (machinery.storage * machinery.remotes),
            std::floor(machinery.memory_gib / all * (1 + 1e-9))};
}

// From the start of one copy to that of the next are the copy and an interval. In that time the one before
// has to be cut and sent, storage has to flush one, and a single place in remote memory has to fill and
// empty.
double shortest_interval(const Pipeline& pipeline) {
    if (pipeline.places < 1) return std::numeric_limits<double>::infinity();
    const double leaves_host = pipeline.cut + pipeline.send;
    const double stays = (pipeline.places < 2 ? pipeline.send : 0) + pipeline.flush;
    return std::max({0.0, leaves_host, stays - pipeline.copy});
}

double stalled_seconds(const Pipeline& pipeline, double interval, int checkpoints) {
    double stalled = 0;
    double now = 0;
    double host_free = 0;
    double storage_free = 0;
    std::deque<double> leaves;  // remote memory, of those that still have a place in it
    for (int i = 0; i < checkpoints; ++i) {
        now += interval;
        stalled += std::max(0.0, host_free - now);
        now = std::max(now, host_free) + pipeline.copy;
        double sends = now + pipeline.cut;
        if (static_cast<double>(leaves.size()) >= pipeline.places) {
            sends = std::max(sends, leaves.front());
            leaves.pop_front();
        }
        host_free = sends + pipeline.send;
        storage_free = std::max(storage_free, host_free) + pipeline.flush;
        leaves.push_back(storage_free);
    }
    return stalled;
}

}  // namespace deepvm::tests::judge
