// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/workload_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "base/numbers.h"
#include "model/throughput.h"
#include "model/workload_file.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "widgets/select_box.h"
#include "wording/format.h"

namespace deepvm::ui::pages {
namespace {

constexpr int profile_field_width = 128;
constexpr int widest_field = 260;  // pixels of the design: wider, a number is far from its name

struct Field {
    const char* name;
    const char* label;
    const char* tip;
};

constexpr Field fields[] = {
    {"parameters", QT_TRANSLATE_NOOP("WorkloadPanel", "Parameters"),
     QT_TRANSLATE_NOOP("WorkloadPanel", "Of the model; decide on communication, memory and checkpoints")},
    {"flop", QT_TRANSLATE_NOOP("WorkloadPanel", "FLOP a sample"),
     QT_TRANSLATE_NOOP("WorkloadPanel",
                       "Forward and backward pass; for transformers about 6 x parameters x "
                       "tokens")},
    {"batch", QT_TRANSLATE_NOOP("WorkloadPanel", "Batch size"),
     QT_TRANSLATE_NOOP("WorkloadPanel", "Samples of one step on one accelerator")},
    {"gradient", QT_TRANSLATE_NOOP("WorkloadPanel", "Gradient bytes"),
     QT_TRANSLATE_NOOP("WorkloadPanel", "A parameter, sent in every step: 2 or 4")},
    {"state", QT_TRANSLATE_NOOP("WorkloadPanel", "State bytes"),
     QT_TRANSLATE_NOOP("WorkloadPanel",
                       "A parameter: weights, gradients and optimizer in accelerator memory, 16 with Adam "
                       "in mixed precision")},
    {"checkpoint", QT_TRANSLATE_NOOP("WorkloadPanel", "Checkpoint bytes"),
     QT_TRANSLATE_NOOP("WorkloadPanel", "A parameter, in a checkpoint: 12 with Adam")},
    {"samples", QT_TRANSLATE_NOOP("WorkloadPanel", "Samples an epoch"),
     QT_TRANSLATE_NOOP("WorkloadPanel", "Size of the training set")},
    {"epochs", QT_TRANSLATE_NOOP("WorkloadPanel", "Epochs"),
     QT_TRANSLATE_NOOP("WorkloadPanel", "Of the whole job, unless the job says otherwise")},
};

std::string slug(const QString& name) {
    QString text;
    const QString small = name.toLower();
    for (const QChar letter : small)
        text += letter.isLetterOrNumber() ? letter : QLatin1Char('-');
    while (text.contains(QStringLiteral("--")))
        text.replace(QStringLiteral("--"), QStringLiteral("-"));
    return "own-" + text.toStdString();
}

}  // namespace

WorkloadPanel::WorkloadPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      name_(new QLineEdit),
      precision_(new widgets::SelectBox),
      follows_(widgets::label({}, "small")),
      message_(widgets::label({}, "small")),
      note_(widgets::label({}, "small")),
      save_(new QPushButton(tr("Save as mine"))),
      remove_(new QPushButton(tr("Remove"))) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(8, 8, 8, 0);
    all->setSpacing(widgets::grid);
    // In a low window the rows keep their height and scroll.
    auto* rows = new QWidget;
    auto* lines = new QVBoxLayout(rows);
    lines->setSpacing(widgets::grid);
    lines->addWidget(form());
    lines->addWidget(follows_);
    lines->addWidget(note_);
    lines->addStretch();
    all->addWidget(widgets::scrolledColumn(rows), 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(widgets::grid);
    row->addWidget(message_, 1);
    row->addWidget(remove_);
    row->addWidget(save_);
    all->addLayout(row);
    for (auto* text : {follows_, message_, note_})
        text->setWordWrap(true);
    follows_->setObjectName(QStringLiteral("workloadFollows"));
    message_->setObjectName(QStringLiteral("workloadMessage"));
    save_->setObjectName(QStringLiteral("workloadSave"));
    save_->setToolTip(
        tr("Keeps these figures under this name, beside those of the catalog, and plans for them"));
    remove_->setObjectName(QStringLiteral("workloadRemove"));
    connect(save_, &QPushButton::clicked, this, &WorkloadPanel::save);
    connect(remove_, &QPushButton::clicked, this, &WorkloadPanel::remove);
    connect(&planning_, &state::Planning::sceneChanged, this, &WorkloadPanel::refresh);
    connect(&state_, &state::ExplorationState::changed, this, &WorkloadPanel::refresh);
    refresh();
}

QWidget* WorkloadPanel::form() {
    auto* form = new QWidget;
    auto* cells = new QGridLayout(form);
    cells->setContentsMargins(0, 0, 0, 0);
    cells->setHorizontalSpacing(widgets::gutter);
    cells->setVerticalSpacing(widgets::grid);
    // What the fields do not take is left beside them.
    cells->setColumnStretch(1, 1000);
    cells->setColumnStretch(3, 1000);
    cells->setColumnStretch(4, 1);
    cells->setColumnMinimumWidth(1, profile_field_width);
    cells->setColumnMinimumWidth(3, profile_field_width);
    const auto add = [&](int cell, QWidget* field, const QString& text, const QString& tip) {
        auto* words = widgets::label(text, "small");
        words->setBuddy(field);
        field->setAccessibleName(text);
        field->setToolTip(tip);
        field->setMaximumWidth(theme::scaled(widest_field));
        cells->addWidget(words, cell / 2, cell % 2 * 2);
        cells->addWidget(field, cell / 2, cell % 2 * 2 + 1);
    };
    name_->setObjectName(QStringLiteral("workloadName"));
    name_->setMaxLength(60);
    connect(name_, &QLineEdit::textEdited, this, &WorkloadPanel::explain);
    add(0, name_, tr("Name"), tr("As the list of workloads shows it"));
    precision_->setObjectName(QStringLiteral("workloadPrecision"));
    precision_->addItem(tr("mixed (tensor)"), static_cast<int>(model::Precision::tensor));
    precision_->addItem(tr("32 bit (TF32 where there is any)"), static_cast<int>(model::Precision::fp32));
    precision_->addItem(tr("8 bit (FP8)"), static_cast<int>(model::Precision::fp8));
    connect(precision_, &QComboBox::activated, this, &WorkloadPanel::explain);
    add(1, precision_, tr("Precision"), tr("Which peak rate of an accelerator counts"));
    for (std::size_t i = 0; i < numbers; ++i) {
        fields_[i] = new QLineEdit;
        fields_[i]->setObjectName(QStringLiteral("workload-") + QLatin1String(fields[i].name));
        fields_[i]->setAlignment(Qt::AlignRight);
        connect(fields_[i], &QLineEdit::textEdited, this, &WorkloadPanel::explain);
        add(static_cast<int>(i) + 2, fields_[i], tr(fields[i].label), tr(fields[i].tip));
    }
    return form;
}

void WorkloadPanel::refresh() {
    const auto& scene = planning_.scene();
    setEnabled(scene != nullptr);
    if (!scene) return;
    const auto& workload = problem::workload_of(*scene->problem);
    const auto& own = state_.value().own_workloads;
    const bool mine =
        std::any_of(own.begin(), own.end(), [&](const auto& w) { return w.name == workload.name; });
    remove_->setVisible(mine);
    if (workload == shown_) return;
    showWorkload(workload);
}

void WorkloadPanel::showWorkload(const model::WorkloadProfile& workload) {
    shown_ = workload;
    name_->setText(QString::fromStdString(workload.display_name));
    name_->setCursorPosition(0);
    precision_->setCurrentIndex(precision_->findData(static_cast<int>(workload.precision)));
    const double values[numbers] = {static_cast<double>(workload.parameters),
                                    workload.flop_per_sample,
                                    static_cast<double>(workload.batch_per_accelerator),
                                    static_cast<double>(workload.gradient_bytes_per_parameter),
                                    static_cast<double>(workload.state_bytes_per_parameter),
                                    static_cast<double>(workload.checkpoint_bytes_per_parameter),
                                    static_cast<double>(workload.samples_per_epoch),
                                    static_cast<double>(workload.epochs)};
    for (std::size_t i = 0; i < numbers; ++i)
        fields_[i]->setText(values[i] < 1e15 && values[i] == std::floor(values[i]) && i != 1
                                ? wording::whole(values[i])
                                : QString::number(values[i], 'g', 6));
    note_->setText(QString::fromStdString(workload.note));
    explain();
}

base::Result<model::WorkloadProfile> WorkloadPanel::read() const {
    std::array<double, numbers> values{};
    for (std::size_t i = 0; i < numbers; ++i) {
        const auto value =
            base::parse_double(base::without_separators(fields_[i]->text().trimmed().toStdString()));
        if (!value || *value < 1 || *value > 1e30 ||
            (i != 1 && (*value > 1e15 || *value != std::floor(*value))))
            return base::fail(
                base::ErrorCode::invalid_input,
                tr("%1: \"%2\" is not a %3 of at least 1")
                    .arg(tr(fields[i].label), fields_[i]->text(), i == 1 ? tr("number") : tr("whole number"))
                    .toStdString());
        values[i] = *value;
    }
    // Counts that do not fit an int are refused by check_workload() as what they are cut to.
    const auto count = [](double value) { return static_cast<int>(std::min(value, 2e9)); };
    model::WorkloadProfile workload = shown_;
    workload.display_name = name_->text().trimmed().toStdString();
    workload.precision = static_cast<model::Precision>(precision_->currentData().toInt());
    workload.parameters = static_cast<std::int64_t>(values[0]);
    workload.flop_per_sample = values[1];
    workload.batch_per_accelerator = count(values[2]);
    workload.gradient_bytes_per_parameter = count(values[3]);
    workload.state_bytes_per_parameter = count(values[4]);
    workload.checkpoint_bytes_per_parameter = count(values[5]);
    workload.samples_per_epoch = static_cast<std::int64_t>(values[6]);
    workload.epochs = count(values[7]);
    if (auto checked = model::check_workload(workload); !checked) return tl::unexpected(checked.error());
    return workload;
}

// What follows from the fields as they are, or why nothing does.
void WorkloadPanel::explain() {
    const auto workload = read();
    save_->setEnabled(workload && *workload != shown_);
    if (!workload) {
        message_->setText(QString::fromStdString(workload.error().message));
        follows_->clear();
        return;
    }
    message_->clear();
    const double flop =
        workload->flop_per_sample * static_cast<double>(workload->samples_per_epoch) * workload->epochs;
    follows_->setText(widgets::unbroken(
        tr("The job comes to %1 FLOP. A checkpoint has %2 GiB, the training state %3 GiB "
           "on every node.")
            .arg(QString::number(flop, 'g', 3), wording::decimal(model::checkpoint_gib(*workload), 2),
                 wording::decimal(model::training_state_gib(*workload), 2))));
}

void WorkloadPanel::save() {
    auto workload = read();
    if (!workload) return;
    // Of other work nobody has measured the speed.
    const bool same =
        workload->parameters == shown_.parameters && workload->flop_per_sample == shown_.flop_per_sample;
    workload->measured_as = same ? model::training_load(shown_).workload : std::string();
    workload->name = slug(name_->text().trimmed());
    if (workload->note == shown_.note) workload->note.clear();
    auto next = state_.value();
    std::erase_if(next.own_workloads, [&](const auto& own) { return own.name == workload->name; });
    next.workload = workload->name;
    next.own_workloads.push_back(std::move(*workload));
    state_.set(std::move(next), tr("workload"));
}

void WorkloadPanel::remove() {
    auto next = state_.value();
    std::erase_if(next.own_workloads, [&](const auto& own) { return own.name == shown_.name; });
    next.workload = session::Exploration{}.workload;
    state_.set(std::move(next), tr("workload"));
}

}  // namespace deepvm::ui::pages
