// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan says of itself beside its price and its objective: a person who reads "likely 10 to 14 hours"
// or "scaling measured" decides by it, and the enumeration of plans knows nothing of these.
#include <QtTest>
#include <cmath>
#include <numeric>

#include "cases.h"
#include "planner/planner.h"
#include "planner/random_market.h"
#include "problem/flopp.h"
#include "problem/plan_run.h"
#include "problem/worth.h"
#include "test_program.h"

namespace test_plan_figures {

using namespace deepvm;
using base::Money;
using problem::Architecture;
using problem::Plan;
using problem::Problem;

namespace {

constexpr double four_in_five = 1.2815515655446004;

/// Calls `look` for every plan of many random answers about a job on a provider.
template <typename Look>
void for_plans(int seeds, const Look& look) {
    for (int seed = 0; seed < tests::cases(seeds); ++seed) {
        std::mt19937 random(static_cast<unsigned>(seed));
        const auto market = tests::random_market(random, model::MarketKind::provider);
        auto request = tests::random_request(random, *market);
        request.preset = problem::Preset::corrected;
        request.utilisation.reset();
        request.risk.rates = risk::band_rates(seed % 5);
        request.architectures.assign(problem::all_architectures.begin(), problem::all_architectures.end());
        const auto problem = problem::make_problem(market, request);
        if (!problem) continue;
        const auto decision = planner::decide(**problem, tests::random_budget(random, *market));
        if (!decision) continue;
        for (const auto& [architecture, plans] : decision->by_architecture)
            for (const Plan& plan : plans)
                look(**problem, plan);
    }
}

const problem::Worker& worker_named(const Problem& problem, const std::string& type) {
    return *std::ranges::find_if(problem.workers, [&](const problem::Worker& worker) {
        return problem.market->types[worker.type].name == type;
    });
}

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), 1e-12});
}

struct World {
    model::Market market;
    problem::Request request;
};

/// Two accelerator types with both prices, on a fabric of their own.
World small_world() {
    World world;
    world.market.name = "cloud";
    world.market.places.push_back({"cloud", "here", {}});
    for (const auto& [name, tflops, usd] :
         {std::tuple("small", 60.0, 1.0), std::tuple("large", 240.0, 3.2)}) {
        model::InstanceType type;
        type.provider = "cloud";
        type.name = name;
        type.quota_class = "G";
        type.vcpus = 8;
        type.memory_gib = 64;
        type.network_gbps = 5;
        type.fabric = model::Fabric::efa;
        type.fabric_gbps = 400;
        type.accelerator = model::Accelerator{name, name, tflops / 4, tflops, 32};
        type.accelerator_count = 1;
        model::Offer offer;
        offer.type = world.market.types.size();
        offer.on_demand = Money::from_usd(usd);
        offer.spot = Money::from_usd(usd / 3);
        offer.interruption_band = 1;
        world.market.types.push_back(type);
        world.market.places.front().offers.push_back(offer);
    }
    world.market.workloads.push_back({"resnet50-imagenet", "ResNet-50", 25'557'032, 2.454e10, 128, 2, 14, 8,
                                      1'281'167, 90, model::Precision::tensor, ""});
    world.market.saturation = model::NetworkSaturation({{0.3, 2}, {10, 20}, {30, 32}});
    world.request.max_nodes = 12;
    world.request.utilisation = 0.35;
    world.request.min_efficiency = 0;
    return world;
}

std::shared_ptr<const Problem> problem_of(const World& world) {
    return problem::make_problem(std::make_shared<const model::Market>(world.market), world.request).value();
}

}  // namespace

class TestPlanFigures : public QObject {
    Q_OBJECT

  private slots:
    // A slow machine does not write more checkpoints: how many there are was decided before.
    void the_likely_hours_have_the_checkpoints_of_the_plan() {
        int with_checkpoints = 0;
        for_plans(60, [&](const Problem& problem, const Plan& plan) {
            const auto run = problem::job_run(problem, plan);
            if (!run || !plan.job.likely_hours || !run->throughputs.empty()) return;
            const auto hours = [&](double deviations) {
                risk::JobRun other = run->view();
                other.useful_seconds *= std::exp(deviations * run->doubt.time);
                const auto known = risk::outlook_with_checkpoints(other, plan.job.expected->checkpoints);
                return known.finishes ? known.expected_hours : risk::longest_hours;
            };
            QVERIFY(close(plan.job.likely_hours->low, hours(-four_in_five)));
            QVERIFY(close(plan.job.likely_hours->high, hours(four_in_five)));
            with_checkpoints += plan.job.expected->checkpoints > 0 ? 1 : 0;
        });
        QVERIFY(tests::enough(with_checkpoints, 20));
    }

    // DeepCheck is asked about the machines of the plan: what one of them holds, and what it writes in GiB.
    void the_pipeline_has_the_memory_and_the_storage_of_one_remote() {
        int several = 0;
        for_plans(60, [&](const Problem& problem, const Plan& plan) {
            const auto setup = problem::checkpoint_pipeline(problem, plan, 60);
            if (!setup) return;
            const auto& types = problem.market->types;
            const auto& remote = *std::ranges::find(types, plan.remote, &model::InstanceType::name);
            QVERIFY(close(setup->remote_buffer_gib, 0.8 * remote.memory_gib.value()));
            QVERIFY(
                close(setup->storage_gib_per_second * 1.073741824, problem.request.checkpointing.store_gbs));
            QVERIFY(close(setup->host_copy_gib_per_second * 1.073741824,
                          problem.request.checkpointing.host_copy_gbs));
            several += plan.remotes > 1 ? 1 : 0;
        });
        QVERIFY(tests::enough(several, 5));
    }

    // How sure a deadline is depends on it: both ends of a range count, and sources differ by more than one
    // of them says; what is rented on demand is not revoked.
    void the_doubt_of_a_plan_is_that_of_its_machines() {
        int lopsided = 0;
        int steady = 0;
        for_plans(60, [&](const Problem& problem, const Plan& plan) {
            const auto run = problem::job_run(problem, plan);
            if (!run || !plan.other_worker.empty()) return;
            const auto& speed = worker_named(problem, plan.worker).speed.value();
            const auto& [middle, low, high] = speed.range;
            double expected = std::log(high / low) / (2 * four_in_five);
            const bool measured = speed.basis == model::SpeedBasis::measured;
            if (measured) expected = std::max(expected, 0.217);
            QVERIFY(close(run->doubt.time, expected));
            lopsided +=
                std::abs(high / middle - middle / low) > 0.05 && (!measured || expected > 0.22) ? 1 : 0;
            steady += measured && expected < 0.2175 ? 1 : 0;
            const auto& rates = problem.request.risk.rates.value();
            const bool in_doubt = plan.architecture != Architecture::on_demand &&
                                  problem.request.risk.point == problem::RatePoint::middle;
            QVERIFY(close(run->doubt.revocations,
                          in_doubt ? std::log(rates.high / rates.middle) / 1.959963984540054 : 0));
        });
        QVERIFY(tests::enough(lopsided, 5) && tests::enough(steady, 5));
    }

    // Of the price as much is an estimate as the machines cost whose spot price is one.
    void the_estimated_price_is_that_of_the_machines_with_one() {
        int estimates = 0;
        int of_two_types = 0;
        for_plans(150, [&](const Problem& problem, const Plan& plan) {
            const auto run = problem::job_run(problem, plan);
            if (!run) return;
            Money expected;
            const auto add = [&](const std::string& type, int machines) {
                if (machines == 0) return;
                const model::Offer& offer = *worker_named(problem, type).offer;
                if (offer.spot_basis == model::PriceBasis::advisor_savings)
                    expected = expected + machines * *offer.spot;
            };
            add(plan.worker, plan.spot_workers - plan.other_workers);
            if (!plan.other_worker.empty()) add(plan.other_worker, plan.other_workers);
            QCOMPARE(run->estimated_price.micro(), expected.micro());
            QCOMPARE(run->price_doubt > 0, expected > Money{});
            estimates += expected > Money{} ? 1 : 0;
            of_two_types += expected > Money{} && plan.other_workers > 0 ? 1 : 0;
        });
        QVERIFY(tests::enough(estimates, 30) && tests::enough(of_two_types, 5));
    }

    // Waste is what the machines would do by themselves, each of its own kind, less what they do together.
    void the_efficiency_is_of_all_machines_each_of_its_kind() {
        int mixtures = 0;
        for_plans(60, [&](const Problem& problem, const Plan& plan) {
            double alone = (plan.nodes - plan.other_workers) * worker_named(problem, plan.worker).rate;
            if (plan.other_workers > 0)
                alone += plan.other_workers * worker_named(problem, plan.other_worker).rate;
            QVERIFY(close(plan.efficiency, plan.throughput_tflops / alone));
            mixtures += plan.other_workers > 0 ? 1 : 0;
        });
        QVERIFY(tests::enough(mixtures, 20));
    }

    // A chain is as sure as its least sure link.
    void a_mixture_is_as_sure_as_the_type_that_was_not_measured() {
        World world = small_world();
        world.request.architectures = {Architecture::mixed_workers};
        const double epoch = 1'281'167 / (0.35 * 60e12 / 2.454e10);
        for (const char* type : {"small", "large"}) {
            world.request.measured = {{type, {epoch, epoch / 20, epoch / 100}}};
            const auto ranked = planner::decide(*problem_of(world), Money::from_usd(12))->ranked;
            QVERIFY(!ranked.empty());
            for (const Plan& plan : ranked)
                QVERIFY(plan.scaling == problem::ScalingBasis::assumed);
        }
    }

    // How long a server answers was never measured, whatever was measured of the workers.
    void servers_are_assumed_where_all_workers_were_measured() {
        World world = small_world();
        world.request.architectures = {Architecture::parameter_server, Architecture::single_anchor};
        model::InstanceType server = world.market.types.front();
        server.name = "plain";
        server.quota_class = "C";
        server.accelerator.reset();
        server.accelerator_count = 0;
        model::Offer offer;
        offer.type = world.market.types.size();
        offer.on_demand = Money::from_usd(0.2);
        world.market.types.push_back(server);
        world.market.places.front().offers.push_back(offer);
        for (const char* type : {"small", "large"}) {
            const double epoch = 1'281'167 / (0.35 * 60e12 / 2.454e10);
            world.request.measured[type] = {epoch, epoch / 20, epoch / 100};
        }
        const auto decision = planner::decide(*problem_of(world), Money::from_usd(12)).value();
        for (const auto& [architecture, plans] : decision.by_architecture) {
            QVERIFY(!plans.empty());
            for (const Plan& plan : plans)
                QVERIFY(plan.scaling == (architecture == Architecture::parameter_server
                                             ? problem::ScalingBasis::assumed
                                             : problem::ScalingBasis::measured));
        }
    }

    // By TCP means over the line that every machine has, not over its fabric.
    void by_tcp_is_over_the_common_line() {
        const World world = small_world();
        const auto problem = problem_of(world);
        World plain = world;
        for (auto& type : plain.market.types) {
            type.fabric = model::Fabric::tcp;
            type.fabric_gbps = 0;
        }
        const auto over_tcp = problem_of(plain);
        for (std::size_t i = 0; i < problem->workers.size(); ++i) {
            const double by_tcp = problem::effective_nodes_by_tcp(*problem, problem->workers[i], 8).value();
            QVERIFY(close(by_tcp, problem::effective_nodes(over_tcp->workers[i], 8)));
            QVERIFY(by_tcp < 0.9 * problem::effective_nodes(problem->workers[i], 8));
        }
    }

    // Eight vCPUs are an anchor of eight, seven are none.
    void a_quota_that_just_holds_the_anchor_holds_it() {
        World world = small_world();
        world.request.architectures = {Architecture::single_anchor};
        for (const int vcpus : {7, 8}) {
            world.request.on_demand_quota["G"] = vcpus;
            const auto decision = planner::decide(*problem_of(world), Money::from_usd(12)).value();
            QCOMPARE(decision.ranked.empty(), vcpus < 8);
        }
    }

    // Who pays more for the same speed gains nothing by it.
    void equally_fast_and_dearer_is_not_worth_a_look() {
        World world = small_world();
        world.market.types[1].accelerator = world.market.types[0].accelerator;
        const auto on_front = [&] {
            std::vector<std::string> names;
            for (const auto& entry : problem::flopp_ranking(*problem_of(world)))
                if (entry.pareto) names.push_back(entry.instance_type);
            return names;
        };
        QCOMPARE(on_front(), std::vector<std::string>{"small"});
        world.market.places.front().offers[1].spot = world.market.places.front().offers[0].spot;
        QCOMPARE(on_front(), std::vector<std::string>{"small"});  // of equals the first
    }

    // More is what exceeds the rounding of a sum, no less and no more: else a worse plan is called the best.
    void a_little_more_is_more() {
        QVERIFY(problem::worth_more(1 + 1e-11, 1));
        QVERIFY(!problem::worth_more(1 + 1e-13, 1));
        QVERIFY(!problem::worth_more(1, 1));
    }
};

}  // namespace test_plan_figures

DEEPVM_TEST(test_plan_figures, TestPlanFigures)
#include "test_plan_figures.moc"
