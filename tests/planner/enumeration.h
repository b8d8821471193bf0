// SPDX-License-Identifier: GPL-3.0-or-later
// The judge: every cluster of a small market, one by one, from the rules of the model alone. Shares no
// function with the planner but for names; slow, for tests.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "model/market.h"
#include "planner/judge_model.h"
#include "problem/plan.h"
#include "problem/request.h"

namespace deepvm::tests {

struct Cluster {
    problem::Architecture architecture = problem::Architecture::single_anchor;
    std::string provider;
    std::string region;
    std::string worker;
    std::string other;
    std::string remote;
    int nodes = 0;
    int others = 0;
    int remotes = 0;
    base::Money price;
    double objective = 0;
};

/// Whether a plan is this cluster: the same machines at the same price, worth the same but for rounding.
bool same(const problem::Plan& plan, const Cluster& cluster);

/// The first difference between what the planner lists and what enumeration does, in words; empty when there
/// is none. Adds to `ties`, where it is given, how often only the last bit of a worth tells the two apart;
/// else that is a difference.
std::string difference(const std::vector<problem::Plan>& plans, const std::vector<Cluster>& clusters,
                       int* ties = nullptr);

/// Whether clusters that differ in nothing but their remote type are listed apart: as the planner does it, in
/// published data sets only, or in any case.
enum class RemoteTypes { as_planned, all };

class Enumeration {
  public:
    static constexpr auto every = std::numeric_limits<std::size_t>::max();

    Enumeration(const model::Market& market, problem::Request request, bool ideal_scaling = false);

    /// The best cluster of every (provider, worker, other, remote) of the architecture at `budget`: first the
    /// last step of its frontier, the others best first; the first `top` of them when given.
    std::vector<Cluster> best(problem::Architecture architecture, base::Money budget, std::size_t top = every,
                              RemoteTypes remotes = RemoteTypes::as_planned) const;

    /// Every price at which some cluster of the architecture becomes possible.
    std::vector<base::Money> prices(problem::Architecture architecture, base::Money to) const;

    /// The answer at every price up to `to` at which it changes, cheapest first.
    std::vector<Cluster> frontier(const std::vector<problem::Architecture>& architectures,
                                  base::Money to) const;

    /// Whether the rules allow a tiering cluster of these machines, however many remote nodes it has.
    bool allows(const problem::Plan& machines, int nodes, int remotes, base::Money budget) const;

    /// The least expected hours of the job on any cluster, whatever it costs and its deadline; infinite where
    /// none finishes.
    double fastest_hours(const std::vector<problem::Architecture>& architectures) const;

    /// What is wrong with a plan by the rules; empty when it keeps them all.
    std::string violation(const problem::Plan& plan, base::Money budget) const;

    const Deadlines& deadlines() const { return model_.deadlines(); }

  private:
    bool ahead(const Found& a, const Found& b) const;
    std::vector<Found> steps(std::vector<Found> all) const;
    Cluster named(const Found& found) const;

    template <typename Visit>
    void visit(problem::Architecture architecture, base::Money budget, Visit visit) const;
    template <typename Visit>
    void visit_unweighed(problem::Architecture architecture, base::Money budget, Visit visit) const;
    template <typename Visit>
    void visit_of_one_type(const Found& found, base::Money budget, Visit visit) const;
    template <typename Visit>
    void visit_tiering(Found found, base::Money budget, Visit visit) const;
    template <typename Visit>
    void visit_servers(Found found, base::Money budget, Visit visit) const;
    template <typename Visit>
    void visit_mixed(Found found, base::Money budget, Visit visit) const;
    std::optional<int> quota(const model::InstanceType& type, bool spot) const;
    int most_machines(const model::InstanceType& type, bool spot) const;
    bool allows_mixture(const Found& found) const;
    int ceiling() const;
    bool memory_holds(const model::InstanceType& remote, int remotes) const;
    base::Money storage_price() const;

    const model::Market& market_;
    problem::Request request_;
    JudgeModel model_;
};

}  // namespace deepvm::tests
