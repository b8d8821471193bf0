// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "explain/quota_gains.h"
#include "jobs/study.h"
#include "panels/quota_model.h"
#include "state/exploration_state.h"
#include "state/planning.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::panels {

/// How many vCPUs of each class the person's account may run, beside what the first plan uses and what more
/// of it would bring. Stands beside the window, which follows every edit.
class QuotaSheet : public QDialog, public theme::Coloured {
    Q_OBJECT

  public:
    QuotaSheet(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);
    ~QuotaSheet() override;

    void setColours(const theme::Palette& palette) override;

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    using GainStudy = state::StudyOf<jobs::NoQuestion, explain::QuotaGains>;

    void buildTable();
    void build();
    void enter(int row, std::optional<int> vcpus);
    void removeAll();
    void refresh();
    std::vector<QuotaRow> rowsOf(const state::Scene& scene) const;
    void addGain(QuotaRow& row, const std::string& quota_class, const state::Scene& scene) const;

    state::ExplorationState& state_;
    state::Planning& planning_;
    GainStudy* study_;
    QuotaModel* model_;
    QTableView* table_;
    QLabel* words_;
    QLabel* problem_;
    QPushButton* removeAll_;
};

}  // namespace deepvm::ui::panels
