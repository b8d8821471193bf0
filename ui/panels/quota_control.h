// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include "panels/quota_sheet.h"
#include "panels/setting_row.h"

namespace deepvm::ui::panels {

/// "Quotas [ 2 set ... ]": how many limits the person has set on this market, and the way to them.
class QuotaControl : public QWidget {
    Q_OBJECT

  public:
    QuotaControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

  private:
    void refresh();

    state::Planning& planning_;
    QPushButton* open_;
    QuotaSheet* sheet_;
};

}  // namespace deepvm::ui::panels
