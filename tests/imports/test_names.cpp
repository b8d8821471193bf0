// SPDX-License-Identifier: GPL-3.0-or-later
// Without these one odd name would cost a whole import, and a misspelt one would become a market of its own.
#include <QtTest>

#include "imports/samples.h"
#include "test_program.h"

namespace test_names {

using namespace deepvm;
using namespace deepvm::test;
using base::Money;

class TestNames : public QObject {
    Q_OBJECT

    Desk desk_;

    static Money money(const char* text) { return *Money::parse(text, "price"); }

    base::Result<imports::ImportReport> rows(const QString& catalog, const QByteArray& lines) const {
        return desk_.rows(
            catalog, "provider,region,instance_type,on_demand_usd_per_hour,vcpus,memory_gib,as_of", lines);
    }

    static std::size_t places(const QString& catalog, const char* market) {
        const bool published = QByteArray(market).startsWith("deepvm");
        return (*catalog::Catalog::open(catalog.toStdString())->load({market, published ? "" : "any"}))
            ->places.size();
    }

  private slots:
    void one_odd_name_does_not_cost_the_others_data() {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("says");
        QTest::newRow("any provider") << QByteArray("any,us-east-1,g4dn.xlarge,0.5,4,16,2026-11-01")
                                      << "line 3: provider \"any\" means all; name the provider";
        QTest::newRow("no family") << QByteArray("aws,us-east-1,.xlarge,0.5,4,16,2026-11-01")
                                   << "aws .xlarge (1 price): missing a family at the beginning of its name";
        QTest::newRow("a number alone")
            << QByteArray("azure,eastus,9,0.5,4,16,2026-11-01") << "azure 9 (1 price): missing a family";
        QTest::newRow("a beginning alone") << QByteArray("azure,eastus,Standard_,0.5,4,16,2026-11-01")
                                           << "azure Standard_ (1 price): missing a family";
        QTest::newRow("nothing before")
            << QByteArray("gcp,us-central1,-4,0.5,4,16,2026-11-01") << "gcp -4 (1 price): missing a family";
        QTest::newRow("what is not seen") << QByteArray("aws,us-east-1,g4dn\u200B.xlarge,0.5,4,16,2026-11-01")
                                          << "\"g4dn\\u200b.xlarge\" cannot be the name";
        QTest::newRow("a region too much")
            << QByteArray("deepvm-paper,us-east-1,g4dn.xlarge,0.5,,,2026-11-01")
            << "line 3: data set deepvm-paper has no regions";
    }
    void a_misspelt_provider_is_said_with_the_one_meant() {
        const auto own = desk_.fresh();
        const auto done = rows(own, "asw,us-east-1,g9.xlarge,0.5,4,16,2026-11-01\n");
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        QVERIFY(!done->flagged.empty());
        QCOMPARE(QString::fromStdString(done->flagged.front()),
                 QStringLiteral("new provider: asw, a market of its own from now on; did you mean aws?"));
        const auto known = rows(own, "aws,us-east-1,g5.xlarge,1.5,,,2026-11-01\n");
        QVERIFY(known && !everything_said(*known).contains("new provider"));
    }
    void one_odd_name_does_not_cost_the_others() {
        QFETCH(QByteArray, row);
        QFETCH(QString, says);
        const auto own = desk_.fresh();
        const auto done = rows(own, "aws,us-east-1,g5.xlarge,1.5,,,2026-11-01\n" + row + "\n");
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        QVERIFY2(everything_said(*done).contains(says), qPrintable(everything_said(*done)));
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g5.xlarge").on_demand, money("1.5"));
        QCOMPARE(places(own, "deepvm-paper"), std::size_t{1});
    }

    void a_region_that_nobody_knows_is_to_be_looked_at() {
        for (const auto* region : {"us-east-1a", "US-East-1", "us-esat-1"}) {
            const auto own = desk_.fresh();
            const auto done = rows(own, QByteArray("aws,") + region + ",g4dn.xlarge,0.5,,,2026-11-01\n");
            const auto says = QString("aws %1: the catalog did not have this region").arg(region);
            for (const auto& report : {everything_said(*done), QString::fromStdString(report_json(*done))})
                QVERIFY2(report.contains(says) && report.contains("the nearest known is us-east-1"),
                         qPrintable(report));
            QVERIFY(has_offer(own, "aws", region, "g4dn.xlarge"));
        }
    }

    // However much else there is to look at.
    void a_new_region_is_the_first_to_be_looked_at() {
        QByteArray lines = "aws,us-east-1a,g4dn.xlarge,0.5,,,2026-11-01\n";
        for (int i = 0; i < 20; ++i)
            lines.prepend("aws,us-east-1,g4dn.xlarge,0.5,77,16,2026-11-01\naws,us-east-1,g5." +
                          QByteArray::number(i) + "xlarge,0.001,9,16,2026-11-01\n");
        const auto done = rows(desk_.fresh(), lines);
        QVERIFY(done->flagged.size() > 2);
        QVERIFY2(done->flagged.front().starts_with("aws us-east-1a: "), done->flagged.front().c_str());
    }

    void known_regions_and_new_providers_are_no_such_thing() {
        const auto done = rows(desk_.fresh(),
                               "aws,us-east-1,g4dn.xlarge,0.5,,,2026-11-01\n"
                               "mine,cellar,box,0.1,8,32,2026-11-01\nmine,attic,box,0.1,8,32,2026-11-01\n");
        QVERIFY2(!everything_said(*done).contains("this region"), qPrintable(everything_said(*done)));
        QCOMPARE(done->new_offers, std::size_t{2});
    }

    void a_data_json_is_of_a_data_set() {
        const auto own = desk_.fresh();
        const auto before = places(own, "aws");
        imports::ImportOptions options;
        options.provider = "aws";
        const auto done = desk_.import(own, {desk_.file("data.json", deepvm_data_sample())}, options);
        QVERIFY(!done && done.error().message.find("--provider deepvm-paper") != std::string::npos);
        QCOMPARE(places(own, "aws"), before);
    }
};

}  // namespace test_names

DEEPVM_TEST(test_names, TestNames)
#include "test_names.moc"
