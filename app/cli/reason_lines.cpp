// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/reason_lines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <vector>

#include "planner/comparison.h"

namespace deepvm::cli {
namespace {

std::string usd(base::Money amount) {
    return fmt::format("${}/h", amount.decimal());
}

std::string_view limit_label(const planner::LimitState& state) {
    switch (state.limit) {
        case planner::Limit::budget:
            return "budget";
        case planner::Limit::spot_quota:
            return "spot quota";
        case planner::Limit::on_demand_quota:
            return "on-demand quota";
        case planner::Limit::network_saturation:
            return "network";
        case planner::Limit::remote_memory:
            return "checkpoint memory";
        case planner::Limit::cluster_ceiling:
            return state.unit == "remotes" ? "most remote nodes" : "largest cluster size";
        case planner::Limit::scaling:
            break;
    }
    return "scaling";
}

std::string counted(int count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string limit_left(const planner::LimitState& state, const planner::Plan& plan) {
    const auto count = static_cast<int>(state.slack);
    switch (state.limit) {
        case planner::Limit::budget:
            return usd(base::Money::from_usd(state.slack)) + " left";
        case planner::Limit::network_saturation:
            return fmt::format("{} before the {}",
                               count == 0 ? "no more worker" : counted(count, "more worker"),
                               plan.remotes == 1 ? "remote saturates" : "remotes saturate");
        case planner::Limit::remote_memory:
            return fmt::format("{:.1f} GiB left", state.slack);
        default:
            break;
    }
    if (count == 0) return "none left";
    return counted(count, state.unit == "remotes" ? "remote node" : "node") + " left";
}

// What is left of every limit; those that bind first.
std::string limit_lines(const planner::Plan& plan) {
    std::string text;
    if (plan.binding == std::vector{planner::Limit::scaling})
        text = "more nodes would be worth nothing more\n";
    text += "what is left:\n";
    for (const bool binds : {true, false})
        for (const auto& state : plan.limits)
            if (state.binding == binds)
                text += fmt::format("  {}: {}{}\n", limit_label(state), binds ? "binds, " : "",
                                    limit_left(state, plan));
    return text;
}

// "worth 5.6 % less, $0.0404/h dearer".
std::string gap(const planner::Plan& plan, const planner::Plan& first) {
    const double behind = 100 - percent_of(plan, first);
    const auto worth = std::abs(behind) < 0.05 ? std::string("worth as much")
                       : behind > 0            ? fmt::format("worth {:.1f} % less", behind)
                                               : fmt::format("worth {:.1f} % more", -behind);
    if (plan.hourly_price == first.hourly_price) return worth + ", at the same price";
    return plan.hourly_price > first.hourly_price
               ? fmt::format("{}, {} dearer", worth, usd(plan.hourly_price - first.hourly_price))
               : fmt::format("{}, {} cheaper", worth, usd(first.hourly_price - plan.hourly_price));
}

// "+ 1 x g4dn.xlarge", or the other cluster as a whole.
std::string change(const planner::Problem& problem, const planner::Plan& from, const planner::Plan& to) {
    std::vector<std::string> parts;
    for (const auto& [type, count] : machine_changes(from, to))
        parts.push_back(fmt::format("{} {} x {}", count > 0 ? "+" : "-", std::abs(count), type));
    if (!parts.empty()) return fmt::format("{}", fmt::join(parts, ", "));
    return fmt::format("{} instead, {}", located(problem, to), name(to.architecture));
}

std::string step_lines(const planner::Problem& problem, const planner::Decision& decision) {
    const auto& first = decision.ranked.front();
    std::string text;
    if (const auto& up = decision.next_step)
        text += fmt::format("step up to {}: {}, {} more than the budget, gains {:.1f} %\n",
                            usd(up->plan.hourly_price), change(problem, first, up->plan), usd(up->extra),
                            up->gain_percent);
    else
        text += "step up: no larger budget buys more\n";
    if (const auto& down = decision.reasons.step_down)
        text += fmt::format("step down to {}: {}, saves {}, loses {:.1f} %\n", usd(down->plan.hourly_price),
                            change(problem, first, down->plan), usd(down->saved), down->loss_percent);
    else
        text += "step down: there is no cheaper cluster\n";
    if (const auto& price = decision.reasons.shadow_price) {
        const bool saves = planner::is_of_job(problem.request.objective);
        const double percent = (saves ? -*price : *price) / first.objective * 100;
        text +=
            percent < 1e-7
                ? "in the LP relaxation, one more dollar an hour adds nothing\n"
                : fmt::format("in the LP relaxation, one more dollar an hour {} about {:.4g} {} ({:.1f} %)\n",
                              saves ? "saves" : "adds", std::abs(*price), planner::objective_unit(problem),
                              percent);
    }
    return text;
}

// What could have been chosen instead of the first plan, and what it is worth beside it.
std::string rival_lines(const planner::Problem& problem, const planner::Decision& decision) {
    const auto& first = decision.ranked.front();
    const auto line = [&](std::string_view label, const planner::Plan& plan) {
        const bool same =
            plan.architecture == first.architecture && located(problem, plan) == located(problem, first);
        const bool second = decision.reasons.runner_up == plan && plan.architecture != first.architecture;
        return fmt::format("{}: {:.1f} %, {}, {}{}: {}\n", label, percent_of(plan, first),
                           located(problem, plan), second ? "runner-up, " : "", usd(plan.hourly_price),
                           same ? "the same cluster" : gap(plan, first));
    };
    std::string text = "worth, against the first choice:\n";
    if (const auto& second = decision.reasons.runner_up; second && second->architecture == first.architecture)
        text += line("  runner-up", *second);
    for (const auto architecture : planner::all_architectures) {
        const auto label = fmt::format("  {}", name(architecture));
        const auto list = decision.by_architecture.find(architecture);
        if (list == decision.by_architecture.end())
            text += label + ": switched off (--architectures)\n";
        else if (list->second.empty())
            text += label + ": does not fit\n";
        else if (architecture != first.architecture)
            text += line(label, list->second.front());
    }
    const auto& policies = decision.policies;
    if (policies.cost_first) text += line("  cost-first", *policies.cost_first);
    if (policies.performance_first) text += line("  performance-first", *policies.performance_first);
    if (policies.no_scale) text += line("  no-scale", *policies.no_scale_truly);
    return text;
}

// How sure the decision is, and what to do where it is not.
std::string proof_text(const planner::Problem& problem, const planner::Decision& decision) {
    const auto& proof = decision.proof;
    auto effort = fmt::format("{} by lp_solve in {:.2f} ms", counted(proof.programs, "program"),
                              std::chrono::duration<double, std::milli>(proof.elapsed).count());
    if (proof.candidates > 0) effort += ", " + counted(proof.candidates, "candidate");
    const bool any = !decision.ranked.empty();
    if (!proof.proven)
        return fmt::format(
            "Unproven: the solver gave up on some of its programs, so {}.{}\nChange the budget a little, or "
            "allow fewer nodes, and it is solved again. The solver says: {}.\n{}.\n",
            any ? "a better cluster than this may exist" : "a cluster that fits may exist after all",
            any ? " The plans shown keep the budget and every limit exactly." : "", proof.doubt, effort);
    if (!any) return fmt::format("Proven: {}.\n", effort);
    if (!proof.bound) return fmt::format("Optimal, proven: {}; every candidate was solved.\n", effort);
    return fmt::format(
        "Optimal, proven: {}; no candidate left unsolved can be {} {:.4g} {} ({:.1f} % of the first "
        "choice).\n",
        effort, planner::is_of_job(problem.request.objective) ? "done for less than" : "worth more than",
        *proof.bound, planner::objective_unit(problem),
        *proof.bound / decision.ranked.front().objective * 100);
}

std::string nothing_fits(const planner::Problem& problem, const planner::Decision& decision) {
    if (!decision.cheapest)
        return fmt::format(
            "No cluster fits {}. No budget buys one with these choices: quotas, memory or "
            "missing spot prices leave no machines to choose from.\n",
            usd(decision.budget));
    return fmt::format("No cluster fits {}. The cheapest is {} ({}) at {}, {} more than the budget.\n",
                       usd(decision.budget), located(problem, *decision.cheapest),
                       name(decision.cheapest->architecture), usd(decision.cheapest->hourly_price),
                       usd(decision.cheapest->hourly_price - decision.budget));
}

}  // namespace

std::string cluster(const planner::Problem& problem, const planner::Plan& plan) {
    return problem.market->places.size() > 1 ? fmt::format("{} in {}", machines(plan), plan.region)
                                             : machines(plan);
}

std::string located(const planner::Problem& problem, const planner::Plan& plan) {
    return model::spans_providers(*problem.market)
               ? fmt::format("{} in {}", machines(plan), model::place_name(plan.provider, plan.region))
               : cluster(problem, plan);
}

std::string reason_lines(const planner::Problem& problem, const planner::Decision& decision) {
    const auto proof = proof_text(problem, decision);
    if (decision.ranked.empty()) return nothing_fits(problem, decision) + proof;
    return limit_lines(decision.ranked.front()) + step_lines(problem, decision) +
           rival_lines(problem, decision) + proof;
}

}  // namespace deepvm::cli
