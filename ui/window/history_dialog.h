// SPDX-License-Identifier: GPL-3.0-or-later
// The answers that were looked at, newest first: when, of what, with a note of the person's own; and back to
// any of them.
#pragma once

#include <QDialog>
#include <QPushButton>
#include <QTableWidget>
#include <optional>

#include "state/exploration_state.h"
#include "state/notebook.h"

namespace deepvm::ui::window {

/// Beside the window, not in its way: what is visited meanwhile comes on top.
class HistoryDialog : public QDialog {
    Q_OBJECT

  public:
    HistoryDialog(state::ExplorationState& state, state::Notebook& notebook, QWidget* parent);

  private:
    void fill();
    void goBack();
    void noted(QTableWidgetItem* item);
    /// Of visits(), of which the newest is the last.
    std::size_t visitIn(int row) const;

    state::ExplorationState& state_;
    state::Notebook& notebook_;
    QTableWidget* table_;
    QPushButton* back_;
    std::optional<session::Kept> chosen_;
};

}  // namespace deepvm::ui::window
