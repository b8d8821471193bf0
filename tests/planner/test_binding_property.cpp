// SPDX-License-Identifier: GPL-3.0-or-later
// "The quota binds" is advice: ask for more of it, and the cluster does more; a limit that is not named is
// not worth a request. Each limit is taken away by itself and every cluster of the same machines looked at
// anew, for all architectures and objectives.
#include <QtTest>
#include <cmath>

#include "cases.h"
#include "planner/enumeration.h"
#include "planner/planner.h"
#include "planner/random_jobs.h"
#include "test_program.h"

namespace test_binding_property {

using namespace deepvm;
using base::Money;
using problem::Architecture;
using problem::Limit;

namespace {

constexpr int most_nodes = 10;  // of pairs four times as many can be enumerated

struct World {
    model::Market market;
    problem::Request request;
    Money budget;
};

// With nothing but the place of the plan: other places are other machines.
World world_of(const tests::JobCase& c, const problem::Plan& plan) {
    World world{*c.market, c.request, c.budget};
    std::erase_if(world.market.places, [&](const model::Place& place) {
        return place.provider != plan.provider || place.region != plan.region;
    });
    return world;
}

World without(World world, Limit limit) {
    constexpr int plenty = 1'000'000;
    const bool spot = limit == Limit::spot_quota;
    const auto architecture = world.request.architectures.front();
    const bool one_number =
        architecture != Architecture::mixed_workers && architecture != Architecture::parameter_server;
    switch (limit) {
        case Limit::budget:
            world.budget = Money::from_usd(1e6);
            break;
        case Limit::spot_quota:
        case Limit::on_demand_quota:
            (spot ? world.request.spot_quota : world.request.on_demand_quota).clear();
            for (auto& quota : world.market.quotas)
                (spot ? quota.spot_vcpus : quota.on_demand_vcpus) = plenty;
            break;
        case Limit::cluster_ceiling:
            world.request.max_nodes = one_number ? problem::largest_max_nodes : 4 * most_nodes;
            break;
        case Limit::efficiency:
            world.request.min_efficiency = 0;
            break;
        default:
            qFatal("not a limit that can be lifted");
    }
    return world;
}

// What the machines of the plan can be worth at most; 0 where nothing fits.
double most_worth(const World& world, const problem::Plan& plan) {
    const tests::Enumeration judge(world.market, world.request);
    const bool saved = problem::is_of_job(world.request.objective);
    double most = 0;
    for (const auto& cluster :
         judge.best(plan.architecture, world.budget, tests::Enumeration::every, tests::RemoteTypes::all)) {
        const bool same = cluster.worker == plan.worker && cluster.other == plan.other_worker &&
                          cluster.remote == plan.remote;
        if (same) most = std::max(most, saved ? 1 / cluster.objective : cluster.objective);
    }
    return most;
}

bool names(const problem::Plan& plan, Limit limit) {
    return std::ranges::count(plan.binding, limit) > 0;
}

struct Tally {
    int answers = 0;
    int binding = 0;
};

// What is wrong with the limits that a plan names; empty when nothing is.
QString wrong_binding(const tests::JobCase& c, const problem::Plan& plan, Tally& tally) {
    const World world = world_of(c, plan);
    bool any_alone = false;
    QString wrong;
    for (const Limit limit : {Limit::budget, Limit::spot_quota, Limit::on_demand_quota,
                              Limit::cluster_ceiling, Limit::efficiency}) {
        const double gain = most_worth(without(world, limit), plan) / plan.worth - 1;
        // The best of the list may be a ten-thousandth less than the most: what is in between is either.
        if (gain > 2e-4) {
            any_alone = true;
            ++tally.binding;
            if (!names(plan, limit))
                wrong = QString("%1 is not named, but costs %2 %")
                            .arg(QString::fromUtf8(name(limit).data()))
                            .arg(100 * gain);
        } else if (gain < 0.5e-4 && names(plan, limit)) {
            if (wrong.isEmpty() && plan.binding.size() == 1)
                wrong =
                    QString("%1 is named alone and costs nothing").arg(QString::fromUtf8(name(limit).data()));
        }
    }
    // Where several are named and none matters alone, only together they forbid more.
    if (wrong.isEmpty() && any_alone)
        for (const Limit limit : plan.binding)
            if (limit != Limit::network_saturation && limit != Limit::remote_memory &&
                limit != Limit::unknown_network && limit != Limit::scaling &&
                most_worth(without(world, limit), plan) < plan.worth * (1 + 0.5e-4))
                wrong = QString("%1 is named beside others and costs nothing")
                            .arg(QString::fromUtf8(name(limit).data()));
    ++tally.answers;
    return wrong;
}

}  // namespace

class TestBindingProperty : public QObject {
    Q_OBJECT

  private slots:
    void a_limit_is_named_where_it_costs_something_data() {
        QTest::addColumn<Architecture>("architecture");
        QTest::addColumn<bool>("of_job");
        for (const auto architecture : problem::all_architectures)
            for (const bool of_job : {false, true})
                QTest::addRow("%s%s", name(architecture).data(), of_job ? ", job" : "")
                    << architecture << of_job;
    }

    void a_limit_is_named_where_it_costs_something() {
        QFETCH(Architecture, architecture);
        QFETCH(bool, of_job);
        Tally tally;
        for (unsigned seed = 1; tally.answers < tests::cases(170); ++seed) {
            const auto c = tests::random_case(seed, architecture, of_job, most_nodes);
            const auto problem = problem::make_problem(c.market, c.request).value();
            const auto decision = planner::decide(*problem, c.budget).value();
            if (decision.ranked.empty()) continue;
            const auto& plan = decision.ranked.front();
            const auto wrong = wrong_binding(c, plan, tally);
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QString("seed %1, %2: %3").arg(seed).arg(machines(plan).c_str(), wrong)));
        }
        qInfo("%d answers, %d limits cost something", tally.answers, tally.binding);
        QVERIFY(tests::enough(tally.binding, 50));
    }

    // What is worth less than a ten-thousandth more is no step.
    void every_step_gains_something() {
        int steps = 0;
        for (const unsigned seed : tests::seeds(1, 400)) {
            const auto architecture = problem::all_architectures[seed % problem::all_architectures.size()];
            const auto c = tests::random_case(seed, architecture, seed % 2 == 0, most_nodes);
            const auto problem = problem::make_problem(c.market, c.request).value();
            const auto frontier = planner::frontier(*problem, Money{}, Money::from_usd(500)).value();
            const bool published = c.request.preset == problem::Preset::published;
            for (std::size_t i = 1; i < frontier.overall.size(); ++i, ++steps)
                QVERIFY(frontier.overall[i].worth >
                        frontier.overall[i - 1].worth * (1 + (published ? 0 : 1e-4)));
            const auto decision = planner::decide(*problem, c.budget).value();
            if (decision.next_step && !published) QVERIFY(decision.next_step->gain_percent > 0.0099);
        }
        QVERIFY(tests::enough(steps, 500));
    }
};

}  // namespace test_binding_property

DEEPVM_TEST(test_binding_property, TestBindingProperty)
#include "test_binding_property.moc"
