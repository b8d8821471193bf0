// SPDX-License-Identifier: GPL-3.0-or-later
// Plans side by side: each column says what the plan alone says, and each sentence what the figures do.
#include <QRegularExpression>
#include <QtTest>
#include <cmath>

#include "cases.h"
#include "catalog/catalog.h"
#include "compare/comparison.h"
#include "draw.h"
#include "planner/planner.h"
#include "test_program.h"
#include "words/comparison.h"
#include "words/figures.h"

namespace test_comparison_table {

using namespace deepvm;

namespace {

const catalog::Catalog& shipped() {
    static const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    return catalog;
}

session::Kept pin(std::mt19937& random, const std::string& name) {
    session::Kept kept;
    kept.name = name;
    kept.question = session::first_exploration();
    const catalog::Selection places[] = {{"aws", "us-east-1"}, {"gcp", "us-central1"}, {"aws", "eu-west-1"}};
    kept.question.selection = places[tests::whole(random, 0, 2)];
    kept.question.objective =
        tests::chance(random, 0.5) ? problem::Objective::job_cost : problem::Objective::throughput;
    kept.question.architectures.resize(2);
    kept.question.budget = base::Money::from_micro(tests::whole(random, 1'000'000, 60'000'000));
    kept.question.risk.rates = risk::RateRange{0.001, 0.002, 0.004};
    kept.question.risk.source = "set by hand";
    if (tests::chance(random, 0.2)) kept.question.job.amount = 10;
    return kept;
}

QString sentence(const compare::Comparison& comparison) {
    const auto said = words::comparison_sentences(comparison, words::Style::plain);
    return said.empty() ? QString() : QString::fromStdString(said.front());
}

/// The first number behind a word, and its sign by one of two words.
std::optional<double> figure(const QString& text, const char* pattern) {
    const auto found = QRegularExpression(QLatin1String(pattern)).match(text);
    return found.hasMatch() ? std::optional(found.captured(1).toDouble()) : std::nullopt;
}

}  // namespace

class TestComparisonTable : public QObject {
    Q_OBJECT

  private slots:
    void eachColumnSaysWhatThePlanAloneSays() {
        std::mt19937 random(1);
        const std::vector pins{pin(random, "A"), pin(random, "B"), pin(random, "C")};
        const auto comparison = compare::compare(shipped(), pins, {500, 1}).value();
        QCOMPARE(comparison.columns.size(), pins.size());
        const auto rows = words::comparison_rows(comparison, words::Style::plain);
        for (std::size_t i = 0; i < pins.size(); ++i) {
            const auto market = shipped().load(pins[i].question.selection).value();
            const auto problem =
                problem::make_problem(market, session::to_request(pins[i].question, *market)).value();
            const auto plan = planner::decide(*problem, pins[i].question.budget).value().ranked.front();
            QVERIFY(comparison.columns[i].plan == plan);
            const auto price =
                std::ranges::find(rows, std::string("Price an hour"), &words::ComparisonRow::name);
            QCOMPARE(price->values[i], words::cost_per_hour(plan.hourly_price));
            explain::SimulationRequest request;
            request.runs = 500;
            const auto futures = explain::simulate_plan(*problem, plan, request).value();
            QVERIFY(comparison.columns[i].futures->futures == futures.futures);
        }
    }

    void theBestOfARowIsMarked() {
        std::mt19937 random(5);
        const std::vector pins{pin(random, "A"), pin(random, "B"), pin(random, "C")};
        const auto comparison = compare::compare(shipped(), pins, {100, 1}).value();
        for (const auto& row : words::comparison_rows(comparison, words::Style::plain)) {
            QCOMPARE(row.values.size(), pins.size());
            QCOMPARE(row.best.size(), pins.size());
            if (row.name != "Price an hour") continue;
            for (std::size_t i = 0; i < pins.size(); ++i) {
                bool least = true;
                for (const auto& other : comparison.columns)
                    least = least && comparison.columns[i].plan->hourly_price <= other.plan->hourly_price;
                QCOMPARE(static_cast<bool>(row.best[i]), least && row.differs);
            }
        }
    }

    void sentencesSayWhatTheFiguresSay() {
        std::mt19937 random(2);
        int judged = 0;
        for (int i = 0; i < tests::cases(150); ++i) {
            const std::vector pins{pin(random, "A"), pin(random, "B")};
            const auto comparison = compare::compare(shipped(), pins, {100, 1}).value();
            const auto& a = comparison.columns[0];
            const auto& b = comparison.columns[1];
            const auto said = sentence(comparison);
            if (!a.plan || !b.plan) {
                QVERIFY(said.isEmpty());
                continue;
            }
            if (!compare::same_job(*a.problem, *b.problem)) {
                QVERIFY2(said.contains("different jobs"), qPrintable(said));
                continue;
            }
            const double ratio = *a.plan->job.expected_usd / *b.plan->job.expected_usd;
            const auto cheaper = figure(said, "is ([0-9.,]+) % cheaper");
            const auto dearer = figure(said, "is ([0-9.,]+) % dearer");
            if (cheaper) QVERIFY2(std::abs(100 * (1 - ratio) - *cheaper) < 0.51, qPrintable(said));
            if (dearer && *dearer < 1000)
                QVERIFY2(std::abs(100 * (ratio - 1) - *dearer) < 0.51, qPrintable(said));
            if (!cheaper && !dearer) QVERIFY2(said.contains("costs the same"), qPrintable(said));
            QCOMPARE(said.contains("slower"),
                     a.plan->job.expected->expected_hours > b.plan->job.expected->expected_hours &&
                         !said.contains("takes as long"));
            const auto in_futures = figure(said, "less in ([0-9]+) of 100 futures");
            const auto& x = a.futures->futures.dollars_by_run;
            const auto& y = b.futures->futures.dollars_by_run;
            double less = 0;
            for (std::size_t run = 0; run < x.size(); ++run)
                less += x[run] < y[run] ? 1 : x[run] == y[run] ? 0.5 : 0;
            QVERIFY2(in_futures && std::abs(*in_futures - less) <= 0.51, qPrintable(said));
            ++judged;
        }
        QVERIFY(tests::enough(judged, 60));
    }

    void aPinWithoutAnAnswerFailsAlone() {
        std::mt19937 random(3);
        std::vector pins{pin(random, "A"), pin(random, "B")};
        pins[1].question.selection = {"aws", "nowhere-1"};
        const auto comparison = compare::compare(shipped(), pins, {100, 1}).value();
        QVERIFY(comparison.columns[0].plan);
        QVERIFY(!comparison.columns[1].plan);
        QVERIFY(QString::fromStdString(comparison.columns[1].failure->message).contains("nowhere-1"));
        const auto table = QString::fromStdString(words::comparison_table(comparison, ','));
        QVERIFY(table.contains("nowhere-1"));
        QVERIFY(!compare::compare(shipped(), std::vector(7, pins[0]), {100, 1}));
    }
};

}  // namespace test_comparison_table

DEEPVM_TEST(test_comparison_table, TestComparisonTable)
#include "test_comparison_table.moc"
