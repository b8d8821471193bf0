// SPDX-License-Identifier: GPL-3.0-or-later
// "Ask for 32 more and gain 18 %": a person writes to the provider because of it, so with one vCPU less it
// must not be true, with so many it must be the answer, and no larger number may bring more than is said.
#include <QtTest>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "test_program.h"
#include "words/quotas.h"

namespace test_quota_gains {

using namespace deepvm;
using problem::Purchase;

namespace {

struct World {
    std::shared_ptr<const model::Market> market;
    problem::Request request;
    base::Money budget;
};

// Limits that mostly bind: a few machines of some classes.
World make_world(unsigned seed) {
    std::mt19937 random(seed);
    World world;
    world.market = tests::random_market(random);
    world.request = tests::random_request(random, *world.market);
    world.budget = tests::random_budget(random, *world.market);
    std::uniform_int_distribution<int> machines(0, 6);
    for (const auto& type : world.market->types)
        for (auto* quotas : {&world.request.spot_quota, &world.request.on_demand_quota})
            if (machines(random) < 4)
                (*quotas)[model::quota_name(*world.market, type)] = machines(random) * type.vcpus;
    return world;
}

/// What the best cluster is worth by enumeration with the limit at `vcpus`; 0 where none fits.
double best_worth(const World& world, const explain::QuotaGain& limit, int vcpus) {
    auto request = world.request;
    auto& quotas = limit.purchase == Purchase::spot ? request.spot_quota : request.on_demand_quota;
    quotas[limit.quota_class] = vcpus;
    const tests::Enumeration judge(*world.market, request);
    double best = 0;
    const bool of_job = problem::is_of_job(request.objective);
    for (const auto architecture : request.architectures)
        for (const auto& cluster : judge.best(architecture, world.budget))
            best = std::max(best, of_job ? 1 / cluster.objective : cluster.objective);
    return best;
}

/// By which worths count as one: the planner's answer may be a ten-thousandth below the best.
constexpr double one = 3e-4;

bool clearly_more(double worth, double than) {
    return worth > than * (1 + one);
}

/// What is wrong with a limit's gain; empty when enumeration says the same.
QString wrong(const World& world, const explain::QuotaGain& gain) {
    constexpr int no_limit = 100'000;
    const double today = best_worth(world, gain, gain.vcpus);
    const double free = best_worth(world, gain, no_limit);
    if (!gain.least) return clearly_more(free, today) ? "more would bring something" : "";
    if (gain.least->more < 1) return "no vCPU more";
    const double at_least = best_worth(world, gain, gain.vcpus + gain.least->more);
    if (!(at_least > today)) return "it brings nothing";
    if (clearly_more(best_worth(world, gain, gain.vcpus + gain.least->more - 1), today))
        return "one vCPU less brings something, too";
    const auto& last = gain.most ? *gain.most : *gain.least;
    if (gain.most && gain.most->more <= gain.least->more) return "the most is not more than the least";
    if (clearly_more(free, best_worth(world, gain, gain.vcpus + last.more))) return "more would bring more";
    return "";
}

}  // namespace

class TestQuotaGains : public QObject {
    Q_OBJECT

  private slots:
    void enumeration_says_the_same() {
        int limits = 0;
        int gaining = 0;
        int both = 0;
        for (const unsigned seed : tests::seeds(7'000, 60)) {
            const auto world = make_world(seed);
            const auto problem = problem::make_problem(world.market, world.request);
            if (!problem) continue;
            const auto decision = planner::decide(**problem, world.budget).value();
            const auto gains = explain::quota_gains(**problem, decision).value();
            for (const auto& gain : gains.limits) {
                const auto said = wrong(world, gain);
                QVERIFY2(said.isEmpty(), qPrintable(QStringLiteral("seed %1, %2: %3")
                                                        .arg(seed)
                                                        .arg(QString::fromStdString(words::quota_title(
                                                            gain.quota_class, gain.purchase)))
                                                        .arg(said)));
                ++limits;
                gaining += gain.least ? 1 : 0;
                both += gain.most ? 1 : 0;
            }
        }
        QVERIFY2(
            tests::enough(gaining, 10) && tests::enough(both, 3),
            qPrintable(QStringLiteral("%1 limits, %2 gain, %3 twice").arg(limits).arg(gaining).arg(both)));
    }

    // Every plan is the answer to the same question with the limit raised so far, and so is its gain.
    void every_step_is_what_planning_anew_says() {
        for (const unsigned seed : tests::seeds(8'000, 40)) {
            const auto world = make_world(seed);
            const auto problem = problem::make_problem(world.market, world.request);
            if (!problem) continue;
            const auto decision = planner::decide(**problem, world.budget).value();
            const auto gains = explain::quota_gains(**problem, decision).value();
            for (const auto& gain : gains.limits)
                for (const auto* step : {&gain.least, &gain.most}) {
                    if (!*step) continue;
                    auto request = world.request;
                    problem::own_quotas(request, gain.purchase)[gain.quota_class] =
                        gain.vcpus + (*step)->more;
                    const auto raised = problem::make_problem(world.market, request).value();
                    const auto anew = planner::decide(*raised, world.budget).value();
                    QCOMPARE(problem::machines((*step)->plan), problem::machines(anew.ranked.at(0)));
                    QVERIFY((*step)->plan == anew.ranked[0]);
                    QCOMPARE((*step)->gain_percent.has_value(), !decision.ranked.empty());
                    if (decision.ranked.empty()) continue;
                    QCOMPARE(*(*step)->gain_percent,
                             problem::gain_percent(request.objective, decision.ranked[0], anew.ranked[0]));
                }
        }
    }

    void it_stops_when_it_is_asked_to() {
        const auto world = make_world(8'000);
        const auto problem = problem::make_problem(world.market, world.request).value();
        const auto decision = planner::decide(*problem, world.budget).value();
        std::stop_source stop;
        stop.request_stop();
        auto limited = *problem;
        limited.request.spot_quota = {{model::quota_name(*world.market, world.market->types.front()), 1}};
        const auto gains = explain::quota_gains(limited, decision, stop.get_token());
        QVERIFY(!gains && gains.error().code == base::ErrorCode::cancelled);
    }

    void classes_are_found_as_people_write_them_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        QTest::newRow("case") << "g"
                              << "G";
        QTest::newRow("beginning") << "stand"
                                   << "Standard";
        QTest::newRow("whole before beginning") << "C3"
                                                << "C3";
        QTest::newRow("several") << "c"
                                 << "could be any of C3, C3D";
        QTest::newRow("none") << "Q"
                              << "did you mean \"G\"";
    }
    void classes_are_found_as_people_write_them() {
        QFETCH(QString, text);
        QFETCH(QString, found);
        model::Market market;
        for (const char* name : {"Standard", "G", "C3", "C3D"}) {
            model::InstanceType type;
            type.quota_class = name;
            market.types.push_back(type);
        }
        const auto named = problem::find_quota_class(market, "spot quota class", text.toStdString());
        const auto said = QString::fromStdString(named ? *named : named.error().message);
        QVERIFY2(named ? said == found : said.contains(found), qPrintable(said));
    }

    void the_sentence_names_what_is_gained() {
        explain::QuotaGain gain{"G", Purchase::spot, 64, 64, {}, {}};
        using problem::Objective;
        QCOMPARE(words::gain_words(Objective::throughput, gain, words::Style::plain),
                 std::string("more of it alone brings nothing at this budget"));
        gain.least = explain::QuotaStep{32, {}, 18.04};
        QCOMPARE(words::gain_words(Objective::throughput, gain, words::Style::plain),
                 std::string("ask for 32 more and gain 18.0 %, and beyond that nothing at this budget"));
        gain.most = explain::QuotaStep{96, {}, 40.0};
        QCOMPARE(words::gain_words(Objective::job_cost, gain, words::Style::plain),
                 std::string("ask for 32 more and save 18.0 % of the cost; with 96 more save 40.0 % of the "
                             "cost, and beyond that nothing at this budget"));
        QCOMPARE(words::use_words(gain), std::string("64 vCPUs, 64 in use"));
    }
};

}  // namespace test_quota_gains

DEEPVM_TEST(test_quota_gains, TestQuotaGains)
#include "test_quota_gains.moc"
