// SPDX-License-Identifier: GPL-3.0-or-later
// Instance types: what they cost against how fast they compute.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "model/market.h"
#include "problem/flopp.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// What the entries of the chart are.
struct FloppScope {
    bool publishedUnits = false;    ///< as in FrontierChart
    bool cheapestOfPlaces = false;  ///< each entry is the cheapest offer of its type in several regions
};

/// Price and rate on logarithmic axes; types that none beats in both are in the accent colour and named,
/// those without a spot price hollow at their on-demand price. GUI thread only. Fills itself with
/// Palette::surface.
class FloppChart : public QWidget {
    Q_OBJECT
  public:
    explicit FloppChart(QWidget* parent = nullptr);
    ~FloppChart() override;

    void setColours(const theme::Palette& palette);

    /// `sources` (Market::sources) are named in the callout with their date.
    void setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                    FloppScope scope);

    /// Rings and names this type, by its model::type_id(); empty marks none. Emits nothing.
    void setHighlightedType(const QString& type);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    // With the type's model::type_id().
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
