// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/futures_rows.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "charts/timeline_rows.h"
#include "wording/wording.h"
#include "words/remarks.h"

namespace deepvm::ui::charts {
namespace {

constexpr double shown_quantile = 0.995;  // the longest few would squeeze all others
constexpr double bins_across = 96;        // of the whole axis
constexpr int most_bins = 4000;

QString name(std::size_t rank, const problem::Plan& plan) {
    return QStringLiteral("Plan %1: %2").arg(QString::number(rank), wording::machinesLine(plan));
}

QString absent(const explain::SimulatedPlan& plan) {
    if (!plan.unknown.empty()) return QString::fromStdString(plan.unknown);
    return plan.futures.finishes && plan.as_given.finishes && plan.plan.job.expected &&
                   plan.plan.job.expected->finishes
               ? QString()
               : QStringLiteral("revoked so often that the job does not end");
}

double quantile(const std::vector<double>& sorted, double share) {
    const auto last = sorted.size() - 1;
    const auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::min(last, at == 0 ? 0 : at - 1)];
}

// Of the figure that is drawn, rising.
const std::vector<double>& sortedOf(const FuturesPlot& plot, const FutureRow& row) {
    const auto& futures = (*plot.futures)[row.plan].futures;
    return plot.figure == FutureFigure::dollars ? futures.sorted_dollars : futures.sorted_hours;
}

// All rows have bins of about the same width, so their shapes may be compared.
FutureBins bins(const std::vector<double>& sorted, double wanted) {
    const double range = sorted.back() - sorted.front();
    const int count = wanted > 0 ? std::clamp(static_cast<int>(std::ceil(range / wanted)), 1, most_bins) : 1;
    const auto counted = risk::histogram(sorted, count);
    FutureBins made{counted.first, counted.width, {}};
    const auto all = static_cast<double>(sorted.size());
    for (const int runs : counted.runs)
        made.shares.push_back(runs / all);
    return made;
}

void setRange(FuturesPlot& plot) {
    for (const auto& row : plot.rows) {
        if (!row.absent.isEmpty()) continue;
        const auto& sorted = sortedOf(plot, row);
        const double from = std::min(sorted.front(), row.closed);
        const double to = std::max(quantile(sorted, shown_quantile), row.closed);
        plot.least = plot.any ? std::min(plot.least, from) : from;
        plot.most = plot.any ? std::max(plot.most, to) : to;
        plot.any = true;
    }
    double beyond = 0;
    double all = 0;
    for (const auto& row : plot.rows) {
        if (!row.absent.isEmpty()) continue;
        const auto& sorted = sortedOf(plot, row);
        const auto above = std::upper_bound(sorted.begin(), sorted.end(), plot.most);
        beyond += static_cast<double>(sorted.end() - above);
        all += static_cast<double>(sorted.size());
    }
    if (all > 0) plot.beyond = beyond / all;
}

QString caption(const FuturesPlot& plot) {
    if (!plot.any) return {};
    QStringList parts{QStringLiteral("line: P5 to P95"), QStringLiteral("dot: P50"),
                      QStringLiteral("diamond: closed form"),
                      QStringLiteral("bar: 99 % interval of the mean, figures as given")};
    if (plot.beyond > 0) parts << QStringLiteral("few lie beyond the axis");
    return parts.join(QStringLiteral("\u00A0· "));
}

QStringList figures(FutureFigure figure, const risk::Spread& spread, std::optional<double> in_time) {
    const QString p50 = QStringLiteral("P50 %1").arg(figureText(figure, spread.p50));
    const QString p95 = QStringLiteral(" · P95 %1").arg(figureText(figure, spread.p95));
    const QString chance =
        in_time ? QStringLiteral(" · %1 in time").arg(wording::said(words::chance(*in_time))) : QString();
    return {p50 + p95 + chance, p50 + chance, p50};
}

QString words(const FuturesPlot& plot, const FutureRow& row) {
    if (!row.absent.isEmpty()) return row.name + QStringLiteral(": ") + row.absent;
    const auto text = [&](double value) { return figureText(plot.figure, value); };
    return QStringLiteral("%1: P5 %2, P50 %3, P95 %4, mean %5, closed form %6, %7")
        .arg(row.name, text(row.spread.p5), text(row.spread.p50), text(row.spread.p95), text(row.spread.mean),
             text(row.closed),
             row.inside ? QStringLiteral("inside the 99 % interval")
                        : QStringLiteral("outside the 99 % interval"));
}

}  // namespace

QString figureText(FutureFigure figure, double value) {
    if (figure == FutureFigure::hours) return timeText(value * 3600);
    return QStringLiteral("$") + (value < 999.995 ? QString::number(value, 'f', 2) : numberTick(value, 1));
}

FuturesPlot makeFutures(SharedFutures futures, FutureFigure figure) {
    FuturesPlot plot;
    plot.futures = std::move(futures);
    plot.figure = figure;
    if (!plot.futures) return plot;
    for (std::size_t i = 0; i < plot.futures->size(); ++i) {
        const auto& from = (*plot.futures)[i];
        FutureRow row;
        row.plan = i;
        row.architecture = from.plan.architecture;
        row.name = name(i + 1, from.plan);
        row.absent = absent(from);
        if (row.absent.isEmpty()) {
            const bool dollars = figure == FutureFigure::dollars;
            row.spread = dollars ? from.futures.dollars : from.futures.hours;
            const auto& given = dollars ? from.as_given.dollars : from.as_given.hours;
            row.low = given.low;
            row.high = given.high;
            row.closed =
                from.plan.job.expected->expected_hours * (dollars ? from.plan.hourly_price.usd() : 1);
            row.inside = from.agrees;
            row.figures = figures(figure, row.spread, from.share_done_in_time);
        }
        plot.rows.push_back(std::move(row));
    }
    setRange(plot);
    for (auto& row : plot.rows)
        if (row.absent.isEmpty())
            row.bins = bins(sortedOf(plot, row), (plot.most - plot.least) / bins_across);
    plot.caption = caption(plot);
    QStringList lines;
    for (const auto& row : plot.rows)
        lines << words(plot, row);
    plot.summary = lines.join(QLatin1Char('\n'));
    return plot;
}

double shareAtMost(const FuturesPlot& plot, std::size_t row, double value) {
    const auto& shown = plot.rows[row];
    // What is written as this value is at most this value.
    return risk::share_at_most(sortedOf(plot, shown), value * (1 + 1e-12));
}

double percentile(const FuturesPlot& plot, std::size_t row, double percent) {
    const auto& shown = plot.rows[row];
    return quantile(sortedOf(plot, shown), percent / 100);
}

Table futuresTable(const FuturesPlot& plot) {
    const QString unit =
        plot.figure == FutureFigure::dollars ? QStringLiteral(" ($)") : QStringLiteral(" (h)");
    Table table{{QStringLiteral("plan")}, {}};
    for (const char* head : {"P5", "P50", "P95", "mean", "mean as given, from", "to", "closed form"})
        table.head << QLatin1String(head) + unit;
    for (const auto& row : plot.rows) {
        table.rows << QStringList{row.name};
        if (!row.absent.isEmpty()) continue;
        const auto& spread = row.spread;
        for (const double value :
             {spread.p5, spread.p50, spread.p95, spread.mean, row.low, row.high, row.closed})
            table.rows.back() << QString::number(value, 'g', 9);
    }
    return table;
}

CalloutText futureText(const FuturesPlot& plot, std::size_t row, double value) {
    const auto& shown = plot.rows[row];
    if (!shown.absent.isEmpty()) return {shown.name, shown.absent};
    const auto text = [&](double figure) { return figureText(plot.figure, figure); };
    const QString share = QString::number(100 * shareAtMost(plot, row, value), 'g', 3);
    const QString at_most = plot.figure == FutureFigure::dollars
                                ? QStringLiteral("%1 of 100 futures cost at most %2")
                                : QStringLiteral("%1 of 100 futures take at most %2");
    return {shown.name, at_most.arg(share, text(value)) + QLatin1Char('\n') +
                            QStringLiteral("P5 %1 · P50 %2 · P95 %3")
                                .arg(text(shown.spread.p5), text(shown.spread.p50), text(shown.spread.p95))};
}

}  // namespace deepvm::ui::charts
