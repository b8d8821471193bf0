// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/checkpoints_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

constexpr int side_by_side = 960;      // curve and pipeline have room beside each other
constexpr double usual_interval = 60;  // seconds, where the plan's own is not known
constexpr double ms_per_second = 1000;
constexpr double usual_revocation = 0.62;  // of the time on show

// Three digits: what a person would have typed, and far enough apart for every position.
std::int64_t threeDigits(double value) {
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 2);
    return unit <= 1 ? std::llround(value) : std::llround(std::round(value / unit) * unit);
}

// From 100 ms to 100 hours, in milliseconds.
const widgets::LogScale& intervalScale() {
    static const widgets::LogScale scale(100, 360'000'000, 300, threeDigits);
    return scale;
}

// Around the usual moment, but when a checkpoint is in remote memory and not yet in storage: the levels lose
// different work then.
double tellingSeconds(const risk::DeepCheckRun& calm) {
    const double duration = calm.setup.duration_seconds;
    for (const auto& at : calm.checkpoints)
        if (at.flushed_seconds >= usual_revocation * duration && at.sent_seconds < duration)
            return (at.sent_seconds + std::min(at.flushed_seconds, duration)) / 2;
    return usual_revocation * duration;
}

// Long enough to see how it goes on: with an interval that is too short, until remote memory is full. Without
// a moment of the revocation, at a telling one.
base::Result<risk::DeepCheckRun> simulate(risk::DeepCheck setup, std::optional<int> revoked_percent) {
    constexpr int calm = 6;
    constexpr int most = 48;
    setup.duration_seconds = calm * setup.interval_seconds;
    return risk::simulate(setup).and_then([&](const risk::DeepCheckRun& first) {
        const bool too_short = setup.interval_seconds < first.shortest_interval_seconds;
        const int shown = too_short ? std::min(most, 2 * calm + 2 * first.buffer_checkpoints) : calm;
        setup.duration_seconds = shown * setup.interval_seconds;
        return risk::simulate(setup).and_then([&](const risk::DeepCheckRun& calm_run) {
            setup.revoked_seconds =
                revoked_percent ? setup.duration_seconds * *revoked_percent / 100 : tellingSeconds(calm_run);
            return risk::simulate(setup);
        });
    });
}

// What is said where there is nothing to draw.
void standInTheMiddle(QLabel& text, const QString& name) {
    text.setObjectName(name);
    text.setWordWrap(true);
    text.setAlignment(Qt::AlignCenter);
    text.setContentsMargins(widgets::margin, widgets::grid, widgets::margin, widgets::grid);
}

}  // namespace

CheckpointsPanel::CheckpointsPanel(state::ExplorationState& state, state::Planning& planning,
                                   state::ChosenRank& choice, QWidget* parent)
    : Page(QStringLiteral("checkpoints"), state, parent),
      planning_(planning),
      choice_(choice),
      study_(new CheckpointStudy(planning, {}, &CheckpointsPanel::look, {}, this)),
      title_(widgets::label({}, "strong")),
      words_(widgets::label({}, "small")),
      chart_(new charts::CheckpointChart),
      noCurve_(widgets::label({}, "muted")),
      timeline_(new charts::TimelineChart),
      slider_(new widgets::LogSlider(intervalScale())),
      intervalText_(widgets::label({}, "strong")),
      ownInterval_(new QToolButton),
      revoked_(
          new widgets::PercentField(0, 100, tr("Moment of the revocation in percent of the time on show"))),
      noPipeline_(widgets::label({}, "muted")) {
    setObjectName(QStringLiteral("checkpointsPanel"));
    auto* content = new QWidget;
    auto* lines = new QVBoxLayout(content);
    lines->setSpacing(widgets::grid);
    for (auto* each : {title_, words_}) {
        each->setWordWrap(true);
        each->setContentsMargins(widgets::grid, 0, widgets::grid, 0);
        each->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    title_->setObjectName(QStringLiteral("checkpointsTitle"));
    words_->setObjectName(QStringLiteral("checkpointsWords"));
    lines->addWidget(title_);
    lines->addWidget(words_);
    sides_ = new QBoxLayout(QBoxLayout::TopToBottom);
    sides_->setSpacing(2 * widgets::grid);
    sides_->addWidget(curveSide(), 2);
    sides_->addWidget(pipelineSide(), 3);
    lines->addLayout(sides_, 1);
    setContent(widgets::scrolledColumn(content));
    watch(*study_);
    connectAll();
}

QWidget* CheckpointsPanel::curveSide() {
    chart_->setObjectName(QStringLiteral("checkpointChart"));
    standInTheMiddle(*noCurve_, QStringLiteral("checkpointsNoCurve"));
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(chart_, 1);
    column->addWidget(noCurve_, 1);
    return side;
}

QWidget* CheckpointsPanel::pipelineSide() {
    timeline_->setObjectName(QStringLiteral("checkpointTimeline"));
    timeline_->setMinimumHeight(theme::scaled(248));
    standInTheMiddle(*noPipeline_, QStringLiteral("checkpointsNoPipeline"));
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::grid);
    sliders_ = sliderRow();
    column->addWidget(sliders_);
    column->addWidget(timeline_, 1);
    column->addWidget(noPipeline_, 1);
    return side;
}

QWidget* CheckpointsPanel::sliderRow() {
    slider_->setObjectName(QStringLiteral("checkpointInterval"));
    slider_->setAccessibleName(tr("Interval between checkpoints"));
    slider_->setMinimumWidth(theme::scaled(64));
    intervalText_->setObjectName(QStringLiteral("checkpointIntervalText"));
    theme::setDesignSize(*intervalText_, {64, 0});
    ownInterval_->setObjectName(QStringLiteral("checkpointOwnInterval"));
    ownInterval_->setText(tr("Reset"));
    ownInterval_->setToolTip(tr("Back to the plan's own interval"));
    ownInterval_->setProperty("role", "small");
    ownInterval_->setFocusPolicy(Qt::StrongFocus);
    auto* every = widgets::label(tr("Every"), "muted");
    every->setBuddy(slider_);
    auto* at = widgets::label(tr("Revoked at"), "muted");
    at->setToolTip(tr("A worker is revoked when so much of the time on show has passed"));
    auto* row = new QWidget;
    auto* items = new QHBoxLayout(row);
    items->setContentsMargins(widgets::grid, 0, widgets::grid, 0);
    items->setSpacing(widgets::grid);
    items->addWidget(every);
    items->addWidget(slider_, 1);
    items->addWidget(intervalText_);
    items->addWidget(ownInterval_);
    items->addSpacing(widgets::grid);
    items->addWidget(at);
    items->addWidget(revoked_);
    return row;
}

void CheckpointsPanel::connectAll() {
    connect(&planning_, &state::Planning::answerChanged, this, &CheckpointsPanel::refreshShown);
    connect(&choice_, &state::ChosenRank::changed, this, &CheckpointsPanel::refreshShown);
    connect(slider_, &widgets::LogSlider::moved, this,
            [this](qint64 ms) { setInterval(static_cast<double>(ms) / ms_per_second); });
    connect(ownInterval_, &QToolButton::clicked, this, [this] { setInterval(std::nullopt); });
    connect(chart_, &charts::CheckpointChart::intervalPicked, this,
            [this](double seconds) { setInterval(seconds); });
    connect(revoked_, &widgets::PercentField::changed, this, [this](int percent) {
        revokedPercent_ = percent;
        refreshTimeline();
    });
}

base::Result<std::vector<CheckpointsPanel::PlanCheckpoints>> CheckpointsPanel::look(
    const state::Answer& answer, jobs::NoQuestion, const std::stop_token& stop) {
    const problem::Problem& problem = *answer.scene->problem;
    std::vector<PlanCheckpoints> all;
    for (const auto& plan : answer.decision->ranked) {
        if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "cancelled");
        PlanCheckpoints made{plan, problem::job_run(problem, plan), {}, {}};
        double interval = usual_interval;
        if (made.run) {
            made.curve = risk::checkpoint_curve(made.run->view());
            if (made.curve.young_daly) interval = made.curve.young_daly->interval_seconds;
        }
        made.pipeline = problem::checkpoint_pipeline(problem, plan, interval);
        all.push_back(std::move(made));
    }
    return all;
}

void CheckpointsPanel::setColours(const theme::Palette& palette) {
    chart_->setColours(palette);
    timeline_->setColours(palette);
}

void CheckpointsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    sides_->setDirection(width() >= side_by_side ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

const CheckpointsPanel::PlanCheckpoints* CheckpointsPanel::shown() const {
    const auto* found = study_->value();
    if (found == nullptr || found->empty()) return nullptr;
    return &(*found)[static_cast<std::size_t>(choice_.rankIn(*study_->finding()->answer.decision)) - 1];
}

void CheckpointsPanel::refresh() {
    const auto& decision = planning_.decision();
    if (!decision)
        return showEmpty(planning_.error()
                             ? wording::noAnswer(planning_.error(), !state_.value().architectures.empty())
                             : tr("Planning ..."));
    if (decision->ranked.empty()) return showEmpty(wording::nothingFits(*decision), decision->cheapest);
    const auto* plan = shown();
    if (const auto* error = study_->error())
        return showEmpty(wording::sentence(QString::fromStdString(error->message)) + QLatin1Char('.'));
    if (plan == nullptr) return showEmpty(tr("Planning ..."));
    showContent();
    const auto run = plan->run ? std::optional(plan->run->view()) : std::nullopt;
    title_->setText(widgets::unbroken(
        tr("%1, %2 at %3")
            .arg(wording::architectureName(plan->plan.architecture), wording::machinesLine(plan->plan),
                 wording::moneyPerHour(study_->finding()->answer.decision->budget))));
    words_->setText(wording::said(words::checkpoints(plan->plan, run ? &*run : nullptr, wording::in_print)));
    const bool none = !words::why_no_interval(plan->plan).empty();
    auto line = !none ? charts::checkpointLine(plan->curve) : charts::CheckpointLine{};
    noCurve_->setVisible(!none && line.points.empty());
    noCurve_->setText(tr("The overhead is too small to draw."));
    chart_->setVisible(!line.points.empty());
    chart_->setLine(std::move(line), plan->plan.architecture);
    noPipeline_->setText(wording::said(words::why_no_pipeline(plan->plan)));
    refreshTimeline();
}

void CheckpointsPanel::setInterval(std::optional<double> seconds) {
    interval_ = seconds;
    refreshTimeline();
}

// A few checkpoints: some microseconds each, so it follows the slider.
void CheckpointsPanel::refreshTimeline() {
    const auto* plan = shown();
    const bool pipeline = plan != nullptr && plan->pipeline;
    sliders_->setVisible(pipeline);
    timeline_->setVisible(pipeline);
    noPipeline_->setVisible(!pipeline);
    if (!pipeline) return timeline_->setTimeline(nullptr);
    risk::DeepCheck setup = *plan->pipeline;
    if (interval_) setup.interval_seconds = *interval_;
    slider_->setExact(std::llround(setup.interval_seconds * ms_per_second));
    intervalText_->setText(wording::seconds(setup.interval_seconds));
    ownInterval_->setEnabled(interval_.has_value());
    const auto run = simulate(setup, revokedPercent_);
    timeline_->setVisible(run.has_value());
    noPipeline_->setVisible(!run);
    if (run && !revokedPercent_)
        revoked_->setPercent(
            static_cast<int>(std::lround(100 * *run->setup.revoked_seconds / run->setup.duration_seconds)));
    if (run)
        timeline_->setTimeline(std::make_shared<const charts::TimelinePlot>(charts::makeTimeline(*run)));
    else
        noPipeline_->setText(wording::sentence(QString::fromStdString(run.error().message)) +
                             QLatin1Char('.'));
}

}  // namespace deepvm::ui::pages
