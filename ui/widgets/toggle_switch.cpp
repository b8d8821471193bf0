// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/toggle_switch.h"

#include <QPainter>
#include <algorithm>

namespace deepvm::ui::widgets {
namespace {

int track_width() {
    return theme::scaled(34);
}
int track_height() {
    return theme::scaled(18);
}
int gap() {
    return theme::scaled(12);
}
int line_height() {
    return theme::scaled(17);
}

}  // namespace

ToggleSwitch::ToggleSwitch(theme::Role colour, const QString& name, const QString& description,
                           QWidget* parent)
    : QCheckBox(name, parent), colour_(colour), description_(description) {
    setAccessibleDescription(description);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);  // a check box would insist on its whole text
    setColours(theme::palette(theme::Mode::light));
}

void ToggleSwitch::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

QSize ToggleSwitch::sizeHint() const {
    const QFontMetrics metrics(theme::sized(font(), 13, QFont::Medium));
    const int text =
        std::max(metrics.horizontalAdvance(this->text()), metrics.horizontalAdvance(description_));
    return {track_width() + gap() + text + 2, 2 * line_height() + 4};
}

void ToggleSwitch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(1, 1, track_width(), track_height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? palette_.*colour_ : palette_.line);
    painter.drawRoundedRect(track, track_height() / 2.0, track_height() / 2.0);
    const double knob = track_height() - 4;
    const double x = isChecked() ? track.right() - knob - 2 : track.left() + 2;
    painter.setBrush(palette_.knob);
    painter.drawEllipse(QRectF(x, track.top() + 2, knob, knob));
    if (hasFocus()) {
        painter.setPen(QPen(palette_.text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(track.adjusted(-0.25, -0.25, 0.25, 0.25), track_height() / 2.0,
                                track_height() / 2.0);
    }
    const int left = track_width() + gap();
    const QRect name(left, 0, width() - left, line_height() + 3);
    painter.setFont(theme::sized(font(), 13, QFont::Medium));
    painter.setPen(palette_.text);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft, text());
    const QRect under(left, line_height() + 1, width() - left, line_height() + 3);
    painter.setFont(theme::sized(font(), 12));
    painter.setPen(palette_.muted);
    painter.drawText(under, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(description_, Qt::ElideRight, under.width()));
}

}  // namespace deepvm::ui::widgets
