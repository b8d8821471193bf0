// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/frontier_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "charts/chart_text.h"
#include "wording/architecture_colours.h"

namespace deepvm::ui::charts {
namespace {

using Steps = std::span<const problem::Plan>;

double price(const problem::Plan& plan) {
    return plan.hourly_price.usd();
}

// The steps that begin inside the window.
Steps visibleSteps(Steps steps, double window) {
    const auto end =
        std::partition_point(steps.begin(), steps.end(), [&](const auto& p) { return price(p) < window; });
    return steps.first(static_cast<std::size_t>(end - steps.begin()));
}

// Of each of `buckets` equal parts of the window: its first, lowest, highest and last step.
std::vector<std::size_t> thinned(Steps steps, double window, int buckets) {
    std::vector<std::size_t> kept;
    std::size_t i = 0;
    while (i < steps.size()) {
        const auto bucket = std::floor(price(steps[i]) / window * buckets);
        const std::size_t first = i;
        std::size_t low = i;
        std::size_t high = i;
        for (; i < steps.size() && std::floor(price(steps[i]) / window * buckets) == bucket; ++i) {
            if (steps[i].objective < steps[low].objective) low = i;
            if (steps[i].objective > steps[high].objective) high = i;
        }
        std::vector<std::size_t> chosen{first, low, high, i - 1};
        std::sort(chosen.begin(), chosen.end());
        chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
        kept.insert(kept.end(), chosen.begin(), chosen.end());
    }
    return kept;
}

std::vector<std::size_t> chosenSteps(Steps steps, double window) {
    constexpr std::size_t most_steps = most_points / 2 - 1;  // two corners a step, and the two ends
    std::vector<std::size_t> chosen(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
        chosen[i] = i;
    for (int buckets = 120; chosen.size() > most_steps; buckets /= 2)
        chosen = thinned(steps, window, buckets);
    return chosen;
}

// The horizontal part of a step in pixels; nothing when it lies outside the window.
std::optional<std::pair<QPointF, QPointF>> stretch(Steps steps, std::size_t i, const FrontierMap& map) {
    const double until = std::min(map.end, map.x.to);
    const double from = price(steps[i]);
    const double to = std::min(until, i + 1 < steps.size() ? price(steps[i + 1]) : until);
    if (from >= map.x.to || to < from) return std::nullopt;
    return std::pair(map.at(from, steps[i].objective), map.at(to, steps[i].objective));
}

}  // namespace

bool isBaseline(LineKind kind) {
    return kind == LineKind::cost_first || kind == LineKind::performance_first;
}

QString lineName(LineKind kind) {
    switch (kind) {
        case LineKind::cost_first:
            return QStringLiteral("cost-first");
        case LineKind::performance_first:
            return QStringLiteral("performance-first");
        case LineKind::on_demand:
            return QStringLiteral("On-demand");
        case LineKind::single_anchor:
            return QStringLiteral("Single anchor");
        case LineKind::tiering:
            return QStringLiteral("Tiering");
        case LineKind::spot_bucket:
            return QStringLiteral("Spot + bucket");
        case LineKind::parameter_server:
            return QStringLiteral("Parameter server");
        case LineKind::mixed_workers:
            return QStringLiteral("Mixed workers");
    }
    return {};
}

LineKind lineKind(problem::Architecture architecture) {
    switch (architecture) {
        case problem::Architecture::on_demand:
            return LineKind::on_demand;
        case problem::Architecture::single_anchor:
            return LineKind::single_anchor;
        case problem::Architecture::spot_bucket:
            return LineKind::spot_bucket;
        case problem::Architecture::parameter_server:
            return LineKind::parameter_server;
        case problem::Architecture::mixed_workers:
            return LineKind::mixed_workers;
        case problem::Architecture::tiering:
            break;
    }
    return LineKind::tiering;
}

QColor lineColour(LineKind kind, const theme::Palette& palette) {
    for (const auto architecture : problem::all_architectures)
        if (lineKind(architecture) == kind) return wording::colourOf(architecture, palette);
    return palette.baseline;
}

QPen linePen(LineKind kind, const theme::Palette& palette) {
    QPen pen(lineColour(kind, palette), 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    switch (kind) {
        case LineKind::tiering:
            pen.setWidthF(2.75);
            break;
        case LineKind::single_anchor:
            break;
        case LineKind::on_demand:
            pen.setDashPattern({7, 2});
            break;
        case LineKind::spot_bucket:
            pen.setDashPattern({3, 1.5});
            break;
        case LineKind::parameter_server:
            pen.setDashPattern({6, 1.5, 1.5, 1.5});
            break;
        case LineKind::mixed_workers:
            pen.setDashPattern({10, 1.5, 3, 1.5});
            break;
        case LineKind::cost_first:
        case LineKind::performance_first:
            pen.setWidthF(1.4);
            pen.setDashPattern(kind == LineKind::cost_first ? QList<qreal>{5, 3} : QList<qreal>{1.5, 2.5});
    }
    return pen;
}

std::vector<StepLine> stepLines(const planner::Frontier& frontier) {
    std::vector<StepLine> lines;
    const auto add_policy = [&lines](LineKind kind, Steps steps) {
        const auto last = std::find_if(steps.rbegin(), steps.rend(),
                                       [](const auto& plan) { return !std::isfinite(plan.objective); });
        const auto kept = steps.last(static_cast<std::size_t>(last - steps.rbegin()));
        if (!kept.empty()) lines.push_back({kind, kept});
    };
    add_policy(LineKind::cost_first, frontier.cost_first);
    add_policy(LineKind::performance_first, frontier.performance_first);
    for (const auto& [architecture, steps] : frontier.by_architecture)
        if (!steps.empty()) lines.push_back({lineKind(architecture), steps});
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.kind < b.kind; });
    return lines;
}

double HeightRule::height(double objective) const {
    return logarithmic ? std::log10(objective / divisor) : objective / divisor;
}

QList<QPointF> polyline(Steps all, double window, double end, const HeightRule& rule) {
    const Steps steps = visibleSteps(all, window);
    QList<QPointF> points;
    if (steps.empty()) return points;
    double height = 0;  // nothing fits below the first step
    for (const auto i : chosenSteps(steps, window)) {
        if (rule.from_zero || !points.isEmpty()) points.append(QPointF(price(steps[i]), height));
        height = rule.height(steps[i].objective);
        points.append(QPointF(price(steps[i]), height));
    }
    const double last = std::min(window, end);
    if (last > points.back().x()) points.append(QPointF(last, height));
    return points;
}

double lowestObjective(const std::vector<StepLine>& lines, double window) {
    double lowest = std::numeric_limits<double>::infinity();
    for (const auto& line : lines)
        for (const auto& plan : visibleSteps(line.steps, window))
            lowest = std::min(lowest, plan.objective);
    return std::isfinite(lowest) ? lowest : 0;
}

double highestObjective(const std::vector<StepLine>& lines, double window) {
    double highest = 0;
    for (const auto& line : lines)
        for (const auto& plan : visibleSteps(line.steps, window))
            highest = std::max(highest, plan.objective);
    return highest;
}

const problem::Plan* planAt(Steps steps, base::Money budget) {
    const auto after = std::partition_point(steps.begin(), steps.end(),
                                            [&](const auto& plan) { return plan.hourly_price <= budget; });
    return after == steps.begin() ? nullptr : &*std::prev(after);
}

std::optional<BestPlan> bestAt(const std::vector<StepLine>& lines, base::Money budget) {
    std::optional<BestPlan> best;
    for (const auto& line : lines) {
        const auto* plan = isBaseline(line.kind) ? nullptr : planAt(line.steps, budget);
        if (plan != nullptr && (!best || problem::better(*plan, *best->plan)))
            best = BestPlan{line.kind, plan};
    }
    return best;
}

const problem::Plan* cheapestStep(const std::vector<StepLine>& lines) {
    const problem::Plan* cheapest = nullptr;
    for (const auto& line : lines)
        if (!isBaseline(line.kind) &&
            (cheapest == nullptr || line.steps.front().hourly_price < cheapest->hourly_price))
            cheapest = &line.steps.front();
    return cheapest;
}

double fittingWindow(const std::vector<StepLine>& lines, const planner::Frontier* frontier,
                     base::Money budget, double previous) {
    constexpr double tail = 1.5;
    double last = 0;
    for (const auto& line : lines)
        if (!isBaseline(line.kind)) last = std::max(last, price(line.steps.back()));
    const double end = frontier != nullptr ? frontier->to.usd() : budget.usd();
    return budgetWindow(budget.usd(), previous, last > 0 ? std::min(end, tail * last) : end);
}

std::optional<base::Money> steppedBudget(Steps overall, base::Money budget, Step step) {
    if (overall.empty()) return std::nullopt;
    if (step == Step::first) return overall.front().hourly_price;
    if (step == Step::last) return overall.back().hourly_price;
    const bool up = step == Step::right;
    const auto after = std::partition_point(overall.begin(), overall.end(), [&](const auto& plan) {
        return up ? plan.hourly_price <= budget : plan.hourly_price < budget;
    });
    if (up ? after == overall.end() : after == overall.begin()) return std::nullopt;
    return up ? after->hourly_price : std::prev(after)->hourly_price;
}

Table stepTable(const std::vector<StepLine>& lines, const QString& objective) {
    Table table{{QStringLiteral("line"), QStringLiteral("price (USD/h)"), objective,
                 QStringLiteral("machines"), QStringLiteral("place")},
                {}};
    for (const auto& line : lines)
        for (const auto& plan : line.steps)
            table.rows << QStringList{
                lineName(line.kind), QString::fromStdString(plan.hourly_price.decimal()),
                QString::number(plan.objective, 'g', 9), planText(plan, nullptr, {}).title,
                QString::fromStdString(model::place_title(plan.provider, plan.region))};
    return table;
}

QPointF FrontierMap::at(double usd, double objective) const {
    return {x.toPixel(usd), y.toPixel(objective / divisor)};
}

std::optional<StepHit> stepHit(const std::vector<StepLine>& lines, const FrontierMap& map, std::size_t line,
                               std::size_t step) {
    const auto part = stretch(lines[line].steps, step, map);
    if (!part) return std::nullopt;
    return StepHit{line, step, part->first, part->second, 0};
}

std::optional<StepHit> nearestStep(const std::vector<StepLine>& lines, const FrontierMap& map,
                                   QPointF pointer) {
    std::optional<StepHit> nearest;
    for (std::size_t line = lines.size(); line-- > 0;) {  // the topmost first: an equal below it does not win
        const auto& steps = lines[line].steps;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const auto part = stretch(steps, i, map);
            if (!part) break;
            const QPointF on(std::clamp(pointer.x(), part->first.x(), part->second.x()), part->first.y());
            const double away = distance(pointer, on);
            if (!nearest || away < nearest->distance - 1e-6)
                nearest = StepHit{line, i, part->first, part->second, away};
        }
    }
    return nearest;
}

std::vector<std::pair<QPointF, QPointF>> stepsOfType(const std::vector<StepLine>& lines,
                                                     const FrontierMap& map, const QString& type,
                                                     std::optional<problem::Architecture> only) {
    std::vector<std::pair<QPointF, QPointF>> parts;
    const auto wanted = type.toStdString();
    if (wanted.empty()) return parts;
    for (const auto& line : lines) {
        if (isBaseline(line.kind)) continue;
        for (std::size_t i = 0; i < line.steps.size(); ++i) {
            const auto part = stretch(line.steps, i, map);
            if (!part) break;
            const auto& plan = line.steps[i];
            if (only && plan.architecture != *only) continue;
            const bool has = model::type_id(plan.provider, plan.worker) == wanted ||
                             model::type_id(plan.provider, plan.other_worker) == wanted ||
                             model::type_id(plan.provider, plan.remote) == wanted;
            if (has) parts.push_back(*part);
        }
    }
    return parts;
}

}  // namespace deepvm::ui::charts
