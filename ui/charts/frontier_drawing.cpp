// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/frontier_drawing.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

constexpr double hover_radius = 4.5;

}  // namespace

FrontierDrawing::FrontierDrawing(PlotView* view)
    : Drawing(view),
      axes_(view->ground()),
      chart_(seriesGround(*view)),
      marker_(view->ground()),
      names_(view->ground()),
      highlight_(new QGraphicsPathItem(view->ground())),
      hover_step_(new QGraphicsLineItem(view->ground())),
      hover_dot_(new QGraphicsEllipseItem(-hover_radius, -hover_radius, 2 * hover_radius, 2 * hover_radius,
                                          view->ground())),
      empty_(new QGraphicsRectItem(view->ground())),
      empty_text_item_(new QGraphicsSimpleTextItem(empty_)),
      x_axis_(new QValueAxis(chart_)),
      y_axis_(new QValueAxis(chart_)) {
    addAxes(*chart_, x_axis_, y_axis_);
    for (std::size_t i = 0; i < series_.size(); ++i)
        addSeries(*chart_, series_[i] = new QLineSeries(chart_), lineName(static_cast<LineKind>(i)));
    highlight_->setZValue(highlights);
    hover_step_->setZValue(highlights + 1);
    hover_dot_->setZValue(hover_mark);
    empty_->setZValue(hover_mark);  // over the budget line
    empty_->setPen(Qt::NoPen);
}

void FrontierDrawing::setColours(const theme::Palette& palette) {
    Drawing::setColours(palette);
    axes_.setColours(palette);
    marker_.setColours(palette);
    empty_->setBrush(palette.surface);
    empty_text_item_->setBrush(palette.muted);
    QColor halo = palette.accent;
    halo.setAlphaF(0.28F);
    highlight_->setPen(QPen(halo, 9, Qt::SolidLine, Qt::RoundCap));
    for (std::size_t i = 0; i < series_.size(); ++i)
        series_[i]->setPen(linePen(static_cast<LineKind>(i), palette));
}

void FrontierDrawing::setFrontier(std::shared_ptr<const planner::Frontier> frontier,
                                  problem::Objective objective, bool publishedUnits,
                                  const QString& emptyText) {
    frontier_ = std::move(frontier);
    lines_ = frontier_ ? stepLines(*frontier_) : std::vector<StepLine>{};
    objective_ = objective;
    published_ = publishedUnits;
    empty_text_ = emptyText;
    stale_ = true;
}

double FrontierDrawing::window() const {
    if (zoomed_ && budget_.usd() <= *zoomed_) return *zoomed_;
    return fittingWindow(lines_, frontier_.get(), budget_, window_);
}

// Ends of 1, 2 or 5 x 10^k dollars, as those of the usual axis.
bool FrontierDrawing::zoom(bool in) {
    const auto* cheapest = cheapestStep(lines_);
    if (cheapest == nullptr) return false;
    const auto next = [](double end, bool less) {
        double power = std::pow(10, std::floor(std::log10(end) + 1e-9));
        const double digit = std::round(end / power);
        if (less) return digit >= 5 ? 2 * power : digit >= 2 ? power : power / 2;
        return digit >= 5 ? 10 * power : digit >= 2 ? 5 * power : 2 * power;
    };
    const double end = next(window_, in);
    if (in && (end <= cheapest->hourly_price.usd() || end < budget_.usd())) return false;
    if (!in && window_ >= most().usd()) return false;
    zoomed_ = end;
    return true;
}

void FrontierDrawing::layOut() {
    const double window = this->window();
    const double highest = highestObjective(lines_, window);
    text_ = objectiveText(objective_, published_, highest);
    marker_.setFont(fontOf(label_px, QFont::DemiBold));
    // What a job costs or takes is the better the less it is, and mostly never near 0.
    const double height = view_->height() - marker_.pillHeight() - PlotAxes::heightBelow(fontOf());
    const int intervals = std::clamp(static_cast<int>(height / 36), 2, 8);
    const Scale y = falls() ? fallingScale(lowestObjective(lines_, window), highest, intervals)
                            : linearScale(highest / text_.divisor, intervals);
    stale_ = stale_ || window != window_ || y.logarithmic != y_.logarithmic;
    window_ = window;
    y_ = y;
    auto names = lineNames();
    drawAxes(highest > 0 ? y : Scale{y.from, y.to, y.logarithmic, y.step, {}}, EndNames::widthOf(names));
    if (std::exchange(stale_, false)) replacePoints();
    drawNames(std::move(names));
    drawHighlight();
    drawEmptyText();
    setBudget(budget_);
}

void FrontierDrawing::drawAxes(const Scale& y, double names_width) {
    const QFont font = fontOf();
    const auto text = [this](double tick, double step) { return objectiveTick(objective_, tick, step); };
    const auto [plot, y_map, y_labels] =
        PlotAxes::plotBeside(y, text, view_->size(), {0, marker_.pillHeight() + 10, names_width, 0}, font);
    const double label = QFontMetricsF(font).horizontalAdvance(moneyTick(0.5, 0.5)) + 16;
    const auto x = linearScaleTo(window_, std::max(2, static_cast<int>(plot.width() / label)));
    map_ = {pixelMap(x, plot.left(), plot.right()), y_map, text_.divisor,
            frontier_ ? frontier_->to.usd() : 0};
    view_->setPlot(plot);
    fitSeries(*chart_, *view_);
    x_axis_->setRange(x.from, x.to);
    y_axis_->setRange(y.logarithmic ? std::log10(y.from) : y.from, y.logarithmic ? std::log10(y.to) : y.to);
    axes_.draw(plot, PlotAxes::labelsOf(x, map_.x, moneyTick), y_labels, font);
}

void FrontierDrawing::replacePoints() {
    const HeightRule rule{text_.divisor, y_.logarithmic, !falls()};
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const auto line = std::ranges::find(lines_, static_cast<LineKind>(i), &StepLine::kind);
        const auto points =
            line == lines_.end() ? QList<QPointF>{} : polyline(line->steps, window_, map_.end, rule);
        if (points.isEmpty() && series_[i]->count() == 0) continue;
        series_[i]->replace(points);
    }
}

// The topmost line first: it matters most.
std::vector<EndNames::Name> FrontierDrawing::lineNames() const {
    std::vector<EndNames::Name> made;
    for (std::size_t i = lines_.size(); i-- > 0;) {
        const auto kind = lines_[i].kind;
        const bool base = isBaseline(kind);
        made.push_back({lineName(kind), fontOf(label_px, base ? QFont::Normal : QFont::DemiBold),
                        base ? palette_.muted : palette_.text, lineColour(kind, palette_)});
    }
    return made;
}

void FrontierDrawing::drawNames(std::vector<EndNames::Name> names) {
    std::vector<EndNames::Name> drawn;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto* series = series_[static_cast<std::size_t>(lines_[lines_.size() - 1 - i].kind)];
        if (series->count() == 0) continue;
        const QPointF last = series->at(series->count() - 1);
        const double height = y_.logarithmic ? std::pow(10.0, last.y()) : last.y();
        names[i].end = {map_.x.toPixel(last.x()), map_.y.toPixel(height)};
        drawn.push_back(std::move(names[i]));
    }
    names_.draw(view_->plot(), drawn);
}

void FrontierDrawing::setHighlightedType(const QString& type, std::optional<problem::Architecture> only) {
    highlighted_ = type;
    highlighted_only_ = only;
    drawHighlight();
}

void FrontierDrawing::drawHighlight() {
    QPainterPath path;
    for (const auto& [from, to] : stepsOfType(lines_, map_, highlighted_, highlighted_only_)) {
        path.moveTo(from);
        path.lineTo(to);
    }
    highlight_->setPath(path);
}

void FrontierDrawing::drawEmptyText() {
    QString text = empty_text_;
    const auto* cheapest = cheapestStep(lines_);
    if (cheapest != nullptr && cheapest->hourly_price.usd() >= window_)
        text = QStringLiteral("The cheapest cluster costs %1").arg(planPrice(*cheapest));
    else if (cheapest != nullptr)
        text.clear();
    empty_text_item_->setText(text);
    empty_text_item_->setFont(fontOf(text_px));
    const QRectF written = empty_text_item_->boundingRect();
    empty_->setRect(written.adjusted(-8, -4, 8, 4));
    empty_->setVisible(!text.isEmpty());
    const QPointF middle = view_->plot().center() - written.center();
    empty_->setPos(std::round(middle.x()), std::round(middle.y()));
}

bool FrontierDrawing::setBudget(base::Money budget) {
    const bool moved = std::exchange(budget_, budget) != budget;
    marker_.setVisible(budget.usd() > 0);
    if (!(budget.usd() > 0)) return moved;
    // A budget beyond the axis stands at its end and points further.
    const bool beyond = budget.usd() > window_;
    const double x = map_.x.toPixel(std::min(budget.usd(), window_));
    marker_.place(view_->plot(), x, 0, view_->width(),
                  beyond ? money(budget) + QStringLiteral(" →") : money(budget));
    const auto found = bestAt(lines_, budget);
    if (found && !beyond)
        marker_.placeRing(map_.at(budget.usd(), found->plan->objective), lineColour(found->kind, palette_));
    else
        marker_.placeRing(std::nullopt, {});
    return moved;
}

// Under the pointer the axis stays.
bool FrontierDrawing::drag(QPointF at) {
    const double step = std::max(0.01, dragStep(window_));
    const double from = frontier_ ? std::max(step, least().usd()) : step;
    const double to = std::max(from, std::min(window_, most().usd()));
    const double usd = std::round(map_.x.toValue(at.x()) / step) * step;
    return setBudget(base::Money::from_usd(std::clamp(usd, from, to)));
}

bool FrontierDrawing::step(Step step) {
    if (!frontier_) return false;
    const auto to = steppedBudget(frontier_->overall, budget_, step);
    return to && setBudget(*to);
}

Handle::Value FrontierDrawing::value() const {
    return {budget_.usd(), least().usd(), most().usd(), std::max(0.01, dragStep(window_)), summary()};
}

bool FrontierDrawing::setValue(double value) {
    return setBudget(std::clamp(base::Money::from_usd(value), least(), std::max(least(), most())));
}

std::optional<Mark> FrontierDrawing::markAt(QPointF at) const {
    constexpr double reach = 8;
    if (grabs(at) || !view_->plot().adjusted(-reach, -reach, reach, reach).contains(at)) return std::nullopt;
    const auto hit = nearestStep(lines_, map_, at);
    if (!hit) return std::nullopt;
    return Mark{static_cast<int>(hit->line), static_cast<int>(hit->step), at.x()};
}

// What a line has at the budget, where it is drawn.
std::optional<Mark> FrontierDrawing::atBudget(int line) const {
    const auto& steps = lines_[static_cast<std::size_t>(line)].steps;
    const auto* plan = planAt(steps, budget_);
    if (plan == nullptr || plan->hourly_price.usd() >= window_) return std::nullopt;
    return Mark{line, static_cast<int>(plan - steps.data()), map_.x.toPixel(budget_.usd())};
}

std::optional<Mark> FrontierDrawing::best() const {
    const auto found = bestAt(lines_, budget_);
    if (!found) return std::nullopt;
    const auto line = std::ranges::find(lines_, found->kind, &StepLine::kind);
    return Mark{static_cast<int>(line - lines_.begin()), static_cast<int>(found->plan - line->steps.data()),
                0};
}

std::optional<Mark> FrontierDrawing::moved(const std::optional<Mark>& from, Step step) const {
    const auto first = best();
    if (!from) return first ? atBudget(first->row) : std::nullopt;
    const int by = step == Step::up ? 1 : -1;
    for (int line = from->row + by; line >= 0 && line < static_cast<int>(lines_.size()); line += by)
        if (const auto mark = atBudget(line)) return mark;
    return from;
}

std::optional<Mark> FrontierDrawing::kept(const Mark& mark) const {
    if (lines_.empty()) return std::nullopt;
    return atBudget(std::min(mark.row, static_cast<int>(lines_.size()) - 1));
}

CalloutText FrontierDrawing::words(const Mark& mark) const {
    const auto& steps = line(mark).steps;
    const auto* next = step(mark) + 1 < steps.size() ? &steps[step(mark) + 1] : nullptr;
    return planText(plan(mark), next, frontier_->to, objective_);
}

Spot FrontierDrawing::show(const Mark& mark, bool focused) {
    if (focused) focused_ = mark;
    const auto hit = stepHit(lines_, map_, static_cast<std::size_t>(mark.row), step(mark));
    if (!hit) return {};
    const QPen pen = linePen(line(mark).kind, palette_);
    hover_step_->setPen(QPen(pen.color(), pen.widthF() + 2.5, Qt::SolidLine, Qt::FlatCap));
    hover_step_->setLine(QLineF(hit->start, hit->end));
    hover_step_->show();
    hover_dot_->setBrush(pen.color());
    hover_dot_->setPen(QPen(palette_.surface, 1.5));
    hover_dot_->setPos(hit->start);
    hover_dot_->show();
    constexpr double trail = 60;  // on a long step the callout stays near the pointer
    const double x = std::clamp(mark.at - trail, hit->start.x(), std::max(hit->start.x(), hit->end.x()));
    return {{x, hit->start.y()}, view_->all().adjusted(0, view_->plot().top(), 0, 0)};
}

void FrontierDrawing::hide() {
    focused_.reset();
    hover_step_->hide();
    hover_dot_->hide();
}

QString FrontierDrawing::summary() const {
    const auto mark = best();
    if (!mark) return lines_.empty() ? empty_text_ : QStringLiteral("%1/h buys nothing").arg(money(budget_));
    return QStringLiteral("%1/h buys %2, %3")
        .arg(money(budget_), lineName(line(*mark).kind), spoken(words(*mark)));
}

Table FrontierDrawing::data() const {
    return stepTable(lines_, objectiveText(objective_, published_, 0).subtitle);
}

}  // namespace deepvm::ui::charts
