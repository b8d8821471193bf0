// SPDX-License-Identifier: GPL-3.0-or-later
// The file that --measurements names, and the laws that are fitted to it.
#include <fmt/format.h>

#include <cmath>

#include "fuzz.h"
#include "model/measurements.h"

namespace deepvm::fuzz {
namespace {

void demand_law(const model::ScalingFit& fit) {
    const auto& law = fit.law;
    demand(std::isfinite(law.epoch_seconds) && law.epoch_seconds > 0, "an epoch takes a time",
           fit.instance_type);
    demand(std::isfinite(law.transfer_seconds) && law.transfer_seconds >= 0, "a transfer takes a time",
           fmt::format("{}", law.transfer_seconds));
    demand(std::isfinite(law.latency_seconds) && law.latency_seconds >= 0, "a latency is a time",
           fmt::format("{}", law.latency_seconds));
    for (const auto& point : fit.points)
        demand(std::isfinite(point.fitted_seconds) && point.fitted_seconds > 0 &&
                   std::isfinite(point.residual_percent),
               "a point is fitted by a time", fmt::format("{} {}", point.nodes, point.fitted_seconds));
    demand(std::isfinite(fit.mean_error_percent), "an error is a number", fit.instance_type);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm;
    static fuzz::MemoryFile file;
    file.write(fuzz::text_of(data, size));
    const auto times = model::read_epoch_times(file.path());
    if (!times) {
        fuzz::demand_refusal(times.error());
        return 0;
    }
    fuzz::demand(!times->empty(), "a file that was read has rows");
    const auto fits = model::fit_by_type(*times);
    fuzz::demand(!fits.fits.empty() || !fits.refused.empty(), "every type has a law or a reason");
    for (const auto& refused : fits.refused)
        fuzz::demand_refusal(refused);
    for (const auto& fit : fits.fits)
        fuzz::demand_law(fit);
    return 0;
}
