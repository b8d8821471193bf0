// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/reasons.h"

#include <fmt/format.h>

#include <cmath>

#include "planner/comparison.h"
#include "planner/decision.h"
#include "words/plans.h"

namespace deepvm::words {
namespace {

using problem::Objective;

// "costs 5.6 % more".
std::string costs_or_takes(double more, Objective objective, Style style) {
    const bool cost = objective == Objective::job_cost;
    return fmt::format("{} {} {}", cost ? "costs" : "takes", percent(std::abs(more), style),
                       more > 0 ? (cost ? "more" : "longer") : (cost ? "less" : "less time"));
}

// The change, or the other cluster with where and how it is put together.
std::string change_or_cluster(const problem::Plan& from, const problem::Plan& to, const model::Market& market,
                              Style style) {
    if (auto line = change(from, to, style); !line.empty()) return line;
    return fmt::format("{} instead, {}", cluster(to, market, style),
                       architecture_within(to.architecture, style));
}

std::string described(const problem::Plan& plan, const model::Market& market, Style style) {
    return fmt::format("{}, {}", cluster(plan, market, style), architecture_within(plan.architecture, style));
}

Step step_up(const problem::Plan& plan, const planner::NextStep* step, std::string heading,
             const problem::Problem& problem, Style style) {
    const model::Market& market = *problem.market;
    if (!step) return {std::move(heading), {}, "No larger budget buys more.", {}, {}};
    return {std::move(heading), gains(step->gain_percent, problem.request.objective, style),
            fmt::format("{}, {} more than the budget", change_or_cluster(plan, step->plan, market, style),
                        cost_per_hour(step->extra)),
            described(step->plan, market, style), step->plan.hourly_price};
}

Step step_down(const problem::Plan& plan, const std::optional<planner::StepDown>& step,
               const problem::Problem& problem, Style style) {
    const model::Market& market = *problem.market;
    if (!step) return {"Step down", {}, "There is no cheaper cluster.", {}, {}};
    return {"Step down", loses(step->loss_percent, problem.request.objective, style),
            fmt::format("{}, saves {}", change_or_cluster(plan, step->plan, market, style),
                        left_per_hour(step->saved)),
            described(step->plan, market, style), step->plan.hourly_price};
}

// The steps of a plan that is not the first.
std::vector<Step> own_steps(const problem::Plan& plan, const planner::Decision& decision,
                            const problem::Problem& problem, Style style) {
    const problem::Plan& first = decision.ranked.front();
    std::vector<Step> all{
        {"To the first choice", {}, change_or_cluster(plan, first, *problem.market, style), {}, {}}};
    const auto list = decision.by_architecture.find(plan.architecture);
    const bool best = list != decision.by_architecture.end() && !list->second.empty() &&
                      list->second.front() == plan && first.architecture != plan.architecture;
    if (!best) return all;
    const auto next = decision.next_steps.find(plan.architecture);
    all.push_back(step_up(plan, next == decision.next_steps.end() ? nullptr : &next->second,
                          "Step up of " + architecture_within(plan.architecture, style), problem, style));
    return all;
}

// A heading of its own; in plain text a word like those that are typed.
std::string titled(std::string name, Style style) {
    if (style == Style::plain) name.front() = static_cast<char>(std::tolower(name.front()));
    return name;
}

std::string architecture_titled(problem::Architecture architecture, Style style) {
    return style == Style::plain ? std::string(name(architecture)) : words::architecture(architecture);
}

Rival rival(std::string name, const problem::Plan& plan, const problem::Plan& first,
            const problem::Problem& problem, Style style) {
    const model::Market& market = *problem.market;
    Rival made;
    made.name = std::move(name);
    const double percent_of = planner::percent_of(plan, first);
    made.share = percent_of / 100;
    made.percent = percent(percent_of, style);
    made.cluster = cluster(plan, market, style);
    const bool same =
        plan.architecture == first.architecture && made.cluster == cluster(first, market, style);
    made.gap =
        fmt::format("{}: {}", cost_per_hour(plan.hourly_price),
                    same ? "the same cluster" : gap(plan, first, problem.request.objective, false, style));
    return made;
}

// The best of another architecture than the first plan's, which may be the runner-up.
Rival best_of(problem::Architecture architecture, const std::vector<problem::Plan>& plans,
              const planner::Decision& decision, const problem::Problem& problem, Style style) {
    auto name = architecture_titled(architecture, style);
    Rival made;
    made.name = name;
    made.percent = "does not fit";
    if (!plans.empty()) made = rival(name, plans.front(), decision.ranked.front(), problem, style);
    if (!plans.empty() && decision.reasons.runner_up == plans.front()) made.gap.insert(0, "runner-up, ");
    made.architecture = architecture;
    return made;
}

void add_policies(std::vector<Rival>& rivals, const planner::Decision& decision,
                  const problem::Problem& problem, Style style) {
    const auto add = [&](const char* name, const std::optional<problem::Plan>& plan, const char* tip) {
        if (!plan) return;
        rivals.push_back(rival(titled(name, style), *plan, decision.ranked.front(), problem, style));
        rivals.back().tip = tip;
    };
    const auto& policies = decision.policies;
    add("Cost-first", policies.cost_first, "A simple policy: the single-anchor cluster with the most nodes");
    add("Performance-first", policies.performance_first,
        "A simple policy: the single-anchor cluster of the fastest type that fits");
    add("No-scale", policies.no_scale_truly,
        "What the planner would choose if it believed that n nodes are worth n; judged by what they are "
        "worth");
}

}  // namespace

std::string gains(double percent, Objective objective, Style style) {
    const auto text = words::percent(percent, style);
    if (objective == Objective::job_cost) return fmt::format("saves {} of the cost", text);
    if (objective == Objective::job_time) return fmt::format("saves {} of the time", text);
    return "gains " + text;
}

std::string loses(double percent, Objective objective, Style style) {
    return problem::is_of_job(objective) ? costs_or_takes(percent, objective, style)
                                         : "loses " + words::percent(percent, style);
}

std::string gap(const problem::Plan& plan, const problem::Plan& first, Objective objective, bool named,
                Style style) {
    const double behind = 100 - planner::percent_of(plan, first);
    const bool of_job = problem::is_of_job(objective);
    const bool level = std::abs(behind) < 0.05;
    auto text = of_job && plan.worth <= 0 ? std::string("does not do the job in time")
                : level                   ? std::string("worth as much")
                : of_job     ? costs_or_takes((first.worth / plan.worth - 1) * 100, objective, style)
                : behind > 0 ? fmt::format("worth {} less", percent(behind, style))
                             : fmt::format("worth {} more", percent(-behind, style));
    if (named && !(of_job && plan.worth <= 0))
        text += level ? " as the first choice" : " than the first choice";
    if (plan.hourly_price == first.hourly_price) return text + ", at the same price";
    return plan.hourly_price > first.hourly_price
               ? fmt::format("{}, {} dearer", text, cost_per_hour(plan.hourly_price - first.hourly_price))
               : fmt::format("{}, {} cheaper", text, left_per_hour(first.hourly_price - plan.hourly_price));
}

std::string why_this(const problem::Plan& plan, const planner::Decision& decision, Objective objective,
                     Style style) {
    if (decision.ranked.empty()) return {};
    const problem::Plan& first = decision.ranked.front();
    if (plan != first) return sentence(gap(plan, first, objective, true, style)) + ".";
    const auto binds = binding(plan);
    if (!decision.next_step)
        return binds.empty() ? "No budget buys more." : binds + " No larger budget buys more.";
    const auto& step = *decision.next_step;
    // One kind of machine more is said as such.
    const bool grows = planner::machine_changes(plan, step.plan).size() == 1;
    auto next = fmt::format("the next step, {}, costs {}, {} more than the budget, and {}.",
                            grows ? change(plan, step.plan, style) : machines(step.plan, style),
                            cost_per_hour(step.plan.hourly_price), cost_per_hour(step.extra),
                            gains(step.gain_percent, objective, style));
    if (plan.binding == std::vector{problem::Limit::budget}) return "The budget binds: " + next;
    return binds.empty() ? sentence(next) : binds + " " + sentence(next);
}

std::vector<Step> steps(const problem::Plan& plan, const planner::Decision& decision,
                        const problem::Problem& problem, Style style) {
    if (plan != decision.ranked.front()) return own_steps(plan, decision, problem, style);
    return {step_up(plan, decision.next_step ? &*decision.next_step : nullptr, "Step up", problem, style),
            step_down(plan, decision.reasons.step_down, problem, style)};
}

std::string shadow_price(const planner::Decision& decision, const problem::Problem& problem, Style style) {
    const auto& price = decision.reasons.shadow_price;
    if (!price || decision.ranked.empty()) return {};
    const bool saves = problem::is_of_job(problem.request.objective);
    const double share = (saves ? -*price : *price) / decision.ranked.front().objective * 100;
    const auto effect =
        share < 1e-7 ? std::string("add nothing, even")
                     : fmt::format("{} about {} ({})", saves ? "save" : "add",
                                   objective_value(std::abs(*price), problem, style), percent(share, style));
    return fmt::format("Shadow price: one more dollar an hour would {} if machines could be split.", effect);
}

Rival switched_off(problem::Architecture architecture, Style style) {
    Rival made;
    made.name = architecture_titled(architecture, style);
    made.architecture = architecture;
    made.percent = "switched off";
    made.off = true;
    return made;
}

std::vector<Rival> rivals(const planner::Decision& decision, const problem::Problem& problem, Style style) {
    std::vector<Rival> all;
    const problem::Plan* first = decision.ranked.empty() ? nullptr : &decision.ranked.front();
    const auto& runner_up = decision.reasons.runner_up;
    if (first && runner_up && runner_up->architecture == first->architecture) {
        all.push_back(rival(titled("Runner-up", style), *runner_up, *first, problem, style));
        all.back().architecture = runner_up->architecture;
        all.back().tip = "The best plan with other machines or another architecture";
    }
    for (const auto architecture : problem::all_architectures) {
        const auto list = decision.by_architecture.find(architecture);
        if (list == decision.by_architecture.end())
            all.push_back(switched_off(architecture, style));
        else if (first && architecture != first->architecture)
            all.push_back(best_of(architecture, list->second, decision, problem, style));
    }
    if (first) add_policies(all, decision, problem, style);
    return all;
}

}  // namespace deepvm::words
