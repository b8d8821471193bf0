// SPDX-License-Identifier: GPL-3.0-or-later
// What more nodes of one type are worth, by each law that is known of it.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "model/measurements.h"
#include "problem/problem.h"
#include "theme/palette.h"

namespace deepvm::ui::charts {

/// E(1), E(2) ... by one law.
struct ScalingLine {
    problem::ScalingBasis basis = problem::ScalingBasis::assumed;
    bool used = false;  ///< the planner goes by it
    model::EffectiveNodes effective;

    bool operator==(const ScalingLine&) const = default;
};

/// One worker type.
struct ScalingPicture {
    QString type;
    std::vector<ScalingLine> lines;        ///< each of another basis, the one in use among them
    std::optional<model::ScalingFit> fit;  ///< with the points that were measured

    bool operator==(const ScalingPicture&) const = default;
};

/// Every law that the problem's worker could go by, from one node to `most_nodes`.
ScalingPicture scalingPicture(const problem::Problem& problem, const problem::Worker& worker,
                              const std::optional<model::ScalingFit>& fit, int most_nodes);

/// "measured", as people read it.
QString scalingName(problem::ScalingBasis basis);

/// The law in use in the accent colour, the others thin and dashed, the ideal dotted, measured points as
/// rings. GUI thread only. Fills itself with Palette::surface.
class ScalingChart : public QWidget {
    Q_OBJECT
  public:
    explicit ScalingChart(QWidget* parent = nullptr);
    ~ScalingChart() override;

    void setColours(const theme::Palette& palette);
    void setPicture(ScalingPicture picture);
    const ScalingPicture& picture() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace deepvm::ui::charts
