// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/futures_chart.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "charts/futures_plot.h"
#include "plot/plot_view.h"

namespace deepvm::ui::charts {
namespace {

constexpr double step_percent = 5;

}  // namespace

struct FuturesChart::Private {
    explicit Private(FuturesChart* chart)
        : q(chart), view(new PlotView(chart)), caption(new QLabel(chart)), rows(view) {}

    struct Cursor {
        std::size_t row = 0;
        double percent = 50;
    };

    FuturesChart* q;
    PlotView* view;
    QLabel* caption;
    FuturesView rows;
    theme::Palette palette;
    std::optional<Cursor> cursor;  // of the keyboard; kept while the pointer is elsewhere

    void show(FuturesView::Place place, bool ring) {
        rows.show(place, ring);
        const auto text = futureText(rows.plot(), place.row, place.value);
        q->setAccessibleDescription(text.title + QStringLiteral(": ") +
                                    QString(text.detail).replace(QLatin1Char('\n'), QLatin1String("; ")));
    }

    void let() {
        rows.hide();
        q->setAccessibleDescription(rows.plot().summary);
    }

    // After the pointer, or other futures: back to where the keyboard is.
    void rest() {
        const auto& plot = rows.plot();
        if (!cursor || !q->hasFocus() || plot.rows.empty()) return let();
        cursor->row = std::min(cursor->row, plot.rows.size() - 1);
        const bool drawn = plot.rows[cursor->row].absent.isEmpty();
        show({cursor->row, drawn ? percentile(plot, cursor->row, cursor->percent) : 0}, true);
    }

    void hover(QPointF at) {
        if (const auto place = rows.hit(at))
            show(*place, false);
        else
            rest();
    }

    void step(int by, double percent) {
        const auto count = static_cast<int>(rows.plot().rows.size());
        if (count == 0) return;
        if (cursor) {
            cursor->row =
                static_cast<std::size_t>(std::clamp(static_cast<int>(cursor->row) + by, 0, count - 1));
            cursor->percent = std::clamp(cursor->percent + percent, step_percent, 100 - step_percent);
        } else {
            cursor = Cursor{};
        }
        rest();
    }
};

FuturesChart::FuturesChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Futures of the job"));
    d->view->setObjectName(QStringLiteral("futuresView"));
    d->caption->setObjectName(QStringLiteral("chartCaption"));
    d->caption->setContentsMargins(8, 0, 8, 0);
    d->caption->setAlignment(Qt::AlignRight | Qt::AlignTop);
    d->caption->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(d->view, 1);
    column->addWidget(d->caption);

    connect(d->view, &PlotView::resized, this, [this] {
        d->rows.layOut();
        d->rest();
    });
    connect(d->view, &PlotView::pointerMoved, this, [this](QPointF at) { d->hover(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->rest(); });
    setColours(theme::palette(theme::Mode::light));
    setFutures(nullptr, FutureFigure::dollars);
}

FuturesChart::~FuturesChart() = default;

void FuturesChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->caption->setStyleSheet(
        QStringLiteral("QLabel { color: %1; font-size: 12px; }").arg(palette.muted.name()));
    d->rows.setColours(palette);
    d->rest();
    update();
}

void FuturesChart::setFutures(SharedFutures futures, FutureFigure figure) {
    d->rows.setPlot(makeFutures(std::move(futures), figure));
    d->caption->setText(d->rows.plot().caption);
    d->caption->setVisible(!d->rows.plot().caption.isEmpty());
    d->view->setMinimumHeight(static_cast<int>(FuturesView::heightFor(d->rows.plot().rows.size())));
    d->rest();
}

QSize FuturesChart::sizeHint() const {
    return {640, d->view->minimumHeight() + 60};
}

QSize FuturesChart::minimumSizeHint() const {
    return {360, d->view->minimumHeight() + 24};
}

void FuturesChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
    d->rows.layOut();
    d->rest();
}

void FuturesChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const auto reason = event->reason();
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason)
        d->step(0, 0);
}

void FuturesChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    d->cursor.reset();
    d->let();
}

void FuturesChart::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up:
            return d->step(-1, 0);
        case Qt::Key_Down:
            return d->step(1, 0);
        case Qt::Key_Left:
            return d->step(0, -step_percent);
        case Qt::Key_Right:
            return d->step(0, step_percent);
        case Qt::Key_Escape:
            if (!d->cursor) break;
            d->cursor.reset();
            return d->let();
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void FuturesChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

}  // namespace deepvm::ui::charts
