// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/quota_control.h"

#include <QHBoxLayout>

#include "widgets/pieces.h"

namespace deepvm::ui::panels {

QuotaControl::QuotaControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      planning_(planning),
      open_(new QPushButton),
      sheet_(new QuotaSheet(state, planning, this)) {
    open_->setObjectName(QStringLiteral("quotasButton"));
    open_->setProperty("role", "compact");
    open_->setToolTip(
        tr("How many vCPUs of each class your account may run at once, and what more would bring"));
    auto* name = widgets::label(tr("Quotas"), "strong");
    name->setBuddy(open_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(name, 1);
    row->addWidget(open_);
    connect(open_, &QPushButton::clicked, this, [this] {
        sheet_->show();
        sheet_->raise();
        sheet_->activateWindow();
    });
    connect(&planning_, &state::Planning::sceneChanged, this, &QuotaControl::refresh);
    refresh();
}

void QuotaControl::refresh() {
    const auto& scene = planning_.scene();
    const auto set =
        scene ? scene->problem->request.spot_quota.size() + scene->problem->request.on_demand_quota.size()
              : 0;
    const bool published = scene && scene->problem->request.preset == problem::Preset::published;
    open_->setText(set > 0 ? tr("%1 set ...").arg(set) : published ? tr("Data set's ...") : tr("None ..."));
    open_->setAccessibleName(tr("Quotas: %1").arg(open_->text()));
}

}  // namespace deepvm::ui::panels
