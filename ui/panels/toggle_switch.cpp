// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/toggle_switch.h"

#include <QPainter>
#include <algorithm>

namespace deepvm::ui::panels {
namespace {

constexpr int track_width = 34;
constexpr int track_height = 18;
constexpr int gap = 12;
constexpr int line_height = 17;

}  // namespace

ToggleSwitch::ToggleSwitch(problem::Architecture architecture, const QString& name,
                           const QString& description, QWidget* parent)
    : QCheckBox(name, parent), architecture_(architecture), description_(description) {
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
    return {track_width + gap + text + 2, 2 * line_height + 4};
}

void ToggleSwitch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(1, 1, track_width, track_height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? palette_.architecture(architecture_) : palette_.line);
    painter.drawRoundedRect(track, track_height / 2.0, track_height / 2.0);
    const double knob = track_height - 4;
    const double x = isChecked() ? track.right() - knob - 2 : track.left() + 2;
    painter.setBrush(palette_.knob);
    painter.drawEllipse(QRectF(x, track.top() + 2, knob, knob));
    if (hasFocus()) {
        painter.setPen(QPen(palette_.text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(track.adjusted(-0.25, -0.25, 0.25, 0.25), track_height / 2.0,
                                track_height / 2.0);
    }
    const int left = track_width + gap;
    const QRect name(left, 0, width() - left, line_height + 3);
    painter.setFont(theme::sized(font(), 13, QFont::Medium));
    painter.setPen(palette_.text);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft, text());
    const QRect under(left, line_height + 1, width() - left, line_height + 3);
    painter.setFont(theme::sized(font(), 12));
    painter.setPen(palette_.muted);
    painter.drawText(under, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(description_, Qt::ElideRight, under.width()));
}

}  // namespace deepvm::ui::panels
