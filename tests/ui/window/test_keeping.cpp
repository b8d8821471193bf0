// SPDX-License-Identifier: GPL-3.0-or-later
// However a session ends, what somebody has set is there the next time, or they were told that it is not.
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <csignal>

#include "catalog/builder.h"
#include "test_program.h"
#include "window/main_window.h"

namespace test_keeping {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;

namespace {

const std::filesystem::path shipped = DEEPVM_SOURCE_DIR "/catalog.db";

std::int64_t budgetIn(const QString& settings) {
    return state::Settings(settings).load().exploration.budget.micro();
}

/// The program, with settings of its own.
class Program {
  public:
    Program(const QString& settings, const QStringList& arguments) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.insert("DEEPVM_SETTINGS", settings);
        environment.insert("XDG_RUNTIME_DIR", runtime_.path());
        process_.setProcessEnvironment(environment);
        process_.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm-explorer"), arguments);
        // Before that it is a copy of this program, which catches signals, too.
        process_.waitForStarted();
    }
    ~Program() {
        process_.kill();
        process_.waitForFinished();
    }

    /// Whether it has come so far that it waits for signals.
    bool listens() {
        return QTest::qWaitFor(
            [this] {
                QFile status(QStringLiteral("/proc/%1/status").arg(process_.processId()));
                if (!status.open(QIODevice::ReadOnly)) return false;
                const QByteArray text = status.readAll();
                const QByteArray caught = text.mid(text.indexOf("SigCgt:") + 7, 17).trimmed();
                return (caught.toULongLong(nullptr, 16) >> (SIGTERM - 1) & 1) != 0;
            },
            60'000);
    }

    /// Its exit code, -1 where the signal killed it.
    int endBy(int signal) {
        ::kill(static_cast<pid_t>(process_.processId()), signal);
        if (!process_.waitForFinished(60'000) || process_.exitStatus() != QProcess::NormalExit) return -1;
        return process_.exitCode();
    }

    /// Without what the platform without a display says of itself.
    QString errors() {
        return QString::fromUtf8(process_.readAllStandardError())
            .remove(QLatin1String("This plugin does not support propagateSizeHints()\n"));
    }

  private:
    QTemporaryDir runtime_;
    QProcess process_;
};

/// A catalog of one provider, as a person builds it for themselves.
QString catalogOfOneProvider(const QTemporaryDir& folder) {
    const QDir from(DEEPVM_SOURCE_DIR "/resources/catalog");
    for (const QString& name : from.entryList({"*.csv"})) {
        QFile source(from.filePath(name));
        QFile made(folder.filePath(name));
        if (!source.open(QIODevice::ReadOnly) || !made.open(QIODevice::WriteOnly)) return {};
        const bool all = !QStringList{"datasets.csv", "offers.csv", "instance_types.csv"}.contains(name);
        made.write(source.readLine());
        while (!source.atEnd())
            if (const auto line = source.readLine(); all || line.startsWith("gcp,")) made.write(line);
    }
    const QString file = folder.filePath("catalog.db");
    return catalog::build_catalog(folder.path().toStdString(), file.toStdString()) ? file : QString();
}

}  // namespace

class TestKeeping : public QObject {
    Q_OBJECT

  private slots:
    void whatALogoutSendsKeepsIt_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("logout") << SIGTERM;
        QTest::newRow("closed terminal") << SIGHUP;
    }
    void whatALogoutSendsKeepsIt() {
        QFETCH(int, signal);
        const QTemporaryDir folder;
        const QString settings = folder.filePath("explorer.ini");
        Program program(settings, {"--budget", "4.2"});
        QVERIFY(program.listens());
        QVERIFY(
            QTest::qWaitFor([&] { return QFile::exists(settings); }, 60'000));  // it keeps on its way, too
        QVERIFY(QFile::remove(settings));
        QCOMPARE(program.endBy(signal), 0);
        QCOMPARE(budgetIn(settings), std::int64_t{4'200'000});
        QCOMPARE(program.errors(), QString());
    }

    void twoProgramsKeepBoth() {
        const QTemporaryDir folder;
        const QString settings = folder.filePath("explorer.ini");
        QVERIFY(state::Settings(settings).save({}));
        Program first(settings, {"--budget", "4.2"});
        Program second(settings, {});
        QVERIFY(first.listens() && second.listens());
        QCOMPARE(first.endBy(SIGTERM), 0);
        QCOMPARE(second.endBy(SIGTERM), 0);
        QCOMPARE(budgetIn(settings), std::int64_t{4'200'000});
    }

    void aLogoutWithoutAPlaceToKeepItSaysSo() {
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath("file")).open(QIODevice::WriteOnly));
        const QString settings = folder.filePath("file/explorer.ini");
        Program program(settings, {"--budget", "4.2"});
        QVERIFY(program.listens());
        QCOMPARE(program.endBy(SIGTERM), 1);
        const QString errors = program.errors();
        QVERIFY2(errors.count('\n') == 1 && errors.contains(settings), qPrintable(errors));
    }

    // The window is not closed on what would be lost, unless somebody says so.
    void closingAsksWhenNothingCanBeKept() {
        const QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath("file")).open(QIODevice::WriteOnly));
        window::MainWindow window({{}, shipped}, {}, state::Settings(folder.filePath("file/explorer.ini")));
        window.show();
        const auto answer = [&window](const QString& text) {
            auto* question = window.findChild<QMessageBox*>("cannotKeep");
            if (question == nullptr || !question->informativeText().contains("DEEPVM_SETTINGS")) return false;
            for (auto* button : question->buttons())
                if (button->text() == text) {
                    button->click();
                    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
                    return true;
                }
            return false;
        };
        window.close();
        QVERIFY(window.isVisible());
        QVERIFY(answer("Keep open"));
        QVERIFY(window.isVisible());
        QVERIFY(window.findChild<QWidget*>("messageBar")->isVisible());
        window.close();
        QVERIFY(window.isVisible());
        QVERIFY(answer("Close anyway"));
        QVERIFY(!window.isVisible());
    }

    // Nobody has to close the window for what they did a while ago.
    void aChangeIsKeptBeforeTheWindowIsClosed() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("explorer.ini");
        window::MainWindow window({{}, shipped}, {}, state::Settings(file));
        window.exploration().setBudget(Money::from_micro(4'200'000));
        QVERIFY(QTest::qWaitFor([&] { return budgetIn(file) == 4'200'000; }, 30'000));
    }

    void aCatalogOfOneProviderOpensWithIt() {
        const QTemporaryDir folder;
        const QString file = catalogOfOneProvider(folder);
        QVERIFY(!file.isEmpty());
        window::MainWindow window({{}, file.toStdString()}, {}, state::Settings(QString()));
        window.show();
        QVERIFY(QTest::qWaitFor([&] { return !window.busy(); }, 60'000));
        QCOMPARE(QString::fromStdString(window.exploration().value().selection.market),
                 QStringLiteral("gcp"));
        QVERIFY(window.planning().decision() != nullptr);
        QVERIFY(!window.planning().decision()->ranked.empty());
        const auto* said = window.findChild<QLabel*>("messageText");
        QVERIFY(said != nullptr && said->isVisible());
        QVERIFY2(said->text().contains("deepvm-paper"), qPrintable(said->text()));
        QVERIFY(!window.exploration().undoStack()->canUndo());  // nothing there to go back to

        QProcess command;
        command.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"),
                      {"plan", "--catalog", file, "--budget", "20"});
        QVERIFY(command.waitForFinished(60'000));
        const auto errors = QString::fromUtf8(command.readAllStandardError());
        QVERIFY2(command.exitCode() == 0, qPrintable(errors));
        QVERIFY2(errors.contains("no data set deepvm-paper") && errors.contains("gcp"), qPrintable(errors));
    }
};

}  // namespace test_keeping

DEEPVM_TEST(test_keeping, TestKeeping)
#include "test_keeping.moc"
