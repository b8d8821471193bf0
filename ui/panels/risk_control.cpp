// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/risk_control.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "panels/scales.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::panels {
namespace {

constexpr int by_hand = -1;  // item of the box that is none of the known bases
constexpr double tenths = 10;

double monthlyPercent(double hourly_rate) {
    return risk::monthly_share(hourly_rate) * 100;
}

}  // namespace

RiskControl::RiskControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      bases_(state::riskBases()),
      basis_(new widgets::SelectBox),
      slider_(new widgets::LogSlider(revocationScale())),
      field_(new widgets::NumberField(tr("Revoked a month in percent"),
                                      {0, state::most_monthly_percent, QStringLiteral("%"), {}, false})),
      words_(widgets::label({}, "small")),
      problem_(widgets::label({}, "error")) {
    buildBox();
    setObjectName(QStringLiteral("riskControl"));
    slider_->setObjectName(QStringLiteral("riskSlider"));
    slider_->setAccessibleName(tr("Revoked a month in percent"));
    slider_->setPageStep(5);
    slider_->setToolTip(
        tr("0 to %1 % of the spot machines are gone after a month; moving it sets the risk by hand")
            .arg(state::most_monthly_percent));
    field_->setObjectName(QStringLiteral("riskField"));
    theme::setDesignSize(*field_, {64, 0});
    words_->setObjectName(QStringLiteral("riskWords"));
    for (auto* text : {words_, problem_})
        text->setWordWrap(true);
    problem_->hide();
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    auto* name = widgets::label(tr("Revoked a month"), "strong");
    name->setBuddy(field_);
    top->addWidget(name, 1);
    top->addWidget(field_);
    auto* unit = widgets::label(QStringLiteral("%"), "muted");
    theme::setDesignSize(*unit, {16, 0});
    top->addWidget(unit);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addWidget(basis_);
    all->addLayout(top);
    all->addWidget(slider_);
    all->addWidget(problem_);
    all->addWidget(words_);
    connect(slider_, &widgets::LogSlider::moved, this,
            [this](qint64 value) { state_.setRisk(state::riskByHand(static_cast<double>(value) / tenths)); });
    connect(slider_, &widgets::LogSlider::released, &state_, &state::ExplorationState::endGesture);
    connect(field_, &widgets::NumberField::entered, this, [this](std::optional<double> percent) {
        state_.endGesture();
        state_.setRisk(state::riskByHand(*percent));
        state_.endGesture();
    });
    connect(field_, &widgets::NumberField::problem, this, [this](const QString& message) {
        problem_->setText(message);
        problem_->setVisible(!message.isEmpty());
    });
    connect(&state_, &state::ExplorationState::changed, this, &RiskControl::refresh);
    connect(&planning_, &state::Planning::sceneChanged, this, &RiskControl::refresh);
    refresh();
}

void RiskControl::buildBox() {
    basis_->setObjectName(QStringLiteral("riskBasis"));
    basis_->setAccessibleName(tr("Where the revocation rates come from"));
    for (std::size_t i = 0; i < bases_.size(); ++i) {
        basis_->addItem(bases_[i].name, static_cast<int>(i));
        basis_->setItemData(static_cast<int>(i), bases_[i].source, Qt::ToolTipRole);
    }
    basis_->addItem(tr("Set by hand"), by_hand);
    connect(basis_, &QComboBox::activated, this, &RiskControl::chooseBasis);
}

void RiskControl::chooseBasis(int index) {
    const int basis = basis_->itemData(index).toInt();
    state_.endGesture();
    if (basis == by_hand)  // from where the slider stands: nothing jumps
        state_.setRisk(
            state::riskByHand(static_cast<double>(revocationScale().at(slider_->value())) / tenths));
    else
        state_.setRisk(bases_[static_cast<std::size_t>(basis)].risk);
    state_.endGesture();
}

int RiskControl::basisOf(const problem::Risk& risk) const {
    if (state::isByHand(risk)) return by_hand;
    const auto same = [&](const state::RiskBasis& basis) {
        return state::isOfBands(risk) ? state::isOfBands(basis.risk) && basis.risk.point == risk.point
                                      : basis.risk.source == risk.source;
    };
    const auto found = std::ranges::find_if(bases_, same);
    return found == bases_.end() ? by_hand : static_cast<int>(found - bases_.begin());
}

void RiskControl::refresh() {
    const auto& risk = state_.value().risk;
    const int basis = basisOf(risk);
    basis_->select(basis);
    basis_->setToolTip(basis == by_hand ? tr("Every spot machine is revoked at the rate below")
                                        : bases_[static_cast<std::size_t>(basis)].source);
    // What the bands or a study say is not what a person set.
    slider_->setFollowing(basis != by_hand);
    widgets::restyle(*field_, "following", basis != by_hand);
    // Of the answer on show; while it is on its way a rate of one's own is already known.
    std::optional<risk::RateRange> rates = risk.rates;
    if (!rates && planning_.scene()) rates = state::spotRates(*planning_.scene()->problem);
    if (rates) {
        const double percent = monthlyPercent(rates->middle);
        slider_->setExact(std::llround(percent * tenths));
        field_->setNumber(std::round(percent * tenths) / tenths);
    }
    QStringList words;
    if (rates)
        words << wording::sentence(state::revocationWords(*rates));
    else if (planning_.scene())
        words << tr("No interruption bands are known here: set the rate by hand");
    if (state::isOfBands(risk) && rates && rates->low != rates->high)
        words.front() += tr(", by machine type");
    if (rates && !problem::is_of_job(state_.value().objective))
        words << tr("Shown on the plans; decides with a job objective.");
    words_->setText(widgets::unbroken(words.join(QLatin1Char('\n'))));
}

}  // namespace deepvm::ui::panels
