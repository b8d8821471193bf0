// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log_slider.h"

#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/focus_wheel.h"

namespace deepvm::ui::widgets {
namespace {

constexpr double radius = 10;    // of the handle
constexpr double thickness = 6;  // of the track
constexpr int track_y = 13;
constexpr int ticks_height = 20;

}  // namespace

LogSlider::LogSlider(const SliderScale& scale, std::vector<Tick> ticks, QWidget* parent)
    : QAbstractSlider(parent), scale_(&scale), ticks_(std::move(ticks)), exact_(scale.least()) {
    setOrientation(Qt::Horizontal);
    setRange(0, scale.steps());
    setSingleStep(1);
    setPageStep(scale.steps() / 20);
    wheelOnlyWithFocus(*this);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setColours(theme::palette(theme::Mode::light));
    // Keys, wheel and screen readers all go through the position of the base class.
    connect(this, &QAbstractSlider::valueChanged, this, [this](int position) {
        exact_ = scale_->at(position);
        update();
        emit moved(exact_);
    });
}

void LogSlider::setExact(std::int64_t value) {
    exact_ = value;
    const QSignalBlocker quiet(this);
    setValue(scale_->position(value));
    update();
}

void LogSlider::setScale(const SliderScale& scale, std::vector<Tick> ticks, std::vector<std::int64_t> marks) {
    const QSignalBlocker quiet(this);
    scale_ = &scale;
    ticks_ = std::move(ticks);
    marks_ = std::move(marks);
    setRange(0, scale.steps());
    setPageStep(std::max(1, scale.steps() / 20));
    setExact(exact_);
}

void LogSlider::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

QSize LogSlider::sizeHint() const {
    return {400, 26 + (ticks_.empty() ? 0 : ticks_height)};
}

QSize LogSlider::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

double LogSlider::trackLeft() const {
    return radius + (ticks_.empty() ? 1 : 4);
}

double LogSlider::trackWidth() const {
    return std::max(1.0, width() - 2 * trackLeft());
}

QPoint LogSlider::handleCentre(std::int64_t value) const {
    return {static_cast<int>(std::lround(trackLeft() + scale_->fraction(value) * trackWidth())), track_y};
}

void LogSlider::setFollowing(bool following) {
    following_ = following;
    update();
}

void LogSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double x = trackLeft() + scale_->fraction(exact_) * trackWidth();
    // The track reaches from edge to edge, as the controls around it do; the handle stays inside.
    const QRectF track(0, track_y - thickness / 2, width(), thickness);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette_.line);
    painter.drawRoundedRect(track, thickness / 2, thickness / 2);
    const QColor& colour = following_ ? palette_.baseline : palette_.accent;
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(x, thickness)), thickness / 2, thickness / 2);
    drawMarks(painter);
    painter.setPen(QPen(colour, 3));
    painter.setBrush(palette_.surface);
    painter.drawEllipse(QPointF(x, track_y), radius - 1, radius - 1);
    if (hasFocus()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(x, track_y), 4, 4);
    }
    drawTicks(painter);
}

void LogSlider::drawMarks(QPainter& painter) const {
    constexpr double apart = 3;  // closer they would run into a band
    painter.setPen(QPen(palette_.muted, 1));
    double last = -apart;
    for (const std::int64_t mark : marks_) {
        const double x = std::floor(trackLeft() + scale_->fraction(mark) * trackWidth()) + 0.5;
        if (x - last < apart) continue;
        painter.drawLine(QPointF(x, track_y + 6), QPointF(x, track_y + 9));
        last = x;
    }
}

void LogSlider::drawTicks(QPainter& painter) const {
    painter.setFont(theme::sized(font(), 12));
    painter.setPen(palette_.muted);
    const QFontMetrics metrics(painter.font());
    int needed = 0;
    for (const Tick& tick : ticks_)
        needed += metrics.horizontalAdvance(tick.text) + 12;
    // Where they would lie on each other, every other one does.
    for (std::size_t i = 0; i<ticks_.size(); i += needed> width() ? 2 : 1) {
        const Tick& tick = ticks_[i];
        const int wide = metrics.horizontalAdvance(tick.text) + 2;
        const double centre = trackLeft() + scale_->fraction(tick.value) * trackWidth();
        const int left =
            std::clamp(static_cast<int>(std::lround(centre - wide / 2.0)), 0, std::max(0, width() - wide));
        painter.drawText(QRect(left, height() - ticks_height, wide, ticks_height), Qt::AlignCenter,
                         tick.text);
    }
}

void LogSlider::moveHandleTo(double x) {
    const double fraction = std::clamp((x - trackLeft()) / trackWidth(), 0.0, 1.0);
    setValue(static_cast<int>(std::lround(fraction * scale_->steps())));
}

void LogSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    const double handle = trackLeft() + scale_->fraction(exact_) * trackWidth();
    const double x = event->position().x();
    // Taking the handle off its middle does not move it; a press beside it brings it there.
    grabOffset_ = std::abs(x - handle) <= radius ? handle - x : 0;
    setSliderDown(true);
    if (grabOffset_ == 0) moveHandleTo(x);
    event->accept();
}

void LogSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) moveHandleTo(event->position().x() + grabOffset_);
}

void LogSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !isSliderDown()) return event->ignore();
    setSliderDown(false);
    emit released();
}

}  // namespace deepvm::ui::widgets
