// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: what the frontier chart draws.
#pragma once

#include <QLineSeries>
#include <QValueAxis>
#include <array>
#include <memory>
#include <optional>

#include "charts/chart_text.h"
#include "charts/frontier_series.h"
#include "plot/end_names.h"
#include "plot/overlay_items.h"
#include "plot/series_ground.h"

namespace deepvm::ui::charts {

/// The lines, their names, and the budget, which is the handle. A mark is a step of a line.
class FrontierDrawing : public Drawing, public Handle {
  public:
    explicit FrontierDrawing(PlotView* view);

    /// Null: nothing but `emptyText`.
    void setFrontier(std::shared_ptr<const planner::Frontier> frontier, problem::Objective objective,
                     bool publishedUnits, const QString& emptyText);
    /// Moves overlay items only; the axis follows with the next layOut().
    bool setBudget(base::Money budget);
    void setHighlightedType(const QString& type, std::optional<problem::Architecture> only);

    base::Money budget() const { return budget_; }
    const QString& subtitle() const { return text_.subtitle; }
    bool axisFits() const { return window() == window_; }
    /// Shows less of the budget axis, or more; false where there is no further step. The next layOut() draws
    /// it. The budget stays in sight: once it leaves, the axis is its usual one.
    bool zoom(bool in);
    void unzoom() {
        zoomed_.reset();
        window_ = 0;  // nothing to keep it near to
    }
    const problem::Plan& plan(const Mark& mark) const { return line(mark).steps[step(mark)]; }

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    std::optional<Mark> chosen() const override { return focused_ ? focused_ : best(); }
    bool canPick() const override { return true; }
    CalloutText words(const Mark& mark) const override;
    QColor colourOf(const Mark& mark) const override { return lineColour(line(mark).kind, palette_); }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override;
    QString summary() const override;
    Table data() const override;
    QSize leastSize() const override { return {420, 240}; }
    Handle* handle() override { return this; }

    bool grabs(QPointF at) const override { return marker_.grabs(at); }
    bool drag(QPointF at) override;
    void release() override {}
    bool takes(Step step) const override { return step != Step::up && step != Step::down; }
    bool step(Step step) override;
    void setFocused(bool focused) override { marker_.setFocused(focused); }
    Value value() const override;
    bool setValue(double value) override;

  private:
    static std::size_t step(const Mark& mark) { return static_cast<std::size_t>(mark.column); }
    const StepLine& line(const Mark& mark) const { return lines_[static_cast<std::size_t>(mark.row)]; }
    bool falls() const { return problem::is_of_job(objective_); }
    base::Money least() const { return frontier_ ? frontier_->from : base::Money::from_usd(0.01); }
    base::Money most() const { return frontier_ ? frontier_->to : budget_; }
    double window() const;
    std::optional<Mark> atBudget(int line) const;
    std::optional<Mark> best() const;
    std::vector<EndNames::Name> lineNames() const;
    void replacePoints();
    void drawAxes(const Scale& y, double names_width);
    void drawNames(std::vector<EndNames::Name> names);
    void drawHighlight();
    void drawEmptyText();

    PlotAxes axes_;
    QChart* chart_;
    BudgetMarker marker_;
    EndNames names_;
    QGraphicsPathItem* highlight_;
    QGraphicsLineItem* hover_step_;
    QGraphicsEllipseItem* hover_dot_;
    QGraphicsRectItem* empty_;
    QGraphicsSimpleTextItem* empty_text_item_;
    std::array<QLineSeries*, line_kinds> series_{};
    QValueAxis* x_axis_;
    QValueAxis* y_axis_;

    std::shared_ptr<const planner::Frontier> frontier_;
    std::vector<StepLine> lines_;
    problem::Objective objective_ = problem::Objective::deepvm;
    bool published_ = false;
    bool stale_ = false;  // the points are not of these lines
    double window_ = 0;
    std::optional<double> zoomed_;  // the end of the axis, by hand
    Scale y_;
    ObjectiveText text_;
    QString empty_text_;
    QString highlighted_;
    std::optional<problem::Architecture> highlighted_only_;
    base::Money budget_;
    FrontierMap map_;
    std::optional<Mark> focused_;
};

}  // namespace deepvm::ui::charts
