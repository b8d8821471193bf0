// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/job_control.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::panels {
namespace {

constexpr int field_width = 88;

/// "Deadline [ none ] h": a name, and what is to be set at the right edge.
QHBoxLayout* row(const QString& name, std::initializer_list<QWidget*> parts) {
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    auto* text = widgets::label(name, "strong");
    text->setBuddy(*parts.begin());
    line->addWidget(text, 1);
    for (auto* part : parts)
        line->addWidget(part);
    return line;
}

/// All units start in the same column.
QLabel* unitLabel(const QString& text) {
    auto* made = widgets::label(text, "muted");
    theme::setDesignSize(*made, {16, 0});
    return made;
}

std::optional<double> inUnit(const problem::Job& job, problem::JobUnit unit,
                             const model::WorkloadProfile& workload) {
    if (!job.amount) return std::nullopt;
    const auto samples_of = [&](problem::JobUnit of) {
        if (of == problem::JobUnit::epochs) return static_cast<double>(workload.samples_per_epoch);
        return of == problem::JobUnit::flop ? 1 / workload.flop_per_sample : 1.0;
    };
    return *job.amount * samples_of(job.unit) / samples_of(unit);
}

}  // namespace

JobControl::JobControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      amount_(new widgets::NumberField(
          tr("Amount of the job"),
          {session::least_job_amount, session::most_job_amount, {}, tr("workload's"), false})),
      unit_(new widgets::SelectBox),
      deadline_(new widgets::NumberField(
          tr("Deadline in hours"), {session::least_deadline_hours, session::most_deadline_hours, tr("hours"),
                                    tr("none"), false, true})),
      confidence_(new widgets::NumberField(
          tr("Needed probability in percent"),
          {session::least_deadline_percent, session::most_deadline_percent, QStringLiteral("%"), {}, false})),
      note_(widgets::label({}, "small")),
      problem_(widgets::label({}, "error")) {
    setObjectName(QStringLiteral("jobControl"));
    amount_->setObjectName(QStringLiteral("jobAmount"));
    unit_->setObjectName(QStringLiteral("jobUnit"));
    unit_->setAccessibleName(tr("Unit of the amount"));
    unit_->setMinimumContentsLength(6);
    deadline_->setObjectName(QStringLiteral("deadlineField"));
    confidence_->setObjectName(QStringLiteral("confidenceField"));
    note_->setObjectName(QStringLiteral("jobNote"));
    problem_->setObjectName(QStringLiteral("jobProblem"));
    for (const auto unit : {problem::JobUnit::epochs, problem::JobUnit::samples, problem::JobUnit::flop})
        unit_->addItem(wording::unitName(unit), static_cast<int>(unit));
    theme::setDesignSize(*amount_, {112, 34});  // as high as the box beside it
    for (auto* field : {deadline_, confidence_})
        theme::setDesignSize(*field, {field_width, 0});
    for (auto* text : {note_, problem_})
        text->setWordWrap(true);
    problem_->hide();

    auto* amount = new QHBoxLayout;
    amount->setSpacing(8);
    amount->addWidget(amount_);
    amount->addWidget(unit_, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addLayout(amount);
    all->addLayout(row(tr("Deadline"), {deadline_, unitLabel(tr("h"))}));
    all->addLayout(row(tr("Kept with at least"), {confidence_, unitLabel(QStringLiteral("%"))}));
    all->addWidget(problem_);
    all->addWidget(note_);

    connect(amount_, &widgets::NumberField::entered, this, [this](std::optional<double> value) {
        change([](problem::Job& job, std::optional<double> to) { job.amount = to; }, value,
               tr("amount of the job"));
    });
    connect(deadline_, &widgets::NumberField::entered, this, [this](std::optional<double> value) {
        change([](problem::Job& job, std::optional<double> to) { job.deadline_hours = to; }, value,
               tr("deadline"));
    });
    connect(confidence_, &widgets::NumberField::entered, this, [this](std::optional<double> value) {
        change([](problem::Job& job, std::optional<double> to) { job.confidence = *to / 100; }, value,
               tr("probability"));
    });
    connect(unit_, &QComboBox::activated, this, &JobControl::chooseUnit);
    for (auto* field : {amount_, deadline_, confidence_})
        connect(field, &widgets::NumberField::problem, this, [this](const QString& message) {
            problem_->setText(message);
            problem_->setVisible(!message.isEmpty());
        });
    connect(&state_, &state::ExplorationState::changed, this, &JobControl::refresh);
    connect(&planning_, &state::Planning::sceneChanged, this, &JobControl::refresh);
    refresh();
}

void JobControl::change(void (*assign)(problem::Job&, std::optional<double>), std::optional<double> value,
                        const QString& step) {
    auto next = state_.value();
    assign(next.job, value);
    state_.set(std::move(next), step);
}

// Another unit is another way to say the same job.
void JobControl::chooseUnit() {
    auto next = state_.value();
    const auto unit = static_cast<problem::JobUnit>(unit_->currentData().toInt());
    if (planning_.scene())
        next.job.amount = inUnit(next.job, unit, problem::workload_of(*planning_.scene()->problem));
    next.job.unit = unit;
    state_.set(std::move(next), tr("unit of the job"));
}

void JobControl::refresh() {
    const auto& job = state_.value().job;
    unit_->select(static_cast<int>(job.unit));
    amount_->setNumber(job.amount);
    deadline_->setNumber(job.deadline_hours);
    confidence_->setNumber(job.confidence * 100);
    if (const auto& scene = planning_.scene()) {
        problem::Job own;
        own.unit = job.unit;
        own.amount = problem::workload_of(*scene->problem).epochs;
        if (const auto amount = inUnit({problem::JobUnit::epochs, own.amount, {}, 0.95}, job.unit,
                                       problem::workload_of(*scene->problem)))
            amount_->setPlaceholderText(QString::number(*amount, 'g', 4));
    }
    refreshUse();
}

void JobControl::refreshUse() {
    const auto& exploration = state_.value();
    const auto& scene = planning_.scene();
    const bool of_job = problem::is_of_job(exploration.objective);
    const bool published = scene && scene->market->kind == model::MarketKind::published;
    confidence_->setUsable(of_job && exploration.job.deadline_hours,
                           of_job ? tr("Without a deadline there is nothing to keep")
                                  : tr("Only the objectives job cost and job time keep the deadline"));
    QStringList notes;
    if (scene)
        notes << tr("= %1").arg(wording::said(words::job_size(
            scene->problem->request, problem::workload_of(*scene->problem), wording::in_print)));
    if (published)
        notes << tr("The data set's rates have a unit of their own: no hours follow from them.");
    else if (!of_job)
        notes << tr("Shown on the plans; decides with a job objective.");
    note_->setText(notes.join(QLatin1Char('\n')));
}

}  // namespace deepvm::ui::panels
