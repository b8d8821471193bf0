// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/chart_frame.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <cmath>

#include "plot/accessible_chart.h"
#include "plot/chart_labels.h"
#include "plot/overlay_items.h"

namespace deepvm::ui::plot {
namespace {

constexpr double still = 4;  // a click does not move farther

std::optional<Step> stepOf(int key) {
    switch (key) {
        case Qt::Key_Left:
            return Step::left;
        case Qt::Key_Right:
            return Step::right;
        case Qt::Key_Up:
            return Step::up;
        case Qt::Key_Down:
            return Step::down;
        case Qt::Key_Home:
            return Step::first;
        case Qt::Key_End:
            return Step::last;
        default:
            return std::nullopt;
    }
}

bool byKeyboard(Qt::FocusReason reason) {
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
           reason == Qt::ShortcutFocusReason;
}

}  // namespace

struct ChartFrame::Private {
    Private(ChartFrame* frame, FrameStyle its_style)
        : q(frame),
          style(std::move(its_style)),
          view(new PlotView(frame)),
          labels(frame, view),
          callout(new Callout(view->ground())) {}

    ChartFrame* q;
    FrameStyle style;
    PlotView* view;
    ChartLabels labels;
    Callout* callout;
    std::unique_ptr<Drawing> drawing;
    theme::Palette palette;
    std::optional<Mark> shown;
    std::optional<Mark> cursor;  // of the keyboard; kept while the pointer is elsewhere
    bool dragging = false;
    QPointF pressed;

    void listen();
    void layOut();
    void show(Mark mark, bool focused);
    void clearMark();
    void returnToFocus();
    void hover(QPointF at);
    void move(QPointF at);
    void press(QPointF at);
    void release(QPointF at);
    void endDrag();
    void step(std::optional<Step> step);
    bool moveHandle(Step step);
    bool pick();
    void paint(QPainter& painter, const QRectF& target, const QString& below);
};

void ChartFrame::Private::listen() {
    connect(view, &PlotView::resized, q, [this] { layOut(); });
    connect(view, &PlotView::pointerMoved, q, [this](QPointF at) { move(at); });
    connect(view, &PlotView::pointerPressed, q, [this](QPointF at) { press(at); });
    connect(view, &PlotView::pointerReleased, q, [this](QPointF at) { release(at); });
    connect(view, &PlotView::pointerLeft, q, [this] { returnToFocus(); });
}

void ChartFrame::Private::layOut() {
    if (!drawing) return;
    clearMark();
    callout->setFonts(plotFont(*view, text_px, QFont::DemiBold), plotFont(*view, label_px));
    drawing->layOut();
    labels.setCaption(drawing->caption());  // what there is to explain may depend on the room
    if (cursor) cursor = drawing->kept(*cursor);
    returnToFocus();
}

void ChartFrame::Private::show(Mark mark, bool focused) {
    const bool same = shown && shown->isPartOf(mark);
    shown = mark;
    const auto spot = drawing->show(mark, focused);
    const auto text = drawing->words(mark);
    callout->show(text, spot, view->all(), drawing->colourOf(mark));
    q->setAccessibleDescription(spoken(text));
    if (focused) sayValue(*q, spoken(text));
    if (!same) emit q->marked(mark);
}

void ChartFrame::Private::clearMark() {
    drawing->hide();
    callout->hide();
    q->describe();
    if (!shown) return;
    shown.reset();
    emit q->unmarked();
}

// After the pointer, or other data: back to where the keyboard is.
void ChartFrame::Private::returnToFocus() {
    if (!drawing) return;
    if (!cursor || !q->hasFocus()) return clearMark();
    show(*cursor, true);
}

void ChartFrame::Private::hover(QPointF at) {
    auto* handle = drawing->handle();
    const bool grabs = handle != nullptr && handle->grabs(at);
    const auto mark = drawing->markAt(at);
    view->viewport()->setCursor(grabs                        ? Qt::SplitHCursor
                                : mark && drawing->canPick() ? Qt::PointingHandCursor
                                                             : Qt::ArrowCursor);
    if (!mark)
        returnToFocus();
    else if (mark != shown)
        show(*mark, false);
}

void ChartFrame::Private::move(QPointF at) {
    if (!drawing) return;
    if (!dragging) return hover(at);
    if (!drawing->handle()->drag(at)) return;
    q->describe();
    emit q->handleMoved();
}

void ChartFrame::Private::press(QPointF at) {
    if (!drawing) return;
    pressed = at;
    auto* handle = drawing->handle();
    if (handle == nullptr || !handle->grabs(at)) return;
    clearMark();
    dragging = true;
    handle->press(at);
}

void ChartFrame::Private::release(QPointF at) {
    if (!drawing) return;
    if (dragging) return endDrag();
    if (std::hypot(at.x() - pressed.x(), at.y() - pressed.y()) > still) return;
    hover(at);
    if (const auto mark = drawing->markAt(at)) emit q->picked(*mark);
}

void ChartFrame::Private::endDrag() {
    if (!dragging) return;
    dragging = false;
    drawing->handle()->release();
    emit q->handleReleased();
}

void ChartFrame::Private::step(std::optional<Step> step) {
    if (cursor && !step) return;
    const auto next = drawing->moved(cursor, step.value_or(Step::first));
    if (!next) return;
    cursor = next;
    show(*cursor, true);
}

bool ChartFrame::Private::moveHandle(Step step) {
    auto* handle = drawing->handle();
    if (handle == nullptr || !handle->takes(step)) return false;
    if (!handle->step(step)) return true;
    q->describe();
    sayValue(*q, handle->value().text);
    emit q->handleMoved();
    return true;
}

bool ChartFrame::Private::pick() {
    const auto chosen = drawing->chosen();
    const auto mark = chosen ? chosen : shown;
    if (!mark || !drawing->canPick()) return false;
    emit q->picked(*mark);
    return true;
}

void ChartFrame::Private::paint(QPainter& painter, const QRectF& target, const QString& below) {
    const QRectF whole(QPointF(0, 0), q->size());
    const QFont small = plotFont(*view, label_px);
    const double line = QFontMetricsF(small).lineSpacing() + 8;
    const double foot = below.isEmpty() ? 0 : line;
    const double scale = std::min(target.width() / whole.width(), target.height() / (whole.height() + foot));
    painter.save();
    painter.fillRect(target, palette.surface);
    painter.translate(target.topLeft());
    painter.scale(scale, scale);
    labels.paint(painter, palette);
    view->scene()->render(&painter, QRectF(view->geometry()), view->all());
    painter.setFont(small);
    painter.setPen(palette.muted);
    painter.drawText(QRectF(8, whole.height(), whole.width() - 16, line), Qt::AlignLeft | Qt::AlignVCenter,
                     below);
    painter.restore();
}

ChartFrame::ChartFrame(FrameStyle style, QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>(this, std::move(style))) {
    beReadOut();
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(d->style.name);
    d->view->setObjectName(d->style.viewName);
    d->labels.arrange(d->style);
    d->listen();
}

ChartFrame::~ChartFrame() = default;

PlotView* ChartFrame::view() const {
    return d->view;
}

void ChartFrame::setDrawing(std::unique_ptr<Drawing> drawing) {
    d->drawing = std::move(drawing);
    setColours(theme::palette(theme::Mode::light));
}

Drawing& ChartFrame::drawing() const {
    return *d->drawing;
}

Handle* ChartFrame::handle() const {
    return d->drawing ? d->drawing->handle() : nullptr;
}

void ChartFrame::setColours(const theme::Palette& palette) {
    d->palette = palette;
    d->labels.setColours(palette);
    d->view->setBackgroundBrush(palette.surface);
    d->callout->setColours(palette);
    d->drawing->setColours(palette);
    d->layOut();
    update();
}

void ChartFrame::redraw(const std::function<void()>& change) {
    d->clearMark();
    change();
    d->layOut();
    updateGeometry();
}

void ChartFrame::describe() {
    if (d->drawing) setAccessibleDescription(d->drawing->summary());
}

void ChartFrame::unmark() {
    if (d->cursor) d->cursor = d->drawing->kept(*d->cursor);
    d->returnToFocus();
}

void ChartFrame::setTitle(const QString& title) {
    d->labels.texts.title = title;
    d->labels.write();
}

void ChartFrame::setAside(const QString& aside) {
    d->labels.texts.aside = aside;
    d->labels.write();
}

void ChartFrame::setNote(const QString& note, const QString& more) {
    d->labels.texts.note = note;
    d->labels.texts.more = more;
    d->labels.write();
}

std::optional<Mark> ChartFrame::shown() const {
    return d->shown;
}

void ChartFrame::addActions(QMenu&) {}

bool ChartFrame::dragging() const {
    return d->dragging;
}

QString ChartFrame::summary() const {
    return d->drawing->summary();
}

Table ChartFrame::data() const {
    return d->drawing->data();
}

void ChartFrame::render(QPainter& painter, const QRectF& target, const QString& below) {
    const auto before = d->palette;
    const auto cursor = std::exchange(d->cursor, std::nullopt);
    setColours(theme::palette(theme::Mode::light));
    d->paint(painter, target, below);
    d->cursor = cursor;
    setColours(before);
}

QSize ChartFrame::sizeHint() const {
    return d->style.hint.expandedTo(minimumSizeHint());
}

QSize ChartFrame::minimumSizeHint() const {
    return d->drawing->leastSize();
}

void ChartFrame::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
    d->labels.setColours(d->palette);  // and sizes
    d->layOut();
    d->labels.write();
}

void ChartFrame::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (!byKeyboard(event->reason())) return;
    if (auto* handle = this->handle())
        handle->setFocused(true);
    else
        d->step(std::nullopt);
}

void ChartFrame::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    if (auto* handle = this->handle()) handle->setFocused(false);
    d->cursor.reset();
    d->clearMark();
}

// A release may go to another window.
void ChartFrame::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    d->endDrag();
}

void ChartFrame::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (const auto step = stepOf(key)) {
        if (!d->moveHandle(*step)) d->step(step);
        return;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && d->pick()) return;
    if (key != Qt::Key_Escape || !d->cursor) return QWidget::keyPressEvent(event);
    d->cursor.reset();
    d->clearMark();
}

void ChartFrame::keyReleaseEvent(QKeyEvent* event) {
    const auto step = stepOf(event->key());
    auto* handle = this->handle();
    if (!step || handle == nullptr || !handle->takes(*step)) return QWidget::keyReleaseEvent(event);
    if (!event->isAutoRepeat()) emit handleReleased();
}

void ChartFrame::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), d->palette.surface);
}

void ChartFrame::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    d->labels.write();
}

}  // namespace deepvm::ui::plot
