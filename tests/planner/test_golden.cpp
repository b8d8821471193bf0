// SPDX-License-Identifier: GPL-3.0-or-later
// The published planner's recorded answers: whoever reads the paper must find its plans here, to the digit.
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catalog/catalog.h"
#include "planner/planner.h"
#include "test_program.h"

namespace test_golden {

using namespace deepvm;
using base::Money;
using nlohmann::json;
using problem::Architecture;

namespace {

json read(const char* file) {
    std::ifstream stream(std::string(DEEPVM_SOURCE_DIR "/tests/planner/golden/") + file);
    return json::parse(stream);
}

// Recorded lists are best first; a single answer stands alone.
json first(const json& recorded) {
    if (!recorded.is_array()) return recorded;
    return recorded.empty() ? json(nullptr) : recorded.front();
}

void compare(const std::optional<problem::Plan>& plan, const json& recorded, Money budget) {
    QCOMPARE(plan.has_value(), !recorded.is_null());
    if (!plan) return;
    if (recorded.contains("objective")) {
        const double objective = recorded["objective"];
        QVERIFY2(std::abs(plan->objective - objective) <= 1e-9 * objective,
                 qPrintable(QString::number(objective, 'g', 17)));
    }
    QCOMPARE(QString::fromStdString(plan->worker), QString::fromStdString(recorded["worker"]));
    QCOMPARE(plan->nodes, recorded["nodes"].get<int>());
    QVERIFY(plan->hourly_price <= Money::from_usd(recorded["hourly_price"]));
    QVERIFY(plan->hourly_price <= budget);
}

std::optional<problem::Plan> front(const std::vector<problem::Plan>& plans) {
    return plans.empty() ? std::nullopt : std::optional(plans.front());
}

}  // namespace

class TestGolden : public QObject {
    Q_OBJECT

    std::optional<catalog::Catalog> catalog_;

    planner::Decision decide(const char* data_set, problem::Request request, Money budget) {
        request.preset = problem::Preset::published;
        request.architectures = problem::default_architectures(model::MarketKind::published, request.preset);
        auto market = catalog_->load({data_set, ""}).value();
        return planner::decide(*problem::make_problem(market, request).value(), budget).value();
    }

    void rows_of(const char* file) {
        QTest::addColumn<QByteArray>("recorded");
        const json recorded = read(file);
        for (const auto& row : recorded["rows"]) {
            const auto name = QString("budget %1, buffer %2, checkpoint %3")
                                  .arg(row["pricing_willingness"].get<double>())
                                  .arg(row.value("buffer_size_gb", 0.5))
                                  .arg(row.value("checkpoint_size_100mb", 2.0));
            QTest::newRow(qPrintable(name)) << QByteArray::fromStdString(row.dump());
        }
    }

    void compare_row(const char* data_set) {
        QFETCH(QByteArray, recorded);
        const json row = json::parse(recorded.toStdString());
        problem::Request request;
        request.buffer_size = row.value("buffer_size_gb", request.buffer_size);
        request.checkpoint_size_100mb = row.value("checkpoint_size_100mb", request.checkpoint_size_100mb);
        const Money budget = Money::from_usd(row["pricing_willingness"]);

        const auto decision = decide(data_set, request, budget);
        QVERIFY(decision.proof.proven);
        compare(front(decision.ranked), first(row["deepvm"]), budget);
        compare(front(decision.by_architecture.at(Architecture::single_anchor)), first(row["single_anchor"]),
                budget);
        compare(front(decision.by_architecture.at(Architecture::tiering)), first(row["tiering"]), budget);
        compare(decision.policies.cost_first, row["cost_first"], budget);
        compare(decision.policies.performance_first, row["performance_first"], budget);

        const auto& no_scale = decision.policies.no_scale;
        QCOMPARE(no_scale.has_value(), !row["no_scale"].is_null());
        if (no_scale) {
            const double objective = row["no_scale"]["objective"];
            QVERIFY(std::abs(no_scale->objective - objective) <= 1e-9 * objective);
        }
        if (row.contains("tiering_cheapest_among_best") && !row["tiering_cheapest_among_best"].is_null())
            QCOMPARE(decision.by_architecture.at(Architecture::tiering).front().hourly_price,
                     Money::from_usd(row["tiering_cheapest_among_best"]["hourly_price"]));
    }

  private slots:
    void initTestCase() { catalog_ = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value(); }

    void published_planner_data() { rows_of("published_planner.json"); }
    void published_planner() { compare_row("deepvm-paper"); }

    void published_simulation_data() { rows_of("published_simulation.json"); }
    void published_simulation() { compare_row("deepvm-simulated"); }

    // The policies know no bound on nodes here: by the formula, far beyond any cluster that is planned.
    void policies_on_the_simulated_set_by_formula() {
        const auto market = catalog_->load({"deepvm-simulated", ""}).value();
        for (const double usd : {0.5, 10.0, 74.0, 80.0, 500.0}) {
            const auto budget = Money::from_usd(usd).micro();
            std::string most;
            std::string fastest;
            std::int64_t nodes = 1;
            double rate = 0;
            for (const auto& offer : market->places.front().offers) {
                const auto& type = market->types[offer.type];
                if (!type.published_rate || budget < (offer.on_demand + *offer.spot).micro()) continue;
                const auto n = 1 + (budget - offer.on_demand.micro()) / offer.spot->micro();
                if (n > nodes) most = type.name;
                nodes = std::max(nodes, n);
                if (*type.published_rate > rate) fastest = type.name;
                rate = std::max(rate, *type.published_rate);
            }
            const auto policies = decide("deepvm-simulated", {}, Money::from_micro(budget)).policies;
            QCOMPARE(policies.cost_first->worker, most);
            QCOMPARE(policies.cost_first->nodes, static_cast<int>(nodes));
            QCOMPARE(policies.performance_first->worker, fastest);
        }
    }

    // The three plans that the authors ran on AWS at a budget of 2.9 dollars an hour.
    void the_plans_of_the_paper_at_2_90() {
        const auto ranked = decide("deepvm-paper", {}, Money::from_usd(2.9)).ranked;
        QCOMPARE(ranked.size(), std::size_t{3});
        const std::pair<const char*, const char*> expected[] = {
            {"17 x g4dn.xlarge + 1 x c5.xlarge", "2.8526"},
            {"17 x g4dn.xlarge + 1 x m6i.xlarge", "2.8746"},
            {"17 x g4dn.xlarge + 1 x c5n.xlarge", "2.8986"}};
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(machines(ranked[i]).c_str(), expected[i].first);
            QCOMPARE(ranked[i].hourly_price.decimal().c_str(), expected[i].second);
        }
    }
};

}  // namespace test_golden

DEEPVM_TEST(test_golden, TestGolden)
#include "test_golden.moc"
