// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/replay_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "catalog/catalog.h"
#include "catalog/locations.h"
#include "charts/replay_chart.h"
#include "charts/replay_text.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::learn {
namespace {

using validation::Rules;

constexpr int room_for_both = 720;  // chart and errors beside each other
constexpr auto paper_market = "deepvm-paper";

QToolButton* rulesButton(const QString& name, Rules rules, QButtonGroup* group) {
    auto* made = new QToolButton;
    made->setObjectName(name);
    made->setText(charts::rulesName(rules));
    made->setCheckable(true);
    made->setProperty("role", "small");
    made->setFocusPolicy(Qt::StrongFocus);
    group->addButton(made);
    return made;
}

QLabel* paragraph(const QString& name, const char* role) {
    auto* made = widgets::label({}, role);
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

}  // namespace

ReplayPanel::ReplayPanel(state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      planning_(planning),
      empty_(new widgets::EmptyPage(QStringLiteral("replayMessage"), QStringLiteral("replayGoTo"))),
      stack_(new QStackedLayout(this)),
      figures_(new widgets::SelectBox),
      chart_(new charts::ReplayChart),
      errors_(paragraph(QStringLiteral("replayErrors"), "smallText")),
      rule_(paragraph(QStringLiteral("replayRules"), "strong")),
      differs_(paragraph(QStringLiteral("replayDiffers"), "body")),
      source_(paragraph(QStringLiteral("replaySource"), "small")),
      job_(planning.studyWorker(), planning.home(),
           [this](const jobs::Outcome<Replays>& outcome) { report(outcome); }) {
    setObjectName(QStringLiteral("replayPanel"));
    figures_->setObjectName(QStringLiteral("replayFigure"));
    figures_->setAccessibleName(tr("Figure"));
    chart_->setObjectName(QStringLiteral("replayChart"));
    auto* group = new QButtonGroup(this);
    published_ = rulesButton(QStringLiteral("replayPublished"), Rules::published, group);
    corrected_ = rulesButton(QStringLiteral("replayCorrected"), Rules::corrected, group);
    published_->setChecked(true);
    stack_->addWidget(empty_);
    stack_->addWidget(content());
    empty_->say(tr("Working the figures out ..."));
    connect(figures_, &QComboBox::activated, this, &ReplayPanel::choose);
    connect(published_, &QToolButton::clicked, this, [this] { setRules(Rules::published); });
    connect(corrected_, &QToolButton::clicked, this, [this] { setRules(Rules::corrected); });
}

QWidget* ReplayPanel::controlRow() {
    auto* row = new QWidget;
    auto* items = new QHBoxLayout(row);
    items->setContentsMargins(0, 0, 0, 0);
    items->setSpacing(widgets::grid);
    items->addWidget(figures_, 1);
    items->addWidget(published_);
    items->addWidget(corrected_);
    return row;
}

QWidget* ReplayPanel::content() {
    auto* all = new QWidget;
    auto* column = new QVBoxLayout(all);
    column->setSpacing(widgets::grid);
    column->addWidget(controlRow());
    sides_ = new QBoxLayout(QBoxLayout::TopToBottom);
    sides_->setSpacing(2 * widgets::grid);
    sides_->addWidget(chart_, 3);
    errors_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    sides_->addWidget(errors_, 2);
    column->addLayout(sides_, 1);
    for (auto* each : {rule_, differs_, source_})
        column->addWidget(each);
    return widgets::scrolledColumn(all);
}

// The catalog that the person chose need not have the paper's data set; the shipped one does.
base::Result<ReplayPanel::Replays> ReplayPanel::work(const state::CatalogFiles& files,
                                                     const std::stop_token& stop) {
    auto catalog = catalog::Catalog::open(files.shipped.empty() ? files.chosen : files.shipped);
    if (!catalog) return tl::unexpected(std::move(catalog.error()));
    const auto paper = catalog->load({paper_market, {}}, stop);
    if (!paper) return tl::unexpected(paper.error());
    const auto folder = catalog::default_validation_folder();
    if (!folder) return tl::unexpected(folder.error());
    return validation::replays(*paper, *folder, stop);
}

void ReplayPanel::ask() {
    asked_ = true;
    empty_->say(tr("Working the figures out ..."));
    job_.request([files = planning_.files()](const std::stop_token& stop) { return work(files, stop); });
}

void ReplayPanel::report(const jobs::Outcome<Replays>& outcome) {
    if (outcome.ending == jobs::Ending::superseded || outcome.ending == jobs::Ending::cancelled) return;
    if (!outcome.value)
        return empty_->say(
            wording::sentence(QString::fromStdString(outcome.error.message)) + QLatin1Char('.'),
            tr("Try again"), [this] { ask(); });
    all_ = *outcome.value;
    figures_->clear();
    for (const auto& replay : all_)
        figures_->addItem(QString::fromStdString(replay.title));
    chosen_ = std::clamp(chosen_, 0, std::max(0, static_cast<int>(all_.size()) - 1));
    refresh();
    stack_->setCurrentIndex(1);
    emit loaded();
}

void ReplayPanel::choose(int figure) {
    if (figure < 0 || (!all_.empty() && figure >= static_cast<int>(all_.size()))) return;
    chosen_ = figure;
    refresh();
    emit changed();
}

void ReplayPanel::setRules(Rules rules) {
    if (rules == rules_) return;
    rules_ = rules;
    refresh();
    emit changed();
}

void ReplayPanel::refresh() {
    (rules_ == Rules::published ? published_ : corrected_)->setChecked(true);
    if (all_.empty()) return;
    figures_->setCurrentIndex(chosen_);
    const auto& replay = all_[static_cast<std::size_t>(chosen_)];
    chart_->setRules(rules_);
    chart_->setReplay(std::make_shared<const validation::Replay>(replay));
    chart_->setVisible(replay.missing.empty());
    QStringList lines;
    for (std::size_t i = 0; i < replay.points.size(); ++i)
        lines << charts::errorLine(replay, i, rules_);
    errors_->setText(widgets::unbroken(
        replay.missing.empty()
            ? lines.join(QLatin1Char('\n'))
            : tr("This figure's points are not there: %1.").arg(wording::said(replay.missing))));
    rule_->setText(widgets::unbroken(tr("%1: %2.").arg(
        charts::rulesName(rules_),
        wording::said(rules_ == Rules::published ? replay.published_rules : replay.corrected_rules))));
    differs_->setText(widgets::unbroken(wording::said(replay.differs)));
    source_->setText(wording::said(replay.source) + QLatin1Char('.'));
}

void ReplayPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!asked_) ask();
}

void ReplayPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    sides_->setDirection(width() >= room_for_both ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

}  // namespace deepvm::ui::learn
