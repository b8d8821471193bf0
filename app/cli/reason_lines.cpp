// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/reason_lines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "planner/answer_words.h"
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
        case planner::Limit::accelerator_memory:
            return "accelerator memory";
        case planner::Limit::unknown_network:
            return "unknown network";
        case planner::Limit::efficiency:
            return "least efficiency";
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
        case planner::Limit::efficiency:
            return state.binding ? "the next step would fall below it"
                                 : fmt::format("{:.0f} % above it", state.slack);
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

// What the first plan does, what it wastes, and what else to know of it.
std::string speed_lines(const planner::Problem& problem, const planner::Plan& plan) {
    std::string text;
    if (const auto speed = planner::speed_words(plan); !speed.empty()) text += "trains " + speed + "\n";
    if (const auto waste = planner::waste_words(plan); !waste.empty()) text += waste + "\n";
    for (const auto& remark : planner::remarks(problem, plan))
        text += remark + "\n";
    return text;
}

// "costs 5.6 % more".
std::string more(planner::Objective objective, double percent) {
    const bool cost = objective == planner::Objective::job_cost;
    const auto verb = cost ? "costs" : "takes";
    const auto end = percent > 0 ? (cost ? "more" : "longer") : (cost ? "less" : "less time");
    return fmt::format("{} {:.1f} % {}", verb, std::abs(percent), end);
}

std::string gains(planner::Objective objective, double percent) {
    if (!planner::is_of_job(objective)) return fmt::format("gains {:.1f} %", percent);
    return fmt::format("saves {:.1f} % of the {}", percent,
                       objective == planner::Objective::job_cost ? "cost" : "time");
}

std::string loses(planner::Objective objective, double percent) {
    return planner::is_of_job(objective) ? more(objective, percent) : fmt::format("loses {:.1f} %", percent);
}

// "worth 5.6 % less, $0.0404/h dearer", of a job "costs 5.6 % more, ...".
std::string gap(const planner::Plan& plan, const planner::Plan& first, planner::Objective objective) {
    const double behind = 100 - percent_of(plan, first);
    const bool of_job = planner::is_of_job(objective);
    const auto worth = of_job && plan.worth <= 0 ? std::string("does not do the job in time")
                       : of_job && std::abs(behind) >= 0.05
                           ? more(objective, (first.worth / plan.worth - 1) * 100)
                       : std::abs(behind) < 0.05 ? std::string("worth as much")
                       : behind > 0              ? fmt::format("worth {:.1f} % less", behind)
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
        text += fmt::format("step up to {}: {}, {} more than the budget, {}\n", usd(up->plan.hourly_price),
                            change(problem, first, up->plan), usd(up->extra),
                            gains(problem.request.objective, up->gain_percent));
    else
        text += "step up: no larger budget buys more\n";
    if (const auto& down = decision.reasons.step_down)
        text += fmt::format("step down to {}: {}, saves {}, {}\n", usd(down->plan.hourly_price),
                            change(problem, first, down->plan), usd(down->saved),
                            loses(problem.request.objective, down->loss_percent));
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
                           same ? "the same cluster" : gap(plan, first, problem.request.objective));
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
        effort,
        problem.request.objective == planner::Objective::job_cost   ? "done for less than"
        : problem.request.objective == planner::Objective::job_time ? "done in less than"
                                                                    : "worth more than",
        *proof.bound, planner::objective_unit(problem),
        *proof.bound / decision.ranked.front().objective * 100);
}

// A deadline of seconds is not none.
std::string few_hours(double hours) {
    return hours < 1 ? fmt::format("{:.2g}", hours) : fmt::format("{:.1f}", hours);
}

// Why no cluster does the job at any price, and what to do; empty without a job objective.
std::string why_none_does_the_job(const planner::Problem& problem) {
    const auto& request = problem.request;
    if (!planner::is_of_job(request.objective)) return {};
    const auto& workers = problem.workers;
    if (std::none_of(workers.begin(), workers.end(), [](const auto& worker) { return worker.epoch_seconds; }))
        return "How long an epoch takes is not known: the data set's rates have a unit of their own; load "
               "measured epoch times.\n";
    if (problem.fastest_hours && request.job.deadline_hours)
        return fmt::format(
            "None is done within {} h with a probability of {:.1f} %: the fastest of all expects {} h.\n",
            few_hours(*request.job.deadline_hours), request.job.confidence * 100,
            few_hours(*problem.fastest_hours));
    if (!problem.fastest_hours && !problem.candidates.empty())
        return "On every one the job would take more than a hundred years; make it smaller.\n";
    if (std::any_of(workers.begin(), workers.end(),
                    [](const auto& worker) { return worker.offer->spot && !worker.revocations; }))
        return "How often spot machines are revoked is not known here; set a rate by hand.\n";
    return {};
}

std::string nothing_fits(const planner::Problem& problem, const planner::Decision& decision) {
    if (const auto why = why_none_does_the_job(problem); !decision.cheapest && !why.empty())
        return fmt::format("No cluster fits {}. No budget buys one with these choices. {}",
                           usd(decision.budget), why);
    if (!decision.cheapest)
        return fmt::format("No cluster fits {}. No budget buys one with these choices. {}\n",
                           usd(decision.budget), planner::why_nothing_fits(problem));
    const auto& request = problem.request;
    const bool in_time = planner::is_of_job(request.objective) && request.job.deadline_hours;
    return fmt::format("No cluster fits {}. The cheapest{} is {} ({}) at {}, {} more than the budget.\n",
                       usd(decision.budget), in_time ? " that keeps the deadline" : "",
                       located(problem, *decision.cheapest), name(decision.cheapest->architecture),
                       usd(decision.cheapest->hourly_price),
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
    const auto left_out = planner::not_considered_words(problem);
    return speed_lines(problem, decision.ranked.front()) + limit_lines(decision.ranked.front()) +
           step_lines(problem, decision) + rival_lines(problem, decision) +
           (left_out.empty() ? "" : left_out + "\n") + proof;
}

}  // namespace deepvm::cli
