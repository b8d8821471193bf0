// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QToolButton>
#include <vector>

#include "panels/setting_row.h"
#include "state/assumption_settings.h"
#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/number_field.h"
#include "widgets/select_box.h"

class QVBoxLayout;

namespace deepvm::ui::panels {

/// What an expert may know better than the planner, folded away: precision, hosts, speeds and sizes. The head
/// says how much is not as at first, folded or not.
class AdvancedControl : public QWidget {
    Q_OBJECT

  public:
    AdvancedControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

    void setUnfolded(bool unfolded) { head_->setChecked(unfolded); }

  private:
    struct Number {
        const state::AssumptionNumber* of;
        double shown;  ///< the field shows so many times what is kept
        widgets::NumberField* field;
        SettingRow* row;
    };

    void addChoices(QVBoxLayout& column);
    void addNumbers(QVBoxLayout& column);
    void addReset(QVBoxLayout& column);
    void set(void (*change)(session::Exploration&, int), int to, const QString& step);
    void enter(const Number& number, std::optional<double> value, const QString& step);
    void refresh();
    void refreshUse();
    void tell(Number& number);

    state::ExplorationState& state_;
    state::Planning& planning_;
    QToolButton* head_;
    QWidget* body_;
    widgets::SelectBox* precision_;
    widgets::SelectBox* hosts_;
    SettingRow* precisionRow_ = nullptr;
    SettingRow* hostsRow_ = nullptr;
    std::vector<Number> numbers_;
    QPushButton* resetAll_;
    QLabel* problem_;
};

}  // namespace deepvm::ui::panels
