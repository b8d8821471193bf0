// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/window_body.h"

#include <QHBoxLayout>
#include <QResizeEvent>

namespace deepvm::ui::window {
namespace {

constexpr int least_page = 440;  // pixels of the design

}  // namespace

WindowBody::WindowBody(SideColumn* controls, PageStack* pages, SideColumn* plans, QWidget* parent)
    : QWidget(parent), controls_(controls), pages_(pages), plans_(plans) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(controls_);
    row->addWidget(pages_, 1);
    row->addWidget(plans_);
    connect(controls_, &SideColumn::asked, this, [this] { toggle(Side::left); });
    connect(plans_, &SideColumn::asked, this, [this] { toggle(Side::right); });
    connect(pages_, &PageStack::pageChanged, this, [this] {
        asked_ = false;
        arrange();
    });
    arrange();
}

void WindowBody::restore(const state::WindowLayout& layout) {
    wanted_[0] = !layout.controlsFolded;
    wanted_[1] = !layout.plansFolded;
    arrange();
}

void WindowBody::store(state::WindowLayout& layout) const {
    layout.controlsFolded = !wanted_[0];
    layout.plansFolded = !wanted_[1];
}

void WindowBody::toggle(Side side) {
    const bool open = column(side).folded();
    wanted_[static_cast<std::size_t>(side)] = open;
    asked_ = open;
    if (open) last_ = side;
    arrange();
}

bool WindowBody::reveal(const QWidget& part) {
    for (const auto side : {Side::left, Side::right}) {
        if (!column(side).isAncestorOf(&part)) continue;
        if (pages_->hasSides() && column(side).folded()) toggle(side);
        return pages_->hasSides();
    }
    if (pages_->isAncestorOf(&part) && pages_->isHidden()) {
        asked_ = false;  // a column had taken the page's place
        arrange();
    }
    return true;
}

void WindowBody::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    asked_ = asked_ && event->size().width() == event->oldSize().width();
    arrange();
}

void WindowBody::arrange() {
    const bool sides = pages_->hasSides();
    controls_->setVisible(sides);
    plans_->setVisible(sides);
    bool left = wanted_[0];
    bool right = wanted_[1];
    const int room = width() - theme::scaled(least_page);
    const auto needed = [&] {
        return (left ? controls_->openWidth() : controls_->stripWidth()) +
               (right ? plans_->openWidth() : plans_->stripWidth());
    };
    if (left && right && needed() > room) (last_ == Side::left ? right : left) = false;
    const bool tight = (left || right) && needed() > room;
    if (tight && !asked_) left = right = false;
    controls_->setFolded(!left);
    plans_->setFolded(!right);
    pages_->setVisible(!sides || !(tight && asked_));
}

}  // namespace deepvm::ui::window
