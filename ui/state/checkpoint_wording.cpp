// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/checkpoint_wording.h"

#include <QStringList>

#include "state/format.h"
#include "state/wording.h"

namespace deepvm::ui::state {
namespace {

using planner::Architecture;

// Small shares are what it is about.
QString smallShare(double value) {
    if (value <= 0 || value >= 0.095) return percent(value);
    return QStringLiteral("%1 %").arg(QString::number(value, 'g', 1));
}

// What a checkpoint does to the training.
QString oneCheckpoint(const planner::Plan& plan, double seconds_each) {
    const QString time = seconds(seconds_each);
    if (plan.architecture == Architecture::tiering)
        return QStringLiteral("One stops the training for %1, for the copy to host memory.").arg(time);
    if (plan.architecture == Architecture::spot_bucket)
        return QStringLiteral("One stops the training for %1, on its way to the object store.").arg(time);
    return QStringLiteral("One stops the training for %1, on its way to the anchor's disk.").arg(time);
}

}  // namespace

QString seconds(double value) {
    if (value >= 60) return hours(value / 3600);
    if (value < 0.9995) return QStringLiteral("%1 ms").arg(decimal(value * 1000, value < 0.00995 ? 1 : 0));
    return QStringLiteral("%1 s").arg(decimal(value, 1));
}

QString whyNoInterval(const planner::Plan& plan) {
    if (plan.architecture == Architecture::on_demand)
        return QStringLiteral("On demand nothing is revoked: the job needs no checkpoints.");
    if (plan.architecture == Architecture::parameter_server)
        return QStringLiteral(
            "Nothing rolls back: the parameters stay on the servers, and a revoked worker's share is "
            "missing until it is replaced. There is no interval to choose.");
    if (!plan.job.unknown.empty())
        return QStringLiteral("The best interval is not known: %1.")
            .arg(QString::fromStdString(plan.job.unknown));
    if (plan.job.expected && !plan.job.expected->finishes)
        return QStringLiteral(
            "The machines are revoked so often that the job does not end, whatever the interval.");
    if (plan.job.revocations_per_hour == 0.0)
        return QStringLiteral("Nothing is revoked at this rate: the job needs no checkpoints.");
    return {};
}

QString whyNoPipeline(const planner::Plan& plan) {
    switch (plan.architecture) {
        case Architecture::tiering:
            return {};
        case Architecture::single_anchor:
        case Architecture::mixed_workers:
            return QStringLiteral(
                "No pipeline to show: the anchor writes every checkpoint to its own disk while training "
                "waits. Tiering sends them to remote nodes while training goes on.");
        case Architecture::spot_bucket:
            return QStringLiteral(
                "No pipeline to show: training waits while every checkpoint goes to the object store. "
                "Tiering sends them to remote nodes while training goes on.");
        case Architecture::on_demand:
            return QStringLiteral("No pipeline to show: without revocations nothing has to be saved.");
        case Architecture::parameter_server:
            return QStringLiteral("No pipeline to show: the servers hold the parameters all the time.");
    }
    return {};
}

QString checkpointSentences(const planner::Plan& plan, const risk::JobRun* run) {
    if (QString none = whyNoInterval(plan); !none.isEmpty()) return none;
    if (run == nullptr || !plan.job.expected) return {};
    const risk::Outlook& expected = *plan.job.expected;
    const QString every = expected.checkpoints == 0
                              ? QStringLiteral("The job is over before a checkpoint pays.")
                              : QStringLiteral("One checkpoint every %1, by Young and Daly.")
                                    .arg(seconds(expected.interval_seconds));
    const QString spent = QStringLiteral("Of %1: checkpoints %2, work done twice %3, restarts %4.")
                              .arg(hours(expected.expected_hours), smallShare(expected.checkpoint_percent),
                                   smallShare(expected.lost_percent), smallShare(expected.restart_percent));
    return joined({every, oneCheckpoint(plan, run->checkpoint_seconds),
                   QStringLiteral("A restart takes %1.").arg(seconds(run->restart_seconds)), spent});
}

}  // namespace deepvm::ui::state
