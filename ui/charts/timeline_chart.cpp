// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeline_chart.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "charts/plot_view.h"
#include "charts/timeline_view.h"

namespace deepvm::ui::charts {

struct TimelineChart::Private {
    explicit Private(TimelineChart* chart)
        : q(chart), view(new PlotView(chart)), caption(new QLabel(chart)), timeline(view) {}

    TimelineChart* q;
    PlotView* view;
    QLabel* caption;
    TimelineView timeline;
    theme::Palette palette;
    std::optional<std::size_t> cursor;  // of the keyboard; kept while the pointer is elsewhere

    void show(std::size_t span, bool ring) {
        timeline.show(span, ring);
        const auto text = spanText(*timeline.plot(), span);
        q->setAccessibleDescription(text.title + QStringLiteral(": ") +
                                    QString(text.detail).replace(QLatin1Char('\n'), QLatin1String("; ")));
    }

    void let() {
        timeline.hide();
        q->setAccessibleDescription(timeline.plot() ? timeline.plot()->summary : QString());
    }

    // After the pointer, or another run: back to where the keyboard is.
    void rest() {
        const auto* plot = timeline.plot();
        if (!cursor || !q->hasFocus() || plot == nullptr || plot->run.spans.empty()) return let();
        cursor = std::min(*cursor, plot->run.spans.size() - 1);
        show(*cursor, true);
    }

    void hover(QPointF at) {
        if (const auto span = timeline.hit(at))
            show(*span, false);
        else
            rest();
    }

    std::size_t rowOf(std::size_t span) const {
        return static_cast<std::size_t>(timeline.plot()->run.spans[span].lane);
    }

    // Along the row, not beyond its ends.
    void step(long spans) {
        const auto* plot = timeline.plot();
        if (plot == nullptr || plot->run.spans.empty()) return;
        if (cursor) {
            const auto& row = plot->rows[rowOf(*cursor)];
            const auto to = std::clamp(static_cast<long>(*cursor) + spans, static_cast<long>(row.first),
                                       static_cast<long>(row.last) - 1);
            cursor = static_cast<std::size_t>(to);
        } else {
            cursor = 0;
        }
        show(*cursor, true);
    }

    // To the next row in which anything happens, near the same time.
    void changeRow(int by) {
        const auto* plot = timeline.plot();
        if (plot == nullptr || !cursor) return step(0);
        const auto& now = plot->run.spans[*cursor];
        const double middle = (now.begin_seconds + now.end_seconds) / 2;
        for (auto row = static_cast<long>(rowOf(*cursor)) + by;
             row >= 0 && row < static_cast<long>(plot->rows.size()); row += by) {
            const auto span =
                spanAt(*plot, static_cast<std::size_t>(row), 0, middle, plot->run.setup.duration_seconds);
            if (!span) continue;
            cursor = span;
            return show(*cursor, true);
        }
        show(*cursor, true);
    }
};

TimelineChart::TimelineChart(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Checkpoints over time"));
    d->view->setObjectName(QStringLiteral("timelineView"));
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
        d->timeline.layOut();
        d->rest();
    });
    connect(d->view, &PlotView::pointerMoved, this, [this](QPointF at) { d->hover(at); });
    connect(d->view, &PlotView::pointerLeft, this, [this] { d->rest(); });
    setColours(theme::palette(theme::Mode::light));
    setTimeline(nullptr);
}

TimelineChart::~TimelineChart() = default;

void TimelineChart::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->caption->setStyleSheet(
        QStringLiteral("QLabel { color: %1; font-size: 12px; }").arg(palette.muted.name()));
    d->timeline.setColours(palette);
    d->rest();
    update();
}

void TimelineChart::setTimeline(std::shared_ptr<const TimelinePlot> timeline) {
    d->timeline.setTimeline(std::move(timeline));
    const auto* plot = d->timeline.plot();
    d->caption->setText(plot ? plot->caption : QString());
    d->caption->setVisible(plot != nullptr);
    d->rest();
}

QSize TimelineChart::sizeHint() const {
    return {740, 320};
}

QSize TimelineChart::minimumSizeHint() const {
    return {420, static_cast<int>(TimelineView::minimumHeight()) + 24};
}

void TimelineChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
    d->timeline.layOut();
    d->rest();
}

void TimelineChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    const auto reason = event->reason();
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason)
        d->step(0);
}

void TimelineChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    d->cursor.reset();
    d->let();
}

void TimelineChart::keyPressEvent(QKeyEvent* event) {
    constexpr long all = 1'000'000;
    switch (event->key()) {
        case Qt::Key_Left:
            return d->step(-1);
        case Qt::Key_Right:
            return d->step(1);
        case Qt::Key_Home:
            return d->step(-all);
        case Qt::Key_End:
            return d->step(all);
        case Qt::Key_Up:
            return d->changeRow(-1);
        case Qt::Key_Down:
            return d->changeRow(1);
        case Qt::Key_Escape:
            if (!d->cursor) break;
            d->cursor.reset();
            return d->let();
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void TimelineChart::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

}  // namespace deepvm::ui::charts
