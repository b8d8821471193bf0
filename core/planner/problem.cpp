// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/names.h"
#include "planner/bounds.h"
#include "planner/candidates.h"
#include "planner/flopp.h"

namespace deepvm::planner {
namespace {

using base::ErrorCode;
using base::fail;

tl::expected<void, base::Error> check_number(std::string_view what, double number, double least,
                                             double most) {
    if (std::isfinite(number) && number >= least && number <= most) return {};
    return fail(ErrorCode::invalid_input,
                fmt::format("{} {} is not from {} to {}", what, number, least, most));
}

tl::expected<void, base::Error> check_quotas(std::string_view what, const QuotaLimits& quotas,
                                             const model::Market& market) {
    std::vector<std::string> known;
    for (const auto& type : market.types)
        known.push_back(model::quota_name(market, type));
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    for (const auto& [quota_class, vcpus] : quotas) {
        if (!std::binary_search(known.begin(), known.end(), quota_class))
            return tl::unexpected(base::unknown_name(fmt::format("{} class", what), quota_class, known));
        if (vcpus < 0)
            return fail(ErrorCode::invalid_input,
                        fmt::format("{} {}={} is negative; give vCPUs, 0 or more", what, quota_class, vcpus));
    }
    return {};
}

tl::expected<void, base::Error> check_request(const model::Market& market, const Request& request) {
    if (request.architectures.empty())
        return fail(ErrorCode::invalid_input, "no architecture is chosen; choose at least one");
    if (request.preset == Preset::published && market.kind != model::MarketKind::published)
        return fail(
            ErrorCode::invalid_input,
            fmt::format("preset \"published\" is for the published data sets, not for {}; use \"corrected\"",
                        market.name));
    if (!model::find_workload(market, request.workload)) {
        std::vector<std::string> known;
        for (const auto& workload : market.workloads)
            known.push_back(workload.name);
        return tl::unexpected(base::unknown_name("workload", request.workload, known));
    }
    constexpr double most_gib = 1e6;
    return check_number("utilisation", request.utilisation, 1e-6, 1)
        .and_then([&] { return check_number("overlap", request.overlap, 0, 1); })
        .and_then([&] {
            return check_number("maximum nodes", request.max_nodes.value_or(1), 1, largest_max_nodes);
        })
        .and_then([&] { return check_number("checkpoint size", request.checkpoint_size_100mb, 0, most_gib); })
        .and_then([&] { return check_number("buffer size", request.buffer_size, 0, most_gib); })
        .and_then(
            [&] { return check_number("checkpoint GiB", request.checkpoint_gib.value_or(0), 0, most_gib); })
        .and_then([&] { return check_number("buffer depth", request.buffer_depth, 0, most_gib); })
        .and_then([&] { return check_number("top", request.top, 1, 100); })
        .and_then([&] { return check_quotas("spot quota", request.spot_quota, market); })
        .and_then([&] { return check_quotas("on-demand quota", request.on_demand_quota, market); });
}

// Each architecture once, in the order of first mention.
void drop_repeated(std::vector<Architecture>& architectures) {
    auto end = architectures.begin();
    for (const auto architecture : std::vector(architectures))
        if (std::find(architectures.begin(), end, architecture) == end) *end++ = architecture;
    architectures.erase(end, architectures.end());
}

std::shared_ptr<const Problem> without_scaling(const Problem& problem) {
    auto copy = std::make_shared<Problem>(problem);
    for (Worker& worker : copy->workers)
        worker.scaling = model::IdealScaling{};
    tabulate_scaling(*copy);
    set_counts(*copy);
    return copy;
}

}  // namespace

double usable_memory_gib(const MemoryRule& rule, int remotes) {
    constexpr double usable_share = 0.8;
    return rule.adds_up ? usable_share * remotes * rule.per_remote : rule.per_remote;
}

double effective_nodes(const Worker& worker, int nodes) {
    const auto index = static_cast<std::size_t>(nodes) - 1;
    if (index < worker.effective_nodes.size()) return worker.effective_nodes[index];
    return model::effective_nodes(worker.scaling, nodes, worker.communication);
}

double value(const Problem& problem, const Candidate& candidate, int nodes) {
    const Worker& worker = problem.workers[candidate.worker];
    return *worker.value_per_node * effective_nodes(worker, nodes);
}

std::optional<int> next_count(const Problem& problem, const Candidate& candidate, int nodes) {
    const auto next = std::upper_bound(candidate.counts.begin(), candidate.counts.end(), nodes);
    if (next != candidate.counts.end()) return *next;
    const double worth = value(problem, candidate, nodes);
    for (int more = nodes + 1; more <= nodes + largest_max_nodes; ++more)
        if (value(problem, candidate, more) > worth) return more;
    return std::nullopt;
}

const Candidate* candidate_of(const Problem& problem, const Plan& plan) {
    const model::Market& market = *problem.market;
    const auto found =
        std::find_if(problem.candidates.begin(), problem.candidates.end(), [&](const Candidate& candidate) {
            const Worker& worker = problem.workers[candidate.worker];
            const model::Place& place = market.places[worker.place];
            const bool same_remote =
                candidate.remote ? market.types[*candidate.remote].name == plan.remote : plan.remote.empty();
            return candidate.architecture == plan.architecture &&
                   market.types[worker.type].name == plan.worker && place.region == plan.region &&
                   place.provider == plan.provider && same_remote;
        });
    return found == problem.candidates.end() ? nullptr : &*found;
}

Plan plain_plan(const Problem& problem, const Candidate& candidate, int nodes) {
    const Worker& worker = problem.workers[candidate.worker];
    const int remotes = *remotes_for(candidate, nodes);
    Plan plan;
    plan.architecture = candidate.architecture;
    plan.provider = problem.market->places[worker.place].provider;
    plan.region = problem.market->places[worker.place].region;
    plan.worker = problem.market->types[worker.type].name;
    if (candidate.remote) plan.remote = problem.market->types[*candidate.remote].name;
    plan.nodes = nodes;
    plan.anchors = candidate.architecture == Architecture::single_anchor ? 1 : 0;
    plan.spot_workers = candidate.architecture == Architecture::on_demand ? 0 : nodes - plan.anchors;
    plan.remotes = remotes;
    plan.hourly_price = price(candidate, {nodes, remotes});
    plan.objective = value(problem, candidate, nodes);
    plan.effective_nodes = effective_nodes(worker, nodes);
    plan.throughput_tflops = worker.rate * plan.effective_nodes;
    plan.flopp = worker.flopp;
    return plan;
}

Plan make_plan(const Problem& problem, const Candidate& candidate, int nodes, base::Money budget) {
    Plan plan = plain_plan(problem, candidate, nodes);
    const auto next = next_count(problem, candidate, nodes);
    plan.binding = binding_limits(candidate, next, budget);
    plan.limits = limit_states(candidate, {nodes, plan.remotes}, next, budget, plan.binding);
    return plan;
}

base::Result<std::shared_ptr<const Problem>> make_problem(std::shared_ptr<const model::Market> market,
                                                          Request request, const std::stop_token& stop) {
    if (auto checked = check_request(*market, request); !checked)
        return tl::unexpected(std::move(checked.error()));
    drop_repeated(request.architectures);
    auto problem = std::make_shared<Problem>();
    problem->market = std::move(market);
    problem->request = std::move(request);
    if (!find_workers(*problem, stop) || !find_candidates(*problem, stop))
        return fail(ErrorCode::cancelled, "planning was cancelled");
    tabulate_scaling(*problem);
    set_counts(*problem);
    problem->no_scale = without_scaling(*problem);
    return problem;
}

}  // namespace deepvm::planner
