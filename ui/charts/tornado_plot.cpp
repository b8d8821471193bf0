// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/tornado_plot.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace deepvm::ui::charts {
namespace {

constexpr double beside = 6;  // between a bar or the middle and what is written beside it
constexpr double note_height = 18;
constexpr double most_pitch = 56;
constexpr double words_pitch = 26;  // rows that are lower have no room for captions
constexpr double roomy_pitch = 36;
constexpr int small_px = 11;

QFont captionFont(const QWidget& view, double pitch, QFont::Weight weight = QFont::Normal) {
    return plotFont(view, pitch < roomy_pitch ? small_px : label_px, weight);
}

bool isMarked(const TornadoBar& bar) {
    return bar.difference == explain::Difference::other_machines ||
           bar.difference == explain::Difference::nothing_fits;
}

}  // namespace

/// Filled by its direction; hatched and framed where the machines are others; a notch where the same machines
/// would end.
class TornadoPlot::Bar : public QGraphicsItem {
  public:
    explicit Bar(QGraphicsItem* parent) : QGraphicsItem(parent) { setZValue(highlights); }

    QRectF boundingRect() const override { return box_.adjusted(-2, -2, 2, 2); }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        painter->fillRect(box_, fill_);
        if (marked_) {
            painter->setRenderHint(QPainter::Antialiasing, false);
            painter->fillRect(box_, QBrush(surface_, Qt::BDiagPattern));
            painter->setPen(QPen(frame_, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(box_.adjusted(0, 0, -1, -1));
        }
        if (notch_ == 0) return;
        painter->fillRect(QRectF(notch_ - 1, box_.top(), 2, box_.height()), surface_);
    }

    void place(const QRectF& box, bool marked, double notch) {
        prepareGeometryChange();
        box_ = box;
        marked_ = marked;
        notch_ = notch;
        setVisible(box.width() > 0);
        update();
    }

    QColor fill_;
    QColor frame_;
    QColor surface_;

  private:
    QRectF box_;
    bool marked_ = false;
    double notch_ = 0;
};

TornadoPlot::TornadoPlot(PlotView* view)
    : view_(view),
      callout_(new Callout(view->ground())),
      base_(new QGraphicsLineItem(view->ground())),
      ring_(new QGraphicsRectItem(view->ground())) {
    base_->setZValue(names);
    ring_->setZValue(hover_mark);
    hide();
}

TornadoPlot::~TornadoPlot() = default;

double TornadoPlot::minimumHeight() {
    return 6 * words_pitch;
}

void TornadoPlot::setColours(const theme::Palette& palette) {
    palette_ = palette;
    view_->setBackgroundBrush(palette.surface);
    callout_->setColours(palette);
    base_->setPen(QPen(palette.muted, 1));
    ring_->setPen(QPen(palette.accent, 2));
    layOut();
}

void TornadoPlot::setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity,
                                 bool publishedUnits) {
    sensitivity_ = std::move(sensitivity);
    rows_ = sensitivity_ ? tornadoRows(*sensitivity_, publishedUnits) : TornadoRows{};
    layOut();
}

void TornadoPlot::setHighlightedType(const QString& type) {
    if (type == highlighted_) return;
    highlighted_ = type;
    layOut();
}

bool TornadoPlot::usesHighlighted(const TornadoBar& bar) const {
    const std::string type = highlighted_.toStdString();
    if (type.empty() || bar.plan == nullptr) return false;
    return model::type_id(bar.plan->provider, bar.plan->worker) == type ||
           model::type_id(bar.plan->provider, bar.plan->remote) == type;
}

bool TornadoPlot::hasOtherMachines() const {
    return std::ranges::any_of(rows_.rows,
                               [](const auto& row) { return std::ranges::any_of(row.bars, isMarked); });
}

bool TornadoPlot::hasNotch() const {
    for (std::size_t row = 0; row < rows_.rows.size(); ++row)
        for (std::size_t side = 0; side < 2; ++side)
            if (notch({row, side}) != 0) return true;
    return false;
}

double TornadoPlot::nameColumn() const {
    const QFontMetricsF metrics(plotFont(*view_, label_px, QFont::Medium));
    double widest = 0;
    for (const auto& row : rows_.rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.name));
    for (const auto& note : rows_.notes)
        widest = std::max(widest, metrics.horizontalAdvance(note.name));
    return std::ceil(row_inset + widest + row_gap);
}

// The captions on both sides have the same room, so the bars on the left have less: they share the line with
// the names.
double TornadoPlot::middle() const {
    constexpr double least = 80;
    return std::floor(std::max(nameColumn() + least, view_->width() / 2.0));
}

double TornadoPlot::captionRoom(std::size_t side) const {
    return (side == 0 ? middle() : view_->width() - middle()) - 2 * beside;
}

double TornadoPlot::pitch() const {
    const double notes = static_cast<double>(rows_.notes.size()) * note_height;
    const auto rows = std::max<std::size_t>(1, rows_.rows.size());
    return std::clamp(std::floor((view_->height() - notes) / static_cast<double>(rows)), 12.0, most_pitch);
}

// Both sides on one scale, the largest on which the longest bars and their values have room.
double TornadoPlot::pixelsPerPercent() const {
    const QFontMetricsF metrics(plotFont(*view_, label_px, QFont::DemiBold));
    double widest = 0;
    for (const auto& row : rows_.rows)
        for (const auto& bar : row.bars)
            widest = std::max(widest, metrics.horizontalAdvance(bar.value));
    const double value = widest + 2 * beside;
    const std::array<double, 2> room{middle() - nameColumn() - value, view_->width() - middle() - value};
    double scale = std::numeric_limits<double>::infinity();
    for (std::size_t side = 0; side < 2; ++side)
        if (rows_.reach[side] > 0) scale = std::min(scale, std::max(8.0, room[side]) / rows_.reach[side]);
    return std::isfinite(scale) ? scale : 1;
}

QRectF TornadoPlot::cell(BarAt at) const {
    const double left = at.side == 0 ? 0 : middle();
    const double right = at.side == 0 ? middle() : view_->width();
    return {left, static_cast<double>(at.row) * pitch(), right - left, pitch()};
}

QRectF TornadoPlot::barBox(BarAt at) const {
    const TornadoBar& shown = bar(at);
    const double length = std::round(shown.percent * pixelsPerPercent());
    const QFontMetricsF words(captionFont(*view_, pitch()));
    const double caption = pitch() < words_pitch ? 0 : std::ceil(words.height());
    const double height = std::clamp(std::floor((pitch() - caption) * 0.75), 6.0, 20.0);
    const double top = cell(at).top() + std::floor((pitch() - caption - height) / 2);
    // Other machines that are worth the same are still to be seen.
    const double width = std::max(std::abs(length), isMarked(shown) ? 4.0 : 0.0);
    const bool leftwards = length < 0 || (length == 0 && at.side == 0);
    return {leftwards ? middle() - width : middle(), top, width, height};
}

// Where the same machines would end; 0 where that is not inside of the bar.
double TornadoPlot::notch(BarAt at) const {
    constexpr double clear = 4;
    const TornadoBar& shown = bar(at);
    const double at_x = middle() + std::round(shown.unmoved * pixelsPerPercent());
    const QRectF box = barBox(at);
    return at_x > box.left() + clear && at_x < box.right() - clear ? at_x : 0;
}

std::optional<BarAt> TornadoPlot::hit(QPointF at) const {
    if (at.y() < 0) return std::nullopt;
    const auto row = static_cast<std::size_t>(at.y() / pitch());
    if (row >= rows_.rows.size()) return std::nullopt;
    return BarAt{row, at.x() < middle() ? std::size_t{0} : std::size_t{1}};
}

void TornadoPlot::layOut() {
    hide();
    written_ = 0;
    callout_->setFonts(plotFont(*view_, text_px, QFont::DemiBold), plotFont(*view_, label_px));
    const std::size_t needed = 2 * rows_.rows.size();
    while (bars_.size() < needed)
        bars_.push_back(new Bar(view_->ground()));
    for (std::size_t i = needed; i < bars_.size(); ++i)
        bars_[i]->place({}, false, 0);
    for (std::size_t row = 0; row < rows_.rows.size(); ++row)
        drawRow(row);
    for (std::size_t note = 0; note < rows_.notes.size(); ++note)
        drawNote(note);
    for (std::size_t i = written_; i < texts_.size(); ++i)
        texts_[i]->hide();
    base_->setVisible(!rows_.rows.empty());
    const double x = middle() + 0.5;
    base_->setLine(x, 0, x, static_cast<double>(rows_.rows.size()) * pitch());
}

void TornadoPlot::drawRow(std::size_t row) {
    const QFont font = plotFont(*view_, label_px, QFont::Medium);
    const QRectF box = barBox({row, 1});
    write(rows_.rows[row].name, font, palette_.text,
          {row_inset, box.center().y() - QFontMetricsF(font).height() / 2});
    for (std::size_t side = 0; side < 2; ++side)
        drawBar({row, side});
}

void TornadoPlot::drawBar(BarAt at) {
    const TornadoBar& shown = bar(at);
    const QRectF box = barBox(at);
    Bar* item = bars_[2 * at.row + at.side];
    item->fill_ = shown.direction == explain::Direction::lowered ? palette_.lowered : palette_.raised;
    item->frame_ = palette_.text;
    item->surface_ = palette_.surface;
    item->place(box, isMarked(shown), notch(at));

    const QFont bold = plotFont(*view_, label_px, QFont::DemiBold);
    const QFontMetricsF value(bold);
    const double x =
        at.side == 0 ? box.left() - beside - value.horizontalAdvance(shown.value) : box.right() + beside;
    write(shown.value, bold, palette_.text, {x, box.center().y() - value.height() / 2});

    if (pitch() < words_pitch) return;
    const bool loud = isMarked(shown) || usesHighlighted(shown);
    const QFont small = captionFont(*view_, pitch(), isMarked(shown) ? QFont::DemiBold : QFont::Normal);
    const QString text = fittingText(shown.caption, small, captionRoom(at.side));
    const double start =
        at.side == 0 ? middle() - beside - QFontMetricsF(small).horizontalAdvance(text) : middle() + beside;
    write(text, small, loud ? palette_.text : palette_.muted, {start, box.bottom() + 1});
}

void TornadoPlot::drawNote(std::size_t note) {
    const QFont font = plotFont(*view_, label_px);
    const double top = static_cast<double>(rows_.rows.size()) * pitch() +
                       static_cast<double>(note) * note_height + note_height - QFontMetricsF(font).height();
    const double left = nameColumn();
    write(rows_.notes[note].name, font, palette_.muted, {row_inset, top});
    write(fittingText({rows_.notes[note].why}, font, view_->width() - left), font, palette_.muted,
          {left, top});
}

void TornadoPlot::write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft) {
    if (written_ == texts_.size()) {
        texts_.push_back(new QGraphicsSimpleTextItem(view_->ground()));
        texts_.back()->setZValue(names);
    }
    auto* item = texts_[written_++];
    item->setFont(font);
    item->setBrush(colour);
    item->setText(text);
    item->setPos(std::round(topLeft.x()), std::round(topLeft.y()));
    item->show();
}

void TornadoPlot::show(BarAt at, bool ring) {
    const TornadoBar& shown = bar(at);
    ring_->setRect(cell(at).adjusted(2, 1, -2, -1));
    ring_->setVisible(ring);
    const QColor mark = shown.direction == explain::Direction::lowered ? palette_.lowered : palette_.raised;
    placeCallout(at, shown.callout, mark);
}

// Below the bar or above it; where there is no room for either, on the other side: never over it.
void TornadoPlot::placeCallout(BarAt at, const CalloutText& text, const QColor& mark) {
    constexpr double closer = 12;  // a callout keeps 16 px from its anchor
    constexpr double overlap = 56;
    const QRectF all(0, 0, view_->width(), view_->height());
    const QRectF own = cell(at);
    const QRectF box = barBox(at);
    const double x = at.side == 0 ? box.left() : box.right();
    for (const double y : {own.bottom() - closer, own.top() + closer}) {
        callout_->show(text, {x, y}, all, mark);
        if (!QRectF(callout_->pos(), callout_->boundingRect().size()).intersects(own)) return;
    }
    const QRectF other = at.side == 0 ? all.adjusted(middle() - overlap, 0, 0, 0)
                                      : QRectF(0, 0, middle() + overlap, all.height());
    callout_->show(text, {middle(), own.center().y()}, other, mark);
}

void TornadoPlot::hide() {
    ring_->hide();
    callout_->hide();
}

}  // namespace deepvm::ui::charts
