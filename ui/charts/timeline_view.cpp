// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeline_view.h"

#include <QChart>
#include <QFontMetricsF>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "charts/tornado_rows.h"

namespace deepvm::ui::charts {
namespace {

constexpr double y_labels = 24;  // of the fill, between its name and the curve
constexpr double right = 32;     // half of the last label of the time axis
constexpr double between = 16;   // lanes and fill
constexpr double least_lane = 20;
constexpr double most_lane = 56;
constexpr double least_fill = 40;
constexpr double most_fill = 240;
constexpr double time_width = 80;
constexpr double bar_reach = 4;  // of a pointer beside a narrow bar

}  // namespace

TimelineView::TimelineView(PlotView* view)
    : view_(view),
      item_(new TimelineItem(view->chart())),
      axes_(view->chart()),
      revocation_(new QGraphicsLineItem(view->chart())),
      plate_(new QGraphicsRectItem(view->chart())),
      ring_(new QGraphicsRectItem(view->chart())),
      callout_(new Callout(view->chart())) {
    item_->setZValue(highlights);
    revocation_->setZValue(budget_line);
    plate_->setZValue(budget_line);
    ring_->setZValue(hover_mark);
    hide();
}

TimelineView::~TimelineView() = default;

double TimelineView::minimumHeight() {
    return static_cast<double>(risk::all_lanes.size()) * least_lane + between + least_fill + 36;
}

void TimelineView::setColours(const theme::Palette& palette) {
    palette_ = palette;
    view_->setBackgroundBrush(palette.surface);
    item_->setColours(palette);
    axes_.setColours(palette);
    callout_->setColours(palette);
    revocation_->setPen(QPen(palette.text, 2));
    plate_->setPen(QPen(palette.line, 1));
    plate_->setBrush(palette.surface);
    ring_->setPen(QPen(palette.accent, 2));
    for (auto* tag : tags_)
        tag->setColours(palette);
    layOut();
}

void TimelineView::setTimeline(std::shared_ptr<const TimelinePlot> plot) {
    plot_ = std::move(plot);
    layOut();
}

double TimelineView::nameColumn() const {
    const QFontMetricsF metrics(plotFont(*view_, label_px, QFont::Medium));
    double widest = metrics.horizontalAdvance(plot_->fill_name) + y_labels;
    for (const auto& row : plot_->rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.name));
    return std::ceil(row_inset + widest + row_gap);
}

TimelineLayout TimelineView::layout() const {
    TimelineLayout made;
    const double below = PlotAxes::heightBelow(plotFont(*view_, label_px));
    const double height = view_->height() - below;
    const double fill = std::clamp(std::floor(height * 0.26), least_fill, most_fill);
    const auto rows = static_cast<double>(risk::all_lanes.size());
    made.pitch = std::clamp(std::floor((height - fill - between) / rows), 8.0, most_lane);
    const double left = nameColumn();
    const double width = std::max(40.0, view_->width() - left - right);
    made.lanes = QRectF(left, 0, width, rows * made.pitch);
    const double rest = std::floor(height - made.lanes.bottom() - between);
    made.fill = QRectF(left, made.lanes.bottom() + between, width, std::clamp(rest, fill, most_fill));
    made.pixels_per_second = width / plot_->run.setup.duration_seconds;
    return made;
}

void TimelineView::layOut() {
    hide();
    written_ = 0;
    callout_->setFonts(plotFont(*view_, text_px, QFont::DemiBold), plotFont(*view_, label_px));
    item_->setVisible(plot_ != nullptr);
    revocation_->hide();
    plate_->hide();
    for (auto* tag : tags_)
        tag->hide();
    if (plot_) {
        layout_ = layout();
        drawNames();
        drawAxes();
        drawLosses();
    } else {
        axes_.draw({}, {}, {}, plotFont(*view_, label_px));
    }
    for (std::size_t i = written_; i < texts_.size(); ++i)
        texts_[i]->hide();
}

void TimelineView::drawNames() {
    const QFont font = plotFont(*view_, label_px, QFont::Medium);
    const double height = QFontMetricsF(font).height();
    for (std::size_t row = 0; row < plot_->rows.size(); ++row)
        write(plot_->rows[row].name, font, palette_.text,
              {row_inset, (static_cast<double>(row) + 0.5) * layout_.pitch - height / 2});
    write(plot_->fill_name, font, palette_.text, {row_inset, layout_.fill.center().y() - height / 2});
    // Above the line where it is one; nothing is held yet where time begins.
    const QFont small = plotFont(*view_, label_px);
    write(plot_->room, small, palette_.muted,
          {layout_.fill.left() + 4, layout_.fill.top() - QFontMetricsF(small).height()});
}

void TimelineView::drawAxes() {
    const QFont font = plotFont(*view_, label_px);
    const int most = std::max(2, static_cast<int>(layout_.lanes.width() / time_width));
    auto ticks = timeTicks(plot_->run.setup.duration_seconds, most);
    std::vector<PlotAxes::Label> x;
    x.reserve(ticks.size());
    for (const auto& tick : ticks)
        x.push_back({layout_.x(tick.at), tick.text});
    std::vector<PlotAxes::Label> y;
    const double apart = QFontMetricsF(font).height();
    for (const auto& tick : plot_->fill_ticks) {
        const double at = layout_.y(tick.at, plot_->fill_top);
        if (y.empty() || y.back().at - at >= apart) y.push_back({at, tick.text});
    }
    axes_.draw(layout_.fill, x, y, font);
    item_->set(plot_, layout_, plotFont(*view_, layout_.pitch < 24 ? label_px - 2 : label_px - 1),
               std::move(ticks));
}

// Beside the line, in the lanes of the workers: these are empty from there on.
void TimelineView::drawLosses() {
    if (plot_->losses.empty()) return;
    const double x = std::floor(layout_.x(plot_->run.end_seconds)) + 0.5;
    revocation_->setLine(x, 0, x, layout_.fill.bottom());
    revocation_->show();
    constexpr double gap = 8;
    constexpr double pad = 4;
    constexpr double tag_pad = 8;  // both sides of its text
    const double after = view_->width() - x - gap - pad;
    const double before = x - layout_.lanes.left() - gap - pad;
    const QFont bold = plotFont(*view_, label_px, QFont::DemiBold);
    const double whole = QFontMetricsF(bold).horizontalAdvance(plot_->losses[2].front()) + tag_pad;
    const bool to_right = after >= whole || after >= before;
    QRectF all;
    double top = pad + 1;
    for (std::size_t i = 0; i < plot_->losses.size(); ++i) {
        if (i == tags_.size()) {
            tags_.push_back(new Tag(view_->chart()));
            tags_.back()->setColours(palette_);
            tags_.back()->setZValue(budget_line + 1);
        }
        // Of the lines after the first, the second is what a revocation is: the workers are gone.
        const QFont font = i == 0 || i == 2 ? bold : plotFont(*view_, label_px);
        Tag* tag = tags_[i];
        // On the left it lies over bars, so as little as can be.
        const auto texts = to_right ? plot_->losses[i] : plot_->losses[i].mid(2);
        tag->setText(fittingText(texts, font, (to_right ? after : before) - tag_pad), font);
        tag->setPos(to_right ? std::ceil(x + gap) : 0, top);
        tag->show();
        top += tag->size().height() + pad;
        all |= QRectF(tag->pos(), tag->size());
    }
    if (!to_right)
        for (auto* tag : tags_)
            tag->setX(std::floor(x - gap - all.width()));
    all.moveLeft(tags_.front()->x());
    plate_->setRect(all.adjusted(-pad + 0.5, -pad + 0.5, pad - 0.5, pad - 0.5));
    plate_->show();
}

void TimelineView::write(const QString& text, const QFont& font, const QColor& colour, QPointF topLeft) {
    if (written_ == texts_.size()) {
        texts_.push_back(new QGraphicsSimpleTextItem(view_->chart()));
        texts_.back()->setZValue(names);
    }
    auto* item = texts_[written_++];
    item->setFont(font);
    item->setBrush(colour);
    item->setText(text);
    item->setPos(std::round(topLeft.x()), std::round(topLeft.y()));
    item->show();
}

std::optional<std::size_t> TimelineView::hit(QPointF at) const {
    if (!plot_ || !layout_.lanes.adjusted(-bar_reach, 0, bar_reach, 0).contains(at)) return std::nullopt;
    const auto row = std::min(plot_->rows.size() - 1, static_cast<std::size_t>(at.y() / layout_.pitch));
    const double height = layout_.pitch * 0.64;
    const double inside = at.y() - static_cast<double>(row) * layout_.pitch - (layout_.pitch - height) / 2;
    const int places = plot_->rows[row].places;
    const int slot = std::clamp(static_cast<int>(inside / height * places), 0, places - 1);
    const double seconds = (at.x() - layout_.lanes.left()) / layout_.pixels_per_second;
    return spanAt(*plot_, row, slot, seconds, bar_reach / layout_.pixels_per_second);
}

void TimelineView::show(std::size_t span, bool ring) {
    const auto& shown = plot_->run.spans[span];
    const QRectF box = layout_.bar(*plot_, shown);
    ring_->setRect(box.adjusted(-2, -2, 1, 1));
    ring_->setVisible(ring);
    constexpr double closer = 12;  // a callout keeps 16 px from its anchor
    const QRectF all(0, 0, view_->width(), view_->height());
    for (const double y : {box.bottom() - closer, box.top() + closer}) {
        callout_->show(spanText(*plot_, span), {box.center().x(), y}, all, item_->fillOf(shown));
        if (!QRectF(callout_->pos(), callout_->boundingRect().size()).intersects(box)) return;
    }
}

void TimelineView::hide() {
    ring_->hide();
    callout_->hide();
}

}  // namespace deepvm::ui::charts
