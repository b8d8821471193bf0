// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/share_bar.h"

#include <QPainter>
#include <algorithm>

namespace deepvm::ui::widgets {

ShareBar::ShareBar(QWidget* parent) : QWidget(parent), palette_(theme::palette(theme::Mode::light)) {
    theme::setDesignSize(*this, {0, thickness});
    setMinimumWidth(24);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::show(double share, theme::Role colour) {
    share_ = std::clamp(share, 0.0, 1.0);
    colour_ = colour;
    update();
}

void ShareBar::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void ShareBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    constexpr double radius = thickness / 2.0;
    const QRectF all(0, (height() - thickness) / 2.0, width(), thickness);
    painter.setBrush(palette_.line);
    painter.drawRoundedRect(all, radius, radius);
    if (share_ <= 0) return;
    painter.setBrush(palette_.*colour_);
    QRectF filled = all;
    filled.setWidth(std::max(share_ * width(), 2 * radius));
    painter.drawRoundedRect(filled, radius, radius);
}

}  // namespace deepvm::ui::widgets
