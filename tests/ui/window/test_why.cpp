// SPDX-License-Identifier: GPL-3.0-or-later
// From "Why this?" on a card to the reasons, and from the reasons to another budget: as a person walks it.
#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QScrollArea>
#include <QTabWidget>
#include <set>

#include "panels/plan_card.h"
#include "test_program.h"
#include "window/main_window.h"
#include "wording/format.h"

namespace test_why {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;

namespace {

std::unique_ptr<window::MainWindow> makeWindow(std::int64_t micro = 2'900'000) {
    state::Remembered remembered;
    remembered.exploration.budget = Money::from_micro(micro);
    auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                     remembered, state::Settings(QString()));
    made->resize(1280, 800);
    made->show();
    return made;
}

bool settle(window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.planning().busy(); }, 60'000);
}

/// What a person reads: nothing of what is hidden, without the characters that keep words together.
QString read(const QWidget& window, const char* name) {
    const auto* label = window.findChild<QLabel*>(QLatin1String(name));
    if (!label || !label->isVisible()) return {};
    QString text = label->text();
    text.replace(QChar(QChar::Nbsp), QLatin1Char(' ')).replace(QChar(0x2011), QLatin1Char('-'));
    return text.remove(QChar(0x2060));
}

QAbstractButton* button(const QWidget& window, const char* name) {
    return window.findChild<QAbstractButton*>(QLatin1String(name));
}

QString openTab(const QWidget& window) {
    const auto* tabs = window.findChild<QTabWidget*>("tabs-explain");
    return tabs->isVisible() ? tabs->tabText(tabs->currentIndex()) : QString();
}

/// The window with its reasons in front.
std::unique_ptr<window::MainWindow> asked(std::int64_t micro = 2'900'000) {
    auto window = makeWindow(micro);
    if (!settle(*window)) return nullptr;
    return window->showTab("why-this") ? std::move(window) : nullptr;
}

/// The text of a label that has not the room it needs; empty where all have.
QString firstCut(const QWidget& page) {
    for (const auto* label : page.findChildren<QLabel*>()) {
        if (!label->isVisible()) continue;
        const int needs =
            label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        const bool wide = label->wordWrap() || label->width() >= label->sizeHint().width();
        if (label->height() < needs || !wide) return label->text();
    }
    return {};
}

}  // namespace

class TestWhy : public QObject {
    Q_OBJECT

  private slots:
    void aClickOnTheHeadingOpensTheReasons() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        QCOMPARE(openTab(*window), QString());
        QCOMPARE(read(*window, "whyTitle"), QString());
        QTest::mouseClick(button(*window, "planAsk1"), Qt::LeftButton);
        QCOMPARE(openTab(*window), QStringLiteral("Why this?"));
        QCOMPARE(read(*window, "whyTitle"), QStringLiteral("The budget binds."));
        QCOMPARE(read(*window, "whyCluster"),
                 QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge at $2.8526/h, tiering"));
        QCOMPARE(read(*window, "limitLeft1"),
                 QStringLiteral("binds: the next step costs more than the $0.0474/h left"));
        QVERIFY(read(*window, "whyProofText").contains("no candidate left unsolved"));
    }

    // What a person sets and nothing heeds is said, as on the command line; what counts is not told off.
    void aSettingWithoutEffectIsSaid() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        QVERIFY(window->showTab(QStringLiteral("why-this")));
        auto* idle = window->findChild<QLabel*>(QStringLiteral("whyIdle"));
        QVERIFY(QTest::qWaitFor([&] { return !window->busy(); }, 20'000));
        QVERIFY2(!idle->isVisible(), qPrintable(idle->text()));  // nobody has set anything
        auto next = window->exploration().value();
        next.checkpointing.disk_gbs = 3;
        next.max_nodes = 9;
        window->exploration().set(next, QStringLiteral("test"));
        QVERIFY(QTest::qWaitFor([&] { return idle->isVisible(); }, 20'000));
        QVERIFY2(idle->text().startsWith(QLatin1String("The disk's speed changes nothing in this answer")),
                 qPrintable(idle->text()));
        QVERIFY2(!idle->text().contains(QLatin1String("nodes at most")), qPrintable(idle->text()));
        next.checkpointing.disk_gbs = session::Exploration{}.checkpointing.disk_gbs;
        window->exploration().set(next, QStringLiteral("test"));
        QVERIFY2(QTest::qWaitFor([&] { return !idle->isVisible(); }, 20'000), qPrintable(idle->text()));
    }

    void theKeyboardReachesTheReasonsAndTheirButtons() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        auto* card = window->findChild<panels::PlanCard*>("planCard1");
        card->setFocus();
        QTest::keyClick(card, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), button(*window, "planPin1"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), button(*window, "planAsk1"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(openTab(*window), QStringLiteral("Why this?"));
        std::set<QString> reached;
        for (int i = 0; i < 8; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            reached.insert(QApplication::focusWidget()->objectName());
        }
        for (const char* name : {"stepGo1", "stepGo2"})
            QVERIFY2(reached.contains(name), name);
    }

    void aStepUpAndAStepDownAreOneUndoStepEach() {
        auto window = asked();
        QVERIFY(window);
        const auto before = *window->planning().decision();
        auto* up = button(*window, "stepGo1");
        QCOMPARE(up->text(), QStringLiteral("Go to $3.0104/h"));
        QTest::mouseClick(up, Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(window->exploration().value().budget == before.next_step->plan.hourly_price);
        QVERIFY(window->planning().decision()->ranked[0].objective == before.next_step->plan.objective);
        QVERIFY(read(*window, "whyCluster").startsWith("18 × g4dn.xlarge"));  // the page has followed
        QTest::mouseClick(button(*window, "stepGo2"), Qt::LeftButton);        // and leads back
        QVERIFY(settle(*window));
        QVERIFY(window->exploration().value().budget == before.ranked[0].hourly_price);
        QCOMPARE(window->exploration().undoStack()->count(), 2);
        window->exploration().undoStack()->undo();
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QVERIFY(window->planning().decision()->ranked == before.ranked);
    }

    void theChosenCardTellsItsOwnStory() {
        auto window = asked();
        QVERIFY(window);
        QTest::mouseClick(window->findChild<panels::PlanCard*>("planCard2"), Qt::LeftButton, {},
                          QPoint(20, 20));
        QCOMPARE(read(*window, "whyTitle"),
                 QStringLiteral("Worth as much as the first choice, $0.022/h dearer."));
        QCOMPARE(read(*window, "stepHow1"), QStringLiteral("+ 1 × c5.xlarge, − 1 × m6i.xlarge"));
        QCOMPARE(button(*window, "planAsk2")->text(), QStringLiteral("Why not first?"));
        QTest::mouseClick(window->findChild<panels::PlanCard*>("planCard1"), Qt::LeftButton, {},
                          QPoint(20, 20));
        QCOMPARE(read(*window, "whyTitle"), QStringLiteral("The budget binds."));
    }

    void anArchitectureIsSwitchedOnFromTheReasons() {
        auto window = asked();
        QVERIFY(window);
        const auto row = [&]() -> QAbstractButton* {
            for (int i = 1; i <= 8; ++i) {
                auto* on = button(*window, qPrintable(QStringLiteral("rivalOn%1").arg(i)));
                if (on && on->isVisible()) return on;
            }
            return nullptr;
        };
        QVERIFY(row() && row()->accessibleName() == "Switch on On-demand");
        row()->click();
        QVERIFY(settle(*window));
        QVERIFY(window->exploration().value().has(problem::Architecture::on_demand));
        QVERIFY(!row() || row()->accessibleName() != "Switch on On-demand");
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QVERIFY(row() && row()->accessibleName() == "Switch on On-demand");
    }

    void whereNothingFitsOneClickLeadsToTheCheapest() {
        auto window = asked(100'000);
        QVERIFY(window);
        QCOMPARE(read(*window, "whyTitle"), QStringLiteral("No cluster fits $0.10/h."));
        QVERIFY(read(*window, "whyCluster").endsWith("$0.2242/h more than the budget."));
        QCOMPARE(read(*window, "emptyText"), read(*window, "whyTitle") + ' ' + read(*window, "whyCluster"));
        const Money cheapest = window->planning().decision()->cheapest->hourly_price;
        auto* there = button(*window, "whyGoToCheapest");
        QCOMPARE(there->text(), "Go to " + wording::costPerHour(cheapest));
        QTest::mouseClick(there, Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(window->exploration().value().budget == cheapest);
        QVERIFY(!there->isVisible());
        QCOMPARE(read(*window, "limitLeft1"), QStringLiteral("binds, none left"));
    }

    void withoutAnArchitectureTheReasonsOfferAll() {
        auto window = asked();
        QVERIFY(window);
        auto next = window->exploration().value();
        next.architectures.clear();
        window->exploration().set(next, "none");
        QVERIFY(settle(*window));
        QVERIFY(read(*window, "whyTitle").startsWith("No architecture is switched on."));
        QCOMPARE(read(*window, "limitLeft1"), QString());
        button(*window, "rivalOn2")->click();
        QVERIFY(settle(*window));
        QVERIFY(!read(*window, "limitLeft1").isEmpty());
        QCOMPARE(window->exploration().value().architectures.size(), 1U);
    }

    void nothingOnThePageIsCut_data() {
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::addColumn<qint64>("budget");
        QTest::newRow("paper") << "deepvm-paper"
                               << "" << qint64{2'900'000};
        QTest::newRow("aws") << "aws"
                             << "us-east-1" << qint64{20'000'000};
        QTest::newRow("gcp") << "gcp"
                             << "any" << qint64{100'000'000};
        QTest::newRow("azure") << "azure"
                               << "any" << qint64{500'000'000};
    }

    void nothingOnThePageIsCut() {
        QFETCH(QString, market);
        QFETCH(QString, region);
        QFETCH(qint64, budget);
        auto window = asked();
        QVERIFY(window);
        auto next = window->exploration().value();
        next.selection = {market.toStdString(), region.toStdString()};
        next.budget = Money::from_micro(budget);
        next.enable(problem::Architecture::on_demand, true);
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        const auto* area = window->findChild<QScrollArea*>("whyScroll");
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            window->resize(size);
            QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
            QTRY_COMPARE(firstCut(*area->widget()), QString());
        }
    }
};

}  // namespace test_why

DEEPVM_TEST(test_why, TestWhy)
#include "test_why.moc"
