// SPDX-License-Identifier: GPL-3.0-or-later
// Without these the price of a zone that was left months ago would be that of the region, or hide it.
#include <QtTest>

#include "imports/samples.h"
#include "test_program.h"

namespace test_zones {

using namespace deepvm;
using namespace deepvm::test;
using base::Money;

class TestZones : public QObject {
    Q_OBJECT

    Desk desk_;

    static Money money(const char* text) { return *Money::parse(text, "price"); }

    base::Result<imports::ImportReport> rows(const QString& catalog, const QByteArray& lines) const {
        return desk_.rows(catalog,
                          "provider,region,instance_type,spot_usd_per_hour,spot_basis,zone,as_of,spot_source",
                          lines);
    }

    struct Seen {
        const char* zone;
        const char* type;
        const char* price;
        int days_ago;
    };
    base::Result<imports::ImportReport> history(const QString& catalog, const std::vector<Seen>& seen) {
        QByteArray all;
        for (const auto& each : seen)
            all += (all.isEmpty() ? "" : ",\n") +
                   QByteArray(R"({"AvailabilityZone":"%1","InstanceType":"%2","SpotPrice":"%3",)"
                              R"("ProductDescription":"Linux/UNIX","Timestamp":"%4T00:00:02+00:00"})")
                       .replace("%1", each.zone)
                       .replace("%2", each.type)
                       .replace("%3", each.price)
                       .replace("%4", days_ago(each.days_ago));
        return desk_.import(catalog, {desk_.file("spot.json", "{\"SpotPriceHistory\":[" + all + "]}")});
    }

    static Money spot_of(const QString& catalog, const char* type) {
        const auto offer = offer_of(catalog, "aws", "us-east-1", type);
        return offer.listed_spot.value_or(offer.spot.value_or(Money()));
    }
    static model::Source spot_source(const QString& catalog, const char* type) {
        return source_of(catalog, "aws", "us-east-1", type, true);
    }
    static std::optional<catalog::SpotRange> range_of(const QString& catalog, const char* type) {
        return catalog::Catalog::open(catalog.toStdString())->past("aws", "us-east-1", type)->range;
    }

  private slots:
    void a_zone_of_long_before_does_not_hide_the_price_of_today() {
        const auto own = desk_.fresh();
        const auto done =
            rows(own, "aws,us-east-1,g4dn.xlarge,0.20,observed,us-east-1a," + days_ago(0) +
                          ",\naws,us-east-1,g4dn.xlarge,0.19,observed,us-east-1b,2026-08-05,\n");
        QVERIFY(done->unused.empty());
        QCOMPARE(spot_of(own, "g4dn.xlarge"), money("0.20"));
        QVERIFY(!range_of(own, "g4dn.xlarge").has_value());
        QVERIFY(everything_said(*done).contains("1 zones with a price of long before"));
    }

    // Since the day before yesterday it has been that of today.
    void a_cheapest_zone_of_some_days_before_is_as_new_as_the_others() {
        const auto own = desk_.fresh();
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.25,observed,," + days_ago(10) + ",\n").has_value());
        const auto done =
            rows(own, "aws,us-east-1,g4dn.xlarge,0.20,observed,us-east-1a," + days_ago(0) +
                          ",\naws,us-east-1,g4dn.xlarge,0.19,observed,us-east-1b," + days_ago(20) + ",\n");
        QVERIFY2(done->unused.empty(), qPrintable(everything_said(*done)));
        QCOMPARE(spot_of(own, "g4dn.xlarge"), money("0.19"));
        QCOMPARE(spot_source(own, "g4dn.xlarge").as_of, days_ago(0).toStdString());
        QCOMPARE(range_of(own, "g4dn.xlarge")->zone, std::string("us-east-1b"));
    }

    // A history says since when its prices hold; until when, its newest row.
    void a_history_is_of_the_day_of_its_newest_row() {
        const auto own = desk_.fresh();
        const auto done = history(own, {{"us-east-1a", "g4dn.xlarge", "0.20", 1},
                                        {"us-east-1b", "g4dn.xlarge", "0.10", 60},
                                        {"us-east-1a", "g5.xlarge", "0.40", 21},
                                        {"us-east-1a", "c5.xlarge", "0.07", 61}});
        QVERIFY(done.has_value());
        QCOMPARE(spot_of(own, "g4dn.xlarge"), money("0.20"));
        QCOMPARE(spot_of(own, "g5.xlarge"), money("0.40"));
        QCOMPARE(spot_source(own, "g4dn.xlarge").as_of, days_ago(1).toStdString());
        QCOMPARE(spot_source(own, "g5.xlarge").as_of, days_ago(1).toStdString());
        // What nobody has asked for so long is not of today.
        QCOMPARE(spot_source(own, "c5.xlarge").as_of, days_ago(61).toStdString());
    }

    // In a table a day is that of its row alone.
    void a_row_of_a_table_keeps_its_own_day() {
        const auto own = desk_.fresh();
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.20,observed,," + days_ago(0) +
                              ",\naws,us-east-1,g5.xlarge,0.40,observed,," + days_ago(9) + ",\n")
                    .has_value());
        QCOMPARE(spot_source(own, "g5.xlarge").as_of, days_ago(9).toStdString());
    }

    void basis_and_source_are_those_of_the_cheapest_zone() {
        const auto own = desk_.fresh();
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.20,observed,us-east-1a," + days_ago(0) +
                              ",cheap\naws,us-east-1,g4dn.xlarge,0.30,published,us-east-1b," + days_ago(0) +
                              ",dear\n")
                    .has_value());
        QVERIFY(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").spot_basis == model::PriceBasis::observed);
        QCOMPARE(spot_source(own, "g4dn.xlarge").id, std::string("cheap"));
        QCOMPARE(range_of(own, "g4dn.xlarge")->high, money("0.30"));
    }

    void rows_that_do_not_count_leave_no_trace() {
        const auto own = desk_.fresh();
        const auto zone = [](const char* price, const char* basis, const char* name, int ago,
                             const char* source) {
            return QByteArray("aws,us-east-1,g4dn.xlarge,") + price + "," + basis + "," + name + "," +
                   days_ago(ago) + "," + source + "\n";
        };
        const auto done = rows(own, zone("0.20", "observed", "us-east-1a", 0, "first") +
                                        zone("5.00", "published", "us-east-1a", 0, "second") +
                                        zone("0.01", "published", "us-east-1a", 3, "third") +
                                        zone("0.25", "observed", "us-east-1b", 0, "fourth"));
        QVERIFY(everything_said(*done).contains("a second price for the same offer"));
        QVERIFY(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").spot_basis == model::PriceBasis::observed);
        QCOMPARE(spot_source(own, "g4dn.xlarge").id, std::string("first"));
        QCOMPARE(range_of(own, "g4dn.xlarge")->low, money("0.20"));
        QCOMPARE(range_of(own, "g4dn.xlarge")->high, money("0.25"));
    }
};

}  // namespace test_zones

DEEPVM_TEST(test_zones, TestZones)
#include "test_zones.moc"
