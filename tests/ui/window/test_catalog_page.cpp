// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog by mouse and keyboard: filters, order, columns, figures, copies, and prices out of files.
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextEdit>
#include <QTimer>
#include <QToolButton>

#include "catalog/catalog.h"
#include "test_program.h"
#include "ui/window/whole_window.h"

namespace test_catalog_page {

using namespace deepvm;
using namespace deepvm::ui;
using tests::makeWindow;
using tests::settle;
using tests::shipped;
using tests::textOf;

namespace {

template <typename Widget = QWidget>
Widget& in(const QWidget& window, const char* name) {
    auto* found = window.findChild<Widget*>(QLatin1String(name));
    if (found == nullptr) qFatal("no %s", name);
    return *found;
}

bool ready(window::MainWindow& window) {
    return settle(window) && QTest::qWaitFor([&] { return !window.busy(); }, 60'000);
}

QTableView& table(const QWidget& window) {
    return in<QTableView>(window, "catalogTable");
}

/// The rows as they are read: the columns on show from left to right, their names first.
std::vector<QStringList> read(const QTableView& of) {
    const auto* header = of.horizontalHeader();
    std::vector<QStringList> lines(static_cast<std::size_t>(of.model()->rowCount()) + 1);
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (header->isSectionHidden(column)) continue;
        lines[0] << of.model()->headerData(column, Qt::Horizontal).toString();
        for (int row = 0; row < of.model()->rowCount(); ++row)
            lines[static_cast<std::size_t>(row) + 1] << of.model()->index(row, column).data().toString();
    }
    return lines;
}

int columnNamed(const QTableView& of, const QString& title) {
    for (int column = 0; column < of.model()->columnCount(); ++column)
        if (of.model()->headerData(column, Qt::Horizontal).toString() == title) return column;
    qFatal("no column %s", qPrintable(title));
}

QStringList column(const QTableView& of, const QString& title) {
    QStringList cells;
    for (int row = 0; row < of.model()->rowCount(); ++row)
        cells << of.model()->index(row, columnNamed(of, title)).data().toString();
    return cells;
}

void type(QWidget& field, const QString& text) {
    field.setFocus();
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Delete);
    QTest::keyClicks(&field, text);
}

void clickHeader(QTableView& of, const QString& title) {
    auto* header = of.horizontalHeader();
    const int section = columnNamed(of, title);
    of.scrollTo(of.model()->index(0, section));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      QPoint(header->sectionViewportPosition(section) + header->sectionSize(section) / 2,
                             header->height() / 2));
}

void clickRow(QTableView& of, int row, Qt::KeyboardModifiers keys = {}) {
    const int first = of.horizontalHeader()->logicalIndex(0);
    of.scrollTo(of.model()->index(row, first));
    QTest::mouseClick(of.viewport(), Qt::LeftButton, keys,
                      of.visualRect(of.model()->index(row, first)).center());
}

void drop(QWidget& on, const QStringList& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files)
        urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&on, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&on, &event);
}

QString allText(const QWidget& within) {
    QStringList all;
    for (const auto* label : within.findChildren<QLabel*>())
        all << label->text();
    return all.join('\n');
}

/// A catalog of one's own that is not there yet, and a file with prices of today.
struct Home {
    QTemporaryDir folder;
    QString own = folder.filePath("share/catalog.db");
    QString prices = folder.filePath("prices.csv");

    explicit Home(const char* dollars = "0.123456") {
        QFile file(prices);
        if (!file.open(QIODevice::WriteOnly)) qFatal("no file");
        file.write(
            "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour,spot_basis,as_of\n");
        const auto day = QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).toUtf8();
        file.write(QByteArray("aws,us-east-1,g4dn.xlarge,0.526,") + dollars + ",observed," + day + "\n");
        file.write("aws,us-east-1,g4dn.2xlarge,much,0.2,observed," + day + "\n");
    }
    state::CatalogFiles files() const { return {{}, shipped, own.toStdString()}; }
};

state::Remembered remembered(const char* region = "us-east-1") {
    state::Remembered kept;
    kept.exploration = session::first_exploration();
    kept.exploration.selection = {"aws", region};
    kept.layout.page = QStringLiteral("catalog");
    return kept;
}

}  // namespace

class TestCatalogPage : public QObject {
    Q_OBJECT

  private slots:
    void filtersCombineAndSayHowMany() {
        const auto window = makeWindow({{}, shipped}, remembered());
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
        const auto window = makeWindow({{}, shipped}, remembered());
        QVERIFY(ready(*window));
        auto& expression = in<QLineEdit>(*window, "offersExpression");
        type(expression, "gpu>=8");
        const int rows = table(*window).model()->rowCount();
        type(expression, "gpu>=8 & spto<2");
        QVERIFY2(textOf(*window, "offersWrong").startsWith("Column 10: unknown field"),
                 qPrintable(textOf(*window, "offersWrong")));
        QVERIFY(in(*window, "offersWrong").isVisible());
        type(expression, "gpu>=8");
        QVERIFY(!in(*window, "offersWrong").isVisible());
        QCOMPARE(table(*window).model()->rowCount(), rows);
    }

    void anEmptyResultExplainsItselfAndLeadsBack() {
        const auto window = makeWindow({{}, shipped}, remembered());
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
        const auto window = makeWindow({{}, shipped}, remembered());
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
        const auto window = makeWindow({{}, shipped}, remembered());
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
        const auto plain = [](QStringList cells) { return cells.replaceInStrings(QStringLiteral(","), {}); };
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
    }

    void columnsAndOrderSurviveARestart() {
        const QTemporaryDir folder;
        state::Settings settings(folder.filePath("explorer.ini"));
        std::vector<QStringList> before;
        const auto start = [&] {
            auto kept = settings.load();
            if (kept.first) kept = remembered();
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
        const auto window = makeWindow({{}, shipped}, remembered());
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
        auto kept = remembered();
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

    void filesThatAreDroppedAreReadThenTakenOver() {
        const Home home;
        const auto window = makeWindow(home.files(), remembered());
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
        const auto window = makeWindow(home.files(), remembered());
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
        const auto window = makeWindow(home.files(), remembered());
        QVERIFY(ready(*window));
        drop(*window, {file.fileName()});
        QVERIFY(ready(*window));
        QVERIFY2(textOf(*window, "importStatus").contains("its format is not known"),
                 qPrintable(textOf(*window, "importStatus")));
        // Without a home there is nowhere to import to.
        const auto homeless = makeWindow({{}, shipped}, remembered());
        QVERIFY(ready(*homeless));
        drop(*homeless, {home.prices});
        QVERIFY(ready(*homeless));
        QVERIFY(textOf(*homeless, "importStatus").contains("no home folder"));
    }

    void theCommandsThatFetchAreThere() {
        const auto window = makeWindow({{}, shipped}, remembered());
        QVERIFY(window->showTab("import").has_value());
        QVERIFY(ready(*window));
        auto& command = in<QLineEdit>(*window, "fetch-aws-spot-history");
        QVERIFY(command.text().startsWith("aws ec2 describe-spot-price-history"));
        QVERIFY(!command.accessibleName().isEmpty());
    }

  private:
    // In the dialog that opens next.
    static void answerDialog(const QString& file) {
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        auto* timer = new QTimer(qApp);
        QObject::connect(timer, &QTimer::timeout, timer, [timer, file] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            dialog->findChild<QLineEdit*>()->setText(file);
            timer->deleteLater();
            QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        });
        timer->start(20);
    }

    static void pick(QMenu& menu, const QString& text) {
        for (auto* action : menu.actions())
            if (action->text() == text) {
                menu.setActiveAction(action);
                QTest::keyClick(&menu, Qt::Key_Return);
                return;
            }
        QFAIL(qPrintable("no " + text));
    }
};

}  // namespace test_catalog_page

DEEPVM_TEST(test_catalog_page, TestCatalogPage)
#include "test_catalog_page.moc"
