// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/flopp_chart.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>

#include "charts/flopp_plot.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {

struct FloppChart::Private {
    explicit Private(FloppChart* chart)
        : q(chart), view(new PlotView(chart)), caption(new QLabel(chart)), plot(view) {}

    FloppChart* q;
    PlotView* view;
    QLabel* caption;
    FloppPlot plot;
    theme::Palette palette;
    FloppScope scope;
    QPointF pressed;
    QString hovered;

    void writeCaption() {
        const QString price = tr("spot price, $ per hour");
        const QString hollow = plot.hasHollow() ? tr(" (hollow: on-demand)") : QString();
        const QString rate = scope.publishedUnits ? tr("published rate") : tr("effective TFLOP/s");
        QStringList parts{price + hollow, rate, tr("blue: none is as fast for less")};
        if (scope.cheapestOfPlaces) parts << tr("each type where it is cheapest");
        if (const auto hidden = plot.leftOut(); hidden > 0)
            parts << tr("without the %1 types of least FLOPP").arg(hidden);
        caption->setText(parts.join(QStringLiteral("\u00a0· ")));
    }

    void endHover() {
        plot.hideHover();
        if (hovered.isEmpty()) return;
        hovered.clear();
        emit q->typeHoverEnded();
    }

    void hover(QPointF at) {
        const auto hit = plot.hit(at);
        view->viewport()->setCursor(hit ? Qt::PointingHandCursor : Qt::ArrowCursor);
        if (!hit) {
            endHover();
            return;
        }
        plot.showHover(*hit);
        const QString type = plot.idOf(*hit);
        if (type == hovered) return;
        hovered = type;
        emit q->typeHovered(type);
    }

    void release(QPointF at) {
        constexpr double still = 4;  // a click does not move farther
        if (std::hypot(at.x() - pressed.x(), at.y() - pressed.y()) > still) return;
        if (const auto hit = plot.hit(at)) emit q->typeClicked(plot.idOf(*hit));
    }
};

FloppChart::FloppChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setAccessibleName(tr("Instance types"));
    setAccessibleDescription(tr("Hourly price of every instance type against its rate"));
    d->view->setObjectName(QStringLiteral("floppView"));
    d->caption->setObjectName(QStringLiteral("chartCaption"));
    d->caption->setAlignment(Qt::AlignRight | Qt::AlignTop);
    d->caption->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(4);
    column->addWidget(d->view, 1);
    column->addWidget(d->caption);

    connect(d->view, &PlotView::resized, this, [this] { d->plot.layOut(); });
    connect(d->view, &PlotView::pointerMoved, this, [this](QPointF at) { d->hover(at); });
    connect(d->view, &PlotView::pointerPressed, this, [this](QPointF at) { d->pressed = at; });
    connect(d->view, &PlotView::pointerReleased, this, [this](QPointF at) { d->release(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->endHover(); });
    setColours(theme::palette(theme::Mode::light));
    setEntries({}, {}, {});
}

FloppChart::~FloppChart() = default;

void FloppChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->caption->setStyleSheet(
        QStringLiteral("QLabel { color: %1; font-size: 12px; }").arg(palette.muted.name()));
    d->plot.setColours(palette);
    d->plot.layOut();
    update();
}

void FloppChart::setEntries(std::vector<problem::FloppEntry> entries, std::vector<model::Source> sources,
                            FloppScope scope) {
    d->endHover();
    d->scope = scope;
    d->plot.setEntries(std::move(entries), std::move(sources), scope.publishedUnits);
    d->writeCaption();
}

void FloppChart::setHighlightedType(const QString& type) {
    d->plot.setHighlightedType(type);
}

QSize FloppChart::sizeHint() const {
    return {740, 320};
}

QSize FloppChart::minimumSizeHint() const {
    return {420, 220};
}

void FloppChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) d->plot.layOut();
}

void FloppChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

}  // namespace deepvm::ui::charts
