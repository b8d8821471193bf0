// SPDX-License-Identifier: GPL-3.0-or-later
// Every lesson is played to its end in the window, once right and once with every wrong answer first: a step
// that cannot be left ends a class.
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QtTest>

#include "cases.h"
#include "catalog/locations.h"
#include "lessons/grade.h"
#include "test_program.h"
#include "theme/application_style.h"
#include "ui/learn/hand.h"
#include "window/lesson_stage.h"

namespace test_lessons_played {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

// Pictures to look at, where DEEPVM_PICTURES names a folder.
void picture(window::MainWindow& window, const QString& name) {
    const auto folder = qEnvironmentVariable("DEEPVM_PICTURES");
    if (!folder.isEmpty()) window.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

// Nothing that a student has to read is cut: a word wider than its label, or a panel wider than its column.
QString cut(window::MainWindow& window) {
    const auto* panel = window.findChild<learn::LessonPanel*>();
    for (const auto* label : panel->findChildren<QLabel*>()) {
        if (!label->isVisible()) continue;
        if (label->mapTo(panel, QPoint(label->width(), 0)).x() > panel->width())
            return label->objectName() + label->text();
        if (label->width() < label->minimumSizeHint().width()) return label->objectName() + label->text();
    }
    for (const auto* button : panel->findChildren<QPushButton*>())
        if (button->isVisible() && button->width() < button->minimumSizeHint().width()) return button->text();
    return {};
}

}  // namespace

class TestLessonsPlayed : public QObject {
    Q_OBJECT

    // What the window hands in is read again, and graded as it was played: all was shown, so that only
    // reasons that were right at once are points.
    void handedIn(learn::Player& player, bool wrongFirst) {
        namespace core = deepvm::lessons;
        const auto attempt = core::read_attempt(player.answers(QStringLiteral("Ada")), "answers");
        QVERIFY2(attempt.has_value(), attempt ? "" : attempt.error().message.c_str());
        const auto catalog = catalog::Catalog::open(tests::shipped).value();
        core::Worlds worlds(catalog);
        const auto graded = core::grade(*player.lesson(), *attempt, worlds, {});
        QVERIFY2(graded.has_value(), graded ? "" : graded.error().message.c_str());
        QVERIFY2(graded->remarks.empty(), graded->remarks.empty() ? "" : graded->remarks.front().c_str());
        for (const auto& step : graded->steps) {
            if (step.kind == core::StepKind::explain)
                QCOMPARE(step.points > 0.9, !wrongFirst);
            else if (step.kind == core::StepKind::perform)
                QCOMPARE(QString::fromStdString(step.remark), QStringLiteral("given up"));
        }
        // The same without having asked for the way: each goal is reached with what the window wrote.
        auto own = *attempt;
        for (auto& each : own.answers)
            each.given_up = false;
        const auto again = core::grade(*player.lesson(), own, worlds, {});
        QVERIFY(again.has_value());
        for (const auto& step : again->steps)
            if (step.kind == core::StepKind::perform) QVERIFY2(step.points == 1, step.remark.c_str());
    }

  private slots:
    void initTestCase() { QApplication::setStyle(new theme::ApplicationStyle); }

    void everyLessonToItsEnd_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<bool>("wrongFirst");
        const auto lessons = deepvm::lessons::open_lessons(catalog::lessons_folder().value()).value().lessons;
        // Under sanitizers a few of them; all go through the same code.
        const auto count = static_cast<std::size_t>(tests::cases(static_cast<int>(lessons.size())));
        for (std::size_t i = 0; i < count; ++i)
            for (const bool wrong : {false, true})
                QTest::addRow("%s %s", lessons[i].id.c_str(), wrong ? "wrong" : "right")
                    << QString::fromStdString(lessons[i].id) << wrong;
    }

    void everyLessonToItsEnd() {
        QFETCH(QString, lesson);
        QFETCH(bool, wrongFirst);
        state::Remembered remembered;
        remembered.appearance = wrongFirst ? state::Appearance::dark : state::Appearance::light;
        const auto window = tests::makeWindow({{}, tests::shipped}, remembered);
        window->resize(wrongFirst ? QSize(1024, 768) : QSize(1280, 800));
        QVERIFY(tests::settle(*window));
        const auto own = window->exploration().value();
        tests::StudentsHand hand(*window);
        hand.begin(lesson);
        QVERIFY2(hand.waits(), qPrintable(hand.player().problem()));
        const auto steps = hand.player().lesson()->steps.size();
        for (std::size_t i = 0; i < steps; ++i) {
            QCOMPARE(hand.player().index(), i);
            QVERIFY2(hand.player().problem().isEmpty(), qPrintable(hand.player().problem()));
            QCoreApplication::sendPostedEvents();
            QVERIFY2(cut(*window).isEmpty(), qPrintable(QString("step %1: %2").arg(i + 1).arg(cut(*window))));
            // What the step speaks of is seen, in a column that was folded, too, and has its line around it.
            if (!hand.player().step().points.empty()) {
                const auto* part =
                    window->lessons().part(QString::fromStdString(hand.player().step().points));
                const auto* outline = window->findChild<QWidget*>(QStringLiteral("lessonOutline"));
                QVERIFY2(QTest::qWaitFor([&] { return part->isVisible() && outline->isVisible(); }, 5000),
                         qPrintable(QString("step %1: %2").arg(i + 1).arg(part->objectName())));
            }
            if (i == 0 || i == steps / 2 || i + 1 == steps)
                picture(*window, QString("%1-%2-%3").arg(lesson).arg(i + 1).arg(window->width()));
            QVERIFY2(
                hand.step(wrongFirst),
                qPrintable(QString("step %1 cannot be left: %2").arg(i + 1).arg(hand.player().problem())));
        }
        QCOMPARE(window->exploration().value() == own, true);
        handedIn(hand.player(), wrongFirst);
        QCOMPARE(hand.find<QLabel>("progress-" + lesson)->text().contains("done"), true);
    }

    // What a lesson points at must be there.
    void everyPartIsThere() {
        const auto window = tests::makeWindow();
        QVERIFY(tests::settle(*window));
        for (const auto& part : deepvm::lessons::parts()) {
            const auto name = QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
            QVERIFY2(window->lessons().part(name) != nullptr, qPrintable(name));
        }
        for (const auto& page : deepvm::lessons::pages()) {
            const auto name = QString::fromUtf8(page.data(), static_cast<qsizetype>(page.size()));
            QVERIFY2(window->showTab(name) || window->showPage(name), qPrintable(name));
        }
    }
};

}  // namespace test_lessons_played

DEEPVM_TEST(test_lessons_played, TestLessonsPlayed)
#include "test_lessons_played.moc"
