// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeline_chart.h"

#include <QFontMetricsF>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "charts/timeline_item.h"
#include "plot/overlay_items.h"

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
constexpr double over_the_gap = 8;  // a callout keeps 16 px below its anchor
constexpr double bar_reach = 4;     // of a pointer beside a narrow bar

}  // namespace

/// The timeline with its names, axes and the revocation.
class TimelineDrawing : public Drawing {
  public:
    explicit TimelineDrawing(PlotView* view);

    /// Null: nothing to draw.
    void setTimeline(std::shared_ptr<const TimelinePlot> plot) { plot_ = std::move(plot); }

    void setColours(const theme::Palette& palette) override;
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override;
    CalloutText words(const Mark& mark) const override { return spanText(*plot_, index(mark)); }
    QColor colourOf(const Mark& mark) const override { return item_->fillOf(span(mark)); }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { ring_->hide(); }
    QString summary() const override { return plot_ ? plot_->summary : QString(); }
    QString caption() const override { return plot_ ? plot_->caption : QString(); }
    Table data() const override { return plot_ ? spanTable(*plot_) : Table{}; }
    QSize leastSize() const override;

  private:
    static std::size_t index(const Mark& mark) { return static_cast<std::size_t>(mark.column); }
    Mark markOf(std::size_t index) const {
        return {static_cast<int>(plot_->run.spans[index].lane), static_cast<int>(index), 0};
    }
    const risk::Span& span(const Mark& mark) const { return plot_->run.spans[index(mark)]; }
    std::optional<Mark> inOtherRow(const Mark& from, int by) const;
    double nameColumn() const;
    TimelineLayout layout() const;
    void drawNames();
    void drawAxes();
    void drawLosses();

    TimelineItem* item_;
    PlotAxes axes_;
    QGraphicsLineItem* revocation_;
    QGraphicsRectItem* plate_;  // under what the revocation loses
    QGraphicsRectItem* ring_;
    std::vector<Tag*> tags_;
    std::shared_ptr<const TimelinePlot> plot_;
    TimelineLayout layout_;
};

TimelineDrawing::TimelineDrawing(PlotView* view)
    : Drawing(view),
      item_(new TimelineItem(view->ground())),
      axes_(view->ground()),
      revocation_(new QGraphicsLineItem(view->ground())),
      plate_(new QGraphicsRectItem(view->ground())),
      ring_(new QGraphicsRectItem(view->ground())) {
    item_->setZValue(highlights);
    revocation_->setZValue(budget_line);
    plate_->setZValue(budget_line);
    ring_->setZValue(hover_mark);
}

QSize TimelineDrawing::leastSize() const {
    const double view = static_cast<double>(risk::all_lanes.size()) * least_lane + between + least_fill + 36;
    return {420, static_cast<int>(view) + 24};
}

void TimelineDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    item_->setColours(palette);
    axes_.setColours(palette);
    revocation_->setPen(QPen(palette.text, 2));
    plate_->setPen(QPen(palette.line, 1));
    plate_->setBrush(palette.surface);
    ring_->setPen(QPen(palette.accent, 2));
    for (auto* tag : tags_)
        tag->setColours(palette);
}

double TimelineDrawing::nameColumn() const {
    const QFontMetricsF metrics(fontOf(label_px, QFont::Medium));
    double widest = metrics.horizontalAdvance(plot_->fill_name) + y_labels;
    for (const auto& row : plot_->rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.name));
    return std::ceil(row_inset + widest + row_gap);
}

TimelineLayout TimelineDrawing::layout() const {
    TimelineLayout made;
    const double below = PlotAxes::heightBelow(fontOf());
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

void TimelineDrawing::layOut() {
    texts_.begin();
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
        axes_.draw({}, {}, {}, fontOf());
    }
    texts_.end();
}

void TimelineDrawing::drawNames() {
    const QFont font = fontOf(label_px, QFont::Medium);
    const double height = QFontMetricsF(font).height();
    for (std::size_t row = 0; row < plot_->rows.size(); ++row)
        texts_.write(plot_->rows[row].name, font, palette_.text,
                     {row_inset, (static_cast<double>(row) + 0.5) * layout_.pitch - height / 2});
    texts_.write(plot_->fill_name, font, palette_.text, {row_inset, layout_.fill.center().y() - height / 2});
    // Above the line where it is one; nothing is held yet where time begins.
    const QFont small = fontOf();
    texts_.write(plot_->room, small, palette_.muted,
                 {layout_.fill.left() + 4, layout_.fill.top() - QFontMetricsF(small).height()});
}

void TimelineDrawing::drawAxes() {
    const QFont font = fontOf();
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
    item_->set(plot_, layout_, fontOf(layout_.pitch < 24 ? label_px - 2 : label_px - 1), std::move(ticks));
}

// Beside the line, in the lanes of the workers: these are empty from there on.
void TimelineDrawing::drawLosses() {
    if (plot_->losses.empty()) return;
    const double x = std::floor(layout_.x(plot_->run.end_seconds)) + 0.5;
    revocation_->setLine(x, 0, x, layout_.fill.bottom());
    revocation_->show();
    constexpr double gap = 8;
    constexpr double pad = 4;
    constexpr double tag_pad = 8;  // both sides of its text
    const double after = view_->width() - x - gap - pad;
    const double before = x - layout_.lanes.left() - gap - pad;
    const QFont bold = fontOf(label_px, QFont::DemiBold);
    const double whole = QFontMetricsF(bold).horizontalAdvance(plot_->losses[2].front()) + tag_pad;
    const bool to_right = after >= whole || after >= before;
    QRectF all;
    double top = pad + 1;
    for (std::size_t i = 0; i < plot_->losses.size(); ++i) {
        if (i == tags_.size()) {
            tags_.push_back(new Tag(view_->ground()));
            tags_.back()->setColours(palette_);
            tags_.back()->setZValue(budget_line + 1);
        }
        // Of the lines after the first, the second is what a revocation is: the workers are gone.
        const QFont font = i == 0 || i == 2 ? bold : fontOf();
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

std::optional<Mark> TimelineDrawing::markAt(QPointF at) const {
    if (!plot_ || !layout_.lanes.adjusted(-bar_reach, 0, bar_reach, 0).contains(at)) return std::nullopt;
    const auto row = std::min(plot_->rows.size() - 1, static_cast<std::size_t>(at.y() / layout_.pitch));
    const double height = layout_.pitch * 0.64;
    const double inside = at.y() - static_cast<double>(row) * layout_.pitch - (layout_.pitch - height) / 2;
    const int places = plot_->rows[row].places;
    const int slot = std::clamp(static_cast<int>(inside / height * places), 0, places - 1);
    const double seconds = (at.x() - layout_.lanes.left()) / layout_.pixels_per_second;
    const auto found = spanAt(*plot_, row, slot, seconds, bar_reach / layout_.pixels_per_second);
    return found ? std::optional(markOf(*found)) : std::nullopt;
}

// Along the row, not beyond its ends.
std::optional<Mark> TimelineDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (!plot_ || plot_->run.spans.empty()) return std::nullopt;
    if (!from) return markOf(0);
    const auto& row = plot_->rows[static_cast<std::size_t>(from->row)];
    const std::size_t now = index(*from);
    switch (step) {
        case Step::left:
            return markOf(std::max(now, row.first + 1) - 1);
        case Step::right:
            return markOf(std::min(now + 1, row.last - 1));
        case Step::first:
            return markOf(row.first);
        case Step::last:
            return markOf(row.last - 1);
        case Step::up:
            return inOtherRow(*from, -1);
        case Step::down:
            return inOtherRow(*from, 1);
    }
    return from;
}

// In the next row in which anything happens, near the same time.
std::optional<Mark> TimelineDrawing::inOtherRow(const Mark& from, int by) const {
    const auto& now = span(from);
    const double middle = (now.begin_seconds + now.end_seconds) / 2;
    for (int row = from.row + by; row >= 0 && row < static_cast<int>(plot_->rows.size()); row += by)
        if (const auto found =
                spanAt(*plot_, static_cast<std::size_t>(row), 0, middle, plot_->run.setup.duration_seconds))
            return markOf(*found);
    return from;
}

std::optional<Mark> TimelineDrawing::kept(const Mark& mark) const {
    if (!plot_ || plot_->run.spans.empty()) return std::nullopt;
    return markOf(std::min(index(mark), plot_->run.spans.size() - 1));
}

Spot TimelineDrawing::show(const Mark& mark, bool focused) {
    const QRectF box = layout_.bar(*plot_, span(mark));
    ring_->setRect(box.adjusted(-2, -2, 1, 1));
    ring_->setVisible(focused);
    // Beside its moment and below the lanes: the rows around it tell what happens at the same time.
    const QRectF below(0, layout_.lanes.bottom(), view_->width(), view_->height() - layout_.lanes.bottom());
    return {{box.center().x(), below.top() - over_the_gap}, below, {}};
}

TimelineChart::TimelineChart(QWidget* parent)
    : ChartFrame({tr("Checkpoints over time"), QStringLiteral("timelineView"), {740, 320}, {}}, parent),
      timeline_(draw<TimelineDrawing>()) {}

void TimelineChart::setTimeline(std::shared_ptr<const TimelinePlot> timeline) {
    redraw([&] { timeline_->setTimeline(std::move(timeline)); });
}

}  // namespace deepvm::ui::charts
