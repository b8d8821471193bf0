// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/plan_card.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "planner/comparison.h"
#include "planner/decision.h"
#include "widgets/pieces.h"
#include "wording/architecture_colours.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::panels {
namespace {

constexpr int side_margin = 16;

}  // namespace

PlanCard::PlanCard(int rank, QWidget* parent)
    : QFrame(parent),
      rank_(rank),
      disc_(new widgets::RankDisc),
      architecture_(widgets::label({}, "strong")),
      unproven_(widgets::label(tr("Unproven"), "badge")),
      pin_(new QPushButton(tr("Pin"))),
      price_(widgets::label({}, "price")),
      machines_(widgets::label({}, "machines")),
      companion_(widgets::label({}, "muted")),
      job_(widgets::label({}, "strong")),
      likely_(widgets::label({}, "small")),
      overhead_(widgets::label({}, "small")),
      picture_(new ClusterPicture),
      details_(new QWidget) {
    setObjectName(QStringLiteral("planCard%1").arg(rank));
    setProperty("role", "card");
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    price_->setObjectName(QStringLiteral("planPrice%1").arg(rank));
    price_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    machines_->setObjectName(QStringLiteral("planMachines%1").arg(rank));
    machines_->setWordWrap(true);
    companion_->setObjectName(QStringLiteral("planCompanion%1").arg(rank));
    companion_->setWordWrap(true);
    job_->setObjectName(QStringLiteral("planJob%1").arg(rank));
    job_->setWordWrap(true);
    likely_->setObjectName(QStringLiteral("planLikely%1").arg(rank));
    likely_->setToolTip(
        tr("In about four of five cases, by the ranges of the speed and of estimated spot prices"));
    overhead_->setObjectName(QStringLiteral("planOverhead%1").arg(rank));
    architecture_->setObjectName(QStringLiteral("planArchitecture%1").arg(rank));
    unproven_->setObjectName(QStringLiteral("planUnproven%1").arg(rank));
    unproven_->setToolTip(tr("The solver was not sure: \"%1\" tells more").arg(wording::whyHeading(rank)));
    unproven_->hide();

    pin_->setObjectName(QStringLiteral("planPin%1").arg(rank));
    pin_->setProperty("role", "link");
    pin_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored);  // as high as the line that it stands in
    pin_->setToolTip(tr("Keeps the plan with its whole question on the page Compare (P)"));
    connect(pin_, &QPushButton::clicked, this, [this] { emit pinAsked(rank_); });

    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(architecture_);
    names->addWidget(unproven_, 0, Qt::AlignLeft);
    auto* top = new QHBoxLayout;
    top->setSpacing(10);
    top->addWidget(disc_);
    top->addLayout(names);
    top->addWidget(pin_);
    top->addStretch();
    top->addWidget(price_);
    auto* all = new QVBoxLayout(this);
    all->addLayout(top);
    all->addWidget(machines_);
    all->addWidget(companion_);
    all->addWidget(picture_);
    all->addWidget(job_);
    all->addWidget(likely_);
    all->addWidget(overhead_);
    all->addWidget(details_);
    buildDetails();
    setChosen(false);
}

void PlanCard::Row::show(bool visible, const QString& text) const {
    line->setVisible(visible);
    value->setText(text);
}

// A row shares no column with the others: a long name above does not push a long value out of the card.
PlanCard::Row PlanCard::addRow(QVBoxLayout& rows, const QString& name, const char* valueName) {
    const Row row{new QWidget, widgets::label(name, "rowName"), widgets::label({}, "rowValue")};
    row.value->setObjectName(QLatin1String(valueName) + QString::number(rank_));
    auto* line = new QHBoxLayout(row.line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    line->addWidget(row.name);
    line->addStretch();
    line->addWidget(row.value);
    rows.addWidget(row.line);
    return row;
}

void PlanCard::buildDetails() {
    auto* all = new QVBoxLayout(details_);
    all->setContentsMargins(0, 4, 0, 0);
    all->setSpacing(8);
    auto* rows = new QVBoxLayout;
    rows->setSpacing(4);
    revocations_ = addRow(*rows, tr("Revocations of the job"), "planRevocations");
    unknown_ = addRow(*rows, tr("The job"), "planUnknown");
    effective_ = addRow(*rows, tr("Effective nodes"), "planEffective");
    flopp_ = addRow(*rows, tr("FLOPP"), "planFlopp");
    throughput_ = addRow(*rows, tr("Throughput"), "planThroughput");
    ahead_ = addRow(*rows, {}, "planAhead");
    prices_ = addRow(*rows, tr("Prices"), "planPrices");
    onDemand_ = addRow(*rows, tr("On-demand price"), "planOnDemandPrice");
    flopp_.value->setToolTip(
        tr("Floating point operations one dollar buys on one worker, at the price that is paid for it"));
    all->addLayout(rows);
    remarks_ = widgets::label({}, "small");
    remarks_->setObjectName(QStringLiteral("planRemarks%1").arg(rank_));
    remarks_->setWordWrap(true);
    all->addWidget(remarks_);
    ask_ = new QPushButton(wording::whyHeading(rank_));
    ask_->setObjectName(QStringLiteral("planAsk%1").arg(rank_));
    ask_->setProperty("role", "link");
    ask_->setToolTip(tr("Shows all reasons below the chart"));
    connect(ask_, &QPushButton::clicked, this, [this] { emit whyAsked(rank_); });
    why_ = widgets::label({}, "why");
    why_->setObjectName(QStringLiteral("planWhy%1").arg(rank_));
    why_->setWordWrap(true);
    auto* reasons = new QVBoxLayout;
    reasons->setSpacing(0);
    auto* offer = new QPushButton(tr("Show in catalog"));
    offer->setObjectName(QStringLiteral("planCatalog%1").arg(rank_));
    offer->setProperty("role", "link");
    offer->setToolTip(tr("Shows the offer of its workers with the sources of its prices"));
    connect(offer, &QPushButton::clicked, this, [this] { emit catalogAsked(plan_); });
    auto* links = new QHBoxLayout;
    links->addWidget(ask_);
    links->addStretch();
    links->addWidget(offer);
    reasons->addLayout(links);
    reasons->addWidget(why_);
    all->addLayout(reasons);
}

void PlanCard::show(const state::Scene& scene, const planner::Decision& decision) {
    const problem::Plan& plan = decision.ranked.at(static_cast<std::size_t>(rank_ - 1));
    plan_ = plan;
    place_ = wording::placeLine(plan, *scene.market);
    disc_->show(rank_, wording::role(plan.architecture));
    architecture_->setText(wording::architectureName(plan.architecture));
    price_->setText(wording::pricePerHour(plan.hourly_price, decision.budget));
    price_->setToolTip(tr("exactly %1").arg(wording::moneyPerHour(plan.hourly_price)));
    unproven_->setVisible(!decision.proof.proven);
    machines_->setText(wording::workersLine(plan));
    writeCompanion();
    picture_->setPlan(plan);
    setAccessibleName(
        tr("Rank %1: %2, %3, %4")
            .arg(QString::number(rank_), architecture_->text(), machines_->text(), price_->text()));
    of_job_ = problem::is_of_job(scene.problem->request.objective);
    fillJob(scene, plan);
    fillDetails(scene, decision, plan);
}

void PlanCard::fillJob(const state::Scene& scene, const problem::Plan& plan) {
    const auto job = words::job(plan, *scene.problem, wording::in_print);
    const bool known = job.unknown.empty();
    // What the objective is about stands first and large: of a job its dollars, else the price of an hour.
    const bool job_first = of_job_ && known;
    const QString price = price_->text();
    if (job_first) price_->setText(wording::said(job.cost));
    QStringList facts{job_first ? price : wording::said(job.cost), wording::said(job.time),
                      wording::said(job.deadline)};
    facts.removeAll(QString());
    job_->setText(known ? facts.join(QStringLiteral(" · ")) : QString());
    likely_->setText(wording::said(words::sentence(job.likely)));
    overhead_->setText(wording::said(job.overhead));
    job_->setToolTip(wording::said(job.detail));
    overhead_->setToolTip(
        tr("Shares of the expected time: work that is done again after revocations, and "
           "standing still while checkpoints are written"));
    revocations_.show(known && plan.spot_workers > 0, wording::said(job.revocations));
    unknown_.show(!known, wording::said(job.unknown_brief));
    unknown_.line->setToolTip(wording::said(job.unknown));
}

void PlanCard::fillDetails(const state::Scene& scene, const planner::Decision& decision,
                           const problem::Plan& plan) {
    effective_.value->setText(tr("%1 of %2 · %3")
                                  .arg(wording::decimal(plan.effective_nodes, 2), QString::number(plan.nodes),
                                       wording::said(std::string(name(plan.scaling)))));
    effective_.line->setToolTip(tr("How many ideal nodes these nodes are worth after communication. %1.")
                                    .arg(wording::said(words::scaling_origin(plan.scaling))));
    // Of a job its outcome counts: with all three plans in sight there is no room for both.
    flopp_.show(!of_job_ && !plan.samples_per_second,
                plan.flopp ? wording::si(*plan.flopp, QStringLiteral("FLOP/$")) : tr("no spot price"));
    flopp_.name->setText(plan.spot_workers > 0 ? tr("FLOPP") : tr("Spot FLOPP"));
    const QString speed = wording::said(words::speed_brief(plan));
    throughput_.name->setText(
        speed.isEmpty()
            ? tr("Throughput")
            : tr("Samples, %1").arg(wording::said(std::string(model::speed_basis_name(plan.speed)))));
    throughput_.show(!of_job_,
                     speed.isEmpty() ? wording::rate(plan.throughput_tflops, *scene.market) : speed);
    throughput_.line->setToolTip(wording::said(words::speed(plan)));
    QStringList remarks;
    for (const auto& remark : words::remarks(*scene.problem, plan))
        remarks << wording::said(words::sentence(remark) + ".");
    remarks_->setText(remarks.join(QLatin1Char('\n')));
    remarks_->setVisible(!remarks.isEmpty());
    const auto ahead = planner::ahead_of_others(plan, decision, scene.problem->request.objective);
    const QString percent = ahead ? wording::signedPercent(ahead->percent) : QString();
    const bool level = percent == wording::signedPercent(0);
    ahead_.show(ahead && !level, percent);
    if (ahead)
        ahead_.name->setText((of_job_ ? tr("Saved against %1") : tr("Ahead of %1"))
                                 .arg(wording::architectureName(ahead->of).toLower()));
    fillPrices(*scene.market, plan);
    why_->setText(widgets::unbroken(wording::whyThis(plan, decision, scene.problem->request.objective)));
}

void PlanCard::fillPrices(const model::Market& market, const problem::Plan& plan) {
    const auto note = words::price_note(plan, market);
    const bool same = note.spot == note.on_demand;
    prices_.name->setText(same ? tr("Prices") : tr("Spot price"));
    prices_.show(!note.spot.empty(), wording::said(note.spot));
    // Of a job there is room for one; the tool tip has both.
    onDemand_.show(!note.on_demand.empty() && !same && (!of_job_ || note.spot.empty()),
                   wording::said(note.on_demand));
    prices_.value->setToolTip(wording::said(note.full));
    onDemand_.value->setToolTip(wording::said(note.full));
}

void PlanCard::writeCompanion() {
    const QString place = place_.isEmpty() ? QString() : QStringLiteral(" · ") + widgets::oneWord(place_);
    const bool tiering = plan_.architecture == problem::Architecture::tiering;
    QString text = wording::companionLine(plan_, tiering && !chosen_) + place;
    // What the machines are for is worth no second line.
    if (companion_->fontMetrics().horizontalAdvance(text) > widgets::right_column - 2 * (side_margin + 1))
        text = wording::companionLine(plan_, true) + place;
    companion_->setText(widgets::unbroken(text));
}

void PlanCard::setPinned(bool pinned) {
    pin_->setText(pinned ? tr("Pinned") : tr("Pin"));
}

void PlanCard::setChosen(bool chosen) {
    chosen_ = chosen;
    details_->setVisible(chosen);
    picture_->setSmall(!chosen);
    picture_->setVisible(chosen || !of_job_);
    // The range says more of a card that is not chosen than what is lost on the way.
    const bool brief = !chosen && !likely_->text().isEmpty();
    for (auto* line : {job_, likely_, overhead_})
        line->setVisible((chosen || of_job_) && !line->text().isEmpty() && !(brief && line == overhead_));
    writeCompanion();
    // The thicker border of the chosen card takes its pixel from the margin: nothing moves when it is chosen.
    const int edge = chosen ? 1 : 0;
    const int above = chosen ? 12 : 8;
    layout()->setContentsMargins(side_margin - edge, above - edge, side_margin - edge, above - edge);
    layout()->setSpacing(chosen ? 4 : 2);
    widgets::restyle(*this, "chosen", chosen);
}

void PlanCard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit clicked(rank_);
}

void PlanCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        emit clicked(rank_);
    else if (event->key() == Qt::Key_P && event->modifiers() == Qt::NoModifier)
        emit pinAsked(rank_);
    else
        QFrame::keyPressEvent(event);
}

void PlanCard::enterEvent(QEnterEvent*) {
    emit planHovered(plan_);
}

void PlanCard::leaveEvent(QEvent*) {
    emit hoverEnded();
}

}  // namespace deepvm::ui::panels
