// SPDX-License-Identifier: GPL-3.0-or-later
// What a person is looking at: one plain value, from which everything in the window follows, and which a
// session or an exported plan holds in full.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "catalog/catalog.h"
#include "model/measurements.h"
#include "problem/problem.h"

namespace deepvm::session {

/// The budgets that the slider reaches, in dollars an hour; the field takes what the planner takes.
inline constexpr base::Money least_budget = base::Money::from_micro(50'000);
inline constexpr base::Money most_budget = base::Money::from_micro(500'000'000);

/// How much less and more "What if" asks about, in percent.
inline constexpr int least_what_if = 1;
inline constexpr int most_what_if = 50;

/// What the fields of the job take.
inline constexpr double least_job_amount = 1e-3;
inline constexpr double most_job_amount = 1e30;  ///< FLOP, too
inline constexpr double least_deadline_hours = 0.01;
inline constexpr double most_deadline_hours = 100'000;
inline constexpr double least_deadline_percent = 1;
inline constexpr double most_deadline_percent = 99.9;
/// How many futures of a plan are simulated, and which.
inline constexpr int least_future_runs = 100;
inline constexpr int most_future_runs = 100'000;
inline constexpr int most_future_seed = 999'999;

/// In the order of the toggles.
inline constexpr std::array shown_architectures{
    problem::Architecture::tiering,       problem::Architecture::single_anchor,
    problem::Architecture::on_demand,     problem::Architecture::spot_bucket,
    problem::Architecture::mixed_workers, problem::Architecture::parameter_server};

/// What an expert may set by hand; at first as the planner has it.
struct Assumptions {
    std::optional<model::Precision> precision = problem::Request{}.precision;
    std::optional<double> utilisation = problem::Request{}.utilisation;
    double overlap = problem::Request{}.overlap;
    problem::Hosts hosts = problem::Request{}.hosts;
    std::optional<double> min_efficiency = problem::Request{}.min_efficiency;
    std::optional<double> checkpoint_gib = problem::Request{}.checkpoint_gib;
    double buffer_depth = problem::Request{}.buffer_depth;
    double checkpoint_size_100mb = problem::Request{}.checkpoint_size_100mb;  ///< published memory rule
    double buffer_size = problem::Request{}.buffer_size;                      ///< published memory rule

    bool operator==(const Assumptions&) const = default;
};

struct Exploration {
    catalog::Selection selection;
    base::Money budget = base::Money::from_micro(2'900'000);
    std::vector<problem::Architecture> architectures{problem::Architecture::tiering,
                                                     problem::Architecture::single_anchor};
    problem::Objective objective = problem::Objective::deepvm;
    std::string workload = "resnet50-imagenet";
    std::optional<problem::Preset> preset;  ///< of published data sets; theirs when not chosen
    bool observed_prices_only = false;      ///< spot prices that are estimates do not count
    std::optional<int> max_nodes;           ///< as the quotas or the planner allow when not chosen

    problem::Job job;
    problem::Risk risk;  ///< of every spot machine, else each offer's interruption band
    problem::Checkpointing checkpointing;
    Assumptions assumptions;
    problem::QuotaLimits spot_quota;  ///< vCPUs by quota_key(); no entry, no limit of one's own
    problem::QuotaLimits on_demand_quota;
    std::vector<model::WorkloadProfile> own_workloads;  ///< the person's own, beside the catalog's
    std::map<std::string, model::ScalingFit, std::less<>> measured;  ///< by instance type

    int what_if_percent = 10;  ///< least_what_if..most_what_if; no plan depends on it
    int future_runs = 2000;    ///< least_future_runs..most_future_runs; as the seed, no plan depends on it
    int future_seed = 1;       ///< 0..most_future_seed

    bool operator==(const Exploration&) const = default;

    bool has(problem::Architecture architecture) const;
    /// Switches one architecture; the order does not depend on the clicks, so equal sets are equal.
    void enable(problem::Architecture architecture, bool on);
    /// Other prices. Objective and architectures that nobody changed become the usual ones of the new market.
    void move_to(catalog::Selection to);
};

/// What the window shows before anyone has asked: a market of today, and the usual question to it.
Exploration first_exploration();

/// What a limit on a class of the market is kept under, so that it counts for its provider alone as well as
/// among all of them: "aws/G", "deepvm-paper/G".
std::string quota_key(const model::Market& market, std::string_view quota_class);

/// What the planner is asked on this market. Limits on classes that it has not do not count there.
problem::Request to_request(const Exploration& exploration, const model::Market& market);

/// The exploration that asks what `problem` was asked at `budget`: to_request() of it is the problem's
/// request again, but for the length of the lists.
Exploration exploration_of(const problem::Problem& problem, base::Money budget);

}  // namespace deepvm::session
