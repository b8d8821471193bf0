// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/percent_field.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include "theme/style_sheet.h"
#include "widgets/focus_wheel.h"
#include "widgets/pieces.h"

namespace deepvm::ui::widgets {

PercentField::PercentField(int least, int most, const QString& name, QWidget* parent)
    : QFrame(parent), spin_(new QSpinBox) {
    setObjectName(QStringLiteral("percentBox"));
    theme::setDesignSize(*this, {112, 32});
    spin_->setObjectName(QStringLiteral("percentField"));
    spin_->setRange(least, most);
    spin_->setSuffix(QStringLiteral(" %"));
    spin_->setAccessibleName(name);
    spin_->setToolTip(tr("%1 to %2 %").arg(least).arg(most));
    spin_->setAlignment(Qt::AlignCenter);
    spin_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spin_->setFrame(false);
    spin_->setKeyboardTracking(false);  // "25" is not 2 on its way
    spin_->installEventFilter(this);
    wheelOnlyWithFocus(*spin_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 2, 4, 2);
    row->setSpacing(0);
    const auto add_button = [&](const QString& text, const QString& what, int step) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setAccessibleName(what);
        button->setFocusPolicy(Qt::NoFocus);  // the arrow keys do the same in the field
        button->setAutoRepeat(true);
        theme::setDesignSize(*button, {24, 24});
        connect(button, &QToolButton::clicked, this, [this, step] { spin_->stepBy(step); });
        connect(button, &QToolButton::released, this, [this, button] {
            if (!button->isDown()) emit released();
        });
        row->addWidget(button);
    };
    add_button(QStringLiteral("\u2212"), tr("Less"), -1);
    row->addWidget(spin_, 1);
    add_button(QStringLiteral("+"), tr("More"), 1);
    connect(spin_, &QSpinBox::valueChanged, this, &PercentField::changed);
    connect(spin_, &QSpinBox::editingFinished, this, &PercentField::released);
}

void PercentField::setPercent(int percent) {
    const QSignalBlocker quiet(spin_);
    spin_->setValue(percent);
}

bool PercentField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) restyle(*this, "focused", true);
    if (event->type() == QEvent::FocusOut) restyle(*this, "focused", false);
    return QFrame::eventFilter(watched, event);
}

}  // namespace deepvm::ui::widgets
