// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

QColor faint(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

// Level and upright lines are sharp only in the middle of a pixel.
QLineF sharp(const QLineF& line) {
    const auto middle = [](double pixel) { return std::floor(pixel) + 0.5; };
    if (line.dx() == 0) return {middle(line.x1()), line.y1(), middle(line.x2()), line.y2()};
    if (line.dy() == 0) return {line.x1(), middle(line.y1()), line.x2(), middle(line.y2())};
    return line;
}

}  // namespace

RegionItem::RegionItem(QGraphicsItem* parent) : QGraphicsItem(parent) {
    setFlag(ItemUsesExtendedStyleOption);  // else paint() is not told what is exposed
}

void RegionItem::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

void RegionItem::setPicture(RegionPicture picture, const QRectF& changed) {
    if (picture.plot != picture_.plot) prepareGeometryChange();
    picture_ = std::move(picture);
    update(changed);  // all of it when null
}

void RegionItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const QRectF exposed = option->exposedRect;
    painter->setPen(Qt::NoPen);
    painter->setBrush(faint(palette_.muted, 0.11F));
    painter->setRenderHint(QPainter::Antialiasing, false);  // a line lies on every border that is not level
    for (const auto& part : picture_.forbidden)
        painter->drawPolygon(part);
    painter->setRenderHint(QPainter::Antialiasing);
    paintEdges(*painter);
    paintDots(*painter, exposed);
}

// Told apart without colour: what must stay strictly below is dashed, what is no limit but no gain is dotted.
void RegionItem::paintEdges(QPainter& painter) const {
    for (const auto& [kind, line] : picture_.edges) {
        QPen pen(palette_.muted, 1.25);
        if (kind == EdgeKind::network) pen.setDashPattern({5, 3});
        if (kind == EdgeKind::worth) pen.setDashPattern({1.5, 3});
        painter.setPen(pen);
        painter.drawLine(sharp(line));
    }
}

void RegionItem::paintDots(QPainter& painter, const QRectF& exposed) const {
    const QColor infeasible = faint(palette_.baseline, 0.75F);
    const QColor dearer = faint(palette_.tiering, 0.38F);
    painter.setPen(Qt::NoPen);
    for (const auto& dot : picture_.dots) {
        const double reach = dot.radius + 1;
        if (!exposed.adjusted(-reach, -reach, reach, reach).contains(dot.at)) continue;
        if (dot.kind == DotKind::infeasible) {  // a speck: no circle could be seen, and it takes a tenth
            painter.fillRect(QRectF(std::round(dot.at.x()) - 1, std::round(dot.at.y()) - 1, 2, 2),
                             infeasible);
            continue;
        }
        painter.setBrush(dot.kind == DotKind::cheapest ? palette_.tiering : dearer);
        painter.drawEllipse(dot.at, dot.radius, dot.radius);
    }
}

}  // namespace deepvm::ui::charts
