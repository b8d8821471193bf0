// SPDX-License-Identifier: GPL-3.0-or-later
// Longer looks at an answer: only for somebody who looks, about the answer on show, and never in the way.
#include <QApplication>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "state/planning.h"
#include "test_program.h"

namespace test_study {

using namespace deepvm;
using namespace deepvm::ui;
using namespace deepvm::ui::state;
using namespace std::chrono_literals;

namespace {

using BudgetStudy = StudyOf<int, base::Money>;

struct Bench {
    Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    std::atomic<int> asked = 0;
    std::atomic<bool> failing = false;
    /// The budget so many times.
    BudgetStudy study{
        planning, 1,
        [this](const Answer& answer, int times, const std::stop_token&) -> base::Result<base::Money> {
            ++asked;
            if (failing) return base::fail(base::ErrorCode::damaged, "no such thing");
            return base::Money::from_micro(answer.decision->budget.micro() * times);
        }};
    session::Exploration exploration;

    void explore(std::int64_t micro) {
        exploration.budget = base::Money::from_micro(micro);
        planning.explore(exploration);
    }
    bool settled() const {
        return planning.decision() && planning.decision()->budget == exploration.budget && !planning.busy();
    }
    bool upToDate() const {
        return settled() && study.finding() && study.finding()->answer.decision == planning.decision();
    }
};

/// Works until it is told to stop.
BudgetStudy::Work until(std::atomic<bool>& begun, std::atomic<bool>& stopped) {
    return [&](const Answer&, int, const std::stop_token& stop) -> base::Result<base::Money> {
        begun = true;
        while (!stop.stop_requested())
            std::this_thread::sleep_for(1ms);
        stopped = true;
        return base::fail(base::ErrorCode::cancelled, "stopped");
    };
}

}  // namespace

class TestStudy : public QObject {
    Q_OBJECT

  private slots:
    void nobodyLooksNothingIsWorkedOut() {
        Bench bench;
        bench.explore(2'900'000);
        QTRY_VERIFY(bench.settled());
        QTest::qWait(20);
        QCOMPARE(bench.asked.load(), 0);
        bench.study.setWatched(true);
        QTRY_VERIFY(bench.upToDate());
        QCOMPARE(*bench.study.value(), base::Money::from_micro(2'900'000));
    }

    void followsADragToItsEnd() {
        Bench bench;
        bench.study.setWatched(true);
        for (int step = 0; step < 200; ++step) {
            bench.explore(1'000'000 + step * 10'000);
            if (step % 20 == 0) QTest::qWait(5);
        }
        QTRY_VERIFY(bench.upToDate());
        QCOMPARE(*bench.study.value(), base::Money::from_micro(2'990'000));
    }

    void aFindingIsNeverAboutAnotherBudgetThanItSays() {
        Bench bench;
        int seen = 0;
        connect(&bench.study, &jobs::Study::changed, &bench.planning, [&] {
            const auto& finding = bench.study.finding();
            if (!finding) return;  // one that was cancelled
            QCOMPARE(*finding->value, finding->answer.decision->budget);
            ++seen;
        });
        bench.study.setWatched(true);
        for (int step = 0; step < 50; ++step) {
            bench.explore(1'000'000 + step * 10'000);
            QTest::qWait(1);
        }
        QTRY_VERIFY(bench.upToDate());
        QVERIFY(seen > 0);
    }

    void noAnswerNoFinding() {
        Bench bench;
        bench.study.setWatched(true);
        bench.explore(2'900'000);
        QTRY_VERIFY(bench.upToDate());
        bench.exploration.architectures.clear();
        bench.explore(2'900'000);
        QTRY_VERIFY(bench.planning.error());
        QVERIFY(!bench.study.finding());
    }

    // The percentage of "What if", the seed of the futures: no plan depends on them.
    void anotherQuestionIsAskedOfTheSameAnswer() {
        Bench bench;
        bench.study.setWatched(true);
        bench.explore(2'900'000);
        QTRY_VERIFY(bench.upToDate());
        const auto decision = bench.planning.decision();
        bench.study.setQuestion(3);
        QVERIFY(bench.study.busy());
        QTRY_VERIFY(!bench.study.busy());
        QCOMPARE(bench.study.finding()->question, 3);
        QCOMPARE(*bench.study.value(), base::Money::from_micro(8'700'000));
        QVERIFY(bench.planning.decision() == decision);
        bench.study.setQuestion(3);
        QVERIFY(!bench.study.busy());
        QCOMPARE(bench.asked.load(), 2);
    }

    void whatChangesNoPlanIsNotPlannedAnew() {
        Bench bench;
        bench.explore(2'900'000);
        QTRY_VERIFY(bench.settled());
        bench.exploration.what_if_percent = 33;
        bench.exploration.future_seed = 7;
        bench.explore(2'900'000);
        QVERIFY(!bench.planning.busy());
    }

    void aFailureIsSaid_andTriedOnceMore() {
        Bench bench;
        bench.failing = true;
        bench.study.setWatched(true);
        int signals_seen = 0;
        connect(&bench.study, &jobs::Study::changed, &bench.planning, [&] { ++signals_seen; });
        bench.explore(2'900'000);
        QTRY_VERIFY(bench.upToDate() && !bench.study.busy());
        QVERIFY(signals_seen > 0);
        QVERIFY(bench.study.value() == nullptr);
        QCOMPARE(bench.study.error()->message, std::string("no such thing"));
        bench.failing = false;
        bench.study.again();
        QTRY_VERIFY(bench.study.value() != nullptr);
        QVERIFY(bench.study.error() == nullptr);
    }

    void whatIsStoppedStaysSo_evenWhenItIsHiddenAndShown() {
        Bench bench;
        bench.study.setWatched(true);
        bench.explore(2'900'000);
        bench.study.stop();
        QTRY_VERIFY(bench.settled());
        QTRY_VERIFY(bench.upToDate());  // another answer takes it up
        bench.study.setQuestion(2);
        bench.study.stop();
        bench.study.setWatched(false);
        bench.study.setWatched(true);
        QTest::qWait(20);
        QVERIFY(bench.study.stopped() && !bench.study.busy());
        QCOMPARE(bench.asked.load(), 1);
        bench.study.again();
        QTRY_COMPARE(bench.asked.load(), 2);
    }

    void whatIsHiddenStops() {
        std::atomic<bool> begun = false;
        std::atomic<bool> stopped = false;
        Planning planning({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        BudgetStudy endless(planning, 1, until(begun, stopped));
        endless.setWatched(true);
        planning.explore({});
        QTRY_VERIFY(begun);
        endless.setWatched(false);
        QTRY_VERIFY(stopped);
        QTRY_VERIFY(!endless.busy());
        QVERIFY(!endless.finding());
    }

    void whatIsOutOfDateStopsBeforeThePause() {
        std::atomic<bool> begun = false;
        std::atomic<bool> stopped = false;
        Planning planning({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        BudgetStudy endless(planning, 1, until(begun, stopped));
        endless.setWatched(true);
        planning.explore({});
        QTRY_VERIFY(begun);
        session::Exploration other;
        other.budget = base::Money::from_micro(5'000'000);
        begun = false;
        planning.explore(other);
        QTRY_VERIFY(stopped);
        QTRY_VERIFY(begun);
    }

    void goesAwayWhileItWorks() {
        std::atomic<bool> begun = false;
        std::atomic<bool> stopped = false;
        Planning planning({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        {
            BudgetStudy endless(planning, 1, until(begun, stopped));
            endless.setWatched(true);
            planning.explore({});
            QTRY_VERIFY(begun);
            QVERIFY(planning.studying());
        }
        QVERIFY(!planning.studying());
        QTRY_VERIFY(stopped);
    }

    // One thread, which starts with the first study that somebody looks at.
    void studiesShareAThread() {
        std::mutex mutex;
        std::vector<std::thread::id> ids;
        Planning planning({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        const auto note = [&](const Answer&, int, const std::stop_token&) {
            const std::lock_guard lock(mutex);
            ids.push_back(std::this_thread::get_id());
            return base::Result<base::Money>(base::Money{});
        };
        BudgetStudy one(planning, 1, note);
        BudgetStudy other(planning, 1, note);
        one.setWatched(true);
        other.setWatched(true);
        planning.explore({});
        QTRY_VERIFY(one.finding() && other.finding());
        QCOMPARE(ids.size(), std::size_t{2});
        QVERIFY(ids.front() == ids.back());
        QVERIFY(ids.front() != std::this_thread::get_id());
    }
};

}  // namespace test_study

DEEPVM_TEST(test_study, TestStudy)
#include "test_study.moc"
