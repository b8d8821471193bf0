// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/why_blocks.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/pieces.h"
#include "wording/architecture_colours.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

constexpr int under_heading = 8;
constexpr int rival_line = 15;  // pixels of the design: one line of a name

QVBoxLayout* column(QWidget* of, int spacing) {
    auto* all = new QVBoxLayout(of);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(spacing);
    return all;
}

QLabel* wrapped(const char* role) {
    auto* made = widgets::label({}, role);
    made->setWordWrap(true);
    return made;
}

}  // namespace

LimitBlock::LimitBlock(QWidget* parent) : QWidget(parent), palette_(theme::palette(theme::Mode::light)) {
    auto* all = column(this, under_heading);
    all->addWidget(widgets::capsLabel(tr("What is left")));
    rows_ = new QVBoxLayout;
    rows_->setSpacing(6);
    all->addLayout(rows_);
    all->addStretch();
}

LimitBlock::Row& LimitBlock::row(std::size_t index) {
    while (made_.size() <= index) {
        const Row made{new QWidget, widgets::label({}, "smallText"), wrapped("small"), new widgets::ShareBar};
        const QString number = QString::number(made_.size() + 1);
        made.name->setObjectName(QStringLiteral("limitName") + number);
        made.left->setObjectName(QStringLiteral("limitLeft") + number);
        made.left->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto* words = new QHBoxLayout;
        words->setSpacing(12);
        words->addWidget(made.name, 0, Qt::AlignTop);
        words->addWidget(made.left, 1);
        auto* all = column(made.line, 3);
        all->addLayout(words);
        all->addWidget(made.bar);
        rows_->addWidget(made.line);
        theme::colour(*made.line, palette_);
        made_.push_back(made);
    }
    return made_[index];
}

void LimitBlock::show(const std::vector<words::Limit>& limits) {
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const auto& limit = limits[i];
        const Row& shown = row(i);
        shown.name->setText(wording::said(limit.name));
        shown.left->setText(widgets::unbroken(wording::said(limit.left)));
        widgets::restyle(*shown.left, "role", limit.binding ? "smallStrong" : "small");
        shown.bar->setVisible(limit.used.has_value());
        shown.bar->show(limit.used.value_or(0),
                        limit.binding ? &theme::Palette::accent : &theme::Palette::baseline);
        shown.line->setToolTip(wording::said(limit.tip));
        shown.line->show();
    }
    for (std::size_t i = limits.size(); i < made_.size(); ++i)
        made_[i].line->hide();
}

StepBlock::StepBlock(QWidget* parent) : QWidget(parent), shadow_(wrapped("small")) {
    auto* all = column(this, 16);
    for (int number = 1; number <= 2; ++number) {
        steps_.push_back(makeStep(number));
        all->addWidget(steps_.back().block);
    }
    shadow_->setObjectName(QStringLiteral("shadowPrice"));
    shadow_->setToolTip(
        tr("The price of the budget in the relaxed program, in which machines can be split. Whole machines "
           "do not come a dollar at a time: the step up is the exact answer."));
    all->addWidget(shadow_);
    all->addStretch();
}

StepBlock::Step StepBlock::makeStep(int number) {
    Step step{new QWidget,     widgets::capsLabel({}), widgets::label({}, "strong"),
              new QPushButton, wrapped("small"),       {}};
    const QString suffix = QString::number(number);
    step.effect->setObjectName(QStringLiteral("stepEffect") + suffix);
    step.how->setObjectName(QStringLiteral("stepHow") + suffix);
    step.go->setObjectName(QStringLiteral("stepGo") + suffix);
    step.go->setProperty("role", "compact");
    connect(step.go, &QPushButton::clicked, this,
            [this, index = static_cast<std::size_t>(number) - 1] { emit wanted(steps_[index].budget); });
    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(step.effect, 1);
    top->addWidget(step.go);
    auto* all = column(step.block, 4);
    all->addWidget(step.heading);
    all->addLayout(top);
    all->addWidget(step.how);
    return step;
}

void StepBlock::show(const std::vector<words::Step>& steps, const QString& shadowPrice) {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        Step& shown = steps_[i];
        shown.block->setVisible(i < steps.size());
        if (i >= steps.size()) continue;
        const auto& step = steps[i];
        shown.heading->setText(wording::said(step.heading).toUpper());
        shown.effect->setText(widgets::unbroken(wording::said(words::sentence(step.effect))));
        shown.effect->setVisible(!step.effect.empty());
        shown.how->setText(widgets::unbroken(wording::said(step.how)));
        shown.block->setToolTip(wording::said(words::sentence(step.cluster)));
        shown.go->setVisible(step.budget.has_value());
        if (!step.budget) continue;
        shown.budget = *step.budget;
        shown.go->setText(wording::goTo(*step.budget));
        shown.go->setToolTip(tr("Makes %1 the budget").arg(wording::moneyPerHour(*step.budget)));
    }
    shadow_->setText(widgets::unbroken(shadowPrice));
    shadow_->setVisible(!shadowPrice.isEmpty());
}

RivalBlock::RivalBlock(QWidget* parent)
    : QWidget(parent), heading_(widgets::capsLabel({})), palette_(theme::palette(theme::Mode::light)) {
    auto* all = column(this, under_heading);
    all->addWidget(heading_);
    grid_ = new QGridLayout;
    grid_->setHorizontalSpacing(12);
    grid_->setVerticalSpacing(8);
    grid_->setColumnMinimumWidth(1, 56);
    grid_->setColumnStretch(1, 1);
    grid_->setColumnStretch(3, 5);
    all->addLayout(grid_);
    all->addStretch();
}

RivalBlock::Row& RivalBlock::row(std::size_t index) {
    while (made_.size() <= index) {
        const int at = static_cast<int>(made_.size());
        const Row made{widgets::label({}, "smallText"),
                       new widgets::ShareBar,
                       widgets::label({}, "smallStrong"),
                       wrapped("smallText"),
                       wrapped("small"),
                       new QPushButton(tr("Switch on")),
                       {}};
        const QString number = QString::number(at + 1);
        made.name->setObjectName(QStringLiteral("rivalName") + number);
        made.percent->setObjectName(QStringLiteral("rivalPercent") + number);
        made.percent->setAlignment(Qt::AlignRight);
        made.cluster->setObjectName(QStringLiteral("rivalCluster") + number);
        made.gap->setObjectName(QStringLiteral("rivalGap") + number);
        made.on->setObjectName(QStringLiteral("rivalOn") + number);
        made.on->setProperty("role", "link");
        connect(made.on, &QPushButton::clicked, this,
                [this, index = made_.size()] { emit switchedOn(made_[index].architecture); });
        auto* words = new QVBoxLayout;
        words->setSpacing(1);
        words->addWidget(made.cluster);
        words->addWidget(made.gap);
        words->addWidget(made.on, 0, Qt::AlignLeft);
        words
            ->addStretch();  // a layout that is aligned gets no more height than its hint, whatever its width
        grid_->addWidget(made.name, at, 0, Qt::AlignTop);
        grid_->addWidget(made.bar, at, 1, Qt::AlignTop);
        grid_->addWidget(made.percent, at, 2, Qt::AlignTop);
        grid_->addLayout(words, at, 3);
        made.bar->setColours(palette_);
        theme::setDesignSize(*made.bar, {0, rival_line});
        made_.push_back(made);
    }
    return made_[index];
}

void RivalBlock::fill(const Row& row, const words::Rival& rival) {
    const auto say = [](QLabel* label, const std::string& text, const std::string& tip = {}) {
        label->setText(widgets::unbroken(wording::said(text)));
        label->setVisible(!text.empty());
        label->setToolTip(wording::said(tip));
    };
    say(row.name, rival.name, rival.tip);
    // What has no share stands where the cluster would.
    say(row.percent, rival.share ? rival.percent : std::string());
    say(row.cluster, rival.share ? rival.cluster : rival.percent);
    say(row.gap, rival.gap);
    row.on->setVisible(rival.off);
    row.on->setAccessibleName(tr("Switch on %1").arg(wording::said(rival.name)));
    widgets::restyle(*row.cluster, "role", rival.share ? "smallText" : "small");
    row.bar->setVisible(rival.share.has_value());
    row.bar->show(rival.share.value_or(0),
                  rival.architecture ? wording::role(*rival.architecture) : &theme::Palette::baseline);
}

void RivalBlock::show(const QString& heading, const std::vector<words::Rival>& rivals) {
    heading_->setText(heading.toUpper());
    heading_->setVisible(!heading.isEmpty());
    for (std::size_t i = 0; i < rivals.size(); ++i) {
        Row& shown = row(i);
        shown.architecture = rivals[i].architecture.value_or(problem::Architecture::tiering);
        fill(shown, rivals[i]);
    }
    for (std::size_t i = rivals.size(); i < made_.size(); ++i)
        for (QWidget* part :
             {static_cast<QWidget*>(made_[i].name), static_cast<QWidget*>(made_[i].bar),
              static_cast<QWidget*>(made_[i].percent), static_cast<QWidget*>(made_[i].cluster),
              static_cast<QWidget*>(made_[i].gap), static_cast<QWidget*>(made_[i].on)})
            part->hide();
}

}  // namespace deepvm::ui::pages
