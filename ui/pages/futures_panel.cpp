// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/futures_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "state/risk_basis.h"
#include "widgets/focus_wheel.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

constexpr std::chrono::milliseconds progress_each{80};  // often enough to be seen to move
constexpr int chart_beside_table = 880;                 // chart and table have room beside each other
constexpr int chart_width = 480;

QSpinBox* field(int least, int most, int step, const QString& name) {
    auto* made = new QSpinBox;
    made->setRange(least, most);
    made->setSingleStep(step);
    made->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    made->setGroupSeparatorShown(true);
    made->setButtonSymbols(QAbstractSpinBox::NoButtons);
    made->setKeyboardTracking(false);  // "25" is not 2 on its way
    made->setAccessibleName(name);
    made->setToolTip(
        QStringLiteral("%1 to %2").arg(made->locale().toString(least), made->locale().toString(most)));
    theme::setDesignSize(*made, {88, 0});
    widgets::wheelOnlyWithFocus(*made);
    return made;
}

QToolButton* choice(const QString& text, QButtonGroup* group) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setProperty("role", "small");
    made->setCheckable(true);
    made->setFocusPolicy(Qt::StrongFocus);
    group->addButton(made);
    return made;
}

base::Result<charts::SharedFutures> drawFutures(const state::Answer& answer,
                                                const explain::SimulationRequest& request,
                                                std::atomic<double>& share, const std::stop_token& stop) {
    share = 0;
    return explain::simulate(*answer.scene->problem, *answer.decision, request, stop,
                             [&share](double done) { share = done; })
        .map([](auto plans) -> charts::SharedFutures {
            return std::make_shared<const std::vector<explain::SimulatedPlan>>(std::move(plans));
        });
}

}  // namespace

FuturesPanel::FuturesPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : Page(QStringLiteral("futures"), state, parent),
      planning_(planning),
      share_(std::make_shared<std::atomic<double>>(0)),
      study_(new FuturesStudy(
          planning, {state.value().future_runs, state.value().future_seed},
          [share = share_](const state::Answer& answer, const FuturesQuestion& question,
                           const std::stop_token& stop) {
              const explain::SimulationRequest request{.runs = question.runs,
                                                       .seed = static_cast<std::uint64_t>(question.seed)};
              return drawFutures(answer, request, *share, stop);
          },
          quiet, this)),
      title_(widgets::label({}, "strong")),
      sentences_(widgets::label({}, "small")),
      runs_(field(session::least_future_runs, session::most_future_runs, 1000, tr("Futures of each plan"))),
      seed_(field(0, session::most_future_seed, 1, tr("Seed of the futures"))),
      progress_(widgets::label({}, "small")),
      cancel_(new QToolButton),
      chart_(new charts::FuturesChart),
      table_(new QWidget),
      cells_(new QGridLayout(table_)) {
    setObjectName(QStringLiteral("futuresPanel"));
    controlRow_ = controls();
    setHead(controlRow_);
    setContent(contentPage());
    watch(*study_);
    connectAll();
}

QWidget* FuturesPanel::controls() {
    runs_->setObjectName(QStringLiteral("futureRuns"));
    seed_->setObjectName(QStringLiteral("futureSeed"));
    auto* group = new QButtonGroup(this);
    dollars_ = choice(tr("Cost"), group);
    hours_ = choice(tr("Time"), group);
    dollars_->setObjectName(QStringLiteral("futuresDollars"));
    hours_->setObjectName(QStringLiteral("futuresHours"));
    dollars_->setChecked(true);
    progress_->setObjectName(QStringLiteral("futuresProgress"));
    cancel_->setObjectName(QStringLiteral("futuresCancel"));
    cancel_->setText(tr("Cancel"));
    cancel_->setProperty("role", "small");
    cancel_->setFocusPolicy(Qt::StrongFocus);
    auto* made = new QWidget;
    auto* row = new QHBoxLayout(made);
    row->setContentsMargins(widgets::grid, 0, widgets::grid, 0);
    row->setSpacing(widgets::grid);
    const auto named = [&](const QString& text, QWidget* field) {
        auto* name = widgets::label(text, "muted");
        name->setBuddy(field);
        row->addWidget(name);
        row->addWidget(field);
        row->addSpacing(widgets::grid);
    };
    named(tr("Futures"), runs_);
    named(tr("Seed"), seed_);
    row->addStretch();
    for (QWidget* each : std::initializer_list<QWidget*>{progress_, cancel_, dollars_, hours_})
        row->addWidget(each);
    return made;
}

QWidget* FuturesPanel::contentPage() {
    title_->setObjectName(QStringLiteral("futuresTitle"));
    sentences_->setObjectName(QStringLiteral("futuresSentences"));
    chart_->setObjectName(QStringLiteral("futuresChart"));
    table_->setObjectName(QStringLiteral("futuresTable"));
    for (auto* each : {title_, sentences_}) {
        each->setWordWrap(true);
        each->setContentsMargins(widgets::grid, 0, widgets::grid, 0);
        each->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    chart_->setMinimumWidth(0);
    cells_->setContentsMargins(widgets::grid, 0, widgets::grid, widgets::grid);
    cells_->setHorizontalSpacing(2 * widgets::grid);
    cells_->setVerticalSpacing(widgets::grid / 2);
    auto* content = new QWidget;
    auto* lines = new QVBoxLayout(content);
    lines->setSpacing(widgets::grid / 2);
    lines->addWidget(title_);
    lines->addWidget(sentences_);
    lines->addSpacing(widgets::grid / 2);
    sides_ = new QBoxLayout(QBoxLayout::TopToBottom);
    sides_->setSpacing(2 * widgets::grid);
    sides_->addWidget(chart_, 1);
    sides_->addWidget(table_, 0, Qt::AlignTop);
    lines->addLayout(sides_, 1);
    return widgets::scrolledColumn(content);
}

void FuturesPanel::connectAll() {
    progressTimer_.setInterval(progress_each);
    connect(&progressTimer_, &QTimer::timeout, this, &FuturesPanel::refreshProgress);
    connect(&planning_, &state::Planning::answerChanged, this, &FuturesPanel::refreshShown);
    connect(&state_, &state::ExplorationState::changed, this, &FuturesPanel::followState);
    connect(runs_, &QSpinBox::valueChanged, this, [this](int runs) {
        auto next = state_.value();
        next.future_runs = runs;
        state_.set(std::move(next), tr("number of futures"));
    });
    connect(seed_, &QSpinBox::valueChanged, this, [this](int seed) {
        auto next = state_.value();
        next.future_seed = seed;
        state_.set(std::move(next), tr("seed of the futures"));
    });
    connect(dollars_, &QToolButton::toggled, this, [this] {
        shown_ = nullptr;
        refreshShown();
    });
    connect(cancel_, &QToolButton::clicked, this, &FuturesPanel::stop);
    followState();
}

void FuturesPanel::followState() {
    const auto& exploration = state_.value();
    study_->setQuestion({exploration.future_runs, exploration.future_seed});
    const QSignalBlocker runs(runs_);
    const QSignalBlocker seed(seed_);
    runs_->setValue(exploration.future_runs);
    seed_->setValue(exploration.future_seed);
    refreshShown();
}

void FuturesPanel::setColours(const theme::Palette& palette) {
    chart_->setColours(palette);
}

void FuturesPanel::hideEvent(QHideEvent* event) {
    progressTimer_.stop();
    Page::hideEvent(event);
}

void FuturesPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool wide = width() >= chart_beside_table;
    sides_->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    chart_->setMinimumWidth(wide ? chart_width : 0);
}

void FuturesPanel::stop() {
    study_->stop();
    refresh();
}

void FuturesPanel::again() {
    study_->again();
    refresh();
}

void FuturesPanel::assumeRate() {
    auto next = state_.value();
    next.risk = state::usualRisk();
    state_.set(std::move(next), tr("revocation rate"));
}

void FuturesPanel::refresh() {
    const auto& decision = planning_.decision();
    controlRow_->setVisible(decision && !decision->ranked.empty());
    if (!decision) {
        showEmpty(planning_.error()
                      ? wording::noAnswer(planning_.error(), !state_.value().architectures.empty())
                      : tr("Planning ..."));
    } else if (decision->ranked.empty()) {
        showEmpty(wording::nothingFits(*decision), decision->cheapest);
    } else if (study_->stopped()) {
        showEmpty(tr("Cancelled."), tr("Simulate again"), [this] { again(); });
    } else if (study_->value() != nullptr) {
        showFinding();
    } else if (const auto* error = study_->error()) {
        showEmpty(wording::sentence(QString::fromStdString(error->message)) + QLatin1Char('.'),
                  tr("Simulate again"), [this] { again(); });
    } else {
        showEmpty(tr("Simulating ..."));
    }
    refreshProgress();
    if (study_->busy())
        progressTimer_.start();
    else
        progressTimer_.stop();
}

void FuturesPanel::refreshProgress() {
    const bool busy = study_->busy() && !study_->stopped();
    const double share = *share_;
    // What is done at once needs no progress; the widgets would only flicker.
    const bool worth_it = busy && share > 0 && share < 1;
    progress_->setVisible(worth_it);
    cancel_->setVisible(worth_it);
    if (worth_it) progress_->setText(tr("%1 %").arg(static_cast<int>(100 * share)));
    if (!study_->busy()) progressTimer_.stop();
}

void FuturesPanel::showFinding() {
    const auto& plans = **study_->value();
    if (const auto unknown = words::nothing_simulated(plans); !unknown.empty()) {
        controlRow_->hide();
        const auto& job = plans.front().plan.job;
        if (!job.fault_free_hours || job.revocations_per_hour) return showEmpty(wording::said(unknown));
        return showEmpty(wording::said(unknown), state::planWithUsualRisk(), [this] { assumeRate(); });
    }
    showContent();
    if (study_->finding() == shown_) return;
    shown_ = study_->finding();
    showFutures();
    showTable();
}

void FuturesPanel::showFutures() {
    const auto& futures = *shown_->value;
    const auto count = static_cast<int>(futures->size());
    const int seed = shown_->question.seed;
    const QString runs = wording::whole(shown_->question.runs);
    const QString budget = wording::moneyPerHour(shown_->answer.decision->budget);
    title_->setText(
        count == 1
            ? tr("%1 futures of the only plan at %2, seed %3").arg(runs, budget).arg(seed)
            : tr("%1 futures of each of %2 plans at %3, seed %4").arg(runs).arg(count).arg(budget).arg(seed));
    sentences_->setText(widgets::unbroken(wording::joined(
        {wording::said(words::what_is_drawn(*futures)), wording::said(words::cheaper(*futures))})));
    chart_->setFutures(futures,
                       dollars_->isChecked() ? charts::FutureFigure::dollars : charts::FutureFigure::hours);
}

void FuturesPanel::showTable() {
    while (auto* item = cells_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto& plans = **shown_->value;
    const auto deadline = shown_->answer.scene->problem->request.job.deadline_hours;
    const auto table = words::futures(plans, dollars_->isChecked(), deadline, wording::in_print);
    const auto count = static_cast<int>(plans.size());
    const auto put = [this](int row, int column, const QString& text, const char* role) {
        auto* cell = widgets::label(text, role);
        if (column > 0) cell->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        cells_->addWidget(cell, row, column);
    };
    for (int plan = 0; plan < count; ++plan)
        put(0, plan + 1, tr("Plan %1").arg(plan + 1), "smallStrong");
    int row = 1;
    for (const auto& line : table) {
        put(row, 0, wording::said(line.name), "small");
        for (int plan = 0; plan < count; ++plan)
            put(row, plan + 1, wording::said(line.values[static_cast<std::size_t>(plan)]), "smallText");
        ++row;
    }
}

}  // namespace deepvm::ui::pages
