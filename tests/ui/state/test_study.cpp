// SPDX-License-Identifier: GPL-3.0-or-later
// Longer looks at an answer: only for somebody who looks, about the answer on show, and never in the way.
#include <QApplication>
#include <atomic>

#include "state/study.h"
#include "test_program.h"

namespace test_study {

using namespace deepvm;
using namespace deepvm::ui::state;
using namespace std::chrono_literals;

namespace {

using BudgetStudy = StudyOf<base::Money>;

struct Bench {
    Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    std::atomic<int> asked = 0;
    BudgetStudy study{planning, [this](const Answer& answer, const std::stop_token&) {
                          ++asked;
                          return base::Result<base::Money>(answer.decision->budget);
                      }};
    Exploration exploration;

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
        QCOMPARE(bench.study.finding()->value, base::Money::from_micro(2'900'000));
    }

    void followsADragToItsEnd() {
        Bench bench;
        bench.study.setWatched(true);
        for (int step = 0; step < 200; ++step) {
            bench.explore(1'000'000 + step * 10'000);
            if (step % 20 == 0) QTest::qWait(5);
        }
        QTRY_VERIFY(bench.upToDate());
        QCOMPARE(bench.study.finding()->value, base::Money::from_micro(2'990'000));
    }

    void aFindingIsNeverAboutAnotherBudgetThanItSays() {
        Bench bench;
        int seen = 0;
        connect(&bench.study, &Study::changed, &bench.planning, [&] {
            const auto& finding = bench.study.finding();
            QVERIFY(finding);
            QCOMPARE(finding->value, finding->answer.decision->budget);
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

    void goesAwayWhileItWorks() {
        Planning planning({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
        std::atomic<bool> begun = false;
        std::atomic<bool> stopped = false;
        {
            BudgetStudy endless(planning, [&](const Answer&, const std::stop_token& stop) {
                begun = true;
                while (!stop.stop_requested())
                    std::this_thread::sleep_for(1ms);
                stopped = true;
                return base::Result<base::Money>(base::fail(base::ErrorCode::cancelled, "stopped"));
            });
            endless.setWatched(true);
            planning.explore({});
            QTRY_VERIFY(begun);
        }
        QVERIFY(stopped);
    }
};

}  // namespace test_study

DEEPVM_TEST(test_study, TestStudy)
#include "test_study.moc"
