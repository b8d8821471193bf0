// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pieces.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>

namespace deepvm::ui::widgets {

QLabel* label(const QString& text, const char* role, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setProperty("role", QString::fromLatin1(role));
    return made;
}

QLabel* capsLabel(const QString& text, QWidget* parent) {
    auto* made = label(text.toUpper(), "caps", parent);
    QFont font = made->font();
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    made->setFont(font);
    return made;
}

QFrame* card(QWidget* content, const QMargins& margins) {
    auto* frame = new QFrame;
    frame->setProperty("role", "card");
    auto* all = new QVBoxLayout(frame);
    all->setContentsMargins(margins);
    all->addWidget(content);
    return frame;
}

QScrollArea* scrolledColumn(QWidget* content) {
    content->setObjectName(QStringLiteral("scrolled"));
    content->layout()->setContentsMargins(0, 0, scroll_gap, 0);
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    area->setFocusPolicy(Qt::NoFocus);
    auto* bar = area->verticalScrollBar();
    restyle(*bar, "idle", true);
    QObject::connect(bar, &QScrollBar::rangeChanged, bar,
                     [bar](int, int most) { restyle(*bar, "idle", most == 0); });
    return area;
}

QString unbroken(QString text) {
    const QString space = QChar(QChar::Nbsp);
    text.replace(QStringLiteral(" × "), space + QStringLiteral("×") + space);
    static const QRegularExpression size(QStringLiteral("(?<=[a-z])\\.(?=[0-9])"));  // p4d.24xlarge
    text.replace(size, QStringLiteral(".") + QChar(0x2060));
    static const QRegularExpression hyphen(QStringLiteral("(?<=[a-z0-9])-(?=[a-z0-9])"));  // europe-north1
    text.replace(hyphen, QChar(0x2011));
    static const QRegularExpression sign(QStringLiteral("([+−]) (?=[0-9])"));
    text.replace(sign, QStringLiteral("\\1") + space);
    text.replace(QStringLiteral(" %"), space + QLatin1Char('%'));
    return text.replace(QStringLiteral("/h"), QStringLiteral("/") + QChar(0x2060) + QLatin1Char('h'));
}

QString oneWord(QString name) {
    return name.replace(QLatin1Char('-'), QChar(0x2011)).replace(QLatin1Char(' '), QChar::Nbsp);
}

void restyle(QWidget& widget, const char* property, const QVariant& value) {
    if (widget.property(property) == value) return;
    widget.setProperty(property, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

}  // namespace deepvm::ui::widgets
