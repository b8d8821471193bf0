// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeline_rows.h"

#include <algorithm>
#include <cmath>

#include "plot/chart_scale.h"

namespace deepvm::ui::charts {
namespace {

using risk::Activity;
using risk::Cause;
using risk::Lane;
using risk::Span;

constexpr double minute = 60;
constexpr double hour = 3600;

QString withUnit(const QString& number, const char* unit) {
    return number + QChar(QChar::Nbsp) + QLatin1String(unit);
}

QString laneName(Lane lane) {
    switch (lane) {
        case Lane::training:
            return QStringLiteral("Training");
        case Lane::host:
            return QStringLiteral("Copy to host memory");
        case Lane::network:
            return QStringLiteral("Cut and send");
        case Lane::buffer:
            return QStringLiteral("In remote memory");
        case Lane::storage:
            return QStringLiteral("Flush to storage");
    }
    return {};
}

QString title(const Span& span) {
    switch (span.activity) {
        case Activity::trains:
            return QStringLiteral("Training up to checkpoint %1").arg(span.checkpoint);
        case Activity::stalls:
            return span.cause == Cause::copy
                       ? QStringLiteral("Training stands still: checkpoint %1 is copied").arg(span.checkpoint)
                       : QStringLiteral("Training stands still before checkpoint %1").arg(span.checkpoint);
        case Activity::copies:
            return QStringLiteral("Checkpoint %1 is copied to host memory").arg(span.checkpoint);
        case Activity::cuts:
            return QStringLiteral("Checkpoint %1 is cut for sending").arg(span.checkpoint);
        case Activity::sends:
            return QStringLiteral("Checkpoint %1 is sent").arg(span.checkpoint);
        case Activity::waits:
            return QStringLiteral("Checkpoint %1 waits to be sent").arg(span.checkpoint);
        case Activity::holds:
            return QStringLiteral("Checkpoint %1 takes room in remote memory").arg(span.checkpoint);
        case Activity::flushes:
            return QStringLiteral("Checkpoint %1 is flushed to storage").arg(span.checkpoint);
    }
    return {};
}

// What a person could change about it.
QString why(const Span& span) {
    const int before = span.checkpoint - 1;
    switch (span.cause) {
        case Cause::cutting:
            return QStringLiteral("host memory is taken: checkpoint %1 is still being cut").arg(before);
        case Cause::network:
            return QStringLiteral("the network is too slow: checkpoint %1 is still being sent").arg(before);
        case Cause::remote_buffer:
            return QStringLiteral("storage is too slow: checkpoint %1 had to wait for room").arg(before);
        case Cause::copy:
        case Cause::none:
            break;
    }
    if (span.activity == Activity::waits) return QStringLiteral("remote memory is full: storage is too slow");
    return {};
}

QString lossText(const QString& left, const risk::Loss& loss) {
    return QStringLiteral("%1: %2").arg(left, timeText(loss.lost_seconds));
}

QString backTo(const risk::Loss& loss) {
    return loss.checkpoint == 0 ? QStringLiteral("back to the start")
                                : QStringLiteral("back to checkpoint %1").arg(loss.checkpoint);
}

std::vector<QStringList> lossLines(const risk::DeepCheckRun& run) {
    if (!run.losses) return {};
    const auto line = [](const QString& left, const QString& memory, const QString& more,
                         const risk::Loss& loss) {
        const QString brief = lossText(left + memory, loss);
        const QString back = QStringLiteral(", ") + backTo(loss);
        return QStringList{lossText(left + memory + more, loss) + back, brief + back, brief,
                           lossText(left, loss)};
    };
    const QString after = timeText(run.end_seconds);
    const QString memory = QStringLiteral(" memory");
    return {
        {QStringLiteral("Revoked after %1. Work lost where this is left:").arg(after),
         QStringLiteral("Revoked after %1, work lost with").arg(after), QStringLiteral("Revoked, lost with"),
         QStringLiteral("Lost with")},
        line(QStringLiteral("host"), memory, QStringLiteral(" (only the process died)"), run.losses->host),
        line(QStringLiteral("remote"), memory, QStringLiteral(" (the workers are gone)"), run.losses->remote),
        line(QStringLiteral("storage"), {}, QStringLiteral(" (the remote nodes, too)"), run.losses->storage)};
}

double stalled(const risk::DeepCheckRun& run, Cause cause) {
    double sum = 0;
    for (const auto& span : run.spans)
        if (span.cause == cause) sum += span.end_seconds - span.begin_seconds;
    return sum;
}

QString caption(const risk::DeepCheckRun& run) {
    QStringList parts;
    for (const auto cause : risk::all_causes)
        if (const double seconds = stalled(run, cause); seconds > 0)
            parts << QStringLiteral("%1 %2").arg(causeName(cause), timeText(seconds));
    if (parts.isEmpty()) return QStringLiteral("training never stands still");
    const double share = run.stall_percent;
    const bool held_up = run.other_stall_seconds > 0;
    return (held_up ? QStringLiteral("hatched: held up · ") : QString()) +
           QStringLiteral("training stands still %1 of the time: %2")
               .arg(withUnit(QString::number(share, 'f', share < 1 ? 2 : 1), "%"),
                    parts.join(QStringLiteral(", ")));
}

int highest(const risk::DeepCheckRun& run) {
    int most = 0;
    for (const auto& fill : run.fills)
        most = std::max(most, fill.checkpoints);
    return most;
}

// The whole memory, unless what is in it could not be seen then.
void scaleFill(TimelinePlot& plot) {
    const int room = plot.run.buffer_checkpoints;
    const int used = std::max(1, highest(plot.run));
    const int top = room <= std::max(4, 3 * used) ? room : 2 * used;
    const int step = std::max(1, static_cast<int>(std::ceil(top / 4.0)));
    plot.fill_top = top;
    for (int at = 0; at <= top; at += step)
        plot.fill_ticks.push_back({static_cast<double>(at), QString::number(at)});
    const double gib = plot.run.setup.remote_buffer_gib * plot.run.setup.remotes;
    plot.room = QStringLiteral("room for %1 (%2)")
                    .arg(QString::number(room), withUnit(QString::number(gib, 'g', 3), "GiB"));
}

QString summary(const TimelinePlot& plot) {
    const auto& run = plot.run;
    QStringList lines{
        plot.caption,
        QStringLiteral("%1 checkpoints in %2")
            .arg(QString::number(run.checkpoints.size()), timeText(run.end_seconds)),
        QStringLiteral("at most %1 in remote memory, %2").arg(QString::number(highest(run)), plot.room),
        QStringLiteral("shortest interval without stalls %1").arg(timeText(run.shortest_interval_seconds))};
    for (const auto& line : plot.losses)
        lines << line.front();
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString causeName(Cause cause) {
    switch (cause) {
        case Cause::copy:
            return QStringLiteral("copy");
        case Cause::cutting:
            return QStringLiteral("cutting");
        case Cause::network:
            return QStringLiteral("network");
        case Cause::remote_buffer:
            return QStringLiteral("remote memory");
        case Cause::none:
            break;
    }
    return {};
}

QString timeText(double seconds) {
    if (seconds < 0.0005) return withUnit(QStringLiteral("0"), "s");
    if (seconds < 0.9995)
        return withUnit(QString::number(seconds * 1000, 'f', seconds < 0.00995 ? 1 : 0), "ms");
    if (seconds < 99.95) return withUnit(QString::number(seconds, 'f', 1), "s");
    if (seconds >= 100 * minute) return withUnit(QString::number(seconds / hour, 'f', 1), "h");
    const auto whole = std::lround(seconds);
    const QString minutes = withUnit(QString::number(whole / 60), "min");
    return whole % 60 == 0 ? minutes
                           : minutes + QChar(QChar::Nbsp) + withUnit(QString::number(whole % 60), "s");
}

std::vector<TimelineTick> timeTicks(double duration_seconds, int most) {
    const double unit = duration_seconds < 5 * minute ? 1 : duration_seconds < 5 * hour ? minute : hour;
    const char* name = unit == 1 ? "s" : unit == minute ? "min" : "h";
    std::vector<TimelineTick> ticks;
    for (int intervals = std::max(1, most); ticks.size() < 2; ++intervals) {  // the scale may end beyond
        const double step = linearScale(duration_seconds / unit, intervals).step;
        ticks.clear();
        for (int i = 0; i * step * unit <= duration_seconds * (1 + 1e-9); ++i)
            ticks.push_back({i * step * unit, withUnit(numberTick(i * step, step), name)});
    }
    return ticks;
}

TimelinePlot makeTimeline(const risk::DeepCheckRun& run) {
    TimelinePlot plot;
    plot.run = run;
    std::size_t at = 0;
    for (std::size_t lane = 0; lane < plot.rows.size(); ++lane) {
        auto& row = plot.rows[lane];
        row.name = laneName(risk::all_lanes[lane]);
        row.first = at;
        for (; at < run.spans.size() && run.spans[at].lane == risk::all_lanes[lane]; ++at)
            row.places = std::max(row.places, run.spans[at].slot + 1);
        row.last = at;
    }
    plot.fill_name = QStringLiteral("Checkpoints held");
    scaleFill(plot);
    plot.losses = lossLines(run);
    plot.caption = caption(run);
    plot.summary = summary(plot);
    return plot;
}

Table spanTable(const TimelinePlot& plot) {
    Table table{{QStringLiteral("lane"), QStringLiteral("what"), QStringLiteral("checkpoint"),
                 QStringLiteral("begin (s)"), QStringLiteral("end (s)")},
                {}};
    for (const auto& span : plot.run.spans)
        table.rows << QStringList{laneName(span.lane), title(span), QString::number(span.checkpoint),
                                  QString::number(span.begin_seconds, 'g', 9),
                                  QString::number(span.end_seconds, 'g', 9)};
    return table;
}

CalloutText spanText(const TimelinePlot& plot, std::size_t index) {
    const Span& span = plot.run.spans[index];
    QStringList lines;
    lines << QStringLiteral("%1 from %2 to %3")
                 .arg(timeText(span.end_seconds - span.begin_seconds), timeText(span.begin_seconds),
                      timeText(span.end_seconds));
    if (const QString reason = why(span); !reason.isEmpty()) lines << reason;
    if (!span.whole)
        lines << (plot.run.losses && span.end_seconds <= plot.run.end_seconds
                      ? QStringLiteral("ended by the revocation")
                      : QStringLiteral("goes on after the end"));
    return {title(span), lines.join(QLatin1Char('\n'))};
}

std::optional<std::size_t> spanAt(const TimelinePlot& plot, std::size_t row, int slot, double seconds,
                                  double reach) {
    const auto& spans = plot.run.spans;
    const auto begin = spans.begin() + static_cast<std::ptrdiff_t>(plot.rows[row].first);
    const auto end = spans.begin() + static_cast<std::ptrdiff_t>(plot.rows[row].last);
    const auto later = std::upper_bound(
        begin, end, std::pair(slot, seconds),
        [](const auto& at, const Span& span) { return at < std::pair(span.slot, span.begin_seconds); });
    // The one that began before, and the one that begins next.
    std::optional<std::size_t> nearest;
    double distance = reach;
    for (auto it = later == begin ? later : later - 1; it != end && it <= later; ++it) {
        const double away = std::max({0.0, it->begin_seconds - seconds, seconds - it->end_seconds});
        if (it->slot != slot || away > distance || (nearest && away == distance)) continue;
        distance = away;
        nearest = static_cast<std::size_t>(it - spans.begin());
    }
    return nearest;
}

}  // namespace deepvm::ui::charts
