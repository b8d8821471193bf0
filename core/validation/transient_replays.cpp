// SPDX-License-Identifier: GPL-3.0-or-later
// Speed-up and cost of transient servers (ICAC 2019): "7.7 times", "62.9 %".
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/numbers.h"
#include "validation/replay_parts.h"
#include "validation/tables.h"

namespace deepvm::validation {
namespace {

struct Cluster {
    std::string gpu;
    int workers = 1;
    std::string market;
    double seconds = 0;
    double usd = 0;
    double predicted_seconds = 0;
    std::optional<double> predicted_usd;
    bool given = false;

    // A mixed cluster names the workers of each kind itself.
    std::string label() const {
        return gpu.find('+') == std::string::npos ? fmt::format("{} {} {}", workers, gpu, market)
                                                  : fmt::format("{} {}", gpu, market);
    }
};

std::vector<Cluster> clusters_of(const Table& table) {
    std::vector<Cluster> all;
    for (const auto& row : table.rows) {
        if (row.quantity.unit == Unit::seconds) {
            const auto workers = base::parse_integer(key_text(row, "workers")).value_or(1);
            all.push_back({key_text(row, "worker_gpu"),
                           static_cast<int>(workers),
                           key_text(row, "market"),
                           row.measured,
                           0,
                           row.predicted,
                           {},
                           row.fitted});
        } else if (!all.empty()) {
            all.back().usd = row.measured;
            all.back().predicted_usd = row.predicted;
        }
    }
    return all;
}

// What the paper compares everything with: one worker on demand.
const Cluster* base_of(const std::vector<Cluster>& all) {
    const auto found = std::ranges::find_if(
        all, [](const Cluster& each) { return each.workers == 1 && each.market == "on-demand"; });
    return found == all.end() ? nullptr : &*found;
}

// Seconds if n workers were n times as fast as one; nothing for a kind that was not measured alone.
std::optional<double> ideal_seconds(const std::vector<Cluster>& all, const Cluster& of) {
    for (const auto& each : all)
        if (each.gpu == of.gpu && each.workers == 1) return each.seconds / of.workers;
    return std::nullopt;
}

Replay empty_replay(std::string title, std::string y_axis, std::string unit) {
    Replay replay;
    replay.title = std::move(title);
    replay.x_axis = "clusters";
    replay.y_axis = std::move(y_axis);
    replay.unit = std::move(unit);
    replay.named = true;
    replay.published_rules = "n workers are n times as fast as one: nobody waits for the parameter server";
    replay.corrected_rules =
        "the queue at the parameter server, fitted to 1 and 2 K80; a revoked worker is replaced at once";
    replay.source = fmt::format(
        "Speeding up Deep Learning with Transient Servers, ICAC 2019; measured points: {}", cluster_file);
    return replay;
}

// What the abstract of the paper names.
constexpr double named_speed = 7.7;    // times one K80 on demand
constexpr double named_saving = 62.9;  // percent

// The run that comes nearest to a figure that the paper names.
const ReplayPoint& nearest(const Replay& replay, double value) {
    return *std::ranges::min_element(
        replay.points, {}, [&](const ReplayPoint& point) { return std::abs(point.published - value); });
}

std::string speed_differs(const Replay& replay) {
    const ReplayPoint& point = nearest(replay, named_speed);
    std::string text =
        fmt::format("{} Of these runs {} come nearest to the {:g} times that the paper names: {:.1f}",
                    errors_text(replay), point.label, named_speed, point.published);
    if (point.by_published.value)
        text += fmt::format("; without waiting it would be {:.1f} times", *point.by_published.value);
    if (point.by_corrected.value)
        text += fmt::format(
            ", by the queue it is {:.1f}: while the server is busy with one worker, the next one waits",
            *point.by_corrected.value);
    return text + '.';
}

std::string cost_differs(const Replay& replay) {
    const ReplayPoint& point = nearest(replay, 100 - named_saving);
    std::string text =
        fmt::format("{} Of these runs {} comes nearest to the {:g} % that the paper says are saved: {:.1f} %",
                    errors_text(replay), point.label, named_saving, 100 - point.published);
    if (point.by_corrected.given)
        return text +
               "; that is one worker alone, whose time and price were measured, so no rule is judged by it.";
    return text + fmt::format("; by the queue {:.1f} %.", 100 - point.by_corrected.value.value_or(100));
}

}  // namespace

base::Result<std::vector<Replay>> transient_replays(const std::filesystem::path& folder) {
    const auto table = cluster_table(folder);
    if (!table) return tl::unexpected(table.error());
    std::vector<Replay> both{
        empty_replay("Transient servers: speed", "speed-up over one K80 on demand", " x"),
        empty_replay("Transient servers: cost", "cost in percent of one K80 on demand", " %")};
    const auto all = clusters_of(*table);
    const auto* base = base_of(all);
    for (auto& replay : both) {
        replay.missing = table->missing;
        if (replay.missing.empty() && base == nullptr)
            replay.missing = fmt::format("{}: needs a row of one worker on demand", cluster_file);
    }
    if (!both.front().missing.empty()) return both;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& own = all[i];
        const auto x = static_cast<double>(i);
        ReplayPoint speed{own.label(),
                          x,
                          base->seconds / own.seconds,
                          {},
                          {base->seconds / own.predicted_seconds, own.given}};
        ReplayPoint cost{own.label(), x, 100 * own.usd / base->usd, {}, {{}, own.given}};
        const bool alone = own.workers == 1;
        if (const auto ideal = ideal_seconds(all, own)) {
            speed.by_published = {base->seconds / *ideal, alone};
            cost.by_published = {100 * (own.usd / own.seconds) * *ideal / base->usd, alone};
        }
        if (own.predicted_usd) cost.by_corrected.value = 100 * *own.predicted_usd / base->usd;
        both[0].points.push_back(std::move(speed));
        both[1].points.push_back(std::move(cost));
    }
    both[0].differs = speed_differs(both[0]);
    both[1].differs = cost_differs(both[1]);
    return both;
}

}  // namespace deepvm::validation
