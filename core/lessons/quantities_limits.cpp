// SPDX-License-Identifier: GPL-3.0-or-later
// What lessons ask of the first plan's limits, its scaling and its linear program.
#include <algorithm>
#include <cmath>

#include "explain/feasible_region.h"
#include "lessons/plan_figures.h"
#include "lessons/quantity_lists.h"
#include "lessons/world.h"

namespace deepvm::lessons {
namespace {

using base::Result;

const problem::LimitState* limit_of(const World& world, std::string_view name) {
    if (world.plan() == nullptr) return nullptr;
    for (const auto& each : world.plan()->limits)
        if (problem::name(each.limit) == name) return &each;
    return nullptr;
}

const problem::Worker* worker_of(const World& world) {
    if (world.plan() == nullptr) return nullptr;
    const auto* candidate = problem::candidate_of(world.problem(), *world.plan());
    return candidate == nullptr ? nullptr : &world.problem().workers[candidate->worker];
}

// A number of nodes that somebody asks for; nothing where it is none.
std::optional<int> nodes_of(const Value& value) {
    if (value.number < 1 || value.number > problem::largest_max_nodes ||
        value.number != std::floor(value.number))
        return std::nullopt;
    return static_cast<int>(value.number);
}

Result<Value> effective(const World& world, Arguments given) {
    const auto* worker = worker_of(world);
    const auto nodes = nodes_of(given[0]);
    if (worker == nullptr || !nodes) return nothing(Kind::number);
    return of_number(problem::effective_nodes(*worker, *nodes));
}

Result<Value> next_node(const World& world, Arguments given) {
    const auto* worker = worker_of(world);
    const auto nodes = nodes_of(given[0]);
    if (worker == nullptr || !nodes) return nothing(Kind::number);
    return of_number(
        100 * (problem::effective_nodes(*worker, *nodes + 1) - problem::effective_nodes(*worker, *nodes)),
        Unit::percent);
}

Result<Value> half_node(const World& world, Arguments) {
    const auto* worker = worker_of(world);
    if (worker == nullptr) return nothing(Kind::number);
    double before = problem::effective_nodes(*worker, 1);
    for (int nodes = 1; nodes < problem::largest_max_nodes; ++nodes) {
        const double after = problem::effective_nodes(*worker, nodes + 1);
        if (after - before < 0.5) return of_number(nodes);
        before = after;
    }
    return nothing(Kind::number);
}

Result<Value> shadow_price(const World& world, Arguments) {
    return of_number(world.decision().reasons.shadow_price, objective_unit_of(world.problem()));
}

Result<Value> shadow_percent(const World& world, Arguments) {
    const auto& price = world.decision().reasons.shadow_price;
    if (!price || world.plan() == nullptr || world.plan()->objective == 0) return nothing(Kind::number);
    return of_number(100 * *price / world.plan()->objective, Unit::percent);
}

Result<Value> saturation(const World& world, Arguments) {
    if (world.plan() == nullptr) return nothing(Kind::number);
    const auto* candidate = problem::candidate_of(world.problem(), *world.plan());
    if (candidate == nullptr || !candidate->remote) return nothing(Kind::number);
    return of_number(candidate->saturation);
}

using Relaxed = std::optional<double> (*)(const explain::SolvedProgram& program);
Result<Value> of_program(const World& world, Unit unit, Relaxed figure) {
    const auto program = world.program();
    if (!program) return tl::unexpected(program.error());
    return *program ? of_number(figure(**program), unit) : nothing(Kind::number);
}

std::optional<double> relaxed_gap(const explain::SolvedProgram& program) {
    if (!program.relaxed_optimum || program.optimum == 0) return std::nullopt;
    return 100 * std::abs(*program.relaxed_optimum - program.optimum) / std::abs(program.optimum);
}

// The relaxation of the plan's own program, as a corner of its polytope.
Result<Value> corner(const World& world, Unit unit, double explain::RelaxationCorner::*figure) {
    if (world.plan() == nullptr) return nothing(Kind::number);
    const auto* candidate = problem::candidate_of(world.problem(), *world.plan());
    if (candidate == nullptr) return nothing(Kind::number);
    const auto found = explain::relaxation_corner(world.problem(), *candidate, world.decision().budget, {});
    if (!found) return tl::unexpected(found.error());
    return *found ? of_number((**found).*figure, unit) : nothing(Kind::number);
}

}  // namespace

std::vector<Quantity> limit_quantities() {
    return {
        {"binds",
         {Argument::limit},
         Kind::truth,
         Unit::none,
         "whether the plan would be better without the limit: binds('budget')",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto* limit = limit_of(world, given[0].text);
             return of_truth(limit != nullptr && limit->binding);
         }},
        {"slack",
         {Argument::limit},
         Kind::number,
         Unit::none,
         "what is left of the limit, in its own unit",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto* limit = limit_of(world, given[0].text);
             if (limit == nullptr) return nothing(Kind::number);
             return of_number(limit->slack, limit->unit == "USD/h" ? Unit::usd_per_hour
                                            : limit->unit == "GiB" ? Unit::gib
                                            : limit->unit == "%"   ? Unit::percent
                                                                   : Unit::none);
         }},
        {"saturation",
         {},
         Kind::number,
         Unit::none,
         "workers that one remote node of the plan can serve",
         saturation},
        {"shadow_price",
         {},
         Kind::number,
         Unit::none,
         "objective that one more $/h adds if machines could be split",
         shadow_price},
        {"shadow_percent", {}, Kind::number, Unit::percent, "the same of the objective", shadow_percent},
        {"relaxed.nodes",
         {},
         Kind::number,
         Unit::none,
         "nodes if machines could be split",
         [](const World& world, Arguments) {
             return corner(world, Unit::none, &explain::RelaxationCorner::nodes);
         }},
        {"relaxed.remotes",
         {},
         Kind::number,
         Unit::none,
         "remote nodes if machines could be split",
         [](const World& world, Arguments) {
             return corner(world, Unit::none, &explain::RelaxationCorner::remotes);
         }},
        {"relaxed.objective",
         {},
         Kind::number,
         Unit::none,
         "the objective if machines could be split",
         [](const World& world, Arguments) {
             return of_program(world, objective_unit_of(world.problem()),
                               [](const auto& program) { return program.relaxed_optimum; });
         }},
        {"relaxed.gap",
         {},
         Kind::number,
         Unit::percent,
         "how much better that is than whole machines",
         [](const World& world, Arguments) { return of_program(world, Unit::percent, relaxed_gap); }},
        {"effective",
         {Argument::number},
         Kind::number,
         Unit::none,
         "how many ideal nodes so many of the plan's workers are worth",
         effective},
        {"share",
         {Argument::number},
         Kind::number,
         Unit::percent,
         "the same of so many ideal nodes",
         [](const World& world, Arguments given) -> Result<Value> {
             auto value = effective(world, given);
             if (value && value->known)
                 *value = of_number(100 * value->number / given[0].number, Unit::percent);
             return value;
         }},
        {"next_node",
         {Argument::number},
         Kind::number,
         Unit::percent,
         "what one more than so many nodes adds, of one node alone",
         next_node},
        {"half_node",
         {},
         Kind::number,
         Unit::none,
         "the least number of nodes at which the next one adds less than half of one",
         half_node},
    };
}

}  // namespace deepvm::lessons
