// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/speeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/precision.h"
#include "model/statistics.h"

namespace deepvm::model {
namespace {

// The rows of one accelerator, workload and precision, by source: a paper that says it is one source, and so
// is a framework within a collection of them.
struct SpeedSources {
    std::map<std::pair<std::string, std::string>, std::vector<double>> by_source;
    std::string newest;
    int rows = 0;
};

MeasuredSpeed summary_of(SpeedSources sources) {
    MeasuredSpeed speed;
    speed.rows = sources.rows;
    speed.newest = std::move(sources.newest);
    std::vector<double> medians;
    std::vector<double> all;
    for (auto& [source, speeds] : sources.by_source) {
        if (speed.sources.empty() || speed.sources.back() != source.first)
            speed.sources.push_back(source.first);
        all.insert(all.end(), speeds.begin(), speeds.end());
        medians.push_back(median(std::move(speeds)));
    }
    const auto [slowest, fastest] = std::ranges::minmax(all);
    speed.range = {median(std::move(medians)), slowest, fastest};
    return speed;
}

SpeedRange of_a_machine(const SpeedRange& one, int count) {
    const double worth = worth_of_accelerators(count);
    return {one.samples_per_second * worth, one.low * worth, one.high * worth};
}

double machine_peak(const Accelerator& accelerator, int count, double flop_per_sample, Precision precision) {
    return count * peak_tflops(accelerator, precision) * 1e12 / flop_per_sample;
}

}  // namespace

std::string_view speed_basis_name(SpeedBasis basis) {
    switch (basis) {
        case SpeedBasis::yours:
            return "yours";
        case SpeedBasis::measured:
            return "measured";
        case SpeedBasis::estimated:
            return "estimated";
        case SpeedBasis::set:
            return "set";
    }
    return {};
}

MeasuredSpeeds::MeasuredSpeeds(std::span<const DeviceThroughput> rows) {
    std::map<std::tuple<std::string, std::string, Precision>, SpeedSources> found;
    for (const auto& row : rows) {
        if (row.use == RowUse::context || !row.precision) continue;
        auto& sources = found[{row.accelerator, row.load.workload, *row.precision}];
        sources.by_source[{row.source, row.software}].push_back(row.samples_per_second /
                                                                worth_of_accelerators(row.accelerators));
        sources.newest = std::max(sources.newest, row.source_date);  // ISO dates sort by time
        ++sources.rows;
    }
    for (auto& [key, sources] : found)
        speeds_.emplace(key, summary_of(std::move(sources)));
}

const MeasuredSpeed* MeasuredSpeeds::find(const std::string& accelerator, const std::string& workload,
                                          Precision precision) const {
    const auto found = speeds_.find({accelerator, workload, precision});
    return found == speeds_.end() ? nullptr : &found->second;
}

SpeedKnowledge speed_knowledge(std::span<const DeviceThroughput> rows,
                               std::span<const Accelerator> accelerators) {
    return {MeasuredSpeeds(rows), SpeedEstimate::fit(rows, accelerators)};
}

Speed of_a_machine(const Speed& one, int count) {
    Speed speed = one;
    speed.range = of_a_machine(one.range, count);
    return speed;
}

base::Result<void> check_speed(double samples_per_second, const Accelerator& accelerator, int count,
                               double flop_per_sample, Precision precision) {
    const double peak = machine_peak(accelerator, count, flop_per_sample, precision);
    if (!std::isfinite(samples_per_second) || samples_per_second <= 0)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("{:g} samples a second is no speed; give one above 0", samples_per_second));
    if (samples_per_second <= peak) return {};
    return base::fail(
        base::ErrorCode::invalid_input,
        fmt::format("{:g} samples a second is {:.1f} times the peak of {} x {}; is the workload right?",
                    samples_per_second, samples_per_second / peak, count, accelerator.display_name));
}

base::Result<Speed> speed_of(const Accelerator& accelerator, int count, const TrainingLoad& load,
                             Precision precision, const OwnSpeed& own, const MeasuredSpeeds& measured,
                             const SpeedEstimate& estimate) {
    const auto format = trains_in(accelerator, precision);
    const auto known = [&](double speed, SpeedBasis basis) {
        return Speed{{speed, speed, speed}, basis, format, nullptr};
    };
    if (own.samples_per_second) {
        const auto checked =
            check_speed(*own.samples_per_second, accelerator, count, load.flop_per_sample, format);
        if (!checked) return tl::unexpected(checked.error());
        return known(*own.samples_per_second, SpeedBasis::yours);
    }
    if (own.utilisation) {
        if (!(*own.utilisation > 0 && *own.utilisation <= 1))
            return base::fail(
                base::ErrorCode::invalid_input,
                fmt::format("a utilisation is above 0 and at most 1, not {:g}", *own.utilisation));
        return known(*own.utilisation * machine_peak(accelerator, count, load.flop_per_sample, format),
                     SpeedBasis::set);
    }
    if (const auto* found = measured.find(accelerator.name, load.workload, format))
        return Speed{of_a_machine(found->range, count), SpeedBasis::measured, format, found};
    return Speed{of_a_machine(estimate.samples_per_second(accelerator, load, format), count),
                 SpeedBasis::estimated, format, nullptr};
}

}  // namespace deepvm::model
