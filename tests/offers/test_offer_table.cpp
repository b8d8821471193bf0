// SPDX-License-Identifier: GPL-3.0-or-later
// The figures beside an offer, reckoned once more by hand, and the lists that go to other programs.
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>
#include <cmath>

#include "base/csv_table.h"
#include "catalog/catalog.h"
#include "offers/lists.h"
#include "offers/small_market.h"
#include "test_program.h"

namespace test_offer_table {

using namespace deepvm;
using namespace deepvm::test;
using offers::Field;
using offers::Flag;
using offers::OfferFilter;

class TestOfferTable : public QObject {
    Q_OBJECT

  private slots:
    void derived_figures_are_those_of_the_lower_price() {
        const auto table = small_table();
        QCOMPARE(table.size(), std::size_t(6));
        // g5.12xlarge: 4 x 24 GiB and 4 x 100 TFLOP/s for 1.999999 dollars.
        QCOMPARE(table.number(1, Field::price), 1.999999);
        QCOMPARE(table.number(1, Field::memory), 96.0);
        QCOMPARE(table.number(1, Field::usd_per_gib), 1.999999 / 96);
        QCOMPARE(table.number(1, Field::tflops_per_usd), 400 / 1.999999);
        // p4d has no spot price.
        QVERIFY(std::isnan(table.number(2, Field::spot)));
        QCOMPARE(table.number(2, Field::price), 32.77);
        QCOMPARE(QString::fromStdString(table.plain(2, Field::spot)), QString());
        QCOMPARE(QString::fromStdString(table.plain(2, Field::price)), QStringLiteral("32.77"));
        // A machine without accelerators has no figure of any.
        for (const auto field : {Field::usd_per_gib, Field::tflops, Field::tflops_per_usd, Field::year,
                                 Field::speed, Field::usd_per_million, Field::ram})
            QVERIFY(std::isnan(table.number(3, field)));
    }

    void the_oldest_price_tells_the_age() {
        const auto table = small_table();
        QCOMPARE(table.number(0, Field::age), 100.0);
        QCOMPARE(table.number(1, Field::age), 10.0);
        QVERIFY(table.is(0, Flag::stale) && !table.is(1, Flag::stale));
        auto market = *small_market();
        market.sources[1].as_of = "unknown";
        market.places[0].offers[0].spot_source = 1;
        const offers::Table other(std::make_shared<model::Market>(market), std::nullopt, day_of_the_test());
        QCOMPARE(other.number(0, Field::age), 100.0);
        QVERIFY(std::isnan(other.number(1, Field::age)));
    }

    void the_latest_generation_is_that_of_its_series() {
        auto market = std::make_shared<model::Market>();
        const std::vector<std::array<const char*, 3>> families{{"aws", "g4dn", "no"},
                                                               {"aws", "g6", "no"},
                                                               {"aws", "g7e", "yes"},
                                                               {"aws", "p5en", "no"},
                                                               {"aws", "p6-b200", "yes"},
                                                               {"aws", "p6-b300", "yes"},
                                                               {"gcp", "g4", "yes"},
                                                               {"gcp", "g2", "no"},
                                                               {"gcp", "n2d", "no"},
                                                               {"gcp", "n4", "yes"},
                                                               {"gcp", "e2", "yes"},
                                                               {"azure", "NCasT4_v3", "no"},
                                                               {"azure", "NCads_H100_v5", "yes"},
                                                               {"azure", "NDasr_A100_v4", "no"},
                                                               {"azure", "NDisr_H200_v5", "yes"},
                                                               {"azure", "Dsv5", "yes"}};
        for (std::size_t i = 0; i < families.size(); ++i)
            market->types.push_back(
                machine(families[i][0], "t" + std::to_string(i), families[i][1], 1, "x", 16));
        // Lambda's families are named after their accelerators: "a6000" is no later than "h100".
        market->types.push_back(machine("lambda", "gpu_1x_a6000", "a6000", 1, "a6000", 48));
        market->types.back().accelerator->year = 2020;
        market->types.push_back(machine("lambda", "gpu_1x_h100", "h100_pcie", 1, "h100-pcie", 80));
        market->types.back().family = "h100";
        market->types.back().accelerator->year = 2022;
        market->places.resize(1);
        for (std::size_t i = 0; i < market->types.size(); ++i)
            market->places[0].offers.push_back(priced(i, 1'000'000, 0, 0));
        market->sources = {{"list", "List", "2026-11-01"}};
        const offers::Table table(market, std::nullopt, day_of_the_test());
        for (std::size_t i = 0; i < families.size(); ++i)
            QVERIFY2(table.is(i, Flag::latest) == (std::string_view(families[i][2]) == "yes"),
                     families[i][1]);
        QVERIFY(!table.is(families.size(), Flag::latest));
        QVERIFY(table.is(families.size() + 1, Flag::latest));
    }

    void speeds_are_those_of_the_workload_and_say_how_they_are_known() {
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db");
        QVERIFY(catalog.has_value());
        const auto market = *catalog->load({"aws", "us-east-1"});
        const auto* workload = model::find_workload(*market, "resnet50-imagenet");
        QVERIFY(workload != nullptr);
        const offers::Table table(market, offers::Asked{*workload, {}, {}, {{"g5.xlarge", 1234.0}}},
                                  day_of_the_test());
        const auto t4 = table.find("aws", "us-east-1", "g4dn.xlarge");
        QVERIFY(t4.has_value());
        const double speed = table.number(*t4, Field::speed);
        QVERIFY(speed > 50 && speed < 2000);
        QCOMPARE(table.text(*t4, Field::known), std::string_view("measured"));
        const double dollars = table.number(*t4, Field::price);
        QVERIFY(std::abs(table.number(*t4, Field::usd_per_million) * speed * 3600 / 1e6 - dollars) < 1e-9);
        const auto yours = table.find("aws", "us-east-1", "g5.xlarge");
        QCOMPARE(table.number(*yours, Field::speed), 1234.0);
        QCOMPARE(table.text(*yours, Field::known), std::string_view("yours"));
        // Eight GiB hold no states of seven billion parameters.
        const auto* large = model::find_workload(*market, "llama2-7b-finetune");
        const offers::Table of_large(market, offers::Asked{*large, {}, {}, {}}, day_of_the_test());
        QVERIFY(of_large.speed(*t4) == nullptr);
        QVERIFY(!table.find("aws", "us-east-1", "no.such"));
    }

    void the_lists_are_exact_and_whole() {
        const auto table = small_table();
        const auto filter = *OfferFilter::parse("gpu>=2");
        const auto rows = filter.rows(table);
        const auto lines =
            QString::fromStdString(offers::offers_csv(table, rows)).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), qsizetype(4));
        QVERIFY(lines[0].startsWith("type,provider,region,family,accelerator,host,"));
        QVERIFY(lines[1].contains(",1.999999,"));
        for (const auto& line : lines)
            QCOMPARE(line.count(','), lines[0].count(','));
        const auto document =
            QJsonDocument::fromJson(QByteArray::fromStdString(offers::offers_json(table, rows, filter)));
        QCOMPARE(document["schema"].toString(), QStringLiteral("deepvm-offers/1"));
        QCOMPARE(document["of"].toInt(), 6);
        QCOMPARE(document["filter"].toString(), QStringLiteral("gpu>=2"));
        QCOMPARE(document["offers"][0]["spot"].toString(), QStringLiteral("1.999999"));
        QVERIFY(document["offers"][1]["spot"].isNull());
        QCOMPARE(document["offers"][1]["gpu"].toInt(), 8);
        QCOMPARE(QString::fromStdString(base::csv_field("a,\"b\"")), QStringLiteral("\"a,\"\"b\"\"\""));
    }
};

}  // namespace test_offer_table

DEEPVM_TEST(test_offer_table, TestOfferTable)
#include "test_offer_table.moc"
