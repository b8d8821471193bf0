// SPDX-License-Identifier: GPL-3.0-or-later
// Two windows share one file: what somebody set in the one must not be lost by closing the other. What
// cannot be kept is said.
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include "state/settings.h"
#include "test_program.h"

namespace test_settings {

using namespace deepvm;
using namespace deepvm::ui::state;

namespace {

model::WorkloadProfile workloadCalled(const std::string& name, std::int64_t parameters = 1'000'000) {
    return {name, name, parameters, 1e9, 32, 4, 16, 12, 50'000, 3, model::Precision::fp32, {}};
}

model::ScalingFit measured(const std::string& type, double seconds) {
    const std::vector<model::EpochTime> times{
        {type, 1, seconds}, {type, 2, seconds / 1.8}, {type, 4, seconds / 3}};
    return model::fit_scaling(type, times).value();
}

QStringList names(const session::Exploration& exploration) {
    QStringList all;
    for (const auto& each : exploration.own_workloads)
        all << QString::fromStdString(each.name);
    return all;
}

void write(const QString& file, const QByteArray& text) {
    QFile written(file);
    QVERIFY(written.open(QIODevice::WriteOnly) && written.write(text) == text.size());
}

QByteArray read(const QString& file) {
    QFile there(file);
    return there.open(QIODevice::ReadOnly) ? there.readAll() : QByteArray();
}

}  // namespace

class TestSettings : public QObject {
    Q_OBJECT

  private slots:
    void theWindowClosedLastKeepsWhatTheOtherSet() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("explorer.ini");
        Remembered begun;
        begun.exploration.max_nodes = 12;
        QVERIFY(Settings(file).save(begun));
        Settings first(file);
        Settings second(file);
        auto ofFirst = first.load();
        auto ofSecond = second.load();
        ofFirst.exploration.budget = base::Money::from_micro(4'200'000);
        ofFirst.exploration.max_nodes.reset();
        ofSecond.appearance = Appearance::dark;
        QVERIFY(first.save(ofFirst));
        QVERIFY(second.save(ofSecond));
        const auto kept = Settings(file).load();
        QCOMPARE(kept.exploration.budget.micro(), std::int64_t{4'200'000});
        QVERIFY(!kept.exploration.max_nodes);
        QVERIFY(kept.appearance == Appearance::dark);
        // Who changes the same thing later wins.
        ofSecond.exploration.budget = base::Money::from_micro(5'000'000);
        QVERIFY(second.save(ofSecond));
        QVERIFY(first.save(ofFirst));
        QCOMPARE(Settings(file).load().exploration.budget.micro(), std::int64_t{5'000'000});
    }

    void workloadsAndMeasurementsOfBothAreKept() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("explorer.ini");
        Remembered begun;
        begun.exploration.own_workloads = {workloadCalled("old"), workloadCalled("changed")};
        begun.exploration.measured["a.xlarge"] = measured("a.xlarge", 100);
        QVERIFY(Settings(file).save(begun));
        Settings first(file);
        Settings second(file);
        auto ofFirst = first.load();
        auto ofSecond = second.load();
        ofFirst.exploration.own_workloads = {workloadCalled("changed", 7'000'000),
                                            workloadCalled("of the first")};
        ofFirst.exploration.measured["b.xlarge"] = measured("b.xlarge", 200);
        ofSecond.exploration.own_workloads.push_back(workloadCalled("of the second"));
        ofSecond.exploration.measured.erase("a.xlarge");
        QVERIFY(first.save(ofFirst));
        QVERIFY(second.save(ofSecond));
        const auto kept = Settings(file).load().exploration;
        QCOMPARE(names(kept), (QStringList{"changed", "of the first", "of the second"}));
        QCOMPARE(kept.own_workloads.front().parameters, std::int64_t{7'000'000});
        QVERIFY(kept.measured.size() == 1 && kept.measured.contains("b.xlarge"));
    }

    void aPlaceThatCannotBeWrittenIsSaid() {
        const QTemporaryDir folder;
        write(folder.filePath("file"), "not a folder");
        const QString file = folder.filePath("file/explorer.ini");
        Settings settings(file);
        auto remembered = settings.load();
        remembered.exploration.budget = base::Money::from_micro(4'200'000);
        const auto kept = settings.save(remembered);
        QVERIFY(!kept);
        const auto problem = QString::fromStdString(kept.error().message);
        QVERIFY2(problem.contains(file) && problem.contains("DEEPVM_SETTINGS"), qPrintable(problem));
        QCOMPARE(read(folder.filePath("file")), QByteArray("not a folder"));
        // It is tried again, with all of it: a person makes room.
        QVERIFY(QFile::remove(folder.filePath("file")));
        QVERIFY(settings.save(remembered));
        QCOMPARE(Settings(file).load().exploration.budget.micro(), std::int64_t{4'200'000});
    }

    void aFileThatIsNotOursIsKeptBeside_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("noise") << QByteArray("\x7f\x45\x4c\x46\0\0[[[]]=%%%\n;", 18);
        QTest::newRow("later version") << QByteArray("[General]\nversion=99\nbudget=7\nwings=2\n");
    }
    void aFileThatIsNotOursIsKeptBeside() {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        const QString file = folder.filePath("explorer.ini");
        write(file, text);
        Settings settings(file);
        auto remembered = settings.load();
        remembered.exploration.max_nodes = 5;
        QVERIFY(settings.save(remembered));
        QCOMPARE(read(file + ".before"), text);
        QVERIFY(Settings(file).load() == remembered);
        QVERIFY(!read(file).contains("wings"));
    }

    void nothingIsLeftBesideTheFile() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("made/on/the/way/explorer.ini");
        QVERIFY(Settings(file).save({}));
        QCOMPARE(QFileInfo(file).dir().entryList(QDir::Files | QDir::Hidden), QStringList{"explorer.ini"});
    }
};

}  // namespace test_settings

DEEPVM_TEST(test_settings, TestSettings)
#include "test_settings.moc"
