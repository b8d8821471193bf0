// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/tornado_chart.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "charts/tornado_plot.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {

struct TornadoChart::Private {
    explicit Private(TornadoChart* chart)
        : q(chart), view(new PlotView(chart)), caption(new QLabel(chart)), plot(view) {}

    TornadoChart* q;
    PlotView* view;
    QLabel* caption;
    TornadoPlot plot;
    theme::Palette palette;
    std::optional<BarAt> shown;
    std::optional<BarAt> cursor;  // of the keyboard; kept while the pointer is elsewhere

    void layOut() {
        plot.layOut();
        writeCaption();  // whether there is room for a notch depends on the width
        rest();
    }

    void writeCaption() {
        QStringList parts;
        if (plot.hasNotch()) parts << tr("notch: what the same machines would be worth");
        if (plot.hasOtherMachines()) parts << tr("hatched: other machines, or none");
        caption->setText(parts.join(QStringLiteral(" · ")));
        caption->setVisible(!parts.isEmpty());
    }

    void show(BarAt at, bool ring) {
        plot.show(at, ring);
        const auto& bar = plot.bar(at);
        q->setAccessibleDescription(
            bar.callout.title + QStringLiteral(": ") +
            QString(bar.callout.detail).replace(QLatin1Char('\n'), QLatin1String("; ")));
        if (shown == at) return;
        shown = at;
        if (bar.plan == nullptr) return;
        const problem::Plan copy = *bar.plan;  // a receiver may replace the sensitivity
        emit q->planHovered(copy);
    }

    void let() {
        plot.hide();
        q->setAccessibleDescription(summary());
        if (!shown) return;
        shown.reset();
        emit q->planHoverEnded();
    }

    // After the pointer, or new bars: back to where the keyboard is.
    void rest() {
        const auto rows = plot.rows().rows.size();
        if (!cursor || !q->hasFocus() || rows == 0) return let();
        cursor->row = std::min(cursor->row, rows - 1);
        show(*cursor, true);
    }

    // All bars in words, largest first.
    QString summary() const {
        QStringList lines;
        for (const auto& row : plot.rows().rows)
            for (const auto& bar : row.bars)
                lines << QStringLiteral("%1: %2, %3")
                             .arg(bar.callout.title, bar.value, bar.callout.detail.section('\n', 0, 0));
        for (const auto& note : plot.rows().notes)
            lines << QStringLiteral("%1: %2").arg(note.name, note.why);
        return lines.join(QLatin1Char('\n'));
    }

    void hover(QPointF at) {
        if (const auto hit = plot.hit(at))
            show(*hit, false);
        else
            rest();
    }

    // Moves the focus by rows; `side` where it goes to the left or the right.
    void step(int rows, std::optional<std::size_t> side) {
        const auto count = static_cast<int>(plot.rows().rows.size());
        if (count == 0) return;
        if (cursor) {
            const int row = std::clamp(static_cast<int>(cursor->row) + rows, 0, count - 1);
            cursor = BarAt{static_cast<std::size_t>(row), side.value_or(cursor->side)};
        } else {
            cursor = BarAt{0, side.value_or(1)};
        }
        show(*cursor, true);
    }
};

TornadoChart::TornadoChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("What would change the answer"));
    d->view->setObjectName(QStringLiteral("tornadoView"));
    d->caption->setObjectName(QStringLiteral("chartCaption"));
    d->caption->setContentsMargins(8, 0, 8, 0);
    d->caption->setWordWrap(true);
    d->caption->setAlignment(Qt::AlignRight | Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(d->view, 1);
    column->addWidget(d->caption);

    connect(d->view, &PlotView::resized, this, [this] { d->layOut(); });
    connect(d->view, &PlotView::pointerMoved, this, [this](QPointF at) { d->hover(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->rest(); });
    setColours(theme::palette(theme::Mode::light));
    setSensitivity(nullptr, false);
}

TornadoChart::~TornadoChart() = default;

void TornadoChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->caption->setStyleSheet(
        QStringLiteral("QLabel { color: %1; font-size: 12px; }").arg(palette.muted.name()));
    d->plot.setColours(palette);
    d->rest();
    update();
}

void TornadoChart::setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity,
                                  bool publishedUnits) {
    d->let();
    d->plot.setSensitivity(std::move(sensitivity), publishedUnits);
    d->writeCaption();
    d->rest();
}

void TornadoChart::setHighlightedType(const QString& type) {
    if (!d->shown) d->plot.setHighlightedType(type);  // what is under the pointer here is stressed already
}

QSize TornadoChart::sizeHint() const {
    return {740, 260};
}

QSize TornadoChart::minimumSizeHint() const {
    return {420, static_cast<int>(TornadoPlot::minimumHeight())};
}

void TornadoChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) d->layOut();
}

void TornadoChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const auto reason = event->reason();
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason)
        d->step(0, std::nullopt);
}

void TornadoChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    d->cursor.reset();
    d->let();
}

void TornadoChart::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up:
            return d->step(-1, std::nullopt);
        case Qt::Key_Down:
            return d->step(1, std::nullopt);
        case Qt::Key_Left:
            return d->step(0, 0);
        case Qt::Key_Right:
            return d->step(0, 1);
        case Qt::Key_Home:
            return d->step(-1000, std::nullopt);
        case Qt::Key_End:
            return d->step(1000, std::nullopt);
        case Qt::Key_Escape:
            if (!d->cursor) break;
            d->cursor.reset();
            return d->let();
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void TornadoChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

}  // namespace deepvm::ui::charts
