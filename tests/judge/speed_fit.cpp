// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/speed_fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "judge/formats.h"

namespace deepvm::tests::judge {
namespace {

using Matrix = std::vector<std::vector<double>>;

// What measured pairs scatter by around the sum of their effects.
constexpr double scatter = 0.03;
constexpr double usual_utilisation = 0.27;

// How alike two effects of points are that far apart.
template <std::size_t N>
double alike(const std::array<double, N>& a, const std::array<double, N>& b, double reach) {
    double far = 0;
    for (std::size_t i = 0; i < N; ++i)
        far += std::pow((a[i] - b[i]) / reach, 2);
    return std::exp(-far / 2);
}

// By Gauss and Jordan; positive definite, so the diagonal is pivot enough.
Matrix inverse_of(Matrix a) {
    const std::size_t n = a.size();
    Matrix inverse(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i)
        inverse[i][i] = 1;
    for (std::size_t i = 0; i < n; ++i) {
        const double pivot = a[i][i];
        for (std::size_t j = 0; j < n; ++j) {
            a[i][j] /= pivot;
            inverse[i][j] /= pivot;
        }
        for (std::size_t k = 0; k < n; ++k) {
            const double factor = a[k][i];
            if (k == i || factor == 0) continue;
            for (std::size_t j = i; j < n; ++j)
                a[k][j] -= factor * a[i][j];
            for (std::size_t j = 0; j < n; ++j)
                inverse[k][j] -= factor * inverse[i][j];
        }
    }
    return inverse;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

double middle_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

}  // namespace

SpeedFit::Pair SpeedFit::pair_of(const model::Accelerator& accelerator, const model::TrainingLoad& load,
                                 model::Precision precision) {
    const Format format = format_of(accelerator, precision);
    Pair pair;
    pair.workload = load.workload;
    pair.kind = load.kind;
    pair.runs_in = format.precision;
    pair.size = {std::log(load.flop_per_sample), std::log(std::max(load.parameters, 1.0))};
    pair.known = accelerator.memory_bandwidth_gbs > 0 && accelerator.year > 0;
    if (!pair.known) return pair;
    const double bandwidth = std::log(accelerator.memory_bandwidth_gbs);
    pair.machine = {std::log(accelerator.fp32_tflops),
                    std::log(accelerator.tensor_tflops) - std::log(accelerator.fp32_tflops), bandwidth,
                    (accelerator.year - 2019) / 3.0};
    pair.traffic = std::log(format.tflops) + std::log(format.bytes) - bandwidth + 1.5;
    return pair;
}

// Variances of the effects that both have.
double SpeedFit::shared(const Pair& a, const Pair& b) {
    const bool kind = a.kind && b.kind && *a.kind == *b.kind;
    const bool convolutions = kind && *a.kind == model::WorkloadKind::convolution;
    double sum = 1;
    sum += (convolutions ? 0.23 : 0.13) * a.traffic * b.traffic;
    if (kind) sum += 0.05 + 0.03 * alike(a.size, b.size, 1.5);
    if (a.known && b.known) sum += 0.12 * alike(a.machine, b.machine, 2);
    if (a.workload == b.workload && a.runs_in == b.runs_in) sum += 0.016;
    return sum;
}

// Of a pair with itself: it has every effect, known or not, and an unknown traffic may be e times the usual.
double SpeedFit::own(const Pair& a) {
    const bool convolution = a.kind == model::WorkloadKind::convolution;
    const double traffic = (convolution ? 0.23 : 0.13) * a.traffic * a.traffic;
    return 1 + traffic + 0.05 + 0.03 + 0.12 + 0.016 + (a.known ? 0 : 0.13);
}

SpeedFit::SpeedFit(std::span<const model::DeviceThroughput> rows,
                   std::span<const model::Accelerator> accelerators) {
    std::map<std::tuple<std::string, std::string, model::Precision, int, double, double>,
             std::pair<Pair, std::vector<double>>>
        measured;
    for (const auto& row : rows) {
        const auto& load = row.load;
        if (row.use != model::RowUse::fit || !row.precision || !(load.flop_per_sample > 0) ||
            !(load.parameters > 0))
            continue;
        for (const auto& accelerator : accelerators) {
            if (accelerator.name != row.accelerator) continue;
            const double peak = format_of(accelerator, *row.precision).tflops * 1e12 / load.flop_per_sample;
            auto& [pair, utilisations] = measured[{row.accelerator, load.workload, *row.precision,
                                                   load.kind ? static_cast<int>(*load.kind) : -1,
                                                   load.flop_per_sample, load.parameters}];
            pair = pair_of(accelerator, load, *row.precision);
            utilisations.push_back(row.samples_per_second / worth_of(row.accelerators) / peak);
            break;
        }
    }
    std::vector<double> wanted;
    for (const auto& [key, found] : measured) {
        pairs_.push_back(found.first);
        wanted.push_back(std::log(middle_of(found.second)) - std::log(usual_utilisation));
    }
    solve(wanted);
}

// Student's t with four degrees of freedom: a pair far from what the others say scatters more, fifteen
// rounds.
void SpeedFit::solve(const std::vector<double>& wanted) {
    const std::size_t n = pairs_.size();
    std::vector<double> noise(n, scatter);
    for (int round = 0; round < 15; ++round) {
        Matrix all(n, std::vector<double>(n));
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                all[i][j] = i == j ? own(pairs_[i]) + noise[i] : shared(pairs_[i], pairs_[j]);
        inverse_ = inverse_of(std::move(all));
        weights_.assign(n, 0.0);
        for (std::size_t i = 0; i < n; ++i)
            weights_[i] = dot(inverse_[i], wanted);
        for (std::size_t i = 0; i < n; ++i) {
            const double beside = noise[i] * weights_[i];
            noise[i] = (4 * scatter + beside * beside) / 5;
        }
    }
}

model::SpeedRange SpeedFit::samples_per_second(const model::Accelerator& accelerator,
                                               const model::TrainingLoad& load,
                                               model::Precision precision) const {
    const Pair asked = pair_of(accelerator, load, precision);
    std::vector<double> like;
    for (const auto& pair : pairs_)
        like.push_back(shared(asked, pair));
    double explained = 0;
    for (std::size_t i = 0; i < like.size(); ++i)
        explained += like[i] * dot(inverse_[i], like);
    const double variance = std::max(0.0, own(asked) - explained) + scatter;
    const double peak = format_of(accelerator, precision).tflops * 1e12 / load.flop_per_sample;
    // Four of five cases lie within so many deviations.
    const double reach = 1.2815515655446004 * std::sqrt(variance);
    const double middle = std::log(usual_utilisation) + dot(weights_, like);
    const auto of = [&](double log_utilisation) { return peak * std::exp(std::min(0.0, log_utilisation)); };
    return {of(middle), of(middle - reach), of(middle + reach)};
}

}  // namespace deepvm::tests::judge
