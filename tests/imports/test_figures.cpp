// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a new machine type would be another machine than the one that the file has prices of.
#include <QtTest>

#include "imports/samples.h"
#include "test_program.h"

namespace test_figures {

using namespace deepvm;
using namespace deepvm::test;

class TestFigures : public QObject {
    Q_OBJECT

    Desk desk_;

    // SkyPilot's file of a cloud with one type of accelerator A100.
    QString sky(const QByteArray& type, int count, int size, int total) const {
        const auto row = QString(
                             "%1,A100,%2.0,16,128,\"{'Gpus': [{'Name': 'A100', 'Manufacturer': 'NVIDIA', "
                             "'Count': %2.0, 'MemoryInfo': {'SizeInMiB': %3}}], 'TotalGpuMemoryInMiB': "
                             "%4}\",2.5,1.1,CA\n")
                             .arg(type)
                             .arg(count)
                             .arg(size)
                             .arg(total);
        return desk_.file("catalogs/v8/vast/vms.csv",
                          "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,"
                          "SpotPrice,Region\n" +
                              row.toUtf8());
    }

    base::Result<imports::ImportReport> rows(const QString& catalog, const QByteArray& lines) {
        const QByteArray header =
            "provider,region,instance_type,on_demand_usd_per_hour,vcpus,memory_gib,accelerator,"
            "accelerator_count\n";
        return desk_.import(catalog, {desk_.file("figures.csv", header + lines)});
    }

  private slots:
    void memory_of_all_accelerators_is_not_that_of_one_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("total");
        QTest::addColumn<QString>("accelerator");
        QTest::newRow("of all, 40 GB") << 2 << 81920 << 81920 << "a100";
        QTest::newRow("of all, 80 GB") << 2 << 163840 << 163840 << "a100-80gb";
        QTest::newRow("of one, 40 GB") << 2 << 40960 << 81920 << "a100";
        QTest::newRow("of one, 80 GB") << 2 << 81920 << 163840 << "a100-80gb";
        QTest::newRow("in GiB, of all") << 4 << 160 << 160 << "a100";
        QTest::newRow("one") << 1 << 81920 << 81920 << "a100-80gb";
    }
    void memory_of_all_accelerators_is_not_that_of_one() {
        QFETCH(int, count);
        QFETCH(int, size);
        QFETCH(int, total);
        QFETCH(QString, accelerator);
        const auto own = desk_.fresh();
        const auto done = desk_.import(own, {sky("box", count, size, total)});
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        const auto type = type_of(own, "vast", "CA", "box");
        QVERIFY2(type.accelerator.has_value(), qPrintable(everything_said(*done)));
        QCOMPARE(QString::fromStdString(type.accelerator->name), accelerator);
        QCOMPARE(type.accelerator_count, count);
    }

    // A price list tells of them by half, or not at all.
    void accelerators_are_never_left_out_in_silence_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("count");
        QTest::addColumn<QString>("says");
        QTest::newRow("an eighth") << QByteArray("g6f.large") << QByteArray("0.125")
                                   << "missing a whole number of accelerators";
        QTest::newRow("no number") << QByteArray("m9.large") << QByteArray("some")
                                   << "missing a whole number of accelerators";
        for (const auto* type :
             {"trn9.large", "inf9.large", "dl9.large", "p9.large", "g9e.large", "gr9.large"})
            QTest::newRow(type) << QByteArray(type) << QByteArray() << "missing its accelerators";
        QTest::newRow("without any") << QByteArray("m9.large") << QByteArray() << QString();
    }
    void accelerators_are_never_left_out_in_silence() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, count);
        QFETCH(QString, says);
        const QByteArray gpu = count.isEmpty() ? QByteArray() : "\"gpu\":\"" + count + "\",";
        auto list = price_list_json_sample();
        list.replace("p3.2xlarge", type).replace("\"gpu\":\"1\",", gpu);
        auto table = ec2_instances_sample();
        const QByteArray number = count == "0.125" ? count : "\"" + count + "\"";
        table.replace("p3.2xlarge", type)
            .replace("\"GPU\":1,", "\"GPU\":" + (count.isEmpty() ? "0" : number) + ",")
            .replace("\"NVIDIA Tesla V100\"", "null");
        for (const auto& file : {desk_.file("index.json", list), desk_.file("instances.json", table)}) {
            const auto own = desk_.fresh();
            const auto done = desk_.import(own, {file});
            QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
            QCOMPARE(has_offer(own, "aws", "us-east-1", type.toStdString()), says.isEmpty());
            QVERIFY2(everything_said(*done).contains(says), qPrintable(everything_said(*done)));
        }
        const auto own = desk_.fresh();
        const auto done =
            rows(own, "aws,us-east-1,g5.xlarge,1.5,,,,\naws,us-east-1," + type + ",1,8,32,," + count + "\n");
        QVERIFY2(everything_said(*done).contains(says), qPrintable(everything_said(*done)));
        QCOMPARE(has_offer(own, "aws", "us-east-1", type.toStdString()), says.isEmpty());
    }

    void what_one_row_does_not_say_another_may() {
        const auto own = desk_.fresh();
        const auto done = rows(own,
                               "mine,cellar,box,0.1,,,,\nmine,attic,box,0.1,8,,a100,\n"
                               "mine,roof,box,0.1,16,32,,2\nmine,roof,crate,0.1,8,32,a100,\n"
                               "mine,attic,crate,0.1,8,32,v100,4\n");
        QVERIFY(done.has_value());
        const auto type = type_of(own, "mine", "cellar", "box");
        QCOMPARE(type.vcpus, 8);  // of those that say it the first
        QCOMPARE(type.memory_gib.value_or(0), 32.0);
        QCOMPARE(type.accelerator_count, 2);
        QCOMPARE(type.accelerator->name, std::string("a100"));
        // The number of other accelerators is not that of these.
        QVERIFY(everything_said(*done).contains(
            "mine crate (2 prices): missing the number of its accelerators (a100)"));
    }
};

}  // namespace test_figures

DEEPVM_TEST(test_figures, TestFigures)
#include "test_figures.moc"
