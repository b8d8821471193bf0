// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/checkpoint_line.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace deepvm::ui::charts {
namespace {

constexpr double least_percent = 1e-7;  // less is not to be told from nothing

std::optional<std::size_t> indexOf(const CheckpointLine& line,
                                   const std::optional<risk::CheckpointPoint>& point) {
    const auto found = point ? std::ranges::find(line.points, *point) : line.points.end();
    if (found == line.points.end()) return std::nullopt;
    return static_cast<std::size_t>(found - line.points.begin());
}

}  // namespace

QString overheadText(double percent) {
    const int places = percent < 0.995 ? 2 : percent < 99.95 ? 1 : 0;
    if (percent < 0.005) return QStringLiteral("%1\u00A0%").arg(QString::number(percent, 'g', 2));
    const QString number = places > 0 ? QString::number(percent, 'f', places) : numberTick(percent, 1);
    return number + QStringLiteral("\u00A0%");
}

CheckpointLine checkpointLine(const risk::CheckpointCurve& curve) {
    CheckpointLine line;
    if (curve.points.empty()) return line;
    line.points = curve.points;
    for (const auto& marked : {curve.young_daly, curve.best})
        if (marked && std::ranges::find(line.points, *marked) == line.points.end())
            line.points.push_back(*marked);
    std::erase_if(line.points, [](const auto& point) { return point.overhead_percent < least_percent; });
    std::ranges::sort(line.points, {}, &risk::CheckpointPoint::interval_seconds);
    line.best = indexOf(line, curve.best);
    line.young_daly = indexOf(line, curve.young_daly);
    QStringList words;
    if (line.best) {
        const auto& best = line.points[*line.best];
        line.best_name = line.best == line.young_daly
                             ? QStringLiteral("Best, and Young/Daly: %1").arg(timeText(best.interval_seconds))
                             : QStringLiteral("Best: %1").arg(timeText(best.interval_seconds));
        words << QStringLiteral("%1, overhead %2").arg(line.best_name, overheadText(best.overhead_percent));
    }
    if (line.young_daly && line.young_daly != line.best) {
        const auto& formula = line.points[*line.young_daly];
        line.young_daly_name = QStringLiteral("Young/Daly: %1").arg(timeText(formula.interval_seconds));
        words << QStringLiteral("%1, overhead %2")
                     .arg(line.young_daly_name, overheadText(formula.overhead_percent));
    }
    line.summary = words.join(QStringLiteral("; "));
    return line;
}

std::vector<TimelineTick> intervalTicks(double from_seconds, double to_seconds, int most) {
    static constexpr std::array<std::pair<double, const char*>, 13> known{{{0.001, "1\u00A0ms"},
                                                                           {0.01, "10\u00A0ms"},
                                                                           {0.1, "100\u00A0ms"},
                                                                           {1, "1\u00A0s"},
                                                                           {10, "10\u00A0s"},
                                                                           {60, "1\u00A0min"},
                                                                           {600, "10\u00A0min"},
                                                                           {3600, "1\u00A0h"},
                                                                           {36e3, "10\u00A0h"},
                                                                           {36e4, "100\u00A0h"},
                                                                           {36e5, "1,000\u00A0h"},
                                                                           {36e6, "10,000\u00A0h"},
                                                                           {36e7, "100,000\u00A0h"}}};
    std::vector<TimelineTick> ticks;
    for (const auto& [seconds, text] : known)
        if (seconds >= from_seconds * (1 - 1e-9) && seconds <= to_seconds * (1 + 1e-9))
            ticks.push_back({seconds, QString::fromUtf8(text)});
    while (static_cast<int>(ticks.size()) > std::max(2, most)) {  // every other one
        std::vector<TimelineTick> fewer;
        for (std::size_t i = 0; i < ticks.size(); i += 2)
            fewer.push_back(ticks[i]);
        ticks = std::move(fewer);
    }
    return ticks;
}

Table checkpointTable(const CheckpointLine& line) {
    Table table{{QStringLiteral("interval (s)"), QStringLiteral("overhead (%)"),
                 QStringLiteral("expected (h)"), QStringLiteral("checkpoints")},
                {}};
    for (const auto& point : line.points) {
        table.rows << QStringList{};
        for (const double value : {point.interval_seconds, point.overhead_percent, point.expected_hours,
                                   static_cast<double>(point.checkpoints)})
            table.rows.back() << QString::number(value, 'g', 9);
    }
    return table;
}

CalloutText checkpointText(const CheckpointLine& line, std::size_t index) {
    const auto& point = line.points[index];
    QString title = point.checkpoints == 0
                        ? QStringLiteral("No checkpoint at all")
                        : QStringLiteral("One checkpoint every %1").arg(timeText(point.interval_seconds));
    QStringList lines;
    lines << QStringLiteral("overhead %1, %2 in all")
                 .arg(overheadText(point.overhead_percent), timeText(point.expected_hours * 3600));
    if (point.checkpoints > 0)
        lines << QStringLiteral("%1 checkpoints").arg(numberTick(point.checkpoints, 1));
    if (index == line.best) lines << QStringLiteral("the least expected time");
    if (index == line.young_daly) lines << QStringLiteral("the formula of Young and Daly");
    return {std::move(title), lines.join(QLatin1Char('\n'))};
}

}  // namespace deepvm::ui::charts
