// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/header_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <utility>

#include "panels/scales.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "words/answers.h"

namespace deepvm::ui::panels {
namespace {

constexpr int narrow_below = 1200;  // pixels of the design, as the next
constexpr int narrow_status = 272;

QToolButton* toolButton(const QString& text, const char* name, const QString& tip) {
    auto* button = new QToolButton;
    button->setProperty("role", "icon");
    button->setText(text);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace

HeaderBar::HeaderBar(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QFrame(parent),
      state_(state),
      planning_(planning),
      market_(new MarketPicker),
      slider_(new widgets::LogSlider(budgetScale(), budgetTicks(budgetScale()))),
      field_(new BudgetField),
      status_(widgets::label({}, "muted")),
      perHour_(widgets::label(tr("per hour"), "muted")),
      statusBlock_(statusBlock()) {
    setObjectName(QStringLiteral("header"));
    theme::setDesignSize(*this, {0, 88});
    auto* row = new QHBoxLayout(this);
    // The same three columns as below, so that the slider stands over its chart. The picker has 8 px of its
    // own.
    row->setContentsMargins(widgets::margin - 8, 0, widgets::margin - 8, 8);
    row->setSpacing(widgets::gutter);
    theme::setDesignSize(*market_, {widgets::left_column + 8, 0});
    row->addWidget(market_);
    row->addWidget(budgetBlock(), 1);
    row->addWidget(statusBlock_);
    fitStatus();

    connect(market_, &MarketPicker::picked, this, &HeaderBar::pick);
    connect(&state_, &state::ExplorationState::changed, this, &HeaderBar::refreshBudget);
    connect(&state_, &state::ExplorationState::changed, this, &HeaderBar::refreshMarket);
    connect(&planning_, &state::Planning::catalogOpened, this, [this] {
        market_->setMarkets(*planning_.notes().markets);
        refreshMarket();
    });
    connect(&planning_, &state::Planning::sceneChanged, this, &HeaderBar::refreshMarket);
    connect(&planning_, &state::Planning::sceneChanged, this, &HeaderBar::refreshRange);
    connect(&planning_, &state::Planning::answerChanged, this, &HeaderBar::refreshStatus);
    refreshBudget();
    refreshMarket();
    refreshStatus();
}

QWidget* HeaderBar::budgetBlock() {
    slider_->setObjectName(QStringLiteral("budgetSlider"));
    slider_->setAccessibleName(tr("Budget per hour"));
    connect(slider_, &widgets::LogSlider::moved, this,
            [this](qint64 micro) { state_.setBudget(base::Money::from_micro(micro)); });
    connect(slider_, &widgets::LogSlider::released, &state_, &state::ExplorationState::endGesture);
    connect(slider_, &widgets::LogSlider::released, this, &HeaderBar::refreshRange);
    connect(field_, &BudgetField::entered, this, [this](base::Money amount) {
        state_.endGesture();
        state_.setBudget(amount);
        state_.endGesture();
    });
    connect(field_, &BudgetField::problem, this, [this](const QString& message) {
        problem_ = message;
        refreshStatus();
    });
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* caps = widgets::capsLabel(tr("Budget"));
    column->addStretch();
    column->addWidget(caps);
    column->addWidget(slider_);
    column->addStretch();
    auto* block = new QWidget;
    auto* row = new QHBoxLayout(block);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addLayout(column, 1);
    row->addWidget(field_);
    row->addWidget(perHour_);
    return block;
}

QWidget* HeaderBar::statusBlock() {
    status_->setObjectName(QStringLiteral("solveStatus"));
    status_->setWordWrap(true);
    auto* undo = toolButton(QStringLiteral("↶"), "undoButton", tr("Undo"));
    auto* redo = toolButton(QStringLiteral("↷"), "redoButton", tr("Redo"));
    auto* theme = toolButton(QStringLiteral("◐"), "appearanceButton", tr("Light or dark"));
    undo->setAccessibleName(tr("Undo"));
    redo->setAccessibleName(tr("Redo"));
    theme->setAccessibleName(tr("Light or dark"));
    auto* stack = state_.undoStack();
    undo->setEnabled(false);
    redo->setEnabled(false);
    connect(undo, &QToolButton::clicked, stack, &QUndoStack::undo);
    connect(redo, &QToolButton::clicked, stack, &QUndoStack::redo);
    connect(stack, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
    connect(stack, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
    connect(theme, &QToolButton::clicked, this, &HeaderBar::appearanceToggled);
    auto* block = new QWidget;
    auto* row = new QHBoxLayout(block);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(status_, 1);
    row->addSpacing(8);
    row->addWidget(undo);
    row->addWidget(redo);
    row->addWidget(theme);
    return block;
}

// In a narrow window the slider gets the room.
void HeaderBar::fitStatus() {
    const bool narrow = width() < theme::scaled(narrow_below);
    perHour_->setVisible(!narrow);
    theme::setDesignSize(*statusBlock_, {narrow ? narrow_status : widgets::right_column + 8, 0});
}

void HeaderBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitStatus();
}

void HeaderBar::pick(const catalog::Selection& selection) {
    auto next = state_.value();
    next.move_to(selection);
    state_.set(std::move(next), tr("prices"));
}

void HeaderBar::refreshBudget() {
    slider_->setExact(state_.value().budget.micro());
    field_->setAmount(state_.value().budget);
}

void HeaderBar::refreshRange() {
    const auto& scene = planning_.scene();
    // Under the pointer the scale stays as it is; without a frontier the last one does.
    if (!scene || slider_->isSliderDown() || scene->frontier == ranged_) return;
    ranged_ = scene->frontier;
    const auto before = std::exchange(scale_, budgetScaleOf(*ranged_));  // shown until the next one is
    const widgets::SliderScale& scale = scale_ ? *scale_ : budgetScale();
    std::vector<std::int64_t> marks;
    for (const auto& step : ranged_->overall)
        marks.push_back(step.hourly_price.micro());
    slider_->setScale(scale, budgetTicks(scale), std::move(marks));
    const auto money = [](std::int64_t micro) {
        return wording::moneyPerHour(base::Money::from_micro(micro));
    };
    const bool one = ranged_->overall.size() == 1;
    slider_->setToolTip(
        (one ? tr("%1 to %2, around the one cluster that is to be had: less buys none, more no "
                  "better one. The field takes any budget.")
             : tr("%1 to %2: from the cheapest cluster to the last one that a larger budget "
                  "adds. The field takes any budget."))
            .arg(money(scale.least()), money(scale.most())));
}

void HeaderBar::refreshMarket() {
    const auto& selection = state_.value().selection;
    const auto& scene = planning_.scene();
    QString note;
    if (scene && scene->key.exploration.selection == selection) {
        const auto& market = *scene->market;
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        const auto age = words::age(market, today);
        const QString prices =
            age.empty() ? tr("prices as of %1").arg(QString::fromStdString(model::prices_as_of(market)))
                        : tr("prices up to %1").arg(QString::fromStdString(age));
        const bool one = market.places.size() == 1;
        const auto types = one ? market.places.front().offers.size() : market.types.size();
        note = one ? tr("%1 types · %2").arg(QString::number(types), prices)
                   : tr("%1 types · %2 regions · %3")
                         .arg(QString::number(types), QString::number(market.places.size()), prices);
    }
    market_->setCurrent(selection, note);
}

void HeaderBar::refreshStatus() {
    const auto& decision = planning_.decision();
    const bool unproven = decision && !decision->proof.proven;
    widgets::restyle(*status_, "role", !problem_.isEmpty() ? "error" : unproven ? "doubt" : "muted");
    status_->setAlignment((problem_.isEmpty() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (!problem_.isEmpty()) {
        status_->setText(problem_);
        return;
    }
    if (!decision) {
        status_->setText({});
        return;
    }
    const QString time = widgets::oneWord(wording::duration(decision->proof.elapsed));
    status_->setText(decision->proof.proven ? tr("solved exactly in %1").arg(time)
                                            : tr("Unproven, %1").arg(time));
    status_->setToolTip(QString::fromStdString(decision->proof.doubt));
}

}  // namespace deepvm::ui::panels
