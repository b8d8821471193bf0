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

std::string architecture(planner::Architecture architecture) {
    switch (architecture) {
        case planner::Architecture::single_anchor:
            return "Single anchor";
        case planner::Architecture::tiering:
            return "Tiering";
        case planner::Architecture::on_demand:
            return "On-demand";
        case planner::Architecture::spot_bucket:
            return "Spot + bucket";
        case planner::Architecture::parameter_server:
            return "Parameter server";
        case planner::Architecture::mixed_workers:
            return "Mixed workers";
    }
    return {};
}

std::string architecture_description(planner::Architecture architecture) {
    switch (architecture) {
        case planner::Architecture::single_anchor:
            return "one on-demand anchor + spot";
        case planner::Architecture::tiering:
            return "spot workers + on-demand remotes";
        case planner::Architecture::on_demand:
            return "no revocations, full price";
        case planner::Architecture::spot_bucket:
            return "spot, checkpoints in a store";
        case planner::Architecture::parameter_server:
            return "spot + servers, asynchronous";
        case planner::Architecture::mixed_workers:
            return "anchor + two types of spot";
    }
    return {};
}

std::string architecture_within(planner::Architecture architecture, Style style) {
    if (style == Style::plain) return std::string(name(architecture));
    auto text = words::architecture(architecture);
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
    return text;
}

std::string objective(planner::Objective objective) {
    switch (objective) {
        case planner::Objective::deepvm:
            return "DeepVM (FLOPP × nodes)";
        case planner::Objective::throughput:
            return "Throughput";
        case planner::Objective::job_cost:
            return "Job cost, risk included";
        case planner::Objective::job_time:
            return "Job time, risk included";
    }
    return {};
}

std::string job_unit(planner::JobUnit unit) {
    return unit == planner::JobUnit::flop ? "FLOP" : std::string(name(unit));
}

std::string price_basis(model::PriceBasis basis) {
    auto text = std::string(model::name(basis));
    std::ranges::replace(text, '-', ' ');
    return text;
}

std::string scaling_origin(planner::ScalingBasis basis) {
    switch (basis) {
        case planner::ScalingBasis::measured:
            return "Fitted to measured epoch times of this machine type";
        case planner::ScalingBasis::published:
            return "The curve that the paper published for this machine type";
        case planner::ScalingBasis::assumed:
            break;
    }
    return "Nobody measured this type: a law made of its network and the workload's gradients";
}

std::string workers(const planner::Plan& plan, Style style) {
    if (plan.architecture == planner::Architecture::on_demand)
        return machine(plan.nodes, plan.worker, style) + " on-demand";
    // Those with an anchor are one number here as everywhere; companion() parts them.
    return plan.anchors > 0 ? machines(plan, style) : machine(plan.nodes, plan.worker, style) + " spot";
}

std::string companion(const planner::Plan& plan, bool brief, Style style) {
    const auto remotes = [&](std::string_view does) {
        return fmt::format("+ {} on-demand{}", machine(plan.remotes, plan.remote, style),
                           brief ? std::string_view() : does);
    };
    const bool one = plan.remotes == 1;
    switch (plan.architecture) {
        case planner::Architecture::single_anchor:
            return fmt::format("{} spot + {} on-demand, the anchor", plan.spot_workers, plan.anchors);
        case planner::Architecture::mixed_workers:
            return fmt::format("{} spot + {} on-demand{}", plan.spot_workers,
                               machine(plan.anchors, plan.worker, style), brief ? "" : ", the anchor");
        case planner::Architecture::tiering:
            return remotes(one ? ", holds the checkpoints" : ", hold the checkpoints");
        case planner::Architecture::parameter_server:
            return remotes(one ? ", serves parameters" : ", serve parameters");
        case planner::Architecture::on_demand:
            return "none can be revoked";
        case planner::Architecture::spot_bucket:
            return "checkpoints in an object store";
    }
    return {};
}

std::string machines(const planner::Plan& plan, Style style) {
    auto text = machine(plan.nodes - plan.other_workers, plan.worker, style);
    if (plan.other_workers > 0) text += " + " + machine(plan.other_workers, plan.other_worker, style);
    return plan.remotes > 0 ? text + " + " + machine(plan.remotes, plan.remote, style) : text;
}

std::string place(const planner::Plan& plan, const model::Market& market) {
    return model::spans_providers(market) ? model::place_name(plan.provider, plan.region) : plan.region;
}

std::string cluster(const planner::Plan& plan, const model::Market& market, Style style) {
    const auto text = machines(plan, style);
    return market.places.size() == 1 ? text : fmt::format("{} in {}", text, place(plan, market));
}

std::string change(const planner::Plan& from, const planner::Plan& to, Style style) {
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

std::string objective_value(double value, const planner::Problem& problem, Style style) {
    switch (problem.request.objective) {
        case planner::Objective::job_cost:
            return dollars(value);
        case planner::Objective::job_time:
            return hours(value);
        case planner::Objective::throughput:
            return rate(value, *problem.market, style);
        case planner::Objective::deepvm:
            break;
    }
    return si(value, "FLOP/$", style);
}

PriceNote price_note(const planner::Plan& plan, const model::Market& market) {
    std::vector<std::string> full;
    std::string basis;
    std::string spot;
    std::string on_demand;
    for (const auto& place : market.places) {
        if (place.region != plan.region || place.provider != plan.provider) continue;
        for (const auto& offer : place.offers) {
            const std::string& type = market.types[offer.type].name;
            const bool worker = type == plan.worker;
            if (worker && plan.spot_workers > 0) {
                basis = price_basis(offer.spot_basis);
                add_source(model::spot_source(market, offer), full, spot);
            }
            const bool owned = worker && (plan.anchors > 0 || plan.spot_workers == 0);
            if (owned || (plan.remotes > 0 && type == plan.remote))
                add_source(model::on_demand_source(market, offer), full, on_demand);
        }
    }
    return {dated(basis, spot),
            dated(market.kind == model::MarketKind::published ? "published" : "list", on_demand),
            fmt::format("{}", fmt::join(full, "\n"))};
}

}  // namespace deepvm::words
