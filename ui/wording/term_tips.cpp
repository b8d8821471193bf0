// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/term_tips.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QCoreApplication>
#include <QCursor>
#include <QFontMetrics>
#include <QGraphicsSimpleTextItem>
#include <QGraphicsTextItem>
#include <QGraphicsView>
#include <QGroupBox>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QTabBar>
#include <QTextDocumentFragment>
#include <QTextLayout>
#include <QToolTip>
#include <algorithm>
#include <optional>

#include "wording/glossary.h"

namespace deepvm::ui::wording {
namespace {

/// A text on a widget, and what its tool tip says without the glossary.
struct Said {
    QString text;
    QString own;
    QRect rect;
};

// A longer one is read, not looked up: a tip that covers it while the pointer rests somewhere in it is in the
// way.
constexpr qsizetype short_text = 60;

QString plain(QString text) {
    if (Qt::mightBeRichText(text)) return QTextDocumentFragment::fromHtml(text).toPlainText();
    return text.remove(QLatin1Char('&'));
}

// Of those around it the nearest one, as Qt itself would find it.
QString ownTip(const QWidget& widget) {
    for (const auto* each = &widget; each != nullptr;
         each = each->isWindow() ? nullptr : each->parentWidget())
        if (!each->toolTip().isEmpty()) return each->toolTip();
    return {};
}

// One with links to the glossary explains them itself.
Said ofLabel(const QLabel& label) {
    const QString text = label.text();
    if (label.textFormat() == Qt::PlainText) return {text, ownTip(label), label.rect()};
    if (text.contains(QLatin1String("href=\"term:"))) return {};
    return {plain(text), ownTip(label), label.rect()};
}

// A switch has a second line that says more.
Said ofButton(const QAbstractButton& button, QPoint at) {
    const QString second = button.accessibleDescription();
    QRect rect = button.rect();
    const int half = rect.height() / 2;
    if (second.isEmpty() || 2 * rect.height() < 3 * button.fontMetrics().height())
        return {plain(button.text()), ownTip(button), rect};
    const bool upper = at.y() < half;
    if (upper)
        rect.setHeight(half);
    else
        rect.setTop(half);
    return {upper ? plain(button.text()) : second, ownTip(button), rect};
}

Said ofTab(const QTabBar& bar, QPoint at) {
    const int tab = bar.tabAt(at);
    if (tab < 0) return {};
    return {plain(bar.tabText(tab)), bar.tabToolTip(tab), bar.tabRect(tab)};
}

Said ofHead(const QHeaderView& head, QPoint at) {
    const int section = head.logicalIndexAt(at);
    if (section < 0) return {};
    const auto says = [&](int role) {
        return head.model()->headerData(section, head.orientation(), role).toString();
    };
    const int begin = head.sectionViewportPosition(section);
    const int size = head.sectionSize(section);
    const QRect rect = head.orientation() == Qt::Horizontal ? QRect(begin, 0, size, head.viewport()->height())
                                                            : QRect(0, begin, head.viewport()->width(), size);
    return {says(Qt::DisplayRole), says(Qt::ToolTipRole), rect};
}

// A cell that is too narrow for its text says the whole of it.
Said ofCell(const QAbstractItemView& view, QPoint at) {
    const auto index = view.indexAt(at);
    if (!index.isValid()) return {};
    QString text =
        index.data(Qt::AccessibleTextRole).toString();  // all that is drawn, also below the first line
    if (text.isEmpty()) text = index.data(Qt::DisplayRole).toString();
    QString own = index.data(Qt::ToolTipRole).toString();
    const QRect rect = view.visualRect(index);
    if (own != text && view.sizeHintForIndex(index).width() > rect.width())
        own = own.isEmpty() ? text : text + QLatin1Char('\n') + own;
    return {text, own, rect};
}

Said ofChart(const QGraphicsView& view, QPoint at) {
    for (const auto* item : view.items(at)) {
        QString text;
        if (const auto* simple = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item))
            text = simple->text();
        else if (const auto* rich = qgraphicsitem_cast<const QGraphicsTextItem*>(item))
            text = rich->toPlainText();
        else
            continue;
        return {text, {}, view.mapFromScene(item->sceneBoundingRect()).boundingRect()};
    }
    return {};
}

Said saidAt(const QWidget& widget, QPoint at) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) return ofLabel(*label);
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return ofButton(*button, at);
    if (const auto* bar = qobject_cast<const QTabBar*>(&widget)) return ofTab(*bar, at);
    if (const auto* box = qobject_cast<const QComboBox*>(&widget))
        return {box->isEditable() ? QString() : box->currentText(), ownTip(widget), widget.rect()};
    if (const auto* box = qobject_cast<const QGroupBox*>(&widget))
        return {plain(box->title()), ownTip(widget), widget.rect()};
    const auto* around = widget.parentWidget();
    if (const auto* head = qobject_cast<const QHeaderView*>(around))
        return head->viewport() == &widget ? ofHead(*head, at) : Said{};
    if (const auto* view = qobject_cast<const QAbstractItemView*>(around))
        return view->viewport() == &widget ? ofCell(*view, at) : Said{};
    if (const auto* view = qobject_cast<const QGraphicsView*>(around))
        return view->viewport() == &widget ? ofChart(*view, at) : Said{};
    return {};
}

QRect textRect(const QLabel& label) {
    const int edge = label.margin();
    return label.contentsRect().adjusted(edge, edge, -edge, -edge);
}

/// Where the letters from `begin` to `end` of a plain label stand, one rectangle a line: it is laid out as a
/// label does it.
std::vector<QRect> placesOf(const QLabel& label, qsizetype begin, qsizetype end) {
    QString text = label.text();
    text.replace(QLatin1Char('\n'), QChar::LineSeparator);
    QTextLayout layout(text, label.font());
    QTextOption option(label.alignment());
    option.setWrapMode(label.wordWrap() ? QTextOption::WordWrap : QTextOption::ManualWrap);
    layout.setTextOption(option);
    const QRect room = textRect(label);
    double height = 0;
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(room.width());
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    double top = room.top();
    if (label.alignment() & Qt::AlignVCenter) top += (room.height() - height) / 2;
    if (label.alignment() & Qt::AlignBottom) top += room.height() - height;
    std::vector<QRect> places;
    for (int i = 0; i < layout.lineCount(); ++i) {
        const auto line = layout.lineAt(i);
        const int from = std::max(static_cast<int>(begin), line.textStart());
        const int to = std::min(static_cast<int>(end), line.textStart() + line.textLength());
        if (from >= to) continue;
        const double left = line.cursorToX(from);
        const double right = line.cursorToX(to);
        places.push_back(
            QRectF(room.left() + left, top + line.y(), right - left, line.height()).toAlignedRect());
    }
    return places;
}

TermTips::Tip ofLongLabel(const QLabel& label, const Said& said, QPoint at) {
    for (const auto& term : termsIn(said.text))
        for (const auto& place : placesOf(label, term.begin, term.end))
            if (place.contains(at)) return {tipOf(said.own, {term}), place};
    return {};
}

}  // namespace

TermTips::TermTips(QObject* parent) : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

TermTips::Tip TermTips::tipAt(const QWidget& widget, QPoint at) {
    // A tip on a tip would be dressed as its own child, for ever.
    if (widget.window()->windowType() == Qt::ToolTip) return {};
    const Said said = saidAt(widget, at);
    if (said.text.isEmpty()) return {};
    const auto* label = qobject_cast<const QLabel*>(&widget);
    if (label != nullptr && label->textFormat() == Qt::PlainText && said.text.size() > short_text)
        return ofLongLabel(*label, said, at);
    const auto terms = termsIn(said.text);
    if (terms.empty()) return {};
    return {tipOf(said.own, terms), said.rect};
}

bool TermTips::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ToolTip) return false;
    auto* widget = qobject_cast<QWidget*>(watched);
    if (widget == nullptr) return false;
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto tip = tipAt(*widget, help->pos());
    if (tip.text.isEmpty()) return false;
    QToolTip::showText(help->globalPos(), tip.text, widget, tip.rect);
    event->accept();
    return true;
}

void explainLinks(QLabel& label) {
    QObject::connect(&label, &QLabel::linkHovered, &label, [shown = &label](const QString& link) {
        const auto* term = termOfLink(link);
        if (term == nullptr) return QToolTip::hideText();
        QToolTip::showText(QCursor::pos(), tipOf({}, {{0, 0, term}}), shown);
    });
}

}  // namespace deepvm::ui::wording
