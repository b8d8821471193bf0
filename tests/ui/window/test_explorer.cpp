// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, as a shell sees it: exit codes, one line on stderr, and a picture that holds the
// answer.
#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include "test_program.h"

namespace test_explorer {

namespace {

struct Run {
    int code = -1;
    QString errors;
};

/// Without a display, or with this one, and with settings of its own.
Run run(const QStringList& arguments, const QString& settings, const char* display = nullptr) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    if (display != nullptr) environment.insert("DISPLAY", display);
    environment.insert("DEEPVM_SETTINGS", settings);
    environment.insert("XDG_RUNTIME_DIR", QFileInfo(settings).path());
    process.setProcessEnvironment(environment);
    QFile::setPermissions(QFileInfo(settings).path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm-explorer"), arguments);
    process.waitForFinished(60'000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardError())};
}

}  // namespace

class TestExplorer : public QObject {
    Q_OBJECT

  private slots:
    void takesAPictureAndLeavesTheSettingsAlone() {
        const QTemporaryDir folder;
        const QString picture = folder.filePath("window.png");
        const QString settings = folder.filePath("explorer.ini");
        const Run first = run({"--screenshot", picture, "--size", "1280x800"}, settings);
        QCOMPARE(first.errors, QString());
        QCOMPARE(first.code, 0);
        const QImage image(picture);
        QCOMPARE(image.size(), QSize(1280, 800));
        QVERIFY(!QFile::exists(settings));
        const QString other = folder.filePath("dark.png");
        QCOMPARE(run({"--screenshot", other, "--dark", "--size", "1280x800"}, settings).code, 0);
        QVERIFY(QImage(other).pixelColor(4, 400).lightness() < 60);
        QVERIFY(image.pixelColor(4, 400).lightness() > 200);
    }

    // As a hurried person starts it on a server: Qt ended the program there, with a core dump.
    void aDisplayThatIsEmptyIsNone() {
        const QTemporaryDir folder;
        const QString settings = folder.filePath("explorer.ini");
        for (const char* option : {"--version", "-v", "--help", "-h", "--help-all"})
            for (const char* display : {"", static_cast<const char*>(nullptr)}) {
                const Run asked = run({option}, settings, display);
                QVERIFY2(asked.code == 0 && asked.errors.isEmpty(), qPrintable(option + asked.errors));
            }
    }

    void takesAPictureOfTheTabThatWasNamed() {
        const QTemporaryDir folder;
        const QString settings = folder.filePath("explorer.ini");
        const auto picture = [&](const QString& tab) {
            const QString file = folder.filePath(tab + ".png");
            run({"--screenshot", file, "--size", "1280x800", "--tab", tab}, settings);
            return QImage(file);
        };
        const QImage instances = picture("instances");
        QVERIFY(!instances.isNull());
        QVERIFY(instances != picture("catalog"));
    }

    void refusesInOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("unwritable") << QStringList{"--screenshot", "/nowhere/at/all.png"} << 1;
        QTest::newRow("negative budget") << QStringList{"--screenshot", "a.png", "--budget=-1"} << 1;
        QTest::newRow("no number") << QStringList{"--screenshot", "a.png", "--budget", "lots"} << 1;
        QTest::newRow("size") << QStringList{"--screenshot", "a.png", "--size", "big"} << 1;
        QTest::newRow("tab") << QStringList{"--screenshot", "a.png", "--tab", "catalogue"} << 1;
        QTest::newRow("unknown option") << QStringList{"--screenshot", "a.png", "--colour"} << 2;
        QTest::newRow("both") << QStringList{"--screenshot", "a.png", "--dark", "--light"} << 2;
    }

    void refusesInOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const QTemporaryDir folder;
        const Run refused = run(arguments, folder.filePath("explorer.ini"));
        QCOMPARE(refused.code, code);
        QCOMPARE(refused.errors.count('\n'), 1);
        QVERIFY(refused.errors.startsWith("deepvm-explorer: "));
    }
};

}  // namespace test_explorer

DEEPVM_TEST(test_explorer, TestExplorer)
#include "test_explorer.moc"
