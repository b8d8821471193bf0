// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/tornado_chart.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPen>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "charts/tornado_rows.h"
#include "plot/painted_item.h"

namespace deepvm::ui::charts {
namespace {

constexpr double beside = 6;  // between a bar or the middle and what is written beside it
constexpr double note_gap = 3;
constexpr double most_pitch = 56;
constexpr double bar_least = 11;  // with its gaps; rows with less below it have no captions

/// Filled by its direction; hatched and framed where the machines are others; a notch where the same machines
/// would end.
struct BarBox {
    QRectF box;
    QColor fill;
    bool marked = false;
    double notch = 0;  ///< x; 0: none
};

void paintBars(QPainter& painter, const std::vector<BarBox>& bars, const theme::Palette& palette) {
    painter.setPen(QPen(palette.text, 1));
    for (const auto& bar : bars) {
        painter.fillRect(bar.box, bar.fill);
        if (bar.marked) {
            painter.fillRect(bar.box, QBrush(palette.surface, Qt::BDiagPattern));
            painter.drawRect(bar.box.adjusted(0, 0, -1, -1));
        }
        if (bar.notch != 0)
            painter.fillRect(QRectF(bar.notch - 1, bar.box.top(), 2, bar.box.height()), palette.surface);
    }
}

bool isMarked(const TornadoBar& bar) {
    return bar.difference == explain::Difference::other_machines ||
           bar.difference == explain::Difference::nothing_fits;
}

}  // namespace

/// Bars and words. A mark is a row and, as its column, the left (0) or right (1) side.
class TornadoDrawing : public Drawing {
  public:
    explicit TornadoDrawing(PlotView* view);

    /// Null: nothing to draw.
    void setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity, bool publishedUnits) {
        sensitivity_ = std::move(sensitivity);
        rows_ = sensitivity_ ? tornadoRows(*sensitivity_, publishedUnits) : TornadoRows{};
    }
    void setHighlightedType(const QString& type);
    const TornadoBar& bar(const Mark& mark) const {
        return rows_.rows[static_cast<std::size_t>(mark.row)].bars[static_cast<std::size_t>(mark.column)];
    }

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    CalloutText words(const Mark& mark) const override { return bar(mark).callout; }
    QColor colourOf(const Mark& mark) const override {
        return bar(mark).direction == explain::Direction::lowered ? palette_.lowered : palette_.raised;
    }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override;
    QString summary() const override { return rows_.summary; }
    QString caption() const override;
    Table data() const override { return tornadoTable(rows_); }
    QSize leastSize() const override { return {420, static_cast<int>(6 * (bar_least + lineHeight()))}; }

  private:
    int last() const { return static_cast<int>(rows_.rows.size()) - 1; }
    double lineHeight() const { return std::ceil(QFontMetricsF(fontOf()).height()); }
    double noteHeight() const { return lineHeight() + note_gap; }
    double nameColumn() const;
    double middle() const;
    double pitch() const;
    bool captioned() const { return pitch() >= bar_least + lineHeight(); }
    double pixelsPerPercent() const;
    QRectF cell(const Mark& at) const;
    QRectF barBox(const Mark& at) const;
    double notch(const Mark& at) const;
    bool usesHighlighted(const TornadoBar& bar) const;
    void drawBar(const Mark& at);
    void drawNotes();

    PaintedItem* bars_;
    QGraphicsLineItem* base_;
    QGraphicsRectItem* ring_;
    std::shared_ptr<const explain::Sensitivity> sensitivity_;  // rows_ point into it
    TornadoRows rows_;
    QString highlighted_;
    bool marked_ = false;
};

TornadoDrawing::TornadoDrawing(PlotView* view)
    : Drawing(view),
      bars_(new PaintedItem(view->ground())),
      base_(new QGraphicsLineItem(view->ground())),
      ring_(new QGraphicsRectItem(view->ground())) {
    base_->setZValue(names);
    ring_->setZValue(hover_mark);
}

void TornadoDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    base_->setPen(QPen(palette.muted, 1));
    ring_->setPen(QPen(palette.accent, 2));
}

void TornadoDrawing::setHighlightedType(const QString& type) {
    if (marked_ || type == highlighted_) return;  // what is marked here is stressed already
    highlighted_ = type;
    layOut();
}

bool TornadoDrawing::usesHighlighted(const TornadoBar& bar) const {
    const std::string type = highlighted_.toStdString();
    if (type.empty() || bar.plan == nullptr) return false;
    return model::type_id(bar.plan->provider, bar.plan->worker) == type ||
           model::type_id(bar.plan->provider, bar.plan->remote) == type;
}

// Whether there is room for a notch depends on the width.
QString TornadoDrawing::caption() const {
    bool others = false;
    bool notches = false;
    for (Mark at; at.row <= last(); ++at.row)
        for (at.column = 0; at.column < 2; ++at.column) {
            others = others || isMarked(bar(at));
            notches = notches || notch(at) != 0;
        }
    QStringList parts;
    if (notches) parts << QStringLiteral("notch: what the same machines would be worth");
    if (others) parts << QStringLiteral("hatched: other machines, or none");
    return parts.join(QStringLiteral(" · "));
}

double TornadoDrawing::nameColumn() const {
    const QFontMetricsF metrics(fontOf(label_px, QFont::Medium));
    double widest = 0;
    for (const auto& row : rows_.rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.name));
    for (const auto& note : rows_.notes)
        widest = std::max(widest, metrics.horizontalAdvance(note.name));
    return std::ceil(row_inset + widest + row_gap);
}

// The captions on both sides have the same room, so the bars on the left have less: they share the line with
// the names.
double TornadoDrawing::middle() const {
    constexpr double least = 80;
    return std::floor(std::max(nameColumn() + least, view_->width() / 2.0));
}

double TornadoDrawing::pitch() const {
    const double notes = static_cast<double>(rows_.notes.size()) * noteHeight();
    const auto rows = std::max<std::size_t>(1, rows_.rows.size());
    return std::clamp(std::floor((view_->height() - notes) / static_cast<double>(rows)), 12.0,
                      std::max(most_pitch, 2 * lineHeight()));
}

// Both sides on one scale, the largest on which the longest bars and their values have room.
double TornadoDrawing::pixelsPerPercent() const {
    const QFontMetricsF metrics(fontOf(label_px, QFont::DemiBold));
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

QRectF TornadoDrawing::cell(const Mark& at) const {
    const double left = at.column == 0 ? 0 : middle();
    const double right = at.column == 0 ? middle() : view_->width();
    return {left, at.row * pitch(), right - left, pitch()};
}

QRectF TornadoDrawing::barBox(const Mark& at) const {
    const TornadoBar& shown = bar(at);
    const double length = std::round(shown.percent * pixelsPerPercent());
    const double caption = captioned() ? lineHeight() : 0;
    const double height = std::clamp(std::floor((pitch() - caption) * 0.75), 6.0, 20.0);
    const double top = cell(at).top() + std::floor((pitch() - caption - height) / 2);
    // Other machines that are worth the same are still to be seen.
    const double width = std::max(std::abs(length), isMarked(shown) ? 4.0 : 0.0);
    const bool leftwards = length < 0 || (length == 0 && at.column == 0);
    return {leftwards ? middle() - width : middle(), top, width, height};
}

// Where the same machines would end; 0 where that is not inside of the bar.
double TornadoDrawing::notch(const Mark& at) const {
    constexpr double clear = 4;
    const double x = middle() + std::round(bar(at).unmoved * pixelsPerPercent());
    const QRectF box = barBox(at);
    return x > box.left() + clear && x < box.right() - clear ? x : 0;
}

void TornadoDrawing::layOut() {
    texts_.begin();
    const QFont font = fontOf(label_px, QFont::Medium);
    std::vector<BarBox> boxes;
    for (Mark at; at.row <= last(); ++at.row) {
        const double y = barBox(at).center().y() - QFontMetricsF(font).height() / 2;
        texts_.write(rows_.rows[static_cast<std::size_t>(at.row)].name, font, palette_.text, {row_inset, y});
        for (at.column = 0; at.column < 2; ++at.column) {
            boxes.push_back({barBox(at), colourOf(at), isMarked(bar(at)), notch(at)});
            drawBar(at);
        }
        at.column = 0;
    }
    bars_->set(view_->all(), [boxes = std::move(boxes), palette = palette_](QPainter& painter) {
        paintBars(painter, boxes, palette);
    });
    drawNotes();
    texts_.end();
    base_->setVisible(last() >= 0);
    const double x = middle() + 0.5;
    base_->setLine(x, 0, x, (last() + 1) * pitch());
}

// Its value at its end, and below it what it changes; the latter has room under the name, too.
void TornadoDrawing::drawBar(const Mark& at) {
    const TornadoBar& shown = bar(at);
    const QRectF box = barBox(at);
    const bool left = at.column == 0;
    const QFont bold = fontOf(label_px, QFont::DemiBold);
    const QFontMetricsF value(bold);
    const double x = left ? box.left() - beside - value.horizontalAdvance(shown.value) : box.right() + beside;
    texts_.write(shown.value, bold, palette_.text, {x, box.center().y() - value.height() / 2});

    if (!captioned()) return;
    const bool loud = isMarked(shown) || usesHighlighted(shown);
    const QFont font = fontOf(label_px, isMarked(shown) ? QFont::DemiBold : QFont::Normal);
    const QString text = fittingText(shown.caption, font, cell(at).width() - 2 * beside);
    const double start =
        left ? middle() - beside - QFontMetricsF(font).horizontalAdvance(text) : middle() + beside;
    texts_.write(text, font, loud ? palette_.text : palette_.muted, {start, box.bottom() + 1});
}

void TornadoDrawing::drawNotes() {
    const QFont font = fontOf();
    const double left = nameColumn();
    double top = (last() + 1) * pitch() + note_gap;
    for (const auto& note : rows_.notes) {
        texts_.write(note.name, font, palette_.muted, {row_inset, top});
        texts_.write(fittingText({note.why}, font, view_->width() - left), font, palette_.muted, {left, top});
        top += noteHeight();
    }
}

std::optional<Mark> TornadoDrawing::markAt(QPointF at) const {
    const int row = static_cast<int>(std::floor(at.y() / pitch()));
    if (row < 0 || row > last()) return std::nullopt;
    return Mark{row, at.x() < middle() ? 0 : 1, 0};
}

std::optional<Mark> TornadoDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (last() < 0) return std::nullopt;
    if (!from) return Mark{0, 1, 0};
    switch (step) {
        case Step::left:
            return Mark{from->row, 0, 0};
        case Step::right:
            return Mark{from->row, 1, 0};
        case Step::up:
            return Mark{std::max(0, from->row - 1), from->column, 0};
        case Step::down:
            return Mark{std::min(last(), from->row + 1), from->column, 0};
        case Step::first:
            return Mark{0, from->column, 0};
        case Step::last:
            return Mark{last(), from->column, 0};
    }
    return from;
}

std::optional<Mark> TornadoDrawing::kept(const Mark& mark) const {
    if (last() < 0) return std::nullopt;
    return Mark{std::min(last(), mark.row), mark.column, 0};
}

Spot TornadoDrawing::show(const Mark& mark, bool focused) {
    marked_ = true;
    const QRectF own = cell(mark);
    const QRectF box = barBox(mark);
    ring_->setRect(own.adjusted(2, 1, -2, -1));
    ring_->setVisible(focused);
    return {{mark.column == 0 ? box.left() : box.right(), own.center().y()}, {}, own};
}

void TornadoDrawing::hide() {
    marked_ = false;
    ring_->hide();
}

TornadoChart::TornadoChart(QWidget* parent)
    : ChartFrame({tr("What would change the answer"), QStringLiteral("tornadoView"), {740, 260}, {}}, parent),
      tornado_(draw<TornadoDrawing>()) {
    connect(this, &ChartFrame::marked, this, [this](const Mark& mark) {
        if (tornado_->bar(mark).plan == nullptr) return;
        const problem::Plan copy = *tornado_->bar(mark).plan;  // a receiver may replace the sensitivity
        emit planHovered(copy);
    });
    connect(this, &ChartFrame::unmarked, this, &TornadoChart::planHoverEnded);
}

void TornadoChart::setSensitivity(std::shared_ptr<const explain::Sensitivity> sensitivity,
                                  bool publishedUnits) {
    redraw([&] { tornado_->setSensitivity(std::move(sensitivity), publishedUnits); });
}

void TornadoChart::setHighlightedType(const QString& type) {
    tornado_->setHighlightedType(type);
}

std::optional<problem::Plan> TornadoChart::shownPlan() const {
    const auto mark = shown();
    if (!mark || tornado_->bar(*mark).plan == nullptr) return std::nullopt;
    return *tornado_->bar(*mark).plan;
}

void TornadoChart::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_P) return ChartFrame::keyPressEvent(event);
    if (const auto plan = shownPlan()) emit planPinned(*plan);
}

void TornadoChart::addActions(QMenu& menu) {
    const auto plan = shownPlan();
    if (!plan) return;
    menu.addAction(tr("Pin these machines"), this, [this, plan] { emit planPinned(*plan); });
    menu.addSeparator();
}

}  // namespace deepvm::ui::charts
