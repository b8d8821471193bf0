// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can choose of a catalog is all that is in it: a region without its machines, or a provider
// with those of another, would be planned with.
#include <QtTest>
#include <algorithm>
#include <string>
#include <tuple>

#include "built_catalog.h"
#include "test_program.h"

namespace test_choices {

using namespace deepvm;
using namespace deepvm::test;

class TestChoices : public QObject, BuiltCatalog {
    Q_OBJECT

  private slots:
    void initTestCase() { build(); }

    void a_person_can_choose_every_market_in_order() {
        QStringList names;
        for (const auto& market : catalog_->markets())
            names.append(QString::fromStdString(market.name));
        QCOMPARE(names,
                 (QStringList{"deepvm-paper", "deepvm-simulated", "aws", "azure", "gcp", "lambda", "any"}));
        QCOMPARE(summary("any").regions, std::vector<std::string>{"any"});
        QCOMPARE(summary("deepvm-paper").title, std::string("DeepVM paper, 2024"));
        QCOMPARE(summary("deepvm-paper").regions, std::vector<std::string>{""});
        QVERIFY(summary("aws").kind == model::MarketKind::provider);
    }

    void any_region_is_every_place_once() {
        for (const auto* provider : {"aws", "azure", "gcp", "lambda"}) {
            const auto market = load(provider, "any");
            QCOMPARE(market->places.size(), summary(provider).regions.size());
            std::size_t offers = 0;
            for (std::size_t i = 0; i < market->places.size(); ++i) {
                const auto& place = market->places[i];
                QCOMPARE(place.region, summary(provider).regions[i]);
                QVERIFY(std::is_sorted(place.offers.begin(), place.offers.end(),
                                       [](const auto& a, const auto& b) { return a.type < b.type; }));
                offers += place.offers.size();
            }
            QCOMPARE(offers, static_cast<std::size_t>(summary(provider).offers));
        }
    }

    // All providers together are each of them, one after the other: no machine is lost or changes hands.
    void any_provider_is_every_provider_once() {
        const auto every = load("any", "any");
        std::size_t type = 0;
        std::size_t place = 0;
        for (const auto* provider : {"aws", "azure", "gcp", "lambda"}) {
            const auto one = load(provider, "any");
            for (const auto& expected : one->types)
                QVERIFY(every->types.at(type++) == expected);
            const auto first = type - one->types.size();
            for (const auto& expected : one->places) {
                QCOMPARE(expected.provider, std::string(provider));
                const auto& found = every->places.at(place++);
                QCOMPARE(std::tie(found.provider, found.region),
                         std::tie(expected.provider, expected.region));
                QCOMPARE(found.offers.size(), expected.offers.size());
                for (std::size_t i = 0; i < expected.offers.size(); ++i) {
                    const auto& here = found.offers[i];
                    const auto& there = expected.offers[i];
                    QCOMPARE(here.type, there.type + first);
                    QVERIFY(here.on_demand == there.on_demand && here.spot == there.spot);
                    QCOMPARE(id_of(model::on_demand_source(*every, here)),
                             id_of(model::on_demand_source(*one, there)));
                    QCOMPARE(id_of(model::spot_source(*every, here)), id_of(model::spot_source(*one, there)));
                }
            }
        }
        QCOMPARE(type, every->types.size());
        QCOMPARE(place, every->places.size());
        QCOMPARE(qsizetype{summary("any").offers}, offers_.size());
        QCOMPARE(qsizetype{summary("any").instance_types}, types_.size());
        QCOMPARE(summary("any").prices_as_of, model::prices_as_of(*every));
        QVERIFY(every->kind == model::MarketKind::provider);
        QCOMPARE(every->title, std::string("Any provider"));
        QVERIFY(*load("any") == *every);
    }

    // A machine that is not offered in a region must not be recommended there.
    void a_region_has_only_its_own_machines() {
        for (const auto& region : summary("gcp").regions) {
            const auto market = load("gcp", region);
            QCOMPARE(market->types.size(), market->places.at(0).offers.size());
            QCOMPARE(market->places[0].region, region);
        }
    }

    void a_wrong_choice_says_the_nearest_data() {
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("says");
        QTest::newRow("market") << "deepvm-papr"
                                << ""
                                << "did you mean \"deepvm-paper\"";
        QTest::newRow("empty market") << ""
                                      << ""
                                      << "unknown data set";
        QTest::newRow("region") << "gcp"
                                << "us-cental1"
                                << "did you mean \"us-central1\"";
        QTest::newRow("region of another") << "gcp"
                                           << "us-east-1"
                                           << "did you mean \"us-east1\"";
        QTest::newRow("no region") << "aws"
                                   << ""
                                   << "needs a region";
        QTest::newRow("region of a data set") << "deepvm-paper"
                                              << "us-east-1"
                                              << "has no regions";
        QTest::newRow("region of any provider") << "any"
                                                << "us-central1"
                                                << "choose its provider, gcp";
        QTest::newRow("SQL") << "aws' OR '1'='1"
                             << ""
                             << "unknown data set";
    }
    void a_wrong_choice_says_the_nearest() {
        QFETCH(QString, market);
        QFETCH(QString, region);
        QFETCH(QString, says);
        const auto loaded = catalog_->load({market.toStdString(), region.toStdString()});
        QVERIFY(!loaded);
        QVERIFY2(QString::fromStdString(loaded.error().message).contains(says),
                 loaded.error().message.c_str());
    }
};

}  // namespace test_choices

DEEPVM_TEST(test_choices, TestChoices)
#include "test_choices.moc"
