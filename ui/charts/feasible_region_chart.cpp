// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/feasible_region_chart.h"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "charts/region_plot.h"

namespace deepvm::ui::charts {
namespace {

constexpr int gap = 16;  // between the title and what is beside it

bool movesBudget(int key) {
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

}  // namespace

struct FeasibleRegionChart::Private {
    explicit Private(FeasibleRegionChart* chart)
        : q(chart),
          title(new QLabel(chart)),
          aside(new QLabel(chart)),
          subtitle(new QLabel(chart)),
          view(new PlotView(chart)),
          plot(view) {}

    FeasibleRegionChart* q;
    QLabel* title;
    QLabel* aside;
    QLabel* subtitle;
    PlotView* view;
    RegionPlot plot;
    theme::Palette palette;
    base::Money from = base::Money::from_micro(10'000);
    base::Money to = base::Money::from_usd(1000);
    QString note;
    QString more;
    QString beside;
    bool dragging = false;
    double grip = 0;  // USD/h from the pointer to the line
    std::optional<RegionPlot::Hit> hovered;

    bool any() const { return plot.subject().candidate != nullptr; }

    // Both lines speak of the budget on show and of nothing else; the note says its own.
    void write() {
        QString heading;
        QStringList facts;
        if (any()) {
            heading = regionTitle(plot.subject(), plot.region());
            if (const QString cost = bestCost(plot.subject(), plot.region()); !cost.isEmpty()) facts << cost;
            if (!note.isEmpty()) facts << note;
        }
        const auto margins = q->layout()->contentsMargins();
        const int room = std::max(0, q->width() - margins.left() - margins.right());
        fit(title, heading, room);
        fit(aside, any() ? beside : QString(),
            room - title->fontMetrics().horizontalAdvance(title->text()) - gap);
        fit(subtitle, facts.join(QStringLiteral(" · ")), room);
        if (any() && !more.isEmpty())
            subtitle->setToolTip((facts + QStringList{more}).join(QLatin1Char('\n')));
        q->setAccessibleDescription((QStringList{heading, beside} + facts).join(QStringLiteral(", ")));
    }

    // Shortened to the width that there is; the whole is the tool tip then.
    static void fit(QLabel* label, const QString& whole, int room) {
        const QString shown = label->fontMetrics().elidedText(whole, Qt::ElideRight, std::max(0, room));
        if (label->text() != shown) label->setText(shown);
        label->setToolTip(shown == whole ? QString() : whole);
    }

    void endHover() {
        plot.hideHover();
        hovered.reset();
    }

    void hover(QPointF at) {
        view->viewport()->setCursor(plot.grabsBudget(at) ? Qt::SplitHCursor : Qt::ArrowCursor);
        const auto hit = plot.hit(at);
        if (hit == hovered) return;
        endHover();
        hovered = hit;
        if (hit) plot.showHover(*hit);
    }

    void press(QPointF at) {
        dragging = plot.grabsBudget(at);
        if (!dragging) return;
        endHover();
        // A line outside of the axes comes to the pointer, one inside keeps its distance.
        grip = plot.showsBudget() ? plot.budget().usd() - plot.budgetAt(at) : 0;
    }

    void drag(QPointF at) {
        const double step = plot.budgetStep();
        const double usd = std::round((plot.budgetAt(at) + grip) / step) * step;
        move(std::clamp(base::Money::from_usd(std::max(0.0, usd)), from, to));
    }

    void move(base::Money budget) {
        if (budget == plot.budget()) return;
        q->setBudget(budget);
        emit q->budgetDragged(budget);
    }

    void release() {
        if (!dragging) return;
        dragging = false;
        q->setBudget(plot.budget());  // now the axes may follow
        emit q->budgetReleased();
    }

    void stepBudget(int key) {
        if (!any()) return;
        const auto& candidate = *plot.subject().candidate;
        auto next = std::optional(plot.budget());
        const auto small = base::Money::from_usd(plot.budgetStep());
        switch (key) {
            case Qt::Key_Left:
                next = explain::previous_price(candidate, plot.budget());
                break;
            case Qt::Key_Right:
                next = explain::next_price(candidate, plot.budget());
                break;
            case Qt::Key_Up:
                next = plot.budget() + small;
                break;
            default:
                next = plot.budget() - small;
        }
        if (next) move(std::clamp(*next, from, to));
    }
};

FeasibleRegionChart::FeasibleRegionChart(QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Feasible region of tiering"));
    d->title->setObjectName(QStringLiteral("regionTitle"));
    d->aside->setObjectName(QStringLiteral("regionAside"));
    d->subtitle->setObjectName(QStringLiteral("regionSubtitle"));
    d->view->setObjectName(QStringLiteral("regionView"));
    for (QLabel* label : {d->title, d->aside, d->subtitle}) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(1);
    }
    d->aside->setAlignment(Qt::AlignRight);
    auto* row = new QHBoxLayout;
    row->setSpacing(gap);
    // The title has its room beforehand: with every budget it is another text, and must not wait for a
    // layout.
    row->addWidget(d->title, 1, Qt::AlignBaseline);
    row->addWidget(d->aside, 0, Qt::AlignBaseline);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 0, 4);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(d->subtitle);
    column->addWidget(d->view, 1);

    connect(d->view, &PlotView::resized, this, [this] { d->plot.layOut(); });
    connect(d->view, &PlotView::pointerMoved, this,
            [this](QPointF at) { d->dragging ? d->drag(at) : d->hover(at); });
    connect(d->view, &PlotView::pointerPressed, this, [this](QPointF at) { d->press(at); });
    connect(d->view, &PlotView::pointerReleased, this, [this] { d->release(); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->endHover(); });
    setColours(theme::palette(theme::Mode::light));
}

FeasibleRegionChart::~FeasibleRegionChart() = default;

void FeasibleRegionChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    const auto style = QStringLiteral("QLabel { color: %1; font-size: %2px; font-weight: %3; }");
    d->title->setStyleSheet(style.arg(palette.text.name()).arg(15).arg(600));
    d->aside->setStyleSheet(style.arg(palette.muted.name()).arg(12).arg(400));
    d->subtitle->setStyleSheet(style.arg(palette.muted.name()).arg(12).arg(400));
    d->plot.setColours(palette);
    d->hovered.reset();
    update();
}

void FeasibleRegionChart::setSubject(const RegionSubject& subject) {
    if (subject == d->plot.subject()) return;
    d->dragging = false;
    d->hovered.reset();
    d->plot.setSubject(subject);
    d->write();
}

const RegionSubject& FeasibleRegionChart::subject() const {
    return d->plot.subject();
}

void FeasibleRegionChart::setReach(base::Money from, base::Money to) {
    d->from = from;
    d->to = to;
}

void FeasibleRegionChart::setBudget(base::Money budget) {
    if (budget != d->plot.budget()) d->hovered.reset();
    d->plot.setBudget(budget, d->dragging);
    d->write();
}

base::Money FeasibleRegionChart::budget() const {
    return d->plot.budget();
}

void FeasibleRegionChart::setCorner(const std::optional<explain::RelaxationCorner>& corner) {
    d->plot.setCorner(corner);
}

void FeasibleRegionChart::setNote(const QString& note, const QString& more) {
    if (note == d->note && more == d->more) return;
    d->note = note;
    d->more = more;
    d->write();
}

void FeasibleRegionChart::setAside(const QString& aside) {
    if (aside == d->beside) return;
    d->beside = aside;
    d->write();
}

bool FeasibleRegionChart::dragging() const {
    return d->dragging;
}

QSize FeasibleRegionChart::sizeHint() const {
    return {740, 320};
}

QSize FeasibleRegionChart::minimumSizeHint() const {
    return {420, 220};
}

void FeasibleRegionChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        d->plot.layOut();
        d->write();
    }
}

void FeasibleRegionChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const auto reason = event->reason();
    d->plot.setFocused(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                       reason == Qt::ShortcutFocusReason);
}

void FeasibleRegionChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    d->plot.setFocused(false);
}

// A release may go to another window.
void FeasibleRegionChart::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    d->release();
}

void FeasibleRegionChart::keyPressEvent(QKeyEvent* event) {
    if (movesBudget(event->key()))
        d->stepBudget(event->key());
    else
        QWidget::keyPressEvent(event);
}

void FeasibleRegionChart::keyReleaseEvent(QKeyEvent* event) {
    if (!movesBudget(event->key()))
        QWidget::keyReleaseEvent(event);
    else if (!event->isAutoRepeat())
        emit budgetReleased();
}

void FeasibleRegionChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

void FeasibleRegionChart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    d->write();
}

}  // namespace deepvm::ui::charts
