// SPDX-License-Identifier: GPL-3.0-or-later
// A frontier made ready to be drawn: lines, their points, and which plan is under the pointer. No Qt Charts
// here.
#pragma once

#include <QList>
#include <QPen>
#include <QPointF>
#include <QString>
#include <optional>
#include <span>
#include <vector>

#include "planner/decision.h"
#include "plot/chart_scale.h"
#include "plot/drawing.h"
#include "problem/plan.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

using namespace plot;

/// In drawing order: later lines lie on top.
enum class LineKind {
    cost_first,
    performance_first,
    on_demand,
    parameter_server,
    mixed_workers,
    spot_bucket,
    single_anchor,
    tiering
};
inline constexpr int line_kinds = 8;

bool isBaseline(LineKind kind);
QString lineName(LineKind kind);
LineKind lineKind(problem::Architecture architecture);
QColor lineColour(LineKind kind, const theme::Palette& palette);
/// Lines are told apart without colour too: by width and dash.
QPen linePen(LineKind kind, const theme::Palette& palette);

/// One line of the chart; `steps` are the frontier's own plans, cheapest first, and live as long as it.
struct StepLine {
    LineKind kind = LineKind::tiering;
    std::span<const problem::Plan> steps;
};

/// The lines of a frontier that have a step, in drawing order. A policy that knows nothing of jobs has no
/// objective where its cluster misses the deadline: its line begins behind the last such step.
std::vector<StepLine> stepLines(const planner::Frontier& frontier);

inline constexpr int most_points = 500;  ///< of one polyline (Qt Charts repaints no more while dragging)

/// How objectives become heights on an axis.
struct HeightRule {
    double divisor = 1;
    bool logarithmic = false;  ///< heights are powers of ten
    bool from_zero = true;     ///< before its first step a line is at 0; else it begins with it

    double height(double objective) const;
};

/// The corners of a line through `all` its steps, risen from 0 or not, to the lesser of `end` and `window`
/// (USD/h): at a step's price the line jumps to the step's objective, by `rule`. Empty when it starts beyond
/// the window. More than most_points corners are thinned so that no visible extreme and no end is lost.
QList<QPointF> polyline(std::span<const problem::Plan> all, double window, double end,
                        const HeightRule& rule);

/// The highest and the lowest objective of all lines up to `window`, 0 without any.
double highestObjective(const std::vector<StepLine>& lines, double window);
double lowestObjective(const std::vector<StepLine>& lines, double window);

/// The step that holds at `budget`: the last one that it pays for; null below the first.
const problem::Plan* planAt(std::span<const problem::Plan> steps, base::Money budget);

/// The best plan of any architecture (not of the baselines) at `budget`, and its line.
struct BestPlan {
    LineKind kind = LineKind::tiering;
    const problem::Plan* plan = nullptr;
};
std::optional<BestPlan> bestAt(const std::vector<StepLine>& lines, base::Money budget);

/// The cheapest first step of any architecture; null without one.
const problem::Plan* cheapestStep(const std::vector<StepLine>& lines);

/// The end of the axis, USD/h, as budgetWindow() has it. It leaves out what is long past the last step of any
/// architecture, where nothing happens any more and all steps would be squeezed to a wall. Null: no frontier.
double fittingWindow(const std::vector<StepLine>& lines, const planner::Frontier* frontier,
                     base::Money budget, double previous);

/// The price of the best plan before (left) or after (right) a budget, or of the first or last of `overall`;
/// nothing where there is none.
std::optional<base::Money> steppedBudget(std::span<const problem::Plan> overall, base::Money budget,
                                         Step step);

/// A row a step; `objective` says what the objective is.
Table stepTable(const std::vector<StepLine>& lines, const QString& objective);

/// How the chart maps dollars an hour and objectives to pixels.
struct FrontierMap {
    PixelMap x;
    PixelMap y;
    double divisor = 1;
    double end = 0;  ///< USD/h: where the lines end

    QPointF at(double usd, double objective) const;
};

/// A real plan near the pointer.
struct StepHit {
    std::size_t line = 0;  ///< index into the lines
    std::size_t step = 0;  ///< index into its steps
    QPointF start;         ///< pixels: where the step begins, which is the plan's own price
    QPointF end;           ///< pixels: where it ends, as far as it is visible
    double distance = 0;   ///< pixels from the pointer to the step
};

/// A step where it is visible.
std::optional<StepHit> stepHit(const std::vector<StepLine>& lines, const FrontierMap& map, std::size_t line,
                               std::size_t step);

/// The visible step whose horizontal part is nearest to `pointer` in pixels; the topmost of equals.
std::optional<StepHit> nearestStep(const std::vector<StepLine>& lines, const FrontierMap& map,
                                   QPointF pointer);

/// The parts of the architectures' lines, in pixels, whose plan has machines of `type`, a
/// model::type_id().
std::vector<std::pair<QPointF, QPointF>> stepsOfType(const std::vector<StepLine>& lines,
                                                     const FrontierMap& map, const QString& type,
                                                     std::optional<problem::Architecture> only = {});

}  // namespace deepvm::ui::charts
