// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/frontier_chart.h"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "charts/frontier_plot.h"
#include "planner/decision.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {

struct FrontierChart::Private {
    explicit Private(FrontierChart* chart)
        : q(chart),
          title(new QLabel(chart)),
          subtitle(new QLabel(chart)),
          view(new PlotView(chart)),
          plot(view) {}

    FrontierChart* q;
    QLabel* title;
    QLabel* subtitle;
    PlotView* view;
    FrontierPlot plot;
    theme::Palette palette;
    base::Money budget;
    bool dragging = false;
    QPointF pressed;
    const problem::Plan* hovered = nullptr;  // into the frontier

    double lastBudget() const {
        return plot.frontier() != nullptr ? plot.frontier()->to.usd() : budget.usd();
    }

    // The end of the axis. It leaves out what is long past the last step, where nothing happens any more and
    // all steps would be squeezed to a wall.
    double fittingWindow(double previous) const {
        constexpr double tail = 1.5;
        const double last = plot.lastStep();
        return budgetWindow(budget.usd(), previous,
                            last > 0 ? std::min(lastBudget(), tail * last) : lastBudget());
    }

    void refit(double previous) {
        plot.setWindow(fittingWindow(previous));
        fitSubtitle();
    }

    // Shortened to the width that there is; the whole is the tool tip then.
    void fitSubtitle() {
        const QString& whole = plot.subtitle();
        const int room = q->width() - q->layout()->contentsMargins().left() -
                         q->layout()->contentsMargins().right() - title->sizeHint().width() - 16;
        const QString shown = subtitle->fontMetrics().elidedText(whole, Qt::ElideRight, std::max(0, room));
        subtitle->setText(shown);
        subtitle->setToolTip(shown == whole ? QString() : whole);
    }

    void endHover() {
        plot.hideHover();
        if (hovered == nullptr) return;
        hovered = nullptr;
        emit q->planHoverEnded();
    }

    void hover(QPointF at) {
        const bool grabs = plot.grabsBudget(at);
        const auto hit = grabs ? std::nullopt : plot.hit(at);
        view->viewport()->setCursor(grabs ? Qt::SplitHCursor
                                    : hit ? Qt::PointingHandCursor
                                          : Qt::ArrowCursor);
        if (!hit) {
            endHover();
            return;
        }
        plot.showHover(*hit, at);
        const auto* plan = &plot.plan(*hit);
        if (plan == hovered) return;
        hovered = plan;
        const problem::Plan copy = *plan;  // a receiver may replace the frontier
        emit q->planHovered(copy);
    }

    void drag(QPointF at) {
        const double step = std::max(0.01, dragStep(plot.window()));
        const double from = plot.frontier() != nullptr ? std::max(step, plot.frontier()->from.usd()) : step;
        const double to = std::max(from, std::min(plot.window(), lastBudget()));
        const double usd = std::round(plot.map().x.toValue(at.x()) / step) * step;
        const auto dragged = base::Money::from_usd(std::clamp(usd, from, to));
        if (dragged == budget) return;
        q->setBudget(dragged);
        emit q->budgetDragged(dragged);
    }

    void press(QPointF at) {
        pressed = at;
        dragging = plot.grabsBudget(at);
        if (dragging) endHover();
    }

    void release(QPointF at) {
        constexpr double still = 4;  // a click does not move farther
        if (dragging) {
            dragging = false;
            q->setBudget(budget);  // now the axis may follow
            emit q->budgetReleased();
            return;
        }
        if (std::hypot(at.x() - pressed.x(), at.y() - pressed.y()) > still) return;
        hover(at);
        if (hovered == nullptr) return;
        const problem::Plan copy = *hovered;
        emit q->planClicked(copy);
    }

    // The budget of the next better, or the last worse, best plan.
    void stepBudget(bool up) {
        if (plot.frontier() == nullptr) return;
        const auto& steps = plot.frontier()->overall;
        const auto after = std::partition_point(steps.begin(), steps.end(), [&](const auto& plan) {
            return up ? plan.hourly_price <= budget : plan.hourly_price < budget;
        });
        if (up ? after == steps.end() : after == steps.begin()) return;
        const auto stepped = up ? after->hourly_price : std::prev(after)->hourly_price;
        q->setBudget(stepped);
        emit q->budgetDragged(stepped);
    }
};

FrontierChart::FrontierChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("What a budget buys"));
    setAccessibleDescription(
        tr("Best plan of every architecture over the budget; arrow keys move the budget"));
    d->title->setObjectName(QStringLiteral("chartTitle"));
    d->title->setText(tr("What a budget buys"));
    d->subtitle->setObjectName(QStringLiteral("chartSubtitle"));
    d->subtitle->setMinimumWidth(1);
    d->view->setObjectName(QStringLiteral("frontierView"));

    auto* titleRow = new QHBoxLayout;
    titleRow->setSpacing(16);
    titleRow->addWidget(d->title, 0, Qt::AlignBaseline);
    titleRow->addWidget(d->subtitle, 1, Qt::AlignBaseline);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 16, 12);
    column->setSpacing(2);
    column->addLayout(titleRow);
    column->addWidget(d->view, 1);

    connect(d->view, &PlotView::resized, this, [this] { d->plot.layOut(); });
    connect(d->view, &PlotView::pointerMoved, this,
            [this](QPointF at) { d->dragging ? d->drag(at) : d->hover(at); });
    connect(d->view, &PlotView::pointerPressed, this, [this](QPointF at) { d->press(at); });
    connect(d->view, &PlotView::pointerReleased, this, [this](QPointF at) { d->release(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->endHover(); });
    setColours(theme::palette(theme::Mode::light));
    d->refit(0);
}

FrontierChart::~FrontierChart() = default;

void FrontierChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    const auto style = QStringLiteral("QLabel { color: %1; font-size: %2px; font-weight: %3; }");
    d->title->setStyleSheet(style.arg(palette.text.name()).arg(15).arg(600));
    d->subtitle->setStyleSheet(style.arg(palette.muted.name()).arg(12).arg(400));
    d->plot.setColours(palette);
    update();
}

void FrontierChart::setFrontier(std::shared_ptr<const planner::Frontier> frontier,
                                problem::Objective objective, bool publishedUnits) {
    d->endHover();
    QString empty;
    if (frontier)
        empty = tr("No cluster fits between %1 and %2 an hour")
                    .arg(money(frontier->from), moneyTick(frontier->to.usd(), frontier->to.usd()));
    d->plot.setFrontier(std::move(frontier), objective, publishedUnits, empty);
    d->refit(d->plot.window());
}

void FrontierChart::clear(const QString& text) {
    d->endHover();
    d->plot.setFrontier(nullptr, problem::Objective::deepvm, false, text);
    d->refit(d->plot.window());
}

void FrontierChart::setBudget(base::Money budget) {
    d->budget = budget;
    const double window = d->fittingWindow(d->plot.window());
    d->plot.setBudget(budget);
    if (window != d->plot.window() && !d->dragging) {  // under the pointer the axis stays
        d->endHover();
        d->refit(d->plot.window());
    }
}

base::Money FrontierChart::budget() const {
    return d->budget;
}

void FrontierChart::setHighlightedType(const QString& type) {
    d->plot.setHighlightedType(type);
}

QSize FrontierChart::sizeHint() const {
    return {740, 360};
}

QSize FrontierChart::minimumSizeHint() const {
    return {420, 240};
}

void FrontierChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        d->plot.layOut();
        d->fitSubtitle();
    }
}

void FrontierChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const auto reason = event->reason();
    d->plot.setFocused(reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                       reason == Qt::ShortcutFocusReason);
}

void FrontierChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    d->plot.setFocused(false);
}

void FrontierChart::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
            d->stepBudget(event->key() == Qt::Key_Right);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (const auto best = d->plot.best()) emit planClicked(problem::Plan(*best->plan));
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void FrontierChart::keyReleaseEvent(QKeyEvent* event) {
    const bool moved = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (moved && !event->isAutoRepeat())
        emit budgetReleased();
    else
        QWidget::keyReleaseEvent(event);
}

void FrontierChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

void FrontierChart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    d->fitSubtitle();
}

}  // namespace deepvm::ui::charts
