// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/reason_wording.h"

#include <QStringList>
#include <algorithm>

#include "planner/bounds.h"
#include "planner/comparison.h"
#include "state/answer_wording.h"
#include "state/format.h"
#include "state/job_wording.h"
#include "state/wording.h"

namespace deepvm::ui::state {
namespace {

QString limitName(const planner::LimitState& state) {
    switch (state.limit) {
        case planner::Limit::budget:
            return QStringLiteral("Budget");
        case planner::Limit::spot_quota:
            return QStringLiteral("Spot quota");
        case planner::Limit::on_demand_quota:
            return QStringLiteral("On-demand quota");
        case planner::Limit::network_saturation:
            return QStringLiteral("Network");
        case planner::Limit::remote_memory:
            return QStringLiteral("Checkpoint memory");
        case planner::Limit::cluster_ceiling:
            return state.unit == "remotes" ? QStringLiteral("Most remote nodes")
                                           : QStringLiteral("Largest cluster size");
        case planner::Limit::accelerator_memory:
            return QStringLiteral("Accelerator memory");
        case planner::Limit::unknown_network:
            return QStringLiteral("Unknown network");
        case planner::Limit::efficiency:
            return QStringLiteral("Least efficiency");
        case planner::Limit::scaling:
            return QStringLiteral("Scaling");
    }
    return {};
}

QString networkLeft(int workers, int remotes) {
    const QString end = remotes == 1 ? QStringLiteral("before the remote saturates")
                                     : QStringLiteral("before the remotes saturate");
    if (workers == 0) return QStringLiteral("no more worker %1").arg(end);
    return workers == 1 ? QStringLiteral("1 more worker %1").arg(end)
                        : QStringLiteral("%1 more workers %2").arg(whole(workers), end);
}

QString machinesLeft(int count, bool remotes) {
    if (count == 0) return QStringLiteral("none left");
    if (count == 1) return remotes ? QStringLiteral("1 remote node left") : QStringLiteral("1 node left");
    return (remotes ? QStringLiteral("%1 remote nodes left") : QStringLiteral("%1 nodes left"))
        .arg(whole(count));
}

QString left(const planner::LimitState& state, const planner::Plan& plan) {
    const int count = static_cast<int>(state.slack);
    switch (state.limit) {
        case planner::Limit::budget:
            return QStringLiteral("%1 left").arg(leftPerHour(base::Money::from_usd(state.slack)));
        case planner::Limit::network_saturation:
            return networkLeft(count, plan.remotes);
        case planner::Limit::remote_memory:
            return QStringLiteral("%1 GiB left").arg(decimal(state.slack, 1));
        case planner::Limit::efficiency:
            return state.binding ? QStringLiteral("the next step would fall below it")
                                 : QStringLiteral("%1 % above it").arg(whole(state.slack));
        default:
            if (state.unit == "vCPUs") return QStringLiteral("%1 vCPUs left").arg(whole(count));
            return machinesLeft(count, state.unit == "remotes");
    }
}

/// What counts against the vCPU limit that this is a state of.
std::optional<double> spotVcpus(const planner::LimitState& state, const planner::Plan& plan,
                                const planner::Problem& problem) {
    const auto* candidate = planner::candidate_of(problem, plan);
    if (!candidate) return std::nullopt;
    for (const auto& limit : candidate->vcpu_limits) {
        const int used = planner::spot_vcpus(limit, planner::counts_of(plan));
        if (limit.vcpus - used == state.slack) return used;
    }
    return std::nullopt;
}

/// How much of the limit is in use, in its unit.
std::optional<double> inUse(const planner::LimitState& state, const planner::Plan& plan,
                            const planner::Problem& problem) {
    if (state.limit == planner::Limit::budget) return plan.hourly_price.usd();
    if (state.limit == planner::Limit::remote_memory) {
        const auto* candidate = planner::candidate_of(problem, plan);
        return candidate ? std::optional(candidate->memory.needed) : std::nullopt;
    }
    if (state.limit == planner::Limit::efficiency) return 100 * plan.efficiency - state.slack;
    if (state.unit == "vCPUs") return spotVcpus(state, plan, problem);
    return state.unit == "remotes" ? plan.remotes : plan.nodes;
}

QString limitTip(const planner::LimitState& state, double used) {
    const double all = used + state.slack;
    switch (state.limit) {
        case planner::Limit::budget:
            return QStringLiteral("The cluster costs %1 of %2")
                .arg(moneyPerHour(base::Money::from_usd(used)), moneyPerHour(base::Money::from_usd(all)));
        case planner::Limit::network_saturation:
            return QStringLiteral("%1 of the %2 workers that the remote nodes can serve")
                .arg(whole(used), whole(all));
        case planner::Limit::remote_memory:
            return QStringLiteral("%1 of %2 GiB in the remote nodes").arg(decimal(used, 1), decimal(all, 1));
        case planner::Limit::cluster_ceiling:
            return QStringLiteral("%1 of %2, the most that \"Nodes at most\" allows")
                .arg(whole(used), whole(all));
        case planner::Limit::unknown_network:
            return QStringLiteral("Without a known network one machine is planned alone");
        case planner::Limit::efficiency:
            return QStringLiteral(
                       "Together the machines do %1 % of what each would do alone; the least is %2 %")
                .arg(whole(used + state.slack), whole(used));
        default:
            if (state.unit == "vCPUs")
                return QStringLiteral("%1 of the %2 vCPUs that the quota allows")
                    .arg(whole(used), whole(all));
            return QStringLiteral("%1 of the %2 machines of this type that the quota allows")
                .arg(whole(used), whole(all));
    }
}

/// The change, or the other cluster with where and how it is put together.
QString change(const planner::Plan& from, const planner::Plan& to, const model::Market& market) {
    if (QString line = changeLine(from, to); !line.isEmpty()) return line;
    return QStringLiteral("%1 instead, %2")
        .arg(clusterLine(to, market), architectureName(to.architecture).toLower());
}

QString described(const planner::Plan& plan, const model::Market& market) {
    return QStringLiteral("%1, %2").arg(clusterLine(plan, market),
                                        architectureName(plan.architecture).toLower());
}

StepText stepUp(const planner::Plan& plan, const planner::NextStep* step, const QString& heading,
                const planner::Problem& problem) {
    const model::Market& market = *problem.market;
    if (!step) return {heading, {}, QStringLiteral("No larger budget buys more."), {}, {}};
    return {heading, gains(step->gain_percent, problem.request.objective),
            QStringLiteral("%1, %2 more than the budget")
                .arg(change(plan, step->plan, market), costPerHour(step->extra)),
            described(step->plan, market), step->plan.hourly_price};
}

StepText stepDown(const planner::Plan& plan, const std::optional<planner::StepDown>& step,
                  const planner::Problem& problem) {
    const model::Market& market = *problem.market;
    const QString heading = QStringLiteral("Step down");
    if (!step) return {heading, {}, QStringLiteral("There is no cheaper cluster."), {}, {}};
    return {heading, loses(step->loss_percent, problem.request.objective),
            QStringLiteral("%1, saves %2").arg(change(plan, step->plan, market), leftPerHour(step->saved)),
            described(step->plan, market), step->plan.hourly_price};
}

/// The steps of a plan that is not the first.
std::vector<StepText> ownSteps(const planner::Plan& plan, const planner::Decision& decision,
                               const planner::Problem& problem) {
    const planner::Plan& first = decision.ranked.front();
    std::vector<StepText> texts{
        {QStringLiteral("To the first choice"), {}, change(plan, first, *problem.market), {}, {}}};
    const auto list = decision.by_architecture.find(plan.architecture);
    const bool best = list != decision.by_architecture.end() && !list->second.empty() &&
                      list->second.front() == plan && first.architecture != plan.architecture;
    if (!best) return texts;
    const auto next = decision.next_steps.find(plan.architecture);
    const QString heading =
        QStringLiteral("Step up of %1").arg(architectureName(plan.architecture).toLower());
    texts.push_back(
        stepUp(plan, next == decision.next_steps.end() ? nullptr : &next->second, heading, problem));
    return texts;
}

RivalText rival(const QString& name, const planner::Plan& plan, const planner::Plan& first,
                const planner::Problem& problem) {
    const model::Market& market = *problem.market;
    RivalText text;
    text.name = name;
    const double percent_of = planner::percent_of(plan, first);
    text.share = percent_of / 100;
    text.percent = percent(percent_of);
    text.cluster = clusterLine(plan, market);
    const bool same = plan.architecture == first.architecture && text.cluster == clusterLine(first, market);
    text.gap = QStringLiteral("%1: %2").arg(
        costPerHour(plan.hourly_price),
        same ? QStringLiteral("the same cluster") : gap(plan, first, problem.request.objective));
    return text;
}

/// The best of another architecture than the first plan's, which may be the runner-up.
RivalText bestOf(planner::Architecture architecture, const std::vector<planner::Plan>& plans,
                 const planner::Decision& decision, const planner::Problem& problem) {
    RivalText text;
    text.name = architectureName(architecture);
    text.percent = QStringLiteral("does not fit");
    if (!plans.empty()) text = rival(text.name, plans.front(), decision.ranked.front(), problem);
    if (!plans.empty() && decision.reasons.runner_up == plans.front())
        text.gap = QStringLiteral("runner-up, %1").arg(text.gap);
    text.architecture = architecture;
    return text;
}

void addPolicies(std::vector<RivalText>& rivals, const planner::Decision& decision,
                 const planner::Problem& problem) {
    const planner::Plan& first = decision.ranked.front();
    const auto add = [&](const QString& name, const planner::Plan& plan, const QString& tip) {
        rivals.push_back(rival(name, plan, first, problem));
        rivals.back().tip = tip;
    };
    const auto& policies = decision.policies;
    if (policies.cost_first)
        add(QStringLiteral("Cost-first"), *policies.cost_first,
            QStringLiteral("A simple policy: the single-anchor cluster with the most nodes"));
    if (policies.performance_first)
        add(QStringLiteral("Performance-first"), *policies.performance_first,
            QStringLiteral("A simple policy: the single-anchor cluster of the fastest type that fits"));
    if (policies.no_scale)
        add(QStringLiteral("No-scale"), *policies.no_scale_truly,
            QStringLiteral(
                "What the planner would choose if it believed that n nodes are worth n; judged by what they "
                "are worth"));
}

}  // namespace

std::vector<LimitText> limitTexts(const planner::Plan& plan, const planner::Problem& problem) {
    std::vector<LimitText> texts;
    for (const auto& state : plan.limits) {
        const QString rest = left(state, plan);
        LimitText text{limitName(state),
                       state.binding ? QStringLiteral("binds, %1").arg(rest) : rest,
                       {},
                       {},
                       state.binding};
        if (const auto used = inUse(state, plan, problem)) {
            const double all = *used + state.slack;
            text.used = all > 0 ? std::clamp(*used / all, 0.0, 1.0) : 1;
            text.tip = limitTip(state, *used);
        }
        texts.push_back(std::move(text));
    }
    std::ranges::stable_sort(texts, [](const LimitText& a, const LimitText& b) {
        return std::pair(!a.binding, -a.used.value_or(0)) < std::pair(!b.binding, -b.used.value_or(0));
    });
    return texts;
}

std::vector<StepText> stepTexts(const planner::Plan& plan, const planner::Decision& decision,
                                const planner::Problem& problem) {
    if (plan != decision.ranked.front()) return ownSteps(plan, decision, problem);
    const auto* next = decision.next_step ? &*decision.next_step : nullptr;
    return {stepUp(plan, next, QStringLiteral("Step up"), problem),
            stepDown(plan, decision.reasons.step_down, problem)};
}

QString shadowPrice(const planner::Decision& decision, const planner::Problem& problem) {
    const auto& price = decision.reasons.shadow_price;
    if (!price || decision.ranked.empty()) return {};
    const bool saves = planner::is_of_job(problem.request.objective);
    const double share = (saves ? -*price : *price) / decision.ranked.front().objective * 100;
    if (share < 1e-7) return QStringLiteral("In the LP relaxation, one more dollar an hour adds nothing.");
    return (saves ? QStringLiteral("In the LP relaxation, one more dollar an hour saves about %1 (%2).")
                  : QStringLiteral("In the LP relaxation, one more dollar an hour adds about %1 (%2)."))
        .arg(objectiveValue(std::abs(*price), problem), percent(share));
}

RivalText switchedOff(planner::Architecture architecture) {
    RivalText text;
    text.name = architectureName(architecture);
    text.architecture = architecture;
    text.percent = QStringLiteral("switched off");
    text.off = true;
    return text;
}

std::vector<RivalText> rivalTexts(const planner::Decision& decision, const planner::Problem& problem) {
    std::vector<RivalText> rivals;
    const planner::Plan* first = decision.ranked.empty() ? nullptr : &decision.ranked.front();
    const auto& runner_up = decision.reasons.runner_up;
    if (first && runner_up && runner_up->architecture == first->architecture) {
        rivals.push_back(rival(QStringLiteral("Runner-up"), *runner_up, *first, problem));
        rivals.back().architecture = runner_up->architecture;
        rivals.back().tip = QStringLiteral("The best plan with other machines or another architecture");
    }
    for (const auto architecture : planner::all_architectures) {
        const auto list = decision.by_architecture.find(architecture);
        if (list == decision.by_architecture.end())
            rivals.push_back(switchedOff(architecture));
        else if (first && architecture != first->architecture)
            rivals.push_back(bestOf(architecture, list->second, decision, problem));
    }
    if (first) addPolicies(rivals, decision, problem);
    return rivals;
}

}  // namespace deepvm::ui::state
