// SPDX-License-Identifier: GPL-3.0-or-later
// What a person opens is in sight: the window on its screen, however it was left on a larger one, and the
// card that was clicked below the fold.
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>

#include "panels/plan_card.h"
#include "test_program.h"
#include "theme/style_sheet.h"
#include "window/main_window.h"

namespace test_on_screen {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

std::unique_ptr<window::MainWindow> makeWindow(const state::Remembered& remembered) {
    return std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                remembered, state::Settings(QString()));
}

// As a window of this place was left, on a screen that had room for it.
QByteArray left(const QRect& place, Qt::WindowStates states) {
    QMainWindow other;
    other.setGeometry(place);
    other.setWindowState(states);
    return other.saveGeometry();
}

}  // namespace

class TestOnScreen : public QObject {
    Q_OBJECT

  private slots:
    void aWindowIsNeverLargerThanItsScreen_data() {
        QTest::addColumn<QRect>("place");
        QTest::addColumn<int>("states");
        QTest::newRow("larger") << QRect(0, 0, 3000, 2000) << 0;
        QTest::newRow("beyond") << QRect(2500, 1900, 1440, 900) << 0;
        QTest::newRow("maximised elsewhere")
            << QRect(100, 100, 3000, 2000) << static_cast<int>(Qt::WindowMaximized);
        QTest::newRow("full screen elsewhere")
            << QRect(0, 0, 3000, 2000) << static_cast<int>(Qt::WindowFullScreen);
    }
    void aWindowIsNeverLargerThanItsScreen() {
        QFETCH(QRect, place);
        QFETCH(int, states);
        state::Remembered remembered;
        remembered.geometry = left(place, Qt::WindowStates(QFlag(states)));
        const auto window = makeWindow(remembered);
        const QRect screen = window->screen()->availableGeometry();
        window->stayOnScreen();
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        const auto inside = [&] { return screen.contains(window->frameGeometry()); };
        QVERIFY2(QTest::qWaitFor(inside), "it reaches beyond its screen");
        if (states == 0) {
            window->resize(4000, 3000);  // not even when it changes its mind
            window->setWindowState(Qt::WindowMaximized);
        }
        window->setWindowState(Qt::WindowNoState);  // what it goes back to
        QVERIFY2(QTest::qWaitFor(inside), "it goes back to more than its screen");
    }

    void aSmallScreenTakesTheWindow() {
        const auto window = makeWindow({});
        window->fitTo({0, 0, 800, 480});
        QCOMPARE(window->frameGeometry().size().boundedTo({800, 480}), window->frameGeometry().size());
        window->fitTo({0, 0, 1024, 768});
        QCOMPARE(window->minimumSize(), QSize(960, 540));
    }

    void aMenuIsLitNoLongerThanItIsOpen() {
        const auto window = makeWindow({});
        window->show();
        QVERIFY(QTest::qWaitFor([&] { return !window->busy(); }, 60'000));
        auto* bar = window->menuBar();
        auto* help = bar->actions().back();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(help).center());
        QVERIFY(QTest::qWaitFor([&] { return help->menu()->isVisible(); }));
        QCOMPARE(bar->activeAction(), help);
        QTest::mouseClick(help->menu(), Qt::LeftButton, {},
                          help->menu()->actionGeometry(help->menu()->actions().back()).center());
        QVERIFY(QTest::qWaitFor([] { return QApplication::activeModalWidget() != nullptr; }));
        QVERIFY2(QTest::qWaitFor([&] { return bar->activeAction() == nullptr; }), "Help is lit");
        QApplication::activeModalWidget()->close();
    }

    void aCardBelowTheFoldComesIntoSight() {
        const auto window = makeWindow({});
        window->resize(1280, 560);
        window->show();
        QVERIFY(QTest::qWaitFor([&] { return !window->busy(); }, 60'000));
        for (const char* name : {"planCard3", "planCard2", "planCard1"}) {
            auto* card = window->findChild<panels::PlanCard*>(name);
            QVERIFY(card && card->isVisible());
            card->setFocus();
            QTest::keyClick(card, Qt::Key_Return);
            for (int turn = 0; turn < 3; ++turn)
                QApplication::processEvents();
            QVERIFY(card->isChosen());
            const QWidget* viewport = nullptr;
            for (auto* parent = card->parentWidget(); parent != nullptr && viewport == nullptr;
                 parent = parent->parentWidget())
                if (auto* area = qobject_cast<QScrollArea*>(parent)) viewport = area->viewport();
            QVERIFY(viewport != nullptr);
            const QRect place(card->mapTo(viewport, QPoint()), card->size());
            QVERIFY2(place.top() >= 0, name);
            QVERIFY2(place.bottom() < viewport->height() || place.top() <= theme::scaled(8), name);
        }
    }
};

}  // namespace test_on_screen

DEEPVM_TEST(test_on_screen, TestOnScreen)
#include "test_on_screen.moc"
