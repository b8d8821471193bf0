// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/overlay_items.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "plot/label_placement.h"
#include "plot/plot_view.h"

namespace deepvm::ui::plot {
namespace {

constexpr double ring_radius = 6;
constexpr double grab_reach = 6;

constexpr double pad_x = 14;
constexpr double pad_y = 10;
constexpr double mark_width = 3;
constexpr double corner = 8;
constexpr double most_width = 340;

// From a point to the nearest of a line.
double distance(QPointF at, const QLineF& line) {
    const QPointF along = line.p2() - line.p1();
    const double share = QPointF::dotProduct(at - line.p1(), along) / QPointF::dotProduct(along, along);
    const QPointF nearest = line.pointAt(std::clamp(share, 0.0, 1.0));
    return std::hypot(at.x() - nearest.x(), at.y() - nearest.y());
}

}  // namespace

class BudgetMarker::Pill : public QGraphicsItem {
  public:
    explicit Pill(QGraphicsItem* parent) : QGraphicsItem(parent) {}

    QRectF boundingRect() const override { return box_.adjusted(-3, -3, 3, 3); }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        const double radius = box_.height() / 2;
        painter->setPen(focused_ ? QPen(focus_, 2) : QPen(Qt::NoPen));
        painter->setBrush(fill_);
        painter->drawRoundedRect(focused_ ? box_.adjusted(-1, -1, 1, 1) : box_, radius, radius);
        painter->setPen(ink_);
        painter->setFont(font_);
        painter->drawText(box_, Qt::AlignCenter, text_);
    }

    void setText(const QString& text, double height) {
        const double width = std::ceil(QFontMetricsF(font_).horizontalAdvance(text) / 2) * 2 + 22;
        if (text == text_ && width == box_.width()) return;
        prepareGeometryChange();
        text_ = text;
        box_ = QRectF(-width / 2, 0, width, height);
        update();
    }

    QString text_;
    QRectF box_;
    QFont font_;
    QColor fill_;
    QColor ink_;
    QColor focus_;
    bool focused_ = false;
};

BudgetMarker::BudgetMarker(QGraphicsItem* parent)
    : line_(new QGraphicsLineItem(parent)), pill_(new Pill(parent)), ring_(new QGraphicsEllipseItem(parent)) {
    ring_->setRect(-ring_radius, -ring_radius, 2 * ring_radius, 2 * ring_radius);
    line_->setZValue(budget_line);
    ring_->setZValue(budget_line + 1);
    pill_->setZValue(budget_line + 2);
}

void BudgetMarker::setColours(const theme::Palette& palette) {
    surface_ = palette.surface;
    line_->setPen(QPen(palette.text, 1.5));
    ring_->setBrush(surface_);
    pill_->fill_ = palette.text;
    pill_->ink_ = palette.surface;
    pill_->focus_ = palette.accent;
    pill_->update();
}

void BudgetMarker::setFont(const QFont& font) {
    pill_->font_ = font;
    const QString text = pill_->text_;
    pill_->text_.clear();
    pill_->setText(text, pillHeight());
}

void BudgetMarker::setFocused(bool focused) {
    pill_->focused_ = focused;
    pill_->update();
}

void BudgetMarker::setVisible(bool visible) {
    line_->setVisible(visible);
    pill_->setVisible(visible);
    if (!visible) ring_->setVisible(false);
}

void BudgetMarker::place(const QRectF& plot, double x, double left, double right, const QString& text) {
    const double top = std::max(2.0, plot.top() - pillHeight() - 8);
    place(QLineF(x, top + pillHeight(), x, plot.bottom()), QPointF(x, top), left, right, text);
}

void BudgetMarker::place(const QLineF& line, QPointF pill, double left, double right, const QString& text) {
    along_ = line;
    pill_->setText(text, pillHeight());
    const double half = pill_->box_.width() / 2;
    const double centre = std::max(left + half, std::min(pill.x(), right - half));
    pill_->setPos(std::round(centre), std::round(pill.y()));
    line_->setLine(line.translated(-line.x1(), 0));
    line_->setPos(line.x1(), 0);
    line_->setVisible(!line.isNull());
}

void BudgetMarker::placeRing(const std::optional<QPointF>& at, const QColor& colour) {
    ring_->setVisible(at.has_value());
    if (!at) return;
    ring_->setPen(QPen(colour, 3));
    ring_->setPos(*at);
}

QRectF BudgetMarker::pill() const {
    return pill_->box_.translated(pill_->pos());
}

bool BudgetMarker::grabs(QPointF at) const {
    if (!pill_->isVisible()) return false;
    return pill().contains(at) || (!along_.isNull() && distance(at, along_) <= grab_reach);
}

Callout::Callout(QGraphicsItem* parent) : QGraphicsItem(parent) {
    setZValue(callouts);
    hide();
}

void Callout::setColours(const theme::Palette& palette) {
    surface_ = palette.surface;
    line_ = palette.line;
    ink_ = palette.text;
    muted_ = palette.muted;
    update();
}

void Callout::setFonts(const QFont& title, const QFont& detail) {
    title_font_ = title;
    detail_font_ = detail;
}

QSizeF Callout::sizeFor(double most) {
    const QFontMetricsF title(title_font_);
    const QFontMetricsF detail(detail_font_);
    const double room = most - 2 * pad_x - mark_width;
    text_.title = title.elidedText(text_.title, Qt::ElideMiddle, room);
    double width = title.horizontalAdvance(text_.title);
    const auto lines = text_.detail.split(QLatin1Char('\n'));
    QStringList fitting;
    for (const auto& line : lines) {
        fitting << detail.elidedText(line, Qt::ElideRight, room);
        width = std::max(width, detail.horizontalAdvance(fitting.back()));
    }
    text_.detail = fitting.join(QLatin1Char('\n'));
    const double height = title.height() + 4 + static_cast<double>(lines.size()) * detail.lineSpacing();
    return {std::ceil(width + 2 * pad_x + mark_width), std::ceil(height + 2 * pad_y)};
}

void Callout::show(const CalloutText& text, const Spot& spot, const QRectF& all, const QColor& colour) {
    prepareGeometryChange();
    text_ = text;
    mark_ = colour;
    const QRectF bounds = spot.bounds.isNull() ? all : spot.bounds;
    size_ = sizeFor(std::min(most_width, bounds.width()));
    const auto place = spot.clear.isNull() ? placeCallout(size_, spot.at, bounds)
                                           : placeClear(size_, spot.at, spot.clear, bounds);
    setPos(std::round(place.x()), std::round(place.y()));
    setVisible(true);
    update();
}

QRectF Callout::boundingRect() const {
    return {QPointF(0, 0), size_};
}

void Callout::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QRectF box = boundingRect();
    painter->setPen(QPen(line_, 1));
    painter->setBrush(surface_);
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mark_);
    const QRectF mark(pad_x - 4, pad_y + 1, mark_width, box.height() - 2 * pad_y - 2);
    painter->drawRoundedRect(mark, mark_width / 2, mark_width / 2);

    const QFontMetricsF title(title_font_);
    QRectF rest = box.adjusted(pad_x + mark_width + 3, pad_y, 0, 0);
    painter->setFont(title_font_);
    painter->setPen(ink_);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, text_.title);
    rest.setTop(rest.top() + title.height() + 4);
    painter->setFont(detail_font_);
    painter->setPen(muted_);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, text_.detail);
}

Tag::Tag(QGraphicsItem* parent) : QGraphicsItem(parent) {
    setZValue(names);
}

void Tag::setColours(const theme::Palette& palette) {
    ink_ = palette.text;
    plate_ = palette.surface;
    plate_.setAlphaF(0.88F);
    update();
}

void Tag::setText(const QString& text, const QFont& font) {
    if (text == text_ && font == font_) return;
    prepareGeometryChange();
    text_ = text;
    font_ = font;
    const QFontMetricsF metrics(font);
    // Just what is written on: it is to fit between two rows of points.
    size_ = QSizeF(std::ceil(metrics.horizontalAdvance(text)) + 8,
                   std::ceil(metrics.capHeight() + metrics.descent()) + 1);
    update();
}

void Tag::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(plate_);
    painter->drawRoundedRect(boundingRect(), 4, 4);
    painter->setPen(ink_);
    painter->setFont(font_);
    painter->drawText(QPointF(4, 1 + std::ceil(QFontMetricsF(font_).capHeight())), text_);
}

}  // namespace deepvm::ui::plot
