// SPDX-License-Identifier: GPL-3.0-or-later
// All background work of the window: a mailbox of one, where the newest request replaces the waiting one.
#pragma once

#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

#include "base/error.h"
#include "jobs/executor.h"

namespace deepvm::ui::jobs {

enum class Ending {
    done,        ///< the newest request has its answer
    failed,      ///< the newest request cannot be answered, `error` says why
    cancelled,   ///< cancel() was called before the answer came
    superseded,  ///< a newer request came; an answer that was finished anyhow is in `value`
};

/// How one request ended. Every request ends exactly once.
template <typename Value>
struct Outcome {
    std::uint64_t generation = 0;
    Ending ending = Ending::done;
    std::optional<Value> value;
    base::Error error;
};

/// What happens to work that runs while a newer request comes.
enum class Running {
    stop,    ///< its answer is worth nothing any more
    finish,  ///< it makes something that the newer request needs
};

/// Lives on one thread, where it also reports; the work runs on `worker`, one piece at a time.
template <typename Value>
class BackgroundJob {
  public:
    using Work = std::function<base::Result<Value>(std::stop_token)>;
    using Report = std::function<void(const Outcome<Value>&)>;

    /// `worker` and `home` must outlive the job, and `worker` must not outlive what the work uses.
    BackgroundJob(Executor& worker, Executor& home, Report report)
        : core_(std::make_shared<Core>(Core{worker, home, std::move(report), 0, {}, {}, {}})) {}

    /// Work that runs is stopped; nothing is reported any more.
    ~BackgroundJob() {
        core_->report = nullptr;
        core_->waiting.reset();
        core_->stop.request_stop();
    }
    BackgroundJob(const BackgroundJob&) = delete;
    BackgroundJob& operator=(const BackgroundJob&) = delete;

    /// Asks for `work`; returns the generation that its outcome will carry.
    std::uint64_t request(Work work, Running running = Running::stop) {
        const auto core = core_;  // a report may end the job, and may ask for more
        const auto generation = ++core->newest;
        auto replaced = std::exchange(core->waiting, Waiting{generation, std::move(work)});
        if (!core->running)
            Core::start(core);
        else if (running == Running::stop)
            core->stop.request_stop();
        if (replaced) core->end({replaced->generation, Ending::superseded, {}, {}});
        return generation;
    }

    /// Ends all requests as cancelled.
    void cancel() {
        const auto core = core_;
        core->cancelledUpTo = core->newest;
        core->stop.request_stop();
        if (auto dropped = std::exchange(core->waiting, std::nullopt))
            core->end({dropped->generation, Ending::cancelled, {}, {}});
    }

    /// Whether a request has not ended yet.
    bool busy() const { return core_->running || core_->waiting; }

  private:
    struct Waiting {
        std::uint64_t generation = 0;
        Work work;
    };

    /// Shared with the pieces in flight, so that a late piece finds an honest end after the job is gone.
    struct Core {
        Executor& worker;
        Executor& home;
        Report report;
        std::uint64_t newest = 0;
        std::optional<Waiting> waiting;
        std::optional<std::uint64_t> running;
        std::stop_source stop;
        std::uint64_t cancelledUpTo = 0;

        void end(const Outcome<Value>& outcome) {
            // A copy: the report may end the job, which takes it away.
            if (const auto call = report) call(outcome);
        }

        static void start(const std::shared_ptr<Core>& core) {
            auto next = std::exchange(core->waiting, std::nullopt);
            core->running = next->generation;
            core->stop = {};  // a fresh one: a stop that was asked for early is never lost, nor inherited
            core->worker.post([core, work = std::move(next->work), stop = core->stop.get_token(),
                               generation = next->generation, home = &core->home] {
                auto result = std::make_shared<base::Result<Value>>(attempt(work, stop));
                home->post([core, result, generation] { finish(core, generation, std::move(*result)); });
            });
        }

        static base::Result<Value> attempt(const Work& work, const std::stop_token& stop) {
            try {
                return work(stop);
            } catch (const std::exception& error) {
                return base::fail(base::ErrorCode::damaged, std::string("internal error: ") + error.what());
            }
        }

        static void finish(const std::shared_ptr<Core>& core, std::uint64_t generation,
                           base::Result<Value> result) {
            core->running.reset();
            // The next piece starts before the report: the report may ask for more.
            if (core->waiting) start(core);
            Outcome<Value> outcome{generation, Ending::done, {}, {}};
            if (result)
                outcome.value = std::move(*result);
            else
                outcome.error = std::move(result.error());
            if (generation <= core->cancelledUpTo)
                outcome.ending = Ending::cancelled;
            else if (generation != core->newest)
                outcome.ending = Ending::superseded;
            else if (!outcome.value)
                outcome.ending =
                    outcome.error.code == base::ErrorCode::cancelled ? Ending::cancelled : Ending::failed;
            core->end(outcome);
        }
    };

    std::shared_ptr<Core> core_;
};

}  // namespace deepvm::ui::jobs
