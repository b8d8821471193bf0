// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a broken download or a wrong file would end the program, hang it or show invented prices.
#include <SQLiteCpp/Database.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>
#include <random>

#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "catalog/schema.h"
#include "catalog/seal.h"
#include "support.h"
#include "test_program.h"

namespace test_catalog_file {

using namespace deepvm;
using namespace deepvm::test;
using base::ErrorCode;

class TestCatalogFile : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QByteArray whole_;

    QString with(const QByteArray& bytes, const QString& name = "spoilt.db") {
        auto path = folder_.filePath(name);
        QFile::remove(path);
        write_bytes(path, bytes);
        return path;
    }
    // The error of opening `path`, which must be one line that names the file.
    static std::optional<base::Error> refusal(const QString& path) {
        const auto opened = catalog::Catalog::open(path.toStdString());
        if (opened) return std::nullopt;
        const auto message = QString::fromStdString(opened.error().message);
        if (!message.startsWith(path + ": ") || message.contains('\n')) qFatal("%s", qPrintable(message));
        return opened.error();
    }
    QString changed(const char* sql) {
        auto path = with(whole_, "changed.db");
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec(sql);
        return path;
    }
    // Opens and reads all that there is: what counts is that it comes to an end.
    static bool opens_and_loads(const QString& path) {
        const auto opened = catalog::Catalog::open(path.toStdString());
        return opened && opened->check().has_value();
    }

  private slots:
    void initTestCase() {
        const auto path = folder_.filePath("whole.db");
        QVERIFY(catalog::build_catalog(source_csv().toStdString(), path.toStdString()).has_value());
        whole_ = bytes_of(path);
        QVERIFY(opens_and_loads(path));
    }

    void a_wrong_file_is_refused_by_its_kind() {
        const auto expect = [](const QString& path, ErrorCode code, const char* says) {
            const auto error = refusal(path);
            QVERIFY2(error.has_value(), says);
            QVERIFY2(error->message.find(says) != std::string::npos, error->message.c_str());
            QCOMPARE(error->code, code);
        };
        expect(folder_.filePath("none.db"), ErrorCode::unreadable, "no such file");
        expect(folder_.path(), ErrorCode::unreadable, "is not a file");
        expect(with(""), ErrorCode::damaged, "is empty");
        expect(with("name,price\na,1\n"), ErrorCode::damaged, "not a SQLite file");
        expect(with(QByteArray(100'000, '\0')), ErrorCode::damaged, "not a SQLite file");
        expect(with(whole_.left(10)), ErrorCode::damaged, "is cut off");
        expect(with(whole_.left(whole_.size() / 2)), ErrorCode::damaged, "is cut off");
        expect(changed("PRAGMA application_id = 1"), ErrorCode::damaged, "of another program");
        expect(changed("PRAGMA user_version = 99"), ErrorCode::wrong_version,
               "is a catalog of version 99, this program reads versions 3 to 4; rebuild it");
        expect(changed("CREATE TABLE more(x)"), ErrorCode::damaged, "damaged");
        expect(changed("PRAGMA foreign_keys = OFF; DROP TABLE quota"), ErrorCode::damaged, "damaged");
        expect(changed("PRAGMA foreign_keys = OFF; DELETE FROM source"), ErrorCode::damaged,
               "missing row of source");
        expect(changed("PRAGMA ignore_check_constraints = ON; UPDATE offer SET spot = -1"),
               ErrorCode::damaged, "CHECK");
        expect(changed("DELETE FROM network_saturation"), ErrorCode::damaged, "is empty");
    }

    // Whoever can write a catalog can seal it too; what comes of it must still be prices and machines.
    void a_sealed_file_with_numbers_that_are_none_is_refused_or_read_as_prices() {
        const auto sealed = [this](const char* sql) {
            auto bytes =
                bytes_of(changed((std::string("PRAGMA ignore_check_constraints = ON; ") + sql).c_str()));
            const auto seal = catalog::make_seal({reinterpret_cast<const unsigned char*>(bytes.constData()),
                                                  static_cast<std::size_t>(bytes.size())});
            if (!seal) qFatal("no seal");
            std::copy(seal->checksum.begin(), seal->checksum.end(), bytes.begin() + seal->offset);
            return catalog::Catalog::open(with(bytes).toStdString());
        };
        const auto says = [&](const char* sql, const char* words) {
            const auto opened = sealed(sql);
            QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
            const auto loaded = opened->load({"aws", "any"});
            QVERIFY2(!loaded, sql);
            QVERIFY2(loaded.error().message.find(words) != std::string::npos, loaded.error().message.c_str());
        };
        says("UPDATE instance_type SET mean_log_share = -1e300", "a mean share is out of range");
        says("UPDATE instance_type SET vcpus = -4", "a count of vCPUs is out of range");
        says("UPDATE instance_type SET memory_gib = 1e308", "an amount of memory is out of range");
        says("UPDATE instance_type SET network_gbps = 0", "a speed of a network is out of range");
        says("UPDATE instance_type SET accelerator_count = 100000",
             "a count of accelerators is out of range");
        says("UPDATE offer SET on_demand = 0", "a price is out of range");
        // The smallest share and price that the schema has: less than a micro-dollar is to be expected.
        const auto opened = sealed(
            "UPDATE instance_type SET mean_log_share = -20; UPDATE offer SET spot = 1, "
            "spot_basis = 2, spot_source = on_demand_source");
        QVERIFY(opened.has_value());
        const auto loaded = opened->load({"aws", "any"});
        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
        int spot = 0;
        for (const auto& place : (*loaded)->places)
            for (const auto& offer : place.offers) {
                if (!offer.spot) continue;
                ++spot;
                QVERIFY(*offer.spot >= base::Money::from_micro(1));
            }
        QVERIFY(spot > 0);
    }

    // A pipe would block the program before its window appears.
    void a_pipe_is_not_waited_for() {
        const auto path = folder_.filePath("pipe");
        QCOMPARE(mkfifo(path.toUtf8().constData(), 0600), 0);
        QVERIFY(refusal(path).has_value());
    }

    // The catalog may be on a read-only medium; nothing may be left beside it.
    void a_read_only_file_in_a_read_only_folder_opens() {
        const auto folder = folder_.filePath("read only #1? 100%");
        QVERIFY(QDir().mkpath(folder));
        const auto path = folder + "/catalog é.db";
        write_bytes(path, whole_);
        QFile::setPermissions(path, QFile::ReadOwner);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner);
        {
            const auto opened = catalog::Catalog::open(path.toStdString());
            QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
            QVERIFY(opened->load({"gcp", "any"}).has_value());
            QCOMPARE(entries(folder), QStringList{"catalog é.db"});
        }
        QCOMPARE(entries(folder), QStringList{"catalog é.db"});
        QVERIFY(bytes_of(path) == whole_);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    void a_file_that_may_not_be_read_is_unreadable() {
        if (::geteuid() == 0) QSKIP("root may read everything");
        const auto path = with(whole_, "secret.db");
        QFile::setPermissions(path, QFile::Permissions());
        QCOMPARE(refusal(path)->code, ErrorCode::unreadable);
    }

    void a_cut_off_file_is_refused_at_every_length() {
        std::mt19937 random(1);
        std::vector<qsizetype> lengths;
        for (qsizetype i = 0; i < 120; ++i)
            lengths.push_back(i);
        for (int i = 0; i < 60; ++i)
            lengths.push_back(std::uniform_int_distribution<qsizetype>(0, whole_.size() - 1)(random));
        for (qsizetype page = 4096; page < whole_.size(); page += 4096)
            lengths.push_back(page);
        for (const auto length : lengths)
            QVERIFY2(refusal(with(whole_.left(length))).has_value(), qPrintable(QString::number(length)));
    }

    // Either it opens (a flipped digit of a description) or it is refused: no crash, no hang, no exception.
    void flipped_bits_end_in_an_answer_data() {
        QTest::addColumn<int>("flips");
        QTest::addColumn<int>("within");
        QTest::newRow("one anywhere") << 1 << 0;
        QTest::newRow("many anywhere") << 200 << 0;
        QTest::newRow("one in the first page") << 1 << 4096;
        QTest::newRow("one in the header") << 1 << 100;
    }
    void flipped_bits_end_in_an_answer() {
        QFETCH(int, flips);
        QFETCH(int, within);
        std::mt19937 random(static_cast<unsigned>(flips + within));
        const qsizetype end = within > 0 ? within : whole_.size();
        int refused = 0;
        for (int round = 0; round < 60; ++round) {
            auto bytes = whole_;
            for (int i = 0; i < flips; ++i) {
                const auto at = std::uniform_int_distribution<qsizetype>(0, end - 1)(random);
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
            }
            QElapsedTimer clock;
            clock.start();
            if (!opens_and_loads(with(bytes))) ++refused;
            QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(round)));
        }
        QVERIFY2(refused > 0, "nothing was spoiled");
        if (flips > 100) QCOMPARE(refused, 60);
    }

    void pages_of_noise_end_in_an_answer() {
        std::mt19937 random(7);
        for (int round = 0; round < 60; ++round) {
            auto bytes = whole_;
            const auto page =
                std::uniform_int_distribution<qsizetype>(0, whole_.size() / 4096 - 1)(random) * 4096;
            for (qsizetype i = page == 0 ? 100 : page; i < page + 4096; ++i)
                bytes[i] = static_cast<char>(random());
            QVERIFY2(!opens_and_loads(with(bytes)), qPrintable(QString::number(page)));
        }
    }

    // The whole answer of the command line shall take less than 100 ms; the budget here is generous for
    // sanitizers.
    void opening_and_loading_is_fast() {
        const auto path = with(whole_);
        QElapsedTimer clock;
        clock.start();
        const auto opened = catalog::Catalog::open(path.toStdString());
        const auto open_us = clock.nsecsElapsed() / 1000;
        QVERIFY(opened.has_value());
        QVERIFY(opened->load({"gcp", "any"}).has_value());
        const auto load_us = clock.nsecsElapsed() / 1000 - open_us;
        qInfo("open %lld us, load of gcp in any region %lld us", static_cast<long long>(open_us),
              static_cast<long long>(load_us));
        QVERIFY(open_us + load_us < 1'000'000);
    }
};

}  // namespace test_catalog_file

DEEPVM_TEST(test_catalog_file, TestCatalogFile)
#include "test_catalog_file.moc"
