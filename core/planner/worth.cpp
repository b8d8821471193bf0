// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/worth.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "planner/architecture.h"
#include "planner/bounds.h"
#include "planner/plan_run.h"

namespace deepvm::planner {
namespace {

NodeWorth each(const Problem& problem, const Candidate& candidate) {
    const double other = candidate.other ? *problem.workers[*candidate.other].value_per_node : 0;
    return {*problem.workers[candidate.worker].value_per_node, other};
}

// The job on one candidate: what does not depend on the counts worked out once.
class JobWorth {
  public:
    JobWorth(const Problem& problem, const Candidate& candidate)
        : problem_(problem),
          candidate_(candidate),
          rules_(rules(candidate.architecture)),
          epochs_(job_epochs(problem)) {}

    double operator()(Counts counts, double epochs_per_second, std::span<const double> throughputs) {
        risk::JobRun run = rules_.exposure(problem_, candidate_, counts);
        run.useful_seconds = epochs_ / epochs_per_second;
        run.throughputs = throughputs;
        const auto expected = risk::outlook(run);
        if (!expected.finishes) return 0;
        // A deadline and a budget can be moved; quotas cannot.
        if (fits(candidate_, counts, {}, Limit::budget))
            fastest_hours_ = std::min(fastest_hours_, expected.expected_hours);
        const Request& request = problem_.request;
        if (request.job.deadline_hours &&
            risk::done_within(run, expected, *request.job.deadline_hours) < request.job.confidence)
            return 0;
        if (request.objective == Objective::job_time) return 1 / expected.expected_hours;
        return 1 / (price(candidate_, counts).usd() * expected.expected_hours);
    }

    double fastest_hours() const { return fastest_hours_; }

  private:
    const Problem& problem_;
    const Candidate& candidate_;
    const ArchitectureRules& rules_;
    double epochs_;
    double fastest_hours_ = std::numeric_limits<double>::infinity();
};

// Of all counts those that are worth more than any that cost no more.
void keep_rising(std::vector<Choice>& choices) {
    const auto before = [](const Choice& a, const Choice& b) {
        return std::tuple(a.price, -a.worth, a.counts.nodes + a.counts.remotes, a.counts.nodes,
                          a.counts.others) < std::tuple(b.price, -b.worth, b.counts.nodes + b.counts.remotes,
                                                        b.counts.nodes, b.counts.others);
    };
    if (!std::is_sorted(choices.begin(), choices.end(), before))
        std::sort(choices.begin(), choices.end(), before);
    double most = 0;
    std::erase_if(choices, [&most](const Choice& choice) {
        if (!worth_more(choice.worth, most)) return true;
        most = choice.worth;
        return false;
    });
    choices.shrink_to_fit();
}

}  // namespace

double job_epochs(const Problem& problem) {
    const Job& job = problem.request.job;
    const auto& workload = workload_of(problem);
    if (!job.amount) return workload.epochs;
    const auto samples = static_cast<double>(workload.samples_per_epoch);
    switch (job.unit) {
        case JobUnit::epochs:
            break;
        case JobUnit::samples:
            return *job.amount / samples;
        case JobUnit::flop:
            return *job.amount / (samples * workload.flop_per_sample);
    }
    return *job.amount;
}

double objective_of(Objective objective, double worth) {
    if (!is_of_job(objective)) return worth;
    return worth > 0 ? 1 / worth : std::numeric_limits<double>::infinity();
}

bool worth_more(double worth, double than) {
    constexpr double rounding = 1e-12;
    return worth > than * (1 + rounding);
}

double worth(const Problem& problem, const Candidate& candidate, Counts counts) {
    std::vector<double> throughputs;
    const double together = rules(candidate.architecture)
                                .together(problem, candidate, counts, each(problem, candidate), throughputs);
    if (is_of_job(problem.request.objective))
        return JobWorth(problem, candidate)(counts, together, throughputs);
    return together;
}

double find_choices(const Problem& problem, Candidate& candidate) {
    candidate.choices.clear();
    const auto& of = rules(candidate.architecture);
    const NodeWorth node = each(problem, candidate);
    const auto take = [&candidate](Counts counts, double worth) {
        if (worth > 0 && fits(candidate, counts, {}, Limit::budget))
            candidate.choices.push_back({counts, price(candidate, counts), worth});
    };
    double fastest = 0;
    if (is_of_job(problem.request.objective)) {
        JobWorth job(problem, candidate);
        of.visit(problem, candidate, node,
                 [&](Counts counts, double together, std::span<const double> throughputs) {
                     take(counts, job(counts, together, throughputs));
                 });
        fastest = job.fastest_hours();
    } else {
        of.visit(problem, candidate, node,
                 [&](Counts counts, double together, std::span<const double>) { take(counts, together); });
    }
    keep_rising(candidate.choices);
    return fastest;
}

JobOutlook job_outlook(const Problem& problem, const Candidate& candidate, Counts counts) {
    const KnownRun known = known_run(problem, candidate, counts);
    const risk::JobRun run = known.run.view();
    JobOutlook outlook;
    outlook.unknown = known.unknown;
    if (known.time) outlook.fault_free_hours = run.useful_seconds / 3600;
    if (known.rates) outlook.revocations_per_hour = run.revocations_per_hour;
    if (!known.unknown.empty()) return outlook;
    outlook.expected = risk::outlook(run);
    if (!outlook.expected->finishes) return outlook;
    outlook.expected_usd = price(candidate, counts).usd() * outlook.expected->expected_hours;
    if (problem.request.job.deadline_hours)
        outlook.done_by_deadline =
            risk::done_within(run, *outlook.expected, *problem.request.job.deadline_hours);
    return outlook;
}

}  // namespace deepvm::planner
