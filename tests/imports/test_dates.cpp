// SPDX-License-Identifier: GPL-3.0-or-later
// Without these an older file would replace what is newer, or a newer one would be turned away as older.
#include <QtTest>

#include "imports/samples.h"
#include "test_program.h"

namespace test_dates {

using namespace deepvm;
using namespace deepvm::test;
using base::Money;

class TestDates : public QObject {
    Q_OBJECT

    Desk desk_;

    static Money money(const char* text) { return *Money::parse(text, "price"); }

    static int band_of(const QString& catalog, const char* type) {
        return int(offer_of(catalog, "aws", "us-east-1", type).interruption_band.value_or(9));
    }

    static imports::ImportOptions dated(const QByteArray& day, bool allow_older = false) {
        imports::ImportOptions options;
        options.date = day.toStdString();
        options.allow_older = allow_older;
        return options;
    }

    static model::Quota quota_of(const QString& catalog) {
        return (*catalog::Catalog::open(catalog.toStdString())->load({"deepvm-paper", ""}))->quotas.front();
    }

    base::Result<imports::ImportReport> rows(const QString& catalog, const QByteArray& lines) {
        const QByteArray header =
            "provider,region,instance_type,on_demand_usd_per_hour,as_of,on_demand_source\n";
        return desk_.import(catalog, {desk_.file("rows.csv", header + lines)});
    }

  private slots:
    void an_older_band_does_not_replace_a_newer_one() {
        const auto own = desk_.fresh();
        const auto file = desk_.file("advisor.json", spot_advisor_sample());
        QCOMPARE(band_of(own, "g4dn.xlarge"), 3);
        const auto older = desk_.import(own, {file}, dated("2020-01-01"));
        QCOMPARE(band_of(own, "g4dn.xlarge"), 3);
        QVERIFY2(everything_said(*older).contains("3: an interruption band older than the catalog's prices"),
                 qPrintable(everything_said(*older)));
        QCOMPARE(older->changed_bands, std::size_t{0});
        const auto newer = desk_.import(own, {file}, dated(days_ago(0)));
        QCOMPARE(band_of(own, "g4dn.xlarge"), 2);
        QVERIFY(everything_said(*newer).contains("; 3 interruption bands changed"));
        // A band that is what it was is no news, however old the file is.
        const auto same = desk_.import(own, {file}, dated("2020-01-01"));
        QVERIFY(!everything_said(*same).contains("interruption band"));
        const auto forced = desk_.fresh();
        QVERIFY(desk_.import(forced, {file}, dated("2020-01-01", true)).has_value());
        QCOMPARE(band_of(forced, "g4dn.xlarge"), 2);
    }

    // The prices of the same import say nothing against a band of the day before.
    void a_band_is_measured_by_the_prices_before_the_import() {
        const auto own = desk_.fresh();
        const auto done = desk_.import(
            own,
            {desk_.file("spot.json", spot_history_sample()), desk_.file("index.csv", price_list_csv_sample()),
             desk_.file("advisor.json", spot_advisor_sample())},
            dated(days_ago(1)));
        QVERIFY(done.has_value());
        QCOMPARE(band_of(own, "g4dn.xlarge"), 2);
        QCOMPARE(band_of(own, "p3.2xlarge"), 2);
        QCOMPARE(source_of(own, "aws", "us-east-1", "g4dn.xlarge", true).as_of, days_ago(0).toStdString());
    }

    void a_band_in_our_own_table_is_of_its_row() {
        const auto own = desk_.fresh();
        const auto rows = [&](const QByteArray& lines) {
            return desk_.import(own, {desk_.file("bands.csv",
                                                 "provider,region,instance_type,on_demand_usd_per_hour,"
                                                 "interruption_band,as_of\n" +
                                                     lines)});
        };
        const auto done = rows("aws,us-east-1,g4dn.xlarge,,0,2020-01-01\naws,us-east-1,g5.xlarge,1.5,0," +
                               days_ago(3) + "\naws,us-east-1,c5.xlarge,1.5,0,2999-01-01\n");
        QCOMPARE(band_of(own, "g4dn.xlarge"), 3);
        QCOMPARE(band_of(own, "g5.xlarge"), 0);
        QVERIFY2(everything_said(*done).contains("cannot be used: 1 row"),
                 qPrintable(everything_said(*done)));
        QVERIFY(everything_said(*done).contains("aws us-east-1 g4dn.xlarge"));
    }

    void older_limits_do_not_replace_newer_ones() {
        const auto own = desk_.fresh();
        auto none = deepvm_data_sample();
        none.replace("\"ondemand\": 64, \"spot\": 192", "\"ondemand\": 0, \"spot\": 0");
        const auto file = desk_.file("data.json", none);
        const auto before = quota_of(own);
        QVERIFY(before.on_demand_vcpus > 0);
        const auto older = desk_.import(own, {file}, dated("2001-01-01"));
        QVERIFY(quota_of(own) == before);
        QVERIFY2(everything_said(*older).contains("deepvm-paper quota class G"),
                 qPrintable(everything_said(*older)));
        QVERIFY(desk_.import(own, {file}, dated("2001-01-01", true)).has_value());
        QCOMPARE(quota_of(own).on_demand_vcpus, 0);
        const auto newer = desk_.import(own, {desk_.file("data.json", deepvm_data_sample())});
        QCOMPARE(quota_of(own).spot_vcpus, 192);
        QVERIFY(everything_said(*newer).contains("; 1 limit changed"));
        QCOMPARE(newer->changed_quotas, std::size_t{1});
    }

    // A row knows better of what day it is than the source that it names.
    void the_day_of_a_row_counts_before_that_of_its_source() {
        const auto own = desk_.fresh();
        const auto before = offer_of(own, "aws", "us-east-1", "g5.xlarge").on_demand;
        const auto done = rows(own,
                               "aws,us-east-1,g5.xlarge,2.0,2020-01-01,aws-price-list-2026-07-20\n"
                               "aws,us-east-1,g4dn.xlarge,0.6,2026-11-20,aws-price-list-2025-04-04\n");
        QVERIFY(everything_said(*done).contains("the catalog's price is newer"));
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g5.xlarge").on_demand, before);
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").on_demand, money("0.6"));
        const auto source = source_of(own, "aws", "us-east-1", "g4dn.xlarge");
        QCOMPARE(source.as_of, std::string("2026-11-20"));
        QCOMPARE(source.id, std::string("aws-price-list-2025-04-04-2026-11-20"));
    }

    void a_source_of_several_days_is_one_for_each() {
        const auto own = desk_.fresh();
        const QByteArray lines =
            "aws,us-east-1,g5.xlarge,2.0,2026-11-01,mine\naws,us-east-1,g4dn.xlarge,0.6,2026-11-20,mine\n";
        for (const std::size_t confirmed : {0, 2}) {
            const auto done = rows(own, lines);
            QVERIFY(done.has_value());
            QCOMPARE(done->confirmed, confirmed);
            QVERIFY(done->unused.empty());
            QCOMPARE(source_of(own, "aws", "us-east-1", "g5.xlarge").as_of, std::string("2026-11-01"));
            QCOMPARE(source_of(own, "aws", "us-east-1", "g4dn.xlarge").as_of, std::string("2026-11-20"));
        }
    }

    void files_of_one_day_are_sources_of_their_own() {
        const auto own = desk_.fresh();
        const QByteArray header = "provider,region,instance_type,on_demand_usd_per_hour\n";
        const auto one = desk_.file("one.csv", header + "aws,us-east-1,g4dn.xlarge,0.61\n");
        const auto two = desk_.file("two.csv", header + "aws,us-east-1,g5.xlarge,1.61\n");
        const auto namesake = desk_.file("aws/two.csv", header + "aws,us-east-1,c5.xlarge,0.2\n");
        QVERIFY(desk_.import(own, {one, two}, dated(days_ago(0))).has_value());
        QVERIFY(desk_.import(own, {namesake}, dated(days_ago(0))).has_value());
        const auto from = [&](const char* type) {
            return QString::fromStdString(source_of(own, "aws", "us-east-1", type).description);
        };
        QVERIFY2(from("g4dn.xlarge").endsWith(one), qPrintable(from("g4dn.xlarge")));
        QVERIFY2(from("g5.xlarge").endsWith(two), qPrintable(from("g5.xlarge")));
        QVERIFY2(from("c5.xlarge").endsWith(namesake), qPrintable(from("c5.xlarge")));
        QVERIFY(source_of(own, "aws", "us-east-1", "g5.xlarge").id.ends_with("-two.csv"));
    }
};

}  // namespace test_dates

DEEPVM_TEST(test_dates, TestDates)
#include "test_dates.moc"
