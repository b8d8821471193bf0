// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/close_call.h"

#include "risk/chance.h"

namespace deepvm::tests {

bool planner_keeps(const judge::Run& run, double hours, const judge::Doubt& doubt, double confidence) {
    const risk::JobRun same{
        run.useful_seconds,  run.revocations_per_hour, run.checkpoint_seconds, run.shortest_interval_seconds,
        run.restart_seconds, run.start_seconds,        run.throughputs};
    return risk::keeps(same, risk::outlook(same), hours, {doubt.time, doubt.revocations}, confidence);
}

}  // namespace deepvm::tests
