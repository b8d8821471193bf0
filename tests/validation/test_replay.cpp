// SPDX-License-Identifier: GPL-3.0-or-later
// The replayed figures against the recorded answers and the measured runs: each published point is the
// file's, what is ours is worked out from the rules, and the errors that are told are those of the points.
#include <QtTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catalog/catalog.h"
#include "measured_folder.h"
#include "test_program.h"
#include "validation/replay.h"

namespace test_replay {

using namespace deepvm;
using namespace deepvm::validation;
using namespace deepvm::validation::test;

namespace {

std::vector<Replay> all_of(const QString& folder) {
    const auto paper =
        catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db")->load({"deepvm-paper", ""}).value();
    return replays(paper, folder.toStdString()).value();
}

const Replay& named(const std::vector<Replay>& all, std::string_view title) {
    return *std::ranges::find(all, title, &Replay::title);
}

bool near(std::optional<double> value, double wanted) {
    return value && std::abs(*value - wanted) <= 1e-6 * std::max(1.0, std::abs(wanted));
}

}  // namespace

class TestReplay : public QObject {
    Q_OBJECT

    std::vector<Replay> all_;

  private slots:
    void initTestCase() {
        all_ = all_of(shipped);
        for (const auto& replay : all_)
            for (const auto rules : {Rules::published, Rules::corrected})
                qInfo("%s, %s: median %.1f %%, worst %.1f %%", replay.title.c_str(),
                      rules == Rules::published ? "published" : "corrected",
                      median_error_percent(replay, rules).value_or(-1),
                      worst_error_percent(replay, rules).value_or(-1));
    }

    void every_figure_is_there() {
        QStringList titles;
        for (const auto& replay : all_) {
            titles << QString::fromStdString(replay.title);
            QVERIFY2(replay.missing.empty() && replay.points.size() >= 5, replay.title.c_str());
            QVERIFY(!replay.differs.empty() && !replay.source.empty() && !replay.published_rules.empty());
        }
        QCOMPARE(titles,
                 (QStringList{"DeepVM, figure 5: g3s.xlarge", "DeepVM, figure 5: g4dn.xlarge",
                              "DeepVM, figure 5: g5.xlarge", "DeepVM, figure 6: checkpoint of 29 workers",
                              "DeepVM, figure 8: makespan", "DeepVM, figure 8: total cost",
                              "Transient servers: speed", "Transient servers: cost"}));
    }

    // The curve of figure 5 reckoned anew: a line up to the middle, the logistic function beyond.
    void figure_5_is_the_curve_of_the_paper() {
        struct Law {
            const char* type;
            double a, b, c;
        };
        for (const auto& [type, a, b, c] : {Law{"g3s.xlarge", 0.1408559584, 14.49263334, 13.53250952},
                                            {"g4dn.xlarge", 0.1338806402, 12.87424514, 6.176666667},
                                            {"g5.xlarge", 0.08533428072, 20.06669931, 4.962225551}}) {
            const auto& replay = named(all_, std::string("DeepVM, figure 5: ") + type);
            QCOMPARE(replay.points.size(), std::size_t{10});
            const auto runs = lines_of(shipped + files[0]).filter(QString(type) + ',');
            const double one = runs[0].section(',', 2).toDouble();
            for (int i = 0; i < 10; ++i) {
                const auto& point = replay.points[static_cast<std::size_t>(i)];
                const double n = runs[i].section(',', 1, 1).toDouble();
                const double line = c * a / 4 * (n - b) + c / 2;
                const double curve = c / (1 + std::exp(-a * (n - b)));
                QCOMPARE(point.x, n);
                QVERIFY(near(point.published, one / runs[i].section(',', 2).toDouble()));
                QVERIFY(near(point.by_published.value, n <= b ? line : curve));
                QCOMPARE(point.by_corrected.given, i == 0);
            }
            QVERIFY(*worst_error_percent(replay, Rules::corrected) <
                    *worst_error_percent(replay, Rules::published));
        }
    }

    void figure_6_leaves_out_what_the_published_rule_forbids() {
        const auto& replay = named(all_, "DeepVM, figure 6: checkpoint of 29 workers");
        QCOMPARE(replay.points.size(), std::size_t{7});
        for (const auto& point : replay.points)
            QCOMPARE(point.by_published.value.has_value(), 29 < 12 * point.x);
        QVERIFY(replay.differs.find("from 3 remote nodes on") != std::string::npos);
        QVERIFY(replay.differs.find("took 9.8 times as long as 3") != std::string::npos);
        QVERIFY(*worst_error_percent(replay, Rules::corrected) < 15);
    }

    // The plans of figure 8 are those that the published planner was recorded with.
    void figure_8_has_the_plans_of_the_recorded_planner() {
        std::ifstream stream(DEEPVM_SOURCE_DIR "/tests/planner/golden/published_planner.json");
        const auto recorded = nlohmann::json::parse(stream);
        const auto row = *std::ranges::find_if(
            recorded["rows"], [](const auto& each) { return each["pricing_willingness"] == 2.9; });
        const auto& time = named(all_, "DeepVM, figure 8: makespan");
        const auto& money = named(all_, "DeepVM, figure 8: total cost");
        QCOMPARE(time.points.size(), std::size_t{5});
        const nlohmann::json plans[] = {row["deepvm"][0], row["deepvm"][1], row["deepvm"][2],
                                        row["cost_first"], row["performance_first"]};
        for (std::size_t i = 0; i < 5; ++i) {
            QVERIFY2(time.points[i].by_published.value.has_value(), time.points[i].label.c_str());
            const double price = plans[i]["hourly_price"];
            QVERIFY(near(money.points[i].published, time.points[i].published * price / 3600));
            QVERIFY(
                near(money.points[i].by_published.value, *time.points[i].by_published.value * price / 3600));
        }
        // Rates of the paper and E(n): 17 g4dn.xlarge against 7 g5.xlarge, which are 7 ideal nodes there.
        const double e17 = double(row["deepvm"][0]["objective"]) / (377 * 3600 / 0.1578);
        QVERIFY(near(time.points[4].by_published.value, 251.2481 * 377 * e17 / (696 * 7)));
        QVERIFY(time.points[0].by_published.given && !error_percent(time.points[0], Rules::published));
        QVERIFY(time.differs.find("5 of the 5 plans") != std::string::npos);
        QVERIFY(*worst_error_percent(time, Rules::corrected) < 15);
        QVERIFY(*worst_error_percent(time, Rules::published) > 30);
    }

    // 7.7 times the speed, 62.9 % of the cost saved.
    void transient_servers_reach_what_their_paper_says() {
        const auto& speed = named(all_, "Transient servers: speed");
        const auto& cost = named(all_, "Transient servers: cost");
        const auto point = [](const Replay& replay, std::string_view label) {
            return *std::ranges::find(replay.points, label, &ReplayPoint::label);
        };
        QCOMPARE(std::round(10 * point(speed, "8 k80 on-demand").published), 77.0);
        QCOMPARE(std::round(10 * (100 - point(cost, "1 v100 spot").published)), 629.0);
        QVERIFY(near(point(speed, "8 k80 on-demand").by_published.value, 8));
        QVERIFY2(
            speed.differs.find("8 k80 on-demand come nearest to the 7.7 times that the paper names: 7.7") !=
                std::string::npos,
            speed.differs.c_str());
        QVERIFY2(cost.differs.find("1 v100 spot comes nearest to the 62.9 % that the paper says are saved: "
                                   "62.9 %") != std::string::npos,
                 cost.differs.c_str());
        QVERIFY(*worst_error_percent(speed, Rules::corrected) < 10);
        QVERIFY(*worst_error_percent(cost, Rules::corrected) < 10);
    }

    void errors_are_those_of_the_points() {
        Replay replay;
        replay.points = {{"1", 1, 10, {20, true}, {11, false}},
                         {"2", 2, 10, {8, false}, {12, false}},
                         {"3", 3, 10, {}, {9, false}}};
        QVERIFY(!error_percent(replay.points[0], Rules::published));  // it was given
        QVERIFY(near(error_percent(replay.points[1], Rules::published), -20));
        QVERIFY(!error_percent(replay.points[2], Rules::published));
        QVERIFY(near(median_error_percent(replay, Rules::published), 20));
        QVERIFY(near(median_error_percent(replay, Rules::corrected), 10));
        QVERIFY(near(worst_error_percent(replay, Rules::corrected), 20));
        QVERIFY(!median_error_percent(Replay{}, Rules::published));
    }

    void what_is_not_there_is_said() {
        for (const int file : {0, 1, 2, 4}) {
            const MeasuredFolder folder;
            QVERIFY(QFile::remove(folder.path(files[file])));
            int missing = 0;
            for (const auto& replay : all_of(folder.path({}))) {
                missing += replay.missing.empty() ? 0 : 1;
                if (!replay.missing.empty()) QVERIFY(replay.points.empty());
            }
            QVERIFY2(missing > 0, qPrintable(files[file]));
        }
    }

    void a_stop_is_heard() {
        std::stop_source stop;
        stop.request_stop();
        const auto paper =
            catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db")->load({"deepvm-paper", ""});
        const auto stopped = replays(*paper, shipped.toStdString(), stop.get_token());
        QVERIFY(!stopped && stopped.error().code == base::ErrorCode::cancelled);
    }
};

}  // namespace test_replay

DEEPVM_TEST(test_replay, TestReplay)
#include "test_replay.moc"
