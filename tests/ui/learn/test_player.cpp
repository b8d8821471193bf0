// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson must not take anything from the person who plays it: the own question comes back, the place is
// kept, a goal that was reached is seen at once, and what is written to disk is never the lesson's.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>
#include <algorithm>

#include "test_program.h"
#include "theme/application_style.h"
#include "ui/learn/hand.h"
#include "widgets/message_bar.h"
#include "window/lesson_stage.h"

namespace test_player {

using namespace deepvm;
using namespace deepvm::ui;
using deepvm::lessons::StepKind;

class TestPlayer : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::unique_ptr<window::MainWindow> keeping() { return keeping(folder_); }

    static std::unique_ptr<window::MainWindow> keeping(const QTemporaryDir& folder) {
        state::Settings settings(folder.filePath("settings.ini"));
        auto remembered = settings.load();
        auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, tests::shipped}, remembered,
                                                         std::move(settings));
        made->resize(1280, 800);
        made->show();
        return made;
    }

  private slots:
    void initTestCase() { QApplication::setStyle(new theme::ApplicationStyle); }

    void theOwnQuestionIsKeptMeanwhile() {
        session::Exploration own;
        {
            const auto window = keeping();
            QVERIFY(tests::settle(*window));
            window->exploration().setBudget(base::Money::from_micro(7'770'000));
            window->findChild<QAbstractButton*>("foldControls")->click();
            own = window->exploration().value();
            tests::StudentsHand hand(*window);
            hand.begin("tiering");
            QVERIFY(hand.waits());
            QVERIFY(window->exploration().value() != own);
            for (int i = 0; i < 3; ++i)
                QVERIFY(hand.step(false));
            // A step speaks of the budget, whose column unfolded for it; folded is what the person left.
            QVERIFY(window->lessons().part("budget")->isVisible());
            QVERIFY(window->keep());
            const auto kept = state::Settings(folder_.filePath("settings.ini")).load().layout;
            QVERIFY(kept.controlsFolded && !kept.plansFolded);
            // The window goes away in the middle of the lesson.
        }
        const auto again = keeping();
        QVERIFY(tests::settle(*again));
        QCOMPARE(again->exploration().value().budget, own.budget);
        QCOMPARE(again->exploration().value().selection == own.selection, true);
        tests::StudentsHand hand(*again);
        QTest::keyClick(again.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(hand.find<QPushButton>("begin-tiering")->text(), QStringLiteral("Go on"));
        hand.begin("tiering");
        QVERIFY(hand.waits());
        QCOMPARE(hand.player().index(), std::size_t(3));
        QTest::mouseClick(hand.find<QToolButton>("lessonLeave"), Qt::LeftButton);
        QCOMPARE(again->exploration().value().budget, own.budget);
        QVERIFY(!hand.find<learn::LessonPanel>("lessonPanel")->isVisible());
    }

    // From the student's hand to the word that it is right: printed, not asserted.
    void aGoalIsSeenAtOnce() {
        const auto window = tests::makeWindow();
        QVERIFY(tests::settle(*window));
        tests::StudentsHand hand(*window);
        hand.begin("tiering");
        QVERIFY(hand.waits());
        std::vector<double> times;
        while (hand.player().stage() == learn::Player::Stage::playing) {
            if (hand.player().step().kind == StepKind::perform) {
                QElapsedTimer timer;
                timer.start();
                hand.press("lessonShow");
                QVERIFY(QTest::qWaitFor([&] { return hand.player().answer().done; }, 20'000));
                times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
                QVERIFY(QTest::qWaitFor([&] { return !hand.player().busy(); }, 20'000));
                hand.press("lessonNext");
                if (hand.player().stage() == learn::Player::Stage::playing) QVERIFY(hand.waits());
            } else {
                QVERIFY(hand.step(false));
            }
        }
        QVERIFY(!times.empty());
        std::ranges::sort(times);
        qInfo("goal seen after %.1f ms in the median, %.1f ms at most, of %zu goals", times[times.size() / 2],
              times.back(), times.size());
    }

    // Reached by hand, without a hint: the way a student does it.
    void aGoalIsReachedByDragging() {
        const auto window = tests::makeWindow();
        QVERIFY(tests::settle(*window));
        tests::StudentsHand hand(*window);
        hand.begin("tiering");
        QVERIFY(hand.waits());
        while (hand.player().step().kind != StepKind::perform)
            QVERIFY(hand.step(false));
        const auto& step = hand.player().step();
        // What the solution sets, set as a person would.
        hand.press("lessonShow");
        QVERIFY(QTest::qWaitFor([&] { return hand.player().answer().done; }, 20'000));
        const auto solved = window->exploration().value();
        hand.player().begin(hand.player().lesson(), std::nullopt, true);
        QVERIFY(hand.waits());
        while (&hand.player().step() != &step)
            QVERIFY(hand.step(false));
        QVERIFY(!hand.player().answer().done);
        QElapsedTimer timer;
        timer.start();
        window->exploration().set(solved, QStringLiteral("by hand"));
        QVERIFY(QTest::qWaitFor([&] { return hand.player().answer().done; }, 20'000));
        qInfo("seen %.1f ms after the student's hand", static_cast<double>(timer.nsecsElapsed()) / 1e6);
        QVERIFY(!hand.player().answer().given_up);
        // Moving on afterwards does not take it away.
        window->exploration().setBudget(base::Money::from_micro(60'000));
        QVERIFY(tests::settle(*window));
        QVERIFY(hand.player().answer().done);
    }

    void openingASessionEndsTheLesson() {
        const auto window = tests::makeWindow();
        QVERIFY(tests::settle(*window));
        tests::StudentsHand hand(*window);
        hand.begin("tiering");
        QVERIFY(hand.waits());
        QVERIFY(window->openExample(DEEPVM_SOURCE_DIR "/resources/examples/risk-walk.deepvm"));
        QCOMPARE(hand.player().stage(), learn::Player::Stage::idle);
        QCOMPARE(window->exploration().value().budget, base::Money::from_micro(480'000'000));
    }

    // A full disk or a folder that is none: the lesson goes on, and nobody believes that it was kept.
    void whatCannotBeKeptIsSaid() {
        const QTemporaryDir folder;
        QFile inTheWay(folder.filePath("lessons"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const auto window = keeping(folder);
        QVERIFY(tests::settle(*window));
        tests::StudentsHand hand(*window);
        hand.begin("tiering");
        QVERIFY(hand.waits());
        QVERIFY(hand.step(false));
        const auto* said = window->findChild<widgets::MessageBar*>()->findChild<QLabel*>();
        QTRY_VERIFY2(said->text().contains("until the window closes only"), qPrintable(said->text()));
        QVERIFY(hand.step(false));
    }

    void presentingIsLargeAndGoesByAClicker() {
        const auto window = tests::makeWindow();
        window->resize(1024, 768);
        QVERIFY(tests::settle(*window));
        tests::StudentsHand hand(*window);
        hand.begin("tiering");
        QVERIFY(hand.waits());
        QTest::keyClick(window.get(), Qt::Key_F5);
        QVERIFY(window->lessons().presenting());
        const auto* text = window->findChild<QLabel*>("lessonText");
        QVERIFY(QFontInfo(text->font()).pixelSize() >= 19);
        const auto* panel = window->findChild<learn::LessonPanel*>();
        QVERIFY(text->mapTo(panel, QPoint(text->width(), 0)).x() <= panel->width());
        QTest::keyClick(window.get(), Qt::Key_PageDown);
        QVERIFY(hand.waits());
        QCOMPARE(hand.player().index(), std::size_t(1));
        QTest::keyClick(window.get(), Qt::Key_PageUp);
        QVERIFY(hand.waits());
        QCOMPARE(hand.player().index(), std::size_t(0));
        const auto folder = qEnvironmentVariable("DEEPVM_PICTURES");
        if (!folder.isEmpty()) window->grab().save(folder + QStringLiteral("/presenting.png"));
        // What a step speaks of is there before, during and after, in a window where columns have to fold.
        const auto& steps = hand.player().lesson()->steps;
        const auto of_controls = std::ranges::find(steps, "objective", &deepvm::lessons::Step::points);
        QVERIFY(of_controls != steps.end());
        while (hand.player().index() < static_cast<std::size_t>(of_controls - steps.begin())) {
            QTest::keyClick(window.get(), Qt::Key_PageDown);
            QVERIFY(hand.waits());
        }
        const auto* part = window->lessons().part(QStringLiteral("objective"));
        QTRY_VERIFY(part->isVisible());
        QTest::keyClick(window.get(), Qt::Key_Escape);
        QVERIFY(!window->lessons().presenting());
        QTest::qWait(50);  // what folds it, if anything does, has been done
        QTRY_VERIFY(part->isVisible());
        window->resize(1000, 768);
        QTest::qWait(50);  // what folds it, if anything does, has been done
        QTRY_VERIFY(part->isVisible());
        QCOMPARE(theme::zoom(), 100);
        QVERIFY(!window->isFullScreen());
    }
};

}  // namespace test_player

DEEPVM_TEST(test_player, TestPlayer)
#include "test_player.moc"
