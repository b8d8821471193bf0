// SPDX-License-Identifier: GPL-3.0-or-later
// The mailbox with executors driven by hand, and once with real threads (for the thread sanitizer).
#include <QApplication>
#include <algorithm>
#include <atomic>
#include <deque>
#include <stdexcept>
#include <vector>

#include "jobs/background_job.h"
#include "jobs/gui_executor.h"
#include "test_program.h"

namespace test_background_job {

using namespace deepvm;
using namespace deepvm::ui::jobs;

namespace {

/// Runs what was posted when the test says so.
class Hand : public Executor {
  public:
    void post(std::function<void()> task) override { tasks.push_back(std::move(task)); }
    void step() {
        auto task = std::move(tasks.front());
        tasks.pop_front();
        task();
    }
    void drain() {
        while (!tasks.empty())
            step();
    }
    std::deque<std::function<void()>> tasks;
};

using Job = BackgroundJob<int>;

struct Bench {
    Hand worker;
    Hand home;
    std::vector<Outcome<int>> ended;
    std::optional<Job> job;

    Bench() {
        job.emplace(worker, home, [this](const Outcome<int>& outcome) { ended.push_back(outcome); });
    }
    Job::Work answer(int value) {
        return [value](const std::stop_token&) -> base::Result<int> { return value; };
    }
    /// As a well-behaved computation: gives up when it is told to.
    Job::Work stoppable(int value) {
        return [value](const std::stop_token& stop) -> base::Result<int> {
            if (stop.stop_requested()) return base::fail(base::ErrorCode::cancelled, "stopped");
            return value;
        };
    }
    void finish() {
        while (!worker.tasks.empty() || !home.tasks.empty()) {
            worker.drain();
            home.drain();
        }
    }
};

}  // namespace

class TestBackgroundJob : public QObject {
    Q_OBJECT

  private slots:
    void answerIsDelivered() {
        Bench bench;
        const auto generation = bench.job->request(bench.answer(7));
        QVERIFY(bench.job->busy());
        QVERIFY(bench.ended.empty());
        bench.finish();
        QCOMPARE(bench.ended.size(), 1U);
        QCOMPARE(bench.ended[0].generation, generation);
        QVERIFY(bench.ended[0].ending == Ending::done);
        QCOMPARE(*bench.ended[0].value, 7);
        QVERIFY(!bench.job->busy());
    }

    void newestReplacesTheWaitingOne() {
        Bench bench;
        bench.job->request(bench.answer(1));
        bench.job->request(bench.answer(2));
        bench.job->request(bench.answer(3));
        QCOMPARE(bench.worker.tasks.size(), 1U);  // one piece at a time, one waiting
        QCOMPARE(bench.ended.size(), 1U);
        QCOMPARE(bench.ended[0].generation, 2U);
        QVERIFY(bench.ended[0].ending == Ending::superseded);
        bench.finish();
        QCOMPARE(bench.ended.size(), 3U);
        QCOMPARE(bench.ended[1].generation, 1U);
        QVERIFY(bench.ended[1].ending == Ending::superseded);
        QVERIFY(bench.ended[2].ending == Ending::done);
        QCOMPARE(*bench.ended[2].value, 3);
    }

    void runningWorkIsToldToStop() {
        Bench bench;
        bench.job->request(bench.stoppable(1));
        bench.job->request(bench.stoppable(2));
        bench.finish();
        QVERIFY(bench.ended[0].ending == Ending::superseded);
        QVERIFY(!bench.ended[0].value);
        QCOMPARE(*bench.ended[1].value, 2);
    }

    void neededWorkMayFinish() {
        Bench bench;
        bench.job->request(bench.stoppable(1));
        bench.job->request(bench.stoppable(2), Running::finish);
        bench.finish();
        QVERIFY(bench.ended[0].ending == Ending::superseded);
        QCOMPARE(*bench.ended[0].value, 1);
        QVERIFY(bench.ended[1].ending == Ending::done);
    }

    void aResultThatIsAlreadyOnItsWayIsStale() {
        Bench bench;
        bench.job->request(bench.answer(1));
        bench.worker.step();                  // the result waits in the queue of the GUI thread ...
        bench.job->request(bench.answer(2));  // ... while a newer request is made
        bench.finish();
        QVERIFY(bench.ended[0].ending == Ending::superseded);
        QVERIFY(bench.ended[1].ending == Ending::done);
        QCOMPARE(*bench.ended[1].value, 2);
    }

    void failureSaysWhy() {
        Bench bench;
        bench.job->request([](const std::stop_token&) -> base::Result<int> {
            return base::fail(base::ErrorCode::damaged, "not a catalog");
        });
        bench.finish();
        QVERIFY(bench.ended[0].ending == Ending::failed);
        QCOMPARE(bench.ended[0].error.message, std::string("not a catalog"));
        bench.job->request(bench.answer(5));
        bench.finish();
        QVERIFY(bench.ended[1].ending == Ending::done);
    }

    void noExceptionCrossesTheThread() {
        Bench bench;
        bench.job->request(
            [](const std::stop_token&) -> base::Result<int> { throw std::runtime_error("oops"); });
        bench.finish();
        QVERIFY(bench.ended[0].ending == Ending::failed);
        QVERIFY(bench.ended[0].error.message.find("oops") != std::string::npos);
    }

    void cancelEndsAll() {
        Bench bench;
        bench.job->request(bench.stoppable(1));
        bench.job->request(bench.stoppable(2));
        bench.job->cancel();
        bench.finish();
        QCOMPARE(bench.ended.size(), 2U);
        QVERIFY(bench.ended[0].ending == Ending::cancelled);
        QVERIFY(bench.ended[1].ending == Ending::cancelled);
        QVERIFY(!bench.job->busy());
        bench.job->request(bench.stoppable(3));  // a stop is not inherited
        bench.finish();
        QVERIFY(bench.ended[2].ending == Ending::done);
    }

    void nothingIsReportedAfterTheEnd() {
        Bench bench;
        bench.job->request(bench.stoppable(1));
        bench.job->request(bench.stoppable(2));
        const auto before = bench.ended.size();
        bench.job.reset();
        bench.finish();
        QCOMPARE(bench.ended.size(), before);
    }

    void everyRequestEndsOnceOnRealThreads() {
        GuiExecutor home;
        std::atomic<int> running = 0;
        std::atomic<bool> overlapped = false;
        std::vector<std::uint64_t> ended;
        std::optional<int> last;
        {
            ThreadExecutor worker;
            Job job(worker, home, [&](const Outcome<int>& outcome) {
                ended.push_back(outcome.generation);
                if (outcome.ending == Ending::done) last = outcome.value;
            });
            constexpr int requests = 500;
            for (int i = 1; i <= requests; ++i) {
                job.request([&, i](const std::stop_token& stop) -> base::Result<int> {
                    if (running.fetch_add(1) != 0) overlapped = true;
                    for (int spin = 0; spin < 2000 && !stop.stop_requested(); ++spin)
                        std::this_thread::yield();
                    running.fetch_sub(1);
                    return i;
                });
                if (i % 25 == 0) QCoreApplication::processEvents();
            }
            // Half a million yields take their time on a machine that does other work.
            QTRY_COMPARE_WITH_TIMEOUT(ended.size(), static_cast<std::size_t>(requests), 60'000);
            QVERIFY(!job.busy());
        }
        std::ranges::sort(ended);
        QVERIFY(std::ranges::adjacent_find(ended) == ended.end());
        QVERIFY(!overlapped);
        QCOMPARE(*last, 500);
    }

    void aThreadGoesAwayWithWorkInIt() {
        GuiExecutor home;
        for (int i = 0; i < 50; ++i) {
            ThreadExecutor worker;
            Job job(worker, home, [](const Outcome<int>&) {});
            job.request([](const std::stop_token& stop) -> base::Result<int> {
                while (!stop.stop_requested())
                    std::this_thread::yield();
                return 1;
            });
        }
        QCoreApplication::processEvents();
    }

    void aReportMayEndTheJob() {
        Bench bench;
        auto told = std::make_shared<int>(0);
        bench.job.emplace(bench.worker, bench.home, [&bench, told](const Outcome<int>&) {
            bench.job.reset();
            ++*told;  // lives in the callback
        });
        bench.job->request(bench.answer(1));
        bench.finish();
        QCOMPARE(*told, 1);
        QCOMPARE(told.use_count(), 1L);
    }
};

}  // namespace test_background_job

DEEPVM_TEST(test_background_job, TestBackgroundJob)
#include "test_background_job.moc"
