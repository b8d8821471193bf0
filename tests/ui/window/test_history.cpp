// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody looked at is found again: in order, with their notes, in the saved session too, and going
// back is a step that can be undone.
#include <QAction>
#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest>

#include "test_program.h"
#include "window/history_dialog.h"
#include "window/main_window.h"
#include "window/session_document.h"

namespace test_history {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

std::unique_ptr<window::MainWindow> shown() {
    auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                     state::Remembered{}, state::Settings(QString()));
    made->show();
    return made;
}

bool visited(window::MainWindow& window, std::size_t count) {
    return QTest::qWaitFor([&] { return window.notebook().visits().size() == count; }, 20'000);
}

void ask(window::MainWindow& window, double usd) {
    auto next = window.exploration().value();
    next.budget = base::Money::from_usd(usd);
    window.exploration().set(next, QStringLiteral("test"));
}

}  // namespace

class TestHistory : public QObject {
    Q_OBJECT

  private slots:
    void whatWasLookedAtIsFoundAgain() {
        const auto window = shown();
        QVERIFY(visited(*window, 1));
        for (const double passed_by : {3.0, 3.1, 3.2})
            ask(*window, passed_by);
        QVERIFY(visited(*window, 2));
        QVERIFY(!QTest::qWaitFor([&] { return window->notebook().visits().size() > 2; }, 300));
        QCOMPARE(window->notebook().visits()[1].question.budget, base::Money::from_usd(3.2));
        ask(*window, 0.01);  // nothing fits
        QVERIFY(visited(*window, 3));

        QTest::keyClick(window.get(), Qt::Key_H, Qt::ControlModifier);
        auto* dialog = window->findChild<window::HistoryDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        auto* table = dialog->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 3);
        QVERIFY(table->item(0, 4)->text().contains(QLatin1String("nothing fitted")));
        QCOMPARE(table->item(1, 3)->text(), QStringLiteral("$3.20/h"));
        QVERIFY(table->item(2, 4)->text().contains(QLatin1String("g4dn.xlarge")));
        table->item(2, 5)->setText(QStringLiteral("where it began"));
        QCOMPARE(window->notebook().visits()[0].note, std::string("where it began"));

        table->setCurrentCell(2, 0);
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("historyBack")), Qt::LeftButton);
        QCOMPARE(window->exploration().value().budget, window->notebook().visits()[0].question.budget);
        window->exploration().undoStack()->undo();
        QCOMPARE(window->exploration().value().budget, base::Money::from_usd(0.01));

        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("a.deepvm"));
        QVERIFY(window->document().saveAs(file));
        const auto before = window->notebook().visits();
        const auto other = shown();
        QVERIFY(other->openFile(file));
        QCOMPARE(other->notebook().visits(), before);
    }

    // A window of its own does not take the colours of the one that opened it by itself: light text stood on
    // white.
    void theListIsAsDarkAsTheWindow() {
        state::Remembered remembered;
        remembered.appearance = state::Appearance::dark;
        window::MainWindow window({{}, DEEPVM_SOURCE_DIR "/catalog.db"}, remembered,
                                  state::Settings(QString()));
        window.show();
        QVERIFY(visited(window, 1));
        QTest::keyClick(&window, Qt::Key_H, Qt::ControlModifier);
        auto* dialog = window.findChild<window::HistoryDialog*>();
        const QImage picture = dialog->grab().toImage();
        const auto* table = dialog->findChild<QTableWidget*>();
        const QPoint empty =
            table->viewport()->mapTo(dialog, table->viewport()->rect().bottomRight() - QPoint(9, 9));
        const double scale = picture.devicePixelRatio();
        for (const QPoint at : {QPoint(3, 3), empty})
            QVERIFY2(picture.pixelColor((QPointF(at) * scale).toPoint()).lightness() < 80,
                     qPrintable(QStringLiteral("%1,%2").arg(at.x()).arg(at.y())));
    }

    // An example is a copy: its file stays as it was shipped, and what was pinned before is kept.
    void anExampleIsOpenedFromTheMenu() {
        const auto window = shown();
        QVERIFY(visited(*window, 1));
        QMenu* examples = nullptr;
        for (auto* menu : window->findChildren<QMenu*>())
            if (menu->title().contains(QLatin1String("example"))) examples = menu;
        QVERIFY(examples);
        QStringList names;
        for (auto* action : examples->actions())
            names << action->text();
        QCOMPARE(names, (QStringList{QStringLiteral("Risk walk"), QStringLiteral("The paper"),
                                     QStringLiteral("Three clouds")}));
        QFile file(QStringLiteral(DEEPVM_SOURCE_DIR "/resources/examples/risk-walk.deepvm"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto before = file.readAll();
        examples->actions().front()->trigger();
        QCOMPARE(window->notebook().pins().size(), std::size_t{3});
        QCOMPARE(window->exploration().value().job.deadline_hours, std::optional(44.61));
        QVERIFY(QTest::qWaitFor([&] { return !window->busy(); }, 60'000));
        window->notebook().unpin(0);
        QVERIFY(window->keep());
        QVERIFY(file.seek(0));
        QCOMPARE(file.readAll(), before);
        QVERIFY(window->document().title().isEmpty());
    }

    void theOldestWithoutANoteIsForgotten() {
        const auto window = shown();
        QVERIFY(visited(*window, 1));
        auto& notebook = window->notebook();
        std::vector<session::Kept> many(state::Notebook::most_visits, notebook.visits().front());
        for (std::size_t i = 0; i < many.size(); ++i)
            many[i].question.budget = base::Money::from_usd(10 + static_cast<double>(i));
        many[0].note = "keep me";
        notebook.begin({}, many);
        notebook.visit(window->planning());
        QCOMPARE(notebook.visits().size(), state::Notebook::most_visits);
        QCOMPARE(notebook.visits()[0].note, std::string("keep me"));
        QCOMPARE(notebook.visits()[1].question.budget, base::Money::from_usd(12));
        notebook.visit(window->planning());  // the same answer twice is one
        QCOMPARE(notebook.visits()[1].question.budget, base::Money::from_usd(12));
    }

    // It stayed on Compare, an empty page; and each example says in its menu what it shows.
    void aNewSessionBeginsOnExplore() {
        const auto window = shown();
        QVERIFY(visited(*window, 1));
        const auto action = [&window](const QString& text) {
            for (auto* each : window->findChildren<QAction*>())
                if (each->text().remove(QLatin1Char('&')) == text) return each;
            qFatal("no such action");
        };
        for (const char* name : {"Risk walk", "The paper", "Three clouds"}) {
            auto* example = action(QLatin1String(name));
            QVERIFY2(example->toolTip().size() > 30 && example->statusTip() == example->toolTip(), name);
        }
        QVERIFY(qobject_cast<QMenu*>(action(QStringLiteral("The paper"))->parent())->toolTipsVisible());
        QVERIFY(window->showPage(QStringLiteral("compare")));
        action(QStringLiteral("New session"))->trigger();
        QVERIFY(window->findChild<QWidget*>(QStringLiteral("exploreSplit"))->isVisible());
    }
};

}  // namespace test_history

DEEPVM_TEST(test_history, TestHistory)
#include "test_history.moc"
