// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/glossary.h"

#include <QTextDocument>
#include <algorithm>

#include "wording/format.h"

namespace deepvm::ui::wording {
namespace {

const QLatin1String scheme("term:");

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString paragraph(const QString& rich) {
    return QStringLiteral("<p style='margin: 0 0 6px 0'>%1</p>").arg(rich);
}

}  // namespace

QString termTitle(const words::Term& term) {
    QString title = fromView(term.name);
    const bool word = title.size() > 1 && title[0].isLower() && !title[1].isUpper();
    if (word) title[0] = title[0].toUpper();
    return title;
}

QString meaningOf(const words::Term& term) {
    QString meaning = fromView(term.meaning);
    return meaning.replace(QLatin1String("10^12"), QStringLiteral("10¹²"))
        .replace(QLatin1String("10^15"), QStringLiteral("10¹⁵"));
}

QString glossaryLinks(const QString& text, const words::Term* but) {
    const QByteArray bytes = text.toUtf8();
    const std::string_view all(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const auto escaped = [&](std::size_t begin, std::size_t end) {
        return fromView(all.substr(begin, end - begin))
            .toHtmlEscaped()
            .replace(QLatin1Char('\n'), QLatin1String("<br>"));
    };
    QString rich;
    std::size_t done = 0;
    for (const auto& [begin, end, term] : words::terms_in(all)) {
        if (term == but) continue;
        rich += escaped(done, begin) + QStringLiteral("<a href=\"") + scheme +
                QString::fromStdString(words::term_id(*term)) + QStringLiteral("\">") + escaped(begin, end) +
                QStringLiteral("</a>");
        done = end;
    }
    return rich + escaped(done, all.size());
}

QString inColour(const QString& links, const QColor& colour) {
    return QStringLiteral("<style>a { color: %1; }</style>").arg(colour.name()) + links;
}

const words::Term* termOfLink(const QString& link) {
    if (!link.startsWith(scheme)) return nullptr;
    return words::term_named(link.mid(scheme.size()).toStdString()).value_or(nullptr);
}

std::vector<TermAt> termsIn(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    const auto before = [&](std::size_t byte) {
        return QString::fromUtf8(bytes.constData(), static_cast<qsizetype>(byte)).size();
    };
    std::vector<TermAt> all;
    for (const auto& [begin, end, term] :
         words::terms_in({bytes.constData(), static_cast<std::size_t>(bytes.size())}))
        all.push_back({before(begin), before(end), term});
    return all;
}

QString tipOf(const QString& own, const std::vector<TermAt>& terms) {
    QString tip;
    if (!own.isEmpty())
        tip += paragraph(Qt::mightBeRichText(own)
                             ? own
                             : own.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
    for (const auto& [begin, end, term] : terms)
        tip += paragraph(QStringLiteral("<b>%1</b>: %2")
                             .arg(termTitle(*term).toHtmlEscaped(), meaningOf(*term).toHtmlEscaped()));
    return tip;
}

}  // namespace deepvm::ui::wording
