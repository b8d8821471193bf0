// SPDX-License-Identifier: GPL-3.0-or-later
// Instance types: what they cost against how fast they compute.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "model/market.h"
#include "planner/flopp.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// Price and rate on logarithmic axes; types that none beats in both are in the accent colour and named,
/// those without a spot price hollow at their on-demand price. GUI thread only. Fills itself with
/// Palette::surface.
class FloppChart : public QWidget {
    Q_OBJECT
  public:
    explicit FloppChart(QWidget* parent = nullptr);
    ~FloppChart() override;

    void setColours(const theme::Palette& palette);

    /// `sources` (Market::sources) are named in the callout with their date; `publishedUnits` as in
    /// FrontierChart.
    void setEntries(std::vector<planner::FloppEntry> entries, std::vector<model::Source> sources,
                    bool publishedUnits);

    /// Rings and names this type; empty marks none. Emits nothing.
    void setHighlightedType(const QString& type);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void typeHovered(const QString& type);
    /// The pointer left the types.
    void typeHoverEnded();
    void typeClicked(const QString& type);

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace deepvm::ui::charts
