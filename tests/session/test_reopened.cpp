// SPDX-License-Identifier: GPL-3.0-or-later
// An exported plan opens to the same question and the same answer, and says what changed where something did.
#include <QFile>
#include <QtTest>

#include "cases.h"
#include "catalog/catalog.h"
#include "exchange/exchange.h"
#include "explain/quota_gains.h"
#include "planner/planner.h"
#include "session/random_exploration.h"
#include "session/session.h"
#include "test_program.h"
#include "words/reopened.h"

namespace test_reopened {

using namespace deepvm;

namespace {

const catalog::Catalog& shipped() {
    static const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    return catalog;
}

struct Answered {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

std::optional<Answered> answered(const std::shared_ptr<const model::Market>& market,
                                 const session::Exploration& question) {
    auto problem = problem::make_problem(market, session::to_request(question, *market));
    if (!problem) return std::nullopt;
    auto decision = planner::decide(**problem, question.budget);
    return Answered{std::move(*problem), decision.value()};
}

std::optional<Answered> answered(const session::Exploration& question) {
    return answered(shipped().load(question.selection).value(), question);
}

session::Exploration question() {
    auto asked = session::first_exploration();
    asked.objective = problem::Objective::job_cost;
    return asked;
}

/// The shipped market with the spot price of a type changed, or the type taken out of it.
std::shared_ptr<const model::Market> changed(const model::Market& market, const std::string& type,
                                             std::optional<base::Money> spot) {
    auto copy = std::make_shared<model::Market>(market);
    for (auto& place : copy->places)
        for (auto& offer : place.offers)
            if (copy->types[offer.type].name == type) offer.spot = spot;
    return copy;
}

}  // namespace

class TestReopened : public QObject {
    Q_OBJECT

  private slots:
    void aPlanOpensToItsOwnQuestion() {
        int answers = 0;
        for (const unsigned seed : tests::seeds(1, 24)) {
            auto asked = tests::random_exploration(seed);
            asked.own_workloads.clear();
            if (asked.selection.market == "any") asked.selection = {"aws", "us-east-1"};
            // A request is what the market makes of the exploration, so it is what must come back.
            const auto then = answered(asked);
            if (!then) continue;
            const auto text = exchange::plan_json(*then->problem, then->decision, explain::QuotaGains{}, {});
            const auto opened = session::read_document(text, "plan.json");
            QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
            QCOMPARE(opened->kind, session::DocumentKind::plan);
            const auto now = answered(opened->session.exploration);
            QVERIFY(now);
            QVERIFY(now->decision.ranked == then->decision.ranked);
            if (then->decision.ranked.empty()) continue;
            ++answers;
            QVERIFY(opened->answer);
            const auto again =
                session::reopened(*opened->answer, *now->problem, asked.budget, now->decision.ranked);
            QVERIFY(again.unchanged());
            QVERIFY(words::what_changed(*opened->answer, again, *now->problem->market, words::Style::plain)
                        .empty());
        }
        QVERIFY(tests::enough(answers, 8));
    }

    // Written by the version before a plan held its question.
    void aPlanOfAnEarlierVersionOpens() {
        const auto opened = session::open_document(DEEPVM_SOURCE_DIR "/tests/session/samples/plan-0.1.json");
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        const auto& asked = opened->session.exploration;
        QCOMPARE(asked.selection.market, std::string("aws"));
        QCOMPARE(asked.selection.region, std::string("us-east-1"));
        QCOMPARE(asked.budget, base::Money::from_micro(20'000'000));
        QCOMPARE(asked.workload, std::string("bert-large-squad"));
        QCOMPARE(asked.job.deadline_hours, std::optional(20.0));
        QCOMPARE(asked.max_nodes, std::optional(32));
        QCOMPARE(asked.spot_quota.at("aws/G"), 256);
        const auto now = answered(asked);
        QVERIFY(now && opened->answer);
        QVERIFY(!now->decision.ranked.empty());
    }

    void whatChangedIsSaidRowByRow() {
        const auto asked = question();
        const auto market = shipped().load(asked.selection).value();
        const auto then = answered(market, asked);
        QVERIFY(then && !then->decision.ranked.empty());
        const auto answer = session::answer_of(*then->problem, then->decision.ranked.front());
        const auto spot =
            std::ranges::find(answer.prices, problem::Purchase::spot, &session::MachinePrice::purchase);
        QVERIFY(spot != answer.prices.end());

        const auto dearer = base::Money::from_micro(spot->price.micro() * 21 / 20);
        const auto now = answered(changed(*market, spot->type, dearer), asked);
        const auto again = session::reopened(answer, *now->problem, asked.budget, now->decision.ranked);
        QCOMPARE(again.prices.size(), std::size_t(1));
        QCOMPARE(again.prices.front().now->price, dearer);
        const auto lines = words::what_changed(answer, again, *now->problem->market, words::Style::plain);
        QVERIFY(!lines.empty());
        QVERIFY2(QString::fromStdString(lines.front()).contains("5.0 % more than"), lines.front().c_str());

        const auto gone = answered(changed(*market, spot->type, std::nullopt), asked);
        const auto without = session::reopened(answer, *gone->problem, asked.budget, gone->decision.ranked);
        QVERIFY(!without.prices.front().now);
        QVERIFY(!without.then_today);
        QVERIFY(QString::fromStdString(
                    words::what_changed(answer, without, *gone->problem->market, words::Style::plain).front())
                    .contains("not offered any more"));
    }
};

}  // namespace test_reopened

DEEPVM_TEST(test_reopened, TestReopened)
#include "test_reopened.moc"
