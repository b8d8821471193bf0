// SPDX-License-Identifier: GPL-3.0-or-later
// What lessons compute: a student who did the right thing must be told so, and a teacher who wrote a wrong
// expression where it is wrong.
#include <QtTest>

#include "catalog/catalog.h"
#include "lessons/quantities.h"
#include "lessons/text.h"
#include "lessons/world.h"
#include "test_program.h"

namespace test_expression {

using namespace deepvm;
using namespace deepvm::lessons;

class TestExpression : public QObject {
    Q_OBJECT

    std::optional<catalog::Catalog> catalog_;
    std::optional<Worlds> worlds_;
    std::optional<World> world_;

    Value valueOf(const char* text, const Kept& kept = {}) {
        KeptKinds kinds;
        for (const auto& [name, value] : kept)
            kinds[name] = value.kind;
        return Expression::parse(text, kinds).value().value(*world_, kept).value();
    }

  private slots:
    void initTestCase() {
        catalog_ = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        worlds_.emplace(*catalog_);
        session::Exploration paper;
        paper.budget = base::Money::from_micro(2'900'000);
        world_ = worlds_->of(paper, {}).value();
    }

    void signs_bind_as_in_mathematics_data() {
        QTest::addColumn<double>("value");
        QTest::newRow("1 + 2 * 3") << 7.0;
        QTest::newRow("(1 + 2) * 3") << 9.0;
        QTest::newRow("10 - 4 - 3") << 3.0;
        QTest::newRow("12 / 3 / 2") << 2.0;
        QTest::newRow("-2 * 3 - -1") << -5.0;
        QTest::newRow("min(3, max(1, 2))") << 2.0;
        QTest::newRow("if(1 < 2, 10, 20)") << 10.0;
        QTest::newRow("percent(150, 100)") << 50.0;
        QTest::newRow("round(2.5) + floor(-0.5)") << 2.0;
        QTest::newRow("1.5e3") << 1500.0;
    }
    void signs_bind_as_in_mathematics() {
        QFETCH(double, value);
        QCOMPARE(valueOf(QTest::currentDataTag()).number, value);
    }

    void truths_data() {
        QTest::addColumn<bool>("holds");
        QTest::newRow("1 < 2 and not 2 < 1") << true;
        QTest::newRow("1 > 2 or 2 >= 2") << true;
        QTest::newRow("not (1 = 1)") << false;
        QTest::newRow("'a' == 'a' and 'a' != 'b'") << true;
        QTest::newRow("near(10.5, 10, 5)") << true;
        QTest::newRow("near(10.6, 10, 5)") << false;
        // What is not known is neither true nor false, but for who needs no more than the other side.
        QTest::newRow("next_step > 0 or true") << true;
        QTest::newRow("known(max_nodes)") << false;
        QTest::newRow("max_nodes > 3") << false;
        QTest::newRow("not (max_nodes > 3)") << false;
        QTest::newRow("max_nodes > 3 or 1 = 1") << true;
        QTest::newRow("max_nodes > 3 and 1 = 2") << false;
    }
    void truths() {
        QFETCH(bool, holds);
        QCOMPARE(lessons::holds(valueOf(QTest::currentDataTag())), holds);
    }

    void plans_are_what_the_planner_says() {
        const auto& plan = world_->decision().ranked.front();
        QCOMPARE(valueOf("plan.price").number, plan.hourly_price.usd());
        QCOMPARE(valueOf("plan.nodes").number, double(plan.nodes));
        QCOMPARE(valueOf("plan.architecture").text, std::string(problem::name(plan.architecture)));
        QCOMPARE(valueOf("best('tiering', 'nodes')").number,
                 double(world_->decision().by_architecture.at(problem::Architecture::tiering).front().nodes));
        QCOMPARE(valueOf("plan.unspent").number, (world_->decision().budget - plan.hourly_price).usd());
        QCOMPARE(valueOf("next_step").number, world_->decision().next_step->plan.hourly_price.usd());
    }

    // Below the breakpoint the second architecture is worth as much or more, from it on the first is.
    void breakpoints_are_where_the_better_one_changes() {
        const double at = valueOf("breakpoint('tiering', 'single-anchor')").number;
        QVERIFY(at > 0);
        const auto there = world_->at_budget(base::Money::from_usd(at)).value();
        const auto below = world_->at_budget(base::Money::from_usd(at - 0.0001)).value();
        const auto worth = [](const World& world, problem::Architecture architecture) {
            const auto& plans = world.decision().by_architecture.at(architecture);
            return plans.empty() ? 0.0 : plans.front().worth;
        };
        using enum problem::Architecture;
        QVERIFY(worth(there, tiering) > worth(there, single_anchor));
        QVERIFY(worth(below, tiering) <= worth(below, single_anchor));
    }

    void elsewhere_is_another_budget_and_nothing_else() {
        QCOMPARE(valueOf("at_budget(5.5, plan.nodes)").number,
                 double(world_->at_budget(base::Money::from_usd(5.5)).value().plan()->nodes));
        QCOMPARE(valueOf("at_budget(5.5, budget)").number, 5.5);
        QVERIFY(!valueOf("at_budget(0, plan.price)").known);
    }

    void kept_values_are_names() {
        QCOMPARE(valueOf("before + 1", {{"before", of_number(3, Unit::usd)}}).number, 4.0);
    }

    void slips_are_said_where_they_are_data() {
        QTest::addColumn<QString>("said");
        QTest::newRow("plan.prize > 3")
            << "column 1: unknown quantity \"plan.prize\"; did you mean \"plan.price\"?";
        QTest::newRow("plan.nodes == 'three'") << "column 15: this is a text, a number is wanted here";
        QTest::newRow("plan.nodes") << "";
        QTest::newRow("best('tiring', 'price')") << "did you mean \"tiering\"?";
        QTest::newRow("best('tiering')") << "best takes 2 arguments";
        QTest::newRow("1 +") << "something is missing";
        QTest::newRow("(1 + 2") << "this parenthesis has no end";
        QTest::newRow("1 2") << "is too much";
        QTest::newRow("'a") << "this text has no end";
        QTest::newRow("1.2.3") << "is no number";
        QTest::newRow("") << "nothing is there";
        QTest::newRow("not 3") << "a truth is wanted here";
    }
    void slips_are_said_where_they_are() {
        QFETCH(QString, said);
        const auto read = Expression::parse(QTest::currentDataTag());
        QCOMPARE(read.has_value(), said.isEmpty());
        if (!read)
            QVERIFY2(QString::fromStdString(read.error().message).contains(said),
                     read.error().message.c_str());
    }

    void nothing_nested_without_end_ends_the_program() {
        for (const char* piece : {"(", "not ", "-", "min(1,", "at_budget(1,", "1+("}) {
            std::string text;
            while (text.size() < 1900)
                text += piece;
            QVERIFY(!Expression::parse(text).has_value());
        }
        QVERIFY(!Expression::parse(std::string(3000, '1')).has_value());
    }

    void texts_have_their_numbers_with_units() {
        const auto said = [&](const char* text) {
            return QString::fromStdString(
                Text::parse(text, {}).value().filled(*world_, {}, words::Style::plain).value());
        };
        QCOMPARE(said("a {budget} budget"), QStringLiteral("a $2.90/h budget"));
        QCOMPARE(said("{budget * 2}, {1 / 4 | %}, {{x}}"), QStringLiteral("$5.80/h, 0.2 %, {x}"));
        QCOMPARE(said("{max_nodes}"), QStringLiteral("-"));
        QVERIFY(!Text::parse("an {open", {}).has_value());
        QVERIFY(!Text::parse("a shut} one", {}).has_value());
        QVERIFY(!Text::parse("{budget | pounds}", {}).has_value());
    }

    void every_quantity_answers_everywhere() {
        session::Exploration nothing;
        nothing.budget = base::Money::from_micro(1);
        auto job = session::first_exploration();
        job.objective = problem::Objective::job_cost;
        job.job.deadline_hours = 40;
        for (const auto& exploration : {session::Exploration{}, nothing, session::first_exploration(), job}) {
            const auto world = worlds_->of(exploration, {}).value();
            for (const auto& each : quantities()) {
                std::vector<Value> given;
                for (const auto argument : each.arguments) {
                    const auto texts = texts_of(argument);
                    given.push_back(argument == Argument::number ? of_number(2)
                                    : texts.empty()              ? of_text("p3.2xlarge")
                                                                 : of_text(texts.back()));
                }
                const auto value = each.ask(world, given);
                QVERIFY2(value.has_value(), std::string(each.name).c_str());
                QVERIFY2(value->kind == each.kind, std::string(each.name).c_str());
            }
        }
    }
};

}  // namespace test_expression

DEEPVM_TEST(test_expression, TestExpression)
#include "test_expression.moc"
