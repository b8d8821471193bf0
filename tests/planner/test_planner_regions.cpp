// SPDX-License-Identifier: GPL-3.0-or-later
// On real prices, too, the answer must be what enumeration finds: regions of three clouds, all of one, every
// workload, both objectives, from a few cents to a large cluster.
#include <QtTest>

#include "cases.h"
#include "catalog/catalog.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "test_program.h"

namespace test_planner_regions {

using namespace deepvm;
using base::Money;
using problem::Preset;

namespace {

struct Place {
    const char* provider;
    const char* region;
};
constexpr Place places[] = {{"aws", "us-east-1"},     {"gcp", "us-central1"}, {"gcp", "europe-west4"},
                            {"gcp", "africa-south1"}, {"azure", "eastus"},    {"azure", "westeurope"},
                            {"azure", "westindia"}};

constexpr Place charted[] = {
    {"aws", "us-east-1"},       {"azure", "eastus"},      {"azure", "southcentralus"},
    {"azure", "canadacentral"}, {"azure", "westus2"},     {"azure", "northcentralus"},
    {"azure", "canadaeast"},    {"azure", "westeurope"},  {"azure", "japaneast"},
    {"gcp", "asia-southeast1"}, {"gcp", "europe-west4"},  {"gcp", "us-central1"},
    {"gcp", "asia-northeast1"}, {"gcp", "us-west1"},      {"gcp", "us-east1"},
    {"gcp", "europe-west3"},    {"gcp", "europe-west6"},  {"gcp", "us-west3"},
    {"gcp", "europe-west9"},    {"gcp", "europe-west12"}, {"azure", "any"}};

constexpr double budgets[] = {0.05, 0.31, 1, 2.9, 7.77, 20, 63.5, 200};

// `count` of the workloads, others in every row: together the rows have them all.
std::vector<model::WorkloadProfile> some_of(const std::vector<model::WorkloadProfile>& all,
                                            std::ptrdiff_t row, std::size_t count) {
    std::vector<model::WorkloadProfile> some;
    for (std::size_t i = 0; i < std::min(count, all.size()); ++i)
        some.push_back(all[(static_cast<std::size_t>(row) * count + i) % all.size()]);
    return some;
}

}  // namespace

class TestPlannerRegions : public QObject {
    Q_OBJECT

    std::optional<catalog::Catalog> catalog_;
    std::ptrdiff_t row_ = 0;

  private slots:
    void initTestCase() { catalog_ = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value(); }

    void decisions_equal_enumeration_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("workload");
        for (const auto& place : std::span(places).first(tests::cases(std::size(places)))) {
            const auto market = catalog_->load({place.provider, place.region}).value();
            for (const auto& workload : some_of(market->workloads, &place - places, tests::cases(3)))
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
        for (const auto objective : {problem::Objective::deepvm, problem::Objective::throughput}) {
            problem::Request request;
            request.objective = objective;
            request.workload = workload.toStdString();
            const auto problem = problem::make_problem(market, request).value();
            const tests::Enumeration judge(*market, request);
            for (const double usd : budgets) {
                const auto budget = Money::from_usd(usd);
                const auto decision = planner::decide(*problem, budget).value();
                QVERIFY2(decision.proof.proven, decision.proof.doubt.c_str());
                for (const auto architecture : request.architectures) {
                    const auto wrong = tests::difference(
                        decision.by_architecture.at(architecture),
                        judge.best(architecture, budget, static_cast<std::size_t>(request.top)));
                    QVERIFY2(wrong.empty(), wrong.c_str());
                }
            }
        }
    }

    // Every step of the chart from $0 to $500, none missing and none too many.
    void frontiers_equal_enumeration_data() {
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("region");
        QTest::addColumn<Preset>("preset");
        for (const char* name : {"deepvm-paper", "deepvm-simulated"}) {
            QTest::addRow("%s published", name) << name << "" << Preset::published;
            QTest::addRow("%s corrected", name) << name << "" << Preset::corrected;
        }
        for (const auto& [provider, region] : std::span(charted).first(tests::cases(std::size(charted))))
            QTest::addRow("%s %s", provider, region) << provider << region << Preset::corrected;
    }

    void frontiers_equal_enumeration() {
        QFETCH(QString, market);
        QFETCH(QString, region);
        QFETCH(Preset, preset);
        const auto offers = catalog_->load({market.toStdString(), region.toStdString()}).value();
        const Money to = Money::from_usd(500);
        for (const auto objective : {problem::Objective::deepvm, problem::Objective::throughput})
            for (const auto& workload : some_of(offers->workloads, row_++, tests::cases(2))) {
                problem::Request request;
                request.preset = preset;
                request.objective = objective;
                request.workload = workload.name;
                const auto problem = problem::make_problem(offers, request).value();
                const tests::Enumeration judge(*offers, request);
                const auto frontier = planner::frontier(*problem, Money{}, to).value();
                auto wrong = tests::difference(frontier.overall, judge.frontier(request.architectures, to));
                for (const auto architecture : request.architectures)
                    if (wrong.empty())
                        wrong = tests::difference(frontier.by_architecture.at(architecture),
                                                  judge.frontier({architecture}, to));
                QVERIFY2(wrong.empty(), qPrintable(QString::fromStdString(workload.name + ": " + wrong)));
            }
    }
};

}  // namespace test_planner_regions

DEEPVM_TEST(test_planner_regions, TestPlannerRegions)
#include "test_planner_regions.moc"
