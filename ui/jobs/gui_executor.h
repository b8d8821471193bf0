// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "jobs/executor.h"

namespace deepvm::ui::jobs {

/// Runs tasks on the event loop of the thread that made it.
/// The tasks cross over under a mutex of our own, so that a thread sanitizer sees the order that Qt's queue
/// hides.
class GuiExecutor final : public QObject, public Executor {
    Q_OBJECT

  public:
    using QObject::QObject;
    void post(std::function<void()> task) override;

  private:
    Q_INVOKABLE void drain();

    std::mutex mutex_;
    std::deque<std::function<void()>> tasks_;
};

}  // namespace deepvm::ui::jobs
