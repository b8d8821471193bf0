// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rank_disc.h"

#include <QPainter>

namespace deepvm::ui::widgets {

RankDisc::RankDisc(QWidget* parent) : QWidget(parent) {
    theme::setDesignSize(*this, {22, 22});
    setColours(theme::palette(theme::Mode::light));
}

void RankDisc::show(int rank, theme::Role colour) {
    rank_ = rank;
    colour_ = colour;
    update();
}

void RankDisc::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void RankDisc::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QColor disc = palette_.*colour_;
    painter.setBrush(disc);
    painter.drawEllipse(QRectF(rect()));
    painter.setFont(theme::sized(font(), 12, QFont::DemiBold));
    painter.setPen(theme::readableOn(disc, palette_));
    painter.drawText(rect(), Qt::AlignCenter, QString::number(rank_));
}

}  // namespace deepvm::ui::widgets
