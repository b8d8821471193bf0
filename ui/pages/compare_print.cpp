// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/compare_print.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>
#include <algorithm>

#include "wording/wording.h"
#include "words/comparison.h"

namespace deepvm::ui::pages {
namespace {

QString escaped(const std::string& text) {
    return wording::said(text).toHtmlEscaped();
}

QString tableHtml(const compare::Comparison& comparison) {
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='1' width='100%'><tr><td></td>");
    for (const auto& column : comparison.columns)
        html +=
            QStringLiteral("<td><b>%1</b></td>").arg(escaped(words::column_title(column, wording::in_print)));
    html += QStringLiteral("</tr>");
    std::string group;
    for (const auto& row : words::comparison_rows(comparison, wording::in_print)) {
        // What nobody asked for needs no line of a page.
        if (std::ranges::all_of(row.values,
                                [](const auto& each) { return each == words::dash(wording::in_print); }))
            continue;
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
    QString html = QStringLiteral("<p><b>Training clusters compared</b></p>");
    for (const auto& sentence : words::comparison_sentences(comparison, wording::in_print))
        html += QStringLiteral("<p>%1</p>").arg(escaped(sentence));
    return html + tableHtml(comparison) +
           QStringLiteral(
               "<p><small>&#10003; best of its row. Futures of all plans are drawn alike: what is drawn is "
               "revocations, speeds and spot prices within their ranges; not whether machines can be "
               "had.</small></p>");
}

// The text is as large as people read it, and takes what it needs of the page; only where the charts would
// have less than a fifth it is made smaller.
void paint(QPainter& painter, const compare::Comparison& comparison, const PrintedCharts& charts,
           QSizeF page) {
    constexpr double gap = 12;
    constexpr double most_text = 0.8;
    constexpr double futures_share = 0.58;
    constexpr int text_points = 8;
    QTextDocument text;
    QFont font = painter.font();
    font.setPixelSize(text_points);  // a unit of the page is a point
    text.setDocumentMargin(0);
    text.setDefaultFont(font);
    text.setHtml(pageHtml(comparison));
    text.setTextWidth(page.width());
    const double room = page.height() * most_text;
    const double scale = std::min(1.0, room / text.size().height());
    painter.save();
    painter.scale(scale, scale);
    text.setTextWidth(page.width() / scale);
    text.drawContents(&painter);
    painter.restore();
    const double top = std::min(room, text.size().height() * scale) + gap;
    const double left_over = page.height() - top;
    if (left_over > page.width() / 2) {  // room for one below the other, as wide as the page
        const double each = (left_over - gap) / 2;
        charts.futures.render(painter, QRectF(0, top, page.width(), each));
        charts.outcomes.render(painter, QRectF(0, top + each + gap, page.width(), each));
        return;
    }
    const double left = (page.width() - gap) * futures_share;
    charts.futures.render(painter, QRectF(0, top, left, page.height() - top));
    charts.outcomes.render(painter, QRectF(left + gap, top, page.width() - left - gap, page.height() - top));
}

}  // namespace

base::Result<void> printComparison(const compare::Comparison& comparison, const PrintedCharts& charts,
                                   const QString& file) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(QStringLiteral("Training clusters compared"));
        writer.setCreator(QStringLiteral("DeepVM Explorer"));
        writer.setPageSize(QPageSize(QPageSize::A4));
        // A row of three plans fits the width of an upright page, and all rows its height.
        constexpr std::size_t most_upright = 3;
        writer.setPageOrientation(comparison.columns.size() <= most_upright ? QPageLayout::Portrait
                                                                            : QPageLayout::Landscape);
        writer.setPageMargins(QMarginsF(12, 12, 12, 12), QPageLayout::Millimeter);
        constexpr int points_an_inch = 72;
        constexpr int dots_an_inch = 288;
        writer.setResolution(dots_an_inch);
        QPainter painter(&writer);
        constexpr double dots_a_point = static_cast<double>(dots_an_inch) / points_an_inch;
        painter.scale(dots_a_point, dots_a_point);
        paint(painter, comparison, charts, writer.pageLayout().paintRect(QPageLayout::Point).size());
    }
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit())
        return base::fail(
            base::ErrorCode::unreadable,
            QStringLiteral("%1 cannot be written: %2").arg(file, target.errorString()).toStdString());
    return {};
}

}  // namespace deepvm::ui::pages
