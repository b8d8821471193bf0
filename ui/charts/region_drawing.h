// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: what the chart of the feasible region draws.
#pragma once

#include "charts/region_ground.h"
#include "charts/region_text.h"
#include "plot/drawing.h"
#include "plot/end_names.h"
#include "plot/overlay_items.h"

namespace deepvm::ui::charts {

/// Axes, ground, edges with their names, best point and relaxation; the budget is the handle. A mark is a
/// point of the lattice, its row the remote nodes and its column the workers, or the relaxation.
class RegionDrawing : public Drawing, public Handle {
  public:
    explicit RegionDrawing(PlotView* view);

    /// Without a candidate nothing is drawn. The relaxation goes, and the person's hold of the line.
    void setSubject(const RegionSubject& subject);
    /// Moves overlays and repaints between the old line and the new one; the axes follow with the next
    /// layOut(). Whether it is another.
    bool setBudget(base::Money budget);
    void setReach(base::Money from, base::Money to);
    void setCorner(const std::optional<explain::RelaxationCorner>& corner);
    /// Shades what lies outside of a node's bounds and keeps the best point to itself; nothing: as ever.
    /// layOut() has to follow.
    void setByHand(const std::optional<RegionByHand>& by_hand) { by_hand_ = by_hand; }
    const std::optional<RegionByHand>& byHand() const { return by_hand_; }

    const RegionSubject& subject() const { return subject_; }
    base::Money budget() const { return budget_; }
    bool any() const { return subject_.candidate != nullptr; }
    bool axesFit() const { return !any() || wantedLattice(true) == region_.lattice; }
    /// What it shows, in a line; what that costs.
    QString heading() const {
        if (!any()) return {};
        return by_hand_ ? openTitle(subject_, budget_) : regionTitle(subject_, region_);
    }
    QString cost() const { return any() ? bestCost(subject_, region_) : QString(); }

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    CalloutText words(const Mark& mark) const override;
    QColor colourOf(const Mark& mark) const override;
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { hover_ring_->hide(); }
    QString summary() const override;
    Table data() const override { return any() ? pointTable(subject_, region_) : Table{}; }
    QSize leastSize() const override { return {420, 220}; }
    Handle* handle() override { return this; }

    bool grabs(QPointF at) const override { return any() && marker_.grabs(at); }
    void press(QPointF at) override;
    bool drag(QPointF at) override;
    void release() override { grip_.reset(); }
    bool takes(Step step) const override { return step != Step::first && step != Step::last; }
    bool step(Step step) override;
    void setFocused(bool focused) override { marker_.setFocused(focused); }
    Value value() const override;
    bool setValue(double usd) override;

    QStringList remarks;  ///< for the summary

  private:
    struct NamedEdge {
        RegionEdge edge;
        QString name;  ///< in as many lines as it needs
    };

    static problem::Counts pointOf(const Mark& mark) { return {mark.column, mark.row}; }
    bool isShown(problem::Counts point) const;
    std::optional<Mark> best() const;
    explain::FeasibleRegion regionNow() const;
    explain::Lattice wantedLattice(bool keep) const;
    std::vector<NamedEdge> visibleEdges() const;
    QRectF plotArea() const;
    void drawAxes();
    void drawTexts();
    void drawRegion(const QRectF& changed);
    void drawBudget();
    void drawPoints();
    double budgetAt(QPointF at) const;
    double budgetStep() const;

    PlotAxes axes_;
    RegionItem* ground_;
    BudgetMarker marker_;
    EndNames names_;
    QGraphicsEllipseItem* best_ring_;
    QGraphicsPathItem* corner_mark_;
    QGraphicsEllipseItem* hover_ring_;
    Tag* best_tag_;
    Tag* corner_tag_;
    QGraphicsSimpleTextItem* remotes_name_;

    RegionSubject subject_;
    base::Money budget_;
    base::Money from_ = base::Money::from_micro(10'000);
    base::Money to_ = base::Money::from_usd(1000);
    std::optional<double> grip_;  ///< USD/h from the pointer to the line, while it is held
    std::optional<explain::RelaxationCorner> corner_;
    std::optional<RegionByHand> by_hand_;
    explain::FeasibleRegion region_;
    std::vector<NamedEdge> edges_;  ///< visible ones; they do not depend on the budget
    RegionMap map_;
    std::optional<QLineF> budget_line_;
    double names_width_ = 0;
    QSize laid_out_;
};

}  // namespace deepvm::ui::charts
