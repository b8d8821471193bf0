// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/answer_wording.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "planner/answer_words.h"
#include "planner/comparison.h"
#include "state/format.h"
#include "state/job_wording.h"
#include "state/wording.h"

namespace deepvm::ui::state {
namespace {

QString withArticle(planner::Limit limit) {
    switch (limit) {
        case planner::Limit::budget:
            return QStringLiteral("the budget");
        case planner::Limit::spot_quota:
            return QStringLiteral("the spot quota");
        case planner::Limit::on_demand_quota:
            return QStringLiteral("the on-demand quota");
        case planner::Limit::network_saturation:
            return QStringLiteral("the network of the remote nodes");
        case planner::Limit::remote_memory:
            return QStringLiteral("the memory for checkpoints");
        case planner::Limit::cluster_ceiling:
            return QStringLiteral("the largest cluster size");
        case planner::Limit::accelerator_memory:
            return QStringLiteral("the accelerators' memory");
        case planner::Limit::unknown_network:
            return QStringLiteral("the unknown network");
        case planner::Limit::efficiency:
            return QStringLiteral("the least efficiency");
        case planner::Limit::scaling:
            return QStringLiteral("scaling");
    }
    return {};
}

/// "22 programs by lp_solve in 1.3 ms, 31 candidates".
QString effort(const planner::Proof& proof) {
    const QString programs = proof.programs == 1
                                 ? QStringLiteral("1 program by lp_solve")
                                 : QStringLiteral("%1 programs by lp_solve").arg(proof.programs);
    QString solved = QStringLiteral("%1 in %2").arg(programs, duration(proof.elapsed));
    if (proof.candidates == 0) return solved;
    return proof.candidates == 1 ? QStringLiteral("%1, 1 candidate").arg(solved)
                                 : QStringLiteral("%1, %2 candidates").arg(solved, whole(proof.candidates));
}

/// "costs 5.6 % more than the first choice".
QString more(planner::Objective objective, double value, bool named) {
    const QString amount = percent(std::abs(value));
    const bool cost = objective == planner::Objective::job_cost;
    const QString text =
        value > 0 ? (cost ? QStringLiteral("costs %1 more") : QStringLiteral("takes %1 longer"))
                  : (cost ? QStringLiteral("costs %1 less") : QStringLiteral("takes %1 less time"));
    return named ? QStringLiteral("%1 than the first choice").arg(text.arg(amount)) : text.arg(amount);
}

QString betterThan(planner::Objective objective) {
    if (objective == planner::Objective::job_cost) return QStringLiteral("done for less than");
    return objective == planner::Objective::job_time ? QStringLiteral("done in less than")
                                                     : QStringLiteral("worth more than");
}

QString doubtDetail(const planner::Decision& decision) {
    const QString meaning =
        decision.ranked.empty()
            ? QStringLiteral(
                  "The solver gave up on some of its programs, so a cluster that fits may exist after all.")
            : QStringLiteral(
                  "The solver gave up on some of its programs, so a better cluster than this may exist. The "
                  "plans shown keep the budget and every limit exactly.");
    const QString advice =
        QStringLiteral(
            "Change the budget a little, or allow fewer nodes, and it is solved again. The solver says: %1.")
            .arg(QString::fromStdString(decision.proof.doubt));
    return joined({meaning, advice, sentence(effort(decision.proof)) + QLatin1Char('.')});
}

}  // namespace

QString whyHeading(int rank) {
    return rank == 1 ? QStringLiteral("Why this?") : QStringLiteral("Why not first?");
}

QString bindingSentence(const planner::Plan& plan) {
    QStringList limits;
    for (const auto limit : plan.binding) {
        if (limit == planner::Limit::scaling)
            return QStringLiteral("More nodes would be worth nothing more.");
        limits << withArticle(limit);
    }
    if (limits.isEmpty()) return {};
    const bool one = limits.size() == 1;
    const QString last = limits.takeLast();
    const QString all =
        sentence(one ? last : limits.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last);
    return one ? QStringLiteral("%1 binds.").arg(all) : QStringLiteral("%1 bind.").arg(all);
}

QString gap(const planner::Plan& plan, const planner::Plan& first, planner::Objective objective, bool named) {
    const double behind = 100 - planner::percent_of(plan, first);
    QString worth;
    if (planner::is_of_job(objective) && plan.worth <= 0)
        worth = QStringLiteral("does not do the job in time");
    else if (planner::is_of_job(objective) && std::abs(behind) >= 0.05)
        worth = more(objective, (first.worth / plan.worth - 1) * 100, named);
    else if (behind < 0.05 && behind > -0.05)
        worth = named ? QStringLiteral("worth as much as the first choice") : QStringLiteral("worth as much");
    else if (behind > 0)
        worth =
            (named ? QStringLiteral("worth %1 less than the first choice") : QStringLiteral("worth %1 less"))
                .arg(percent(behind));
    else
        worth =
            (named ? QStringLiteral("worth %1 more than the first choice") : QStringLiteral("worth %1 more"))
                .arg(percent(-behind));
    if (plan.hourly_price == first.hourly_price) return QStringLiteral("%1, at the same price").arg(worth);
    return plan.hourly_price > first.hourly_price
               ? QStringLiteral("%1, %2 dearer")
                     .arg(worth, costPerHour(plan.hourly_price - first.hourly_price))
               : QStringLiteral("%1, %2 cheaper")
                     .arg(worth, leftPerHour(first.hourly_price - plan.hourly_price));
}

QString whyThis(const planner::Plan& plan, const planner::Decision& decision, planner::Objective objective) {
    if (decision.ranked.empty()) return {};
    const planner::Plan& first = decision.ranked.front();
    if (plan != first) return sentence(gap(plan, first, objective, true)) + QLatin1Char('.');
    if (!decision.next_step) {
        const QString binds = bindingSentence(plan);
        return binds.isEmpty() ? QStringLiteral("No budget buys more.")
                               : joined({binds, QStringLiteral("No larger budget buys more.")});
    }
    const auto& step = *decision.next_step;
    // One kind of machine more is said as such.
    const bool grows = planner::machine_changes(plan, step.plan).size() == 1;
    const QString what = grows ? changeLine(plan, step.plan) : machinesLine(step.plan);
    const QString next = QStringLiteral("the next step, %1, costs %2, %3 more than the budget, and %4.")
                             .arg(what, costPerHour(step.plan.hourly_price), costPerHour(step.extra),
                                  gains(step.gain_percent, objective));
    if (plan.binding == std::vector{planner::Limit::budget})
        return QStringLiteral("The budget binds: %1").arg(next);
    return joined({bindingSentence(plan), sentence(next)});
}

std::optional<Ahead> aheadOfOthers(const planner::Plan& plan, const planner::Decision& decision,
                                   planner::Objective objective) {
    const planner::Plan* best = nullptr;
    for (const auto& [architecture, plans] : decision.by_architecture)
        if (architecture != plan.architecture && !plans.empty() &&
            (!best || planner::better(plans.front(), *best)))
            best = &plans.front();
    if (!best || best->worth <= 0) return std::nullopt;
    return Ahead{best->architecture, planner::gain_percent(objective, *best, plan)};
}

QString statusLine(const planner::Decision& decision) {
    const auto& proof = decision.proof;
    QStringList parts;
    parts << (proof.proven
                  ? (decision.ranked.empty() ? QStringLiteral("Proven") : QStringLiteral("Optimal, proven"))
                  : QStringLiteral("Unproven: a better cluster may exist, see \"Why this?\""));
    parts << (proof.programs == 1 ? QStringLiteral("1 program solved")
                                  : QStringLiteral("%1 programs solved").arg(proof.programs));
    QString fit = QStringLiteral("budget %1: ").arg(money(decision.budget));
    if (decision.ranked.empty()) {
        fit += QStringLiteral("nothing fits");
    } else {
        const int nodes = decision.ranked.front().nodes;
        fit += nodes == 1 ? QStringLiteral("1 node fits") : QStringLiteral("%1 nodes fit").arg(nodes);
        fit +=
            decision.next_step
                ? QStringLiteral(", the next step needs %1 more").arg(costPerHour(decision.next_step->extra))
                : QStringLiteral(", no larger budget buys more");
    }
    parts << fit;
    return parts.join(QStringLiteral("  ·  "));
}

QString nothingFits(const planner::Decision& decision) {
    return QStringLiteral("No cluster fits %1.").arg(moneyPerHour(decision.budget));
}

QString speedLine(const planner::Plan& plan) {
    if (!plan.samples_per_second) return {};
    return QStringLiteral("%1/s · $%2 a million")
        .arg(QString::fromStdString(planner::rounded(plan.samples_per_second->samples_per_second)),
             QString::fromStdString(planner::rounded(*planner::usd_per_million_samples(plan))));
}

QString speedName(const planner::Plan& plan) {
    const auto basis = model::speed_basis_name(plan.speed);
    return QStringLiteral("Samples, %1")
        .arg(QString::fromUtf8(basis.data(), static_cast<qsizetype>(basis.size())));
}

QString speedDetail(const planner::Plan& plan) {
    return QString::fromStdString(planner::speed_words(plan));
}

QString planRemarks(const planner::Plan& plan, const planner::Problem& problem) {
    QStringList lines;
    if (const auto waste = planner::waste_words(plan); !waste.empty()) lines << QString::fromStdString(waste);
    for (const auto& remark : planner::remarks(problem, plan))
        lines << QString::fromStdString(remark);
    for (auto& line : lines)
        line = line.left(1).toUpper() + line.mid(1) + QLatin1Char('.');
    return lines.join(QLatin1Char('\n'));
}

QString cheapestThatFits(const planner::Decision& decision, const planner::Problem& problem) {
    if (!decision.cheapest) {
        const QString job = whyNoneDoesTheJob(problem);
        return joined({QStringLiteral("No budget buys one with these choices."),
                       job.isEmpty() ? QString::fromStdString(planner::why_nothing_fits(problem)) : job});
    }
    const auto& cheapest = *decision.cheapest;
    const auto& request = problem.request;
    const bool in_time = planner::is_of_job(request.objective) && request.job.deadline_hours;
    return (in_time
                ? QStringLiteral("The cheapest that keeps the deadline is %1 at %2, %3 more than the budget.")
                : QStringLiteral("The cheapest is %1 at %2, %3 more than the budget."))
        .arg(clusterLine(cheapest, *problem.market), costPerHour(cheapest.hourly_price),
             costPerHour(cheapest.hourly_price - decision.budget));
}

namespace {

// A deadline of seconds is not none.
QString fewHours(double hours) {
    return hours < 1 ? QString::number(hours, 'g', 2) : decimal(hours, 1);
}

}  // namespace

QString whyNoneDoesTheJob(const planner::Problem& problem) {
    const auto& request = problem.request;
    if (!planner::is_of_job(request.objective)) return {};
    const auto& workers = problem.workers;
    const auto timed = [](const planner::Worker& worker) { return worker.epoch_seconds.has_value(); };
    if (!std::ranges::any_of(workers, timed))
        return QStringLiteral(
            "How long an epoch takes is not known: the data set's rates have a unit of their own; load "
            "measured epoch times.");
    if (problem.fastest_hours && request.job.deadline_hours)
        return QStringLiteral(
                   "None is done within %1 h with a probability of %2: the fastest of all expects %3 h.")
            .arg(fewHours(*request.job.deadline_hours), percent(request.job.confidence * 100),
                 fewHours(*problem.fastest_hours));
    if (!problem.fastest_hours && !problem.candidates.empty())
        return QStringLiteral("On every one the job would take more than a hundred years; make it smaller.");
    const auto unknown = [](const planner::Worker& worker) {
        return worker.offer->spot && !worker.revocations;
    };
    if (std::ranges::any_of(workers, unknown))
        return QStringLiteral("How often spot machines are revoked is not known here; set a rate by hand.");
    return {};
}

QString noAnswer(const std::optional<base::Error>& error, bool any) {
    if (!error) return QStringLiteral("Reading the catalog ...");
    if (!any)
        return QStringLiteral("No architecture is switched on. Switch one on to see what a budget buys.");
    return QString::fromStdString(error->message) + QLatin1Char('.');
}

QString goTo(base::Money budget) {
    return QStringLiteral("Go to %1").arg(costPerHour(budget));
}

ProofText proofText(const planner::Decision& decision, const planner::Problem& problem) {
    const auto& proof = decision.proof;
    if (!proof.proven) return {QStringLiteral("Unproven"), doubtDetail(decision)};
    if (decision.ranked.empty())
        return {QStringLiteral("Proven"), sentence(effort(proof)) + QLatin1Char('.')};
    const QString rest =
        proof.bound ? QStringLiteral("no candidate left unsolved can be %1 %2 (%3 of the first choice)")
                          .arg(betterThan(problem.request.objective), objectiveValue(*proof.bound, problem),
                               percent(*proof.bound / decision.ranked.front().objective * 100))
                    : QStringLiteral("every candidate was solved");
    return {QStringLiteral("Optimal, proven"), QStringLiteral("%1; %2.").arg(sentence(effort(proof)), rest)};
}

}  // namespace deepvm::ui::state
