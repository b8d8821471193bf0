// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/number_field.h"
#include "widgets/select_box.h"

class QLabel;

namespace deepvm::ui::panels {

/// The job: how much of the workload, by when, and how sure. What has no effect says why.
class JobControl : public QWidget {
    Q_OBJECT

  public:
    JobControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

  private:
    void change(void (*assign)(problem::Job&, std::optional<double>), std::optional<double> value,
                const QString& step);
    void chooseUnit();
    void refresh();
    void refreshUse();

    state::ExplorationState& state_;
    state::Planning& planning_;
    widgets::NumberField* amount_;
    widgets::SelectBox* unit_;
    widgets::NumberField* deadline_;
    widgets::NumberField* confidence_;
    QLabel* note_;
    QLabel* problem_;
};

}  // namespace deepvm::ui::panels
