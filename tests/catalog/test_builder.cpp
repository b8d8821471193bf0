// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a slip in a CSV file would become a wrong price in a plan, or a failed build would cost a
// person the catalog that worked.
#include <sys/resource.h>

#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "support.h"
#include "test_program.h"

namespace test_builder {

using namespace deepvm;
using namespace deepvm::test;

class TestBuilder : public QObject {
    Q_OBJECT

    QTemporaryDir temporary_;

    // A fresh copy of the sources; `edit` gets the lines of `file`, the header first.
    template <typename Edit>
    QString spoiled(const QString& file, Edit edit) {
        auto folder = temporary_.filePath(QString::number(QRandomGenerator::global()->generate64()));
        copy_csv_folder(folder);
        auto lines = bytes_of(folder + '/' + file).split('\n');
        edit(lines);
        QFile(folder + '/' + file).remove();
        write_bytes(folder + '/' + file, lines.join('\n'));
        return folder;
    }

    static QString refusal(const QString& folder, const QString& output) {
        const auto built = catalog::build_catalog(folder.toStdString(), output.toStdString());
        return built ? QString() : QString::fromStdString(built.error().message);
    }

  private slots:
    void the_same_sources_give_the_same_bytes() {
        const auto one = temporary_.filePath("one.db");
        const auto two = temporary_.filePath("two.db");
        QCOMPARE(refusal(source_csv(), one), QString());
        QCOMPARE(refusal(source_csv(), two), QString());
        QVERIFY(bytes_of(one) == bytes_of(two));
        QVERIFY(!bytes_of(one).isEmpty());
    }

    void a_wrong_row_is_refused_with_its_place_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* file, int line, const char* column,
                            const char* value, const char* says) {
            QTest::newRow(name) << file << line << column << value << says;
        };
        row("negative price", "offers.csv", 7, "on_demand_usd_per_hour", "-1", "negative");
        row("zero price", "offers.csv", 7, "on_demand_usd_per_hour", "0", "above 0");
        row("blank price", "offers.csv", 7, "on_demand_usd_per_hour", "", "blank");
        row("price is no number", "offers.csv", 7, "on_demand_usd_per_hour", "nan", "not an amount");
        row("price too precise", "offers.csv", 7, "spot_usd_per_hour", "0.1234567", "6 decimal");
        row("spot without its source", "offers.csv", 7, "spot_source", "", "spot_source is blank");
        row("spot without its basis", "offers.csv", 7, "spot_basis", "", "spot_basis is blank");
        row("unknown basis", "offers.csv", 7, "spot_basis", "lst", "did you mean \"list\"");
        row("unknown band", "offers.csv", 7, "interruption_band", "5", "from 0 to 4");
        row("unknown source", "offers.csv", 7, "on_demand_source", "aws-price", "unknown source");
        row("unknown type", "offers.csv", 7, "instance_type", "c5.42xlarge", "unknown instance type");
        row("unknown provider", "offers.csv", 7, "provider", "asw", "did you mean \"aws\"");
        row("region without a name", "offers.csv", 7, "region", "", "region is blank");
        row("region that means all", "offers.csv", 7, "region", "any", "name the region");
        row("no machine", "instance_types.csv", 5, "vcpus", "0", "from 1 to");
        row("half a core", "instance_types.csv", 5, "vcpus", "0.5", "whole number");
        row("infinite memory", "instance_types.csv", 5, "memory_gib", "inf", "not a number");
        row("negative memory", "instance_types.csv", 5, "memory_gib", "-4", "not a number");
        row("unknown accelerator", "instance_types.csv", 423, "accelerator", "t5", "accelerator");
        row("accelerator without count", "instance_types.csv", 5, "accelerator", "t4", "disagree");
        row("unknown architecture", "instance_types.csv", 5, "architecture", "riscv", "unknown architecture");
        row("provider of a type", "instance_types.csv", 5, "provider", "deepvm-paper", "unknown provider");
        row("date that is none", "sources.csv", 2, "as_of", "2026-02-30", "not a date");
        row("date in words", "sources.csv", 2, "as_of", "July 2026", "not a date");
        row("peak rate of 0", "accelerators.csv", 3, "fp32_tflops", "0", "not a number");
        row("unknown precision", "workloads.csv", 3, "precision", "fp9", "unknown precision");
        row("negative parameters", "workloads.csv", 3, "parameters", "-1", "whole number");
        row("saturation of nothing", "deepvm_network_saturation.csv", 4, "saturation_workers_per_remote", "",
            "blank");
        row("negative quota", "deepvm_limits.csv", 2, "spot_vcpus", "-1", "from 0 to");
        row("negative rate", "deepvm_paper.csv", 3, "flops", "-5", "not a number");
        row("scaling law in part", "deepvm_paper.csv", 3, "scaling_b", "", "does not fit");
        row("position twice", "deepvm_paper.csv", 3, "position", "1", "does not fit");
        row("a name for all providers", "datasets.csv", 4, "dataset", "any", "choose another name");
        row("unknown kind", "datasets.csv", 2, "kind", "provder", "did you mean \"provider\"");
        row("published without source", "datasets.csv", 2, "source", "", "source is blank");
        row("provider with a file", "datasets.csv", 4, "quotas_file", "deepvm_limits.csv", "leave it blank");
    }
    void a_wrong_row_is_refused_with_its_place() {
        QFETCH(QString, file);
        QFETCH(int, line);
        QFETCH(QString, column);
        QFETCH(QString, value);
        QFETCH(QString, says);
        const auto folder = spoiled(file, [&](QList<QByteArray>& lines) {
            const auto at = split_csv_line(QString::fromUtf8(lines[0])).indexOf(column);
            QVERIFY(at >= 0);
            auto fields = split_csv_line(QString::fromUtf8(lines[line - 1]));
            QVERIFY2(fields.value(at) != value, "the test spoils nothing");
            fields[at] = value;
            for (auto& field : fields)
                field = '"' + field + '"';
            lines[line - 1] = fields.join(',').toUtf8();
        });
        const auto message = refusal(folder, temporary_.filePath("refused.db"));
        QVERIFY2(message.startsWith(QString("%1 line %2: ").arg(file).arg(line)), qPrintable(message));
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(!message.contains('\n'), qPrintable(message));
        QVERIFY(!QFile::exists(temporary_.filePath("refused.db")));
    }

    void a_row_given_twice_is_refused_data() {
        QTest::addColumn<QString>("file");
        auto names = QDir(source_csv()).entryList({"*.csv"}, QDir::Files);
        names.removeOne("device_throughput.csv");  // need not be there, and may say the same twice
        for (const auto& name : names)
            QTest::newRow(qPrintable(name)) << name;
    }
    void a_row_given_twice_is_refused() {
        QFETCH(QString, file);
        const auto folder = spoiled(file, [](QList<QByteArray>& lines) { lines.insert(2, lines[1]); });
        const auto message = refusal(folder, temporary_.filePath("refused.db"));
        QVERIFY2(
            message.startsWith(file + " line 3: ") && message.contains("is already in " + file + " line 2"),
            qPrintable(message));
    }

    void a_missing_column_file_or_all_rows_are_refused_data() { a_row_given_twice_is_refused_data(); }
    void a_missing_column_file_or_all_rows_are_refused() {
        QFETCH(QString, file);
        const auto output = temporary_.filePath("refused.db");
        const auto renamed = spoiled(file, [](QList<QByteArray>& lines) { lines[0] = "x" + lines[0]; });
        QVERIFY(refusal(renamed, output).startsWith(file + " line 1: needs exactly one column"));
        const auto empty = spoiled(file, [](QList<QByteArray>& lines) { lines = {lines[0]}; });
        QVERIFY2(refusal(empty, output).startsWith(file + " line 1: no rows"),
                 qPrintable(refusal(empty, output)));
        QVERIFY(QFile::remove(empty + '/' + file));
        QVERIFY2(refusal(empty, output).contains(file + ": no such file"),
                 qPrintable(refusal(empty, output)));
    }

    // Real snapshots have such rows: refusing the whole catalog for them would leave a person with none.
    void doubtful_prices_are_taken_and_all_named() {
        const auto folder = spoiled("offers.csv", [](QList<QByteArray>& lines) {
            const auto names = split_csv_line(QString::fromUtf8(lines[0]));
            const auto change = [&](int line, const char* column, const QString& value) {
                auto fields = split_csv_line(QString::fromUtf8(lines[line - 1]));
                fields[names.indexOf(column)] = value;
                lines[line - 1] = fields.join(',').toUtf8();
            };
            change(7, "spot_usd_per_hour", "900000");
            change(9, "spot_usd_per_hour", "900000.5");
            change(12, "on_demand_usd_per_hour", "0.0001");
            change(12, "spot_usd_per_hour", "0.00005");
        });
        const auto file = temporary_.filePath("doubtful.db").toStdString();
        const auto built = catalog::build_catalog(folder.toStdString(), file).value();
        QStringList remarks;
        for (const auto& remark : built.remarks)
            remarks << QString::fromStdString(remark);
        const auto all = remarks.join('\n');
        QVERIFY2(all.contains("offers.csv line 7: spot_usd_per_hour 900000.00 "), qPrintable(all));
        QVERIFY2(all.contains("offers.csv line 9: spot_usd_per_hour 900000.50 "), qPrintable(all));
        QVERIFY2(all.contains("0.0001 USD/h is 99 % below every other price of this type"), qPrintable(all));
        const auto opened = catalog::Catalog::open(file).value();
        int kept = 0;
        int doubtful = 0;
        const auto market = opened.load({"aws", "any"}).value();
        for (const auto& place : market->places)
            for (const auto& offer : place.offers) {
                doubtful += offer.doubtful ? 1 : 0;
                if (!offer.listed_spot || *offer.listed_spot < base::Money::from_usd(900'000)) continue;
                QVERIFY(!offer.spot);  // never planned with
                ++kept;
            }
        QCOMPARE(kept, 2);
        QCOMPARE(doubtful, 1);
    }

    // A catalog of one's own may lack them, but then every speed rests on less, and that is said.
    void a_catalog_without_measured_speeds_says_so() {
        const auto folder = temporary_.filePath("unmeasured");
        copy_csv_folder(folder);
        QVERIFY(QFile::remove(folder + "/device_throughput.csv"));
        const auto file = temporary_.filePath("unmeasured.db").toStdString();
        const auto built = catalog::build_catalog(folder.toStdString(), file).value();
        QVERIFY(std::ranges::any_of(built.remarks, [](const std::string& remark) {
            return remark.starts_with("device_throughput.csv: not there");
        }));
        const auto market = catalog::Catalog::open(file)->load({"aws", "us-east-1"}).value();
        QVERIFY(market->speeds == model::SpeedKnowledge{});
    }

    // The last row is wrong: all that came before must not have touched the catalog that a person works with.
    void a_build_that_fails_leaves_the_old_catalog() {
        const auto folder = temporary_.filePath("kept");
        QVERIFY(QDir().mkpath(folder));
        const auto output = folder + "/catalog.db";
        QCOMPARE(refusal(source_csv(), output), QString());
        const auto before = bytes_of(output);
        const auto spoilt =
            spoiled("offers.csv", [](QList<QByteArray>& lines) { lines.last().append("aws,,,,,,,,\n"); });
        QVERIFY(refusal(spoilt, output).startsWith("offers.csv line "));
        QVERIFY(bytes_of(output) == before);
        QCOMPARE(entries(folder), QStringList{"catalog.db"});
    }

    // As on a full disk: files may not grow past 100 kB here.
    void a_full_disk_leaves_the_old_catalog() {
        const auto folder = temporary_.filePath("full");
        QVERIFY(QDir().mkpath(folder));
        const auto output = folder + "/catalog.db";
        QCOMPARE(refusal(source_csv(), output), QString());
        const auto before = bytes_of(output);

        rlimit old{};
        getrlimit(RLIMIT_FSIZE, &old);
        const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{100'000, old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto message = refusal(source_csv(), output);
        setrlimit(RLIMIT_FSIZE, &old);
        std::signal(SIGXFSZ, old_handler);

        QVERIFY2(message.contains("cannot be written"), qPrintable(message));
        QVERIFY(bytes_of(output) == before);
        QCOMPARE(entries(folder), QStringList{"catalog.db"});
    }

    void a_place_that_cannot_be_written_is_refused() {
        for (const auto& output : {temporary_.filePath("none/catalog.db"), temporary_.path(),
                                   QString("/proc/catalog.db"), QString()}) {
            const auto message = refusal(source_csv(), output);
            QVERIFY2(!message.isEmpty() && !message.contains('\n'), qPrintable(output));
        }
    }

    // Some keep the catalog on another disk and a link in its place.
    void a_link_to_a_catalog_stays_a_link() {
        const auto target = temporary_.filePath("target.db");
        const auto link = temporary_.filePath("link.db");
        QVERIFY(QFile::link(target, link));
        QCOMPARE(refusal(source_csv(), link), QString());
        QVERIFY(QFileInfo(link).isSymLink());
        QVERIFY(QFileInfo(target).isFile());
    }

    // A program that is planning must go on reading the catalog that it opened.
    void a_reader_keeps_its_catalog_while_it_is_rebuilt() {
        const auto output = temporary_.filePath("read.db");
        QCOMPARE(refusal(source_csv(), output), QString());
        const auto reader = catalog::Catalog::open(output.toStdString());
        QVERIFY(reader.has_value());
        const auto before = reader->load({"gcp", "any"}).value();
        QCOMPARE(refusal(source_csv(), output), QString());
        QVERIFY(*reader->load({"gcp", "any"}).value() == *before);
    }
};

}  // namespace test_builder

DEEPVM_TEST(test_builder, TestBuilder)
#include "test_builder.moc"
