// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/plans.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "planner/comparison.h"

namespace deepvm::words {
namespace {

std::string machine(int count, const std::string& type, Style style) {
    return fmt::format("{} {} {}", count, times(style), type);
}

// Adds the source to `full`; its date becomes `oldest` if it is older.
void add_source(const model::Source* source, std::vector<std::string>& full, std::string& oldest) {
    if (!source) return;
    auto line = fmt::format("{} ({})", source->description, source->as_of);
    if (std::ranges::count(full, line) == 0) full.push_back(std::move(line));
    if (oldest.empty() || source->as_of < oldest) oldest = source->as_of;
}

// "list, 2026-07-20"; nothing without a date.
std::string dated(const std::string& basis, const std::string& date) {
    return date.empty() || basis.empty() ? date : basis + ", " + date;
}

}  // namespace

std::string architecture(problem::Architecture architecture) {
    switch (architecture) {
        case problem::Architecture::single_anchor:
            return "Single anchor";
        case problem::Architecture::tiering:
            return "Tiering";
        case problem::Architecture::on_demand:
            return "On-demand";
        case problem::Architecture::spot_bucket:
            return "Spot + bucket";
        case problem::Architecture::parameter_server:
            return "Parameter server";
        case problem::Architecture::mixed_workers:
            return "Mixed workers";
    }
    return {};
}

std::string architecture_description(problem::Architecture architecture) {
    switch (architecture) {
        case problem::Architecture::single_anchor:
            return "one on-demand anchor + spot";
        case problem::Architecture::tiering:
            return "spot workers + on-demand remotes";
        case problem::Architecture::on_demand:
            return "no revocations, full price";
        case problem::Architecture::spot_bucket:
            return "spot, checkpoints in a store";
        case problem::Architecture::parameter_server:
            return "spot + servers, asynchronous";
        case problem::Architecture::mixed_workers:
            return "anchor + two types of spot";
    }
    return {};
}

std::string architecture_within(problem::Architecture architecture, Style style) {
    if (style == Style::plain) return std::string(name(architecture));
    auto text = words::architecture(architecture);
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
    return text;
}

std::string objective(problem::Objective objective) {
    switch (objective) {
        case problem::Objective::deepvm:
            return "DeepVM (FLOPP × nodes)";
        case problem::Objective::throughput:
            return "Throughput";
        case problem::Objective::job_cost:
            return "Job cost, risk included";
        case problem::Objective::job_time:
            return "Job time, risk included";
    }
    return {};
}

std::string job_unit(problem::JobUnit unit) {
    return unit == problem::JobUnit::flop ? "FLOP" : std::string(name(unit));
}

std::string price_basis(model::PriceBasis basis, const model::Source* source) {
    if (basis == model::PriceBasis::list && model::is_own(source)) return "own price";
    auto text = std::string(model::name(basis));
    std::ranges::replace(text, '-', ' ');
    return text;
}

std::string scaling_origin(problem::ScalingBasis basis) {
    switch (basis) {
        case problem::ScalingBasis::measured:
            return "Fitted to measured epoch times of this machine type";
        case problem::ScalingBasis::published:
            return "The curve that the paper published for this machine type";
        case problem::ScalingBasis::assumed:
            break;
    }
    return "Nobody measured this type: a law made of its network and the workload's gradients";
}

std::string workers(const problem::Plan& plan, Style style) {
    if (plan.architecture == problem::Architecture::on_demand)
        return machine(plan.nodes, plan.worker, style) + " on-demand";
    // Those with an anchor are one number here as everywhere; companion() parts them.
    return plan.anchors > 0 ? machines(plan, style) : machine(plan.nodes, plan.worker, style) + " spot";
}

std::string companion(const problem::Plan& plan, bool brief, Style style) {
    const auto remotes = [&](std::string_view does) {
        return fmt::format("+ {} on-demand{}", machine(plan.remotes, plan.remote, style),
                           brief ? std::string_view() : does);
    };
    const bool one = plan.remotes == 1;
    switch (plan.architecture) {
        case problem::Architecture::single_anchor:
            return fmt::format("{} spot + {} on-demand, the anchor", plan.spot_workers, plan.anchors);
        case problem::Architecture::mixed_workers:
            return fmt::format("{} spot + {} on-demand{}", plan.spot_workers,
                               machine(plan.anchors, plan.worker, style), brief ? "" : ", the anchor");
        case problem::Architecture::tiering:
            return remotes(one ? ", holds the checkpoints" : ", hold the checkpoints");
        case problem::Architecture::parameter_server:
            return remotes(one ? ", serves parameters" : ", serve parameters");
        case problem::Architecture::on_demand:
            return "none can be revoked";
        case problem::Architecture::spot_bucket:
            return "checkpoints in an object store";
    }
    return {};
}

std::string machines(const problem::Plan& plan, Style style) {
    auto text = machine(plan.nodes - plan.other_workers, plan.worker, style);
    if (plan.other_workers > 0) text += " + " + machine(plan.other_workers, plan.other_worker, style);
    return plan.remotes > 0 ? text + " + " + machine(plan.remotes, plan.remote, style) : text;
}

std::string place(const problem::Plan& plan, const model::Market& market, Style style) {
    if (!model::spans_providers(market)) return plan.region;
    // The command line takes providers by the names that it shows.
    return style == Style::plain ? model::place_name(plan.provider, plan.region)
                                 : model::place_title(plan.provider, plan.region);
}

std::string cluster(const problem::Plan& plan, const model::Market& market, Style style) {
    const auto text = machines(plan, style);
    return market.places.size() == 1 ? text : fmt::format("{} in {}", text, place(plan, market, style));
}

std::string change(const problem::Plan& from, const problem::Plan& to, Style style) {
    std::vector<std::string> parts;
    for (const auto& [type, count] : planner::machine_changes(from, to))
        parts.push_back(
            fmt::format("{} {}", count > 0 ? "+" : minus(style), machine(std::abs(count), type, style)));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string rate(double value, const model::Market& market, Style style) {
    return market.kind == model::MarketKind::published ? whole(value, style) + " published units"
                                                       : tflops(value, style);
}

std::string objective_value(double value, const problem::Problem& problem, Style style) {
    switch (problem.request.objective) {
        case problem::Objective::job_cost:
            return dollars(value);
        case problem::Objective::job_time:
            return hours(value);
        case problem::Objective::throughput:
            return rate(value, *problem.market, style);
        case problem::Objective::deepvm:
            break;
    }
    return si(value, "FLOP/$", style);
}

PriceNote price_note(const problem::Plan& plan, const model::Market& market) {
    std::vector<std::string> full;
    std::string basis;
    std::string spot;
    std::string on_demand;
    std::string owned_basis;
    for (const auto& place : market.places) {
        if (place.region != plan.region || place.provider != plan.provider) continue;
        for (const auto& offer : place.offers) {
            const std::string& type = market.types[offer.type].name;
            const bool worker = type == plan.worker;
            if (worker && plan.spot_workers > 0) {
                basis = price_basis(offer.spot_basis, model::spot_source(market, offer));
                add_source(model::spot_source(market, offer), full, spot);
            }
            const bool owned = worker && (plan.anchors > 0 || plan.spot_workers == 0);
            if (owned || (plan.remotes > 0 && type == plan.remote)) {
                const auto* source = model::on_demand_source(market, offer);
                add_source(source, full, on_demand);
                // Of several machines, those of the catalog.
                owned_basis = owned_basis.empty() || !model::is_own(source)
                                  ? price_basis(model::PriceBasis::list, source)
                                  : owned_basis;
            }
        }
    }
    return {dated(basis, spot),
            dated(market.kind == model::MarketKind::published ? "published" : owned_basis, on_demand),
            fmt::format("{}", fmt::join(full, "\n"))};
}

}  // namespace deepvm::words
