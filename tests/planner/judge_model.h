// SPDX-License-Identifier: GPL-3.0-or-later
// What the judge knows of machines: rates, scaling and what a cluster is worth, straight from the formulas of
// the model. Shares the closed forms of core/risk and the measured law with the planner, nothing else.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "model/market.h"
#include "planner/request.h"
#include "risk/chance.h"
#include "risk/job_run.h"

namespace deepvm::tests {

/// A cluster without text of its own: there are millions of them.
struct Found {
    planner::Architecture architecture = planner::Architecture::single_anchor;
    const model::Place* place = nullptr;
    const model::Offer* worker = nullptr;
    const model::Offer* other = nullptr;
    const model::Offer* remote = nullptr;
    int nodes = 0;   ///< that compute, of both types
    int others = 0;  ///< of the nodes those of the second type
    int remotes = 0;
    base::Money price;
    double worth = 0;  ///< as Plan::worth
};

/// Not for several threads: it keeps what it has worked out.
class JudgeModel {
  public:
    JudgeModel(const model::Market& market, const planner::Request& request, bool ideal_scaling);

    const model::InstanceType& type(const model::Offer& offer) const { return market_.types[offer.type]; }
    const model::WorkloadProfile& workload() const { return workload_; }
    double checkpoint_gib() const;

    /// Whether the type can train the workload at all.
    bool trains(const model::InstanceType& type) const;

    /// Of this type that hold the training states together.
    int least_nodes(const model::InstanceType& type) const;

    /// The spot price, where the request lets it count.
    std::optional<base::Money> spot(const model::Offer& offer) const;

    /// Whether the machines wait no more than the request allows.
    bool efficient(const Found& found) const;

    /// Whether all is known that ranks this worker by the request's objective.
    bool can_be_ranked(planner::Architecture architecture, const model::Offer& worker) const;

    /// Whether a step's time in seconds is known.
    bool has_step_time(const model::InstanceType& type) const { return epoch_seconds(type).has_value(); }

    /// All of it but the worth given; 0 for a job that does not finish or not by its deadline.
    double worth(const Found& found) const;

    /// Expected hours of the job; infinite where it does not finish.
    double expected_hours(const Found& found) const;

  private:
    double rate(const model::InstanceType& type) const;
    double samples(const model::InstanceType& type) const;
    std::optional<double> epoch_seconds(const model::InstanceType& type) const;
    double value(const model::Offer& offer, bool owned = false) const;
    double effective(const model::InstanceType& type, int n) const;
    double per_node(const model::InstanceType& type, int n) const;
    const std::vector<double>& server_table(const Found& found) const;
    double nodes_worth(const Found& found) const;
    double revocations(const model::Offer& offer) const;
    double usable_gbs(const model::Offer& a, const model::Offer* b) const;
    risk::JobRun run(const Found& found) const;
    risk::Doubt doubt(const Found& found) const;
    risk::Doubt doubt_of(const model::Offer& offer) const;
    model::SpeedRange known_speed(const model::InstanceType& type) const;

    const model::Market& market_;
    const planner::Request& request_;
    const model::WorkloadProfile& workload_;
    bool ideal_;
    mutable std::map<const model::InstanceType*, std::vector<double>> effective_;
    mutable std::map<std::tuple<std::size_t, std::size_t, int>, std::vector<double>> servers_;
};

}  // namespace deepvm::tests
