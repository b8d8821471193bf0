// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/budget_field.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>

#include "theme/style_sheet.h"
#include "widgets/pieces.h"

namespace deepvm::ui::panels {

BudgetField::BudgetField(QWidget* parent) : QFrame(parent), edit_(new QLineEdit) {
    setObjectName(QStringLiteral("budgetBox"));
    theme::setDesignSize(*this, {140, 44});
    edit_->setObjectName(QStringLiteral("budgetField"));
    edit_->setAccessibleName(tr("Budget in dollars per hour"));
    edit_->setFrame(false);
    edit_->setMaxLength(24);
    edit_->installEventFilter(this);
    auto* dollar = widgets::label(QStringLiteral("$"), "dollar");
    dollar->setBuddy(edit_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(dollar);
    row->addWidget(edit_, 1);
    connect(edit_, &QLineEdit::textEdited, this, &BudgetField::check);
    connect(edit_, &QLineEdit::editingFinished, this, &BudgetField::commit);
    connect(this, &BudgetField::problem, this,
            [this](const QString& message) { widgets::restyle(*this, "wrong", !message.isEmpty()); });
}

void BudgetField::setAmount(base::Money amount) {
    if (edit_->isModified() && edit_->hasFocus() && amount == amount_) return;
    amount_ = amount;
    restore();
}

void BudgetField::restore() {
    edit_->setText(QString::fromStdString(amount_.decimal()));
    edit_->setModified(false);
    // A long amount gets smaller figures rather than a cut one.
    widgets::restyle(*edit_, "long", edit_->text().size() > 6);
    edit_->setCursorPosition(0);
    setProblem({});
}

base::Result<base::Money> BudgetField::typed() const {
    QString text = edit_->text().trimmed();
    if (text.startsWith(QLatin1Char('$'))) text = text.mid(1).trimmed();
    return base::Money::parse(text.toStdString(), tr("budget").toStdString());
}

void BudgetField::check() {
    const auto amount = typed();
    setProblem(amount || edit_->text().trimmed().isEmpty() ? QString()
                                                           : QString::fromStdString(amount.error().message));
}

void BudgetField::commit() {
    if (!edit_->isModified()) return;
    const auto amount = typed();
    if (!amount) {
        setProblem(QString::fromStdString(amount.error().message));
        return;
    }
    amount_ = *amount;
    restore();
    emit entered(*amount);
}

void BudgetField::setProblem(const QString& message) {
    emit problem(message);
}

bool BudgetField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) widgets::restyle(*this, "focused", true);
    if (event->type() == QEvent::FocusOut) {
        widgets::restyle(*this, "focused", false);
        // What cannot be meant does not stay in a field that nobody edits.
        if (edit_->isModified() && !typed()) restore();
    }
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        restore();
        edit_->selectAll();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace deepvm::ui::panels
