// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/dates.h"
#include "planner/decision.h"
#include "words/obstacles.h"
#include "words/plans.h"
#include "words/remarks.h"

namespace deepvm::words {
namespace {

// "22 programs by lp_solve in 1.3 ms, 31 candidates".
std::string effort(const planner::Proof& proof) {
    auto text =
        fmt::format("{} by lp_solve in {}", counted(proof.programs, "program"), elapsed(proof.elapsed));
    if (proof.candidates > 0) text += ", " + counted(proof.candidates, "candidate");
    return text;
}

std::string_view better_than(problem::Objective objective) {
    if (objective == problem::Objective::job_cost) return "done for less than";
    return objective == problem::Objective::job_time ? "done in less than" : "worth more than";
}

std::string doubt(const planner::Decision& decision) {
    const auto* meaning = decision.ranked.empty()
                              ? "a cluster that fits may exist after all."
                              : "a better cluster than this may exist. The plans shown keep the budget and "
                                "every limit exactly.";
    return fmt::format(
        "The solver gave up on some of its programs, so {} Change the budget a little, or allow fewer nodes, "
        "and it is solved again. The solver says: {}. {}.",
        meaning, decision.proof.doubt, effort(decision.proof));
}

// Why no cluster does the job at any price, and what to do; empty without a job objective.
std::string why_none_does_the_job(const problem::Problem& problem, Style style) {
    const auto& request = problem.request;
    if (!problem::is_of_job(request.objective)) return {};
    const auto& workers = problem.workers;
    if (std::ranges::none_of(workers, [](const auto& worker) { return worker.epoch_seconds.has_value(); }))
        return "How long an epoch takes is not known: the data set's rates have a unit of their own; load "
               "measured epoch times.";
    if (problem.fastest_hours && request.job.deadline_hours)
        return fmt::format("None is done within {} with a probability of {}: the fastest of all expects {}.",
                           hours(*request.job.deadline_hours), percent(request.job.confidence * 100, style),
                           hours(*problem.fastest_hours));
    if (!problem.fastest_hours && !problem.candidates.empty())
        return "On every one the job would take more than a hundred years; make it smaller.";
    return unknown_revocations(problem, style);
}

}  // namespace

std::string status(const planner::Decision& decision) {
    const auto& proof = decision.proof;
    const bool any = !decision.ranked.empty();
    const auto* verdict = !proof.proven ? "Unproven: a better cluster may exist, see \"Why this?\""
                          : any         ? "Optimal, proven"
                                        : "Proven";
    auto fit = std::string("nothing fits");
    if (any) {
        const int nodes = decision.ranked.front().nodes;
        fit = nodes == 1 ? "1 node fits" : counted(nodes, "node") + " fit";
        fit += decision.next_step
                   ? fmt::format(", the next step needs {} more", cost_per_hour(decision.next_step->extra))
                   : ", no larger budget buys more";
    }
    return fmt::format("{}  ·  {} solved  ·  budget {}: {}", verdict, counted(proof.programs, "program"),
                       money(decision.budget), fit);
}

std::string nothing_fits(const planner::Decision& decision) {
    return fmt::format("No cluster fits {}.", per_hour(decision.budget));
}

std::string cheapest_that_fits(const planner::Decision& decision, const problem::Problem& problem,
                               Style style) {
    if (!decision.cheapest) {
        const auto job = why_none_does_the_job(problem, style);
        return "No budget buys one with these choices. " + (job.empty() ? why_nothing_fits(problem) : job);
    }
    const auto& cheapest = *decision.cheapest;
    const auto& request = problem.request;
    const bool in_time = problem::is_of_job(request.objective) && request.job.deadline_hours;
    return fmt::format("The cheapest{} is {} ({}) at {}, {} more than the budget.",
                       in_time ? " that keeps the deadline" : "", cluster(cheapest, *problem.market, style),
                       architecture_within(cheapest.architecture, style),
                       cost_per_hour(cheapest.hourly_price),
                       cost_per_hour(cheapest.hourly_price - decision.budget));
}

std::string no_answer(const std::optional<base::Error>& error, bool any) {
    if (!error) return "Reading the catalog ...";
    if (!any) return "No architecture is switched on. Switch one on to see what a budget buys.";
    return error->message + ".";
}

Proof proof(const planner::Decision& decision, const problem::Problem& problem, Style style) {
    const auto& proof = decision.proof;
    if (!proof.proven) return {"Unproven", doubt(decision)};
    if (decision.ranked.empty()) return {"Proven", effort(proof) + "."};
    if (!proof.bound) return {"Optimal, proven", effort(proof) + "; every candidate was solved."};
    return {
        "Optimal, proven",
        fmt::format("{}; no candidate left unsolved can be {} {} ({} of the first choice).", effort(proof),
                    better_than(problem.request.objective), objective_value(*proof.bound, problem, style),
                    percent(*proof.bound / decision.ranked.front().objective * 100, style))};
}

std::string knee(const problem::Plan& knee, const problem::Plan& best) {
    return fmt::format("saves {:.0f} % for {:.0f} % less",
                       100 * (1 - knee.hourly_price.usd() / best.hourly_price.usd()),
                       100 * (1 - knee.worth / best.worth));
}

std::string age(const model::Market& market, std::chrono::sys_days today) {
    if (market.kind == model::MarketKind::published) return {};
    const auto oldest = base::parse_iso_date(model::prices_as_of(market));
    if (!oldest || today - *oldest <= std::chrono::days(model::stale_days)) return {};
    return fmt::format("{} days old", (today - *oldest).count());
}

std::string apart(const model::Market& market) {
    constexpr std::chrono::days year(365);
    std::vector<std::chrono::sys_days> dates;
    for (const auto& source : market.sources)
        if (const auto date = base::parse_iso_date(source.as_of)) dates.push_back(*date);
    if (dates.empty()) return {};
    const auto [oldest, newest] = std::ranges::minmax(dates);
    if (newest - oldest < year) return {};
    return fmt::format("these prices are up to {} days apart", (newest - oldest).count());
}

std::string without_effect(const explain::IdleSetting& setting) {
    return fmt::format("{} changes nothing in this answer: {}", setting.option, setting.counts);
}

std::string field_without_effect(const explain::IdleSetting& setting) {
    return fmt::format("{} changes nothing in this answer: {}", setting.name, setting.counts);
}

bool told_alike(const problem::Problem& problem, const planner::Decision& decision,
                const problem::Problem& other_problem, const planner::Decision& other) {
    const auto& asked = problem.request;
    const auto& without = other_problem.request;
    return asked.spot_quota == without.spot_quota && asked.on_demand_quota == without.on_demand_quota &&
           explain::same_decision(decision, other) &&
           not_considered_line(problem) == not_considered_line(other_problem) &&
           unknown_revocations(problem, Style::plain) == unknown_revocations(other_problem, Style::plain);
}

}  // namespace deepvm::words
