// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/remarks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/fabric.h"
#include "words/figures.h"

namespace deepvm::words {
namespace {

using problem::Plan;
using problem::Problem;

// Below this efficiency a plan says what it wastes.
constexpr double wasteful = 0.6;

std::string fabric_words(const model::InstanceType& type) {
    switch (type.fabric) {
        case model::Fabric::efa:
            return "counts on EFA between the machines: enable it, and put them in one placement group";
        case model::Fabric::infiniband:
            return "counts on InfiniBand between the machines: put them in one scale set or placement group";
        case model::Fabric::gpudirect_tcpx:
            return "counts on GPUDirect-TCPX between the machines: use an image and a network for it";
        case model::Fabric::tcp:
            break;
    }
    return {};
}

// Where more accelerators work together than anybody measured; empty where they do not.
std::string extrapolation(const Problem& problem, const Plan& plan, const problem::Candidate& candidate) {
    const auto accelerators_of = [&](std::size_t worker) {
        return std::max(problem.market->types[problem.workers[worker].type].accelerator_count, 1);
    };
    const int accelerators = (plan.nodes - plan.other_workers) * accelerators_of(candidate.worker) +
                             plan.other_workers * accelerators_of(candidate.other.value_or(candidate.worker));
    const auto kind = workload_of(problem).kind;
    const int measured = kind ? model::most_measured_accelerators(*kind) : 0;
    if (plan.nodes < 2 || plan.scaling != problem::ScalingBasis::assumed || accelerators <= measured)
        return {};
    if (measured == 0) return "no cluster was measured with such a workload: how it scales is assumed";
    return fmt::format(
        "{} accelerators are more than were measured together with such a workload ({}): its speed is "
        "extrapolated",
        accelerators, measured);
}

std::string waste(const Plan& plan) {
    if (plan.efficiency >= wasteful || plan.nodes < 2) return {};
    const double lost = plan.nodes * (1 - plan.efficiency);
    return fmt::format("{:.{}f} of {} machines' work is lost to waiting for the network", lost,
                       lost < 9.95 ? 1 : 0, plan.nodes);
}

}  // namespace

std::string chance(double probability) {
    const double percent = std::round(100 * probability);
    if (percent > 99) return "> 99 %";
    if (percent < 1) return "< 1 %";
    return fmt::format("{:.0f} %", percent);
}

std::optional<double> usd_per_million_samples(const Plan& plan) {
    if (!plan.samples_per_second) return std::nullopt;
    return plan.hourly_price.usd() / 3600 / plan.samples_per_second->samples_per_second * 1e6;
}

std::string speed(const Plan& plan) {
    if (!plan.samples_per_second) return {};
    const auto& range = *plan.samples_per_second;
    std::string ends;
    if (range.low < range.high) ends = fmt::format(", {} to {}", rounded(range.low), rounded(range.high));
    return fmt::format("{} samples/s ({}{}), ${} per million samples", rounded(range.samples_per_second),
                       speed_basis_name(plan.speed), ends, rounded(*usd_per_million_samples(plan)));
}

std::string speed_brief(const Plan& plan) {
    if (!plan.samples_per_second) return {};
    return fmt::format("{}/s · ${} a million", rounded(plan.samples_per_second->samples_per_second),
                       rounded(*usd_per_million_samples(plan)));
}

std::string speed(const model::Speed& speed) {
    std::string basis(speed_basis_name(speed.basis));
    if (speed.measured) {
        const auto count = speed.measured->sources.size();
        basis += count == 1 ? ": 1 source" : fmt::format(": {} sources", count);
        if (!speed.measured->newest.empty()) basis += ", the newest of " + speed.measured->newest;
    } else if (speed.range.low < speed.range.high) {
        basis += fmt::format(", {} to {}", rounded(speed.range.low), rounded(speed.range.high));
    }
    return fmt::format("{} samples/s ({})", rounded(speed.range.samples_per_second), basis);
}

std::vector<std::string> remarks(const Problem& problem, const Plan& plan) {
    std::vector<std::string> said;
    if (auto words = waste(plan); !words.empty()) said.push_back(std::move(words));
    const auto* candidate = candidate_of(problem, plan);
    if (!candidate) return said;
    const auto& worker = problem.workers[candidate->worker];
    const auto& type = problem.market->types[worker.type];
    // Parameter servers are reached by TCP.
    const bool between = plan.nodes > 1 && plan.architecture != problem::Architecture::parameter_server;
    if (auto words = fabric_words(type); between && !words.empty()) {
        if (const auto by_tcp = effective_nodes_by_tcp(problem, worker, plan.nodes))
            words += fmt::format("; by TCP they would do the work of {:.1f} instead of {:.1f}", *by_tcp,
                                 plan.effective_nodes);
        said.push_back(std::move(words));
    }
    if (plan.host == model::HostArchitecture::arm64)
        said.emplace_back("ARM hosts: programs and images must be built for arm64");
    // Transient Servers (ICAC 2019): accuracy after the same steps with 1 and with 8 workers.
    if (plan.architecture == problem::Architecture::parameter_server && plan.nodes > 1)
        said.emplace_back(
            "asynchronous: an epoch may teach less than in step (measured: 0.93 of the answers right "
            "with one worker, 0.89 with eight)");
    if (plan.sharded) said.emplace_back("no machine holds the model alone: its states are sharded over all");
    if (plan.likely_price)
        said.push_back(
            fmt::format("the spot price is an estimate from average savings: the cluster may cost ${:.2f} to "
                        "${:.2f} an hour",
                        plan.likely_price->low.usd(), plan.likely_price->high.usd()));
    if (auto words = extrapolation(problem, plan, *candidate); !words.empty())
        said.push_back(std::move(words));
    if (worker.offer->doubtful)
        said.emplace_back("the price is 99 % below every other of this type; check it");
    if (!type.network_known() && plan.nodes == 1)
        said.emplace_back("its network is not known, so it is planned alone");
    return said;
}

}  // namespace deepvm::words
