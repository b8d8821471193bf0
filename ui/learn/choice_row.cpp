// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/choice_row.h"

#include <QGridLayout>
#include <QMouseEvent>

namespace deepvm::ui::learn {

ChoiceRow::ChoiceRow(QLabel* text, QLabel* why, QWidget* parent)
    : QWidget(parent), button_(new QRadioButton), text_(text), why_(why) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    grid->addWidget(button_, 0, 0, Qt::AlignTop);
    grid->addWidget(text_, 0, 1);
    grid->addWidget(why_, 1, 1);
    grid->setColumnStretch(1, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void ChoiceRow::mouseReleaseEvent(QMouseEvent* event) {
    if (text_->geometry().contains(event->pos()) && button_->isEnabled()) button_->click();
    QWidget::mouseReleaseEvent(event);
}

}  // namespace deepvm::ui::learn
