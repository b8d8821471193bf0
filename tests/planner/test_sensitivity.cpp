// SPDX-License-Identifier: GPL-3.0-or-later
// "What if" on a market small enough to know by heart: what does not apply, what is refused, and the laws.
#include <QtTest>

#include "explain/sensitivity.h"
#include "planner/planner.h"
#include "test_program.h"

namespace test_sensitivity {

using namespace deepvm;
using base::Money;
using explain::Difference;
using explain::Factor;

namespace {

struct World {
    model::Market market;
    problem::Request request;
    Money budget;
};

struct Asked {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

Asked ask(const World& world) {
    Asked asked;
    asked.problem =
        problem::make_problem(std::make_shared<const model::Market>(world.market), world.request).value();
    asked.decision = planner::decide(*asked.problem, world.budget).value();
    return asked;
}

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), 1.0});
}

const explain::Swing& swing_of(const explain::Sensitivity& sensitivity, Factor factor) {
    return *std::ranges::find(sensitivity.swings, factor, &explain::Swing::factor);
}

/// One GPU type with both prices, two CPU types; quotas and ceilings as the request has them.
World small_world() {
    World world;
    world.market.name = "small";
    const auto type = [&](const char* name, double gbps, int vcpus) {
        model::InstanceType made;
        made.name = name;
        made.quota_class = "G";
        made.vcpus = vcpus;
        made.memory_gib = 32;
        made.network_gbps = gbps;
        world.market.types.push_back(made);
        return world.market.types.size() - 1;
    };
    model::Place place{"", "here", {}};
    const auto offer = [&](std::size_t index, std::int64_t on_demand, std::int64_t spot) {
        model::Offer made;
        made.type = index;
        made.on_demand = Money::from_micro(on_demand);
        made.spot = Money::from_micro(spot);
        place.offers.push_back(made);
    };
    offer(type("gpu", 10, 4), 1'000'000, 300'000);
    offer(type("cpu", 10, 2), 100'000, 50'000);
    world.market.types[0].accelerator = model::Accelerator{"acc", "", 30, 120, 24};
    world.market.types[0].accelerator_count = 1;
    world.market.places.push_back(place);
    world.market.workloads.push_back({"resnet50-imagenet", "ResNet-50", 25'557'032, 2.454e10, 128, 2, 14, 8,
                                      1'281'167, 90, model::Precision::tensor, ""});
    world.market.saturation = model::NetworkSaturation({{0.3, 2}, {10, 20}, {30, 32}});
    world.budget = Money::from_micro(3'100'000);
    return world;
}

}  // namespace

class TestSensitivity : public QObject {
    Q_OBJECT

  private slots:
    void stretched_laws() {
        const model::ScalingLaw analytic = model::AnalyticScaling{0.5, 0.04, 0, 0.002};
        const model::ScalingLaw slower = model::AnalyticScaling{0.5, 0.06, 0, 0.003};
        const model::ScalingLaw logistic = model::LogisticScaling{0.15, 8, 12};
        for (int nodes = 1; nodes <= 100; ++nodes) {
            QVERIFY(
                close(model::effective_nodes(analytic, nodes, 1.5), model::effective_nodes(slower, nodes)));
            const double published = model::effective_nodes(logistic, nodes);
            QCOMPARE(model::effective_nodes(logistic, nodes, 1), published);
            if (nodes <= 8) QCOMPARE(model::effective_nodes(logistic, nodes, 1.5), published);
            if (nodes > 8) QVERIFY(model::effective_nodes(logistic, nodes, 1.5) < published);
            QVERIFY(model::effective_nodes(logistic, nodes, 1e6) > 0);  // never less than no nodes at all
        }
    }

    void says_why_a_factor_does_not_apply() {
        using problem::Architecture;
        World world = small_world();
        const auto why = [](const World& asked_world, Factor factor, double percent = 10) {
            const Asked asked = ask(asked_world);
            return swing_of(explain::sensitivity(*asked.problem, asked.decision, percent).value(), factor)
                .not_applicable;
        };
        QCOMPARE(why(world, Factor::quota), std::string("no vCPU quota is set"));
        QCOMPARE(why(world, Factor::ceiling), std::string());  // 64 machines, the planner's own
        QCOMPARE(why(world, Factor::bandwidth), std::string());
        QCOMPARE(why(world, Factor::spot_price), std::string());
        world.request.max_nodes = 4;
        QCOMPARE(why(world, Factor::ceiling), std::string("10 % of 4 machines rounds to none"));
        QCOMPARE(why(world, Factor::ceiling, 25), std::string());
        world.request.spot_quota["G"] = 40;
        QCOMPARE(why(world, Factor::quota), std::string());
        world.request.architectures = {Architecture::on_demand};
        QCOMPARE(why(world, Factor::spot_price), std::string("no spot machine can be chosen here"));
        world.request.objective = problem::Objective::throughput;
        QCOMPARE(why(world, Factor::spot_price), std::string("no spot machine can be chosen here"));

        world = small_world();
        world.market.kind = model::MarketKind::published;
        world.market.types[0].published_rate = 100;
        world.market.types[0].scaling = model::LogisticScaling{0.15, 8, 12};
        world.request.preset = problem::Preset::published;
        QCOMPARE(why(world, Factor::bandwidth), std::string());  // of the remote nodes
        QCOMPARE(why(world, Factor::ceiling), std::string("no largest cluster is set"));
        world.market.quotas = {{"G", 64, 64}};
        QCOMPARE(why(world, Factor::ceiling), std::string("no largest cluster is set, the quotas limit it"));
        world.market.node_bound = 20;
        QCOMPARE(why(world, Factor::ceiling), std::string());
        world.request.architectures = {Architecture::single_anchor};
        QVERIFY(why(world, Factor::bandwidth).starts_with("the published scaling curves"));
    }

    // A faster network is a faster fabric, too: it is what machines of a cluster train by.
    void the_fabric_is_part_of_the_network() {
        World world = small_world();
        world.market.types[0].fabric = model::Fabric::efa;
        world.market.types[0].fabric_gbps = 20;
        world.request.architectures = {problem::Architecture::single_anchor};
        const Asked asked = ask(world);
        const auto found = explain::sensitivity(*asked.problem, asked.decision, 25).value();
        const auto& network = swing_of(found, Factor::bandwidth);
        QVERIFY(network.raised.unmoved_percent > 0.01);
        QVERIFY(network.lowered.unmoved_percent < -0.01);
    }

    // Nobody pays more on spot than on demand, whatever becomes of its price.
    void spot_machines_never_cost_more_than_on_demand() {
        World world = small_world();
        world.market.places[0].offers[0].spot = Money::from_micro(900'000);
        world.request.architectures = {problem::Architecture::single_anchor};
        const Asked asked = ask(world);
        QCOMPARE(asked.decision.ranked.front().nodes, 3);
        const auto found = explain::sensitivity(*asked.problem, asked.decision, 50).value();
        const auto& dearer = swing_of(found, Factor::spot_price).raised;
        QVERIFY(dearer.difference == Difference::none);
        QCOMPARE(dearer.plan->hourly_price, Money::from_micro(3'000'000));
    }

    void a_budget_at_its_edge() {
        World world = small_world();
        world.request.architectures = {problem::Architecture::on_demand};
        world.budget = Money::from_micro(1'000'000);
        const Asked asked = ask(world);
        const auto found = explain::sensitivity(*asked.problem, asked.decision, 10).value();
        const auto& price = swing_of(found, Factor::price);
        QVERIFY(price.raised.difference == Difference::nothing_fits);
        QVERIFY(!price.raised.plan);
        QCOMPARE(price.raised.objective_percent, -100.0);
        QCOMPARE(found.swings.front().factor, Factor::price);
        world.budget = Money::from_micro(999'999);
        const Asked nothing = ask(world);
        const auto none = explain::sensitivity(*nothing.problem, nothing.decision, 10).value();
        QVERIFY(!none.base && none.swings.empty());
    }

    void refuses_what_cannot_be_meant() {
        const Asked asked = ask(small_world());
        for (const double percent : {-1.0, 50.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
            const auto refused = explain::sensitivity(*asked.problem, asked.decision, percent);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, base::ErrorCode::invalid_input);
        }
        auto foreign = asked.decision;
        foreign.ranked.front().worker = "not-of-this-market";
        const auto refused = explain::sensitivity(*asked.problem, foreign, 10);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::ErrorCode::invalid_input);
    }
};

}  // namespace test_sensitivity

DEEPVM_TEST(test_sensitivity, TestSensitivity)
#include "test_sensitivity.moc"
