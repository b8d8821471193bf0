// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/futures_plot.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "charts/tornado_rows.h"

namespace deepvm::ui::charts {
namespace {

constexpr double side = 28;  // half of the first and the last label of the axis
constexpr double names_px = 18;
constexpr double strip = 16;  // below the shape: percentiles and means
constexpr double words_px = 16;
constexpr double least_shape = 28;
constexpr double least_row = names_px + least_shape + strip;
constexpr double wordy_row = 76;  // lower rows have no room for the percentiles in words
constexpr double most_row = 136;
constexpr double value_width = 84;

}  // namespace

/// The shape of one row's futures, and below it its percentiles and means.
class FuturesView::Item : public QGraphicsItem {
  public:
    explicit Item(QGraphicsItem* parent) : QGraphicsItem(parent) { setZValue(highlights); }

    QRectF boundingRect() const override { return box_.adjusted(-8, -2, 8, strip + 2); }

    void place(const QRectF& box, const PixelMap& x, const FutureRow* row, const QColor& colour,
               const theme::Palette& palette) {
        prepareGeometryChange();
        box_ = box;
        x_ = x;
        row_ = row;
        colour_ = colour;
        surface_ = palette.surface;
        ink_ = palette.text;
        setVisible(row != nullptr);
        update();
    }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        if (row_ == nullptr) return;
        paintShape(*painter);
        paintStrip(*painter);
    }

  private:
    void paintShape(QPainter& painter) const {
        const auto& bins = row_->bins;
        double highest = 0;
        for (const double share : bins.shares)
            highest = std::max(highest, share);
        if (highest <= 0) return;
        painter.setRenderHint(QPainter::Antialiasing, false);
        QColor fill = colour_;
        fill.setAlphaF(0.45F);
        const auto pixel = [&](double value) {
            return std::clamp(x_.toPixel(value), box_.left(), box_.right());
        };
        for (std::size_t i = 0; i < bins.shares.size(); ++i) {
            if (bins.shares[i] <= 0) continue;
            const double from = bins.first + static_cast<double>(i) * bins.width;
            if (x_.toPixel(from) > box_.right()) break;
            const double left = std::floor(pixel(from));
            const double right = std::max(left + 3, std::floor(pixel(from + bins.width)));
            const double height = std::max(2.0, std::round(box_.height() * bins.shares[i] / highest));
            painter.fillRect(QRectF(left, box_.bottom() - height, right - left, height), fill);
            painter.fillRect(QRectF(left, box_.bottom() - height, right - left, 2), colour_);
        }
    }

    void paintStrip(QPainter& painter) const {
        const double y = box_.bottom() + strip / 2;
        const auto& spread = row_->spread;
        const auto pixel = [&](double value) { return std::min(x_.toPixel(value), box_.right()); };
        painter.setRenderHint(QPainter::Antialiasing, false);
        const double left = std::floor(pixel(spread.p5));
        const double right = std::floor(pixel(spread.p95));
        painter.fillRect(QRectF(left, std::floor(y), right - left + 1, 2), colour_);
        for (const double end : {left, right})
            painter.fillRect(QRectF(end, std::floor(y) - 4, 2, 10), colour_);
        const double low = std::floor(pixel(row_->low));
        const double high = std::max(low + 2, std::ceil(pixel(row_->high)));
        painter.fillRect(QRectF(low, std::floor(y) - 3, high - low, 8), ink_);
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(QPen(surface_, 1.5));
        painter.setBrush(colour_);
        painter.drawEllipse(QPointF(pixel(spread.p50), y + 0.5), 5, 5);
        const QPointF mean(pixel(row_->closed), y + 0.5);
        painter.setPen(QPen(ink_, 1.5));
        painter.setBrush(surface_);
        painter.drawPolygon(QPolygonF(
            {mean + QPointF(0, -6), mean + QPointF(5, 0), mean + QPointF(0, 6), mean + QPointF(-5, 0)}));
    }

    QRectF box_;
    PixelMap x_;
    const FutureRow* row_ = nullptr;
    QColor colour_;
    QColor surface_;
    QColor ink_;
};

FuturesView::FuturesView(PlotView* view)
    : view_(view),
      axes_(view->ground()),
      callout_(new Callout(view->ground())),
      cursor_(new QGraphicsLineItem(view->ground())),
      ring_(new QGraphicsRectItem(view->ground())) {
    cursor_->setZValue(budget_line);
    ring_->setZValue(hover_mark);
    hide();
}

FuturesView::~FuturesView() = default;

double FuturesView::heightFor(std::size_t rows) {
    return static_cast<double>(std::max<std::size_t>(rows, 1)) * least_row + 30;
}

void FuturesView::setColours(const theme::Palette& palette) {
    palette_ = palette;
    view_->setBackgroundBrush(palette.surface);
    axes_.setColours(palette);
    callout_->setColours(palette);
    cursor_->setPen(QPen(palette.text, 1.5));
    ring_->setPen(QPen(palette.accent, 2));
    layOut();
}

void FuturesView::setPlot(FuturesPlot plot) {
    for (auto* item : items_)
        item->place({}, {}, nullptr, {}, palette_);  // they point into the old rows
    plot_ = std::move(plot);
    layOut();
}

double FuturesView::pitch() const {
    const double room = view_->height() - PlotAxes::heightBelow(plotFont(*view_, label_px));
    const auto rows = static_cast<double>(std::max<std::size_t>(1, plot_.rows.size()));
    return std::clamp(std::floor(room / rows), least_row, most_row);
}

double FuturesView::baseline(std::size_t row) const {
    const double words = pitch() >= wordy_row ? words_px : 0;
    return top(row) + pitch() - strip - words - 4;
}

void FuturesView::layOut() {
    hide();
    written_ = 0;
    callout_->setFonts(plotFont(*view_, text_px, QFont::DemiBold), plotFont(*view_, label_px));
    const QFont font = plotFont(*view_, label_px);
    const bool drawn =
        std::ranges::any_of(plot_.rows, [](const FutureRow& row) { return row.absent.isEmpty(); });
    if (drawn) {
        const double width = std::max(80.0, view_->width() - 2 * side);
        const auto scale =
            linearScaleAround(plot_.least, plot_.most, std::max(2, static_cast<int>(width / value_width)));
        const QRectF area(side, 0, width, top(plot_.rows.size()));
        x_ = pixelMap(scale, area.left(), area.right());
        std::vector<PlotAxes::Label> ticks;
        for (const double tick : scale.ticks)
            ticks.push_back({x_.toPixel(tick), plot_.figure == FutureFigure::dollars
                                                   ? moneyTick(tick, scale.step)
                                                   : numberTick(tick, scale.step) + QStringLiteral(" h")});
        axes_.draw(area, ticks, {}, font);
    } else {
        axes_.draw({}, {}, {}, font);
    }
    while (items_.size() < plot_.rows.size())
        items_.push_back(new Item(view_->ground()));
    for (std::size_t i = plot_.rows.size(); i < items_.size(); ++i)
        items_[i]->place({}, {}, nullptr, {}, palette_);
    for (std::size_t row = 0; row < plot_.rows.size(); ++row)
        drawRow(row);
    for (std::size_t i = written_; i < texts_.size(); ++i)
        texts_[i]->hide();
}

void FuturesView::drawRow(std::size_t row) {
    const FutureRow& shown = plot_.rows[row];
    const QFont bold = plotFont(*view_, label_px, QFont::DemiBold);
    const double room = view_->width() - 2 * row_inset;
    write(fittingText({shown.name}, bold, room), bold, palette_.text, {row_inset, top(row) + 2});
    if (!shown.absent.isEmpty()) {
        items_[row]->place({}, {}, nullptr, {}, palette_);
        const QFont font = plotFont(*view_, label_px);
        write(fittingText({shown.absent}, font, room), font, palette_.muted,
              {row_inset, top(row) + names_px + 4});
        return;
    }
    const double from = top(row) + names_px + 2;
    items_[row]->place(QRectF(x_.first, from, x_.last - x_.first, baseline(row) - from), x_, &shown,
                       palette_.architecture(shown.architecture), palette_);
    if (pitch() >= wordy_row) drawMarks(row);
}

// In the middle first, then those beside it that have room.
void FuturesView::drawMarks(std::size_t row) {
    const FutureRow& shown = plot_.rows[row];
    const QFont font = plotFont(*view_, label_px - 1);
    const QFontMetricsF metrics(font);
    const double y = baseline(row) + strip;
    std::vector<QRectF> taken;
    const std::pair<const char*, double> marks[] = {
        {"P50", shown.spread.p50}, {"P5", shown.spread.p5}, {"P95", shown.spread.p95}};
    for (const auto& [mark, value] : marks) {
        const QString text =
            QStringLiteral("%1 %2").arg(QLatin1String(mark), figureText(plot_.figure, value));
        const double width = metrics.horizontalAdvance(text);
        const double x = std::clamp(x_.toPixel(value) - width / 2, 2.0, view_->width() - width - 2.0);
        const QRectF box(x - 5, y, width + 10, words_px);
        if (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); })) continue;
        taken.push_back(box);
        write(text, font, palette_.muted, {x, y});
    }
}

void FuturesView::write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft) {
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

std::optional<FuturesView::Place> FuturesView::hit(QPointF at) const {
    if (at.y() < 0 || plot_.rows.empty()) return std::nullopt;
    const auto row = static_cast<std::size_t>(at.y() / pitch());
    if (row >= plot_.rows.size()) return std::nullopt;
    return Place{row, x_.toValue(std::clamp(at.x(), x_.first, x_.last))};
}

void FuturesView::show(Place place, bool ring) {
    const FutureRow& shown = plot_.rows[place.row];
    const double x = shown.absent.isEmpty() ? x_.toPixel(place.value) : view_->width() / 2.0;
    cursor_->setLine(std::floor(x) + 0.5, top(place.row) + names_px, std::floor(x) + 0.5,
                     baseline(place.row) + strip);
    cursor_->setVisible(shown.absent.isEmpty());
    ring_->setRect(QRectF(2, top(place.row) + 1, view_->width() - 4.0, pitch() - 2));
    ring_->setVisible(ring);
    const QRectF all(0, 0, view_->width(), view_->height());
    callout_->show(futureText(plot_, place.row, place.value), {x, top(place.row) + names_px}, all,
                   palette_.architecture(shown.architecture));
}

void FuturesView::hide() {
    ring_->hide();
    cursor_->hide();
    callout_->hide();
}

}  // namespace deepvm::ui::charts
