// SPDX-License-Identifier: GPL-3.0-or-later
// A market and a request made ready: what can be chosen, tabulated once, independent of the budget.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/money.h"
#include "model/market.h"
#include "model/scaling.h"
#include "problem/plan.h"
#include "problem/request.h"

namespace deepvm::problem {

/// A worker type in one region, with its prices and the worth of its nodes.
struct Worker {
    std::size_t type = 0;   ///< index into Market::types
    std::size_t place = 0;  ///< index into Market::places
    const model::Offer* offer = nullptr;
    double rate = 0;  ///< effective TFLOP/s of one node (published data: the published unit)
    std::optional<model::Speed> speed;     ///< behind the rate; nothing in a published data set
    std::optional<base::Money> spot;       ///< the offer's, where the request lets it count
    std::optional<double> flopp;           ///< spot FLOPP; nothing without a spot price
    std::optional<double> value_per_node;  ///< worth of one ideal node on spot, of a job its rate; nothing
                                           ///< where it is not defined
    std::optional<double> owned_value;     ///< the same on demand
    int min_nodes = 1;                     ///< that hold the training states together
    std::optional<double>
        epoch_seconds;  ///< one node through the workload's samples once; nothing when unknown
    std::optional<risk::RateRange> revocations;  ///< of one spot machine, an hour; nothing when unknown
    model::ScalingLaw scaling;
    ScalingBasis scaling_basis = ScalingBasis::assumed;
    double communication = 1;  ///< the law's waiting time counts so many times: not 1 only in a "what if"
    model::EffectiveNodes effective_nodes;  ///< the law, tabulated as far as any candidate goes
};

/// Whether its spot price is an estimate.
bool is_estimate(const Worker& worker);

/// Why a type cannot be a worker.
enum class LeftOutCause {
    memory,    ///< the training states fit in no allowed number of them
    arm_host,  ///< the request asks for x86
};

/// A type that cannot be a worker for this request, and why ("4 GiB of accelerator memory, 12.1 GiB needed").
struct LeftOut {
    std::string provider;  ///< empty for a published data set
    std::string type;
    std::string reason;
    LeftOutCause cause = LeftOutCause::memory;

    bool operator==(const LeftOut&) const = default;
};

/// At most so many machines, and what says so.
struct MachineLimit {
    Limit limit = Limit::cluster_ceiling;
    int machines = 0;
};

/// What the memory rule asks of remote nodes, in GiB.
struct MemoryRule {
    double needed = 0;      ///< checkpoints held at once
    double per_remote = 0;  ///< memory of one remote node
    bool adds_up = true;    ///< corrected: nodes share the load; published: every one holds it all
};

/// What `remotes` nodes can hold: 80 % of their memory by the corrected rule.
double usable_memory_gib(const MemoryRule& rule, int remotes);

/// vCPUs of the spot machines of two types that share a quota, and what says so.
struct VcpuLimit {
    Limit limit = Limit::spot_quota;
    int vcpus = 0;
    int per_first = 0;  ///< vCPUs of one machine of the first type, 0 where it is of another quota class
    int per_other = 0;
};

/// How many machines of each role.
struct Counts {
    int nodes = 0;    ///< that compute, of both types
    int remotes = 0;  ///< remote nodes or parameter servers
    int others = 0;   ///< of the nodes those of the second type

    bool operator==(const Counts&) const = default;
};

/// Counts that are worth more than all cheaper ones of the same candidate.
struct Choice {
    Counts counts;  ///< with the fewest remote nodes where these follow from the nodes
    base::Money price;
    double worth = 0;       ///< as Plan::worth
    double efficiency = 0;  ///< as efficiency()
};

/// One architecture with its machines chosen; only their counts are open. Price, in exact money, is
/// fixed + n per_node + m per_remote + o per_other.
struct Candidate {
    Architecture architecture = Architecture::single_anchor;
    std::size_t worker = 0;             ///< index into Problem::workers
    std::optional<std::size_t> other;   ///< index into Problem::workers: the second type that computes
    std::optional<std::size_t> remote;  ///< index into Market::types
    bool remotes_follow = false;        ///< as many as network and memory ask; else their number is a choice
    base::Money fixed;
    base::Money per_node;
    base::Money per_remote;
    base::Money per_other;  ///< what a machine of the second type costs more than one of the first
    int min_nodes = 1;
    int max_nodes = 0;            ///< the tightest of node_limits
    std::vector<Choice> choices;  ///< within all limits but the budget; price and worth both rise
    int min_remotes = 0;          ///< memory rule
    int max_remotes = 0;          ///< the tightest of remote_limits
    double saturation = std::numeric_limits<double>::infinity();  ///< n < m saturation
    std::vector<MachineLimit> node_limits;                        ///< on nodes
    std::vector<MachineLimit> remote_limits;                      ///< on remote nodes
    std::vector<VcpuLimit> vcpu_limits;                           ///< on the spot machines of both types
    MemoryRule memory;
    double least_efficiency = 0;  ///< effective nodes a node
    bool outdone = false;         ///< whatever the budget, others are told: its choices are not worked out
};

/// Tells one problem from every other of this run, its copies included.
class Identity {
  public:
    Identity();
    Identity(const Identity&) : Identity() {}
    Identity& operator=(const Identity&) { return *this; }
    std::uint64_t number() const { return number_; }

  private:
    std::uint64_t number_;
};

/// From a budget on another plan is the answer: of all that cost no more, none is worth a ten-thousandth
/// more, or in a published data set more at all. A value of the table that bounds are read from; that it is
/// so, lp_solve is asked where it is the answer.
struct Step {
    std::size_t candidate = 0;  ///< index into Problem::candidates
    std::size_t choice = 0;     ///< index into its choices
    base::Money price;          ///< the budget
    double worth = 0;
};

/// Immutable once made; safe to read from any thread.
struct Problem {
    Identity identity;
    std::shared_ptr<const model::Market> market;
    Request request;
    std::shared_ptr<const model::WorkloadProfile> workload;  ///< the one that the request names
    std::vector<Worker> workers;
    std::vector<Candidate>
        candidates;  ///< by architecture in the request's order, then in catalog order;
                     ///< without those that can never be among the request's top plans: of
                     ///< the same machines in several places those that another place beats
    std::map<Architecture, std::pair<std::size_t, std::size_t>>
        ranges;  ///< of each architecture the first of its candidates and the one behind its last
    std::map<Architecture, std::vector<std::size_t>>
        contenders;  ///< of each architecture the candidates that are not outdone, in their order
    std::map<Architecture, std::vector<Step>> steps;  ///< of each architecture, price and worth both rise
    std::vector<Step> overall_steps;                  ///< of all of them
    std::vector<Candidate> policy_candidates;         ///< single-anchor clusters of every spot type, for the
                                                      ///< policies; in the places that they can come to
    std::vector<LeftOut> left_out;
    std::optional<double>
        fastest_hours;  ///< job objectives: the least expected hours of any cluster, whatever
                        ///< its price and the deadline; nothing where none finishes
    std::shared_ptr<const Problem> no_scale;  ///< the same, believing E(n) = n; nothing in that one itself
    std::optional<base::Money> asked_at;      ///< the one budget that problem_at() was asked at
};

/// What the counts do together of what each of their nodes would do alone, (0, 1].
double efficiency(const Problem& problem, const Candidate& candidate, Counts counts);

/// By how much of itself an efficiency may miss the least one: rounding.
inline constexpr double rounding_of_efficiency = 1e-12;

/// Whether that is as much as the candidate has to have.
bool efficient(const Problem& problem, const Candidate& candidate, Counts counts);

/// The law that a worker has where nothing was measured or published: from its network and the workload.
model::ScalingLaw assumed_law(const Problem& problem, const Worker& worker);

/// E(nodes) if the machines had no fabric but TCP; nothing where the law is not made of the network.
std::optional<double> effective_nodes_by_tcp(const Problem& problem, const Worker& worker, int nodes);

/// E(nodes) of a worker, beyond its table, too.
double effective_nodes(const Worker& worker, int nodes);

/// The next counts that are worth more than these so that it counts, even beyond the candidate's limits;
/// nothing when none are for as many nodes again as a cluster may have.
std::optional<Counts> next_counts(const Problem& problem, const Candidate& candidate, Counts counts);

/// The candidate that a plan of this problem belongs to; null for a plan of another problem, and for a
/// policy's where it is not among the candidates.
const Candidate* candidate_of(const Problem& problem, const Plan& plan);

/// The counts of a plan.
Counts counts_of(const Plan& plan);

/// The candidate's plan with these counts, which must be possible, without a word on its limits.
Plan plain_plan(const Problem& problem, const Candidate& candidate, Counts counts);

/// The candidate's plan with these counts, which must be possible, and what keeps it from growing at
/// `budget`.
Plan make_plan(const Problem& problem, const Candidate& candidate, Counts counts, base::Money budget);

/// Of Plan::objective: "FLOP/$", "TFLOP/s" ("published units" in a published data set), "USD" or "hours".
std::string_view objective_unit(const Problem& problem);

/// The workload of the request.
const model::WorkloadProfile& workload_of(const Problem& problem);

class KeptParts;

/// Checks the request and tabulates. Refuses unknown workloads, numbers out of range, an empty choice of
/// architectures, and the published preset on anything but a published data set. Looks at `stop` for every
/// place and every type (`cancelled`). Parts that `kept` has are taken from it, and it is given the others:
/// the problem is the same with and without.
base::Result<std::shared_ptr<const Problem>> make_problem(std::shared_ptr<const model::Market> market,
                                                          Request request, const std::stop_token& stop = {},
                                                          KeptParts* kept = nullptr);

/// Which candidates are looked at; all where it is empty.
using Filter = std::function<bool(const Problem&, const Candidate&)>;

/// The same for one question, which is the best plan at `budget` of the candidates that `only` names: choices
/// that cost more are there of its candidate alone, and nothing is that policies or words about other budgets
/// ask for. A fraction of the time, for who changes the request a dozen times.
base::Result<std::shared_ptr<const Problem>> problem_at(std::shared_ptr<const model::Market> market,
                                                        Request request, base::Money budget,
                                                        const Filter& only = {},
                                                        const std::stop_token& stop = {});

}  // namespace deepvm::problem
