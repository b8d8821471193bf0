// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a person who edits a CSV file in a spreadsheet could not find the line that is wrong.
#include <QTemporaryDir>
#include <QtTest>

#include "base/csv_table.h"
#include "test_program.h"

namespace test_csv_table {

using namespace deepvm::base;

class TestCsvTable : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    Result<CsvTable> read(const QByteArray& text) {
        QFile file(folder_.filePath("t.csv"));
        if (!file.open(QIODevice::WriteOnly)) return fail(ErrorCode::unreadable, "test");
        file.write(text);
        file.close();
        constexpr std::array<std::string_view, 2> columns{"name", "price"};
        return CsvTable::read(folder_.filePath("t.csv").toStdString(), columns);
    }

  private slots:
    void reads_what_spreadsheets_write() {
        const auto table =
            read("\xEF\xBB\xBFprice,name,more\r\n1.5,\"a, \"\"b\"\"\nc\",x\r\n\r\n2,\xC3\xA9,");
        QVERIFY2(table.has_value(), table ? "" : table.error().message.c_str());
        QCOMPARE(table->size(), std::size_t{2});
        QCOMPARE(table->row(0).text("name"), std::string("a, \"b\"\nc"));
        QCOMPARE(table->row(1).text("name"), std::string("\xC3\xA9"));
        QVERIFY(table->row(1).is_blank("more"));
        // A quoted line break and a blank line do not shift the line numbers of what follows.
        QCOMPARE(table->row(0).where(), std::string("t.csv line 2"));
        QCOMPARE(table->row(1).where(), std::string("t.csv line 5"));
    }

    void refuses_what_is_not_a_table_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray("") << "t.csv line 1: the file is empty";
        QTest::newRow("only blank lines") << QByteArray("\n\n") << "line 1: the file is empty";
        QTest::newRow("column missing")
            << QByteArray("name\na\n") << "line 1: needs exactly one column \"price\"";
        QTest::newRow("semicolons")
            << QByteArray("name;price\na;1,5\n")
            << "line 1: its fields are separated by semicolons; save it as CSV with commas";
        QTest::newRow("tabs") << QByteArray("name\tprice\na\t1.5\n")
                              << "line 1: its fields are separated by tabs";
        QTest::newRow("column twice") << QByteArray("name,price,name\n") << "exactly one column \"name\"";
        QTest::newRow("short row") << QByteArray("name,price\na,1\nb\n") << "line 3: has 1 fields";
        QTest::newRow("long row") << QByteArray("name,price\na,1,2\n") << "line 2: has 3 fields";
        QTest::newRow("open quote") << QByteArray("name,price\n\"a,1\nb,2\n")
                                    << "line 2: a quoted field is not closed";
        QTest::newRow("stray quote") << QByteArray("name,price\na\"b,1\n") << "line 2: a quote stands inside";
        QTest::newRow("binary") << QByteArray("name,price\na,\0\n", 15) << "line 2: is not UTF-8";
        QTest::newRow("latin-1") << QByteArray("name,price\ncaf\xE9,1\n") << "line 2: is not UTF-8";
    }
    void refuses_what_is_not_a_table() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto table = read(text);
        QVERIFY(!table);
        QVERIFY2(QString::fromStdString(table.error().message).contains(says), table.error().message.c_str());
        QCOMPARE(table.error().code, ErrorCode::damaged);
    }

    // Row by row it must be the same file: a large catalog is not read another way than a small one.
    void row_by_row_is_the_same_data() { refuses_what_is_not_a_table_data(); }
    void row_by_row_is_the_same() {
        QFETCH(QByteArray, text);
        const std::array<std::string_view, 2> columns{"name", "price"};
        const auto each = [&](std::vector<std::string>& seen) {
            return CsvTable::each(folder_.filePath("t.csv").toStdString(), columns, [&](const CsvRow& row) {
                seen.push_back(row.where() + " " + row.text("name") + " " + row.text("price"));
            });
        };
        std::vector<std::string> seen;
        const auto refused = read(text);
        QCOMPARE(each(seen).error().message, refused.error().message);
        const auto whole = read("price,name,more\r\n1.5,\"a\nb\",x\r\n\r\n2,c,\n3,d,");
        seen.clear();
        QCOMPARE(each(seen).value(), whole->size());
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const auto row = whole->row(i);
            QCOMPARE(seen[i], row.where() + " " + row.text("name") + " " + row.text("price"));
        }
        QVERIFY(each(seen).has_value());
        QVERIFY_EXCEPTION_THROWN(
            (void)CsvTable::each(folder_.filePath("t.csv").toStdString(), columns,
                                 [](const CsvRow&) { throw std::runtime_error("stop"); }),
            std::runtime_error);
    }

    void a_missing_file_and_a_folder_are_unreadable() {
        for (const auto& path : {folder_.filePath("none.csv"), folder_.path()}) {
            const auto table = CsvTable::read(path.toStdString(), {});
            QVERIFY(!table);
            QCOMPARE(table.error().code, ErrorCode::unreadable);
        }
    }

    void a_refused_field_says_line_and_column() {
        const auto table = read("name,price\n,0\nb,-1\nc,1.1234567\n");
        QVERIFY(table.has_value());
        QCOMPARE(table->row(0).required("name").error().message,
                 std::string("t.csv line 2: name is blank; fill it in"));
        QCOMPARE(table->row(0).price("price").error().message,
                 std::string("t.csv line 2: price is 0; a price is above 0"));
        QVERIFY(table->row(1).price("price").error().message.starts_with(
            "t.csv line 3: price \"-1\" is negative"));
        QVERIFY(
            table->row(2).price("price").error().message.starts_with("t.csv line 4: price \"1.1234567\""));
        QVERIFY(
            table->row(1).number("price", 0, 1).error().message.starts_with("t.csv line 3: price \"-1\""));
        QVERIFY(table->row(1).count("name", 0, 1).error().message.starts_with("t.csv line 3: name \"b\""));
        QVERIFY(table->row(0).optional_price("name").value() == std::nullopt);
        QVERIFY_EXCEPTION_THROWN((void)table->row(0).text("no such column"), std::logic_error);
    }
};

}  // namespace test_csv_table

DEEPVM_TEST(test_csv_table, TestCsvTable)
#include "test_csv_table.moc"
