// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/setting_row.h"

#include <QHBoxLayout>

#include "widgets/pieces.h"

namespace deepvm::ui::panels {

SettingRow::SettingRow(const QString& key, const QString& name, QWidget* editor, QWidget* parent)
    : QWidget(parent),
      name_(name),
      label_(widgets::label(name, "rowName")),
      reset_(new QPushButton(tr("Reset"))),
      editor_(editor) {
    label_->setBuddy(editor);
    label_->setObjectName(key + QStringLiteral("Name"));
    reset_->setProperty("role", "link");
    reset_->setObjectName(key + QStringLiteral("Reset"));
    reset_->setAccessibleName(tr("Reset %1").arg(name));
    reset_->setAutoDefault(false);
    reset_->hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(label_, 1);
    row->addWidget(reset_);
    row->addWidget(editor);
    connect(reset_, &QPushButton::clicked, this, &SettingRow::reset);
}

void SettingRow::setChanged(bool changed) {
    changed_ = changed;
    label_->setText(changed ? QStringLiteral("• ") + name_ : name_);
    widgets::restyle(*label_, "role", changed ? "strong" : "rowName");
    reset_->setVisible(changed);
}

void SettingRow::setTip(const QString& tip) {
    label_->setToolTip(tip);
    editor_->setToolTip(tip);
}

}  // namespace deepvm::ui::panels
