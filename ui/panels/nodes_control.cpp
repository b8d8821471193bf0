// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/nodes_control.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "base/numbers.h"
#include "panels/scales.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"

namespace deepvm::ui::panels {

NodesControl::NodesControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      slider_(new widgets::LogSlider(nodesScale())),
      field_(new QLineEdit),
      note_(widgets::label({}, "small")) {
    slider_->setObjectName(QStringLiteral("nodesSlider"));
    slider_->setAccessibleName(tr("Nodes at most"));
    field_->setObjectName(QStringLiteral("nodesField"));
    field_->setAccessibleName(tr("Nodes at most"));
    field_->setAlignment(Qt::AlignRight);
    theme::setDesignSize(*field_, {64, 0});
    field_->setTextMargins(0, 0, -4, 0);  // its figures end where the boxes above do
    field_->setToolTip(tr("1 to %1; empty for what the market allows").arg(problem::largest_max_nodes));
    note_->setWordWrap(true);
    auto* top = new QHBoxLayout;
    top->addWidget(widgets::label(tr("Nodes at most"), "strong"));
    top->addStretch();
    top->addWidget(field_);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4);
    all->addLayout(top);
    all->addWidget(slider_);
    all->addWidget(note_);
    connect(slider_, &widgets::LogSlider::moved, this,
            [this](qint64 nodes) { set(static_cast<int>(nodes)); });
    connect(field_, &QLineEdit::editingFinished, this, &NodesControl::typed);
    connect(&state_, &state::ExplorationState::changed, this, &NodesControl::refresh);
    connect(&planning_, &state::Planning::sceneChanged, this, &NodesControl::refresh);
    refresh();
}

void NodesControl::set(std::optional<int> nodes) {
    auto next = state_.value();
    next.max_nodes = nodes;
    state_.set(std::move(next), tr("nodes at most"));
}

int NodesControl::allowed() const {
    int most = 0;
    if (planning_.scene())
        for (const auto& candidate : planning_.scene()->problem->candidates)
            most = std::max(most, candidate.max_nodes);
    return most > 0 ? most : problem::default_max_nodes;
}

void NodesControl::refresh() {
    const auto& chosen = state_.value().max_nodes;
    const int shown = chosen.value_or(allowed());
    slider_->setExact(shown);
    if (!field_->hasFocus() || !field_->isModified()) field_->setText(QString::number(shown));
    note_->setText(chosen ? tr("Clear the number for the market's own limit") : tr("As the market allows"));
    widgets::restyle(*note_, "role", "small");
}

void NodesControl::typed() {
    if (!field_->isModified()) return;
    field_->setModified(false);
    const std::string text = field_->text().trimmed().toStdString();
    if (text.empty()) {
        set(std::nullopt);
    } else if (const auto nodes =
                   base::parse_count(text, tr("Nodes").toStdString(), 1, problem::largest_max_nodes)) {
        set(static_cast<int>(*nodes));
    } else {
        field_->setText(QString::number(state_.value().max_nodes.value_or(allowed())));
        note_->setText(QString::fromStdString(nodes.error().message));
        widgets::restyle(*note_, "role", "error");
        return;
    }
    refresh();
}

}  // namespace deepvm::ui::panels
