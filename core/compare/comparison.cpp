// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison.h"

#include <fmt/format.h>

#include "planner/planner.h"

namespace deepvm::compare {
namespace {

using base::Error;
using base::ErrorCode;

base::Result<void> fill(Column& column, const catalog::Catalog& catalog, const CompareRequest& request,
                        const std::stop_token& stop) {
    const auto& question = column.pin.question;
    auto market = catalog.load(question.selection, stop);
    if (!market) return tl::unexpected(std::move(market.error()));
    auto problem = problem::make_problem(*market, session::to_request(question, **market), stop);
    if (!problem) return tl::unexpected(std::move(problem.error()));
    const auto decision = planner::decide(**problem, question.budget, stop);
    if (!decision) return tl::unexpected(decision.error());
    column.problem = std::move(*problem);
    if (column.pin.answer)
        column.reopened =
            session::reopened(*column.pin.answer, *column.problem, question.budget, decision->ranked);
    else if (!decision->ranked.empty())
        column.reopened.best_today = decision->ranked.front();
    const auto& again = column.reopened;
    column.plan = again.then_today && again.affordable ? again.then_today : again.best_today;
    if (!column.plan) return {};
    explain::SimulationRequest simulation;
    simulation.runs = request.runs;
    simulation.seed = request.seed;
    auto futures = explain::simulate_plan(*column.problem, *column.plan, simulation, stop);
    if (!futures) return tl::unexpected(std::move(futures.error()));
    column.futures = std::move(*futures);
    return {};
}

bool simulated(const Column& column) {
    return column.futures && column.futures->unknown.empty() && column.futures->futures.finishes;
}

std::optional<double> cheaper_in(const Column& a, const Column& b) {
    if (&a == &b || !simulated(a) || !simulated(b) || !same_job(*a.problem, *b.problem)) return std::nullopt;
    return risk::cheaper_in_shared(a.futures->futures, b.futures->futures);
}

}  // namespace

bool same_job(const problem::Problem& a, const problem::Problem& b) {
    const auto amount = [](const problem::Problem& problem) {
        return problem.request.job.amount.value_or(workload_of(problem).epochs);
    };
    return workload_of(a) == workload_of(b) && a.request.job.unit == b.request.job.unit &&
           amount(a) == amount(b);
}

base::Result<Column> column(const catalog::Catalog& catalog, const session::Kept& pin,
                            const CompareRequest& request, const std::stop_token& stop) {
    Column made;
    made.pin = pin;
    if (auto filled = fill(made, catalog, request, stop); !filled) {
        if (filled.error().code == ErrorCode::cancelled) return tl::unexpected(filled.error());
        made = Column{};
        made.pin = pin;
        made.failure = std::move(filled.error());
    }
    return made;
}

Comparison beside(std::vector<Column> columns) {
    Comparison comparison;
    comparison.columns = std::move(columns);
    for (const auto& one : comparison.columns) {
        auto& row = comparison.cheaper_in.emplace_back();
        for (const auto& other : comparison.columns)
            row.push_back(cheaper_in(one, other));
    }
    return comparison;
}

base::Result<Comparison> compare(const catalog::Catalog& catalog, std::span<const session::Kept> pins,
                                 const CompareRequest& request, const std::stop_token& stop) {
    if (pins.size() > session::most_pins)
        return base::fail(ErrorCode::invalid_input,
                          fmt::format("{} plans are too many to compare; choose at most {}", pins.size(),
                                      session::most_pins));
    std::vector<Column> columns;
    for (const auto& pin : pins) {
        auto made = column(catalog, pin, request, stop);
        if (!made) return tl::unexpected(std::move(made.error()));
        columns.push_back(std::move(*made));
    }
    return beside(std::move(columns));
}

}  // namespace deepvm::compare
