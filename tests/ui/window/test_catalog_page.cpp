// SPDX-License-Identifier: GPL-3.0-or-later
// The offers of the catalog by mouse and keyboard: filters, order, columns, figures, copies.
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QSet>
#include <QTemporaryDir>
#include <algorithm>

#include "planner/decision.h"
#include "test_program.h"
#include "ui/window/catalog_hand.h"
#include "widgets/message_bar.h"

namespace test_catalog_page {

using namespace deepvm;
using namespace deepvm::tests;
using namespace deepvm::ui;

class TestCatalogPage : public QObject {
    Q_OBJECT

  private slots:
    void filtersCombineAndSayHowMany() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        auto& offers = table(*window);
        const int all = offers.model()->rowCount();
        QVERIFY(all > 200);
        type(in<QLineEdit>(*window, "offersExpression"), "gpu>=4 & memory/gpu>=20");
        const int some = offers.model()->rowCount();
        QVERIFY(some > 3 && some < 60);
        for (const auto& gpus : column(offers, "GPUs"))
            QVERIFY(gpus.toInt() >= 4);
        QCOMPARE(textOf(*window, "offersCount"), QStringLiteral("%1 of %2").arg(some).arg(all));
        type(in<QLineEdit>(*window, "offersSearch"), "g5");
        const int fewer = offers.model()->rowCount();
        QVERIFY(fewer > 0 && fewer < some);
        for (const auto& name : column(offers, "Type"))
            QVERIFY(name.startsWith("g5"));
        auto& most = in<QLineEdit>(*window, "offersPriceMost");
        type(most, "3");
        QTest::keyClick(&most, Qt::Key_Return);
        QVERIFY(offers.model()->rowCount() < fewer);
        for (const auto& dollars : column(offers, "Spot $/h"))
            QVERIFY(dollars.toDouble() <= 3);
        // A screen reader hears it in one sentence.
        QVERIFY2(offers.accessibleDescription().contains(textOf(*window, "offersCount")),
                 qPrintable(offers.accessibleDescription()));
    }

    void whatCannotBeReadIsSaidAndChangesNothing() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        auto& expression = in<QLineEdit>(*window, "offersExpression");
        type(expression, "gpu>=8");
        const int rows = table(*window).model()->rowCount();
        type(expression, "gpu>=8 & spto<2");
        QVERIFY(QTest::qWaitFor([&] { return in(*window, "offersWrong").isVisible(); }));
        QVERIFY2(textOf(*window, "offersWrong").startsWith("Column 10: unknown field"),
                 qPrintable(textOf(*window, "offersWrong")));
        // The rows are those of what could be read on the way, and say so.
        QVERIFY2(textOf(*window, "offersWrong").endsWith("The rows below are those of: gpu>=8"),
                 qPrintable(textOf(*window, "offersWrong")));
        QCOMPARE(table(*window).model()->rowCount(), rows);
        type(expression, "gpu>=8");
        QVERIFY(!in(*window, "offersWrong").isVisible());
        QCOMPARE(table(*window).model()->rowCount(), rows);
        expression.clear();
        const int all = table(*window).model()->rowCount();
        expression.setText("spto<2");
        QVERIFY(QTest::qWaitFor([&] { return in(*window, "offersWrong").isVisible(); }));
        QVERIFY(textOf(*window, "offersWrong").endsWith("The rows below are not filtered by it."));
        QCOMPARE(table(*window).model()->rowCount(), all);
    }

    // Of every provider nobody could tell whose a type is, and half of the prices were cut off.
    void ofSeveralProvidersEachRowNamesItsOwn() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        auto& offers = table(*window);
        const auto titles = [&offers] { return read(offers).front(); };
        QVERIFY(!titles().contains("Provider") && titles().contains("Days old"));
        auto& market = in<QComboBox>(*window, "offersMarket");
        market.setCurrentIndex(market.findText("Every provider"));
        QVERIFY(ready(*window));
        QCOMPARE(titles().indexOf("Provider"), 1);
        const auto providers = column(offers, "Provider");
        QVERIFY(QSet<QString>(providers.begin(), providers.end()).size() > 2);
        constexpr int around = 8;  // of a cell
        for (const char* title : {"Spot $/h", "On-demand $/h"}) {
            int widest = 0;
            for (const auto& price : column(offers, title))
                widest = std::max(widest, offers.fontMetrics().horizontalAdvance(price));
            QVERIFY2(widest + around <= offers.columnWidth(columnNamed(offers, title)),
                     qPrintable(QStringLiteral("%1: %2").arg(title).arg(widest)));
        }
        market.setCurrentIndex(0);
        QVERIFY(ready(*window));
        QVERIFY(!titles().contains("Provider") && titles().contains("Days old"));
    }

    void anEmptyResultExplainsItselfAndLeadsBack() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        const int all = table(*window).model()->rowCount();
        in<QCheckBox>(*window, "offersSpotKnown").click();
        type(in<QLineEdit>(*window, "offersExpression"), "gpu>=99");
        QCOMPARE(textOf(*window, "offersNone"),
                 QStringLiteral("No offer matches: gpu>=99 alone leaves none."));
        QTest::mouseClick(&in<QPushButton>(*window, "offersClear"), Qt::LeftButton);
        QCOMPARE(table(*window).model()->rowCount(), all);
        QVERIFY(!in<QCheckBox>(*window, "offersSpotKnown").isChecked());
    }

    void aClickOnAHeaderSortsByNumbersWithWhatIsNotKnownLast() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        auto& offers = table(*window);
        const auto numbers = [&](const QString& title) {
            std::vector<double> known;
            bool unknown = false;
            for (const auto& cell : column(offers, title)) {
                if (cell == "–") {
                    unknown = true;
                    continue;
                }
                if (unknown) known.push_back(-1);  // a number behind one that is not known
                known.push_back(QString(cell).remove(',').toDouble());
            }
            return known;
        };
        clickHeader(offers, "Spot $/h");
        auto prices = numbers("Spot $/h");
        QVERIFY(prices.size() > 100);
        QVERIFY(std::is_sorted(prices.begin(), prices.end()));
        clickHeader(offers, "Spot $/h");
        prices = numbers("Spot $/h");
        QVERIFY(std::is_sorted(prices.rbegin(), prices.rend()) && prices.back() > 0);
        clickHeader(offers, "Samples/s");
        const auto speeds = numbers("Samples/s");
        QVERIFY(speeds.size() > 20 && std::is_sorted(speeds.begin(), speeds.end()));
    }

    void whatIsCopiedAndWrittenIsWhatIsShown() {
        const QTemporaryDir folder;
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        auto& offers = table(*window);
        type(in<QLineEdit>(*window, "offersExpression"), "gpu>=4 & spot");
        clickHeader(offers, "Samples/s");
        // A column less, and another order.
        offers.horizontalHeader()->moveSection(0, 2);
        const auto shown = read(offers);
        QVERIFY(shown.size() > 10);
        clickRow(offers, 1);
        clickRow(offers, 3, Qt::ShiftModifier);
        QTest::keyClick(&offers, Qt::Key_C, Qt::ControlModifier);
        const auto copied = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(copied.size(), qsizetype(4));
        const auto plain = [](QStringList cells) {
            return cells.replaceInStrings(QStringLiteral(","), QString());
        };
        QCOMPARE(copied[0].split('\t'), shown[0]);
        for (int i = 1; i < 4; ++i)
            QCOMPARE(copied[i].split('\t'), plain(shown[static_cast<std::size_t>(i) + 1]));
        // By the button and its dialog.
        const QString file = folder.filePath("offers.csv");
        answerDialog(file);
        QTest::mouseClick(&in<QPushButton>(*window, "offersCsv"), Qt::LeftButton);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const auto lines = QString::fromUtf8(written.readAll()).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), static_cast<qsizetype>(shown.size()));
        for (std::size_t i = 0; i < shown.size(); ++i)
            QCOMPARE(lines[static_cast<qsizetype>(i)].split(','), plain(shown[i]));
        // The person is told where it went, and of a folder that there is not.
        const auto* said = window->findChild<widgets::MessageBar*>()->findChild<QLabel*>();
        QVERIFY2(said->isVisible() && said->text().contains(file), qPrintable(said->text()));
        answerDialog(folder.filePath("none/offers.csv"));
        QTest::mouseClick(&in<QPushButton>(*window, "offersCsv"), Qt::LeftButton);
        QVERIFY2(said->text().contains("none/offers.csv"), qPrintable(said->text()));
    }

    void columnsAndOrderSurviveARestart() {
        const QTemporaryDir folder;
        state::Settings settings(folder.filePath("explorer.ini"));
        std::vector<QStringList> before;
        const auto start = [&] {
            auto kept = settings.load();
            if (kept.first) kept = inCatalog();
            auto made =
                std::make_unique<window::MainWindow>(state::CatalogFiles{{}, shipped}, kept, settings);
            made->resize(1280, 800);
            made->show();
            return made;
        };
        int width = 0;
        {
            const auto window = start();
            QVERIFY(ready(*window));
            auto& offers = table(*window);
            auto* header = offers.horizontalHeader();
            // The menu of the header, by the keyboard.
            QTest::mouseClick(&in<QPushButton>(*window, "offersColumns"), Qt::LeftButton);
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            pick(*menu, "vCPUs");
            QTest::mouseClick(&in<QPushButton>(*window, "offersColumns"), Qt::LeftButton);
            menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            pick(*menu, "Speed is");
            header->moveSection(header->visualIndex(columnNamed(offers, "Region")), 0);
            header->resizeSection(columnNamed(offers, "Type"), 222);
            clickHeader(offers, "On-demand $/h");
            clickHeader(offers, "On-demand $/h");
            before = read(offers);
            width = header->sectionSize(columnNamed(offers, "Type"));
            QCOMPARE(before[0].front(), QStringLiteral("Region"));
            QVERIFY(before[0].contains("vCPUs") && !before[0].contains("Speed is"));
            window->close();
        }
        const auto window = start();
        QVERIFY(ready(*window));
        QVERIFY(read(table(*window)) == before);
        QCOMPARE(table(*window).horizontalHeader()->sectionSize(columnNamed(table(*window), "Type")), width);
        // Damaged settings are no reason for a table without columns.
        auto damaged = settings.load();
        damaged.layout.catalogColumns = QStringList{"no=such", "spot=-7", "spot=90", "type"};
        const auto other = makeWindow({{}, shipped}, damaged);
        QVERIFY(ready(*other));
        QCOMPARE(read(table(*other))[0], QStringList({"Spot $/h", "Type"}));
    }

    void aRowOpensItsFiguresAndLeadsToTheMarket() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*window));
        auto& details = in(*window, "offerDetails");
        QVERIFY(!details.isVisible());
        auto& market = in<QComboBox>(*window, "offersMarket");
        market.setFocus();
        QTest::keyClick(&market, Qt::Key_Down);  // every provider
        QVERIFY(ready(*window));
        QVERIFY(table(*window).model()->rowCount() > 10'000);
        type(in<QLineEdit>(*window, "offersExpression"), "type=g4dn.xlarge & region=us-west-2");
        QCOMPARE(table(*window).model()->rowCount(), 1);
        clickRow(table(*window), 0);
        QVERIFY(ready(*window));
        QVERIFY(details.isVisible());
        QCOMPARE(textOf(*window, "offerTitle"), QStringLiteral("g4dn.xlarge"));
        const QString said = allText(details);
        for (const char* part : {"AWS us-west-2", "ON-DEMAND", "SPOT", "SPEED", "days old · stale",
                                 "measured", "per million samples"})
            QVERIFY2(said.contains(part), part);
        QTest::keyClick(&table(*window), Qt::Key_Escape);
        QVERIFY(!details.isVisible());
        clickRow(table(*window), 0);
        QTest::mouseClick(&in<QPushButton>(*window, "offerMarket"), Qt::LeftButton);
        QVERIFY(ready(*window));
        QCOMPARE(window->exploration().value().selection, (catalog::Selection{"aws", "us-west-2"}));
        QVERIFY(!table(*window).isVisible());
    }

    void aCardLeadsToItsOffer() {
        auto kept = inCatalog();
        kept.layout.page = QStringLiteral("explore");
        const auto window = makeWindow({{}, shipped}, kept);
        QVERIFY(ready(*window));
        const auto worker = window->planning().decision()->ranked.front().worker;
        auto& link = in<QPushButton>(*window, "planCatalog1");
        QTest::mouseClick(&link, Qt::LeftButton);
        QVERIFY(ready(*window));
        QVERIFY(table(*window).isVisible());
        const auto current = table(*window).currentIndex();
        QVERIFY(current.isValid());
        QCOMPARE(textOf(*window, "offerTitle"), QString::fromStdString(worker));
    }
};

}  // namespace test_catalog_page

DEEPVM_TEST(test_catalog_page, TestCatalogPage)
#include "test_catalog_page.moc"
