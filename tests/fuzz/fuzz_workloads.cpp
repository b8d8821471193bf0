// SPDX-License-Identifier: GPL-3.0-or-later
// The file that --workloads names.
#include "fuzz.h"
#include "model/workload_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm;
    static fuzz::MemoryFile file;
    file.write(fuzz::text_of(data, size));
    const auto read = model::read_workloads(file.path());
    if (!read) {
        fuzz::demand_refusal(read.error());
        return 0;
    }
    for (const auto& workload : *read) {
        const auto sound = model::check_workload(workload);
        fuzz::demand(sound.has_value(), "a workload that was read is sound",
                     sound ? "" : sound.error().message);
        fuzz::demand(model::checkpoint_gib(workload) > 0 && model::training_state_gib(workload) > 0,
                     "a workload has a size", workload.name);
        fuzz::demand(model::frozen_weight_bytes(workload) >= 0, "no weights are less than none",
                     workload.name);
    }
    const auto written = model::workloads_csv(*read);
    file.write(written);
    const auto again = model::read_workloads(file.path());
    fuzz::demand(again.has_value(), "what was written is read", again ? written : again.error().message);
    fuzz::demand(*again == *read, "what was written is the same", written);
    return 0;
}
