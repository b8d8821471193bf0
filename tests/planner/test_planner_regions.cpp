// SPDX-License-Identifier: GPL-3.0-or-later
// On real prices, too, the answer must be what enumeration finds: regions of three clouds, every workload,
// both objectives, from a few cents to a large cluster.
#include <QtTest>

#include "catalog/catalog.h"
#include "planner/enumeration.h"
#include "planner/planner.h"

using namespace deepvm;
using base::Money;

namespace {

struct Place {
    const char* provider;
    const char* region;
};
constexpr Place places[] = {{"aws", "us-east-1"},     {"gcp", "us-central1"}, {"gcp", "europe-west4"},
                            {"gcp", "africa-south1"}, {"azure", "eastus"},    {"azure", "westeurope"},
                            {"azure", "westindia"}};

constexpr double budgets[] = {0.05, 0.31, 1, 2.9, 7.77, 20, 63.5, 200};

}  // namespace

class TestPlannerRegions : public QObject {
    Q_OBJECT

    std::optional<catalog::Catalog> catalog_;

  private slots:
    void initTestCase() { catalog_ = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value(); }

    void decisions_equal_enumeration_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("workload");
        for (const auto& place : places) {
            const auto market = catalog_->load({place.provider, place.region}).value();
            for (const auto& workload : market->workloads)
                QTest::newRow(
                    qPrintable(QString("%1 %2 %3").arg(place.provider, place.region, workload.name.c_str())))
                    << place.provider << place.region << QString::fromStdString(workload.name);
        }
    }

    void decisions_equal_enumeration() {
        QFETCH(QString, provider);
        QFETCH(QString, region);
        QFETCH(QString, workload);
        const auto market = catalog_->load({provider.toStdString(), region.toStdString()}).value();
        for (const auto objective : {planner::Objective::deepvm, planner::Objective::throughput}) {
            planner::Request request;
            request.objective = objective;
            request.workload = workload.toStdString();
            const auto problem = planner::make_problem(market, request).value();
            const tests::Enumeration judge(*market, request);
            for (const double usd : budgets) {
                const auto budget = Money::from_usd(usd);
                const auto decision = planner::decide(*problem, budget).value();
                QVERIFY2(decision.proof.proven, decision.proof.doubt.c_str());
                for (const auto architecture : request.architectures) {
                    const auto& plans = decision.by_architecture.at(architecture);
                    const auto clusters = judge.best(architecture, budget);
                    QCOMPARE(plans.size(), std::min<std::size_t>(clusters.size(), request.top));
                    for (std::size_t i = 0; i < plans.size(); ++i) {
                        QVERIFY(std::abs(plans[i].objective - clusters[i].objective) <=
                                1e-9 * clusters[i].objective);
                        QCOMPARE(plans[i].hourly_price, clusters[i].price);
                        QCOMPARE(plans[i].worker, clusters[i].worker);
                        QCOMPARE(plans[i].remote, clusters[i].remote);
                        QCOMPARE(plans[i].nodes, clusters[i].nodes);
                        QCOMPARE(plans[i].remotes, clusters[i].remotes);
                    }
                }
            }
        }
    }

    // The chart on real prices: as many steps as enumeration finds, at the same prices.
    void frontier_equals_enumeration_on_a_provider() {
        const auto market = catalog_->load({"azure", "westeurope"}).value();
        const planner::Request request;
        const auto problem = planner::make_problem(market, request).value();
        const tests::Enumeration judge(*market, request);
        const Money to = Money::from_usd(30);
        const auto frontier = planner::frontier(*problem, Money{}, to).value();
        for (const auto architecture :
             {planner::Architecture::single_anchor, planner::Architecture::on_demand}) {
            std::vector<tests::Cluster> steps;
            for (const Money price : judge.prices(architecture, to)) {
                const auto best = judge.best(architecture, price).front();
                if (steps.empty() || best.objective > steps.back().objective) steps.push_back(best);
            }
            const auto& found = frontier.by_architecture.at(architecture);
            QCOMPARE(found.size(), steps.size());
            for (std::size_t i = 0; i < steps.size(); ++i) {
                QCOMPARE(found[i].hourly_price, steps[i].price);
                QCOMPARE(found[i].worker, steps[i].worker);
                QCOMPARE(found[i].nodes, steps[i].nodes);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPlannerRegions)
#include "test_planner_regions.moc"
