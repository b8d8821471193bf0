// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/wording.h"

#include <QStringList>
#include <cstdlib>

#include "planner/comparison.h"
#include "state/format.h"

namespace deepvm::ui::state {
namespace {

QString machine(int count, const std::string& type) {
    return QStringLiteral("%1 × %2").arg(QString::number(count), QString::fromStdString(type));
}

/// Adds the source to `full`; its date becomes `oldest` if it is older.
void addSource(const model::Source* source, QStringList& full, QString& oldest) {
    if (!source) return;
    const QString date = QString::fromStdString(source->as_of);
    const QString line = QStringLiteral("%1 (%2)").arg(QString::fromStdString(source->description), date);
    if (!full.contains(line)) full << line;
    if (oldest.isEmpty() || date < oldest) oldest = date;
}

/// "list, 2026-07-20"; nothing without a date.
QString dated(const QString& basis, const QString& date) {
    if (date.isEmpty() || basis.isEmpty()) return date;
    return basis + QStringLiteral(", ") + date;
}

}  // namespace

QString architectureName(planner::Architecture architecture) {
    switch (architecture) {
        case planner::Architecture::single_anchor:
            return QStringLiteral("Single anchor");
        case planner::Architecture::tiering:
            return QStringLiteral("Tiering");
        case planner::Architecture::on_demand:
            return QStringLiteral("On-demand");
        case planner::Architecture::spot_bucket:
            return QStringLiteral("Spot + bucket");
        case planner::Architecture::parameter_server:
            return QStringLiteral("Parameter server");
        case planner::Architecture::mixed_workers:
            return QStringLiteral("Mixed workers");
    }
    return {};
}

QString architectureDescription(planner::Architecture architecture) {
    switch (architecture) {
        case planner::Architecture::single_anchor:
            return QStringLiteral("one on-demand anchor + spot");
        case planner::Architecture::tiering:
            return QStringLiteral("spot workers + on-demand remotes");
        case planner::Architecture::on_demand:
            return QStringLiteral("no revocations, full price");
        case planner::Architecture::spot_bucket:
            return QStringLiteral("spot, checkpoints in a store");
        case planner::Architecture::parameter_server:
            return QStringLiteral("spot + servers, asynchronous");
        case planner::Architecture::mixed_workers:
            return QStringLiteral("anchor + two types of spot");
    }
    return {};
}

QString objectiveName(planner::Objective objective) {
    switch (objective) {
        case planner::Objective::deepvm:
            return QStringLiteral("DeepVM (FLOPP × nodes)");
        case planner::Objective::throughput:
            return QStringLiteral("Throughput");
        case planner::Objective::job_cost:
            return QStringLiteral("Job cost, risk included");
        case planner::Objective::job_time:
            return QStringLiteral("Job time, risk included");
    }
    return {};
}

QString workersLine(const planner::Plan& plan) {
    if (plan.architecture == planner::Architecture::on_demand)
        return machine(plan.nodes, plan.worker) + QStringLiteral(" on-demand");
    const QString first = machine(plan.spot_workers - plan.other_workers, plan.worker);
    if (plan.other_workers == 0) return first + QStringLiteral(" spot");
    const QString other = machine(plan.other_workers, plan.other_worker) + QStringLiteral(" spot");
    return plan.other_workers == plan.spot_workers ? other : first + QStringLiteral(" + ") + other;
}

QString companionLine(const planner::Plan& plan, bool brief) {
    switch (plan.architecture) {
        case planner::Architecture::single_anchor:
            if (brief)
                return QStringLiteral("+ %1 on-demand, the anchor").arg(plan.anchors);  // of the same type
            return QStringLiteral("+ %1 on-demand, the anchor").arg(machine(plan.anchors, plan.worker));
        case planner::Architecture::tiering:
            if (brief) return QStringLiteral("+ %1 on-demand").arg(machine(plan.remotes, plan.remote));
            return plan.remotes == 1 ? QStringLiteral("+ %1 on-demand, holds the checkpoints")
                                           .arg(machine(plan.remotes, plan.remote))
                                     : QStringLiteral("+ %1 on-demand, hold the checkpoints")
                                           .arg(machine(plan.remotes, plan.remote));
        case planner::Architecture::on_demand:
            return QStringLiteral("none can be revoked");
        case planner::Architecture::spot_bucket:
            return QStringLiteral("checkpoints in an object store");
        case planner::Architecture::parameter_server:
            if (brief) return QStringLiteral("+ %1 on-demand").arg(machine(plan.remotes, plan.remote));
            return plan.remotes == 1 ? QStringLiteral("+ %1 on-demand, serves parameters")
                                           .arg(machine(plan.remotes, plan.remote))
                                     : QStringLiteral("+ %1 on-demand, serve parameters")
                                           .arg(machine(plan.remotes, plan.remote));
        case planner::Architecture::mixed_workers:
            if (brief) return QStringLiteral("+ %1 on-demand").arg(machine(plan.anchors, plan.worker));
            return QStringLiteral("+ %1 on-demand, the anchor").arg(machine(plan.anchors, plan.worker));
    }
    return {};
}

QString machinesLine(const planner::Plan& plan) {
    QString workers = machine(plan.nodes - plan.other_workers, plan.worker);
    if (plan.other_workers > 0)
        workers += QStringLiteral(" + ") + machine(plan.other_workers, plan.other_worker);
    return plan.remotes > 0 ? workers + QStringLiteral(" + ") + machine(plan.remotes, plan.remote) : workers;
}

QString basisName(model::PriceBasis basis) {
    const auto name = model::name(basis);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
        .replace(QLatin1Char('-'), QLatin1Char(' '));
}

QString placeLine(const planner::Plan& plan, const model::Market& market) {
    return QString::fromStdString(
        model::spans_providers(market) ? model::place_name(plan.provider, plan.region) : plan.region);
}

QString changeLine(const planner::Plan& from, const planner::Plan& to) {
    QStringList parts;
    for (const auto& [type, count] : planner::machine_changes(from, to))
        parts << (count > 0 ? QStringLiteral("+ ") : QStringLiteral("− ")) + machine(std::abs(count), type);
    return parts.join(QStringLiteral(", "));
}

QString clusterLine(const planner::Plan& plan, const model::Market& market) {
    if (market.places.size() == 1) return machinesLine(plan);
    return QStringLiteral("%1 in %2").arg(machinesLine(plan), placeLine(plan, market));
}

QString objectiveValue(double value, const planner::Problem& problem) {
    if (problem.request.objective == planner::Objective::job_cost) return dollars(value);
    if (problem.request.objective == planner::Objective::job_time) return hours(value);
    if (problem.request.objective == planner::Objective::throughput) return rate(value, *problem.market);
    return si(value, QStringLiteral("FLOP/$"));
}

QString dollars(double usd) {
    return QStringLiteral("$") + (usd < 1000 ? decimal(usd, 2) : whole(usd));
}

QString hours(double hours) {
    if (hours < 1) return QStringLiteral("%1 min").arg(decimal(hours * 60, 1));
    if (hours < 100) return QStringLiteral("%1 h").arg(decimal(hours, 1));
    return hours < 24 * 100 ? QStringLiteral("%1 d").arg(decimal(hours / 24, 1))
                            : QStringLiteral("%1 d").arg(whole(hours / 24));
}

QString rate(double value, const model::Market& market) {
    if (market.kind == model::MarketKind::published)
        return QStringLiteral("%1 published units").arg(whole(value));
    return tflops(value);
}

QString joined(const QStringList& sentences) {
    QStringList said = sentences;
    said.removeAll(QString());
    return said.join(QLatin1Char(' '));
}

QString sentence(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

PriceNote priceNote(const planner::Plan& plan, const model::Market& market) {
    const bool published = market.kind == model::MarketKind::published;
    QStringList full;
    QString basis;
    QString spot;
    QString on_demand;
    for (const auto& place : market.places) {
        if (place.region != plan.region || place.provider != plan.provider) continue;
        for (const auto& offer : place.offers) {
            const std::string& type = market.types[offer.type].name;
            const bool worker = type == plan.worker;
            if (worker && plan.spot_workers > 0) {
                basis = basisName(offer.spot_basis);
                addSource(model::spot_source(market, offer), full, spot);
            }
            const bool owned = worker && (plan.anchors > 0 || plan.spot_workers == 0);
            if (owned || (plan.remotes > 0 && type == plan.remote))
                addSource(model::on_demand_source(market, offer), full, on_demand);
        }
    }
    return {dated(basis, spot),
            dated(published ? QStringLiteral("published") : QStringLiteral("list"), on_demand),
            full.join(QLatin1Char('\n'))};
}

}  // namespace deepvm::ui::state
