// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/region_text.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

QString counted(int count, const char* one, const char* many) {
    return QStringLiteral("%1 %2").arg(count).arg(QLatin1String(count == 1 ? one : many));
}

QString workers(int count) {
    return counted(count, "worker", "workers");
}

QString remotes(int count) {
    return counted(count, "remote node", "remote nodes");
}

QString short_remotes(int count) {
    return counted(count, "remote", "remotes");
}

QString limitName(problem::Limit limit) {
    switch (limit) {
        case problem::Limit::spot_quota:
            return QStringLiteral("spot quota");
        case problem::Limit::on_demand_quota:
            return QStringLiteral("on-demand quota");
        default:
            return QStringLiteral("ceiling");
    }
}

// At most `places` decimal places, none for a whole number.
QString upTo(double value, int places) {
    const double whole = std::round(value);
    return QString::number(value, 'f', std::abs(value - whole) < 5e-7 ? 0 : places);
}

bool isPublished(const RegionSubject& subject) {
    return subject.problem->market->kind == model::MarketKind::published;
}

QString objectiveValue(const RegionSubject& subject, double value) {
    return charts::objectiveValue(subject.problem->request.objective, isPublished(subject), value);
}

const std::string& typeName(const RegionSubject& subject, std::size_t type) {
    return subject.problem->market->types[type].name;
}

QString workerType(const RegionSubject& subject) {
    return QString::fromStdString(
        typeName(subject, subject.problem->workers[subject.candidate->worker].type));
}

QString remoteType(const RegionSubject& subject) {
    return QString::fromStdString(typeName(subject, *subject.candidate->remote));
}

QString brokenLimit(const problem::LimitState& state, const RegionSubject& subject,
                    const explain::FeasibleRegion& region, problem::Counts point) {
    const int over = static_cast<int>(std::lround(-state.slack));
    switch (state.limit) {
        case problem::Limit::budget:
            return QStringLiteral("over the budget by %1/h")
                .arg(money(problem::price(*subject.candidate, point) - region.edges.budget.budget));
        case problem::Limit::network_saturation:
            return QStringLiteral("over the network by %1").arg(workers(over));
        case problem::Limit::remote_memory:
            return QStringLiteral("short of memory by %1 GiB").arg(upTo(-state.slack, 2));
        case problem::Limit::spot_quota:
        case problem::Limit::on_demand_quota:
        case problem::Limit::cluster_ceiling:
        case problem::Limit::unknown_network:
        case problem::Limit::scaling:
            break;
        case problem::Limit::accelerator_memory:
            return QStringLiteral("%1 too few to hold the model").arg(workers(over));
        case problem::Limit::efficiency:
            return QStringLiteral("below the least efficiency by %1 %").arg(upTo(-state.slack, 0));
    }
    return QStringLiteral("over the %1 by %2")
        .arg(limitName(state.limit), state.unit == "remotes" ? remotes(over) : workers(over));
}

QStringList brokenLimits(const RegionSubject& subject, const explain::FeasibleRegion& region,
                         problem::Counts point) {
    QStringList lines;
    for (const auto& state :
         explain::broken_limits(*subject.problem, *subject.candidate, point, region.edges.budget.budget)) {
        const bool none = point.remotes == 0 && (state.limit == problem::Limit::network_saturation ||
                                                 state.limit == problem::Limit::remote_memory);
        if (!none) lines << brokenLimit(state, subject, region, point);
    }
    if (point.remotes == 0)
        lines << QStringLiteral("needs at least %1").arg(remotes(region.edges.least_remotes));
    return lines;
}

double valueAt(const explain::FeasibleRegion& region, int nodes) {
    return region.values[static_cast<std::size_t>(nodes - region.lattice.nodes.first)];
}

// How a feasible point compares with the best one, and why it is pale if it is.
QStringList comparison(const RegionSubject& subject, const explain::FeasibleRegion& region,
                       problem::Counts point) {
    const auto budget = region.edges.budget.budget;
    if (point == region.best) return {QStringLiteral("the best that fits %1/h").arg(money(budget))};
    const auto& [problem, candidate] = subject;
    const double worth = valueAt(region, point.nodes);
    const double best = valueAt(region, region.best->nodes);
    const bool less = problem::is_of_job(problem->request.objective) ? worth > best : worth < best;
    QStringList lines;
    lines << (less ? QStringLiteral("%1 against the best").arg(percent(100 * (worth / best - 1)))
                   : QStringLiteral("worth no more than the best"));
    if (!region.worth_more[static_cast<std::size_t>(point.nodes - region.lattice.nodes.first)])
        lines << QStringLiteral("fewer workers are worth as much");
    else if (problem::feasible(*candidate, {point.nodes, point.remotes - 1}, budget))
        lines << QStringLiteral("one remote node fewer does the same");
    return lines;
}

}  // namespace

QString edgeName(const RegionEdge& edge, const explain::RegionEdges& edges) {
    const int most = static_cast<int>(std::lround(edge.keeps.most));
    switch (edge.kind) {
        case EdgeKind::network:
            return QStringLiteral("network: under %1 workers a remote").arg(upTo(edges.saturation, 1));
        case EdgeKind::memory:
            return (edges.least_remotes > 1 ? QStringLiteral("memory: at least %1")
                                            : QStringLiteral("at least %1"))
                .arg(short_remotes(edges.least_remotes));
        case EdgeKind::node_limit:
            return QStringLiteral("%1: at most %2").arg(limitName(edge.limit), workers(most));
        case EdgeKind::remote_limit:
            return QStringLiteral("%1: at most %2").arg(limitName(edge.limit), short_remotes(most));
        case EdgeKind::worth:
            break;
    }
    return QStringLiteral("no gain beyond %1").arg(workers(most));
}

QString machinesAt(const RegionSubject& subject, problem::Counts point) {
    return QStringLiteral("%1 × %2 + %3 × %4")
        .arg(QString::number(point.nodes), workerType(subject), QString::number(point.remotes),
             remoteType(subject));
}

QString regionTitle(const RegionSubject& subject, const explain::FeasibleRegion& region) {
    const QString budget = money(region.edges.budget.budget);
    if (region.best) return QStringLiteral("%1 at %2/h").arg(machinesAt(subject, *region.best), budget);
    return QStringLiteral("No n × %1 + m × %2 fits %3/h")
        .arg(workerType(subject), remoteType(subject), budget);
}

QString openTitle(const RegionSubject& subject, base::Money budget) {
    return QStringLiteral("n × %1 + m × %2 at %3/h")
        .arg(workerType(subject), remoteType(subject), money(budget));
}

std::vector<HalfPlane> nodeEdges(const RegionByHand& by_hand) {
    std::vector<HalfPlane> edges;
    const auto add = [&edges](const explain::CountBounds& bounds, double nodes, double remotes, int free) {
        if (bounds.most) edges.push_back({nodes, remotes, static_cast<double>(*bounds.most)});
        if (bounds.least > free) edges.push_back({-nodes, -remotes, static_cast<double>(-bounds.least)});
    };
    add(by_hand.nodes, 1, 0, 1);
    add(by_hand.remotes, 0, 1, 0);
    return edges;
}

QString bestCost(const RegionSubject& subject, const explain::FeasibleRegion& region) {
    if (!region.best) return {};
    QString costs = QStringLiteral("costs %1/h").arg(money(problem::price(*subject.candidate, *region.best)));
    const auto& market = *subject.problem->market;
    if (market.places.size() < 2) return costs;
    const auto& place = market.places[subject.problem->workers[subject.candidate->worker].place];
    return costs + QStringLiteral(" in ") +
           QString::fromStdString(model::place_title(place.provider, place.region));
}

CalloutText pointText(const RegionSubject& subject, const explain::FeasibleRegion& region,
                      problem::Counts point) {
    const double worth = valueAt(region, point.nodes);
    QStringList lines{
        QStringLiteral("%1/h · %2")
            .arg(money(problem::price(*subject.candidate, point)), objectiveValue(subject, worth))};
    const QStringList broken = brokenLimits(subject, region, point);
    if (broken.isEmpty() && region.best) lines += comparison(subject, region, point);
    return {machinesAt(subject, point), (lines + broken).join(QLatin1Char('\n'))};
}

Table pointTable(const RegionSubject& subject, const explain::FeasibleRegion& region) {
    Table table{
        {QStringLiteral("workers n"), QStringLiteral("remote nodes m"), QStringLiteral("price (USD/h)"),
         objectiveText(subject.problem->request.objective, isPublished(subject), 0).subtitle,
         QStringLiteral("fits")},
        {}};
    const auto& [nodes, remotes] = region.lattice;
    for (int m = remotes.first; m <= remotes.last; ++m)
        for (int n = nodes.first; n <= nodes.last; ++n)
            table.rows << QStringList{
                QString::number(n), QString::number(m),
                QString::fromStdString(problem::price(*subject.candidate, {n, m}).decimal()),
                QString::number(valueAt(region, n), 'g', 9),
                explain::is_feasible(region, {n, m}) ? QStringLiteral("yes") : QStringLiteral("no")};
    return table;
}

QString cornerName(const explain::RelaxationCorner& corner) {
    return QStringLiteral("relaxation: n = %1, m = %2").arg(upTo(corner.nodes, 1), upTo(corner.remotes, 2));
}

CalloutText cornerText(const RegionSubject& subject, const explain::RelaxationCorner& corner) {
    return {
        QStringLiteral("%1 × %2 + %3 × %4")
            .arg(upTo(corner.nodes, 2), workerType(subject), upTo(corner.remotes, 3), remoteType(subject)),
        QStringLiteral("the best for %1/h if machines came in parts\nat most %2")
            .arg(money(corner.budget), objectiveValue(subject, corner.objective))};
}

QString promise(const RegionSubject& subject, const explain::RelaxationCorner& corner, double best) {
    const QString most = QStringLiteral("relaxation at %1/h: at most %2")
                             .arg(money(corner.budget), objectiveValue(subject, corner.objective));
    const double gain = best > 0 ? 100 * (corner.objective / best - 1) : 0;
    return gain >= 0.05 ? QStringLiteral("%1 (%2)").arg(most, percent(gain)) : most;
}

}  // namespace deepvm::ui::charts
