// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/replay_text.h"

#include <cmath>

#include "wording/format.h"

namespace deepvm::ui::charts {
namespace {

QString text(const std::string& from) {
    return QString::fromStdString(from);
}

int placesOf(double value) {
    const double size = std::abs(value);
    return size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
}

}  // namespace

QString rulesName(validation::Rules rules) {
    return rules == validation::Rules::published ? QStringLiteral("Published rules")
                                                 : QStringLiteral("Corrected rules");
}

QString replayValue(const validation::Replay& replay, double value) {
    const QString number = wording::decimal(value, placesOf(value));
    if (replay.unit == " USD") return QLatin1Char('$') + number;
    if (replay.unit == " x") return number + QStringLiteral(" ×");
    return number + text(replay.unit);
}

QString placeOf(const validation::Replay& replay, std::size_t point) {
    QString label = text(replay.points[point].label);
    if (replay.named) return label;
    QString things = text(replay.x_axis);
    if (label == QLatin1String("1") && things.endsWith(QLatin1Char('s'))) things.chop(1);
    return label + QLatin1Char(' ') + things;
}

QString oursText(const validation::Replay& replay, std::size_t point, validation::Rules rules) {
    const auto& own = replay.points[point];
    const auto& [value, given] = validation::replayed(own, rules);
    if (!value) return QStringLiteral("these rules say nothing of it");
    const QString said = replayValue(replay, *value);
    if (given) return said + QStringLiteral(" (given to these rules)");
    const auto error = validation::error_percent(own, rules);
    return error ? QStringLiteral("%1 (%2)").arg(said, wording::signedPercent(*error)) : said;
}

QString errorLine(const validation::Replay& replay, std::size_t point, validation::Rules rules) {
    const QString line = QStringLiteral("%1: measured %2, ours: %3")
                             .arg(placeOf(replay, point), replayValue(replay, replay.points[point].published),
                                  oursText(replay, point, rules));
    return replay.named ? QStringLiteral("%1. %2").arg(QString::number(point + 1), line) : line;
}

QString errorsInAll(const validation::Replay& replay, validation::Rules rules) {
    const auto median = validation::median_error_percent(replay, rules);
    const auto worst = validation::worst_error_percent(replay, rules);
    if (!median || !worst) return QStringLiteral("no point that these rules can be judged by");
    return QStringLiteral("median error %1, worst %2")
        .arg(wording::percent(*median), wording::percent(*worst));
}

plot::CalloutText pointText(const validation::Replay& replay, std::size_t point, validation::Rules rules) {
    return {placeOf(replay, point),
            QStringLiteral("measured: %1\nours: %2")
                .arg(replayValue(replay, replay.points[point].published), oursText(replay, point, rules))};
}

plot::Table replayTable(const validation::Replay& replay) {
    plot::Table table{{text(replay.x_axis), QStringLiteral("measured") + text(replay.unit)}, {}};
    for (const auto rules : {validation::Rules::published, validation::Rules::corrected})
        table.head << rulesName(rules) + text(replay.unit) << rulesName(rules) + QStringLiteral(" error %");
    for (const auto& point : replay.points) {
        table.rows << QStringList{text(point.label), QString::number(point.published, 'g', 8)};
        for (const auto rules : {validation::Rules::published, validation::Rules::corrected}) {
            const auto& value = validation::replayed(point, rules).value;
            const auto error = validation::error_percent(point, rules);
            table.rows.back() << (value ? QString::number(*value, 'g', 8) : QString())
                              << (error ? QString::number(*error, 'f', 2) : QString());
        }
    }
    return table;
}

}  // namespace deepvm::ui::charts
