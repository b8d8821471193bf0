// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/charts: axes, ground, edges with their names, and overlays of the feasible region, without
// its interaction.
#pragma once

#include <optional>
#include <vector>

#include "charts/region_item.h"
#include "charts/region_text.h"
#include "plot/overlay_items.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {

class RegionPlot {
  public:
    explicit RegionPlot(PlotView* view);

    void setColours(const theme::Palette& palette);
    /// Without a candidate nothing is drawn.
    void setSubject(const RegionSubject& subject);
    /// Moves overlays and repaints between the old line and the new one, unless the axes have to follow;
    /// they never do while `held`.
    void setBudget(base::Money budget, bool held);
    void setCorner(const std::optional<explain::RelaxationCorner>& corner);
    void setFocused(bool focused) { marker_.setFocused(focused); }
    /// After a change of size or font.
    void layOut();

    const RegionSubject& subject() const { return subject_; }
    base::Money budget() const { return budget_; }
    /// Of the subject at the budget; only with a candidate.
    const explain::FeasibleRegion& region() const { return region_; }
    bool grabsBudget(QPointF at) const { return subject_.candidate != nullptr && marker_.grabs(at); }
    /// The budget, USD/h, whose line runs through a pixel.
    double budgetAt(QPointF at) const;
    /// A round step of about a pixel of the line's way, USD/h.
    double budgetStep() const;
    /// Whether the line is inside the axes.
    bool showsBudget() const { return budget_line_.has_value(); }

    /// What the pointer is at: the corner of the relaxation, or a point of the lattice.
    struct Hit {
        bool corner = false;
        problem::Counts point;

        bool operator==(const Hit&) const = default;
    };
    std::optional<Hit> hit(QPointF at) const;
    void showHover(const Hit& hit);
    void hideHover();

  private:
    struct EdgeLabel {
        QGraphicsSimpleTextItem* text = nullptr;
        QGraphicsPathItem* leader = nullptr;
    };
    struct NamedEdge {
        RegionEdge edge;
        QString name;  ///< in as many lines as it needs
    };

    explain::Lattice wantedLattice(bool keep) const;
    std::vector<NamedEdge> visibleEdges() const;
    QRectF plotArea() const;
    void drawAxes();
    void hideOverlays();
    void drawNames();
    void drawName(std::size_t index, QPointF end, double y);
    void drawRegion(const QRectF& changed);
    void drawBudget();
    void placeMarker();
    void drawPoints();
    const LatticeDot& dotAt(problem::Counts point) const;
    double hiddenBy(const QRectF& box) const;
    std::optional<QRectF> quietPlace(const QSizeF& size, QPointF point,
                                     const std::vector<QRectF>& taken) const;

    PlotView* view_;
    PlotAxes axes_;
    RegionItem* ground_;
    BudgetMarker marker_;
    Callout* callout_;
    QGraphicsEllipseItem* best_ring_;
    QGraphicsPathItem* corner_mark_;
    QGraphicsEllipseItem* hover_ring_;
    Tag* best_tag_;
    Tag* corner_tag_;
    QGraphicsSimpleTextItem* nodes_name_;
    QGraphicsSimpleTextItem* remotes_name_;
    std::vector<EdgeLabel> edge_labels_;

    theme::Palette palette_;
    RegionSubject subject_;
    base::Money budget_;
    std::optional<explain::RelaxationCorner> corner_;
    explain::FeasibleRegion region_;
    std::vector<NamedEdge> edges_;  ///< visible ones; they do not depend on the budget
    RegionMap map_;
    std::optional<QLineF> budget_line_;
    double names_width_ = 0;
};

}  // namespace deepvm::ui::charts
