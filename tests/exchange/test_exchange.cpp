// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the program must say what the program said: every number of a plan, to the last digit.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <cmath>

#include "cases.h"
#include "exchange/exchange.h"
#include "exchange/program_text.h"
#include "explain/quota_gains.h"
#include "explain/solved_program.h"
#include "planner/planner.h"
#include "planner/random_jobs.h"
#include "planner/random_market.h"
#include "test_program.h"

namespace test_exchange {

using namespace deepvm;
using base::Money;

namespace {

QJsonObject object(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

void compare(const QJsonObject& json, const problem::Plan& plan) {
    QCOMPARE(json["architecture"].toString(), text(name(plan.architecture)));
    QCOMPARE(json["provider"].isNull(), plan.provider.empty());
    QCOMPARE(json["provider"].toString(), text(plan.provider));
    QCOMPARE(json["region"].toString(), text(plan.region));
    QCOMPARE(json["worker"].toString(), text(plan.worker));
    QCOMPARE(json["remote"].isNull(), plan.remote.empty());
    QCOMPARE(json["remote"].toString(), text(plan.remote));
    QCOMPARE(json["nodes"].toInt(), plan.nodes);
    QCOMPARE(json["spot_workers"].toInt(), plan.spot_workers);
    QCOMPARE(json["anchors"].toInt(), plan.anchors);
    QCOMPARE(json["remotes"].toInt(), plan.remotes);
    QCOMPARE(Money::from_usd(json["hourly_price"].toDouble()), plan.hourly_price);
    QVERIFY(json["objective"].toDouble() == plan.objective);
    QVERIFY(json["effective_nodes"].toDouble() == plan.effective_nodes);
    QVERIFY(json["throughput_tflops"].toDouble() == plan.throughput_tflops);
    QCOMPARE(json["binding"].toArray().size(), static_cast<qsizetype>(plan.binding.size()));
}

// What a solver prints behind these words; not a number where it prints none.
double printed(const QString& solver, const QStringList& options, const QString& before) {
    QProcess process;
    process.start(solver, options);
    process.waitForFinished(60'000);
    const auto said = QString::fromUtf8(process.readAllStandardOutput());
    const auto at = said.indexOf(before);
    if (at < 0) return std::nan("");
    return said.mid(at + before.size()).trimmed().section(QRegularExpression("\\s"), 0, 0).toDouble();
}

// Which solvers come to another optimum than the plan; empty when none does.
QString wrong_solvers(const problem::Problem& problem, const problem::Plan& plan, Money budget,
                      const QTemporaryDir& folder) {
    const auto written = [&](exchange::ProgramForm form, const char* name) {
        QFile file(folder.filePath(name));
        const bool open = file.open(QIODevice::WriteOnly | QIODevice::Truncate);
        if (open) file.write(exchange::program_text(problem, plan, budget, form).c_str());
        return file.fileName();
    };
    const auto lp = written(exchange::ProgramForm::lp, "program.lp");
    const auto mps = written(exchange::ProgramForm::mps, "program.mps");
    QFile file(lp);
    if (!file.open(QIODevice::ReadOnly)) return "no file";
    static const QRegularExpression factor("optimum times (\\S+) is");
    const double scale = factor.match(QString::fromUtf8(file.readAll())).captured(1).toDouble();
    const double sign = problem::is_of_job(problem.request.objective) ? 1 : -1;  // MPS minimises
    const std::array found{
        printed("lp_solve", {"-S3", lp}, "Value of objective function:"),
        sign * printed("cbc", {mps, "-solve", "-quit"}, "Objective value:"),
        sign * printed("glpsol", {"--freemps", mps, "-o", "/dev/stdout"}, "Objective:  objective =")};
    QString wrong;
    for (const double optimum : found)
        if (!(std::abs(optimum * scale - plan.objective) <= 2e-6 * plan.objective))
            wrong += QString(" %1 instead of %2").arg(optimum * scale).arg(plan.objective);
    return wrong;
}

}  // namespace

class TestExchange : public QObject {
    Q_OBJECT

  private slots:
    void plan_json_says_what_was_decided() {
        int plans = 0;
        for (const unsigned seed : tests::seeds(1, 100)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                problem::make_problem(market, tests::random_request(random, *market)).value();
            const auto decision = planner::decide(*problem, tests::random_budget(random, *market)).value();
            const auto json =
                object(exchange::plan_json(*problem, decision, explain::QuotaGains{}, exchange::Timestamp{}));
            QCOMPARE(json["created"].toString(), "1970-01-01T00:00:00Z");
            QCOMPARE(Money::from_usd(json["request"].toObject()["budget_usd_per_hour"].toDouble()),
                     decision.budget);
            const auto ranked = json["decision"].toArray();
            QCOMPARE(ranked.size(), static_cast<qsizetype>(decision.ranked.size()));
            for (qsizetype i = 0; i < ranked.size(); ++i, ++plans)
                compare(ranked[i].toObject(), decision.ranked[static_cast<std::size_t>(i)]);
            const QJsonValue no_scale = json["policies"].toObject()["no_scale"];
            QCOMPARE(no_scale.isNull(), !decision.policies.no_scale.has_value());
            if (decision.policies.no_scale) compare(no_scale.toObject(), *decision.policies.no_scale);
        }
        QVERIFY(tests::enough(plans, 100));
    }

    void csv_has_a_line_for_every_plan_and_a_field_for_every_column() {
        std::shared_ptr<const problem::Problem> problem;
        planner::Decision decision;
        for (unsigned seed = 1; decision.ranked.size() < 3; ++seed) {
            std::mt19937 random(seed);
            problem = problem::make_problem(tests::random_market(random), {}).value();
            decision = planner::decide(*problem, Money::from_usd(50)).value();
        }
        const auto lines = text(exchange::plan_csv(decision)).trimmed().split('\n');
        QCOMPARE(lines.size(), static_cast<qsizetype>(decision.ranked.size()) + 1);
        for (const auto& line : lines)
            QCOMPARE(line.count(','), lines.front().count(','));
        QCOMPARE(text(exchange::plan_csv(decision, 2)).trimmed().split('\n').back(), lines[2]);

        const auto frontier = planner::frontier(*problem, Money{}, Money::from_usd(50)).value();
        const auto steps = text(exchange::frontier_csv(frontier)).trimmed().split('\n');
        std::size_t expected = 1 + frontier.overall.size();
        for (const auto& [architecture, plans] : frontier.by_architecture)
            expected += plans.size();
        QCOMPARE(static_cast<std::size_t>(steps.size()), expected);
    }

    // The file and the window explain the same program in the same words.
    void a_program_says_what_its_rows_and_columns_mean() {
        int rows = 0;
        for (const unsigned seed : tests::seeds(1, 50)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                problem::make_problem(market, tests::random_request(random, *market)).value();
            const auto decision = planner::decide(*problem, tests::random_budget(random, *market)).value();
            for (const auto& plan : decision.ranked) {
                const auto solved = explain::solve_program(*problem, plan, decision.budget, {}).value();
                for (const auto form : {exchange::ProgramForm::lp, exchange::ProgramForm::mps}) {
                    const auto file = text(exchange::program_text(*problem, plan, decision.budget, form));
                    QVERIFY(file.contains(text(solved.objective) + ' ' + text(solved.objective_unit)));
                    QVERIFY(file.contains(text(solved.objective_meaning)));
                    for (const auto& row : solved.rows) {
                        const auto line = QString("row %1: %2 %3 (%4)")
                                              .arg(text(row.name), text(row.words.formula),
                                                   text(row.words.unit), text(row.words.meaning));
                        QVERIFY2(file.contains(line), qPrintable(line));
                        ++rows;
                    }
                }
            }
        }
        QVERIFY(tests::enough(rows, 200));
    }

    // Whoever has another solver comes to the same plan with it: programs of all architectures and
    // objectives.
    void three_solvers_find_the_plan() {
        QTemporaryDir folder;
        int programs = 0;
        for (unsigned seed = 1; programs < tests::cases(200); ++seed) {
            const auto architecture = problem::all_architectures[seed % problem::all_architectures.size()];
            const auto c = tests::random_case(seed, architecture, seed % 4 < 2, 12);
            const auto problem = problem::make_problem(c.market, c.request).value();
            const auto decision = planner::decide(*problem, c.budget).value();
            if (decision.ranked.empty()) continue;
            const auto& plan = decision.ranked.front();
            const auto wrong = wrong_solvers(*problem, plan, c.budget, folder);
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QString("seed %1, %2: %3").arg(seed).arg(machines(plan).c_str(), wrong)));
            ++programs;
        }
        qInfo("%d programs, three solvers each", programs);
    }

    // The name LP is that of two formats.
    void the_dialect_is_named_first() {
        QVERIFY(
            QString::fromStdString(exchange::lp_text({}, {"more"})).startsWith("/* lp-format of lp_solve"));
        QVERIFY(QString::fromStdString(exchange::mps_text({}, {"more"})).startsWith("* free MPS\n"));
    }

    // In a bound alone it would be nothing to lp_solve, or come behind those that are worth something.
    void a_column_that_is_worth_nothing_is_there() {
        solver::LinearProgram program;
        program.columns = {{"x", 0, 0, 4, true}, {"y", 2, 1, 4, true}};
        const auto text = exchange::lp_text(program, {});
        QVERIFY2(text.find("max: +0 x +2 y;\n") != std::string::npos, text.c_str());
    }

    // lp_solve takes "none: >= -1;" for an error, and with it the whole file.
    void a_row_of_nothing_stays_a_row() {
        solver::LinearProgram program;
        program.columns = {{"x", 1, 0, 4, true}};
        program.rows = {{"none", solver::Sense::at_least, -1, {}},
                        {"zero", solver::Sense::equal, 0, {{0, 0}}}};
        const auto text = exchange::lp_text(program, {});
        QVERIFY2(text.find("none: +0 x >= -1;\n") != std::string::npos, text.c_str());
        QVERIFY2(text.find("zero: +0 x = 0;\n") != std::string::npos, text.c_str());
    }

    // A name in a catalog of one's own must not become a part of the program.
    void a_name_cannot_end_its_comment() {
        std::mt19937 random(1);
        auto market = std::make_shared<model::Market>(*tests::random_market(random));
        for (auto& type : market->types)
            type.name += " */\nmax: 1e9 x; /*";
        const auto problem = problem::make_problem(market, {}).value();
        const auto decision = planner::decide(*problem, Money::from_usd(100)).value();
        QVERIFY(!decision.ranked.empty());
        const auto& plan = decision.ranked.front();
        const auto program = [&](exchange::ProgramForm form, const char* comment) {
            QStringList lines =
                text(exchange::program_text(*problem, plan, decision.budget, form)).split('\n');
            erase_if(lines, [&](const QString& line) { return line.startsWith(comment); });
            return lines.join('\n');
        };
        QVERIFY(!program(exchange::ProgramForm::lp, "/*").contains("1e9"));
        QVERIFY(!program(exchange::ProgramForm::lp, "/*").contains("*/"));
        QVERIFY(!program(exchange::ProgramForm::mps, "*").contains("1e9"));
        for (const auto& line :
             text(exchange::program_text(*problem, plan, decision.budget, exchange::ProgramForm::lp))
                 .split('\n'))
            if (line.startsWith("/*")) QVERIFY(line.indexOf("*/") == line.size() - 2);
    }
};

}  // namespace test_exchange

DEEPVM_TEST(test_exchange, TestExchange)
#include "test_exchange.moc"
