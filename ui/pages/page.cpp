// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/page.h"

#include <utility>

#include "widgets/pieces.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {

Page::Page(const QString& name, state::ExplorationState& state, QWidget* parent)
    : QWidget(parent),
      state_(state),
      empty_(new widgets::EmptyPage(name + QStringLiteral("Message"), name + QStringLiteral("GoTo"))),
      column_(new QVBoxLayout(this)),
      stack_(new QStackedLayout) {
    column_->setContentsMargins(0, widgets::grid / 2, 0, 0);
    column_->setSpacing(widgets::grid);
    column_->addLayout(stack_, 1);
    stack_->addWidget(empty_);
}

void Page::setContent(QWidget* content) {
    stack_->addWidget(content);
}

void Page::setHead(QWidget* head) {
    column_->insertWidget(0, head);
}

void Page::watch(jobs::Study& study) {
    studies_.push_back(&study);
    connect(&study, &jobs::Study::changed, this, &Page::refreshShown);
}

void Page::refreshShown() {
    if (onShow_) refresh();
}

void Page::tell(const base::Result<void>& written, const QString& what) {
    if (written)
        emit done(what);
    else
        emit told(wording::said(written.error().message));
}

void Page::showContent() {
    stack_->setCurrentIndex(1);
}

void Page::showEmpty(const QString& text, const QString& button, std::function<void()> action) {
    empty_->say(text, button, std::move(action));
    stack_->setCurrentIndex(0);
}

void Page::showEmpty(const QString& text, const std::optional<problem::Plan>& cheapest) {
    if (!cheapest) return showEmpty(text);
    const auto budget = cheapest->hourly_price;
    showEmpty(text, wording::goTo(budget), [this, budget] { state_.goTo(budget); });
}

void Page::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    onShow_ = true;
    for (auto* study : studies_)
        study->setWatched(true);
    refresh();
}

void Page::hideEvent(QHideEvent* event) {
    onShow_ = false;
    for (auto* study : studies_)
        study->setWatched(false);
    QWidget::hideEvent(event);
}

}  // namespace deepvm::ui::pages
