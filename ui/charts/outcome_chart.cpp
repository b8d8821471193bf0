// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/outcome_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "plot/chart_scale.h"
#include "plot/painted_item.h"
#include "wording/architecture_colours.h"
#include "wording/wording.h"

namespace deepvm::ui::charts {
namespace {

constexpr double disc_radius = 9;
constexpr double cap_length = 4;
constexpr double reach_of_disc = 24;
constexpr int across_pixels = 84;  // from one tick to the next
constexpr int upright_pixels = 36;

/// One plan that has futures.
struct Outcome {
    std::size_t number = 0;  ///< index into the futures
    risk::Spread hours;
    risk::Spread dollars;
    QColor colour;
    QPointF at;  ///< pixels of the medians
};

struct Range {
    double least = 0;
    double most = 0;
};

Range rangeOf(const std::vector<Outcome>& outcomes, risk::Spread Outcome::*figure) {
    Range range{(outcomes.front().*figure).p5, (outcomes.front().*figure).p95};
    for (const auto& outcome : outcomes) {
        range.least = std::min(range.least, (outcome.*figure).p5);
        range.most = std::max(range.most, (outcome.*figure).p95);
    }
    return range;
}

}  // namespace

/// A mark is a plan: its place in the order of hours.
class OutcomeDrawing : public Drawing {
  public:
    explicit OutcomeDrawing(PlotView* view)
        : Drawing(view),
          axes_(view->ground()),
          item_(new PaintedItem(view->ground())),
          ring_(new QGraphicsEllipseItem(-disc_radius - 3, -disc_radius - 3, 2 * disc_radius + 6,
                                         2 * disc_radius + 6, view->ground())) {
        ring_->setZValue(hover_mark);
    }

    void setFutures(SharedFutures futures);

    void setColours(const theme::Palette& palette) override {
        Drawing::setColours(palette);
        axes_.setColours(palette);
        ring_->setPen(QPen(palette.text, 2));
    }
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override { return markOf(mark.row); }
    CalloutText words(const Mark& mark) const override { return words(outcome(mark)); }
    QColor colourOf(const Mark& mark) const override { return outcome(mark).colour; }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { ring_->hide(); }
    QString summary() const override;
    QString caption() const override {
        return outcomes_.empty() ? QString() : QStringLiteral("disc: P50 · lines: P5 to P95");
    }
    Table data() const override;
    QSize leastSize() const override { return {220, 180}; }

  private:
    const Outcome& outcome(const Mark& mark) const { return outcomes_[static_cast<std::size_t>(mark.row)]; }
    std::optional<Mark> markOf(int row) const {
        if (outcomes_.empty()) return std::nullopt;
        return Mark{std::clamp(row, 0, static_cast<int>(outcomes_.size()) - 1), 0, 0};
    }
    CalloutText words(const Outcome& of) const;
    QString name(const Outcome& of) const {
        return QStringLiteral("Plan %1: %2")
            .arg(QString::number(of.number + 1), wording::machinesLine((*futures_)[of.number].plan));
    }
    void drawAxes();
    void paint(QPainter& painter) const;

    PlotAxes axes_;
    PaintedItem* item_;
    QGraphicsEllipseItem* ring_;
    SharedFutures futures_;
    std::vector<Outcome> outcomes_;  // by hours
    PixelMap x_;
    PixelMap y_;
};

void OutcomeDrawing::setFutures(SharedFutures futures) {
    item_->set({}, {});  // it reads the outcomes
    futures_ = std::move(futures);
    outcomes_.clear();
    if (!futures_) return;
    for (std::size_t i = 0; i < futures_->size(); ++i) {
        const auto& of = (*futures_)[i];
        if (!of.unknown.empty() || !of.futures.finishes) continue;
        outcomes_.push_back({i, of.futures.hours, of.futures.dollars, {}, {}});
    }
    std::ranges::stable_sort(outcomes_, {}, [](const Outcome& of) { return of.hours.p50; });
}

void OutcomeDrawing::layOut() {
    drawAxes();
    for (auto& of : outcomes_) {
        of.colour = wording::colourOf((*futures_)[of.number].plan.architecture, palette_);
        of.at = {std::round(x_.toPixel(of.hours.p50)), std::round(y_.toPixel(of.dollars.p50))};
    }
    if (outcomes_.empty()) return item_->set({}, {});
    item_->set(view_->all(), [this](QPainter& painter) { paint(painter); });
}

void OutcomeDrawing::drawAxes() {
    texts_.begin();
    if (outcomes_.empty()) {
        axes_.draw({}, {}, {}, fontOf());
        texts_.end();
        return;
    }
    const QFont font = fontOf();
    const double line = std::ceil(QFontMetricsF(font).height());
    const auto scale = [&](risk::Spread Outcome::*figure, int intervals) {
        const auto range = rangeOf(outcomes_, figure);
        return linearScaleAround(range.least, range.most, std::max(2, intervals));
    };
    const auto dollars = scale(&Outcome::dollars, view_->height() / upright_pixels);
    const auto [plot, map, labels] = PlotAxes::plotBeside(dollars, moneyTick, view_->size(),
                                                          {0, line + 10, disc_radius + cap_length, 4}, font);
    const auto hours = scale(&Outcome::hours, static_cast<int>(plot.width() / across_pixels));
    view_->setPlot(plot);
    x_ = pixelMap(hours, plot.left(), plot.right());
    y_ = map;
    const auto hour_text = [](double tick, double step) {
        return numberTick(tick, step) + QStringLiteral(" h");
    };
    axes_.draw(plot, PlotAxes::labelsOf(hours, x_, hour_text), labels, font);
    texts_.write(QStringLiteral("dollars of the job, over its hours"), font, palette_.muted, {0, 0});
    texts_.end();
}

void OutcomeDrawing::paint(QPainter& painter) const {
    const auto end = [&](double x, double y, bool upright) {
        painter.drawLine(upright ? QLineF(x - cap_length, y, x + cap_length, y)
                                 : QLineF(x, y - cap_length, x, y + cap_length));
    };
    for (const auto& of : outcomes_) {
        painter.setPen(QPen(of.colour, 2));
        const std::array across{x_.toPixel(of.hours.p5), x_.toPixel(of.hours.p95)};
        const std::array upright{y_.toPixel(of.dollars.p5), y_.toPixel(of.dollars.p95)};
        painter.drawLine(QLineF(across[0], of.at.y(), across[1], of.at.y()));
        painter.drawLine(QLineF(of.at.x(), upright[0], of.at.x(), upright[1]));
        for (const double x : across)
            end(x, of.at.y(), false);
        for (const double y : upright)
            end(of.at.x(), y, true);
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setFont(fontOf(label_px, QFont::DemiBold));
    for (const auto& of : outcomes_) {
        painter.setPen(QPen(of.colour, 2));
        painter.setBrush(palette_.surface);
        painter.drawEllipse(of.at, disc_radius, disc_radius);
        painter.setPen(palette_.text);
        painter.drawText(
            QRectF(of.at.x() - disc_radius, of.at.y() - disc_radius, 2 * disc_radius, 2 * disc_radius),
            Qt::AlignCenter, QString::number(of.number + 1));
    }
}

std::optional<Mark> OutcomeDrawing::markAt(QPointF at) const {
    std::optional<Mark> found;
    double least = reach_of_disc;
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
        const double away = distance(at, outcomes_[i].at);
        if (away > least) continue;
        least = away;
        found = Mark{static_cast<int>(i), 0, 0};
    }
    return found;
}

std::optional<Mark> OutcomeDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (!from || step == Step::first) return markOf(0);
    if (step == Step::last) return markOf(static_cast<int>(outcomes_.size()));
    return markOf(from->row + (step == Step::right || step == Step::down ? 1 : -1));
}

CalloutText OutcomeDrawing::words(const Outcome& of) const {
    const auto line = [](const risk::Spread& spread, FutureFigure figure) {
        return QStringLiteral("%1, from %2 to %3 in 9 of 10 futures")
            .arg(figureText(figure, spread.p50), figureText(figure, spread.p5),
                 figureText(figure, spread.p95));
    };
    return {name(of), line(of.dollars, FutureFigure::dollars) + QLatin1Char('\n') +
                          line(of.hours, FutureFigure::hours)};
}

Spot OutcomeDrawing::show(const Mark& mark, bool focused) {
    const QPointF at = outcome(mark).at;
    ring_->setPos(at);
    ring_->setVisible(focused);
    return {at, {}, QRectF(at.x() - disc_radius, at.y() - disc_radius, 2 * disc_radius, 2 * disc_radius)};
}

QString OutcomeDrawing::summary() const {
    if (outcomes_.empty()) return QStringLiteral("No job was simulated, so nothing to show");
    QStringList parts{QStringLiteral("What the job costs over how long it takes")};
    for (const auto& of : outcomes_)
        parts << spoken(words(of));
    return parts.join(QStringLiteral("; "));
}

Table OutcomeDrawing::data() const {
    Table table{{QStringLiteral("plan"), QStringLiteral("P5 hours"), QStringLiteral("P50 hours"),
                 QStringLiteral("P95 hours"), QStringLiteral("P5 USD"), QStringLiteral("P50 USD"),
                 QStringLiteral("P95 USD")},
                {}};
    for (const auto& of : outcomes_) {
        table.rows << QStringList{name(of)};
        for (const auto* spread : {&of.hours, &of.dollars})
            for (const double value : {spread->p5, spread->p50, spread->p95})
                table.rows.back() << QString::number(value, 'g', 8);
    }
    return table;
}

OutcomeChart::OutcomeChart(QWidget* parent)
    : ChartFrame({tr("Dollars over hours"), QStringLiteral("outcomeView"), {320, 240}, {}}, parent),
      outcomes_(draw<OutcomeDrawing>()) {}

void OutcomeChart::setFutures(SharedFutures futures) {
    redraw([&] { outcomes_->setFutures(std::move(futures)); });
}

}  // namespace deepvm::ui::charts
