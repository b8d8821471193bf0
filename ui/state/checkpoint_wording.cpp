// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/checkpoint_wording.h"

#include <QCoreApplication>

#include "state/format.h"
#include "state/wording.h"

namespace deepvm::ui::state {
namespace {

using planner::Architecture;

QString tr(const char* text) {
    return QCoreApplication::translate("checkpoints", text);
}

// Small shares are what it is about.
QString share(double value) {
    if (value <= 0 || value >= 0.095) return percent(value);
    return tr("%1 %").arg(QString::number(value, 'g', 1));
}

// What a checkpoint does to the training.
QString oneCheckpoint(const planner::Plan& plan, double seconds_each) {
    const QString time = seconds(seconds_each);
    if (plan.architecture == Architecture::tiering)
        return tr("One stops the training for %1, for the copy to host memory.").arg(time);
    if (plan.architecture == Architecture::spot_bucket)
        return tr("One stops the training for %1, on its way to the object store.").arg(time);
    return tr("One stops the training for %1, on its way to the anchor's disk.").arg(time);
}

}  // namespace

QString seconds(double value) {
    if (value >= 60) return hours(value / 3600);
    if (value < 0.9995) return tr("%1 ms").arg(decimal(value * 1000, value < 0.00995 ? 1 : 0));
    return tr("%1 s").arg(decimal(value, 1));
}

QString whyNoInterval(const planner::Plan& plan) {
    if (plan.architecture == Architecture::on_demand)
        return tr("On demand nothing is revoked: the job needs no checkpoints.");
    if (plan.architecture == Architecture::parameter_server)
        return tr(
            "Nothing rolls back: the parameters stay on the servers, and a revoked worker's share is "
            "missing until it is replaced. There is no interval to choose.");
    if (!plan.job.unknown.empty())
        return tr("The best interval is not known: %1.").arg(QString::fromStdString(plan.job.unknown));
    if (plan.job.expected && !plan.job.expected->finishes)
        return tr("The machines are revoked so often that the job does not end, whatever the interval.");
    if (plan.job.revocations_per_hour == 0.0)
        return tr("Nothing is revoked at this rate: the job needs no checkpoints.");
    return {};
}

QString whyNoPipeline(const planner::Plan& plan) {
    switch (plan.architecture) {
        case Architecture::tiering:
            return {};
        case Architecture::single_anchor:
        case Architecture::mixed_workers:
            return tr(
                "No pipeline to show: the anchor writes every checkpoint to its own disk while training "
                "waits. Tiering sends them to remote nodes while training goes on.");
        case Architecture::spot_bucket:
            return tr(
                "No pipeline to show: training waits while every checkpoint goes to the object store. "
                "Tiering sends them to remote nodes while training goes on.");
        case Architecture::on_demand:
            return tr("No pipeline to show: without revocations nothing has to be saved.");
        case Architecture::parameter_server:
            return tr("No pipeline to show: the servers hold the parameters all the time.");
    }
    return {};
}

QString checkpointSentences(const planner::Plan& plan, const risk::JobRun* run) {
    if (QString none = whyNoInterval(plan); !none.isEmpty()) return none;
    if (run == nullptr || !plan.job.expected) return {};
    const risk::Outlook& expected = *plan.job.expected;
    const QString every =
        expected.checkpoints == 0
            ? tr("The job is over before a checkpoint pays.")
            : tr("One checkpoint every %1, by Young and Daly.").arg(seconds(expected.interval_seconds));
    const QString spent = tr("Of %1: checkpoints %2, work done twice %3, restarts %4.")
                              .arg(hours(expected.expected_hours), share(expected.checkpoint_percent),
                                   share(expected.lost_percent), share(expected.restart_percent));
    return joined({every, oneCheckpoint(plan, run->checkpoint_seconds),
                   tr("A restart takes %1.").arg(seconds(run->restart_seconds)), spent});
}

}  // namespace deepvm::ui::state
