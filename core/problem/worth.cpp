// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/worth.h"

#include <cmath>
#include <limits>

#include "model/statistics.h"
#include "problem/bounds.h"
#include "problem/plan_run.h"

namespace deepvm::problem {
double job_epochs(const Problem& problem) {
    return job_epochs(workload_of(problem), problem.request.job);
}

double objective_of(Objective objective, double worth) {
    if (!is_of_job(objective)) return worth;
    return worth > 0 ? 1 / worth : std::numeric_limits<double>::infinity();
}

bool worth_more(double worth, double than) {
    constexpr double rounding = 1e-12;
    return worth > than * (1 + rounding);
}

bool told_apart(const Request& request, double worth, double than) {
    constexpr double least_gain = 1e-4;
    if (request.preset == Preset::published) return worth_more(worth, than);
    return worth > than * (1 + least_gain);
}

NodeWorth node_worth(const Problem& problem, const Candidate& candidate) {
    const Worker& worker = problem.workers[candidate.worker];
    if (candidate.architecture == Architecture::on_demand)
        return {*worker.owned_value, 0, *worker.owned_value};
    const double other = candidate.other ? *problem.workers[*candidate.other].value_per_node : 0;
    return {*worker.value_per_node, other, *worker.owned_value};
}

JobWorth job_worth(const Problem& problem, const Candidate& candidate, Counts counts,
                   double epochs_per_second, std::span<const double> throughputs, double above) {
    JobWorth job;
    risk::JobRun run = rules(candidate.architecture).exposure(problem, candidate, counts);
    run.start_seconds = start_seconds(problem);
    run.useful_seconds = job_epochs(problem) / epochs_per_second;
    run.throughputs = throughputs;
    const auto expected = risk::outlook(run);
    if (!expected.finishes) return job;
    job.expected_hours = expected.expected_hours;
    const Request& request = problem.request;
    double worth = 1 / expected.expected_hours;
    if (request.objective == Objective::job_cost)
        worth = 1 / (price(candidate, counts).usd() * expected.expected_hours);
    const bool in_time =
        worth_more(worth, above) &&
        (!request.job.deadline_hours || risk::keeps(run, expected, *request.job.deadline_hours,
                                                    doubt_of(problem, candidate), request.job.confidence));
    if (in_time) job.worth = worth;
    return job;
}

double efficiency(const Problem& problem, const Candidate& candidate, Counts counts) {
    std::vector<double> unused;
    const auto& of = rules(candidate.architecture);
    const double first = problem.workers[candidate.worker].rate;
    const double other = candidate.other ? problem.workers[*candidate.other].rate : 0;
    return of.together(problem, candidate, counts, {first, other, first}, unused) /
           ((counts.nodes - counts.others) * first + counts.others * other);
}

bool efficient(const Problem& problem, const Candidate& candidate, Counts counts) {
    return candidate.least_efficiency <= 0 || efficiency(problem, candidate, counts) >=
                                                  candidate.least_efficiency * (1 - rounding_of_efficiency);
}

double worth(const Problem& problem, const Candidate& candidate, Counts counts) {
    std::vector<double> throughputs;
    const double together =
        rules(candidate.architecture)
            .together(problem, candidate, counts, node_worth(problem, candidate), throughputs);
    if (!is_of_job(problem.request.objective)) return together;
    return job_worth(problem, candidate, counts, together, throughputs).worth;
}

namespace {

// A time that is wrong stretches the steps between two checkpoints, not their number.
std::optional<Likely> likely_hours(const risk::JobRun& run, const risk::Outlook& expected, double doubt) {
    if (!(doubt > 0)) return std::nullopt;
    const auto hours = [&](double deviations) {
        risk::JobRun other = run;
        const double factor = std::exp(deviations * doubt);
        other.useful_seconds *= factor;
        const auto outlook = run.throughputs.empty()
                                 ? risk::outlook_with_checkpoints(other, expected.checkpoints)
                                 : risk::outlook(other);
        return outlook.finishes ? outlook.expected_hours : risk::longest_hours;
    };
    return Likely{hours(-model::four_in_five), hours(model::four_in_five)};
}

}  // namespace

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
    outlook.likely_hours = likely_hours(run, *outlook.expected, known.run.doubt.time);
    outlook.expected_usd = price(candidate, counts).usd() * outlook.expected->expected_hours;
    if (problem.request.job.deadline_hours)
        outlook.done_by_deadline =
            risk::done_within(run, *outlook.expected, *problem.request.job.deadline_hours, known.run.doubt);
    return outlook;
}

}  // namespace deepvm::problem
