// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever is told 96 % signs for a date by it: the chance on every card beside futures that are drawn and
// told by somebody else. The environment variable DEEPVM_TEST_FUTURES says how many of each plan; 100,000 of
// them show the furthest point to a thousandth and take a quarter of an hour.
#include <QtTest>
#include <cmath>
#include <set>

#include "cases.h"
#include "draw.h"
#include "judge/futures.h"
#include "planner/planner.h"
#include "planner/random_jobs.h"
#include "problem/plan_run.h"
#include "test_program.h"

namespace test_plan_chance {

using namespace deepvm;
using problem::Plan;
using problem::Problem;
namespace judge = tests::judge;

namespace {

constexpr double two_points = 0.02;

int futures_of_each() {
    const char* asked = std::getenv("DEEPVM_TEST_FUTURES");
    return asked ? std::max(100, std::atoi(asked)) : 1500;
}

// Fewer of a plan that is revoked hundreds of times in each, whose futures are as alike as they take long.
int futures_of(const Plan& plan, int most) {
    constexpr double revocations = 60;
    const double all = most * std::min(1.0, revocations / plan.job.expected->expected_revocations);
    return std::max(100, static_cast<int>(all));
}

struct Asked {
    std::shared_ptr<const Problem> problem;
    std::vector<Plan> plans;
};

Asked ask(const tests::JobCase& c) {
    Asked asked;
    asked.problem = problem::make_problem(c.market, c.request).value();
    const auto decision = planner::decide(*asked.problem, c.budget).value();
    for (const auto& [architecture, plans] : decision.by_architecture)
        asked.plans.insert(asked.plans.end(), plans.begin(), plans.end());
    return asked;
}

// A job with two of the architectures, all of them in turn, and a deadline about as far away as its plans
// take. Half of the requests ask for a speed, so that plans are shown however unlikely it is that they are in
// time.
std::optional<Asked> with_deadline(unsigned seed) {
    std::mt19937 random(seed);
    tests::JobCase c = tests::random_case(seed, problem::Architecture::single_anchor, seed % 2 == 0, 12);
    auto& request = c.request;
    constexpr auto& all = problem::all_architectures;
    request.architectures = {all[seed % all.size()], all[(seed + 1 + seed / all.size() % 5) % all.size()]};
    request.job.deadline_hours.reset();
    request.job.confidence = 0.05;
    if (!request.risk.rates) request.risk.rates = risk::band_rates(tests::whole(random, 0, 4));
    std::vector<double> hours;
    for (const Plan& plan : ask(c).plans)
        if (plan.job.expected && plan.job.expected->finishes)
            hours.push_back(plan.job.expected->expected_hours);
    if (hours.empty()) return std::nullopt;
    const auto any = static_cast<std::size_t>(tests::whole(random, 0, static_cast<int>(hours.size()) - 1));
    request.job.deadline_hours = hours[any] * std::exp(tests::real(random, -0.2, 0.5));
    return ask(c);
}

// How far the plan's chance is from the share of futures that are in time, give or take a thousandth of the
// time and what so few futures may be off; nothing where it says none.
struct Apart {
    double off = 0;
    double by_chance = 0;
};

std::optional<Apart> apart(const Problem& problem, const Plan& plan, int most) {
    const auto known = problem::job_run(problem, plan);
    if (!known || !plan.job.done_by_deadline) return std::nullopt;
    const auto run = known->view();
    const double hours = *problem.request.job.deadline_hours;
    const double said = *plan.job.done_by_deadline;
    const int futures = futures_of(plan, most);
    judge::Futures drawn(judge::run_of(run), plan.job.expected->checkpoints,
                         {known->doubt.time, known->doubt.revocations}, 20'262);
    int early = 0;
    int late = 0;
    for (int i = 0; i < futures; ++i) {
        const double took = drawn.next(hours * 1.001);
        early += took <= hours * 0.999 ? 1 : 0;
        late += took > hours * 1.001 ? 1 : 0;
    }
    const double least = static_cast<double>(early) / futures;
    const double likely_most = 1 - static_cast<double>(late) / futures;
    return Apart{std::max({0.0, least - said, said - likely_most}), 4.5 * 0.5 / std::sqrt(futures)};
}

}  // namespace

class TestPlanChance : public QObject {
    Q_OBJECT

  private slots:
    void every_plan_shown_is_in_time_as_often_as_it_says() {
        const int futures = futures_of_each();
        double worst = 0;
        int plans = 0;
        int open = 0;  // neither hopeless nor certain
        std::set<problem::Architecture> architectures;
        for (const unsigned seed : tests::seeds(1, 300)) {
            const auto asked = with_deadline(seed);
            if (!asked) continue;
            for (const Plan& plan : asked->plans) {
                const auto found = apart(*asked->problem, plan, futures);
                if (!found) continue;
                ++plans;
                worst = std::max(worst, found->off);
                const double said = *plan.job.done_by_deadline;
                open += said > 0.01 && said < 0.99 ? 1 : 0;
                architectures.insert(plan.architecture);
                QVERIFY2(found->off < two_points + found->by_chance,
                         qPrintable(QString("seed %1, %2: %3 is off by %4")
                                        .arg(seed)
                                        .arg(QString::fromStdString(machines(plan)))
                                        .arg(said)
                                        .arg(found->off)));
            }
        }
        qInfo("%d plans, %d of them open, %d futures each: off by %.4f at most", plans, open, futures, worst);
        QVERIFY(tests::enough(plans, 300) && tests::enough(open, 100));
        QVERIFY(plans < 300 || architectures.size() == problem::all_architectures.size());
    }
};

}  // namespace test_plan_chance

DEEPVM_TEST(test_plan_chance, TestPlanChance)
#include "test_plan_chance.moc"
