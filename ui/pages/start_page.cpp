// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"

#include <QPushButton>
#include <utility>

#include "theme/style_sheet.h"
#include "widgets/pieces.h"

namespace deepvm::ui::pages {
namespace {

constexpr int side_by_side_from = 900;  // pixels of the design

}  // namespace

StartPage::StartPage(state::ExplorationState& state, QWidget* parent)
    : QWidget(parent),
      state_(state),
      doors_(new QBoxLayout(QBoxLayout::LeftToRight)),
      box_(new QCheckBox(tr("Always begin where I left"))) {
    setObjectName(QStringLiteral("startPage"));
    box_->setObjectName(QStringLiteral("beginsWhereLeft"));
    box_->setChecked(true);
    box_->setToolTip(tr("Else every start begins here. This page is always in the menu View."));
    doors_->setSpacing(widgets::gutter);
    doors_->addWidget(door("doorToday", tr("Plan on current prices"),
                           tr("Spot and on-demand prices of the clouds: which machines does a budget buy?"),
                           [this] { planToday(); }),
                      1);
    doors_->addWidget(door("doorPaper", tr("The paper's experiment"),
                           tr("The published data set and rules of DeepVM, 2024, to the digit."),
                           [this] { repeatThePaper(); }),
                      1);
    doors_->addWidget(door("doorExample", tr("A worked example"),
                           tr("One job at three risks: from spot machines to those that nobody takes back."),
                           [this] { emit exampleAsked(); }),
                      1);
    doors_->addWidget(door("doorLessons", tr("Lessons"),
                           tr("Played in this window: what a dollar of computing buys, and what risk costs."),
                           [this] { emit entered(QStringLiteral("learn")); }),
                      1);
    auto* title = widgets::label(tr("Where do you want to begin?"), "heading");
    title->setAlignment(Qt::AlignCenter);
    auto* content = new QWidget;
    auto* all = new QVBoxLayout(content);
    all->setSpacing(2 * widgets::gutter);
    all->addStretch(1);
    all->addWidget(title);
    all->addLayout(doors_);
    all->addWidget(box_, 0, Qt::AlignHCenter);
    all->addStretch(2);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(widgets::scrolledColumn(content));
}

QWidget* StartPage::door(const char* name, const QString& title, const QString& text,
                         std::function<void()> go) {
    auto* words = widgets::label(text, "muted");
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* button = new QPushButton(title);
    button->setObjectName(QLatin1String(name));
    button->setProperty("role", "primary");
    button->setAccessibleDescription(text);
    connect(button, &QPushButton::clicked, this, std::move(go));
    auto* content = new QWidget;
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(widgets::gutter);
    all->addWidget(words, 1);
    all->addWidget(button);
    return widgets::card(content, {20, 20, 20, 20});
}

void StartPage::planToday() {
    const auto first = session::first_exploration();
    auto next = state_.value();
    next.move_to(first.selection);
    next.budget = first.budget;
    state_.set(std::move(next), tr("prices"));
    emit entered(QStringLiteral("explore"));
}

void StartPage::repeatThePaper() {
    const session::Exploration published;
    auto next = state_.value();
    next.move_to(published.selection);
    next.budget = published.budget;
    next.preset = problem::Preset::published;
    state_.set(std::move(next), tr("prices"));
    emit entered(QStringLiteral("explore"));
}

void StartPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    doors_->setDirection(width() >= theme::scaled(side_by_side_from) ? QBoxLayout::LeftToRight
                                                                     : QBoxLayout::TopToBottom);
}

}  // namespace deepvm::ui::pages
