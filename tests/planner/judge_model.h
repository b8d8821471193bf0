// SPDX-License-Identifier: GPL-3.0-or-later
// What the judge knows of machines: rates, scaling and what a cluster is worth, straight from the formulas of
// the model, by tests/judge. Of core it has data and names, and the speeds that a market brings along, which
// the tests of model judge.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "judge/pipeline.h"
#include "judge/run.h"
#include "model/market.h"
#include "problem/request.h"

namespace deepvm::tests {

/// A cluster without text of its own: there are millions of them.
struct Found {
    problem::Architecture architecture = problem::Architecture::single_anchor;
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

/// How many deadlines were looked at, and how many were so close to the confidence that the planner's word
/// was taken for them.
struct Deadlines {
    int asked = 0;
    int close = 0;
};

/// Not for several threads: it keeps what it has worked out.
class JudgeModel {
  public:
    JudgeModel(const model::Market& market, const problem::Request& request, bool ideal_scaling);

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
    bool can_be_ranked(problem::Architecture architecture, const model::Offer& worker) const;

    /// Whether a step's time in seconds is known.
    bool has_step_time(const model::InstanceType& type) const { return epoch_seconds(type).has_value(); }

    /// All of it but the worth given; 0 for a job that does not finish or not by its deadline.
    double worth(const Found& found) const;

    /// Expected hours of the job; infinite where it does not finish.
    double expected_hours(const Found& found) const;

    const Deadlines& deadlines() const { return deadlines_; }

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
    bool of_job() const;
    judge::Pipeline pipeline(const Found& found) const;
    judge::Run run(const Found& found) const;
    bool in_time(const Found& found, const judge::Run& run, double checkpoints) const;
    judge::Doubt doubt(const Found& found) const;
    judge::Doubt doubt_of(const model::Offer& offer) const;
    double revocations_in_doubt(const model::Offer& offer) const;
    model::Precision runs_as(const model::Accelerator& accelerator) const;
    model::SpeedRange known_speed(const model::InstanceType& type) const;

    const model::Market& market_;
    const problem::Request& request_;
    const model::WorkloadProfile& workload_;
    bool ideal_;
    mutable std::map<const model::InstanceType*, std::vector<double>> effective_;
    mutable std::map<std::tuple<std::size_t, std::size_t, int>, std::vector<double>> servers_;
    mutable Deadlines deadlines_;
};

}  // namespace deepvm::tests
