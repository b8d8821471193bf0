// SPDX-License-Identifier: GPL-3.0-or-later
// What is refused before any planning, what is left out and why, and the small closed forms.
#include <QtTest>

#include "cases.h"
#include "planner/planner.h"
#include "planner/policies.h"
#include "planner/random_market.h"
#include "problem/bounds.h"
#include "problem/flopp.h"
#include "test_program.h"

namespace test_problem {

using namespace deepvm;
using base::ErrorCode;
using base::Money;
using problem::Request;

namespace {

std::shared_ptr<const model::Market> a_market(bool published) {
    for (unsigned seed = 1;; ++seed) {
        std::mt19937 random(seed);
        auto market = tests::random_market(random);
        const bool is_published = market->kind == model::MarketKind::published;
        if (is_published == published && market->types.size() > 6) return market;
    }
}

}  // namespace

class TestProblem : public QObject {
    Q_OBJECT

    void refused(const Request& request, ErrorCode code, const char* part, bool published = false) {
        const auto problem = problem::make_problem(a_market(published), request);
        QVERIFY(!problem);
        QCOMPARE(problem.error().code, code);
        QVERIFY2(problem.error().message.find(part) != std::string::npos, problem.error().message.c_str());
    }

  private slots:
    void refuses_what_cannot_be_meant() {
        Request request;
        request.architectures.clear();
        refused(request, ErrorCode::invalid_input, "no architecture");
        request = {};
        request.utilisation = std::nan("");
        refused(request, ErrorCode::invalid_input, "utilisation");
        request.utilisation = 3;
        refused(request, ErrorCode::invalid_input, "utilisation");
        request = {};
        request.workload = "resnet50-imagenett";
        refused(request, ErrorCode::unknown_name, "did you mean \"resnet50-imagenet\"");
        request = {};
        request.max_nodes = 0;
        refused(request, ErrorCode::invalid_input, "maximum nodes");
        request = {};
        request.spot_quota["no-such-class"] = 4;
        refused(request, ErrorCode::unknown_name, "spot quota class");
        request = {};
        request.preset = problem::Preset::published;
        refused(request, ErrorCode::invalid_input, "published");
    }

    void an_architecture_named_twice_counts_once() {
        Request request;
        request.architectures = {problem::Architecture::tiering, problem::Architecture::tiering};
        const auto problem = problem::make_problem(a_market(false), request).value();
        QCOMPARE(problem->request.architectures.size(), std::size_t{1});
    }

    // A type that cannot hold the model must not be recommended, and the reason is shown.
    void leaves_out_types_without_enough_memory() {
        auto market = std::make_shared<model::Market>(*a_market(false));
        auto large = market->workloads.front();
        large.name = "huge";
        large.parameters = 1'000'000'000'000'000;
        market->workloads.push_back(large);
        Request request;
        request.workload = "huge";
        const auto problem = problem::make_problem(market, request).value();
        QVERIFY(problem->workers.empty());
        QVERIFY(!problem->left_out.empty());
        QVERIFY(problem->left_out.front().reason.find("GiB") != std::string::npos);
        const auto decision = planner::decide(*problem, Money::from_usd(500)).value();
        QVERIFY(decision.ranked.empty());
        QVERIFY(!decision.cheapest);
    }

    // The closed-form bound must never cut off a plan that fits.
    void node_bound_is_a_bound() {
        for (const unsigned seed : tests::seeds(1, 500)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                problem::make_problem(market, tests::random_request(random, *market)).value();
            const Money budget = tests::random_budget(random, *market);
            for (const auto& candidate : problem->candidates) {
                const int bound = problem::node_bound(candidate, budget);
                for (int nodes = std::max(bound + 1, candidate.min_nodes); nodes <= candidate.max_nodes;
                     ++nodes) {
                    const auto remotes = problem::remotes_for(candidate, nodes);
                    QVERIFY(!remotes || !problem::feasible(candidate, {nodes, *remotes}, budget));
                }
            }
        }
    }

    void remotes_for_is_the_fewest() {
        for (const unsigned seed : tests::seeds(1, 300)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                problem::make_problem(market, tests::random_request(random, *market)).value();
            for (const auto& candidate : problem->candidates) {
                if (!candidate.remote) continue;
                for (int nodes = 1; nodes <= candidate.max_nodes; ++nodes) {
                    std::optional<int> fewest;
                    for (int m = candidate.min_remotes; m <= candidate.max_remotes && !fewest; ++m)
                        if (nodes < m * candidate.saturation) fewest = m;
                    QCOMPARE(problem::remotes_for(candidate, nodes), fewest);
                }
            }
        }
    }

    // A limit that binds a mixture is found at the ends of what may be of the second type.
    void others_within_are_all_that_fit() {
        int some = 0;
        for (const unsigned seed : tests::seeds(1, 2000)) {
            std::mt19937 random(seed);
            const auto upto = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
            problem::Candidate mixture;
            mixture.other = 1;
            mixture.fixed = Money::from_micro(upto(9));
            mixture.per_node = Money::from_micro(1 + upto(9));
            mixture.per_other = Money::from_micro(upto(18)) - mixture.per_node;
            for (int limits = upto(2); limits > 0; --limits)
                mixture.vcpu_limits.push_back({problem::Limit::spot_quota, upto(60), upto(8), upto(8)});
            const int nodes = 1 + upto(12);
            const Money budget = Money::from_micro(upto(120));
            const auto [least, most] = problem::others_within(mixture, nodes, budget);
            for (int others = 1; others < nodes; ++others) {
                const problem::Counts counts{nodes, 0, others};
                bool fits = problem::price(mixture, counts) <= budget;
                for (const auto& limit : mixture.vcpu_limits)
                    fits = fits && problem::spot_vcpus(limit, counts) <= limit.vcpus;
                QCOMPARE(others >= least && others <= most, fits);
                some += fits ? 1 : 0;
            }
        }
        QVERIFY2(tests::enough(some, 2000), qPrintable(QString::number(some)));
    }

    // The dashed lines of the chart and the answer at a budget are the same policy.
    void policy_steps_agree_with_choices() {
        for (const unsigned seed : tests::seeds(1, 200)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem =
                problem::make_problem(market, tests::random_request(random, *market)).value();
            for (const auto policy : {planner::Policy::cost_first, planner::Policy::performance_first}) {
                const Money to = Money::from_usd(40);
                const auto steps = planner::policy_steps(*problem, policy, Money{}, to);
                for (int i = 0; i < 50; ++i) {
                    const Money budget = std::min(tests::random_budget(random, *market), to);
                    const auto choice = planner::choose(*problem, policy, budget);
                    const problem::Plan* shown = nullptr;
                    for (const auto& step : steps)
                        if (step.hourly_price <= budget) shown = &step;
                    QCOMPARE(choice.has_value(), shown != nullptr);
                    if (!choice) continue;
                    QCOMPARE(choice->worker, shown->worker);
                    QCOMPARE(choice->nodes, shown->nodes);
                }
            }
        }
    }

    void flopp_is_operations_per_dollar() {
        model::Market market;
        market.kind = model::MarketKind::provider;
        QCOMPARE(problem::flopp(market, 10, Money::from_usd(0.5)), 10e12 * 3600 / 0.5);
        market.kind = model::MarketKind::published;  // the published column is used as it is
        QCOMPARE(problem::flopp(market, 377, Money::from_usd(0.1578)), 377 * 3600 / 0.1578);
    }

    // A Pareto type must be beaten by none: otherwise the chart marks a bad buy.
    void pareto_types_are_not_beaten() {
        for (const unsigned seed : tests::seeds(1, 100)) {
            std::mt19937 random(seed);
            const auto market = tests::random_market(random);
            const auto problem = problem::make_problem(market, {}).value();
            const auto entries = problem::flopp_ranking(*problem);
            for (const auto& a : entries) {
                bool beaten = !a.spot;
                for (const auto& b : entries)
                    beaten = beaten || (b.spot && ((b.rate_tflops > a.rate_tflops && *b.spot <= *a.spot) ||
                                                   (b.rate_tflops >= a.rate_tflops && *b.spot < *a.spot)));
                if (a.pareto) QVERIFY(!beaten);
                if (!beaten && !a.pareto)  // only an exact twin of a marked type stays unmarked
                    QVERIFY(std::any_of(entries.begin(), entries.end(), [&](const auto& b) {
                        return b.pareto && b.spot == a.spot && b.rate_tflops == a.rate_tflops;
                    }));
            }
        }
    }
};

}  // namespace test_problem

DEEPVM_TEST(test_problem, TestProblem)
#include "test_problem.moc"
