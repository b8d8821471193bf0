// SPDX-License-Identifier: GPL-3.0-or-later
// Figures 5, 6 and 8 of DeepVM (CCGrid 2024).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/numbers.h"
#include "model/scaling.h"
#include "risk/transfer.h"
#include "validation/replay_parts.h"
#include "validation/tables.h"
#include "validation/transmission_runs.h"

namespace deepvm::validation {
namespace {

constexpr double seconds_an_hour = 3600;

std::string source_of(std::string_view figure, std::string_view file) {
    return fmt::format("DeepVM, CCGrid 2024, {}; measured points: {}", figure, file);
}

// The curve of figure 5: the published law gives E(n) relative to a line, S(n) = L(n) E(n) / n.
double published_speedup(const model::LogisticScaling& law, int nodes) {
    const double line = law.c * law.a / 4 * (nodes - law.b) + law.c / 2;
    return line * model::effective_nodes(law, nodes) / nodes;
}

// What the published law says of the smallest cluster, where it is farthest from what was measured.
std::string scaling_differs(const Replay& replay, const model::LogisticScaling& law) {
    const auto small =
        std::ranges::find_if(replay.points, [](const ReplayPoint& point) { return point.x > 1; });
    if (small == replay.points.end()) return errors_text(replay);
    const int nodes = static_cast<int>(small->x);
    return fmt::format(
        "{} {} nodes were measured at {:.2f} times the speed of one. The published planner counts them as "
        "{:.2f} "
        "ideal nodes: its curve is relative to a line through its middle at {:.1f} nodes, not to one node. "
        "The "
        "corrected law begins at one node and is fitted to the other sizes.",
        errors_text(replay), nodes, small->published, model::effective_nodes(law, nodes), law.b);
}

Replay scaling_replay(const Table& table, const std::string& type, const model::LogisticScaling& law) {
    Replay replay;
    replay.title = fmt::format("DeepVM, figure 5: {}", type);
    replay.x_axis = "nodes";
    replay.y_axis = "speed-up over one node";
    replay.unit = " x";
    replay.source = source_of("figure 5", scaling_file);
    replay.published_rules = "the logistic curve of the paper, fitted by its authors to all of these points";
    replay.corrected_rules = "the law of the epoch times, each size left out of its own prediction";
    std::optional<double> one;
    for (const auto& row : table.rows)
        if (key_text(row, "instance_type") == type && key_text(row, "nodes") == "1") one = row.measured;
    if (!one) {
        replay.missing = fmt::format("{}: needs {} on 1 node", scaling_file, type);
        return replay;
    }
    for (const auto& row : table.rows) {
        if (key_text(row, "instance_type") != type) continue;
        const auto label = key_text(row, "nodes");
        const int nodes = static_cast<int>(base::parse_integer(label).value_or(1));
        replay.points.push_back({label,
                                 static_cast<double>(nodes),
                                 *one / row.measured,
                                 {published_speedup(law, nodes), false},
                                 {*one / row.predicted, row.fitted}});
    }
    replay.differs = scaling_differs(replay, law);
    return replay;
}

std::string transmission_differs(const Replay& replay, int fewest) {
    const auto at = [&](int remotes) {
        return std::ranges::find(replay.points, static_cast<double>(remotes), &ReplayPoint::x);
    };
    std::string text = fmt::format(
        "The published rule allows {} workers from {} remote nodes on, fewer than {:g} workers on each: the "
        "choice of the paper. It says nothing of how much slower fewer are. The corrected law does: each "
        "worker "
        "too many on a line has its packets sent again after a timeout.",
        transmission_workers, fewest, transmission_saturation);
    if (at(1) != replay.points.end() && at(fewest) != replay.points.end() && at(1)->by_corrected.value)
        text += fmt::format(
            " One remote node took {:.1f} times as long as {}; by the law {:.1f} times.",
            at(1)->published / at(fewest)->published, fewest,
            *at(1)->by_corrected.value / at(fewest)->by_corrected.value.value_or(at(fewest)->published));
    return errors_text(replay) + ' ' + text;
}

struct AwsRow {
    std::string plan;
    double seconds = 0;
    double usd = 0;
    double predicted_seconds = 0;
    double predicted_usd = 0;
    bool given = false;
};

std::vector<AwsRow> aws_rows(const Table& table) {
    std::vector<AwsRow> rows;
    for (const auto& row : table.rows) {
        const auto plan = key_text(row, "plan");
        if (rows.empty() || rows.back().plan != plan) rows.push_back({plan, 0, 0, 0, 0, row.fitted});
        AwsRow& own = rows.back();
        if (row.quantity.unit == Unit::seconds) {
            own.seconds = row.measured;
            own.predicted_seconds = row.predicted;
        } else {
            own.usd = row.measured;
            own.predicted_usd = row.predicted;
        }
    }
    return rows;
}

const problem::Plan* plan_of(const PublishedPlans& plans, const AwsRow& row) {
    constexpr double rounding = 1e-6;  // of a price
    for (const auto& [name, plan] : plans.by_published)
        if (name == row.plan &&
            std::abs(plan.hourly_price.usd() - row.usd / row.seconds * seconds_an_hour) < rounding)
            return &plan;
    return nullptr;
}

Replay empty_aws_replay(std::string_view what, std::string y_axis, std::string unit) {
    Replay replay;
    replay.title = fmt::format("DeepVM, figure 8: {}", what);
    replay.x_axis = "plans that were run on AWS";
    replay.y_axis = std::move(y_axis);
    replay.unit = std::move(unit);
    replay.named = true;
    replay.source = source_of("figure 8", aws_file);
    replay.published_rules =
        "plans, rates and E(n) of the published planner, worked out anew; the first plan's time is the unit";
    replay.corrected_rules = "the laws of the epoch times; the first plan's time is the unit";
    return replay;
}

std::string aws_differs(const Replay& replay, const PublishedPlans& plans, const std::vector<AwsRow>& rows) {
    std::string text = errors_text(replay);
    const auto found = static_cast<std::size_t>(
        std::ranges::count_if(rows, [&](const AwsRow& row) { return plan_of(plans, row) != nullptr; }));
    text +=
        fmt::format(" Our planner answers with {} of the {} plans, at the same prices.", found, rows.size());
    const auto worst = std::ranges::max_element(replay.points, {}, [](const ReplayPoint& point) {
        return std::abs(error_percent(point, Rules::published).value_or(0));
    });
    if (worst != replay.points.end() && worst->by_published.value && worst->by_corrected.value)
        text += fmt::format(
            " For {} the published E(n), relative to a line, says {:.4g}{}, the law relative to one node "
            "{:.4g}{}; it was {:.4g}{}.",
            worst->label, *worst->by_published.value, replay.unit, *worst->by_corrected.value, replay.unit,
            worst->published, replay.unit);
    if (!plans.corrected.empty()) text += fmt::format(" {}.", plans.corrected);
    return text;
}

}  // namespace

base::Result<std::vector<Replay>> scaling_replays(const model::Market& paper,
                                                  const std::filesystem::path& folder) {
    const auto table = scaling_table(folder);
    if (!table) return tl::unexpected(table.error());
    std::vector<Replay> all;
    for (const auto& type : paper.types) {
        if (!type.scaling) continue;
        all.push_back(scaling_replay(*table, type.name, *type.scaling));
        if (!table->missing.empty()) all.back().missing = table->missing;
    }
    return all;
}

base::Result<Replay> transmission_replay(const std::filesystem::path& folder) {
    const auto table = transmission_table(folder);
    if (!table) return tl::unexpected(table.error());
    Replay replay;
    replay.title = fmt::format("DeepVM, figure 6: checkpoint of {} workers", transmission_workers);
    replay.x_axis = "remote nodes";
    replay.y_axis = "seconds until the checkpoint is sent";
    replay.unit = " s";
    replay.source = source_of("figure 6", transmission_file);
    replay.published_rules =
        "fewer workers on each remote node than saturate it share its line without loss; more are left out";
    replay.corrected_rules = "the line with what too many workers on it cost, fitted to 2 and 3 remote nodes";
    replay.missing = table->missing;
    if (!replay.missing.empty()) return replay;
    std::vector<risk::TransmissionTime> fitted;
    const auto remotes_of = [](const Row& row) {
        return static_cast<int>(base::parse_integer(key_text(row, "remotes")).value_or(1));
    };
    for (const auto& row : table->rows)
        if (row.fitted) fitted.push_back({remotes_of(row), row.measured});
    const auto law = risk::fit_transmission(fitted, transmission_workers, transmission_saturation);
    if (!law) return tl::unexpected(law.error());
    const auto allowed = [](int remotes) { return transmission_workers < remotes * transmission_saturation; };
    int fewest = 1;
    while (!allowed(fewest))
        ++fewest;
    for (const auto& row : table->rows) {
        const int remotes = remotes_of(row);
        ReplayPoint point{key_text(row, "remotes"), static_cast<double>(remotes), row.measured, {}, {}};
        if (allowed(remotes))
            point.by_published = {risk::transmission_seconds({law->one_line_seconds, 0}, transmission_workers,
                                                             remotes, transmission_saturation),
                                  row.fitted};
        point.by_corrected = {row.predicted, row.fitted};
        replay.points.push_back(std::move(point));
    }
    replay.differs = transmission_differs(replay, fewest);
    return replay;
}

base::Result<std::vector<Replay>> aws_replays(const PublishedPlans& plans,
                                              const std::filesystem::path& folder) {
    const auto table = aws_table(folder);
    if (!table) return tl::unexpected(table.error());
    std::vector<Replay> both{empty_aws_replay("makespan", "seconds of the whole run", " s"),
                             empty_aws_replay("total cost", "dollars of the whole run", " USD")};
    for (auto& replay : both)
        replay.missing = table->missing;
    if (!table->missing.empty()) return both;
    const auto rows = aws_rows(*table);
    const auto unit = std::ranges::find_if(rows, &AwsRow::given);
    const auto* first = unit == rows.end() ? nullptr : plan_of(plans, *unit);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto x = static_cast<double>(i);
        ReplayPoint time{row.plan, x, row.seconds, {}, {row.predicted_seconds, row.given}};
        ReplayPoint money{row.plan, x, row.usd, {}, {row.predicted_usd, row.given}};
        const auto* plan = plan_of(plans, row);
        if (plan != nullptr && first != nullptr) {
            const double seconds = unit->seconds * first->throughput_tflops / plan->throughput_tflops;
            time.by_published = {seconds, row.given};
            money.by_published = {seconds * plan->hourly_price.usd() / seconds_an_hour, row.given};
        }
        both[0].points.push_back(std::move(time));
        both[1].points.push_back(std::move(money));
    }
    for (auto& replay : both)
        replay.differs = aws_differs(replay, plans, rows);
    return both;
}

}  // namespace deepvm::validation
