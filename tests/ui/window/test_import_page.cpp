// SPDX-License-Identifier: GPL-3.0-or-later
// Prices out of files, dropped or chosen: first what would change, then the change, and the question stays.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QTextEdit>

#include "catalog/catalog.h"
#include "test_program.h"
#include "ui/window/catalog_hand.h"

namespace test_import_page {

using namespace deepvm;
using namespace deepvm::tests;
using namespace deepvm::ui;

class TestImportPage : public QObject {
    Q_OBJECT

  private slots:
    void filesThatAreDroppedAreReadThenTakenOver() {
        const Home home;
        const auto window = makeWindow(home.files(), inCatalog());
        QVERIFY(ready(*window));
        auto asked = window->exploration().value();
        asked.budget = base::Money::from_micro(7'000'000);
        asked.workload = "bert-large-squad";
        window->exploration().set(asked, "another question");
        QVERIFY(ready(*window));
        drop(*window, {home.prices});
        QVERIFY(ready(*window));
        // First what would change: nothing is written.
        QVERIFY(!QFile::exists(home.own));
        QVERIFY2(textOf(*window, "importHeading").contains("would change"),
                 qPrintable(textOf(*window, "importHeading")));
        QVERIFY(textOf(*window, "importHeading").contains("1 row cannot be used"));
        const QString report = in<QTextEdit>(*window, "importReport").toPlainText();
        QVERIFY2(report.contains("g4dn.xlarge, spot:") && report.contains("0.123456"), qPrintable(report));
        QVERIFY2(report.contains("line 3") && report.contains("2 rows read"), qPrintable(report));
        QTest::mouseClick(&in<QPushButton>(*window, "importTake"), Qt::LeftButton);
        QVERIFY(ready(*window));
        QVERIFY(QFile::exists(home.own));
        QCOMPARE(window->exploration().value(), asked);
        QCOMPARE(window->planning().notes().file, std::filesystem::path(home.own.toStdString()));
        QVERIFY(catalog::Catalog::open(home.own.toStdString())->check().has_value());
        // The new price is on show, with what it was.
        QVERIFY(window->showTab("catalog").has_value());
        QVERIFY(ready(*window));
        type(in<QLineEdit>(*window, "offersExpression"), "type=g4dn.xlarge");
        QCOMPARE(column(table(*window), "Spot $/h"), QStringList("0.123456"));
        clickRow(table(*window), 0);
        QVERIFY(ready(*window));
        QVERIFY2(allText(in(*window, "offerDetails")).contains("was $"),
                 qPrintable(allText(in(*window, "offerDetails"))));
        QVERIFY(allText(in(*window, "offerDetails")).contains("0 days old"));
        // And what changed can be seen.
        QVERIFY(window->showTab("import").has_value());
        QTest::mouseClick(&in<QPushButton>(*window, "importChanged"), Qt::LeftButton);
        QVERIFY(ready(*window));
        QVERIFY2(in<QTextEdit>(*window, "importReport").toPlainText().contains("0.123456"),
                 qPrintable(in<QTextEdit>(*window, "importReport").toPlainText()));
    }

    void whoCancelsKeepsTheCatalog() {
        const Home home;
        const auto window = makeWindow(home.files(), inCatalog());
        QVERIFY(ready(*window));
        QVERIFY(window->showTab("import").has_value());
        answerDialog(home.prices);
        QTest::mouseClick(&in<QPushButton>(*window, "importChoose"), Qt::LeftButton);
        QVERIFY(ready(*window));
        QVERIFY(in(*window, "importTake").isVisible());
        QTest::mouseClick(&in<QPushButton>(*window, "importCancel"), Qt::LeftButton);
        QVERIFY(!in(*window, "importTake").isVisible());
        QVERIFY(ready(*window));
        QVERIFY(!QFile::exists(home.own));
        QCOMPARE(window->planning().notes().file, shipped);
        // In the middle of it, too: nothing of the files is left.
        drop(*window, {home.prices});
        QVERIFY(ready(*window));
        QTest::mouseClick(&in<QPushButton>(*window, "importTake"), Qt::LeftButton);
        QTest::mouseClick(&in<QPushButton>(*window, "importCancel"), Qt::LeftButton);
        QVERIFY(ready(*window));
        QVERIFY(!QFile::exists(home.own));
        QVERIFY(QDir(QFileInfo(home.own).path()).isEmpty());
    }

    void aFileThatIsOfNoUseIsSaid() {
        const Home home;
        QFile file(home.folder.filePath("notes.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a,b\n1,2\n");
        file.close();
        const auto window = makeWindow(home.files(), inCatalog());
        QVERIFY(ready(*window));
        drop(*window, {file.fileName()});
        QVERIFY(ready(*window));
        QVERIFY2(textOf(*window, "importStatus").contains("its format is not known"),
                 qPrintable(textOf(*window, "importStatus")));
        // Without a home there is nowhere to import to.
        const auto homeless = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(ready(*homeless));
        drop(*homeless, {home.prices});
        QVERIFY(ready(*homeless));
        QVERIFY(textOf(*homeless, "importStatus").contains("no home folder"));
    }

    void theCommandsThatFetchAreThere() {
        const auto window = makeWindow({{}, shipped}, inCatalog());
        QVERIFY(window->showTab("import").has_value());
        QVERIFY(ready(*window));
        auto& command = in<QLineEdit>(*window, "fetch-aws-spot-history");
        QVERIFY(command.text().startsWith("aws ec2 describe-spot-price-history"));
        QVERIFY(!command.accessibleName().isEmpty());
    }
};

}  // namespace test_import_page

DEEPVM_TEST(test_import_page, TestImportPage)
#include "test_import_page.moc"
