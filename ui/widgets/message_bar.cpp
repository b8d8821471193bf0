// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "widgets/pieces.h"

namespace deepvm::ui::widgets {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), text_(label({}, "body")) {
    setObjectName(QStringLiteral("messageBar"));
    text_->setObjectName(QStringLiteral("messageText"));
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton;
    close->setText(tr("Close"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->addWidget(text_, 1);
    row->addWidget(close);
    hide();
}

void MessageBar::setMessage(const QString& message, Kind kind) {
    restyle(*this, "kind", kind == Kind::news ? "news" : "problem");
    if (message == text_->text()) return;
    text_->setText(message);
    setVisible(!message.isEmpty());
}

}  // namespace deepvm::ui::widgets
