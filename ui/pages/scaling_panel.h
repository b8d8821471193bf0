// SPDX-License-Identifier: GPL-3.0-or-later
// "Scaling": what more nodes of the chosen type are worth, by which law, and a person's own measurements.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QWidget>

#include "charts/scaling_chart.h"
#include "pages/page.h"
#include "state/chosen_rank.h"
#include "state/exploration_state.h"
#include "state/planning.h"

class QBoxLayout;

namespace deepvm::ui::pages {

/// Follows the chosen plan. A CSV file of epoch times makes the law of its types "measured", for every plan
/// and for the time of the job; undone like everything else.
class ScalingPanel : public Page {
    Q_OBJECT

  public:
    ScalingPanel(state::ExplorationState& state, state::Planning& planning, state::ChosenRank& choice,
                 QWidget* parent = nullptr);

    /// Fits the epoch times of `file` (instance_type, nodes, epoch_seconds) and plans by them; says under the
    /// chart what was taken and what was refused.
    void load(const QString& file);

  private:
    void fillSide();
    void resizeEvent(QResizeEvent* event) override;
    void refresh() override;
    void showFit(const std::optional<model::ScalingFit>& fit);
    void chooseFile();
    void forget();

    state::Planning& planning_;
    state::ChosenRank& choice_;
    charts::ScalingChart* chart_;
    QBoxLayout* sides_;
    QWidget* side_;
    QLabel* words_;
    QLabel* message_;
    QTableWidget* points_;
    QPushButton* load_;
    QPushButton* forget_;
};

}  // namespace deepvm::ui::pages
