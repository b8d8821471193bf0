// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a full disk, a killed program or a large file would cost a person the catalog that worked.
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>
#include <csignal>

#include "cases.h"
#include "catalog/support.h"
#include "imports/samples.h"
#include "test_program.h"

namespace test_safety {

using namespace deepvm;
using namespace deepvm::test;

class TestSafety : public QObject {
    Q_OBJECT

    Desk desk_;

    // A folder of its own with the shipped catalog in it.
    QString shipped(const QString& folder) const {
        QDir().mkpath(desk_.path(folder));
        const auto own = desk_.path(folder) + "/catalog.db";
        QFile::remove(own);
        QFile::copy(DEEPVM_SOURCE_DIR "/catalog.db", own);
        return own;
    }

    // As large as `megabytes`: machines with other systems and terms nobody asks for, and a few that count.
    QString price_list(int megabytes) const {
        QFile file(desk_.path("large.json"));
        if (!file.open(QIODevice::WriteOnly)) qFatal("no price list");
        const auto sample = price_list_json_sample();
        const auto products = sample.indexOf("\"products\":{") + 12;
        const auto terms = sample.indexOf("\"OnDemand\":{") + 12;
        const auto half = qint64{megabytes} * 500'000;
        file.write(sample.left(products));
        for (int i = 0; file.pos() < half; ++i)
            file.write(QByteArray(R"("W%1":{"sku":"W%1","productFamily":"Compute Instance","attributes":{)"
                                  R"("servicecode":"AmazonEC2","location":"US East",)"
                                  R"("instanceType":"x9.%1","operatingSystem":"Windows","tenancy":"Host",)"
                                  R"("processorFeatures":"Intel AVX; Intel AVX2; Intel AVX512; Turbo"}},)")
                           .replace("%1", QByteArray::number(i)) +
                       '\n');
        file.write(sample.mid(products, terms - products));
        for (int i = 0; file.pos() < 2 * half; ++i)
            file.write(
                QByteArray(R"("W%1":{"W%1.J":{"sku":"W%1","effectiveDate":"2026-01-01T00:00:00Z",)"
                           R"("priceDimensions":{"W%1.J.6":{"unit":"Hrs","description":"$9 per Windows",)"
                           R"("pricePerUnit":{"USD":"9.0000000000"}}},"termAttributes":{}}},)")
                    .replace("%1", QByteArray::number(i)) +
                '\n');
        file.write(sample.mid(terms));
        return file.fileName();
    }

  private slots:
    void a_full_disk_leaves_the_catalog() {
        const auto own = shipped("full");
        const auto before = bytes_of(own);
        const auto file = desk_.file("offers.csv", csv_sample());
        rlimit old{};
        getrlimit(RLIMIT_FSIZE, &old);
        const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{100'000, old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto done = desk_.import(own, {file});
        setrlimit(RLIMIT_FSIZE, &old);
        std::signal(SIGXFSZ, old_handler);
        QVERIFY(!done && done.error().message.find("cannot be written") != std::string::npos);
        QVERIFY(bytes_of(own) == before);
        QCOMPARE(entries(desk_.path("full")), QStringList{"catalog.db"});
    }

    void a_place_that_cannot_be_written_is_said() {
        const auto file = desk_.file("offers.csv", csv_sample());
        for (const auto& target : {QString("/proc/catalog.db"), desk_.path("none/catalog.db")}) {
            const auto done = desk_.import(target, {file});
            QVERIFY2(!done && done.error().message.find("cannot be written") != std::string::npos,
                     done ? "written" : done.error().message.c_str());
        }
        if (::geteuid() == 0) QSKIP("root may write everywhere");
        const auto own = shipped("locked");
        QFile::setPermissions(desk_.path("locked"), QFile::ReadOwner | QFile::ExeOwner);
        const auto done = desk_.import(own, {file});
        QFile::setPermissions(desk_.path("locked"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(!done && done.error().message.find("cannot be written") != std::string::npos);
        QVERIFY(bytes_of(own) == bytes_of(DEEPVM_SOURCE_DIR "/catalog.db"));
    }

    void whoever_is_killed_leaves_a_whole_catalog() {
        const auto own = shipped("killed");
        const QStringList arguments{"catalog", "import", desk_.file("aws/vms.csv", skypilot_sample()),
                                    "--into", own};
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(QProcess::execute(DEEPVM_BIN_DIR "/deepvm", arguments), 0);
        const auto whole = timer.elapsed();
        QRandomGenerator random(20);
        int killed = 0;
        for (int i = 0; i < deepvm::tests::cases(20); ++i) {
            shipped("killed");
            QProcess process;
            process.start(DEEPVM_BIN_DIR "/deepvm", arguments);
            QVERIFY(process.waitForStarted());
            // Most of it where the file is written, near the end.
            QTest::qSleep(int(random.bounded(int(whole) + 1)));
            process.kill();
            process.waitForFinished();
            killed += process.exitStatus() == QProcess::CrashExit ? 1 : 0;
            const auto opened = catalog::Catalog::open(own.toStdString());
            QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
        }
        QVERIFY(killed > 0);
        // What they left beside it goes with the next import.
        QCOMPARE(QProcess::execute(DEEPVM_BIN_DIR "/deepvm", arguments), 0);
        QCOMPARE(entries(desk_.path("killed")), QStringList{"catalog.db"});
    }

    void two_imports_at_once_lose_nothing() {
        const auto own = shipped("both");
        const auto one = desk_.file("one.csv",
                                    "provider,region,instance_type,on_demand_usd_per_hour\n"
                                    "aws,us-east-1,g4dn.xlarge,0.61\n");
        const auto two = desk_.file("two.csv",
                                    "provider,region,instance_type,on_demand_usd_per_hour\n"
                                    "aws,us-east-1,g5.xlarge,1.61\n");
        QProcess first;
        QProcess second;
        first.start(DEEPVM_BIN_DIR "/deepvm", {"catalog", "import", one, "--into", own});
        second.start(DEEPVM_BIN_DIR "/deepvm", {"catalog", "import", two, "--into", own});
        QVERIFY(first.waitForFinished(60'000) && second.waitForFinished(60'000));
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").on_demand.micro(), 610'000);
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g5.xlarge").on_demand.micro(), 1'610'000);
    }

    void a_price_list_of_gigabytes_fits_into_little_memory() {
        const double share = deepvm::tests::share_of_cases();
        const auto list = price_list(std::max(10, int(300 * share)));
        QVERIFY(QFileInfo(list).size() > 9'000'000);
        const auto own = desk_.fresh("large.db");
        const std::string program = DEEPVM_BIN_DIR "/deepvm";
        std::vector<std::string> words{program,  "catalog",        "import", list.toStdString(),
                                       "--into", own.toStdString()};
        std::vector<char*> arguments;
        for (auto& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_t child = 0;
        QCOMPARE(::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ), 0);
        int status = -1;
        rusage used{};
        QVERIFY(::wait4(child, &status, 0, &used) == child);
        QCOMPARE(status, 0);
        for (const auto& wanted : sample_offers())
            QCOMPARE(offer_of(own, "aws", "us-east-1", wanted.type).on_demand,
                     *base::Money::parse(wanted.on_demand, "price"));
        // Sanitizers keep memory of their own beside the program's.
        if (share == 1) QVERIFY2(used.ru_maxrss <= 256 * 1024, qPrintable(QString::number(used.ru_maxrss)));
        qInfo("%lld MB read with %ld MiB", QFileInfo(list).size() / 1'000'000, used.ru_maxrss / 1024);
        QFile::remove(list);
    }
};

}  // namespace test_safety

DEEPVM_TEST(test_safety, TestSafety)
#include "test_safety.moc"
