// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: the lines, names and overlays of the frontier chart, without its interaction.
#pragma once

#include <QLineSeries>
#include <QValueAxis>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "charts/chart_text.h"
#include "charts/frontier_series.h"
#include "planner/decision.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"
#include "plot/series_ground.h"

namespace deepvm::ui::charts {

class FrontierPlot {
  public:
    explicit FrontierPlot(PlotView* view);

    void setColours(const theme::Palette& palette);
    /// Null: an empty chart that says `emptyText`.
    void setFrontier(std::shared_ptr<const planner::Frontier> frontier, problem::Objective objective,
                     bool publishedUnits, const QString& emptyText);
    /// The axis ends at `window` USD/h; replaces the points of all lines.
    void setWindow(double window);
    /// Moves overlay items only.
    void setBudget(base::Money budget);
    void setHighlightedType(const QString& type);
    void setFocused(bool focused) { marker_.setFocused(focused); }
    /// After a change of size or font.
    void layOut();

    double window() const { return window_; }
    /// The budget beyond which no architecture gets better; 0 without a line.
    double lastStep() const;
    const QString& subtitle() const { return text_.subtitle; }
    const planner::Frontier* frontier() const { return frontier_.get(); }
    const FrontierMap& map() const { return map_; }
    bool grabsBudget(QPointF at) const { return marker_.grabs(at); }

    std::optional<StepHit> hit(QPointF at) const;
    const problem::Plan& plan(const StepHit& hit) const { return lines_[hit.line].steps[hit.step]; }
    std::optional<BestPlan> best() const { return bestAt(lines_, budget_); }
    void showHover(const StepHit& hit, QPointF pointer);
    void hideHover();

  private:
    struct Name {
        QGraphicsSimpleTextItem* text = nullptr;
        QGraphicsPathItem* leader = nullptr;
    };

    QPen pen(LineKind kind) const;
    QColor colour(LineKind kind) const;
    QFont nameFont(LineKind kind) const;
    QRectF plotArea(const std::vector<PlotAxes::Label>& yLabels) const;
    double nameColumn() const;
    bool falls() const { return problem::is_of_job(objective_); }
    Scale objectiveScale() const;
    HeightRule heightRule() const;
    void replacePoints();
    void drawNames();
    void drawHighlight();
    void drawEmptyText();

    PlotView* view_;
    PlotAxes axes_;
    QChart* chart_;
    BudgetMarker marker_;
    Callout* callout_;
    QGraphicsPathItem* highlight_;
    QGraphicsLineItem* hover_step_;
    QGraphicsEllipseItem* hover_dot_;
    QGraphicsRectItem* empty_;
    QGraphicsSimpleTextItem* empty_text_item_;
    std::array<QLineSeries*, line_kinds> series_{};
    std::array<Name, line_kinds> names_{};
    QValueAxis* x_axis_;
    QValueAxis* y_axis_;

    theme::Palette palette_;
    std::shared_ptr<const planner::Frontier> frontier_;
    std::vector<StepLine> lines_;
    problem::Objective objective_ = problem::Objective::deepvm;
    bool published_ = false;
    double window_ = 1;
    double highest_ = 0;
    double lowest_ = 0;
    Scale y_;
    ObjectiveText text_;
    QString empty_text_;
    QString highlighted_;
    base::Money budget_;
    FrontierMap map_;
};

}  // namespace deepvm::ui::charts
