// SPDX-License-Identifier: GPL-3.0-or-later
// "Workload": the figures of what is trained, to look at and to change into a person's own.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>
#include <array>

#include "model/workload.h"
#include "state/exploration_state.h"
#include "state/planning.h"

namespace deepvm::ui::pages {

/// Shows the chosen workload. Saving makes a profile of the person's own under its name and plans for it;
/// those of the catalog stay as they are.
class WorkloadPanel : public QWidget {
    Q_OBJECT

  public:
    WorkloadPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

  private:
    static constexpr std::size_t numbers = 8;

    QWidget* form();
    void refresh();
    void showWorkload(const model::WorkloadProfile& workload);
    /// What the fields say; the error names the field that is not a number.
    base::Result<model::WorkloadProfile> read() const;
    void explain();
    void save();
    void remove();

    state::ExplorationState& state_;
    state::Planning& planning_;
    QLineEdit* name_;
    std::array<QLineEdit*, numbers> fields_{};
    QComboBox* precision_;
    QLabel* follows_;
    QLabel* message_;
    QLabel* note_;
    QPushButton* save_;
    QPushButton* remove_;
    model::WorkloadProfile shown_;
};

}  // namespace deepvm::ui::pages
