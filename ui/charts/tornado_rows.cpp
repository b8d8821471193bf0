// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/tornado_rows.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "charts/frontier_series.h"

namespace deepvm::ui::charts {
namespace {

using explain::Difference;
using explain::Direction;
using explain::Factor;
using problem::Plan;

constexpr double unseen = 0.005;  // percent: rounds to nothing at two decimal places

// Small effects need more digits: "+0.05 %" is not nothing.
QString effect(double value) {
    const double size = std::abs(value);
    if (size < unseen) return QStringLiteral("0\u00A0%");
    if (size >= 0.95) return percent(value);
    return QStringLiteral("%1%2\u00A0%").arg(value < 0 ? QChar(0x2212) : QChar(u'+')).arg(size, 0, 'f', 2);
}

QString change(Direction direction, double percent) {
    return QStringLiteral("%1%2\u00A0%")
        .arg(direction == Direction::lowered ? QChar(0x2212) : QChar(u'+'))
        .arg(percent);
}

QString times(int count, const std::string& type) {
    return QStringLiteral("%1 × %2").arg(QString::number(count), QString::fromStdString(type));
}

// The machines, and where and how these are put together if that is another place or way.
QStringList machineTexts(const Plan& plan, const Plan& base) {
    QString before;
    if (plan.architecture != base.architecture)
        before = lineName(lineKind(plan.architecture)) + QStringLiteral(": ");
    const bool elsewhere = plan.provider != base.provider;
    QString after;
    if (elsewhere || plan.region != base.region)
        after = QStringLiteral(" in %1").arg(
            QString::fromStdString(elsewhere ? model::place_title(plan.provider, plan.region) : plan.region));
    const QString workers = before + times(plan.nodes, plan.worker);
    if (plan.remotes == 0) return {workers + after, workers};
    const QString whole = workers + QStringLiteral(" + ") + times(plan.remotes, plan.remote);
    const QString counted =
        plan.remotes == 1 ? QStringLiteral(" + 1 remote") : QStringLiteral(" + %1 remotes").arg(plan.remotes);
    return {whole + after, whole, workers + counted, workers + QStringLiteral(" + …")};
}

QStringList captions(const explain::WhatIf& bar, const Plan& base, const QString& change) {
    QStringList texts;
    switch (bar.difference) {
        case Difference::none:
            texts = {QStringLiteral("the same machines"), QStringLiteral("the same")};
            break;
        case Difference::nothing_fits:
            texts = {QStringLiteral("no cluster fits"), QStringLiteral("nothing fits")};
            break;
        case Difference::other_counts:
        case Difference::other_machines:
            texts = machineTexts(*bar.plan, base);
            texts.prepend(QStringLiteral("%1 instead").arg(texts.front()));
            break;
    }
    for (QString& text : texts)
        text = QStringLiteral("%1: %2").arg(change, text);
    return texts;
}

// "16.91 → 18.71 (+10.6 %)"; the unit once.
QString fromTo(const QString& before, const QString& after, const QString& unit, double change) {
    if (before == after) return before + unit;
    return QStringLiteral("%1 → %2%3 (%4)").arg(before, after, unit, effect(change));
}

CalloutText callout(const explain::WhatIf& bar, const Plan& base, const QString& title, bool publishedUnits) {
    if (!bar.plan) return {title, QStringLiteral("no cluster fits the budget")};
    const Plan& plan = *bar.plan;
    const auto line = [](double before, double after, double step, const QString& unit) {
        return fromTo(numberTick(before, step), numberTick(after, step), unit,
                      explain::change_percent(before, after));
    };
    QStringList lines;
    lines << (bar.difference == Difference::none ? QStringLiteral("the same machines")
                                                 : machineTexts(plan, base).constFirst());
    lines << QStringLiteral("objective %1").arg(effect(bar.objective_percent));
    if (std::abs(bar.objective_percent - bar.unmoved_percent) >= unseen)
        lines << QStringLiteral("objective of the same machines %1").arg(effect(bar.unmoved_percent));
    lines << QStringLiteral("effective nodes %1")
                 .arg(line(base.effective_nodes, plan.effective_nodes, 0.01, {}));
    lines << (publishedUnits ? QStringLiteral("published rate %1") : QStringLiteral("throughput %1"))
                 .arg(line(base.throughput_tflops, plan.throughput_tflops,
                           base.throughput_tflops < 100 ? 0.1 : 1,
                           publishedUnits ? QString() : QStringLiteral(" TFLOP/s")));
    lines << fromTo(money(base.hourly_price), money(plan.hourly_price), QStringLiteral("/h"),
                    explain::change_percent(base.hourly_price.usd(), plan.hourly_price.usd()));
    return {title, lines.join(QLatin1Char('\n'))};
}

// Planned anew both ways, with nothing to draw.
bool changesNothing(const explain::Swing& swing) {
    const auto none = [](const explain::WhatIf& bar) { return bar.difference == Difference::none; };
    return none(swing.lowered) && none(swing.raised) && size(swing) < unseen;
}

// Less of these is better.
bool isCost(Factor factor) {
    return factor == Factor::price || factor == Factor::spot_price || factor == Factor::scaling ||
           factor == Factor::revocations;
}

// All bars in words, largest first.
QString summary(const TornadoRows& rows) {
    QStringList lines;
    for (const auto& row : rows.rows)
        for (const auto& bar : row.bars)
            lines << QStringLiteral("%1: %2, %3")
                         .arg(bar.callout.title, bar.value, bar.callout.detail.section('\n', 0, 0));
    for (const auto& note : rows.notes)
        lines << QStringLiteral("%1: %2").arg(note.name, note.why);
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString factorName(Factor factor) {
    switch (factor) {
        case Factor::price:
            return QStringLiteral("All prices");
        case Factor::spot_price:
            return QStringLiteral("Spot prices");
        case Factor::bandwidth:
            return QStringLiteral("Bandwidth");
        case Factor::scaling:
            return QStringLiteral("Communication");
        case Factor::quota:
            return QStringLiteral("vCPU quotas");
        case Factor::ceiling:
            return QStringLiteral("Nodes at most");
        case Factor::revocations:
            return QStringLiteral("Revocations");
    }
    return {};
}

TornadoRows tornadoRows(const explain::Sensitivity& sensitivity, bool publishedUnits) {
    TornadoRows result;
    for (const auto& swing : sensitivity.swings) {
        const QString name = factorName(swing.factor);
        if (!swing.not_applicable.empty()) {
            result.notes.push_back({name, QString::fromStdString(swing.not_applicable)});
            continue;
        }
        if (changesNothing(swing)) {
            result.notes.push_back({name, QStringLiteral("no change: the same machines, worth the same")});
            continue;
        }
        const auto bar = [&](Direction direction) {
            const auto& found = direction == Direction::lowered ? swing.lowered : swing.raised;
            const QString by = change(direction, sensitivity.percent);
            double& reach = result.reach[found.objective_percent < 0 ? 0 : 1];
            reach = std::max(reach, std::abs(found.objective_percent));
            return TornadoBar{direction,
                              found.difference,
                              found.objective_percent,
                              found.unmoved_percent,
                              effect(found.objective_percent),
                              captions(found, *sensitivity.base, by),
                              callout(found, *sensitivity.base, name + QLatin1Char(' ') + by, publishedUnits),
                              found.plan ? &*found.plan : nullptr};
        };
        if (isCost(swing.factor))
            result.rows.push_back({name, {bar(Direction::raised), bar(Direction::lowered)}});
        else
            result.rows.push_back({name, {bar(Direction::lowered), bar(Direction::raised)}});
    }
    result.summary = summary(result);
    return result;
}

Table tornadoTable(const TornadoRows& rows) {
    Table table{{QStringLiteral("change"), QStringLiteral("objective (%)"),
                 QStringLiteral("objective of the same machines (%)"), QStringLiteral("machines")},
                {}};
    for (const auto& row : rows.rows)
        for (const auto& bar : row.bars)
            table.rows << QStringList{bar.callout.title, QString::number(bar.percent, 'g', 6),
                                      QString::number(bar.unmoved, 'g', 6),
                                      bar.callout.detail.section('\n', 0, 0)};
    for (const auto& note : rows.notes)
        table.rows << QStringList{note.name, {}, {}, note.why};
    return table;
}

}  // namespace deepvm::ui::charts
