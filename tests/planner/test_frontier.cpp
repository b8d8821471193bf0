// SPDX-License-Identifier: GPL-3.0-or-later
// The chart's steps are a promise: "from this price on, this cluster". Every step from $0 to $500 must be the
// one that enumeration finds, with its price, machines and worth, and none may be missing or too many.
#include <QtTest>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "test_program.h"

namespace test_frontier {

using namespace deepvm;
using base::Money;
using problem::Preset;

namespace {

const Money most = Money::from_usd(500);

// Of all steps those of a picture: what is best at `from` already, and what comes until `to`.
std::vector<tests::Cluster> part(const std::vector<tests::Cluster>& steps, Money from, Money to) {
    std::vector<tests::Cluster> seen;
    for (const auto& step : steps) {
        if (step.price > to && step.price > from) break;
        if (step.price <= from) seen.clear();
        seen.push_back(step);
    }
    return seen;
}

// A market as the planner sees it and every step as enumeration finds it.
struct Judged {
    std::shared_ptr<const problem::Problem> problem;
    std::map<problem::Architecture, std::vector<tests::Cluster>> by_architecture;
    std::vector<tests::Cluster> overall;
};

Judged judged(const std::shared_ptr<const model::Market>& market, const problem::Request& request) {
    const tests::Enumeration judge(*market, request);
    Judged judged{problem::make_problem(market, request).value(), {}, {}};
    for (const auto architecture : request.architectures)
        judged.by_architecture[architecture] = judge.frontier({architecture}, most);
    judged.overall = judge.frontier(request.architectures, most);
    return judged;
}

Judged random_catalog(unsigned seed, Preset preset, bool twins = false) {
    std::mt19937 random(seed);
    std::optional<model::MarketKind> kind;
    if (preset == Preset::published) kind = model::MarketKind::published;
    auto market = tests::random_market(random, kind);
    auto request = tests::random_request(random, *market);
    request.preset = preset;
    if (twins) market = tests::with_twins(*market);
    return judged(market, request);
}

// What is wrong with the planner's steps between two budgets; adds to the `steps` that were compared.
std::string wrong_steps(const Judged& judged, Money from, Money to, std::size_t& steps) {
    const auto frontier = planner::frontier(*judged.problem, from, to).value();
    for (const auto& [architecture, clusters] : judged.by_architecture) {
        const auto& plans = frontier.by_architecture.at(architecture);
        steps += plans.size();
        if (auto wrong = tests::difference(plans, part(clusters, from, to)); !wrong.empty()) return wrong;
    }
    return tests::difference(frontier.overall, part(judged.overall, from, to));
}

// What is wrong with the answer at a budget, given the steps.
std::string wrong_answer(const Judged& judged, Money budget) {
    const auto ranked = planner::decide(*judged.problem, budget).value().ranked;
    const auto best = part(judged.overall, budget, budget);
    return tests::difference({ranked.begin(), ranked.begin() + (ranked.empty() ? 0 : 1)}, best);
}

}  // namespace

class TestFrontier : public QObject {
    Q_OBJECT

  private slots:
    void random_catalogs_data() {
        QTest::addColumn<Preset>("preset");
        QTest::newRow("published") << Preset::published;
        QTest::newRow("corrected") << Preset::corrected;
    }

    void random_catalogs() {
        QFETCH(Preset, preset);
        std::size_t steps = 0;
        for (const unsigned seed : tests::seeds(1, 500)) {
            const auto judged = random_catalog(seed, preset);
            const auto wrong = wrong_steps(judged, Money{}, most, steps);
            QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
        }
        qInfo("%zu steps", steps);
        QVERIFY(tests::enough(steps, 15'000));
    }

    // Prices a micro-dollar apart and worths a millionth apart are different steps all the same.
    void steps_as_close_as_can_be_data() { random_catalogs_data(); }

    void steps_as_close_as_can_be() {
        QFETCH(Preset, preset);
        std::size_t steps = 0;
        for (const unsigned seed : tests::seeds(1, 100)) {
            const auto judged = random_catalog(seed, preset, true);
            const auto wrong = wrong_steps(judged, Money{}, most, steps);
            QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
        }
        QVERIFY(tests::enough(steps, 2'000));
    }

    // A picture may begin and end anywhere, also exactly at a step, and the answer at a step is that step:
    // one micro-dollar below it, it is not.
    void ends_are_exact_data() { random_catalogs_data(); }

    void ends_are_exact() {
        QFETCH(Preset, preset);
        constexpr auto micro = Money::from_micro(1);
        std::size_t steps = 0;
        for (const unsigned seed : tests::seeds(1, 300)) {
            const auto judged = random_catalog(seed, preset);
            if (judged.overall.empty()) continue;
            std::mt19937 random(seed);
            const auto any_price = [&] { return judged.overall[random() % judged.overall.size()].price; };
            for (const auto& [from, to] : {std::minmax({any_price(), any_price()}),
                                           std::minmax({any_price() - micro, any_price() - micro})}) {
                const auto wrong = wrong_steps(judged, from, to, steps);
                QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
            }
            const auto price = any_price();
            for (const auto budget : {price, price - micro}) {
                const auto wrong = wrong_answer(judged, budget);
                QVERIFY2(wrong.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(wrong.c_str())));
            }
        }
        QVERIFY(tests::enough(steps, 3'000));
    }
};

}  // namespace test_frontier

DEEPVM_TEST(test_frontier, TestFrontier)
#include "test_frontier.moc"
