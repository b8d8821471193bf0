// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/least_squares.h"
#include "model/scaling.h"

namespace deepvm::risk {
namespace {

// Lines that carry a part of the checkpoint.
int busy_lines(int workers, int remotes) {
    return std::max(1, std::min(workers, remotes));
}

// Workers on one remote beyond n_sat, in units of n_sat.
double surplus(int workers, int remotes, double n_sat) {
    return std::max(0.0, static_cast<double>(workers) / std::max(remotes, 1) / n_sat - 1);
}

base::Result<void> check(std::span<const TransmissionTime> times, int workers, double n_sat) {
    const auto refuse = [](const std::string& why) {
        return base::fail(base::ErrorCode::invalid_input, why);
    };
    if (workers < 1 || !(n_sat > 0))
        return refuse(
            fmt::format("{} workers with n_sat = {} send no checkpoint; both are above 0", workers, n_sat));
    if (times.empty()) return refuse("no transmission was measured; add a time");
    for (const auto& time : times)
        if (time.remotes < 1 || !(time.seconds > 0) || !std::isfinite(time.seconds))
            return refuse(fmt::format("a transmission of {} s to {} remotes is none; both are above 0",
                                      time.seconds, time.remotes));
    return {};
}

}  // namespace

double transmission_seconds(const TransmissionLaw& law, int workers, int remotes, double n_sat) {
    return law.one_line_seconds / busy_lines(workers, remotes) *
           (1 + law.incast * surplus(workers, remotes, n_sat));
}

double transfer_seconds(double checkpoint_bytes, int workers, int remotes, double gbps, double n_sat) {
    const TransmissionLaw law{8 * checkpoint_bytes / (model::usable_share * 1e9 * gbps), measured_incast};
    return transmission_seconds(law, workers, remotes, n_sat);
}

base::Result<TransmissionLaw> fit_transmission(std::span<const TransmissionTime> times, int workers,
                                               double n_sat) {
    if (auto checked = check(times, workers, n_sat); !checked) return tl::unexpected(checked.error());
    // seconds = (line + line * incast * surplus) / lines: linear in the line and in its product with incast.
    base::NonNegativeLeastSquares both;
    base::NonNegativeLeastSquares line_alone;
    std::set<double> surpluses;
    for (const auto& time : times) {
        const double of_line = 1 / (busy_lines(workers, time.remotes) * time.seconds);
        const double beyond = surplus(workers, time.remotes, n_sat);
        both.add(of_line, of_line * beyond, 1);
        line_alone.add(of_line * (1 + measured_incast * beyond), 0, 1);
        surpluses.insert(beyond);
    }
    const auto [line, incast_line] = both.minimum();
    if (surpluses.size() >= 2 && line > 0) return TransmissionLaw{line, incast_line / line};
    return TransmissionLaw{line_alone.minimum().first, measured_incast};
}

}  // namespace deepvm::risk
