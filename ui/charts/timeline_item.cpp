// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeline_item.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

using risk::Activity;
using risk::Cause;
using risk::Lane;
using risk::Span;

constexpr double least_width = 1;  // a bar of no time to speak of is still there
constexpr double text_pad = 4;

// `share` of the colour on the surface.
QColor mixed(const QColor& colour, const QColor& surface, double share) {
    const auto part = [&](int a, int b) {
        return static_cast<int>(std::lround(share * a + (1 - share) * b));
    };
    return {part(colour.red(), surface.red()), part(colour.green(), surface.green()),
            part(colour.blue(), surface.blue())};
}

// Relative luminance as in WCAG 2.
double luminance(const QColor& colour) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

bool isHeldUp(const Span& span) {
    return span.activity == Activity::waits ||
           (span.activity == Activity::stalls && span.cause != Cause::copy);
}

// What holds up is told apart without colour, too.
Qt::BrushStyle pattern(const Span& span) {
    if (span.cause == Cause::network) return Qt::BDiagPattern;
    if (span.cause == Cause::cutting) return Qt::DiagCrossPattern;
    return Qt::FDiagPattern;
}

QString label(const Span& span, bool wide) {
    switch (span.activity) {
        case Activity::trains:
        case Activity::cuts:
            return {};
        case Activity::stalls:
            return span.cause == Cause::copy ? QString() : causeName(span.cause);
        case Activity::waits:
            return wide ? QStringLiteral("waits for room") : QString();
        default:
            return wide ? QStringLiteral("checkpoint %1").arg(span.checkpoint)
                        : QString::number(span.checkpoint);
    }
}

}  // namespace

QRectF TimelineLayout::bar(const TimelinePlot& plot, const Span& span) const {
    const auto row = static_cast<double>(span.lane);
    const double height = std::floor(pitch * 0.64);
    const double top = lanes.top() + row * pitch + std::floor((pitch - height) / 2);
    const int places = plot.rows[static_cast<std::size_t>(span.lane)].places;
    const double part = height / places;
    const double gap = part >= 4 ? 1 : 0;
    const double left = x(span.begin_seconds);
    const double width = std::max(least_width, x(span.end_seconds) - left);
    return {left, top + span.slot * part, width, std::max(1.0, part - gap)};
}

TimelineItem::TimelineItem(QGraphicsItem* parent) : QGraphicsItem(parent) {
    setFlag(ItemUsesExtendedStyleOption);  // else paint() is not told what is exposed
}

void TimelineItem::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void TimelineItem::set(std::shared_ptr<const TimelinePlot> plot, const TimelineLayout& layout,
                       const QFont& font, std::vector<TimelineTick> ticks) {
    prepareGeometryChange();
    plot_ = std::move(plot);
    layout_ = layout;
    font_ = font;
    ticks_ = std::move(ticks);
    update();
}

QRectF TimelineItem::boundingRect() const {
    return layout_.lanes.united(layout_.fill).adjusted(-1, -1, 2, 2);
}

// Blue is what the workers do, green what the remote nodes do, as in all charts.
QColor TimelineItem::fillOf(const Span& span) const {
    switch (span.activity) {
        case Activity::trains:
            return palette_.tiering;
        case Activity::copies:
            return mixed(palette_.tiering, palette_.surface, 0.6);
        case Activity::cuts:
            return mixed(palette_.tiering, palette_.surface, 0.35);
        case Activity::sends:
            return mixed(palette_.tiering, palette_.surface, 0.8);
        case Activity::holds:
            return mixed(palette_.on_demand, palette_.surface, 0.45);
        case Activity::flushes:
            return palette_.on_demand;
        case Activity::stalls:
            return span.cause == Cause::copy ? palette_.warning
                                             : mixed(palette_.warning, palette_.surface, 0.25);
        case Activity::waits:
            return mixed(palette_.warning, palette_.surface, 0.25);
    }
    return palette_.muted;
}

void TimelineItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    if (!plot_) return;
    painter->setRenderHint(QPainter::Antialiasing, false);
    for (const auto& tick : ticks_)
        painter->fillRect(QRectF(std::floor(layout_.x(tick.at)), layout_.lanes.top(), 1,
                                 layout_.fill.bottom() - layout_.lanes.top()),
                          palette_.grid);
    painter->setFont(font_);
    paintBars(*painter, option->exposedRect);
    paintFill(*painter);
}

void TimelineItem::paintBars(QPainter& painter, const QRectF& exposed) const {
    for (const auto& span : plot_->run.spans) {
        const QRectF box = layout_.bar(*plot_, span);
        if (!box.adjusted(-1, -1, 1, 1).intersects(exposed)) continue;
        const QColor fill = fillOf(span);
        // The last pixel is left to the surface where there is room: so neighbours are two.
        const QRectF body = box.width() > 4 ? box.adjusted(0, 0, -1, 0) : box;
        painter.fillRect(body, fill);
        if (isHeldUp(span)) paintMark(painter, span, body);
        const QFontMetricsF metrics(font_);
        if (metrics.capHeight() + 4 > body.height()) continue;
        for (const bool wide : {true, false}) {
            const QString text = label(span, wide);
            if (text.isEmpty() || metrics.horizontalAdvance(text) + 2 * text_pad > body.width()) continue;
            painter.setPen(contrast(fill, palette_.text) >= contrast(fill, palette_.surface)
                               ? palette_.text
                               : palette_.surface);
            if (isHeldUp(span)) {  // not on the hatching
                QRectF plate(0, 0, metrics.horizontalAdvance(text) + 2 * text_pad, body.height() - 2);
                plate.moveCenter(body.center());
                painter.fillRect(plate, fill);
            }
            painter.drawText(body, Qt::AlignCenter, text);
            break;
        }
    }
}

void TimelineItem::paintMark(QPainter& painter, const Span& span, const QRectF& box) const {
    painter.fillRect(box, QBrush(palette_.warning, pattern(span)));
    painter.setPen(QPen(palette_.warning, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(0, 0, -1, -1));
}

void TimelineItem::paintFill(QPainter& painter) const {
    const auto& fills = plot_->run.fills;
    const QColor area = mixed(palette_.on_demand, palette_.surface, 0.2);
    const double top = plot_->fill_top;
    const double end = plot_->run.setup.duration_seconds;
    if (plot_->run.buffer_checkpoints <= top) {
        painter.setPen(QPen(palette_.muted, 1, Qt::DashLine));
        const double y = std::floor(layout_.y(plot_->run.buffer_checkpoints, top));
        painter.drawLine(QPointF(layout_.fill.left(), y), QPointF(layout_.fill.right(), y));
    }
    for (std::size_t i = 0; i < fills.size(); ++i) {
        const double from = layout_.x(fills[i].seconds);
        const double to = layout_.x(i + 1 < fills.size() ? fills[i + 1].seconds : end);
        const double y = std::floor(layout_.y(fills[i].checkpoints, top));
        painter.fillRect(QRectF(from, y, to - from, layout_.fill.bottom() - y), area);
        painter.fillRect(QRectF(from, y - 1, to - from, 2), palette_.on_demand);
        if (i == 0) continue;
        const double before = std::floor(layout_.y(fills[i - 1].checkpoints, top));
        painter.fillRect(QRectF(from - 1, std::min(y, before) - 1, 2, std::abs(y - before) + 2),
                         palette_.on_demand);
    }
}

}  // namespace deepvm::ui::charts
