// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/pieces.h"

#include <QStyle>
#include <QVariant>

namespace deepvm::ui::panels {

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

QString unbroken(QString text) {
    const QString space = QChar(QChar::Nbsp);
    text.replace(QStringLiteral(" × "), space + QStringLiteral("×") + space);
    text.replace(QStringLiteral(" %"), space + QLatin1Char('%'));
    return text.replace(QStringLiteral("/h"), QStringLiteral("/") + QChar(0x2060) + QLatin1Char('h'));
}

void restyle(QWidget& widget, const char* property, const QVariant& value) {
    if (widget.property(property) == value) return;
    widget.setProperty(property, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

}  // namespace deepvm::ui::panels
