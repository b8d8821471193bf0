// SPDX-License-Identifier: GPL-3.0-or-later
// How fast every type of a market trains the workload, and how that is known.
#pragma once

#include <string>
#include <vector>

#include "model/speeds.h"
#include "problem/problem.h"

namespace deepvm::exchange {

/// One worker type of one provider.
struct TypeSpeed {
    std::string provider;
    std::string instance_type;
    std::string accelerator;  ///< its display name
    int accelerators = 0;
    model::Speed speed;                ///< of the whole machine
    double utilisation = 0;            ///< of the peak, in the precision that it runs in
    std::vector<std::string> sources;  ///< of a measured one, by name
    std::string newest;                ///< date of the newest source, where one says it

    bool operator==(const TypeSpeed&) const = default;
};

/// Of all types that can train the workload, fastest first. Empty in a published data set, whose rates have a
/// unit of their own.
std::vector<TypeSpeed> type_speeds(const problem::Problem& problem);

/// Schema deepvm-speeds/1, see resources/schemas.
std::string speeds_json(const problem::Problem& problem, const std::vector<TypeSpeed>& speeds);
std::string speeds_csv(const std::vector<TypeSpeed>& speeds);

}  // namespace deepvm::exchange
