// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/futures_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "plot/chart_scale.h"
#include "plot/painted_item.h"
#include "wording/architecture_colours.h"

namespace deepvm::ui::charts {
namespace {

constexpr double side = 28;   // half of the first and the last label of the axis
constexpr double strip = 16;  // below the shape: percentiles and means
constexpr double least_shape = 14;
constexpr double most_row = 136;
constexpr double value_width = 84;
constexpr int step_percent = 5;
constexpr int middle_percent = 50;

/// One row's shape, and below it its percentiles and means.
struct FuturesBox {
    QRectF box;
    PixelMap x;
    const FutureRow* row = nullptr;
    QColor colour;
};

void paintShape(QPainter& painter, const FuturesBox& of) {
    const auto& bins = of.row->bins;
    const double highest = *std::ranges::max_element(bins.shares);
    QColor fill = of.colour;
    fill.setAlphaF(0.45F);
    const auto pixel = [&](double value) {
        return std::clamp(of.x.toPixel(value), of.box.left(), of.box.right());
    };
    for (std::size_t i = 0; i < bins.shares.size(); ++i) {
        if (bins.shares[i] <= 0) continue;
        const double from = bins.first + static_cast<double>(i) * bins.width;
        if (of.x.toPixel(from) > of.box.right()) break;
        const double left = std::floor(pixel(from));
        const double right = std::max(left + 3, std::floor(pixel(from + bins.width)));
        const double height = std::max(2.0, std::round(of.box.height() * bins.shares[i] / highest));
        painter.fillRect(QRectF(left, of.box.bottom() - height, right - left, height), fill);
        painter.fillRect(QRectF(left, of.box.bottom() - height, right - left, 2), of.colour);
    }
}

void paintStrip(QPainter& painter, const FuturesBox& of, const theme::Palette& palette) {
    const double y = std::floor(of.box.bottom() + strip / 2);
    const auto& spread = of.row->spread;
    const auto pixel = [&](double value) { return std::min(of.x.toPixel(value), of.box.right()); };
    const double left = std::floor(pixel(spread.p5));
    const double right = std::floor(pixel(spread.p95));
    painter.fillRect(QRectF(left, y, right - left + 1, 2), of.colour);
    for (const double end : {left, right})
        painter.fillRect(QRectF(end, y - 4, 2, 10), of.colour);
    const double low = std::floor(pixel(of.row->low));
    const double high = std::max(low + 2, std::ceil(pixel(of.row->high)));
    painter.fillRect(QRectF(low, y - 3, high - low, 8), palette.text);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(palette.surface, 1.5));
    painter.setBrush(of.colour);
    painter.drawEllipse(QPointF(pixel(spread.p50), y + 0.5), 5, 5);
    const QPointF mean(pixel(of.row->closed), y + 0.5);
    painter.setPen(QPen(palette.text, 1.5));
    painter.setBrush(palette.surface);
    painter.drawPolygon(QPolygonF(
        {mean + QPointF(0, -6), mean + QPointF(5, 0), mean + QPointF(0, 6), mean + QPointF(-5, 0)}));
}

void paintFutures(QPainter& painter, const std::vector<FuturesBox>& boxes, const theme::Palette& palette) {
    for (const auto& box : boxes) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintShape(painter, box);
        paintStrip(painter, box, palette);
    }
}

}  // namespace

/// The rows of futures with their axis. A mark is a row and a figure on it; the keyboard's has a share of the
/// futures in percent as its column.
class FuturesDrawing : public Drawing {
  public:
    explicit FuturesDrawing(PlotView* view);

    void setPlot(FuturesPlot plot) {
        item_->set({}, {});  // it points into the rows
        plot_ = std::move(plot);
    }

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    CalloutText words(const Mark& mark) const override { return futureText(plot_, index(mark), mark.at); }
    QColor colourOf(const Mark& mark) const override {
        return wording::colourOf(row(mark).architecture, palette_);
    }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override;
    QString summary() const override { return plot_.summary; }
    QString caption() const override { return plot_.caption; }
    Table data() const override { return futuresTable(plot_); }
    QSize leastSize() const override {
        return {360, leastHeight() + static_cast<int>(2 * nameHeight()) + 6};  // a caption has two lines
    }

  private:
    static std::size_t index(const Mark& mark) { return static_cast<std::size_t>(mark.row); }
    const FutureRow& row(const Mark& mark) const { return plot_.rows[index(mark)]; }
    double nameHeight() const { return std::ceil(QFontMetricsF(fontOf()).height()) + 2; }
    double leastRow() const { return nameHeight() + least_shape + strip; }
    int leastHeight() const;  ///< of the view
    double pitch() const;
    QRectF box(std::size_t row) const;
    void drawAxis();
    void drawWords(std::size_t row);

    PlotAxes axes_;
    PaintedItem* item_;
    QGraphicsLineItem* cursor_;
    QGraphicsRectItem* ring_;
    FuturesPlot plot_;
    PixelMap x_;
};

FuturesDrawing::FuturesDrawing(PlotView* view)
    : Drawing(view),
      axes_(view->ground()),
      item_(new PaintedItem(view->ground())),
      cursor_(new QGraphicsLineItem(view->ground())),
      ring_(new QGraphicsRectItem(view->ground())) {
    cursor_->setZValue(budget_line);
    ring_->setZValue(hover_mark);
}

int FuturesDrawing::leastHeight() const {
    const auto rows = static_cast<double>(std::max<std::size_t>(plot_.rows.size(), 1));
    return static_cast<int>(std::ceil(rows * leastRow() + PlotAxes::heightBelow(fontOf())));
}

void FuturesDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    axes_.setColours(palette);
    cursor_->setPen(QPen(palette.text, 1.5));
    ring_->setPen(QPen(palette.accent, 2));
}

double FuturesDrawing::pitch() const {
    const double room = view_->height() - PlotAxes::heightBelow(fontOf());
    const auto rows = static_cast<double>(std::max<std::size_t>(1, plot_.rows.size()));
    return std::clamp(std::floor(room / rows), leastRow(), std::max(leastRow(), most_row));
}

// Of a row's shape.
QRectF FuturesDrawing::box(std::size_t row) const {
    const double top = static_cast<double>(row) * pitch() + nameHeight();
    return {x_.first, top, x_.last - x_.first, pitch() - nameHeight() - strip};
}

void FuturesDrawing::layOut() {
    view_->setMinimumHeight(leastHeight());  // a layout asks the caption for its height, not the chart
    drawAxis();
    texts_.begin();
    std::vector<FuturesBox> boxes;
    for (std::size_t row = 0; row < plot_.rows.size(); ++row) {
        const auto& shown = plot_.rows[row];
        drawWords(row);
        if (shown.absent.isEmpty())
            boxes.push_back({box(row), x_, &shown, wording::colourOf(shown.architecture, palette_)});
    }
    item_->set(view_->all(), [boxes = std::move(boxes), palette = palette_](QPainter& painter) {
        paintFutures(painter, boxes, palette);
    });
    texts_.end();
}

void FuturesDrawing::drawAxis() {
    if (!plot_.any) return axes_.draw({}, {}, {}, fontOf());
    const double width = std::max(80.0, view_->width() - 2 * side);
    const auto scale =
        linearScaleAround(plot_.least, plot_.most, std::max(2, static_cast<int>(width / value_width)));
    const QRectF area(side, 0, width, static_cast<double>(plot_.rows.size()) * pitch());
    x_ = pixelMap(scale, area.left(), area.right());
    const auto text = [this](double tick, double step) {
        return plot_.figure == FutureFigure::dollars ? moneyTick(tick, step)
                                                     : numberTick(tick, step) + QStringLiteral(" h");
    };
    axes_.draw(area, PlotAxes::labelsOf(scale, x_, text), {}, fontOf());
}

// The name, and the figures as far as the name stays to be told from the others.
void FuturesDrawing::drawWords(std::size_t row) {
    const FutureRow& shown = plot_.rows[row];
    const QFont bold = fontOf(label_px, QFont::DemiBold);
    const QFont font = fontOf();
    const double room = view_->width() - 2 * row_inset;
    const double y = static_cast<double>(row) * pitch();
    const QString brief = shown.name.section(QLatin1Char(':'), 0, 0);
    const double rest = room - QFontMetricsF(bold).horizontalAdvance(brief) - row_gap;
    const QString figures = shown.absent.isEmpty() ? fittingText(shown.figures, font, rest) : QString();
    const double width = QFontMetricsF(font).horizontalAdvance(figures);
    const double names = figures.isEmpty() ? room : room - width - row_gap;
    texts_.write(fittingText({shown.name, brief}, bold, names), bold, palette_.text, {row_inset, y});
    if (shown.absent.isEmpty())
        texts_.write(figures, font, palette_.text, {row_inset + room - width, y});
    else
        texts_.write(fittingText({shown.absent}, font, room), font, palette_.muted,
                     {row_inset, y + nameHeight()});
}

std::optional<Mark> FuturesDrawing::markAt(QPointF at) const {
    const int row = static_cast<int>(std::floor(at.y() / pitch()));
    if (row < 0 || row >= static_cast<int>(plot_.rows.size())) return std::nullopt;
    return Mark{row, 0, x_.toValue(std::clamp(at.x(), x_.first, x_.last))};
}

std::optional<Mark> FuturesDrawing::moved(const std::optional<Mark>& from, Step step) const {
    constexpr int most = 100 - step_percent;
    Mark next = from.value_or(Mark{0, middle_percent, 0});
    if (!from) return kept(next);
    switch (step) {
        case Step::up:
            next.row = std::max(0, next.row - 1);
            break;
        case Step::down:
            ++next.row;
            break;
        case Step::left:
            next.column = std::max(step_percent, next.column - step_percent);
            break;
        case Step::right:
            next.column = std::min(most, next.column + step_percent);
            break;
        case Step::first:
            next.column = step_percent;
            break;
        case Step::last:
            next.column = most;
            break;
    }
    return kept(next);
}

std::optional<Mark> FuturesDrawing::kept(const Mark& mark) const {
    if (plot_.rows.empty()) return std::nullopt;
    Mark made = mark;
    made.row = std::min(mark.row, static_cast<int>(plot_.rows.size()) - 1);
    made.at = row(made).absent.isEmpty() ? percentile(plot_, index(made), mark.column) : 0;
    return made;
}

Spot FuturesDrawing::show(const Mark& mark, bool focused) {
    const bool drawn = row(mark).absent.isEmpty();
    const double x = drawn ? std::floor(x_.toPixel(mark.at)) + 0.5 : view_->width() / 2.0;
    const QRectF shape = box(index(mark));
    cursor_->setLine(x, shape.top(), x, shape.bottom() + strip);
    cursor_->setVisible(drawn);
    const QRectF whole(2, shape.top() - nameHeight() + 1, view_->width() - 4.0, pitch() - 2);
    ring_->setRect(whole);
    ring_->setVisible(focused);
    return {{x, shape.top()}, {}, whole};
}

void FuturesDrawing::hide() {
    ring_->hide();
    cursor_->hide();
}

FuturesChart::FuturesChart(QWidget* parent)
    : ChartFrame({tr("Futures of the job"), QStringLiteral("futuresView"), {640, 0}, {}}, parent),
      futures_(draw<FuturesDrawing>()) {}

void FuturesChart::setFutures(SharedFutures futures, FutureFigure figure) {
    redraw([&] { futures_->setPlot(makeFutures(std::move(futures), figure)); });
}

}  // namespace deepvm::ui::charts
