// SPDX-License-Identifier: GPL-3.0-or-later
// The examples that ship with the program say what the shipped catalog says: each is made here anew and
// compared with its file. With DEEPVM_WRITE_EXAMPLES set the files are written instead, after a change of
// catalog or model.
#include <QFile>
#include <QtTest>

#include "catalog/catalog.h"
#include "planner/planner.h"
#include "risk/revocation.h"
#include "session/session.h"
#include "test_program.h"

namespace test_examples {

using namespace deepvm;
using problem::Architecture;
using session::Exploration;
using session::Kept;
using session::Session;

namespace {

const catalog::Catalog& shipped() {
    static const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    return catalog;
}

std::shared_ptr<const problem::Problem> problemOf(const Exploration& question) {
    const auto market = shipped().load(question.selection).value();
    return problem::make_problem(market, session::to_request(question, *market)).value();
}

Kept kept(const Exploration& question, const char* name, const char* note) {
    const auto problem = problemOf(question);
    const auto decision = planner::decide(*problem, question.budget).value();
    Kept made{name, note, "2026-11-27T00:00:00Z", question, {}};
    if (!decision.ranked.empty()) made.answer = session::answer_of(*problem, decision.ranked.front());
    return made;
}

Session session(std::vector<Kept> pins) {
    Session made;
    made.exploration = pins.front().question;
    made.pins = std::move(pins);
    made.view.page = "compare";
    return made;
}

Exploration usual() {
    auto made = session::first_exploration();
    made.architectures.assign(session::shown_architectures.begin(), session::shown_architectures.end());
    return made;
}

// Epoch times of one, two and three machines as the model has them, as if somebody had measured them.
void measure(Exploration& exploration, const std::string& type) {
    const auto problem = problemOf(exploration);
    for (const auto& worker : problem->workers) {
        if (problem->market->types[worker.type].name != type) continue;
        std::vector<model::EpochTime> times;
        for (const int nodes : {1, 2, 3})
            times.push_back(model::EpochTime{
                type, nodes, *worker.epoch_seconds / model::effective_nodes(worker.scaling, nodes, 1)});
        exploration.measured[type] = *model::fit_scaling(type, times);
    }
}

Session riskWalk() {
    auto question = usual();
    question.selection = {"aws", "us-east-1"};
    question.budget = base::Money::from_micro(480'000'000);
    question.objective = problem::Objective::job_cost;
    question.workload = "gpt2-xl-openwebtext";
    question.max_nodes = 3;
    question.job.amount = 25;
    question.job.deadline_hours = 44.61;
    measure(question, "p6-b300.48xlarge");
    const auto at = [&](double percent, const char* name, const char* note) {
        auto asked = question;
        const double rate = risk::hourly_rate(percent / 100);
        asked.risk.rates = risk::RateRange{rate, rate, rate};
        asked.risk.source = "set by hand";
        return kept(asked, name, note);
    };
    return session(
        {at(0, "no revocations",
            "GPT-2 XL within 44.61 h with 95 %, at most three machines. The epoch times of p6-b300.48xlarge "
            "are the model's, entered as if measured: an estimate would leave more room than minutes. "
            "Without revocations spot machines and a bucket are the cheapest. Now drag the risk."),
         at(15, "15 % a month",
            "A loss is likely enough that no checkpoint may stop the work: remote nodes take them in the "
            "background."),
         at(25, "25 % a month", "Only machines that nobody takes back keep the deadline.")});
}

Session threeClouds() {
    auto question = usual();
    question.budget = base::Money::from_micro(12'000'000);
    question.objective = problem::Objective::job_cost;
    question.workload = "bert-large-squad";
    const auto in = [&](const char* market, const char* region, const char* note) {
        auto asked = question;
        asked.move_to({market, region});
        asked.objective = question.objective;
        const double rate = risk::hourly_rate(0.1);
        asked.risk.rates = risk::RateRange{rate, rate, rate};
        asked.risk.source = "set by hand";
        return kept(asked, "", note);
    };
    return session({in("aws", "us-east-1",
                       "The same job, the same budget: BERT-large on SQuAD at $12 an hour. 10 % of the spot "
                       "machines are "
                       "taken to be revoked a month everywhere: only AWS says how many are."),
                    in("gcp", "us-central1", ""), in("azure", "eastus", "")});
}

Session paper() {
    const Exploration published;
    const auto at = [&](std::int64_t cents, const char* note) {
        auto asked = published;
        asked.budget = base::Money::from_micro(cents * 10'000);
        return kept(asked, "", note);
    };
    return session(
        {at(100, "DeepVM's data set and rules. FLOPP times effective nodes; nothing known of time."),
         at(290, "The budget of the paper's experiment."), at(500, "")});
}

struct Example {
    const char* file;
    Session (*make)();
};
constexpr Example examples[] = {{"risk-walk", riskWalk}, {"three-clouds", threeClouds}, {"the-paper", paper}};

}  // namespace

class TestExamples : public QObject {
    Q_OBJECT

  private slots:
    void eachSaysWhatTheCatalogSays_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(examples)); ++i)
            QTest::newRow(examples[i].file) << i;
    }
    void eachSaysWhatTheCatalogSays() {
        QFETCH(int, index);
        const auto& example = examples[index];
        const auto file = std::string(DEEPVM_SOURCE_DIR "/resources/examples/") + example.file + ".deepvm";
        const auto made = example.make();
        const std::chrono::sys_seconds saved = std::chrono::sys_days(std::chrono::year(2026) / 11 / 27);
        if (qEnvironmentVariableIsSet("DEEPVM_WRITE_EXAMPLES"))
            QVERIFY(session::save_session(made, file, saved));
        const auto opened = session::open_document(file);
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        QVERIFY(opened->notes.empty());
        const auto& read = opened->session;
        QVERIFY(read.exploration == made.exploration);
        QCOMPARE(read.view.page, made.view.page);
        QCOMPARE(read.pins.size(), made.pins.size());
        for (std::size_t i = 0; i < made.pins.size(); ++i) {
            QVERIFY(read.pins[i].question == made.pins[i].question);
            QCOMPARE(read.pins[i].note, made.pins[i].note);
            QVERIFY(read.pins[i].answer && made.pins[i].answer);
            QVERIFY(session::same_cluster(read.pins[i].answer->plan, made.pins[i].answer->plan));
            QCOMPARE(read.pins[i].answer->plan.hourly_price, made.pins[i].answer->plan.hourly_price);
        }
    }

    // Written by the first version of the format, and never written again.
    void aSessionOfTheFirstVersionOpens() {
        const auto opened =
            session::open_document(DEEPVM_SOURCE_DIR "/tests/session/samples/session-0.1.deepvm");
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        QVERIFY(opened->notes.empty());
        const auto& pins = opened->session.pins;
        QCOMPARE(pins.size(), std::size_t{3});
        QCOMPARE(pins[1].question.selection.market, std::string("gcp"));
        QCOMPARE(pins[1].question.workload, std::string("bert-large-squad"));
        QCOMPARE(pins[1].question.budget, base::Money::from_micro(12'000'000));
        QCOMPARE(pins[1].answer.value().plan.worker, std::string("g2-standard-4"));
    }

    // The story that the risk walk's notes tell.
    void theRiskWalkLeadsFromSpotToOnDemand() {
        const auto opened = session::open_document(DEEPVM_SOURCE_DIR "/resources/examples/risk-walk.deepvm");
        std::vector<Architecture> walk;
        for (const auto& pin : opened.value().session.pins)
            walk.push_back(pin.answer.value().plan.architecture);
        QVERIFY(
            (walk == std::vector{Architecture::spot_bucket, Architecture::tiering, Architecture::on_demand}));
    }
};

}  // namespace test_examples

DEEPVM_TEST(test_examples, TestExamples)
#include "test_examples.moc"
