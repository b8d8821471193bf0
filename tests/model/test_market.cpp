// SPDX-License-Identifier: GPL-3.0-or-later
// Small figures that many plans rest on: how large a checkpoint is, how many workers a remote node bears, and
// how old a price is. A wrong one would be in every plan, and in what plans are compared with.
#include <QtTest>
#include <cmath>

#include "model/market.h"
#include "test_program.h"

namespace test_market {

using namespace deepvm::model;

namespace {

bool near(double actual, double expected) {
    return std::abs(actual - expected) <= 1e-12 * std::abs(expected);
}

QString id_of(const Source* source) {
    return source ? QString::fromStdString(source->id) : QString("none");
}

}  // namespace

class TestMarket : public QObject {
    Q_OBJECT

  private slots:
    // Between two lines by their logarithm, beyond the last six workers more for each doubling.
    void a_remote_node_bears_workers_by_the_logarithm_of_its_line() {
        const NetworkSaturation published({{2.5, 8}, {10, 20}, {25, 28}});
        QCOMPARE(published.workers_per_remote(10), 20.0);
        QVERIFY(near(published.workers_per_remote(5), 14));
        QVERIFY(near(published.workers_per_remote(100), 28 + 12));
        QCOMPARE(published.workers_per_remote(1), 8.0);
    }

    // Memory is sold in GiB, and a checkpoint is smaller than what trains.
    void a_workload_has_the_sizes_of_its_parameters() {
        WorkloadProfile adapters;
        adapters.parameters = std::int64_t{1} << 30;
        adapters.checkpoint_bytes_per_parameter = 6;
        adapters.state_bytes_per_parameter = 18;
        QCOMPARE(checkpoint_gib(adapters), 6.0);
        QCOMPARE(training_state_gib(adapters), 18.0);
        QCOMPARE(frozen_weight_bytes(adapters), 2.0 * static_cast<double>(adapters.parameters));
        adapters.state_bytes_per_parameter = 14;
        QCOMPARE(frozen_weight_bytes(adapters), 0.0);
    }

    void prices_are_as_old_as_the_oldest() {
        Market market;
        QCOMPARE(prices_as_of(market), std::string());
        market.sources = {{"a", "", "2026-07-20"}, {"b", "", "2025-12-31"}, {"c", "", "2026-01-02"}};
        QCOMPARE(prices_as_of(market), std::string("2025-12-31"));
    }

    // A price of which only the list knows is a price, and has a source.
    void every_price_has_its_source() {
        Market market;
        market.sources = {{"list", "", "2026-07-20"}, {"spot", "", "2026-07-21"}};
        Offer offer;
        offer.on_demand_source = 0;
        offer.spot_source = 1;
        QCOMPARE(id_of(on_demand_source(market, offer)), QString("list"));
        QCOMPARE(id_of(spot_source(market, offer)), QString("none"));
        offer.listed_spot = deepvm::base::Money::from_usd(1);
        QCOMPARE(id_of(spot_source(market, offer)), QString("spot"));
        offer.listed_spot.reset();
        offer.spot = deepvm::base::Money::from_usd(1);
        QCOMPARE(id_of(spot_source(market, offer)), QString("spot"));
        offer.spot_source = 2;
        QCOMPARE(id_of(spot_source(market, offer)), QString("none"));
    }
};

}  // namespace test_market

DEEPVM_TEST(test_market, TestMarket)
#include "test_market.moc"
