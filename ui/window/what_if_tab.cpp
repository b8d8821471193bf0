// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/what_if_tab.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "panels/pieces.h"
#include "state/format.h"
#include "state/wording.h"

namespace deepvm::ui::window {
namespace {

constexpr std::chrono::milliseconds quiet{150};  // a drag of the budget is over

base::Result<explain::Sensitivity> planWhatIf(const state::Answer& answer, int percent,
                                              const std::stop_token& stop) {
    return explain::sensitivity(*answer.scene->problem, *answer.decision, percent, stop);
}

}  // namespace

WhatIfTab::WhatIfTab(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
                     QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      study_(new WhatIfStudy(planning, state.value().whatIfPercent, planWhatIf, quiet, this)),
      title_(panels::label({}, "strong")),
      subtitle_(panels::label({}, "small")),
      field_(new panels::PercentField(state::least_what_if, state::most_what_if, tr("Change in percent"))),
      chart_(new charts::TornadoChart),
      pages_(new QStackedWidget),
      message_(panels::label({}, "muted")),
      goTo_(new QPushButton) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 4, 0, 0);
    all->addWidget(pages_);
    pages_->addWidget(chartPage());
    pages_->addWidget(messagePage());
    connectAll(highlight);
    refresh();
}

QWidget* WhatIfTab::header() {
    title_->setObjectName(QStringLiteral("whatIfTitle"));
    subtitle_->setObjectName(QStringLiteral("whatIfSubtitle"));
    subtitle_->setMinimumWidth(1);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title_);
    words->addWidget(subtitle_);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(16);
    row->addLayout(words, 1);
    row->addWidget(field_);
    return header;
}

QWidget* WhatIfTab::chartPage() {
    chart_->setObjectName(QStringLiteral("tornadoChart"));
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(header());
    column->addWidget(chart_, 1);
    QWidget::setTabOrder(field_, chart_);
    return page;
}

QWidget* WhatIfTab::messagePage() {
    message_->setObjectName(QStringLiteral("whatIfMessage"));
    message_->setWordWrap(true);
    message_->setAlignment(Qt::AlignCenter);
    goTo_->setObjectName(QStringLiteral("whatIfGoTo"));
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setSpacing(16);
    column->addStretch();
    column->addWidget(message_);
    column->addWidget(goTo_, 0, Qt::AlignHCenter);
    column->addStretch();
    return page;
}

void WhatIfTab::connectAll(state::Highlight& highlight) {
    connect(study_, &state::Study::changed, this, &WhatIfTab::refresh);
    connect(&planning_, &state::Planning::decisionChanged, this, &WhatIfTab::refresh);
    connect(&state_, &state::ExplorationState::changed, this, [this] {
        study_->setQuestion(state_.value().whatIfPercent);
        field_->setPercent(state_.value().whatIfPercent);
    });
    connect(field_, &panels::PercentField::changed, &state_, &state::ExplorationState::setWhatIf);
    connect(field_, &panels::PercentField::released, &state_, &state::ExplorationState::endGesture);
    connect(goTo_, &QPushButton::clicked, this, [this] {
        if (const auto& decision = planning_.decision(); decision && decision->cheapest)
            state_.setBudget(decision->cheapest->hourly_price);
        state_.endGesture();
    });
    connect(chart_, &charts::TornadoChart::planHovered, &highlight, [&highlight](const problem::Plan& plan) {
        highlight.setType(QString::fromStdString(model::type_id(plan.provider, plan.worker)));
    });
    connect(chart_, &charts::TornadoChart::planHoverEnded, &highlight,
            [&highlight] { highlight.setType({}); });
    connect(&highlight, &state::Highlight::changed, chart_, &charts::TornadoChart::setHighlightedType);
    field_->setPercent(state_.value().whatIfPercent);
}

void WhatIfTab::setColours(const theme::Palette& palette) {
    chart_->setColours(palette);
}

void WhatIfTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    study_->setWatched(true);
    refresh();
}

void WhatIfTab::hideEvent(QHideEvent* event) {
    study_->setWatched(false);
    QWidget::hideEvent(event);
}

void WhatIfTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitSubtitle();
}

void WhatIfTab::refresh() {
    if (!study_->watched()) return;
    const auto& decision = planning_.decision();
    const auto* value = study_->value();
    if (planning_.error() && !decision)
        showMessage(
            state_.value().architectures.empty()
                ? tr("No architecture is switched on. Switch one on to see what would change the answer.")
                : QString::fromStdString(planning_.error()->message) + QLatin1Char('.'));
    else if (decision && decision->ranked.empty())
        showMessage(state::nothingFits(*decision), decision->cheapest);
    else if (value != nullptr && value->base)
        showFinding();
    else if (const auto* error = study_->error())
        showMessage(state::sentence(QString::fromStdString(error->message)) + QLatin1Char('.'));
    else
        showMessage(tr("Planning anew ..."));
}

void WhatIfTab::showFinding() {
    pages_->setCurrentIndex(0);
    if (study_->finding() == shown_) return;
    shown_ = study_->finding();
    const auto& answer = shown_->answer;
    const auto& value = *shown_->value;
    title_->setText(tr("If one of these changed by %1 % and all was planned anew").arg(value.percent));
    subtitleText_ = tr("objective of %1 at %2")
                        .arg(state::machinesLine(*value.base), state::moneyPerHour(answer.decision->budget));
    fitSubtitle();
    const bool published = answer.scene->market->kind == model::MarketKind::published;
    chart_->setSensitivity({shown_, &value}, published);  // shares the finding, of which it is a part
}

void WhatIfTab::showMessage(const QString& text, const std::optional<problem::Plan>& wayOut) {
    message_->setText(panels::unbroken(text));
    goTo_->setVisible(wayOut.has_value());
    // Without an answer there is nothing to change; a larger budget is the way to one.
    if (wayOut) goTo_->setText(tr("Go to %1").arg(state::moneyPerHour(wayOut->hourly_price)));
    pages_->setCurrentIndex(1);
}

void WhatIfTab::fitSubtitle() {
    const int room = width() - field_->width() - 32;
    const QString shown =
        subtitle_->fontMetrics().elidedText(subtitleText_, Qt::ElideRight, std::max(0, room));
    subtitle_->setText(shown);
    subtitle_->setToolTip(shown == subtitleText_ ? QString() : subtitleText_);
}

}  // namespace deepvm::ui::window
