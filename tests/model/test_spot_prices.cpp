// SPDX-License-Identifier: GPL-3.0-or-later
// Without these the cheapest region of the world would be the one whose price is most wrong.
#include <fmt/format.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

#include "model/spot_prices.h"
#include "model/statistics.h"
#include "test_program.h"
#include "throughput_world.h"

namespace test_spot_prices {

using namespace deepvm::model;

namespace {

using Pairs = std::vector<SpotPair>;

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

Pairs made_pairs(std::mt19937& random, const SpotShrinkage& truth, double noise) {
    Pairs pairs;
    for (int type = 0; type < 60; ++type) {
        std::vector<double> logs;
        std::normal_distribution<double> one(0, 1);
        const double usual = -1.2 + 0.3 * one(random);
        TypeShare share;
        for (int region = 0; region < 8; ++region) {
            logs.push_back(usual + 0.3 * one(random));
            share.add(1, std::exp(logs.back()));
        }
        for (int region = 0; region < 8; ++region) {
            const double log = truth.own * logs[region] + (1 - truth.own) * share.mean_log() + truth.lift +
                               noise * one(random);
            pairs.push_back({fmt::format("r{}", region), fmt::format("t{}", type), 1, std::exp(logs[region]),
                             std::exp(log)});
        }
    }
    return pairs;
}

bool same(const std::vector<SpotPrediction>& a, const std::vector<SpotPrediction>& b,
          const std::string& type) {
    for (const auto& one : a)
        for (const auto& other : b)
            if (one.pair.instance_type == type && other.pair.instance_type == type &&
                one.pair.region == other.pair.region && !(one.estimate == other.estimate))
                return false;
    return true;
}

}  // namespace

class TestSpotPrices : public QObject {
    Q_OBJECT

    Pairs pairs_ =
        deepvm::test::shipped_rows<SpotPair>("spot_price_pairs.csv", spot_pair_columns, parse_spot_pair);

  private slots:
    // The numbers of the issue, each type left out of what tells its prices: 1.28 and 1.45 as estimated.
    void the_chosen_region_costs_what_was_promised() {
        auto raw = leave_each_type_out(pairs_).value();
        for (auto& prediction : raw)
            prediction.estimate.usd_per_hour = prediction.pair.estimated;
        QVERIFY(median(observed_over_promised(raw, 4)) > 1.25);
        const auto ratios = observed_over_promised(leave_each_type_out(pairs_).value(), 4);
        QCOMPARE(ratios.size(), std::size_t{44});
        const double middle = median(ratios);
        QVERIFY2(middle >= 0.95 && middle <= 1.10, qPrintable(QString::number(middle)));
        QVERIFY2(mean(ratios) <= 1.2, qPrintable(QString::number(mean(ratios))));
    }

    void the_shrinkage_of_plans_was_measured() {
        const auto fit = fit_spot_shrinkage(pairs_).value();
        QVERIFY2(std::abs(fit.own - measured_shrinkage.own) < 1e-3, qPrintable(QString::number(fit.own)));
        QVERIFY2(std::abs(fit.lift - measured_shrinkage.lift) < 1e-3, qPrintable(QString::number(fit.lift)));
        QVERIFY2(std::abs(fit.spread - measured_shrinkage.spread) < 1e-3,
                 qPrintable(QString::number(fit.spread)));
    }

    void the_range_holds_about_four_in_five() {
        int inside = 0;
        const auto predictions = leave_each_type_out(pairs_).value();
        for (const auto& [pair, estimate] : predictions)
            inside += estimate.low <= pair.observed && pair.observed <= estimate.high;
        const double share = inside / static_cast<double>(pairs_.size());
        QVERIFY2(share > 0.72 && share < 0.9, qPrintable(QString::number(share)));
    }

    void a_known_shrinkage_is_recovered() {
        std::mt19937 random(11);
        for (const SpotShrinkage truth :
             {SpotShrinkage{0.4, 0.1, 0}, {1, 0, 0}, {0, 0.3, 0}, {0.7, 0.05, 0}}) {
            const auto exact = fit_spot_shrinkage(made_pairs(random, truth, 0)).value();
            QVERIFY(std::abs(exact.own - truth.own) < 1e-9 && std::abs(exact.lift - truth.lift) < 1e-9);
            QVERIFY(exact.spread < 1e-6);
            const auto noisy = fit_spot_shrinkage(made_pairs(random, truth, 0.2)).value();
            QVERIFY(std::abs(noisy.own - truth.own) < 0.15 && std::abs(noisy.lift - truth.lift) < 0.05);
            QVERIFY(std::abs(noisy.spread - 0.2) < 0.03);
        }
    }

    // Three pairs leave one freedom beside the two figures that are fitted to them: by hand.
    void the_spread_of_few_pairs_is_not_taken_too_small() {
        constexpr double off = 0.05;
        Pairs three;
        for (const auto& [name, estimated, error] :
             {std::tuple("a", -0.5, off), std::tuple("b", 0.0, -2 * off), std::tuple("c", 0.5, off)})
            three.push_back(
                {name, "t", 1, std::exp(-1 + estimated), std::exp(-1 + 0.5 * estimated + 0.1 + error)});
        const auto fit = fit_spot_shrinkage(three).value();
        QVERIFY(std::abs(fit.own - 0.5) < 1e-9 && std::abs(fit.lift - 0.1) < 1e-9);
        QVERIFY2(std::abs(fit.spread - std::sqrt(6.0) * off) < 1e-9, qPrintable(QString::number(fit.spread)));
    }

    void a_type_has_no_say_in_its_own_prices() {
        const auto before = leave_each_type_out(pairs_).value();
        const std::string type = pairs_.front().instance_type;
        auto spoiled = pairs_;
        for (auto& pair : spoiled)
            if (pair.instance_type == type) pair.observed *= 2;
        const auto after = leave_each_type_out(spoiled).value();
        QVERIFY(same(before, after, type));
        QVERIFY(!same(before, after, pairs_.back().instance_type));
        std::mt19937 random(3);
        std::shuffle(spoiled.begin(), spoiled.end(), random);
        const auto shuffled = leave_each_type_out(spoiled).value();
        for (const auto& pair : pairs_)
            QVERIFY(same(after, shuffled, pair.instance_type));
    }

    // A cheap estimate comes out dearer, a dear one cheaper, the order of regions stays.
    void estimates_are_drawn_together_and_keep_their_order() {
        std::mt19937 random(42);
        std::uniform_real_distribution<double> share(0.05, 0.9);
        for (int round = 0; round < 1000; ++round) {
            const double cheap = share(random);
            const double dear = cheap + (0.95 - cheap) * share(random);
            TypeShare both;
            both.add(2, 2 * cheap);
            both.add(2, 2 * dear);
            const SpotShrinkage shrinkage{0.4, 0, 0.3};
            const auto low = shrunk_spot_price(shrinkage, 2, 2 * cheap, both.mean_log());
            const auto high = shrunk_spot_price(shrinkage, 2, 2 * dear, both.mean_log());
            QVERIFY(2 * cheap < low.usd_per_hour && low.usd_per_hour < high.usd_per_hour);
            QVERIFY(high.usd_per_hour < 2 * dear);
            QVERIFY(low.low < low.usd_per_hour && low.usd_per_hour < low.high && low.high <= 2);
        }
        // Never above on-demand.
        QCOMPARE(shrunk_spot_price({1, 0.5, 0.2}, 3, 2.9, std::log(2.9 / 3)).usd_per_hour, 3.0);
    }

    void too_few_pairs_are_refused() {
        const auto refused = fit_spot_shrinkage(std::span(pairs_).first(2));
        QVERIFY(!refused && refused.error().message.starts_with("2 pairs"));
        QVERIFY(!leave_each_type_out(std::span(pairs_).first(3)));
    }
};

}  // namespace test_spot_prices

DEEPVM_TEST(test_spot_prices, TestSpotPrices)
#include "test_spot_prices.moc"
