// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/what_if_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

base::Result<explain::Sensitivity> planWhatIf(const state::Answer& answer, int percent,
                                              const std::stop_token& stop) {
    return explain::sensitivity(*answer.scene->problem, *answer.decision, percent, stop);
}

}  // namespace

WhatIfPanel::WhatIfPanel(state::ExplorationState& state, state::Planning& planning,
                         state::Highlight& highlight, QWidget* parent)
    : Page(QStringLiteral("whatIf"), state, parent),
      planning_(planning),
      study_(new WhatIfStudy(planning, state.value().what_if_percent, planWhatIf, quiet, this)),
      title_(widgets::label({}, "strong")),
      subtitle_(widgets::label({}, "small")),
      field_(
          new widgets::PercentField(session::least_what_if, session::most_what_if, tr("Change in percent"))),
      chart_(new charts::TornadoChart) {
    setContent(chartPage());
    watch(*study_);
    connectAll(highlight);
}

QWidget* WhatIfPanel::header() {
    title_->setObjectName(QStringLiteral("whatIfTitle"));
    subtitle_->setObjectName(QStringLiteral("whatIfSubtitle"));
    title_->setWordWrap(true);
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

QWidget* WhatIfPanel::chartPage() {
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

void WhatIfPanel::connectAll(state::Highlight& highlight) {
    connect(&planning_, &state::Planning::answerChanged, this, &WhatIfPanel::refreshShown);
    connect(&state_, &state::ExplorationState::changed, this, [this] {
        study_->setQuestion(state_.value().what_if_percent);
        field_->setPercent(state_.value().what_if_percent);
    });
    connect(field_, &widgets::PercentField::changed, &state_, &state::ExplorationState::setWhatIf);
    connect(field_, &widgets::PercentField::released, &state_, &state::ExplorationState::endGesture);
    connect(chart_, &charts::TornadoChart::planHovered, &highlight, [&highlight](const problem::Plan& plan) {
        highlight.setType(QString::fromStdString(model::type_id(plan.provider, plan.worker)));
    });
    connect(chart_, &charts::TornadoChart::planPinned, this, &WhatIfPanel::pinAsked);
    connect(chart_, &charts::TornadoChart::planHoverEnded, &highlight,
            [&highlight] { highlight.setType({}); });
    connect(&highlight, &state::Highlight::changed, chart_, &charts::TornadoChart::setHighlightedType);
    field_->setPercent(state_.value().what_if_percent);
}

void WhatIfPanel::setColours(const theme::Palette& palette) {
    chart_->setColours(palette);
}

void WhatIfPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitSubtitle();
}

void WhatIfPanel::refresh() {
    const auto& decision = planning_.decision();
    const auto* value = study_->value();
    if (planning_.error() && !decision)
        showEmpty(
            state_.value().architectures.empty()
                ? tr("No architecture is switched on. Switch one on to see what would change the answer.")
                : QString::fromStdString(planning_.error()->message) + QLatin1Char('.'));
    else if (decision && decision->ranked.empty())
        showEmpty(wording::nothingFits(*decision), decision->cheapest);
    else if (value != nullptr && value->base)
        showFinding();
    else if (const auto* error = study_->error())
        showEmpty(wording::sentence(QString::fromStdString(error->message)) + QLatin1Char('.'));
    else
        showEmpty(tr("Planning anew ..."));
}

void WhatIfPanel::showFinding() {
    showContent();
    if (study_->finding() == shown_) return;
    shown_ = study_->finding();
    const auto& answer = shown_->answer;
    const auto& value = *shown_->value;
    title_->setText(tr("If one of these changed by %1 % and all was planned anew").arg(value.percent));
    subtitleText_ =
        tr("objective of %1 at %2")
            .arg(wording::machinesLine(*value.base), wording::moneyPerHour(answer.decision->budget));
    fitSubtitle();
    const bool published = answer.scene->market->kind == model::MarketKind::published;
    chart_->setSensitivity({shown_, &value}, published);  // shares the finding, of which it is a part
}

void WhatIfPanel::fitSubtitle() {
    const int room = width() - field_->width() - 32;
    const QString shown =
        subtitle_->fontMetrics().elidedText(subtitleText_, Qt::ElideRight, std::max(0, room));
    subtitle_->setText(shown);
    subtitle_->setToolTip(shown == subtitleText_ ? QString() : subtitleText_);
}

}  // namespace deepvm::ui::pages
