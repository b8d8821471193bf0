// SPDX-License-Identifier: GPL-3.0-or-later
// Every architecture and every objective against enumeration: thousands of seeded markets with several
// places, quotas, interruption bands and measurements. A plan that is missing from a list is money that
// somebody pays.
#include <QtTest>
#include <cmath>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_jobs.h"
#include "test_program.h"

namespace test_architectures_property {

using namespace deepvm;
using base::Money;
using problem::Architecture;

namespace {

struct Tally {
    int cases = 0;
    std::size_t plans = 0;
    std::size_t steps = 0;
    int nothing_fits = 0;
    int ties = 0;
    tests::Deadlines deadlines;

    void add(const tests::Deadlines& of) {
        deadlines.asked += of.asked;
        deadlines.close += of.close;
    }

    /// Whether the judge did without the planner's word, but for a few.
    bool judged() const { return ties <= 1 + cases / 100 && deadlines.close <= 50 + deadlines.asked / 20; }
    void tell() const {
        qInfo("%d cases, %zu plans, %zu steps, nothing fits in %d; ties %d, close deadlines %d of %d", cases,
              plans, steps, nothing_fits, ties, deadlines.close, deadlines.asked);
    }
};

// What is wrong with the list of plans; empty when it is enumeration's.
std::string wrong_list(const tests::JobCase& c, Tally& tally) {
    const auto problem = problem::make_problem(c.market, c.request).value();
    tests::Enumeration judge(*c.market, c.request);
    const auto decision = planner::decide(*problem, c.budget).value();
    if (!decision.proof.proven) return decision.proof.doubt;
    const auto architecture = c.request.architectures.front();
    const auto& plans = decision.by_architecture.at(architecture);
    ++tally.cases;
    tally.plans += plans.size();
    tally.nothing_fits += plans.empty();
    const auto top = static_cast<std::size_t>(c.request.top);
    auto wrong = tests::difference(plans, judge.best(architecture, c.budget, top), &tally.ties);
    if (wrong.empty() && !plans.empty()) wrong = judge.violation(plans.front(), c.budget);
    tally.add(judge.deadlines());
    return wrong;
}

// The same of all budgets at which the best plan changes.
std::string wrong_frontier(const tests::JobCase& c, Tally& tally) {
    const auto problem = problem::make_problem(c.market, c.request).value();
    tests::Enumeration judge(*c.market, c.request);
    const Money to = std::min(c.budget, Money::from_usd(40));
    const auto frontier = planner::frontier(*problem, Money{}, to).value();
    ++tally.cases;
    tally.steps += frontier.overall.size();
    auto wrong =
        tests::difference(frontier.overall, judge.frontier(c.request.architectures, to), &tally.ties);
    tally.add(judge.deadlines());
    return wrong;
}

// What would be the fastest of all, told when a deadline cannot be kept.
std::string wrong_fastest(const tests::JobCase& c) {
    const auto problem = problem::make_problem(c.market, c.request).value();
    tests::Enumeration judge(*c.market, c.request);
    const double fastest = judge.fastest_hours(c.request.architectures);
    if (problem->fastest_hours.has_value() != std::isfinite(fastest))
        return std::isfinite(fastest) ? "the fastest is not told" : "none finishes";
    if (!problem->fastest_hours || std::abs(*problem->fastest_hours - fastest) <= 1e-9 * fastest) return {};
    return "the fastest takes " + std::to_string(fastest) + " h, not " +
           std::to_string(*problem->fastest_hours) + " h";
}

// Mixtures are many: their clusters are smaller.
int most_nodes(Architecture architecture) {
    return architecture == Architecture::mixed_workers ? 9 : 16;
}

QString message(unsigned seed, const std::string& wrong) {
    return QString("seed %1: %2").arg(seed).arg(QString::fromStdString(wrong));
}

}  // namespace

class TestArchitecturesProperty : public QObject {
    Q_OBJECT

    static void all() {
        QTest::addColumn<Architecture>("architecture");
        for (const auto architecture : problem::all_architectures)
            QTest::newRow(std::string(name(architecture)).c_str()) << architecture;
    }

    static void added() {
        QTest::addColumn<Architecture>("architecture");
        for (const auto architecture :
             {Architecture::spot_bucket, Architecture::parameter_server, Architecture::mixed_workers})
            QTest::newRow(std::string(name(architecture)).c_str()) << architecture;
    }

  private slots:
    void lists_equal_enumeration_data() { added(); }
    void lists_equal_enumeration() {
        QFETCH(Architecture, architecture);
        Tally tally;
        for (const unsigned seed : tests::seeds(1, 2000)) {
            const auto wrong =
                wrong_list(tests::random_case(seed, architecture, false, most_nodes(architecture)), tally);
            QVERIFY2(wrong.empty(), qPrintable(message(seed, wrong)));
        }
        tally.tell();
        QVERIFY(tally.judged());
        QVERIFY(tests::enough(tally.plans, 1200));
    }

    void frontiers_equal_enumeration_data() { added(); }
    void frontiers_equal_enumeration() {
        QFETCH(Architecture, architecture);
        Tally tally;
        for (const unsigned seed : tests::seeds(5001, 300)) {
            const auto wrong = wrong_frontier(
                tests::random_case(seed, architecture, false, most_nodes(architecture)), tally);
            QVERIFY2(wrong.empty(), qPrintable(message(seed, wrong)));
        }
        tally.tell();
        QVERIFY(tally.judged());
        QVERIFY(tests::enough(tally.steps, 500));
    }

    void jobs_equal_enumeration_data() { all(); }
    void jobs_equal_enumeration() {
        QFETCH(Architecture, architecture);
        Tally tally;
        for (const unsigned seed : tests::seeds(10'001, 400)) {
            const auto wrong =
                wrong_list(tests::random_case(seed, architecture, true, most_nodes(architecture)), tally);
            QVERIFY2(wrong.empty(), qPrintable(message(seed, wrong)));
        }
        tally.tell();
        QVERIFY(tally.judged());
        QVERIFY(tests::enough(tally.plans, 150));
        QVERIFY(tests::enough(tally.nothing_fits, 10));
    }

    void job_frontiers_equal_enumeration_data() { all(); }
    void job_frontiers_equal_enumeration() {
        QFETCH(Architecture, architecture);
        Tally tally;
        for (const unsigned seed : tests::seeds(20'001, 200)) {
            const auto wrong =
                wrong_frontier(tests::random_case(seed, architecture, true, most_nodes(architecture)), tally);
            QVERIFY2(wrong.empty(), qPrintable(message(seed, wrong)));
        }
        tally.tell();
        QVERIFY(tally.judged());
        QVERIFY(tests::enough(tally.steps, 100));
    }

    void fastest_hours_equal_enumeration_data() { all(); }
    void fastest_hours_equal_enumeration() {
        QFETCH(Architecture, architecture);
        for (const unsigned seed : tests::seeds(30'001, 150)) {
            const auto wrong =
                wrong_fastest(tests::random_case(seed, architecture, true, most_nodes(architecture)));
            QVERIFY2(wrong.empty(), qPrintable(message(seed, wrong)));
        }
    }
};

}  // namespace test_architectures_property

DEEPVM_TEST(test_architectures_property, TestArchitecturesProperty)
#include "test_architectures_property.moc"
