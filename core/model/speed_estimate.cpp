// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/speed_estimate.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "model/precision.h"
#include "model/statistics.h"

namespace deepvm::model {
namespace {

// Variances of the effects on log utilisation, and the lengths over which effects are alike. The error in
// cross-validation is flat around them: half or twice the variance of kind, device, load, precision or noise
// changes the factor by less than 0.01.
constexpr double mean_utilisation = 0.27;
constexpr double mean_variance = 1;
constexpr double traffic_variance = 0.13;
constexpr double convolution_traffic_variance = 0.1;
constexpr double kind_variance = 0.05;
constexpr double device_variance = 0.12;
constexpr double device_length = 2;
constexpr double load_variance = 0.03;
constexpr double load_length = 1.5;
constexpr double workload_precision_variance = 0.016;
constexpr double noise_variance = 0.03;  // software, batch, driver: what pairs differ by beyond the effects
constexpr double student_degrees = 4;
constexpr int reweighting_rounds = 15;

using Eigen::Map;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <std::size_t N>
double likeness(const std::array<double, N>& a, const std::array<double, N>& b, double length) {
    double squares = 0;
    for (std::size_t i = 0; i < N; ++i)
        squares += (a[i] - b[i]) * (a[i] - b[i]);
    return std::exp(-squares / (2 * length * length));
}

// `itself`: of a cell with itself an effect is shared even where it is not known which.
double cell_covariance(const SpeedCell& a, const SpeedCell& b, bool itself) {
    const bool same_kind = itself || (a.kind && a.kind == b.kind);
    const bool convolutions = a.kind == WorkloadKind::convolution && b.kind == a.kind;
    double sum = mean_variance + traffic_variance * a.traffic * b.traffic;
    if (convolutions) sum += convolution_traffic_variance * a.traffic * b.traffic;
    if (same_kind) sum += kind_variance + load_variance * likeness(a.load, b.load, load_length);
    if (itself || (a.device_known && b.device_known))
        sum += device_variance * likeness(a.device, b.device, device_length);
    if (itself || (a.workload == b.workload && a.precision == b.precision))
        sum += workload_precision_variance;
    if (itself && !a.device_known) sum += traffic_variance;  // at a traffic that may be e times the usual
    return sum;
}

SpeedCell speed_cell(const Accelerator& accelerator, const TrainingLoad& load, Precision precision) {
    constexpr double usual_traffic = -1.5;
    SpeedCell cell;
    cell.precision = runs_as(accelerator, precision);
    cell.kind = load.kind;
    cell.workload = load.workload;
    cell.load = {std::log(load.flop_per_sample), std::log(std::max(load.parameters, 1.0))};
    if (accelerator.memory_bandwidth_gbs <= 0 || accelerator.year <= 0) return cell;
    cell.device_known = true;
    cell.device = {std::log(accelerator.fp32_tflops),
                   std::log(accelerator.tensor_tflops / accelerator.fp32_tflops),
                   std::log(accelerator.memory_bandwidth_gbs), (accelerator.year - 2019) / 3.0};
    cell.traffic = std::log(peak_tflops(accelerator, precision) * bytes_per_number(cell.precision) /
                            accelerator.memory_bandwidth_gbs) -
                   usual_traffic;
    return cell;
}

struct FittedPairs {
    std::vector<SpeedCell> cells;
    std::vector<double> deviations;  ///< of the logarithm of the median utilisation from the mean
};

FittedPairs pairs_to_fit(std::span<const DeviceThroughput> rows, std::span<const Accelerator> accelerators) {
    using Pair = std::tuple<std::string, std::string, Precision, std::optional<WorkloadKind>, double, double>;
    std::map<Pair, std::pair<SpeedCell, std::vector<double>>> pairs;
    for (const auto& row : rows) {
        const auto known = std::ranges::find(accelerators, row.accelerator, &Accelerator::name);
        if (row.use != RowUse::fit || known == accelerators.end() || !row.precision) continue;
        const auto& load = row.load;
        if (load.flop_per_sample <= 0 || load.parameters <= 0) continue;
        auto& [cell, utilisations] = pairs[{row.accelerator, load.workload, *row.precision, load.kind,
                                            load.flop_per_sample, load.parameters}];
        cell = speed_cell(*known, load, *row.precision);
        utilisations.push_back(
            row.samples_per_second * load.flop_per_sample /
            (worth_of_accelerators(row.accelerators) * peak_tflops(*known, *row.precision) * 1e12));
    }
    FittedPairs fitted;
    for (auto& [pair, found] : pairs) {
        fitted.cells.push_back(std::move(found.first));
        fitted.deviations.push_back(std::log(median(std::move(found.second)) / mean_utilisation));
    }
    return fitted;
}

}  // namespace

SpeedEstimate SpeedEstimate::fit(std::span<const DeviceThroughput> rows,
                                 std::span<const Accelerator> accelerators) {
    auto [cells, deviations] = pairs_to_fit(rows, accelerators);
    const auto size = static_cast<Eigen::Index>(cells.size());
    MatrixXd shared(size, size);
    for (Eigen::Index i = 0; i < size; ++i)
        for (Eigen::Index j = 0; j < size; ++j)
            shared(i, j) = cell_covariance(cells[i], cells[j], i == j);
    const Map<const VectorXd> target(deviations.data(), size);

    // Student's t as a normal distribution whose variance is larger where a cell is far from what is fitted.
    VectorXd noise = VectorXd::Constant(size, noise_variance);
    SpeedEstimate made;
    made.weights_.resize(cells.size());
    made.inverse_.resize(cells.size() * cells.size());
    Map<VectorXd> weights(made.weights_.data(), size);
    for (int round = 0; round < reweighting_rounds; ++round) {
        MatrixXd whole = shared;
        whole.diagonal() += noise;
        const Eigen::LLT<MatrixXd> factor(whole);
        weights = factor.solve(target);
        if (round + 1 == reweighting_rounds) {
            Map<RowMatrix>(made.inverse_.data(), size, size) = factor.solve(MatrixXd::Identity(size, size));
            break;
        }
        const VectorXd residual = noise.cwiseProduct(weights);
        noise = noise_variance * (student_degrees + residual.array().square() / noise_variance) /
                (student_degrees + 1);
    }
    made.cells_ = std::move(cells);
    return made;
}

SpeedRange SpeedEstimate::samples_per_second(const Accelerator& accelerator, const TrainingLoad& load,
                                             Precision precision) const {
    const auto cell = speed_cell(accelerator, load, precision);
    const auto size = static_cast<Eigen::Index>(cells_.size());
    VectorXd shared(size);
    for (Eigen::Index i = 0; i < size; ++i)
        shared(i) = cell_covariance(cell, cells_[i], false);
    const double middle = Map<const VectorXd>(weights_.data(), size).dot(shared);
    const Map<const RowMatrix> inverse(inverse_.data(), size, size);
    const double explained = shared.dot(inverse * shared);
    const double variance = std::max(0.0, cell_covariance(cell, cell, true) - explained) + noise_variance;
    const double spread = std::exp(four_in_five * std::sqrt(variance));

    const double of_peak = peak_tflops(accelerator, precision) * 1e12 / load.flop_per_sample;
    const double utilisation = mean_utilisation * std::exp(middle);
    return {of_peak * std::min(1.0, utilisation), of_peak * std::min(1.0, utilisation / spread),
            of_peak * std::min(1.0, utilisation * spread)};
}

}  // namespace deepvm::model
