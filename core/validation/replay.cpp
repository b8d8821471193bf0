// SPDX-License-Identifier: GPL-3.0-or-later
#include "validation/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "planner/planner.h"
#include "problem/problem.h"
#include "validation/replay_parts.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

constexpr double budget_of_the_paper = 2.9;  // USD an hour: the column pricing_willingness of the runs

std::vector<double> sorted_errors(const Replay& replay, Rules rules) {
    std::vector<double> errors;
    for (const auto& point : replay.points)
        if (const auto error = error_percent(point, rules)) errors.push_back(std::abs(*error));
    std::ranges::sort(errors);
    return errors;
}

std::string errors_of(const Replay& replay, Rules rules, std::string_view name) {
    const auto median = median_error_percent(replay, rules);
    if (!median) return fmt::format("{} say nothing of these points", name);
    return fmt::format("{} are off by {:.1f} % in the median and {:.1f} % at worst", name, *median,
                       *worst_error_percent(replay, rules));
}

base::Result<planner::Decision> decide_by(const std::shared_ptr<const model::Market>& paper,
                                          problem::Preset preset, const std::stop_token& stop) {
    problem::Request request;
    request.preset = preset;
    request.architectures = problem::default_architectures(model::MarketKind::published, preset);
    const auto problem = problem::make_problem(paper, std::move(request), stop);
    if (!problem) return tl::unexpected(problem.error());
    return planner::decide(**problem, base::Money::from_usd(budget_of_the_paper), stop);
}

base::Result<PublishedPlans> plans_of(const std::shared_ptr<const model::Market>& paper,
                                      const std::stop_token& stop) {
    const auto published = decide_by(paper, problem::Preset::published, stop);
    if (!published) return tl::unexpected(published.error());
    const auto corrected = decide_by(paper, problem::Preset::corrected, stop);
    if (!corrected) return tl::unexpected(corrected.error());
    PublishedPlans plans;
    for (std::size_t i = 0; i < published->ranked.size(); ++i)
        plans.by_published.emplace_back(fmt::format("rank-{}", i + 1), published->ranked[i]);
    if (const auto& plan = published->policies.cost_first)
        plans.by_published.emplace_back("cost-first", *plan);
    if (const auto& plan = published->policies.performance_first)
        plans.by_published.emplace_back("performance-first", *plan);
    if (corrected->ranked.empty() || published->ranked.empty()) return plans;
    const auto& now = corrected->ranked.front();
    const bool same = machines(now) == machines(published->ranked.front());
    plans.corrected = fmt::format("At {:.2f} USD an hour the corrected rules of planning choose {} {}",
                                  budget_of_the_paper, same ? "the same:" : "otherwise:", machines(now));
    return plans;
}

void append(std::vector<Replay>& all, std::vector<Replay> more) {
    std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

const Replayed& replayed(const ReplayPoint& point, Rules rules) {
    return rules == Rules::published ? point.by_published : point.by_corrected;
}

std::optional<double> error_percent(const ReplayPoint& point, Rules rules) {
    const auto& [value, given] = replayed(point, rules);
    if (!value || given || point.published == 0) return std::nullopt;
    return 100 * (*value / point.published - 1);
}

std::optional<double> median_error_percent(const Replay& replay, Rules rules) {
    const auto errors = sorted_errors(replay, rules);
    if (errors.empty()) return std::nullopt;
    const auto middle = errors.size() / 2;
    return errors.size() % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
}

std::optional<double> worst_error_percent(const Replay& replay, Rules rules) {
    const auto errors = sorted_errors(replay, rules);
    return errors.empty() ? std::nullopt : std::optional(errors.back());
}

std::string key_text(const Row& row, std::string_view column) {
    for (const auto& [name, value] : row.key) {
        if (name != column) continue;
        if (const auto* text = std::get_if<std::string>(&value)) return *text;
        return fmt::format("{}", std::get<std::int64_t>(value));
    }
    return {};
}

std::string errors_text(const Replay& replay) {
    return fmt::format("The {}; the {}.", errors_of(replay, Rules::published, "published rules"),
                       errors_of(replay, Rules::corrected, "corrected ones"));
}

base::Result<std::vector<Replay>> replays(const std::shared_ptr<const model::Market>& paper,
                                          const std::filesystem::path& folder, const std::stop_token& stop) {
    const auto plans = plans_of(paper, stop);
    if (!plans) return tl::unexpected(plans.error());
    auto all = scaling_replays(*paper, folder);
    if (!all) return all;
    auto transmission = transmission_replay(folder);
    if (!transmission) return tl::unexpected(std::move(transmission.error()));
    all->push_back(std::move(*transmission));
    for (auto more : {aws_replays(*plans, folder), transient_replays(folder)}) {
        if (!more) return tl::unexpected(std::move(more.error()));
        append(*all, std::move(*more));
    }
    if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "the replay was cancelled");
    return all;
}

}  // namespace deepvm::validation
