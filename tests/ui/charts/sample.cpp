// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample.h"
#include "planner/decision.h"

#include <algorithm>

namespace deepvm::test {
namespace {

using problem::Architecture;
using problem::Plan;

// Worth of n nodes: full up to 13, then bending to 26 at 31.
double worth(int nodes) {
    const double beyond = std::max(0, nodes - 13);
    return 8.6e6 * (nodes - beyond * beyond / 60);
}

std::vector<Plan> steps(Architecture architecture, int first, double fixed, double each) {
    std::vector<Plan> all;
    for (int n = first; n <= 31; ++n) {
        Plan step = plan(fixed + each * n, worth(n), n);
        step.architecture = architecture;
        if (architecture == Architecture::tiering) {
            step.remote = "c5.xlarge";
            step.remotes = 1;
        }
        all.push_back(step);
    }
    return all;
}

}  // namespace

base::Money usd(double amount) {
    return base::Money::from_usd(amount);
}

Plan plan(double price, double objective, int nodes) {
    Plan made;
    made.worker = "g4dn.xlarge";
    made.nodes = nodes;
    made.hourly_price = usd(price);
    made.objective = made.worth = objective;
    return made;
}

std::shared_ptr<const planner::Frontier> frontier() {
    auto made = std::make_shared<planner::Frontier>();
    made->from = usd(0.05);
    made->to = usd(500);
    made->by_architecture[Architecture::tiering] = steps(Architecture::tiering, 1, 0.17, 0.1578);
    made->by_architecture[Architecture::single_anchor] =
        steps(Architecture::single_anchor, 2, 0.3682, 0.1578);
    made->by_architecture[Architecture::on_demand] = steps(Architecture::on_demand, 1, 0, 0.526);
    made->overall = made->by_architecture[Architecture::tiering];
    made->cost_first = made->by_architecture[Architecture::single_anchor];
    made->cost_first.push_back(plan(7.725, 0.4e8, 32));
    made->performance_first = {plan(0.6838, 0.9e8), plan(1.3078, 0.2e8), plan(4.0, 0.9e8), plan(9.0, 2.2e8)};
    return made;
}

problem::FloppEntry type(const std::string& name, double spot, double rate, bool pareto) {
    problem::FloppEntry made;
    made.instance_type = name;
    made.rate_tflops = rate;
    made.on_demand = usd(std::max(0.0, spot) * 3 + 1);
    if (spot > 0) made.spot = usd(spot);
    made.on_demand_flopp = rate * 3.6e15 / made.on_demand.usd();
    if (spot > 0) made.spot_flopp = rate * 3.6e15 / spot;
    made.pareto = pareto;
    made.on_demand_source = made.spot_source = "list";
    return made;
}

}  // namespace deepvm::test
