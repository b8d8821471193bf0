// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/scaling_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

constexpr int side_width = 240;
constexpr int side_beside_chart = 480;  // width of the page from which there is room for both
constexpr int lower_chart = 192;        // height of the chart above the words
constexpr int most_drawn_nodes = 64;

QString lawWords(const problem::Worker& worker, const std::optional<model::ScalingFit>& fit) {
    switch (worker.scaling_basis) {
        case problem::ScalingBasis::measured:
            if (!fit) break;
            return ScalingPanel::tr(
                       "Measured: one node takes %1 s for an epoch, %2 s of it would be spent on "
                       "the exchange of gradients and %3 s more for each doubling of the nodes. "
                       "Mean error %4 %.")
                .arg(wording::decimal(fit->law.epoch_seconds, 1),
                     wording::decimal(fit->law.transfer_seconds, 1),
                     wording::decimal(fit->law.latency_seconds, 1),
                     wording::decimal(fit->mean_error_percent, 1));
        case problem::ScalingBasis::published:
            return ScalingPanel::tr(
                "Published: the logistic speedup curve of the paper (DeepVM, 2024). It is "
                "relative to a line, not to one node.");
        case problem::ScalingBasis::assumed:
            break;
    }
    return ScalingPanel::tr(
        "Assumed: ring all-reduce over the network of the type, for the chosen workload. "
        "Load measured epoch times to replace it.");
}

}  // namespace

ScalingPanel::ScalingPanel(state::ExplorationState& state, state::Planning& planning,
                           state::ChosenRank& choice, QWidget* parent)
    : Page(QStringLiteral("scalingEmpty"), state, parent),
      planning_(planning),
      choice_(choice),
      chart_(new charts::ScalingChart),
      side_(new QWidget),
      words_(widgets::label({}, "small")),
      message_(widgets::label({}, "small")),
      points_(new QTableWidget(0, 4)),
      load_(new QPushButton(tr("Load measurements ..."))),
      forget_(new QPushButton(tr("Forget them"))) {
    chart_->setObjectName(QStringLiteral("scalingChart"));
    fillSide();
    auto* content = new QWidget;
    sides_ = new QBoxLayout(QBoxLayout::LeftToRight, content);
    sides_->setSpacing(widgets::gutter);
    sides_->addWidget(chart_, 1);
    sides_->addWidget(side_);
    auto* area = widgets::scrolledColumn(content);
    sides_->setContentsMargins(8, 4, widgets::scroll_gap, 0);
    setContent(area);
    connect(load_, &QPushButton::clicked, this, &ScalingPanel::chooseFile);
    connect(forget_, &QPushButton::clicked, this, &ScalingPanel::forget);
    connect(&planning_, &state::Planning::answerChanged, this, &ScalingPanel::refreshShown);
    connect(&choice_, &state::ChosenRank::changed, this, &ScalingPanel::refreshShown);
    connect(&state_, &state::ExplorationState::changed, this,
            [this] { forget_->setVisible(!state_.value().measured.empty()); });
}

void ScalingPanel::fillSide() {
    words_->setObjectName(QStringLiteral("scalingWords"));
    words_->setWordWrap(true);
    message_->setObjectName(QStringLiteral("scalingMessage"));
    message_->setWordWrap(true);
    points_->setObjectName(QStringLiteral("scalingPoints"));
    points_->setHorizontalHeaderLabels({tr("Nodes"), tr("Measured"), tr("Law"), tr("Off by")});
    points_->verticalHeader()->hide();
    theme::setDesignRows(*points_, 24);
    points_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    points_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    points_->setSelectionMode(QAbstractItemView::NoSelection);
    points_->setShowGrid(false);
    points_->setTabKeyNavigation(false);
    load_->setObjectName(QStringLiteral("scalingLoad"));
    load_->setToolTip(
        tr("A CSV file with the columns instance_type, nodes and epoch_seconds: one row for each "
           "cluster size that you have timed, one of them with one node"));
    forget_->setObjectName(QStringLiteral("scalingForget"));
    theme::setDesignSize(*side_, {side_width, 0});
    auto* column = new QVBoxLayout(side_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(words_);
    column->addWidget(points_, 1);
    column->addWidget(message_);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(load_, 1);
    buttons->addWidget(forget_);
    column->addStretch();
    column->addLayout(buttons);
}

void ScalingPanel::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    const bool beside = width() >= theme::scaled(side_beside_chart);
    if (beside == (sides_->direction() == QBoxLayout::LeftToRight)) return;
    sides_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    // Else it would have the height of its hint, and its axis lie below the fold.
    chart_->setMaximumHeight(beside ? QWIDGETSIZE_MAX : theme::scaled(lower_chart));
    theme::setDesignSize(*side_, {beside ? side_width : 0, 0});
    if (beside) return;
    side_->setMinimumWidth(0);
    side_->setMaximumWidth(QWIDGETSIZE_MAX);
}

void ScalingPanel::refresh() {
    forget_->setVisible(!state_.value().measured.empty());
    const auto& scene = planning_.scene();
    const auto& decision = planning_.decision();
    if (!scene || !decision)
        return showEmpty(planning_.error()
                             ? wording::noAnswer(planning_.error(), !state_.value().architectures.empty())
                             : tr("Planning ..."));
    if (decision->ranked.empty()) return showEmpty(wording::nothingFits(*decision), decision->cheapest);
    showContent();
    const auto& plan = decision->ranked[static_cast<std::size_t>(choice_.rankIn(*decision)) - 1];
    const auto* candidate = problem::candidate_of(*scene->problem, plan);
    if (candidate == nullptr) return;
    const auto& worker = scene->problem->workers[candidate->worker];
    std::optional<model::ScalingFit> fit;
    if (const auto own = state_.value().measured.find(plan.worker); own != state_.value().measured.end())
        fit = own->second;
    chart_->setTitle(tr("n × %1").arg(QString::fromStdString(plan.worker)));
    words_->setText(widgets::unbroken(lawWords(worker, fit)));
    chart_->setPicture(charts::scalingPicture(*scene->problem, worker, fit, most_drawn_nodes));
    showFit(fit);
}

void ScalingPanel::showFit(const std::optional<model::ScalingFit>& fit) {
    points_->setVisible(fit.has_value());
    points_->setRowCount(fit ? static_cast<int>(fit->points.size()) : 0);
    for (int row = 0; row < points_->rowCount(); ++row) {
        const auto& point = fit->points[static_cast<std::size_t>(row)];
        const QString cells[] = {QString::number(point.nodes),
                                 tr("%1 s").arg(wording::decimal(point.measured_seconds, 1)),
                                 tr("%1 s").arg(wording::decimal(point.fitted_seconds, 1)),
                                 tr("%1 %").arg(wording::decimal(point.residual_percent, 1))};
        for (int column = 0; column < 4; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            points_->setItem(row, column, item);
        }
    }
}

void ScalingPanel::chooseFile() {
    auto* dialog =
        new QFileDialog(this, tr("Measured epoch times"), {}, tr("CSV files (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ScalingPanel::load);
    dialog->open();
}

void ScalingPanel::load(const QString& file) {
    const auto times = model::read_epoch_times(file.toStdString());
    if (!times) {
        message_->setText(QString::fromStdString(times.error().message));
        return;
    }
    auto found = model::fit_by_type(*times);
    QStringList lines;
    for (const auto& refused : found.refused)
        lines << QString::fromStdString(refused.message);
    if (!found.fits.empty()) {
        auto next = state_.value();
        QStringList types;
        for (auto& fit : found.fits) {
            types << QString::fromStdString(fit.instance_type);
            next.measured[fit.instance_type] = std::move(fit);
        }
        lines.prepend(tr("Fitted: %1").arg(types.join(QStringLiteral(", "))));
        state_.set(std::move(next), tr("measurements"));
    }
    message_->setText(widgets::unbroken(lines.join(QLatin1Char('\n'))));
}

void ScalingPanel::forget() {
    auto next = state_.value();
    next.measured.clear();
    state_.set(std::move(next), tr("measurements"));
    message_->clear();
}

}  // namespace deepvm::ui::pages
