// SPDX-License-Identifier: GPL-3.0-or-later
// What lessons ask of the question itself, of machine types, and of replays.
#include <algorithm>
#include <cmath>

#include "lessons/plan_figures.h"
#include "lessons/quantity_lists.h"
#include "lessons/world.h"
#include "problem/flopp.h"
#include "risk/revocation.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using problem::FloppEntry;

// The cheapest offer of every type that can compute here.
std::vector<FloppEntry> types_of(const World& world) {
    return problem::cheapest_offers(problem::flopp_ranking(world.problem()));
}

std::optional<FloppEntry> type_of(const World& world, std::string_view name) {
    for (auto& each : types_of(world))
        if (each.instance_type == name) return std::move(each);
    return std::nullopt;
}

bool on_spot(const Value& purchase) {
    return purchase.text == "spot";
}

std::optional<double> price_of(const FloppEntry& type, bool spot) {
    if (!spot) return type.on_demand.usd();
    return type.spot ? std::optional(type.spot->usd()) : std::nullopt;
}

std::optional<double> flopp_of(const FloppEntry& type, bool spot) {
    return spot ? type.spot_flopp : std::optional(type.on_demand_flopp);
}

// The name of the type with the largest figure.
template <typename Figure>
Result<Value> largest(const World& world, Figure figure) {
    std::optional<double> best;
    std::string name;
    for (const auto& each : types_of(world))
        if (const std::optional<double> here = figure(each); here && (!best || *here > *best)) {
            best = here;
            name = each.instance_type;
        }
    return best ? of_text(name) : nothing(Kind::text);
}

std::vector<Quantity> of_types() {
    return {
        {"offers",
         {},
         Kind::number,
         Unit::none,
         "machine types that can compute here",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(static_cast<double>(types_of(world).size()));
         }},
        {"price",
         {Argument::type, Argument::purchase},
         Kind::number,
         Unit::usd_per_hour,
         "of one machine: price('g4dn.xlarge', 'spot')",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto type = type_of(world, given[0].text);
             return of_number(type ? price_of(*type, on_spot(given[1])) : std::nullopt, Unit::usd_per_hour);
         }},
        {"flopp",
         {Argument::type, Argument::purchase},
         Kind::number,
         Unit::flop_per_usd,
         "floating point operations that a dollar buys: flopp('g4dn.xlarge', 'spot')",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto type = type_of(world, given[0].text);
             return of_number(type ? flopp_of(*type, on_spot(given[1])) : std::nullopt, Unit::flop_per_usd);
         }},
        {"rate",
         {Argument::type},
         Kind::number,
         Unit::tflops,
         "speed of one machine",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto type = type_of(world, given[0].text);
             return of_number(type ? std::optional(type->rate_tflops) : std::nullopt, Unit::tflops);
         }},
        {"accelerator",
         {Argument::type},
         Kind::text,
         Unit::none,
         "what a machine computes with",
         [](const World& world, Arguments given) -> Result<Value> {
             for (const auto& each : world.problem().market->types)
                 if (each.name == given[0].text && each.accelerator)
                     return of_text(std::to_string(each.accelerator_count) + " x " +
                                    each.accelerator->display_name);
             return nothing(Kind::text);
         }},
        {"best_flopp_type",
         {Argument::purchase},
         Kind::text,
         Unit::none,
         "the type with the most FLOP a dollar",
         [](const World& world, Arguments given) -> Result<Value> {
             const bool spot = on_spot(given[0]);
             return largest(world, [spot](const FloppEntry& each) { return flopp_of(each, spot); });
         }},
        {"fastest_type",
         {},
         Kind::text,
         Unit::none,
         "the type that is fastest alone",
         [](const World& world, Arguments) -> Result<Value> {
             return largest(world, [](const FloppEntry& each) { return std::optional(each.rate_tflops); });
         }},
        {"cheapest_type",
         {Argument::purchase},
         Kind::text,
         Unit::none,
         "the type with the lowest hourly price",
         [](const World& world, Arguments given) -> Result<Value> {
             const bool spot = on_spot(given[0]);
             return largest(world, [spot](const FloppEntry& each) {
                 auto price = price_of(each, spot);
                 if (price) *price = -*price;
                 return price;
             });
         }},
    };
}

}  // namespace

std::vector<Quantity> question_quantities() {
    return {
        {"budget",
         {},
         Kind::number,
         Unit::usd_per_hour,
         "as it is set",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(world.exploration().budget.usd(), Unit::usd_per_hour);
         }},
        {"market",
         {},
         Kind::text,
         Unit::none,
         "the provider or published data set",
         [](const World& world, Arguments) -> Result<Value> {
             return of_text(world.exploration().selection.market);
         }},
        {"region",
         {},
         Kind::text,
         Unit::none,
         "empty for a published data set",
         [](const World& world, Arguments) -> Result<Value> {
             return of_text(world.exploration().selection.region);
         }},
        {"workload",
         {},
         Kind::text,
         Unit::none,
         "what is trained, by its name",
         [](const World& world, Arguments) -> Result<Value> {
             return of_text(world.exploration().workload);
         }},
        {"objective",
         {},
         Kind::text,
         Unit::none,
         "deepvm, throughput, job-cost or job-time",
         [](const World& world, Arguments) -> Result<Value> {
             return of_text(problem::name(world.exploration().objective));
         }},
        {"enabled",
         {Argument::architecture},
         Kind::truth,
         Unit::none,
         "whether an architecture is switched on",
         [](const World& world, Arguments given) -> Result<Value> {
             const auto named = problem::parse_architecture(given[0].text);
             return of_truth(named && world.exploration().has(*named));
         }},
        {"architectures",
         {},
         Kind::number,
         Unit::none,
         "how many of them are switched on",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(static_cast<double>(world.exploration().architectures.size()));
         }},
        {"revocations",
         {},
         Kind::number,
         Unit::percent,
         "of spot machines a month, where it is set by hand",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& rates = world.exploration().risk.rates;
             return of_number(rates ? std::optional(100 * risk::monthly_share(rates->middle)) : std::nullopt,
                              Unit::percent);
         }},
        {"deadline",
         {},
         Kind::number,
         Unit::hours,
         "of the job",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(world.exploration().job.deadline_hours, Unit::hours);
         }},
        {"confidence",
         {},
         Kind::number,
         Unit::percent,
         "with which the deadline is to be kept",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(world.exploration().job.confidence * 100, Unit::percent);
         }},
        {"epochs",
         {},
         Kind::number,
         Unit::none,
         "of the job",
         [](const World& world, Arguments) -> Result<Value> {
             return of_number(
                 problem::job_epochs(problem::workload_of(world.problem()), world.exploration().job));
         }},
        {"max_nodes",
         {},
         Kind::number,
         Unit::none,
         "nodes at most, where it is set",
         [](const World& world, Arguments) -> Result<Value> {
             const auto& most = world.exploration().max_nodes;
             return most ? of_number(*most) : nothing(Kind::number);
         }},
        {"widget.solved",
         {},
         Kind::truth,
         Unit::none,
         "whether what the step shows is solved",
         [](const World& world, Arguments) -> Result<Value> { return of_truth(world.widget().solved); }},
    };
}

namespace {

// The curves of a figure, by where replays() has them.
std::span<const validation::Replay> curves_of(const std::vector<validation::Replay>& all,
                                              std::string_view figure) {
    struct Place {
        std::string_view figure;
        std::size_t first;
        std::size_t count;
    };
    static constexpr Place places[] = {{"figure-5", 0, 3},
                                       {"figure-6", 3, 1},
                                       {"figure-8", 4, 2},
                                       {"transient-speed", 6, 1},
                                       {"transient-cost", 7, 1}};
    const auto* place = std::ranges::find(places, figure, &Place::figure);
    if (place == std::end(places) || place->first + place->count > all.size()) return {};
    return std::span(all).subspan(place->first, place->count);
}

Result<Value> replay(const World& world, Arguments given) {
    const auto all = world.replays();
    if (!all) return tl::unexpected(all.error());
    const auto rules =
        given[1].text == "published" ? validation::Rules::published : validation::Rules::corrected;
    std::vector<double> errors;
    for (const auto& curve : curves_of(*all, given[0].text))
        for (const auto& point : curve.points)
            if (const auto error = validation::error_percent(point, rules))
                errors.push_back(std::abs(*error));
    if (errors.empty()) return nothing(Kind::number);
    std::ranges::sort(errors);
    const auto half = errors.size() / 2;
    const double median = errors.size() % 2 == 1 ? errors[half] : (errors[half - 1] + errors[half]) / 2;
    return of_number(median, Unit::percent);
}

}  // namespace

std::vector<Quantity> market_quantities() {
    auto all = of_types();
    all.push_back(
        {"replay",
         {Argument::replay, Argument::rules},
         Kind::number,
         Unit::percent,
         "how far our curve is from the points of a published figure, in the median; in deepvm-paper alone",
         replay});
    return all;
}

}  // namespace deepvm::lessons
