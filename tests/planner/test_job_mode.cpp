// SPDX-License-Identifier: GPL-3.0-or-later
// Job objectives at their limits: without revocations, without checkpoints, with hopelessly many revocations,
// with deadlines that nothing keeps and with rates that nobody knows.
#include <QtTest>
#include <cmath>

#include "planner/planner.h"
#include "test_program.h"

namespace test_job_mode {

using namespace deepvm;
using base::Money;
using problem::Architecture;
using problem::Objective;

namespace {

struct World {
    model::Market market;
    problem::Request request;
};

std::size_t add_type(World& world, const char* name, double tflops, double gbps, double memory_gib) {
    model::InstanceType type;
    type.provider = "cloud";
    type.name = name;
    type.quota_class = tflops > 0 ? "G" : "C";
    type.vcpus = 8;
    type.memory_gib = memory_gib;
    type.network_gbps = gbps;
    if (tflops > 0) {
        type.accelerator = model::Accelerator{name, name, tflops / 4, tflops, 32};
        type.accelerator_count = 1;
    }
    world.market.types.push_back(type);
    return world.market.types.size() - 1;
}

void add_offer(World& world, std::size_t type, double on_demand, double spot, int band) {
    model::Offer offer;
    offer.type = type;
    offer.on_demand = Money::from_usd(on_demand);
    if (spot > 0) offer.spot = Money::from_usd(spot);
    if (band >= 0) offer.interruption_band = static_cast<std::uint8_t>(band);
    world.market.places.front().offers.push_back(offer);
}

// Two accelerator types and one without, all architectures, a job of a few days on one machine.
World world_of(Objective objective) {
    World world;
    world.market.name = "cloud";
    world.market.places.push_back({"cloud", "here", {}});
    add_offer(world, add_type(world, "small", 60, 10, 32), 1.0, 0.3, 1);
    add_offer(world, add_type(world, "large", 240, 25, 64), 3.2, 1.1, 3);
    add_offer(world, add_type(world, "plain", 0, 10, 32), 0.2, 0, -1);
    world.market.workloads.push_back({"resnet50-imagenet", "ResNet-50", 25'557'032, 2.454e10, 128, 2, 14, 8,
                                      1'281'167, 90, model::Precision::tensor, ""});
    world.market.saturation = model::NetworkSaturation({{0.3, 2}, {10, 20}, {30, 32}});
    world.request.architectures = {problem::all_architectures.begin(), problem::all_architectures.end()};
    world.request.objective = objective;
    world.request.max_nodes = 12;
    world.request.utilisation = 0.35;
    world.request.min_efficiency = 0;
    return world;
}

std::shared_ptr<const problem::Problem> problem_of(const World& world) {
    return problem::make_problem(std::make_shared<const model::Market>(world.market), world.request).value();
}

planner::Decision decision_of(const World& world, double usd = 20) {
    return planner::decide(*problem_of(world), Money::from_usd(usd)).value();
}

void set_rate(World& world, double rate) {
    world.request.risk.rates = risk::RateRange{rate, rate, rate};
}

QString name_of(Architecture architecture) {
    return QString::fromStdString(std::string(name(architecture)));
}

}  // namespace

class TestJobMode : public QObject {
    Q_OBJECT

  private slots:
    void every_architecture_has_a_plan() {
        for (const auto objective : {Objective::job_cost, Objective::job_time})
            for (const auto& [architecture, plans] : decision_of(world_of(objective)).by_architecture) {
                QVERIFY2(!plans.empty(), qPrintable(name_of(architecture)));
                const problem::Plan& plan = plans.front();
                QVERIFY(plan.job.expected && plan.job.expected_usd);
                QCOMPARE(plan.objective, objective == Objective::job_cost
                                             ? *plan.job.expected_usd
                                             : plan.job.expected->expected_hours);
                QCOMPARE(plan.job.revocations_per_hour == 0, architecture == Architecture::on_demand);
            }
    }

    // Without revocations a spot machine is an on-demand machine at another price.
    void without_revocations_nothing_is_lost() {
        for (const auto objective : {Objective::job_cost, Objective::job_time}) {
            World world = world_of(objective);
            set_rate(world, 0);
            const auto decision = decision_of(world);
            for (const auto& [architecture, plans] : decision.by_architecture)
                for (const auto& plan : plans) {
                    QCOMPARE(plan.job.expected->expected_hours, plan.job.expected->fault_free_hours);
                    QCOMPARE(plan.job.expected->expected_revocations, 0.0);
                    QCOMPARE(plan.job.expected->checkpoint_percent, 0.0);
                }
            const auto& spot = decision.by_architecture.at(Architecture::spot_bucket).front();
            const auto problem = problem_of(world);
            for (const auto& candidate : problem->candidates) {
                if (candidate.architecture != Architecture::on_demand) continue;
                const auto owned = problem::plain_plan(*problem, candidate, {spot.nodes, 0});
                if (owned.worker != spot.worker) continue;
                QCOMPARE(owned.job.expected->expected_hours, spot.job.expected->expected_hours);
                QVERIFY(*owned.job.expected_usd > *spot.job.expected_usd);
            }
        }
    }

    void checkpoints_without_size_cost_nothing() {
        World world = world_of(Objective::job_cost);
        world.request.checkpoint_gib = 0;
        set_rate(world, 0.05);
        for (const auto& [architecture, plans] : decision_of(world).by_architecture)
            for (const auto& plan : plans) {
                QCOMPARE(plan.job.expected->checkpoint_percent, 0.0);
                QVERIFY(architecture == Architecture::on_demand ||
                        plan.job.expected->expected_hours > *plan.job.fault_free_hours);
            }
    }

    // So often that nothing is ever done: no plan of a job, and every other plan says so.
    void hopeless_revocations_are_no_plan() {
        World world = world_of(Objective::job_cost);
        set_rate(world, 1e4);
        const auto decision = decision_of(world);
        for (const auto architecture : problem::all_architectures) {
            const bool rolls_back =
                architecture != Architecture::on_demand && architecture != Architecture::parameter_server;
            QVERIFY2(!rolls_back || decision.by_architecture.at(architecture).empty(),
                     qPrintable(name_of(architecture)));
        }
        QVERIFY(!decision.by_architecture.at(Architecture::on_demand).empty());
        QCOMPARE(decision.ranked.front().architecture, Architecture::on_demand);
        world.request.architectures = {Architecture::spot_bucket};
        QVERIFY(!problem_of(world)->fastest_hours);
        QVERIFY(!decision_of(world).cheapest);

        World published = world_of(Objective::throughput);
        set_rate(published, 1e4);
        const auto plan = decision_of(published).by_architecture.at(Architecture::spot_bucket).front();
        QVERIFY(plan.job.expected && !plan.job.expected->finishes);
        QVERIFY(!plan.job.expected_usd && !plan.job.done_by_deadline);
    }

    void a_deadline_that_nothing_keeps_says_what_would() {
        for (const auto objective : {Objective::job_cost, Objective::job_time}) {
            World world = world_of(objective);
            const double fastest = *problem_of(world)->fastest_hours;
            world.request.job.deadline_hours = fastest / 2;
            const auto problem = problem_of(world);
            const auto decision = planner::decide(*problem, Money::from_usd(1000)).value();
            QVERIFY(decision.ranked.empty() && !decision.cheapest);
            QCOMPARE(*problem->fastest_hours, fastest);
            world.request.job.deadline_hours = fastest * 2;
            const auto kept = decision_of(world, 1000).ranked;
            QVERIFY(!kept.empty());
            for (const auto& plan : kept)
                QVERIFY(*plan.job.done_by_deadline >= world.request.job.confidence);
        }
    }

    // On demand the time is known: exactly the fastest that there is can be promised.
    void a_deadline_is_kept_to_the_hour() {
        World world = world_of(Objective::job_cost);
        world.request.architectures = {Architecture::on_demand};
        const double fastest = *problem_of(world)->fastest_hours;
        world.request.job.deadline_hours = fastest * (1 + 1e-9);
        QCOMPARE(decision_of(world, 1000).ranked.size(), std::size_t{1});
        world.request.job.deadline_hours = fastest * (1 - 1e-9);
        QVERIFY(decision_of(world, 1000).ranked.empty());
    }

    // The fastest is one that the quotas allow: 16 spot vCPUs are two machines of either type or one of each.
    void the_fastest_keeps_the_quotas() {
        World world = world_of(Objective::job_time);
        world.request.architectures = {Architecture::mixed_workers};
        world.request.spot_quota["G"] = 16;
        const auto best = decision_of(world, 1e6).ranked.front();
        const double fastest = *problem_of(world)->fastest_hours;
        // The answer may be a ten-thousandth slower and cheaper.
        QVERIFY(fastest <= best.objective && fastest > best.objective * (1 - 1e-4));
        QVERIFY(best.spot_workers <= 2);
    }

    void unknown_rates_leave_on_demand() {
        for (const auto objective : {Objective::job_cost, Objective::job_time}) {
            World world = world_of(objective);
            for (auto& offer : world.market.places.front().offers)
                offer.interruption_band.reset();
            for (const auto& [architecture, plans] : decision_of(world).by_architecture)
                QVERIFY2(plans.empty() == (architecture != Architecture::on_demand),
                         qPrintable(name_of(architecture)));
            world.request.objective = Objective::throughput;
            for (const auto& [architecture, plans] : decision_of(world).by_architecture)
                QCOMPARE(plans.front().job.unknown.empty(), architecture == Architecture::on_demand);
        }
    }

    // The same machines, taken back more often: never cheaper, never sooner.
    void more_revocations_never_help() {
        World world = world_of(Objective::throughput);
        const auto plans = decision_of(world).by_architecture;
        for (const auto& [architecture, best] : plans) {
            double usd = 0;
            double hours = 0;
            for (const double rate : {0.0, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3}) {
                set_rate(world, rate);
                const auto problem = problem_of(world);
                const auto plan =
                    problem::plain_plan(*problem, *problem::candidate_of(*problem, best.front()),
                                        problem::counts_of(best.front()));
                QVERIFY(plan.job.expected->finishes);
                QVERIFY2(*plan.job.expected_usd >= usd * (1 - 1e-12), qPrintable(name_of(architecture)));
                QVERIFY(plan.job.expected->expected_hours >= hours * (1 - 1e-12));
                usd = *plan.job.expected_usd;
                hours = plan.job.expected->expected_hours;
            }
        }
    }

    // A job's checkpoints flow through all remote nodes together: four of little memory can be worth more
    // than one of much, so the cheaper of much memory stand for nobody.
    void more_remote_nodes_may_be_worth_more() {
        World world = world_of(Objective::job_time);
        world.request.architectures = {Architecture::tiering};
        world.request.top = 1;
        world.request.checkpoint_gib = 25;
        world.request.checkpointing.provisioning_s = 10;
        set_rate(world, 2);
        add_offer(world, add_type(world, "roomy", 0, 10, 256), 0.1, 0, -1);
        add_offer(world, add_type(world, "spacious", 0, 10, 256), 0.1, 0, -1);
        const auto plan = decision_of(world, 100).ranked.front();
        QCOMPARE(plan.remote, std::string("plain"));
        QCOMPARE(plan.remotes, 2);
    }

    // Two and three machines that finish for the same money: the lower hourly price, whatever the last bit
    // says.
    void equal_costs_are_decided_by_the_price() {
        World world = world_of(Objective::job_cost);
        world.market.types.front().scaling = model::LogisticScaling{0.1, 20, 10};  // ideal up to 20
        world.market.types[1].scaling = world.market.types.front().scaling;
        world.request.architectures = {Architecture::on_demand};
        for (int i = 1; i <= 200; ++i) {
            world.market.places.front().offers.front().on_demand = Money::from_micro(300'000 + 7'919 * i);
            for (const auto& plan : decision_of(world, 50).ranked)
                QCOMPARE(plan.nodes, 1);
        }
    }

    // The same machines in other roles are worth the same: the cheaper of the two anchors.
    void mixtures_of_the_same_machines_are_decided_by_the_price() {
        World world = world_of(Objective::deepvm);
        world.request.architectures = {Architecture::mixed_workers};
        world.request.max_nodes = 5;
        for (int i = 1; i <= 100; ++i) {
            auto& offers = world.market.places.front().offers;
            offers[0].spot = Money::from_micro(200'000 + 1'009 * i);
            offers[1].spot = Money::from_micro(900'000 + 2'003 * i);
            const auto ranked = decision_of(world, 100).ranked;
            QCOMPARE(ranked.size(), std::size_t{2});
            if (ranked[0].objective <= ranked[1].objective * (1 + 1e-4))
                QVERIFY(ranked[0].hourly_price <= ranked[1].hourly_price);
        }
    }
};

}  // namespace test_job_mode

DEEPVM_TEST(test_job_mode, TestJobMode)
#include "test_job_mode.moc"
