// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/compare_print.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

#include "wording/wording.h"
#include "words/comparison.h"

namespace deepvm::ui::pages {
namespace {

QString escaped(const std::string& text) {
    return wording::said(text).toHtmlEscaped();
}

QString tableHtml(const compare::Comparison& comparison) {
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='3' width='100%'><tr><td></td>");
    for (const auto& column : comparison.columns)
        html +=
            QStringLiteral("<td><b>%1</b></td>").arg(escaped(words::column_title(column, wording::in_print)));
    html += QStringLiteral("</tr>");
    std::string group;
    for (const auto& row : words::comparison_rows(comparison, wording::in_print)) {
        if (row.group != group)
            html += QStringLiteral("<tr><td colspan='%1'><small><b>%2</b></small></td></tr>")
                        .arg(comparison.columns.size() + 1)
                        .arg(escaped(row.group));
        group = row.group;
        html += QStringLiteral("<tr><td>%1</td>").arg(escaped(row.name));
        for (std::size_t i = 0; i < row.values.size(); ++i)
            html +=
                (row.best[i] ? QStringLiteral("<td><b>%1 &#10003;</b></td>") : QStringLiteral("<td>%1</td>"))
                    .arg(escaped(row.values[i]));
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString pageHtml(const compare::Comparison& comparison) {
    QString html = QStringLiteral("<h3>Training clusters compared</h3>");
    for (const auto& sentence : words::comparison_sentences(comparison, wording::in_print))
        html += QStringLiteral("<p>%1</p>").arg(escaped(sentence));
    return html + tableHtml(comparison) +
           QStringLiteral(
               "<p><small>&#10003; best of its row. Futures of all plans are drawn alike: what is drawn is "
               "revocations, speeds and spot prices within their ranges; not whether machines can be "
               "had.</small></p>");
}

// The text takes what it needs of the page, made smaller where that is more than three fifths; the chart has
// the rest.
void paint(QPainter& painter, const compare::Comparison& comparison, charts::FuturesChart& chart,
           QSizeF page) {
    QTextDocument text;
    text.documentLayout();
    QFont font = painter.font();
    font.setPointSizeF(9);
    text.setDefaultFont(font);
    text.setHtml(pageHtml(comparison));
    text.setTextWidth(page.width());
    const double room = page.height() * 0.66;
    const double scale = std::min(1.0, room / text.size().height());
    painter.save();
    painter.scale(scale, scale);
    text.setTextWidth(page.width() / scale);
    text.drawContents(&painter);
    painter.restore();
    const double used = std::min(room, text.size().height() * scale);
    constexpr double gap = 12;
    chart.render(painter, QRectF(0, used + gap, page.width(), page.height() - used - gap));
}

}  // namespace

base::Result<void> printComparison(const compare::Comparison& comparison, charts::FuturesChart& chart,
                                   const QString& file) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(QStringLiteral("Training clusters compared"));
        writer.setCreator(QStringLiteral("DeepVM Explorer"));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageOrientation(QPageLayout::Landscape);
        writer.setPageMargins(QMarginsF(12, 12, 12, 12), QPageLayout::Millimeter);
        constexpr int points_an_inch = 72;
        constexpr int dots_an_inch = 288;
        writer.setResolution(dots_an_inch);
        QPainter painter(&writer);
        constexpr double dots_a_point = static_cast<double>(dots_an_inch) / points_an_inch;
        painter.scale(dots_a_point, dots_a_point);
        paint(painter, comparison, chart, writer.pageLayout().paintRect(QPageLayout::Point).size());
    }
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit())
        return base::fail(
            base::ErrorCode::unreadable,
            QStringLiteral("%1 cannot be written: %2").arg(file, target.errorString()).toStdString());
    return {};
}

}  // namespace deepvm::ui::pages
