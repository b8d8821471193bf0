// SPDX-License-Identifier: GPL-3.0-or-later
// What lessons ask of plans and of the frontier.
#include <algorithm>
#include <array>
#include <cmath>

#include "lessons/plan_figures.h"
#include "lessons/quantity_lists.h"
#include "lessons/world.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using problem::Plan;
using problem::Problem;

std::optional<double> of_outlook(const Plan& plan, double risk::Outlook::*figure) {
    if (!plan.job.expected || !plan.job.expected->finishes) return std::nullopt;
    return (*plan.job.expected).*figure;
}

std::optional<double> percent_of(std::optional<double> share) {
    if (share) *share *= 100;
    return share;
}

constexpr std::array<PlanFigure, 24> figures{{
    {"price", Unit::usd_per_hour, "what all its machines cost an hour",
     [](const Problem&, const Plan& plan) { return std::optional(plan.hourly_price.usd()); }},
    {"nodes", Unit::none, "machines that compute",
     [](const Problem&, const Plan& plan) { return std::optional<double>(plan.nodes); }},
    {"spot", Unit::none, "spot machines",
     [](const Problem&, const Plan& plan) { return std::optional<double>(plan.spot_workers); }},
    {"anchors", Unit::none, "on-demand machines that compute beside spot workers",
     [](const Problem&, const Plan& plan) { return std::optional<double>(plan.anchors); }},
    {"remotes", Unit::none, "on-demand machines that hold checkpoints or parameters",
     [](const Problem&, const Plan& plan) { return std::optional<double>(plan.remotes); }},
    {"objective", Unit::none, "what plans are ranked by, in the unit of the objective",
     [](const Problem&, const Plan& plan) { return std::optional(plan.objective); }},
    {"worth", Unit::none, "the same so that more is better: of a job one over it",
     [](const Problem&, const Plan& plan) { return std::optional(plan.worth); }},
    {"effective_nodes", Unit::none, "how many ideal nodes do as much",
     [](const Problem&, const Plan& plan) { return std::optional(plan.effective_nodes); }},
    {"efficiency", Unit::percent, "what the nodes do together of what each would do alone",
     [](const Problem&, const Plan& plan) { return std::optional(plan.efficiency * 100); }},
    {"tflops", Unit::tflops, "speed of the whole cluster",
     [](const Problem&, const Plan& plan) { return std::optional(plan.throughput_tflops); }},
    {"samples_per_second", Unit::samples_per_second, "the same in samples of the workload",
     [](const Problem&, const Plan& plan) {
         return plan.samples_per_second ? std::optional(plan.samples_per_second->samples_per_second)
                                        : std::nullopt;
     }},
    {"hours", Unit::hours, "expected time of the job, revocations included",
     [](const Problem&, const Plan& plan) { return of_outlook(plan, &risk::Outlook::expected_hours); }},
    {"hours_without_faults", Unit::hours, "start, computing and checkpoints of the job, without revocations",
     [](const Problem&, const Plan& plan) { return of_outlook(plan, &risk::Outlook::fault_free_hours); }},
    {"cost", Unit::usd, "expected dollars for the job",
     [](const Problem&, const Plan& plan) { return plan.job.expected_usd; }},
    {"sticker", Unit::usd, "hourly price times the hours without revocations",
     [](const Problem&, const Plan& plan) {
         auto hours = of_outlook(plan, &risk::Outlook::fault_free_hours);
         if (hours) *hours *= plan.hourly_price.usd();
         return hours;
     }},
    {"revocations", Unit::none, "expected number of revocations that hit the job",
     [](const Problem&, const Plan& plan) { return of_outlook(plan, &risk::Outlook::expected_revocations); }},
    {"revocation_rate", Unit::none, "revocations an hour of all its spot machines together",
     [](const Problem&, const Plan& plan) { return plan.job.revocations_per_hour; }},
    {"chance", Unit::percent, "to be done by the deadline",
     [](const Problem&, const Plan& plan) { return percent_of(plan.job.done_by_deadline); }},
    {"lost", Unit::percent, "of the time: work that is done again",
     [](const Problem&, const Plan& plan) { return of_outlook(plan, &risk::Outlook::lost_percent); }},
    {"waiting", Unit::percent, "of the time: waiting for machines",
     [](const Problem&, const Plan& plan) { return of_outlook(plan, &risk::Outlook::restart_percent); }},
    {"checkpointing", Unit::percent, "of the time: training stopped for checkpoints",
     [](const Problem&, const Plan& plan) { return of_outlook(plan, &risk::Outlook::checkpoint_percent); }},
    {"interval", Unit::minutes, "between two checkpoints",
     [](const Problem&, const Plan& plan) {
         auto seconds = of_outlook(plan, &risk::Outlook::interval_seconds);
         if (seconds) *seconds /= 60;
         return seconds;
     }},
    {"checkpoints", Unit::none, "checkpoints that the job writes",
     [](const Problem&, const Plan& plan) {
         if (!plan.job.expected || !plan.job.expected->finishes) return std::optional<double>();
         return std::optional<double>(plan.job.expected->checkpoints);
     }},
    {"flopp", Unit::flop_per_usd, "spot FLOPP of one of its workers",
     [](const Problem&, const Plan& plan) { return plan.flopp; }},
}};

template <std::size_t figure>
Result<Value> of_plan(const World& world, Arguments) {
    return figure_of(world.problem(), world.plan(), figures[figure].name);
}

template <std::size_t... all>
std::vector<Quantity> of_first_plan(std::index_sequence<all...>) {
    // Names of the form plan.price, which live as long as the program.
    static const std::array<std::string, sizeof...(all)> names{("plan." + std::string(figures[all].name))...};
    return {Quantity{names[all], {}, Kind::number, figures[all].unit, figures[all].meaning, of_plan<all>}...};
}

const std::vector<Plan>* plans_of(const World& world, std::string_view architecture) {
    const auto named = problem::parse_architecture(architecture);
    if (!named) return nullptr;
    const auto found = world.decision().by_architecture.find(*named);
    return found == world.decision().by_architecture.end() ? nullptr : &found->second;
}

const Plan* best_of(const World& world, std::string_view architecture) {
    const auto* plans = plans_of(world, architecture);
    return plans == nullptr || plans->empty() ? nullptr : &plans->front();
}

const std::vector<Plan>* steps_of(const World& world, std::string_view architecture) {
    const auto named = problem::parse_architecture(architecture);
    if (!named) return nullptr;
    const auto found = world.frontier().by_architecture.find(*named);
    return found == world.frontier().by_architecture.end() || found->second.empty() ? nullptr
                                                                                    : &found->second;
}

// What the steps are worth at a budget; 0 where none of them can be had.
double worth_at(const std::vector<Plan>& steps, base::Money budget) {
    double worth = 0;
    for (const auto& step : steps)
        if (step.hourly_price <= budget) worth = step.worth;
    return worth;
}

// Both are steps, so the first is worth more from one of its own steps on, if at all.
Result<Value> breakpoint(const World& world, Arguments given) {
    const auto* first = steps_of(world, given[0].text);
    const auto* second = steps_of(world, given[1].text);
    if (first != nullptr)
        for (const auto& step : *first)
            if (second == nullptr || step.worth > worth_at(*second, step.hourly_price))
                return of_number(step.hourly_price.usd(), Unit::usd_per_hour);
    return nothing(Kind::number);
}

Result<Value> step_budget(const World& world, Arguments given) {
    const auto& steps = world.frontier().overall;
    const double wanted = given[0].number;
    if (wanted < 1 || wanted > static_cast<double>(steps.size()) || wanted != std::floor(wanted))
        return nothing(Kind::number);
    return of_number(steps[static_cast<std::size_t>(wanted) - 1].hourly_price.usd(), Unit::usd_per_hour);
}

Result<Value> of_rank(const World& world, Arguments given) {
    const auto& ranked = world.decision().ranked;
    const double wanted = given[0].number;
    if (wanted < 1 || wanted > static_cast<double>(ranked.size()) || wanted != std::floor(wanted))
        return nothing(Kind::number);
    return figure_of(world.problem(), &ranked[static_cast<std::size_t>(wanted) - 1], given[1].text);
}

Value text_of(const Plan* plan, std::string_view (*text)(const Plan&)) {
    return plan == nullptr ? nothing(Kind::text) : of_text(text(*plan));
}

Value price_of(const Plan* plan) {
    return plan == nullptr ? nothing(Kind::number) : of_number(plan->hourly_price.usd(), Unit::usd_per_hour);
}

std::vector<Quantity> others() {
    const auto price = Unit::usd_per_hour;
    return {
        {"plan.fits",
         {},
         Kind::truth,
         Unit::none,
         "whether any cluster fits the budget",
         [](const World& world, Arguments) -> Result<Value> { return of_truth(world.plan() != nullptr); }},
        {"plan.architecture",
         {},
         Kind::text,
         Unit::none,
         "as the command line names it",
         [](const World& world, Arguments) -> Result<Value> {
             return text_of(world.plan(), [](const Plan& plan) { return problem::name(plan.architecture); });
         }},
        {"plan.worker",
         {},
         Kind::text,
         Unit::none,
         "the type of its machines that compute",
         [](const World& world, Arguments) -> Result<Value> {
             return text_of(world.plan(), [](const Plan& plan) { return std::string_view(plan.worker); });
         }},
        {"plan.remote",
         {},
         Kind::text,
         Unit::none,
         "the type of its remote nodes or servers",
         [](const World& world, Arguments) -> Result<Value> {
             return text_of(world.plan(), [](const Plan& plan) { return std::string_view(plan.remote); });
         }},
        {"plan.machines",
         {},
         Kind::text,
         Unit::none,
         "its machines in words",
         [](const World& world, Arguments) -> Result<Value> {
             return world.plan() == nullptr ? nothing(Kind::text) : of_text(problem::machines(*world.plan()));
         }},
        {"plan.unspent",
         {},
         Kind::number,
         price,
         "the budget less the price",
         [](const World& world, Arguments) -> Result<Value> {
             if (world.plan() == nullptr) return nothing(Kind::number);
             return of_number((world.decision().budget - world.plan()->hourly_price).usd(),
                              Unit::usd_per_hour);
         }},
        {"best",
         {Argument::architecture, Argument::figure},
         Kind::number,
         Unit::none,
         "a figure of an architecture's best plan at this budget: best('tiering', 'price')",
         [](const World& world, Arguments given) -> Result<Value> {
             return figure_of(world.problem(), best_of(world, given[0].text), given[1].text);
         }},
        {"best_fits",
         {Argument::architecture},
         Kind::truth,
         Unit::none,
         "whether a cluster of that architecture fits",
         [](const World& world, Arguments given) -> Result<Value> {
             return of_truth(best_of(world, given[0].text) != nullptr);
         }},
        {"best_worker",
         {Argument::architecture},
         Kind::text,
         Unit::none,
         "the type that computes in it",
         [](const World& world, Arguments given) -> Result<Value> {
             return text_of(best_of(world, given[0].text),
                            [](const Plan& plan) { return std::string_view(plan.worker); });
         }},
        {"rank",
         {Argument::number, Argument::figure},
         Kind::number,
         Unit::none,
         "a figure of the plan of that rank: rank(2, 'price')",
         of_rank},
        {"runner_up.gap",
         {},
         Kind::number,
         Unit::percent,
         "how much less the best plan with other machines or architecture is worth",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& reasons = world.decision().reasons;
             if (!reasons.runner_up) return nothing(Kind::number);
             return of_number(reasons.runner_up_gap_percent, Unit::percent);
         }},
        {"steps",
         {},
         Kind::number,
         Unit::none,
         "budgets at which the answer changes",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(static_cast<double>(world.frontier().overall.size()));
         }},
        {"cheapest_budget",
         {},
         Kind::number,
         price,
         "from which anything fits",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& steps = world.frontier().overall;
             return price_of(steps.empty() ? nullptr : &steps.front());
         }},
        {"last_step",
         {},
         Kind::number,
         price,
         "from which more money buys nothing better",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& steps = world.frontier().overall;
             return price_of(steps.empty() ? nullptr : &steps.back());
         }},
        {"step_budget",
         {Argument::number},
         Kind::number,
         price,
         "of the k-th step of the frontier",
         step_budget},
        {"next_step",
         {},
         Kind::number,
         price,
         "the next budget at which the answer changes",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& next = world.decision().next_step;
             return price_of(next ? &next->plan : nullptr);
         }},
        {"next_extra",
         {},
         Kind::number,
         price,
         "how much above the budget that is",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& next = world.decision().next_step;
             return next ? of_number(next->extra.usd(), Unit::usd_per_hour) : nothing(Kind::number);
         }},
        {"next_gain",
         {},
         Kind::number,
         Unit::percent,
         "how much better the answer is there",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& next = world.decision().next_step;
             return next ? of_number(next->gain_percent, Unit::percent) : nothing(Kind::number);
         }},
        {"least_budget",
         {Argument::architecture},
         Kind::number,
         price,
         "from which the architecture fits",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto* steps = steps_of(world, given[0].text);
             return price_of(steps == nullptr ? nullptr : &steps->front());
         }},
        {"breakpoint",
         {Argument::architecture, Argument::architecture},
         Kind::number,
         price,
         "the least budget at which the first architecture is worth more than the second",
         breakpoint},
        {"first_nodes_budget",
         {Argument::number},
         Kind::number,
         price,
         "the least budget whose answer has so many nodes or more",
         [](const World& world, Arguments given) -> Result<Value> {
             for (const auto& step : world.frontier().overall)
                 if (step.nodes >= given[0].number) return price_of(&step);
             return nothing(Kind::number);
         }},
    };
}

}  // namespace

std::span<const PlanFigure> plan_figures() {
    return figures;
}

Unit objective_unit_of(const problem::Problem& problem) {
    switch (problem.request.objective) {
        case problem::Objective::deepvm:
            return Unit::flop_per_usd;
        case problem::Objective::throughput:
            return problem.market->kind == model::MarketKind::provider ? Unit::tflops : Unit::none;
        case problem::Objective::job_cost:
            return Unit::usd;
        case problem::Objective::job_time:
            return Unit::hours;
    }
    return Unit::none;
}

Value figure_of(const problem::Problem& problem, const problem::Plan* plan, std::string_view figure) {
    const auto found = std::ranges::find(figures, figure, &PlanFigure::name);
    if (found == figures.end() || plan == nullptr) return nothing(Kind::number);
    const auto unit = figure == "objective" ? objective_unit_of(problem) : found->unit;
    return of_number(found->of(problem, *plan), unit);
}

std::vector<Quantity> plan_quantities() {
    auto all = of_first_plan(std::make_index_sequence<figures.size()>());
    for (auto& each : others())
        all.push_back(std::move(each));
    return all;
}

}  // namespace deepvm::lessons
