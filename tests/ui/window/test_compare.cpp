// SPDX-License-Identifier: GPL-3.0-or-later
// What a person keeps: pins by keyboard and mouse, compares, writes down, saves, and finds again.
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest>

#include "pages/compare_page.h"
#include "panels/plan_card.h"
#include "plot/chart_frame.h"
#include "plot/take_away.h"
#include "state/risk_basis.h"
#include "test_program.h"
#include "theme/application_style.h"
#include "widgets/message_bar.h"
#include "window/main_window.h"
#include "window/session_document.h"

namespace test_compare {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

std::unique_ptr<window::MainWindow> shown(const QString& settings = {}) {
    state::Settings kept(settings);
    auto remembered = kept.load();
    remembered.first = false;
    auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                     remembered, kept);
    made->resize(1280, 800);
    made->show();
    return made;
}

bool settled(window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.busy() && window.planning().decision(); }, 20'000);
}

template <typename T>
T* child(window::MainWindow& window, const char* name) {
    return window.findChild<T*>(QLatin1String(name));
}

void goTo(window::MainWindow& window, const char* market, const char* region, int usd) {
    auto next = window.exploration().value();
    next.move_to({market, region});
    next.budget = base::Money::from_micro(std::int64_t{usd} * 1'000'000);
    window.exploration().set(next, QStringLiteral("test"));
}

}  // namespace

class TestCompare : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { QApplication::setStyle(new theme::ApplicationStyle); }

    void pinsStandBesideEachOther() {
        const auto window = shown();
        QVERIFY(settled(*window));
        QTest::keyClick(child<panels::PlanCard>(*window, "planCard1"), Qt::Key_P);
        QCOMPARE(window->notebook().pins().size(), std::size_t(1));
        QCOMPARE(child<QPushButton>(*window, "planPin1")->text(), QStringLiteral("Pinned"));
        goTo(*window, "gcp", "us-central1", 8);
        QVERIFY(settled(*window));
        QCOMPARE(child<QPushButton>(*window, "planPin1")->text(), QStringLiteral("Pin"));
        QTest::mouseClick(child<QPushButton>(*window, "planPin1"), Qt::LeftButton);
        goTo(*window, "aws", "eu-west-1", 30);
        QVERIFY(settled(*window));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(window->notebook().pins().size(), std::size_t(3));

        QVERIFY(window->showPage(QStringLiteral("compare")));
        auto* table = child<QTableWidget>(*window, "compareTable");
        QVERIFY(QTest::qWaitFor([&] { return table->columnCount() == 4; }, 20'000));
        QStringList budgets;
        for (int row = 0; row < table->rowCount(); ++row)
            if (table->item(row, 0)->text().endsWith(QLatin1String("Budget")))
                for (int column = 1; column < 4; ++column)
                    budgets << table->item(row, column)->text();
        QCOMPARE(budgets, (QStringList{QStringLiteral("$12.00/h"), QStringLiteral("$8.00/h"),
                                       QStringLiteral("$30.00/h")}));
        QVERIFY(!child<QLabel>(*window, "compareSentences")->text().isEmpty());

        // What leaves the window says the same.
        const QTemporaryDir folder;
        auto* page = window->findChild<pages::ComparePage*>();
        QVERIFY(page->exportTo(folder.filePath(QStringLiteral("plans.csv"))));
        QFile csv(folder.filePath(QStringLiteral("plans.csv")));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QVERIFY(csv.readAll().contains("Budget,$12.00/h,$8.00/h,$30.00/h"));
        QVERIFY(page->exportTo(folder.filePath(QStringLiteral("plans.pdf"))));
        QFile pdf(folder.filePath(QStringLiteral("plans.pdf")));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QByteArray written = pdf.readAll();
        QVERIFY(written.startsWith("%PDF") && written.contains("/Count 1"));
        QVERIFY(!page->exportTo(folder.filePath(QStringLiteral("none/plans.pdf"))));
        child<QPushButton>(*window, "compareCopy")->click();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Budget\t$12.00/h\t$8.00/h")));

        // A name changes nothing but the name, and nothing is planned anew; neither is it when a column goes.
        window->notebook().annotate(1, QStringLiteral("mine"), {});
        QVERIFY(!page->busy());
        QCOMPARE(table->horizontalHeaderItem(2)->text(), QStringLiteral("Plan 2: mine"));
        table->setCurrentCell(0, 1);
        QTest::mouseClick(child<QPushButton>(*window, "compareUnpin"), Qt::LeftButton);
        QVERIFY(!page->busy());
        QCOMPARE(table->columnCount(), 3);
        QCOMPARE(table->horizontalHeaderItem(1)->text(), QStringLiteral("Plan 1: mine"));
        window->exploration().undoStack()->undo();
        QCOMPARE(window->notebook().pins().size(), std::size_t(3));
        QVERIFY(QTest::qWaitFor([&] { return table->columnCount() == 4; }, 20'000));
        window->exploration().undoStack()->undo();  // the name

        // A column leads back to its question, and undo forward again.
        table->setCurrentCell(0, 2);
        child<QPushButton>(*window, "compareOpen")->click();
        QCOMPARE(window->exploration().value().selection.market, std::string("gcp"));
        window->exploration().undoStack()->undo();
        QCOMPARE(window->exploration().value().selection.region, std::string("eu-west-1"));
        window->exploration().undoStack()->undo();
        QCOMPARE(window->notebook().pins().size(), std::size_t(2));
    }

    // Any step of the frontier, and the machines of a "What if", by the key P on what is marked.
    void whatAChartMarksIsPinned() {
        const auto window = shown();
        goTo(*window, "aws", "us-east-1", 6);
        QVERIFY(settled(*window));
        auto* frontier = child<plot::ChartFrame>(*window, "frontierChart");
        frontier->setFocus(Qt::TabFocusReason);
        QTest::keyClick(frontier, Qt::Key_Down);
        QTest::keyClick(frontier, Qt::Key_Down);
        QTest::keyClick(frontier, Qt::Key_P);
        const auto& pins = window->notebook().pins();
        QCOMPARE(pins.size(), std::size_t(1));
        QVERIFY(pins[0].answer);
        QVERIFY(pins[0].answer->plan.hourly_price <= pins[0].question.budget);
        QCOMPARE(pins[0].question.selection.region, std::string("us-east-1"));
        QTest::keyClick(frontier, Qt::Key_P);
        QCOMPARE(pins.size(), std::size_t(1));  // twice is refused, in words
        QVERIFY(window->findChild<widgets::MessageBar*>()->findChild<QLabel*>()->text().contains(
            QLatin1String("pinned already")));

        QVERIFY(window->showTab(QStringLiteral("what-if")));
        auto* tornado = child<plot::ChartFrame>(*window, "tornadoChart");
        QVERIFY(QTest::qWaitFor([&] { return !tornado->data().rows.isEmpty(); }, 20'000));
        tornado->setFocus(Qt::TabFocusReason);
        for (int i = 0; i < 40 && pins.size() < 2; ++i) {
            QTest::keyClick(tornado, Qt::Key_P);
            QTest::keyClick(tornado, i % 2 == 0 ? Qt::Key_Right : Qt::Key_Down);
        }
        QCOMPARE(pins.size(), std::size_t(2));
        QVERIFY(window->showPage(QStringLiteral("compare")));
        auto* table = child<QTableWidget>(*window, "compareTable");
        QVERIFY(QTest::qWaitFor([&] { return table->columnCount() == 3; }, 20'000));
        window->notebook().annotate(0, {}, QStringLiteral("ask for quota first"));
        QStringList said;
        for (int row = 0; row < table->rowCount(); ++row)
            said << table->item(row, 1)->text();
        QVERIFY(said.contains(QStringLiteral("ask for quota first")));
    }

    void aSeventhPinIsRefusedWithAWord() {
        const auto window = shown();
        for (int i = 0; i < 7; ++i) {
            goTo(*window, "aws", "us-east-1", 5 + 9 * i);
            QVERIFY(settled(*window));
            QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        }
        QCOMPARE(window->notebook().pins().size(), session::most_pins);
        bool said = false;
        for (const auto* label : window->findChildren<QLabel*>())
            said =
                said || (label->isVisible() && label->text().contains(QStringLiteral("6 plans are pinned")));
        QVERIFY(said);
        // What is said is of what was asked last.
        goTo(*window, "gcp", "us-central1", 8);
        for (const auto* label : window->findChildren<QLabel*>())
            QVERIFY(!label->text().contains(QStringLiteral("6 plans are pinned")));
    }

    void aSessionComesBack() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("work.deepvm"));
        session::Exploration asked;
        {
            const auto window = shown(folder.filePath(QStringLiteral("settings.ini")));
            QVERIFY(settled(*window));
            QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
            QVERIFY(window->document().saveAs(file));
            goTo(*window, "gcp", "us-central1", 8);
            asked = window->exploration().value();
            QVERIFY(settled(*window));
            // By itself, soon after the change.
            QVERIFY(QTest::qWaitFor(
                [&] {
                    const auto kept = session::open_document(file.toStdString());
                    return kept && kept->session.exploration == asked;
                },
                4000));
            QVERIFY(window->keep());
        }
        const auto window = shown(folder.filePath(QStringLiteral("settings.ini")));
        QCOMPARE(window->document().file(), file);
        QVERIFY(window->exploration().value() == asked);
        QCOMPARE(window->notebook().pins().size(), std::size_t(1));
        QVERIFY(window->windowTitle().startsWith(QStringLiteral("work")));
    }

    void pinsWithoutANameComeBack() {
        const QTemporaryDir folder;
        const QString settings = folder.filePath(QStringLiteral("settings.ini"));
        {
            const auto window = shown(settings);
            QVERIFY(settled(*window));
            QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
            // Another window has pins of its own.
            const auto other = shown(settings);
            QVERIFY(other->notebook().pins().empty());
            QVERIFY(window->keep());
            QVERIFY(other->keep());
        }
        const auto window = shown(settings);
        QCOMPARE(window->notebook().pins().size(), std::size_t(1));
    }

    void aNewSessionLosesNoPins() {
        const QTemporaryDir folder;
        const auto window = shown(folder.filePath(QStringLiteral("settings.ini")));
        QVERIFY(settled(*window));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        const auto aside = window->document().beginNew();
        QVERIFY(aside && !aside->isEmpty());
        QVERIFY(window->notebook().pins().empty());
        const auto kept = session::open_document(aside->toStdString());
        QVERIFY(kept);
        QCOMPARE(kept->session.pins.size(), std::size_t(1));
        const auto nothing = window->document().beginNew();
        QVERIFY(nothing && nothing->isEmpty());
    }

    // Of plans whose time nobody knows nothing can be simulated: an empty chart stood beside the words.
    void withoutFuturesNoEmptyChartStandsThere() {
        const auto window = shown();
        goTo(*window, "deepvm-paper", "", 3);
        QVERIFY(settled(*window));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        QVERIFY(window->showPage(QStringLiteral("compare")));
        auto* futures = child<plot::ChartFrame>(*window, "compareChart");
        auto* outcomes = child<plot::ChartFrame>(*window, "compareOutcomes");
        QVERIFY(QTest::qWaitFor([&] { return !window->busy() && futures->isVisible(); }, 20'000));
        QVERIFY(!outcomes->isVisible());
        QVERIFY(futures->width() > futures->parentWidget()->width() - 20);
        goTo(*window, "aws", "us-east-1", 6);
        window->exploration().setRisk(state::usualRisk());
        QVERIFY(settled(*window));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        QVERIFY(QTest::qWaitFor([&] { return !window->busy() && outcomes->isVisible(); }, 20'000));
    }

    void aSessionThatIsGoneIsSaid() {
        const QTemporaryDir folder;
        const QString settings = folder.filePath(QStringLiteral("settings.ini"));
        const QString file = folder.filePath(QStringLiteral("work.deepvm"));
        {
            const auto window = shown(settings);
            QVERIFY(settled(*window));
            QVERIFY(window->document().saveAs(file));
            QVERIFY(window->keep());
        }
        QVERIFY(QFile::remove(file));
        const auto window = shown(settings);
        bool said = false;
        for (const auto* label : window->findChildren<QLabel*>())
            said = said || label->text().contains(QStringLiteral("work.deepvm cannot be read"));
        QVERIFY(said);
    }

    void aFileThatAnotherProgramChangedIsNotOverwritten() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("work.deepvm"));
        const auto window = shown();
        QVERIFY(settled(*window));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        QVERIFY(window->document().saveAs(file));
        QFile other(file);
        QVERIFY(other.open(QIODevice::Append));
        other.write("\n");
        other.close();
        goTo(*window, "gcp", "us-central1", 8);
        const auto refused = window->document().keep();
        QVERIFY(!refused);
        QVERIFY(QString::fromStdString(refused.error().message).contains(QStringLiteral("another program")));
        // Both ways out that it names.
        QVERIFY(window->openFile(file));
        QCOMPARE(window->exploration().value().selection.market, std::string("aws"));
        QCOMPARE(window->notebook().pins().size(), std::size_t(1));
        QVERIFY(other.open(QIODevice::Append));
        other.write("\n");
        other.close();
        goTo(*window, "gcp", "us-central1", 8);
        QVERIFY(!window->document().keep());
        QVERIFY(window->document().saveAs(file));
        QVERIFY(window->document().keep());
    }

    void anExportedPlanOpensAndSaysHowItIsToday() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("plan.json"));
        session::Exploration asked;
        {
            const auto window = shown();
            goTo(*window, "gcp", "us-central1", 8);
            QVERIFY(settled(*window));
            asked = window->exploration().value();
            QVERIFY(window->exportPlan(file));
        }
        const auto window = shown();
        QVERIFY(settled(*window));
        // Dropped on the window, as people do.
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &enter);
        QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &drop);
        const auto json = [](const session::Exploration& of) {
            return QString::fromStdString(session::session_json({of, {}, {}, {}}, {}));
        };
        QCOMPARE(json(window->exploration().value()), json(asked));
        QVERIFY(settled(*window));
        bool said = false;
        for (const auto* label : window->findChildren<QLabel*>())
            said = said || label->text().contains(QStringLiteral("plan.json: the answer is what it was"),
                                                  Qt::CaseInsensitive);
        QVERIFY(said);
        window->exploration().undoStack()->undo();
        QCOMPARE(window->exploration().value().selection.market, std::string("aws"));
    }

    void aChartLeavesTheWindowInEachForm() {
        const auto window = shown();
        QVERIFY(settled(*window));
        const auto charts = window->findChildren<plot::ChartFrame*>();
        QVERIFY(charts.size() >= 8);
        const QTemporaryDir folder;
        int written = 0;
        for (auto* chart : charts) {
            QVERIFY(chart->origin().contains(QStringLiteral("prices as of")));
            if (!chart->isVisible()) continue;
            const std::pair<const char*, QByteArray> forms[] = {
                {"png", "\x89PNG"}, {"svg", "<?xml"}, {"pdf", "%PDF"}, {"csv", QByteArray()}};
            for (const auto& [form, begin] : forms) {
                const QString file = folder.filePath(QStringLiteral("chart.") + QLatin1String(form));
                QVERIFY(plot::writeChart(*chart, file, chart->origin()));
                QFile content(file);
                QVERIFY(content.open(QIODevice::ReadOnly));
                const QByteArray bytes = content.readAll();
                QVERIFY2(bytes.size() > 100 && bytes.startsWith(begin), form);
            }
            const QImage picture(folder.filePath(QStringLiteral("chart.png")));
            QCOMPARE(picture.pixelColor(2, 2), QColor(Qt::white));
            QVERIFY(!plot::writeChart(*chart, folder.filePath(QStringLiteral("chart.doc")), {}));
            QVERIFY(!plot::writeChart(*chart, folder.filePath(QStringLiteral("none/chart.png")), {}));
            ++written;
        }
        QVERIFY(written >= 2);
    }

    void whatIsNoSessionIsSaidAndNothingChanges() {
        const auto window = shown();
        QVERIFY(settled(*window));
        const auto before = window->exploration().value();
        QVERIFY(!window->openFile(QStringLiteral(DEEPVM_SOURCE_DIR "/README.md")));
        QVERIFY(!window->openFile(QStringLiteral("/nowhere/at.deepvm")));
        QVERIFY(window->exploration().value() == before);
    }
};

}  // namespace test_compare

DEEPVM_TEST(test_compare, TestCompare)
#include "test_compare.moc"
