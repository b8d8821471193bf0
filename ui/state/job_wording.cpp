// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/job_wording.h"

#include <QStringList>

#include "planner/answer_words.h"
#include "state/format.h"
#include "state/wording.h"

namespace deepvm::ui::state {
namespace {

/// A share that is there does not read as nothing: "no", "< 0.1 %", "1.2 %".
QString share(double value) {
    if (value <= 0) return QStringLiteral("no");
    return value < 0.05 ? QStringLiteral("< 0.1 %") : percent(value);
}

QString expectedCount(double count) {
    if (count == 0) return QStringLiteral("none");
    if (count < 0.005) return QStringLiteral("< 0.01 expected");
    return QStringLiteral("%1 expected").arg(count < 10 ? decimal(count, 2) : whole(count));
}

QString detail(const planner::JobOutlook& job) {
    const auto& expected = *job.expected;
    QStringList facts{
        QStringLiteral("Without checkpoints and revocations %1.").arg(hours(*job.fault_free_hours)),
        QStringLiteral("Expected %1, give or take %2.")
            .arg(hours(expected.expected_hours), hours(expected.deviation_hours))};
    facts << (expected.checkpoints > 0
                  ? QStringLiteral("A checkpoint every %1.").arg(hours(expected.interval_seconds / 3600))
                  : QStringLiteral("No checkpoint pays off."));
    return joined(facts);
}

}  // namespace

JobText jobText(const planner::Plan& plan, const planner::Problem& problem) {
    JobText text;
    const auto& job = plan.job;
    if (!job.expected) {
        text.unknown = sentence(QString::fromStdString(job.unknown)) + QLatin1Char('.');
        text.unknown_brief =
            job.fault_free_hours ? QStringLiteral("no revocation rate") : QStringLiteral("no epoch times");
        return text;
    }
    if (!job.expected->finishes) {
        text.unknown = QStringLiteral("The job does not finish: its machines are revoked too often.");
        text.unknown_brief = QStringLiteral("does not finish");
        return text;
    }
    const auto& expected = *job.expected;
    text.outcome = QStringLiteral("%1 in %2").arg(dollars(*job.expected_usd), hours(expected.expected_hours));
    const auto& deadline = problem.request.job.deadline_hours;
    if (deadline && job.done_by_deadline)
        text.deadline =
            QStringLiteral("%1 by %2")
                .arg(QString::fromStdString(planner::chance_words(*job.done_by_deadline)), hours(*deadline));
    text.likely = sentence(QString::fromStdString(planner::likely_words(job)));
    text.overhead = QStringLiteral("%1 lost work · %2 checkpoints")
                        .arg(share(expected.lost_percent), share(expected.checkpoint_percent));
    text.revocations = expectedCount(expected.expected_revocations);
    text.detail = detail(job);
    return text;
}

QString scalingName(planner::ScalingBasis basis) {
    switch (basis) {
        case planner::ScalingBasis::measured:
            return QStringLiteral("measured");
        case planner::ScalingBasis::published:
            return QStringLiteral("published");
        case planner::ScalingBasis::assumed:
            break;
    }
    return QStringLiteral("assumed");
}

QString scalingTip(planner::ScalingBasis basis) {
    switch (basis) {
        case planner::ScalingBasis::measured:
            return QStringLiteral("Fitted to measured epoch times of this machine type");
        case planner::ScalingBasis::published:
            return QStringLiteral("The curve that the paper published for this machine type");
        case planner::ScalingBasis::assumed:
            break;
    }
    return QStringLiteral(
        "Nobody measured this type: a law made of its network and the workload's gradients");
}

QString gains(double value, planner::Objective objective) {
    if (objective == planner::Objective::job_cost)
        return QStringLiteral("saves %1 of the cost").arg(percent(value));
    if (objective == planner::Objective::job_time)
        return QStringLiteral("saves %1 of the time").arg(percent(value));
    return QStringLiteral("gains %1").arg(percent(value));
}

QString loses(double value, planner::Objective objective) {
    if (objective == planner::Objective::job_cost) return QStringLiteral("costs %1 more").arg(percent(value));
    if (objective == planner::Objective::job_time)
        return QStringLiteral("takes %1 longer").arg(percent(value));
    return QStringLiteral("loses %1").arg(percent(value));
}

QString jobSize(const planner::Request& request, const model::WorkloadProfile& workload) {
    const auto& job = request.job;
    const auto per_epoch = static_cast<double>(workload.samples_per_epoch);
    double samples = workload.epochs * per_epoch;
    if (job.amount && job.unit == planner::JobUnit::epochs) samples = *job.amount * per_epoch;
    if (job.amount && job.unit == planner::JobUnit::samples) samples = *job.amount;
    if (job.amount && job.unit == planner::JobUnit::flop) samples = *job.amount / workload.flop_per_sample;
    QStringList parts;
    if (job.amount && job.unit != planner::JobUnit::epochs)
        parts << QStringLiteral("%1 epochs").arg(decimal(samples / per_epoch, 1));
    if (!job.amount || job.unit != planner::JobUnit::samples) parts << si(samples, QStringLiteral("samples"));
    if (!job.amount || job.unit != planner::JobUnit::flop)
        parts << si(samples * workload.flop_per_sample, QStringLiteral("FLOP"));
    return parts.join(QStringLiteral(" · "));
}

QString unitName(planner::JobUnit unit) {
    switch (unit) {
        case planner::JobUnit::epochs:
            return QStringLiteral("epochs");
        case planner::JobUnit::samples:
            return QStringLiteral("samples");
        case planner::JobUnit::flop:
            break;
    }
    return QStringLiteral("FLOP");
}

}  // namespace deepvm::ui::state
