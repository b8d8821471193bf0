// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/market.h"

#include <algorithm>

namespace deepvm::model {

std::string prices_as_of(const Market& market) {
    const auto oldest = std::min_element(market.sources.begin(), market.sources.end(),
                                         [](const Source& a, const Source& b) { return a.as_of < b.as_of; });
    return oldest == market.sources.end() ? std::string{} : oldest->as_of;
}

const WorkloadProfile* find_workload(const Market& market, std::string_view name) {
    const auto found = std::find_if(market.workloads.begin(), market.workloads.end(),
                                    [&](const WorkloadProfile& workload) { return workload.name == name; });
    return found == market.workloads.end() ? nullptr : &*found;
}

const Source* find_source(const Market& market, std::string_view id) {
    const auto found = std::find_if(market.sources.begin(), market.sources.end(),
                                    [&](const Source& source) { return source.id == id; });
    return found == market.sources.end() ? nullptr : &*found;
}

}  // namespace deepvm::model
