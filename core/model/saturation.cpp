// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/saturation.h"

#include <algorithm>
#include <cmath>

namespace deepvm::model {

double NetworkSaturation::workers_per_remote(double network_gbps) const {
    constexpr double workers_per_doubling_beyond = 6;
    const auto above =
        std::lower_bound(points_.begin(), points_.end(), network_gbps,
                         [](const SaturationPoint& point, double gbps) { return point.network_gbps < gbps; });
    if (above == points_.end())
        return points_.back().workers_per_remote +
               workers_per_doubling_beyond * std::log2(network_gbps / points_.back().network_gbps);
    if (above == points_.begin() || above->network_gbps == network_gbps) return above->workers_per_remote;
    const auto& low = *(above - 1);
    const double share =
        std::log(network_gbps / low.network_gbps) / std::log(above->network_gbps / low.network_gbps);
    return low.workers_per_remote + share * (above->workers_per_remote - low.workers_per_remote);
}

}  // namespace deepvm::model
