// SPDX-License-Identifier: GPL-3.0-or-later
// What the whole window looks like: nothing is cut, nothing lies over another, and the colours are right.
#include <QApplication>
#include <QFontInfo>
#include <QGraphicsSimpleTextItem>
#include <QGraphicsView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>

#include "test_program.h"
#include "ui/window/whole_window.h"
#include "widgets/pieces.h"
#include "window/main_window.h"

namespace test_looks {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using tests::makeWindow;
using tests::settle;

class TestLooks : public QObject {
    Q_OBJECT

  private slots:
    void theColoursFollowTheDesktopWhileRunning() {
        const QPalette before = QApplication::palette();
        auto window = makeWindow();
        QVERIFY(settle(*window));
        const auto ground = [&] { return window->palette().color(QPalette::Window); };
        const auto of = [](theme::Mode mode) { return theme::palette(mode).ground; };
        QCOMPARE(ground(), of(theme::Mode::light));
        QPalette dark;
        dark.setColor(QPalette::Window, Qt::black);
        dark.setColor(QPalette::WindowText, Qt::white);
        QApplication::setPalette(dark);
        QTRY_COMPARE(ground(), of(theme::Mode::dark));
        QVERIFY(window->grab().toImage().pixelColor(4, 400).lightness() < 60);
        QApplication::setPalette(before);
        QTRY_COMPARE(ground(), of(theme::Mode::light));
    }

    // The desktop's own font, not a size of ours: what is written in the window, and in its charts.
    void aLargerFontMakesAllTextLarger() {
        const QFont before = QApplication::font();
        const auto smallest = [] {
            auto window = makeWindow();
            const bool settled = settle(*window);
            std::map<QString, int> sizes;
            const auto note = [&](const QString& where, const QFont& font) {
                const int size = QFontInfo(font).pixelSize();
                const auto known = sizes.try_emplace(where, size).first;
                known->second = std::min(known->second, size);
            };
            for (const auto* label : window->findChildren<QLabel*>())
                if (settled && label->isVisible()) note(QStringLiteral("labels"), label->font());
            for (const auto* view : window->findChildren<QGraphicsView*>())
                if (view->isVisible())
                    for (const auto* item : view->scene()->items())
                        if (const auto* text = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item))
                            if (text->isVisible()) note(view->objectName(), text->font());
            return sizes;
        };
        const auto usual = smallest();
        QFont large = before;
        large.setPixelSize(26);
        QApplication::setFont(large);
        const auto doubled = smallest();
        QApplication::setFont(before);
        QVERIFY(usual.size() >= 3);  // labels, frontier, instance types
        QCOMPARE(doubled.size(), usual.size());
        for (const auto& [where, size] : usual)
            QVERIFY2(std::abs(doubled.at(where) - 2 * size) <= 1, qPrintable(where));
    }

    void everythingIsInsideItsColumn() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        const auto edges = [&](QWidget* widget) {
            const int left = widget->mapTo(window.get(), QPoint(0, 0)).x();
            return std::pair(left, left + widget->width());
        };
        const int most = window->width() - widgets::margin;
        window->exportPlan("/nowhere/at/all/plan.json");
        QTest::qWait(1);
        const int least = edges(window->findChild<QWidget*>("pageRail")).second + widgets::gutter;
        QCOMPARE(edges(window->findChild<QWidget*>("messageBar")), std::pair(least, most));
        window->findChild<QWidget*>("messageBar")->hide();
        auto* third = window->findChild<QWidget*>("planCard3");
        QTRY_COMPARE(third->visibleRegion().boundingRect(), third->rect());  // three cards at 1280 x 800
        auto next = window->exploration().value();
        next.selection = {"aws", "us-east-1"};
        next.budget = Money::from_micro(250'000'000);
        next.objective = problem::Objective::throughput;  // long names and long values on one card
        window->resize(1280, 640);                        // now the cards scroll
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        QTest::qWait(1);
        for (const char* name : {"planCard1", "planCard2", "planCard3"})
            QCOMPARE(edges(window->findChild<QWidget*>(name)).second, most);
        const auto slider = edges(window->findChild<QWidget*>("nodesSlider"));
        QCOMPARE(slider, edges(window->findChild<QWidget*>("objectiveBox")));
        for (const auto* bar : window->findChildren<QScrollBar*>())
            if (bar->isVisible() && bar->orientation() == Qt::Vertical && bar->maximum() > 0)
                for (const char* name : {"planCard1", "planCard2", "planCard3"}) {
                    const QRect all(bar->mapTo(window.get(), QPoint(0, 0)), bar->size());
                    const auto [left, right] = edges(window->findChild<QWidget*>(name));
                    QVERIFY(all.right() < left || all.left() >= right);
                }
    }

    void threeCardsFitOnProvidersToo_data() {
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::addColumn<qint64>("budget");
        QTest::newRow("aws") << "aws"
                             << "us-east-1" << qint64{20'000'000};
        QTest::newRow("aws, few machines") << "aws"
                                           << "us-east-1" << qint64{5'000'000};
        QTest::newRow("gcp") << "gcp"
                             << "any" << qint64{100'000'000};
        QTest::newRow("azure") << "azure"
                               << "any" << qint64{500'000'000};
    }

    void threeCardsFitOnProvidersToo() {
        QFETCH(QString, market);
        QFETCH(QString, region);
        QFETCH(qint64, budget);
        auto window = makeWindow();
        auto next = window->exploration().value();
        next.selection = {market.toStdString(), region.toStdString()};
        next.budget = Money::from_micro(budget);
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        for (const char* chosen : {"planCard1", "planCard2", "planCard3"}) {
            QTest::mouseClick(window->findChild<QWidget*>(chosen), Qt::LeftButton, {}, QPoint(20, 20));
            auto* third = window->findChild<QWidget*>("planCard3");
            QTRY_COMPARE(third->visibleRegion().boundingRect(), third->rect());
        }
    }

    void aLongRefusalIsShownInFull() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        auto* field = window->findChild<QLineEdit*>("budgetField");
        field->selectAll();
        QTest::keyClicks(field, "123456789012345678901234");
        auto* note = window->findChild<QLabel*>("solveStatus");
        QTRY_VERIFY(!note->text().startsWith("solved"));
        QVERIFY(note->height() >= note->heightForWidth(note->width()));
    }
};

}  // namespace test_looks

DEEPVM_TEST(test_looks, TestLooks)
#include "test_looks.moc"
