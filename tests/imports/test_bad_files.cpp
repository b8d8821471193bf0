// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a broken download would end the program, or become prices that nobody asks.
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QtTest>

#include "cases.h"
#include "imports/samples.h"
#include "test_program.h"

namespace test_bad_files {

using namespace deepvm;
using namespace deepvm::test;

struct Damage {
    QString name;
    QByteArray bytes;
};

QByteArray utf16(const QByteArray& text, bool big, bool marked) {
    QByteArray wide = marked ? (big ? QByteArray("\xFE\xFF") : QByteArray("\xFF\xFE")) : QByteArray();
    for (const char c : text)
        big ? wide.append('\0').append(c) : wide.append(c).append('\0');
    return wide;
}

QByteArray with_prices(const QByteArray& whole, const QString& price) {
    static const QRegularExpression amount("[0-9]+\\.[0-9]+");
    auto text = QString::fromUtf8(whole);
    return text.replace(amount, price).toUtf8();
}

QByteArray in_the_middle(const QByteArray& whole, const QByteArray& what) {
    auto bytes = whole;
    return bytes.insert(bytes.size() / 2, what);
}

// Those that are large take their time.
std::vector<Damage> large_damages(const QByteArray& whole) {
    return {{"a line of ten million", in_the_middle(whole, QByteArray(10'000'000, 'x'))},
            {"an end of two million", whole + QByteArray(2'000'000, 'x')},
            {"seventeen million blanks", in_the_middle(whole, QByteArray(17'000'000, ' '))}};
}

std::vector<Damage> damages(const QByteArray& whole, bool json) {
    QRandomGenerator random(20260727);
    QByteArray noise(4096, '\0');
    for (char& c : noise)
        c = static_cast<char>(random.bounded(256));
    auto bits = whole;
    for (int i = 0; i < 20; ++i)
        bits[random.bounded(int(bits.size()))] = static_cast<char>(random.bounded(256));
    const QByteArray deep(100'000, '[');
    const QByteArray deep_objects = QByteArray("{\"a\":").repeated(100'000);
    std::vector<Damage> all{
        {"cut at a quarter", whole.left(whole.size() / 4)},
        {"cut in the middle", whole.left(whole.size() / 2)},
        {"cut at nine tenths", whole.left(whole.size() * 9 / 10)},
        {"cut before its end", whole.left(whole.size() - 3)},
        {"one byte", whole.left(1)},
        {"empty", {}},
        {"blank", QByteArray(5000, ' ')},
        {"UTF-16 little", utf16(whole, false, true)},
        {"UTF-16 big", utf16(whole, true, true)},
        {"UTF-16 without a mark", utf16(whole, false, false)},
        {"Latin-1", in_the_middle(whole, "\xE9")},
        {"zeros", in_the_middle(whole, QByteArray(100, '\0'))},
        {"prices NaN", with_prices(whole, "NaN")},
        {"prices negative", with_prices(whole, "-0.5")},
        {"prices 0", with_prices(whole, "0.0")},
        {"prices beyond numbers", with_prices(whole, "1e400")},
        {"prices of a country", with_prices(whole, "99999999999.5")},
        {"prices too exact", with_prices(whole, "0.12345678901")},
        {"decimal commas", with_prices(whole, "0,5")},
        {"all twice", whole + whole},
        {"types by another name", QByteArray(whole).replace("nstance", "mbodiment").replace("armSku", "leg")},
        {"without its first line", whole.mid(whole.indexOf('\n') + 1)},
        {"deep before", deep + whole},
        {"deep within", in_the_middle(whole, deep)},
        {"deep objects", deep_objects},
        {"compressed", QByteArray("\x1F\x8B\x08") + noise},
        {"archive", QByteArray("PK\x03\x04") + noise},
        {"web page", "<!DOCTYPE html><html>" + whole},
        {"semicolons", QByteArray(whole).replace(',', ';')},
        {"tabs", QByteArray(whole).replace(',', '\t')},
        {"without quotes", QByteArray(whole).replace("\"", "")},
        {"a quote too many", in_the_middle(whole, "\"")},
        {"regions any", QByteArray(whole).replace("us-east-1", "any").replace("eastus", "any")},
        {"control characters", QByteArray(whole).replace("xlarge", "x\x1B[31mlarge")},
        {"noise", noise},
        {"bits", bits}};
    if (json)
        all.push_back({"null", QString::fromUtf8(whole)
                                   .replace(QRegularExpression("\"(?=[^\":,{}]*\"[,}])[^\"]*\""), "null")
                                   .toUtf8()});
    return all;
}

class TestBadFiles : public QObject {
    Q_OBJECT

    Desk desk_;

    static bool is_one_line(const std::string& text) {
        const auto line = QString::fromStdString(text);
        return !line.isEmpty() && !line.contains('\n') && !line.contains(QChar(0xFFFD)) && line.size() < 2000;
    }

  private slots:
    void every_damage_is_said_and_harms_nothing_data() {
        QTest::addColumn<int>("sample");
        const auto samples = all_samples();
        for (std::size_t i = 0; i < samples.size(); ++i)
            QTest::newRow(qPrintable(samples[i].file)) << int(i);
    }
    void every_damage_is_said_and_harms_nothing() {
        QFETCH(int, sample);
        const auto [name, bytes] = all_samples()[std::size_t(sample)];
        const bool json = name.endsWith(".json");
        const auto whole_format = imports::detect(bytes.toStdString());
        auto spoilt = damages(bytes, json);
        for (auto& large : large_damages(bytes))
            spoilt.push_back(std::move(large));
        QVERIFY(spoilt.size() >= 30);
        const auto tried = std::size_t(deepvm::tests::cases(int(spoilt.size())));
        for (std::size_t i = 0; i < tried; ++i) {
            const auto& [damage, with] = spoilt[i];
            const auto file = desk_.file(name, with);
            for (const bool forced : {false, true}) {
                if (forced && with.size() > 2'000'000) continue;
                const auto own = desk_.fresh();
                imports::ImportOptions options;
                options.dry_run = forced || i % 5 != 0;  // the others write, too
                if (forced) options.format = whole_format;
                const auto done = desk_.import(own, {file}, options);
                const auto what = name + ", " + damage;
                QVERIFY2(catalog::Catalog::open(own.toStdString()).has_value(), qPrintable(what));
                if (!done) {
                    QVERIFY2(
                        is_one_line(done.error().message),
                        qPrintable(what + ": " + QString::fromStdString(done.error().message).left(300)));
                    continue;
                }
                for (const auto& line : everything_said(*done).split('\n'))
                    QVERIFY2(line.size() < 2000 && !line.contains('\x1B'), qPrintable(what + line.left(300)));
                QVERIFY2(!imports::report_json(*done).empty(), qPrintable(what));
            }
        }
    }

    // What is wrong with the file is said, not what followed from it.
    void the_kind_of_damage_is_named_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("says");
        QTest::newRow("UTF-16 little") << "UTF-16 little"
                                       << "is UTF-16 text; save it as UTF-8";
        QTest::newRow("UTF-16 big") << "UTF-16 big"
                                    << "is UTF-16 text; save it as UTF-8";
        QTest::newRow("no mark") << "UTF-16 without a mark"
                                 << "is UTF-16 text or no text";
        QTest::newRow("compressed") << "compressed"
                                    << "is compressed; unpack it with gunzip";
        QTest::newRow("archive") << "archive"
                                 << "is a ZIP archive or a spreadsheet";
        QTest::newRow("web page") << "web page"
                                  << "is a web page";
        QTest::newRow("empty") << "empty"
                               << "is empty";
        QTest::newRow("blank") << "blank"
                               << "is empty";
    }
    void the_kind_of_damage_is_named() {
        QFETCH(QString, damage);
        QFETCH(QString, says);
        for (const auto& [name, bytes] : all_samples())
            for (const auto& each : damages(bytes, false)) {
                if (each.name != damage) continue;
                const auto done = desk_.import(desk_.fresh(), {desk_.file(name, each.bytes)});
                QVERIFY2(!done, qPrintable(name));
                QVERIFY2(QString::fromStdString(done.error().message).contains(says),
                         done.error().message.c_str());
            }
    }

    void semicolons_and_cut_off_files_are_named() {
        for (const auto& [name, bytes] : all_samples()) {
            if (name.endsWith(".csv") && name != "index.csv") {
                auto semicolons = bytes;
                const auto done =
                    desk_.import(desk_.fresh(), {desk_.file(name, semicolons.replace(',', ';'))});
                QVERIFY2(!done && done.error().message.find("separated by semicolons") != std::string::npos,
                         qPrintable(name));
            }
            if (!name.endsWith(".json")) continue;
            const auto done = desk_.import(desk_.fresh(), {desk_.file(name, bytes.left(bytes.size() - 3))});
            const auto said = done ? everything_said(*done) : QString::fromStdString(done.error().message);
            QVERIFY2(said.contains("the file is cut off"), qPrintable(name + ": " + said));
        }
    }

    void a_file_that_is_not_there_stops_all() {
        const auto own = desk_.fresh();
        const auto done = desk_.import(own, {desk_.file("offers.csv", csv_sample()), desk_.path("none.csv")});
        QVERIFY(!done && done.error().message.find("none.csv: no such file") != std::string::npos);
        QVERIFY(!has_offer(own, "aws", "us-east-1", "p3.2xlarge"));
        QVERIFY(!desk_.import(own, {desk_.path("aws")}).has_value());
        QVERIFY(!desk_.import(own, {"/dev/zero"}).has_value());
        QVERIFY(!desk_.import(own, {}).has_value());
    }
};

}  // namespace test_bad_files

DEEPVM_TEST(test_bad_files, TestBadFiles)
#include "test_bad_files.moc"
