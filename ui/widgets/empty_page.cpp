// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/empty_page.h"

#include <QVBoxLayout>
#include <utility>

#include "widgets/pieces.h"

namespace deepvm::ui::widgets {

EmptyPage::EmptyPage(const QString& textName, const QString& buttonName, QWidget* parent)
    : QWidget(parent), text_(label({}, "body")), button_(new QPushButton) {
    text_->setObjectName(textName);
    text_->setWordWrap(true);
    text_->setAlignment(Qt::AlignCenter);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    button_->setObjectName(buttonName);
    button_->setProperty("role", "primary");
    button_->hide();
    connect(button_, &QPushButton::clicked, this, [this] {
        if (const auto action = action_) action();
    });
    auto* content = new QWidget;
    auto* all = new QVBoxLayout(content);
    all->setSpacing(2 * grid);
    all->addStretch();
    all->addWidget(text_);
    all->addWidget(button_, 0, Qt::AlignHCenter);
    all->addStretch();
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(margin, grid, margin, grid);
    outer->addWidget(scrolledColumn(content));  // a long reason in a low window
}

void EmptyPage::say(const QString& text, const QString& button, std::function<void()> action) {
    text_->setText(unbroken(text));
    button_->setText(button);
    action_ = std::move(action);
    button_->setVisible(static_cast<bool>(action_));
}

}  // namespace deepvm::ui::widgets
