// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/wording.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "state/format.h"

namespace deepvm::ui::state {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("wording", text);
}

QString machine(int count, const std::string& type) {
    return QStringLiteral("%1 × %2").arg(QString::number(count), QString::fromStdString(type));
}

QString limitSentence(planner::Limit limit) {
    switch (limit) {
        case planner::Limit::budget:
            return tr("the budget");
        case planner::Limit::spot_quota:
            return tr("the spot quota");
        case planner::Limit::on_demand_quota:
            return tr("the on-demand quota");
        case planner::Limit::network_saturation:
            return tr("the network of the remote nodes");
        case planner::Limit::remote_memory:
            return tr("the memory for checkpoints");
        case planner::Limit::cluster_ceiling:
            return tr("the largest cluster size");
        case planner::Limit::scaling:
            return tr("scaling");
    }
    return {};
}

/// "The budget binds", "The spot quota and the budget bind".
QString bindingSentence(const planner::Plan& plan) {
    QStringList limits;
    for (const auto limit : plan.binding) {
        if (limit == planner::Limit::scaling) return tr("More nodes would be worth nothing more.");
        limits << limitSentence(limit);
    }
    if (limits.isEmpty()) return {};
    const bool one = limits.size() == 1;
    const QString last = limits.takeLast();
    QString all = one ? last : limits.join(QStringLiteral(", ")) + tr(" and ") + last;
    all[0] = all[0].toUpper();
    return one ? tr("%1 binds.").arg(all) : tr("%1 bind.").arg(all);
}

QString behindFirst(const planner::Plan& plan, const planner::Plan& first) {
    const double behind = first.objective > 0 ? (1 - plan.objective / first.objective) * 100 : 0;
    const bool dearer = plan.hourly_price > first.hourly_price;
    const QString difference = moneyPerHour(dearer ? plan.hourly_price - first.hourly_price
                                                   : first.hourly_price - plan.hourly_price);
    const QString worth = behind < 0.05 ? tr("Worth as much as the first choice")
                                        : tr("Worth %1 less than the first choice").arg(percent(behind));
    if (plan.hourly_price == first.hourly_price) return tr("%1 at the same price.").arg(worth);
    return dearer ? tr("%1 and %2 dearer.").arg(worth, difference)
                  : tr("%1 and %2 cheaper.").arg(worth, difference);
}

/// Adds the source to `full`; its date becomes `oldest` if it is older.
void addSource(const model::Market& market, const std::string& id, QStringList& full, QString& oldest) {
    const auto* source = model::find_source(market, id);
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
            return tr("Single anchor");
        case planner::Architecture::tiering:
            return tr("Tiering");
        case planner::Architecture::on_demand:
            return tr("On-demand");
    }
    return {};
}

QString architectureDescription(planner::Architecture architecture) {
    switch (architecture) {
        case planner::Architecture::single_anchor:
            return tr("one on-demand anchor + spot");
        case planner::Architecture::tiering:
            return tr("spot workers + on-demand remotes");
        case planner::Architecture::on_demand:
            return tr("no revocations, full price");
    }
    return {};
}

QString objectiveName(planner::Objective objective) {
    switch (objective) {
        case planner::Objective::deepvm:
            return tr("DeepVM (FLOPP × nodes)");
        case planner::Objective::throughput:
            return tr("Throughput");
    }
    return {};
}

QString workersLine(const planner::Plan& plan) {
    if (plan.architecture == planner::Architecture::on_demand)
        return machine(plan.nodes, plan.worker) + tr(" on-demand");
    return machine(plan.spot_workers, plan.worker) + tr(" spot");
}

QString companionLine(const planner::Plan& plan, bool brief) {
    switch (plan.architecture) {
        case planner::Architecture::single_anchor:
            return tr("+ %1 on-demand, the anchor").arg(machine(plan.anchors, plan.worker));
        case planner::Architecture::tiering:
            if (brief) return tr("+ %1 on-demand").arg(machine(plan.remotes, plan.remote));
            return plan.remotes == 1
                       ? tr("+ %1 on-demand, holds the checkpoints").arg(machine(plan.remotes, plan.remote))
                       : tr("+ %1 on-demand, hold the checkpoints").arg(machine(plan.remotes, plan.remote));
        case planner::Architecture::on_demand:
            return tr("none can be revoked");
    }
    return {};
}

QString machinesLine(const planner::Plan& plan) {
    const QString workers = machine(plan.nodes, plan.worker);
    return plan.remotes > 0 ? workers + QStringLiteral(" + ") + machine(plan.remotes, plan.remote) : workers;
}

QString placeLine(const planner::Plan& plan, const model::Market& market) {
    return QString::fromStdString(
        model::spans_providers(market) ? model::place_name(plan.provider, plan.region) : plan.region);
}

QString whyThis(const planner::Plan& plan, const planner::Decision& decision) {
    if (decision.ranked.empty()) return {};
    const planner::Plan& first = decision.ranked.front();
    if (plan != first) return behindFirst(plan, first);
    const bool budget = std::ranges::find(plan.binding, planner::Limit::budget) != plan.binding.end();
    if (!decision.next_step) {
        const QString binds = bindingSentence(plan);
        return binds.isEmpty() ? tr("No budget buys more.") : tr("%1 No larger budget buys more.").arg(binds);
    }
    const auto& step = *decision.next_step;
    const QString next = tr("the next step, %1, costs %2, %3 more than the budget, and gains %4.")
                             .arg(machinesLine(step.plan), moneyPerHour(step.plan.hourly_price),
                                  money(step.extra), percent(step.gain_percent));
    if (budget && plan.binding.size() == 1) return tr("The budget binds: %1").arg(next);
    QString sentence = next;
    sentence[0] = sentence[0].toUpper();
    const QString binds = bindingSentence(plan);
    return binds.isEmpty() ? sentence : binds + QLatin1Char(' ') + sentence;
}

std::optional<Ahead> aheadOfOthers(const planner::Plan& plan, const planner::Decision& decision) {
    const planner::Plan* best = nullptr;
    for (const auto& [architecture, plans] : decision.by_architecture)
        if (architecture != plan.architecture && !plans.empty() &&
            (!best || planner::better(plans.front(), *best)))
            best = &plans.front();
    if (!best || best->objective <= 0) return std::nullopt;
    return Ahead{best->architecture, (plan.objective / best->objective - 1) * 100};
}

QString statusLine(const planner::Decision& decision) {
    const auto& proof = decision.proof;
    QStringList parts;
    parts << (proof.proven ? tr("Optimal, proven")
                           : tr("Not proven: %1").arg(QString::fromStdString(proof.doubt)));
    parts << (proof.programs == 1 ? tr("1 program solved") : tr("%1 programs solved").arg(proof.programs));
    QString fit = tr("budget %1: ").arg(money(decision.budget));
    if (decision.ranked.empty()) {
        fit += tr("nothing fits");
    } else {
        const int nodes = decision.ranked.front().nodes;
        fit += nodes == 1 ? tr("1 node fits") : tr("%1 nodes fit").arg(nodes);
        fit += decision.next_step ? tr(", the next step needs %1 more").arg(money(decision.next_step->extra))
                                  : tr(", no larger budget buys more");
    }
    parts << fit;
    return parts.join(QStringLiteral("  ·  "));
}

QString nothingFits(const planner::Decision& decision) {
    const QString fits = tr("No cluster fits %1.").arg(moneyPerHour(decision.budget));
    if (!decision.cheapest) return fits + QLatin1Char(' ') + tr("No budget buys one with these choices.");
    return fits + QLatin1Char(' ') +
           tr("The cheapest is %1 at %2.")
               .arg(machinesLine(*decision.cheapest), moneyPerHour(decision.cheapest->hourly_price));
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
                basis = QString::fromStdString(offer.spot_basis).replace(QLatin1Char('-'), QLatin1Char(' '));
                addSource(market, offer.spot_source, full, spot);
            }
            const bool owned = worker && (plan.anchors > 0 || plan.spot_workers == 0);
            if (owned || (plan.remotes > 0 && type == plan.remote))
                addSource(market, offer.on_demand_source, full, on_demand);
        }
    }
    return {dated(basis, spot), dated(published ? tr("published") : tr("list"), on_demand),
            full.join(QLatin1Char('\n'))};
}

}  // namespace deepvm::ui::state
