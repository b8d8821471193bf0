// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the program must say what the program said: every number of a plan, to the last digit.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "exchange/exchange.h"
#include "planner/planner.h"
#include "planner/random_market.h"

using namespace deepvm;
using base::Money;

namespace {

QJsonObject object(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

void compare(const QJsonObject& json, const planner::Plan& plan) {
    QCOMPARE(json["architecture"].toString(), text(name(plan.architecture)));
    QCOMPARE(json["provider"].isNull(), plan.provider.empty());
    QCOMPARE(json["provider"].toString(), text(plan.provider));
    QCOMPARE(json["region"].toString(), text(plan.region));
    QCOMPARE(json["worker"].toString(), text(plan.worker));
    QCOMPARE(json["remote"].isNull(), plan.remote.empty());
    QCOMPARE(json["remote"].toString(), text(plan.remote));
    QCOMPARE(json["nodes"].toInt(), plan.nodes);
    QCOMPARE(json["spot_workers"].toInt(), plan.spot_workers);
    QCOMPARE(json["anchors"].toInt(), plan.anchors);
    QCOMPARE(json["remotes"].toInt(), plan.remotes);
    QCOMPARE(Money::from_usd(json["hourly_price"].toDouble()), plan.hourly_price);
    QVERIFY(json["objective"].toDouble() == plan.objective);
    QVERIFY(json["effective_nodes"].toDouble() == plan.effective_nodes);
    QVERIFY(json["throughput_tflops"].toDouble() == plan.throughput_tflops);
    QCOMPARE(json["binding"].toArray().size(), static_cast<qsizetype>(plan.binding.size()));
}

}  // namespace

class TestExchange : public QObject {
    Q_OBJECT

  private slots:
    void plan_json_says_what_was_decided() {
        int plans = 0;
        for (unsigned seed = 1; seed <= 100; ++seed) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                planner::make_problem(market, tests::random_request(random, *market)).value();
            const auto decision = planner::decide(*problem, tests::random_budget(random, *market)).value();
            const auto json = object(exchange::plan_json(*problem, decision, exchange::Timestamp{}));
            QCOMPARE(json["created"].toString(), "1970-01-01T00:00:00Z");
            QCOMPARE(Money::from_usd(json["request"].toObject()["budget_usd_per_hour"].toDouble()),
                     decision.budget);
            const auto ranked = json["decision"].toArray();
            QCOMPARE(ranked.size(), static_cast<qsizetype>(decision.ranked.size()));
            for (qsizetype i = 0; i < ranked.size(); ++i, ++plans)
                compare(ranked[i].toObject(), decision.ranked[static_cast<std::size_t>(i)]);
            const QJsonValue no_scale = json["policies"].toObject()["no_scale"];
            QCOMPARE(no_scale.isNull(), !decision.policies.no_scale.has_value());
            if (decision.policies.no_scale) compare(no_scale.toObject(), *decision.policies.no_scale);
        }
        QVERIFY(plans > 100);
    }

    void csv_has_a_line_for_every_plan_and_a_field_for_every_column() {
        std::shared_ptr<const planner::Problem> problem;
        planner::Decision decision;
        for (unsigned seed = 1; decision.ranked.size() < 3; ++seed) {
            std::mt19937 random(seed);
            problem = planner::make_problem(tests::random_market(random), {}).value();
            decision = planner::decide(*problem, Money::from_usd(50)).value();
        }
        const auto lines = text(exchange::plan_csv(decision)).trimmed().split('\n');
        QCOMPARE(lines.size(), static_cast<qsizetype>(decision.ranked.size()) + 1);
        for (const auto& line : lines)
            QCOMPARE(line.count(','), lines.front().count(','));
        QCOMPARE(text(exchange::plan_csv(decision, 2)).trimmed().split('\n').back(), lines[2]);

        const auto frontier = planner::frontier(*problem, Money{}, Money::from_usd(50)).value();
        const auto steps = text(exchange::frontier_csv(frontier)).trimmed().split('\n');
        std::size_t expected = 1 + frontier.overall.size();
        for (const auto& [architecture, plans] : frontier.by_architecture)
            expected += plans.size();
        QCOMPARE(static_cast<std::size_t>(steps.size()), expected);
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "test_exchange.moc"
