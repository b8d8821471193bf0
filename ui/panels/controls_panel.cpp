// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/controls_panel.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

#include "panels/advanced_control.h"
#include "panels/job_control.h"
#include "panels/nodes_control.h"
#include "panels/quota_control.h"
#include "panels/risk_control.h"
#include "widgets/pieces.h"
#include "wording/architecture_colours.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::panels {

ControlsPanel::ControlsPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      objective_(new widgets::SelectBox),
      objectiveNote_(widgets::label({}, "small")),
      observed_(new QCheckBox(tr("Observed spot prices only"))),
      workload_(new widgets::SelectBox),
      workloadNote_(widgets::label({}, "small")),
      preset_(new widgets::SelectBox),
      presetBlock_(presetBlock()) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    addToggles(*column);
    addSelects(*column);
    column->addWidget(presetBlock_);
    column->addSpacing(8);
    column->addWidget(widgets::capsLabel(tr("Job")));
    column->addWidget(new JobControl(state, planning));
    column->addSpacing(8);
    column->addWidget(widgets::capsLabel(tr("Limits")));
    column->addWidget(new NodesControl(state, planning));
    column->addWidget(new QuotaControl(state, planning));
    observed_->setObjectName(QStringLiteral("observedOnly"));
    observed_->setToolTip(tr("Leaves out spot prices that are estimates from average savings over a month"));
    connect(observed_, &QCheckBox::toggled, this, [this](bool on) {
        auto next = state_.value();
        next.observed_prices_only = on;
        state_.set(std::move(next), tr("observed prices"));
    });
    column->addWidget(observed_);
    column->addSpacing(8);
    column->addWidget(widgets::capsLabel(tr("Risk")));
    column->addWidget(new RiskControl(state, planning));
    column->addSpacing(8);
    column->addWidget(new AdvancedControl(state, planning));
    column->addStretch();
    connect(&state_, &state::ExplorationState::changed, this, &ControlsPanel::refresh);
    connect(&planning_, &state::Planning::sceneChanged, this, &ControlsPanel::refreshScene);
    refresh();
}

void ControlsPanel::addToggles(QVBoxLayout& column) {
    column.addWidget(widgets::capsLabel(tr("Architectures")));
    auto* box = new QWidget;
    box->setObjectName(QStringLiteral("architectures"));
    auto* toggles = new QVBoxLayout(box);  // six of them leave room for the objective in a small window
    toggles->setContentsMargins(0, 0, 0, 0);
    toggles->setSpacing(2);
    column.addWidget(box);
    for (const auto architecture : session::shown_architectures) {
        auto* toggle =
            new widgets::ToggleSwitch(wording::role(architecture), wording::architectureName(architecture),
                                      wording::architectureDescription(architecture));
        const auto id = problem::name(architecture);
        toggle->setObjectName(QStringLiteral("toggle-") +
                              QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())));
        connect(toggle, &QCheckBox::toggled, this, [this, architecture](bool on) {
            auto next = state_.value();
            next.enable(architecture, on);
            state_.set(std::move(next), wording::architectureName(architecture));
        });
        toggles->addWidget(toggle);
        toggles_[architecture] = toggle;
    }
}

void ControlsPanel::addSelects(QVBoxLayout& column) {
    column.addSpacing(8);
    column.addWidget(widgets::capsLabel(tr("Objective")));
    objective_->setObjectName(QStringLiteral("objectiveBox"));
    objective_->setAccessibleName(tr("Objective"));
    for (const auto objective : {problem::Objective::deepvm, problem::Objective::throughput,
                                 problem::Objective::job_cost, problem::Objective::job_time})
        objective_->addItem(wording::objectiveName(objective), static_cast<int>(objective));
    connect(objective_, &QComboBox::activated, this, [this] {
        auto next = state_.value();
        next.objective = static_cast<problem::Objective>(objective_->currentData().toInt());
        state_.set(std::move(next), tr("objective"));
    });
    column.addWidget(objective_);
    objectiveNote_->setObjectName(QStringLiteral("objectiveNote"));
    objectiveNote_->setText(tr("ignores revocations"));
    objectiveNote_->setToolTip(tr(
        "This objective counts what spot machines cost and do, not that they are taken back; the objectives "
        "of a job do"));
    column.addWidget(objectiveNote_);

    column.addSpacing(8);
    column.addWidget(widgets::capsLabel(tr("Workload")));
    workload_->setObjectName(QStringLiteral("workloadBox"));
    workload_->setAccessibleName(tr("Workload"));
    connect(workload_, &QComboBox::activated, this, [this] {
        auto next = state_.value();
        next.workload = workload_->currentData().toString().toStdString();
        state_.set(std::move(next), tr("workload"));
    });
    column.addWidget(workload_);
    workloadNote_->setObjectName(QStringLiteral("workloadNote"));
    workloadNote_->setWordWrap(true);
    column.addWidget(workloadNote_);
}

QWidget* ControlsPanel::presetBlock() {
    preset_->setObjectName(QStringLiteral("presetBox"));
    preset_->setAccessibleName(tr("Planner's rules"));
    preset_->addItem(tr("As published"), static_cast<int>(problem::Preset::published));
    preset_->addItem(tr("Corrected"), static_cast<int>(problem::Preset::corrected));
    preset_->setToolTip(tr(
        "<p><b>As published</b> gives the answers of the paper's planner to the digit: it stays one machine "
        "below every bound, does not count the anchor, and has one remote node hold one fixed "
        "checkpoint.</p>"
        "<p><b>Corrected</b> uses every bound in full, counts the anchor, and rents remote nodes for two "
        "checkpoints of the workload.</p>"));
    connect(preset_, &QComboBox::activated, this, [this] {
        auto next = state_.value();
        next.preset = static_cast<problem::Preset>(preset_->currentData().toInt());
        state_.set(std::move(next), tr("rules"));
    });
    auto* block = new QWidget;
    auto* column = new QVBoxLayout(block);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addWidget(widgets::capsLabel(tr("Rules")));
    column->addWidget(preset_);
    block->hide();
    return block;
}

void ControlsPanel::refresh() {
    const auto& exploration = state_.value();
    for (const auto& [architecture, toggle] : toggles_) {
        const QSignalBlocker quiet(toggle);
        toggle->setChecked(exploration.has(architecture));
        toggle->update();
    }
    objective_->select(static_cast<int>(exploration.objective));
    objectiveNote_->setVisible(!problem::is_of_job(exploration.objective));
    const QSignalBlocker still(observed_);
    observed_->setChecked(exploration.observed_prices_only);
    workload_->select(QString::fromStdString(exploration.workload));
}

void ControlsPanel::refreshScene() {
    const auto& scene = planning_.scene();
    if (!scene) return;
    refreshWorkloads(*scene->market);
    const auto& request = scene->problem->request;
    preset_->select(static_cast<int>(request.preset));
    workload_->select(QString::fromStdString(request.workload));
    presetBlock_->setVisible(scene->market->kind == model::MarketKind::published);
    observed_->setVisible(scene->market->kind == model::MarketKind::provider);
    // The published rates were measured on one job, and the published rules have a checkpoint of their own.
    const bool published = request.preset == problem::Preset::published;
    workload_->setEnabled(!published);
    workload_->setToolTip(
        published ? tr("The published rules and rates are those of one job: no workload to choose")
                  : QString());
    if (published)
        workloadNote_->setText(tr("as published: checkpoint %1 MB")
                                   .arg(wording::decimal(100 * request.checkpoint_size_100mb, 0)));
    else if (const auto* workload = problem::find_workload(*scene->market, request))
        workloadNote_->setText(tr("%1 M parameters · checkpoint %2 GiB")
                                   .arg(wording::decimal(static_cast<double>(workload->parameters) / 1e6, 1),
                                        wording::decimal(model::checkpoint_gib(*workload), 2)));
}

// Those of the person's own come first.
void ControlsPanel::refreshWorkloads(const model::Market& market) {
    auto workloads = state_.value().own_workloads;
    workloads.insert(workloads.end(), market.workloads.begin(), market.workloads.end());
    const auto shown = [this](int index, const model::WorkloadProfile& workload) {
        return workload_->itemText(index) == QString::fromStdString(workload.display_name) &&
               workload_->itemData(index).toString() == QString::fromStdString(workload.name);
    };
    bool same = workload_->count() == static_cast<int>(workloads.size());
    for (int i = 0; same && i < workload_->count(); ++i)
        same = shown(i, workloads[static_cast<std::size_t>(i)]);
    if (same) return;
    const QSignalBlocker quiet(workload_);
    workload_->clear();
    for (const auto& workload : workloads)
        workload_->addItem(QString::fromStdString(workload.display_name),
                           QString::fromStdString(workload.name));
}

}  // namespace deepvm::ui::panels
