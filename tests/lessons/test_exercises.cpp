// SPDX-License-Identifier: GPL-3.0-or-later
// Each student has numbers of their own, and is graded by what enumeration finds: the judge of the planner,
// which knows nothing of lessons.
#include <QtTest>
#include <map>

#include "cases.h"
#include "catalog/catalog.h"
#include "lessons/changes.h"
#include "lessons/grade.h"
#include "lessons/settings.h"
#include "planner/enumeration.h"
#include "test_program.h"

namespace test_exercises {

using namespace deepvm;
using namespace deepvm::lessons;
using problem::Architecture;

namespace {

// Three goals that a student finds on the frontier.
constexpr std::string_view exercise = R"({
  "schema": "deepvm-lesson/1", "id": "frontier", "title": "The frontier", "about": "Steps of the frontier.",
  "markets": [{"market": "aws", "region": "us-east-1"}],
  "start": {"budget": 3, "architectures": "tiering,single-anchor", "objective": "throughput", "max_nodes": 12},
  "exercise": {
    "markets": [{"market": "aws", "region": "us-east-1"}, {"market": "gcp", "region": "us-central1"},
                {"market": "azure", "region": "eastus"}],
    "workloads": ["resnet50-imagenet", "vgg16-imagenet"],
    "budget": [3, 30], "max_nodes": [6, 9, 12]
  },
  "steps": [
    {"kind": "do", "title": "Anything", "text": "What is the least budget that buys anything?",
     "goal": "plan.fits and budget < cheapest_budget + 0.000001", "solution": {"budget": "cheapest_budget"}},
    {"kind": "do", "title": "All", "text": "From which budget on does more money buy nothing better?",
     "goal": "budget == last_step", "solution": {"budget": "last_step"}},
    {"kind": "explain", "title": "Which?", "text": "What is it at that budget?", "choices": [
      {"text": "Tiering", "right": "plan.architecture == 'tiering'", "why": "By its worth."},
      {"text": "Single anchor", "right": "plan.architecture == 'single-anchor'", "why": "By its worth."}]}
  ]
})";

}  // namespace

class TestExercises : public QObject {
    Q_OBJECT

    std::optional<catalog::Catalog> catalog_;
    std::optional<Worlds> worlds_;
    std::optional<Lesson> lesson_;

  private slots:
    void initTestCase() {
        catalog_ = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        worlds_.emplace(*catalog_);
        auto read = read_lesson(exercise, "exercise");
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        lesson_ = std::move(*read);
    }

    void a_seed_always_draws_the_same() {
        const auto once = drawn(*lesson_, 5).value();
        QCOMPARE(drawn(*lesson_, 5).value() == once, true);
        QCOMPARE(drawn(*lesson_, 6).value() == once, false);
        QVERIFY(once.front().max_nodes.has_value());
    }

    void grades_equal_enumeration_data() {
        QTest::addColumn<unsigned>("seed");
        for (const auto seed : tests::seeds(1, 30))
            QTest::addRow("seed %u", seed) << seed;
    }

    void grades_equal_enumeration() {
        QFETCH(unsigned, seed);
        const auto staged = stage(*lesson_, seed, *worlds_, {});
        QVERIFY2(staged.has_value(), staged ? "" : staged.error().message.c_str());
        const auto& start = staged->start;
        const auto market = worlds_->market(start.selection, {}).value();
        const auto request = session::to_request(start, *market);
        const tests::Enumeration judge(*market, request);
        const auto steps = judge.frontier(request.architectures, session::most_budget);
        QVERIFY(!steps.empty());

        Attempt right;
        right.lesson = "frontier";
        right.seed = seed;
        right.start = start;
        right.answers.resize(3);
        const auto at = [&](base::Money budget) {
            auto exploration = start;
            exploration.budget = budget;
            return exploration;
        };
        right.answers[0].exploration = at(steps.front().price);
        right.answers[1].exploration = at(steps.back().price);
        right.answers[2].chosen = {steps.back().architecture == Architecture::tiering ? 0 : 1};
        auto graded = grade(*lesson_, right, *worlds_, {}).value();
        QCOMPARE(graded.points, 3.0);
        QCOMPARE(graded.of, 3.0);
        QVERIFY(graded.remarks.empty());

        // A micro-dollar beside each is wrong.
        auto wrong = right;
        const auto cent = base::Money::from_micro(1);
        wrong.answers[0].exploration = at(steps.front().price - cent);
        wrong.answers[1].exploration = at(steps.back().price + cent);
        QCOMPARE(grade(*lesson_, wrong, *worlds_, {}).value().points < 2, true);

        auto second = right;
        second.answers[2].chosen.insert(second.answers[2].chosen.begin(), 1 - right.answers[2].chosen[0]);
        QCOMPARE(grade(*lesson_, second, *worlds_, {}).value().points, 2.5);
        auto given_up = right;
        given_up.answers[1].given_up = true;
        QCOMPARE(grade(*lesson_, given_up, *worlds_, {}).value().points, 2.0);
    }

    // A setting that a lesson can set, and that nobody noticed to be changed, would open a way around its
    // goal.
    void every_setting_that_changes_is_seen() {
        const std::map<std::string_view, Value> others{{"market", of_text("gcp")},
                                                       {"region", of_text("eu-west-3")},
                                                       {"budget", of_number(7.5)},
                                                       {"workload", of_text("vgg16-imagenet")},
                                                       {"objective", of_text("job-cost")},
                                                       {"architectures", of_text("on-demand")},
                                                       {"preset", of_text("published")},
                                                       {"epochs", of_number(3)},
                                                       {"deadline", of_number(40)},
                                                       {"confidence", of_number(80)},
                                                       {"revocations", of_number(12)},
                                                       {"max_nodes", of_number(5)},
                                                       {"observed_prices_only", of_truth(true)},
                                                       {"precision", of_text("fp32")},
                                                       {"utilisation", of_number(33)},
                                                       {"min_efficiency", of_number(71)},
                                                       {"provisioning", of_number(77)},
                                                       {"store_gbs", of_number(0.5)},
                                                       {"what_if", of_number(25)}};
        auto begin = session::first_exploration();
        begin.selection = {"aws", "us-east-1"};
        for (const auto& setting : settings()) {
            const auto name = std::string(setting.name);
            QVERIFY2(others.contains(setting.name), name.c_str());
            auto now = begin;
            const auto set = setting.set(now, others.at(setting.name));
            QVERIFY2(set.has_value(), set ? "" : set.error().message.c_str());
            QVERIFY2(now != begin, name.c_str());
            const auto changed = changed_beside(begin, now, {});
            if (name == "what_if") {  // no plan depends on it
                QVERIFY(changed.empty());
                continue;
            }
            QVERIFY2(!changed.empty() && check_allowed(name).has_value(), name.c_str());
            QVERIFY(changed_beside(begin, now, {"any"}).empty());
            if (name != "market") QVERIFY2(changed_beside(begin, now, {name}).empty(), name.c_str());
        }
    }

    // What somebody handed in of another seed, or wrote by hand, is worked out again and said.
    void what_is_handed_in_is_not_believed() {
        const auto staged = stage(*lesson_, 3, *worlds_, {}).value();
        auto model = model_attempt(*lesson_, staged, 3);
        QCOMPARE(grade(*lesson_, model, *worlds_, {}).value().points, 3.0);
        for (auto& each : model.answers)
            each.exploration.reset();
        QCOMPARE(grade(*lesson_, model, *worlds_, {}).value().points < 2, true);
        auto other = model_attempt(*lesson_, staged, 3);
        other.start.budget = base::Money::from_micro(99'000'000);
        QCOMPARE(grade(*lesson_, other, *worlds_, {}).value().remarks.size(), std::size_t(1));
        other.lesson = "another";
        QVERIFY(!grade(*lesson_, other, *worlds_, {}).has_value());
        // With another length of the job beside what was asked: said, and no point.
        auto beside = model_attempt(*lesson_, staged, 3);
        beside.answers[1].exploration->job.amount = 3;
        beside.answers[1].exploration->max_nodes = 5;
        beside.answers[1].exploration->budget = staged.start.budget;
        const auto other_question = worlds_->of(*beside.answers[1].exploration, {}).value();
        beside.answers[1].exploration->budget = other_question.frontier().overall.back().hourly_price;
        const auto graded = grade(*lesson_, beside, *worlds_, {}).value();
        QCOMPARE(graded.steps[1].points, 0.0);
        QCOMPARE(QString::fromStdString(graded.steps[1].remark),
                 QString("not reached: the length of the job and the most nodes were changed, too"));
        // In another market, where it was easy.
        auto elsewhere = model_attempt(*lesson_, staged, 3);
        for (auto& each : elsewhere.answers)
            if (each.exploration) each.exploration->move_to({"aws", "eu-west-3"});
        QCOMPARE(grade(*lesson_, elsewhere, *worlds_, {}).value().points < 2, true);
    }
};

}  // namespace test_exercises

DEEPVM_TEST(test_exercises, TestExercises)
#include "test_exercises.moc"
