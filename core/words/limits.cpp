// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "problem/bounds.h"
#include "words/figures.h"
#include "words/reasons.h"

namespace deepvm::words {
namespace {

std::string limit_name(const problem::LimitState& state) {
    switch (state.limit) {
        case problem::Limit::budget:
            return "Budget";
        case problem::Limit::spot_quota:
            return "Spot quota";
        case problem::Limit::on_demand_quota:
            return "On-demand quota";
        case problem::Limit::network_saturation:
            return "Network";
        case problem::Limit::remote_memory:
            return "Checkpoint memory";
        case problem::Limit::cluster_ceiling:
            return state.unit == "remotes" ? "Most remote nodes" : "Largest cluster size";
        case problem::Limit::accelerator_memory:
            return "Accelerator memory";
        case problem::Limit::unknown_network:
            return "Unknown network";
        case problem::Limit::efficiency:
            return "Least efficiency";
        case problem::Limit::scaling:
            break;
    }
    return "Scaling";
}

std::string_view with_article(problem::Limit limit) {
    switch (limit) {
        case problem::Limit::budget:
            return "the budget";
        case problem::Limit::spot_quota:
            return "the spot quota";
        case problem::Limit::on_demand_quota:
            return "the on-demand quota";
        case problem::Limit::network_saturation:
            return "the network of the remote nodes";
        case problem::Limit::remote_memory:
            return "the memory for checkpoints";
        case problem::Limit::cluster_ceiling:
            return "the largest cluster size";
        case problem::Limit::accelerator_memory:
            return "the accelerators' memory";
        case problem::Limit::unknown_network:
            return "the unknown network";
        case problem::Limit::efficiency:
            return "the least efficiency";
        case problem::Limit::scaling:
            break;
    }
    return "scaling";
}

std::string left_of(const problem::LimitState& state, const problem::Plan& plan, Style style) {
    const int count = static_cast<int>(state.slack);
    const bool remotes = state.unit == "remotes";
    switch (state.limit) {
        case problem::Limit::budget:
            return left_per_hour(base::Money::from_usd(state.slack)) + " left";
        case problem::Limit::network_saturation:
            return fmt::format("{} before the {}",
                               count == 0 ? "no more worker" : counted(count, "more worker"),
                               plan.remotes == 1 ? "remote saturates" : "remotes saturate");
        case problem::Limit::remote_memory:
            return decimal(state.slack, 1, style) + " GiB left";
        case problem::Limit::efficiency:
            return state.binding ? "the next step would fall below it"
                                 : whole(state.slack, style) + " % above it";
        default:
            if (state.unit == "vCPUs") return whole(count, style) + " vCPUs left";
            return count == 0 ? "none left" : counted(count, remotes ? "remote node" : "node") + " left";
    }
}

// What counts against the vCPU limit that this is a state of.
std::optional<double> spot_vcpus_used(const problem::LimitState& state, const problem::Plan& plan,
                                      const problem::Candidate& candidate) {
    for (const auto& limit : candidate.vcpu_limits) {
        const int used = problem::spot_vcpus(limit, problem::counts_of(plan));
        if (limit.vcpus - used == state.slack) return used;
    }
    return std::nullopt;
}

// How much of the limit is in use, in its unit.
std::optional<double> in_use(const problem::LimitState& state, const problem::Plan& plan,
                             const problem::Candidate* candidate) {
    if (state.limit == problem::Limit::budget) return plan.hourly_price.usd();
    if (state.limit == problem::Limit::remote_memory)
        return candidate ? std::optional(candidate->memory.needed) : std::nullopt;
    if (state.limit == problem::Limit::efficiency) return 100 * plan.efficiency - state.slack;
    if (state.unit == "vCPUs") return candidate ? spot_vcpus_used(state, plan, *candidate) : std::nullopt;
    return state.unit == "remotes" ? plan.remotes : plan.nodes;
}

std::string limit_tip(const problem::LimitState& state, double used, Style style) {
    const double all = used + state.slack;
    const auto of = fmt::format("{} of {}", whole(used, style), whole(all, style));
    switch (state.limit) {
        case problem::Limit::budget:
            return fmt::format("The cluster costs {} of {}", per_hour(base::Money::from_usd(used)),
                               per_hour(base::Money::from_usd(all)));
        case problem::Limit::network_saturation:
            return of + " workers that the remote nodes can serve";
        case problem::Limit::remote_memory:
            return fmt::format("{} of {} GiB in the remote nodes", decimal(used, 1, style),
                               decimal(all, 1, style));
        case problem::Limit::cluster_ceiling:
            return of + ", the most that \"Nodes at most\" allows";
        case problem::Limit::unknown_network:
            return "Without a known network one machine is planned alone";
        case problem::Limit::efficiency:
            return fmt::format("Together the machines do {} % of what each would do alone; the least is {} %",
                               whole(all, style), whole(used, style));
        default:
            return of + (state.unit == "vCPUs" ? " vCPUs that the quota allows"
                                               : " machines of this type that the quota allows");
    }
}

// "binds, 3 nodes left" would contradict itself: what is left is less than the next step takes.
std::string binding_left(const problem::LimitState& state, const problem::Plan& plan, Style style) {
    const auto left = left_of(state, plan, style);
    const bool counts =
        state.limit != problem::Limit::network_saturation && state.limit != problem::Limit::efficiency;
    if (state.limit == problem::Limit::budget)
        return left == left_per_hour(base::Money()) + " left"
                   ? "binds, none left"
                   : fmt::format("binds: the next step costs more than the {}", left);
    return counts && static_cast<int>(state.slack) > 0
               ? fmt::format("binds: the next step takes more than the {}", left)
               : "binds, " + left;
}

}  // namespace

std::vector<Limit> limits(const problem::Plan& plan, const problem::Problem& problem, Style style) {
    std::vector<Limit> all;
    const auto* candidate = problem::candidate_of(problem, plan);
    for (const auto& state : plan.limits) {
        Limit limit;
        limit.name = limit_name(state);
        limit.left = state.binding ? binding_left(state, plan, style) : left_of(state, plan, style);
        limit.binding = state.binding;
        if (const auto used = in_use(state, plan, candidate)) {
            const double size = *used + state.slack;
            limit.used = size > 0 ? std::clamp(*used / size, 0.0, 1.0) : 1;
            limit.tip = limit_tip(state, *used, style);
        }
        all.push_back(std::move(limit));
    }
    std::ranges::stable_sort(all, [](const Limit& a, const Limit& b) {
        return std::pair(!a.binding, -a.used.value_or(0)) < std::pair(!b.binding, -b.used.value_or(0));
    });
    return all;
}

std::string binding(const problem::Plan& plan) {
    std::vector<std::string> all;
    for (const auto limit : plan.binding) {
        if (limit == problem::Limit::scaling) return "More nodes would be worth nothing more.";
        all.emplace_back(with_article(limit));
    }
    if (all.empty()) return {};
    return sentence(listed(all)) + (plan.binding.size() == 1 ? " binds." : " bind.");
}

}  // namespace deepvm::words
