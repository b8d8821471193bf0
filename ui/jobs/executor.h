// SPDX-License-Identifier: GPL-3.0-or-later
// Where a piece of work runs. Tests drive one by hand; the window has a thread and its own event loop.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace deepvm::ui::jobs {

class Executor {
  public:
    virtual ~Executor() = default;
    /// Runs `task` later, in the order of posting. May be called from any thread.
    virtual void post(std::function<void()> task) = 0;
};

/// One thread, which starts with the first task. The destructor drops what has not begun and waits for what
/// has.
class ThreadExecutor final : public Executor {
  public:
    void post(std::function<void()> task) override;

  private:
    void run(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<std::function<void()>> tasks_;
    std::jthread thread_;  // last: it must be gone before what it uses
};

}  // namespace deepvm::ui::jobs
