// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/gui_executor.h"

#include <QMetaObject>

namespace deepvm::ui::jobs {

void GuiExecutor::post(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    QMetaObject::invokeMethod(this, "drain", Qt::QueuedConnection);
}

void GuiExecutor::drain() {
    std::deque<std::function<void()>> tasks;
    {
        const std::lock_guard lock(mutex_);
        tasks.swap(tasks_);
    }
    for (auto& task : tasks)
        task();
}

}  // namespace deepvm::ui::jobs
