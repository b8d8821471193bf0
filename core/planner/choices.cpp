// SPDX-License-Identifier: GPL-3.0-or-later
// A mixture or a cluster with servers has thousands of counts, of which dozens are worth a look: neither are
// all of them sorted, nor is the job worked out on all of them.
#include "planner/choices.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "planner/architecture.h"
#include "planner/bounds.h"
#include "planner/worth.h"

namespace deepvm::planner {
namespace {

// What the nodes would be worth if none waited for another.
double ideal(Counts counts, NodeWorth each, int anchors) {
    return (counts.nodes - counts.others - anchors) * each.first + anchors * each.anchor +
           counts.others * each.other;
}

struct Possible {
    Choice choice;        ///< of a job, its worth is a bound: without checkpoints and revocations
    double together = 0;  ///< of a job epochs a second, else the worth
};

bool before(const Choice& a, const Choice& b) {
    const auto key = [](const Choice& choice) {
        return std::tuple(choice.price, -choice.worth, choice.counts.nodes + choice.counts.remotes,
                          choice.counts.nodes, choice.counts.others);
    };
    return key(a) < key(b);
}

// Calls `take` with parts of `possible` that follow each other in price; none is in order within. Counts of
// one price are in one part.
template <typename Take>
void in_parts_by_price(std::vector<Possible>& possible, Take take) {
    constexpr std::size_t parts = 256;
    if (possible.size() < parts) return take(std::span(possible));
    const auto [least, most] = std::minmax_element(
        possible.begin(), possible.end(),
        [](const Possible& a, const Possible& b) { return a.choice.price < b.choice.price; });
    const auto from = least->choice.price.micro();
    const double width = static_cast<double>(most->choice.price.micro() - from + 1) / parts;
    const auto part_of = [&](const Possible& each) {
        const auto part =
            static_cast<std::size_t>(static_cast<double>(each.choice.price.micro() - from) / width);
        return std::min(part, parts - 1);
    };
    std::vector<std::size_t> ends(parts, 0);
    for (const Possible& each : possible)
        ++ends[part_of(each)];
    for (std::size_t part = 1; part < parts; ++part)
        ends[part] += ends[part - 1];
    std::vector<Possible> ordered(possible.size());
    auto next = ends;
    for (const Possible& each : possible)
        ordered[--next[part_of(each)]] = each;
    for (std::size_t part = 0; part < parts; ++part)
        take(std::span(ordered).subspan(next[part], ends[part] - next[part]));
}

// `exact` is the worth of one whose bound is higher than what cheaper ones are worth; what is no more than
// the best so far need not be told from nothing.
template <typename Exact>
std::vector<Choice> rising(std::vector<Possible>& possible, Exact exact) {
    std::vector<Choice> kept;
    double most = 0;
    in_parts_by_price(possible, [&](std::span<Possible> part) {
        const auto promising = std::partition(part.begin(), part.end(),
                                              [&](const Possible& each) { return each.choice.worth > most; });
        std::sort(part.begin(), promising,
                  [](const Possible& a, const Possible& b) { return before(a.choice, b.choice); });
        for (auto each = part.begin(); each != promising;) {
            Choice best = each->choice;
            best.worth = 0;
            for (const auto price = best.price; each != promising && each->choice.price == price; ++each) {
                if (each->choice.worth <= most) continue;
                Choice own = each->choice;
                own.worth = exact(*each, most);
                if (before(own, best)) best = own;
            }
            if (!worth_more(best.worth, most)) continue;
            most = best.worth;
            kept.push_back(best);
        }
    });
    kept.shrink_to_fit();
    return kept;
}

// What revocations and checkpoints make of a job is never faster than the job alone.
class JobOfCandidate {
  public:
    JobOfCandidate(const Problem& problem, const Candidate& candidate, NodeWorth each)
        : problem_(problem), candidate_(candidate), each_(each), epochs_(job_epochs(problem)) {
        const Job& job = problem.request.job;
        if (job.deadline_hours)
            longest_hours_ = risk::longest_in_time_hours(*job.deadline_hours, doubt_of(problem, candidate),
                                                         job.confidence) *
                             (1 + 1e-9);
    }

    double useful_hours(double epochs_per_second) const { return epochs_ / epochs_per_second / 3600; }

    /// What is surely late is not worked out.
    double worth_of(const Possible& of, double above) {
        return useful_hours(of.together) > longest_hours_ ? 0 : on(of.choice.counts, above).worth;
    }

    JobWorth on(Counts counts, double above) {
        const double together =
            rules(candidate_.architecture).together(problem_, candidate_, counts, each_, throughputs_);
        return job_worth(problem_, candidate_, counts, together, throughputs_, above);
    }

    double fastest_below(double fastest, const std::vector<Possible>& possible) {
        constexpr double unasked = std::numeric_limits<double>::infinity();  // no deadline counts
        std::vector<const Possible*> faster;
        for (const Possible& each : possible)
            if (useful_hours(each.together) < fastest) faster.push_back(&each);
        const auto slower = [](const Possible* a, const Possible* b) { return a->together < b->together; };
        std::make_heap(faster.begin(), faster.end(), slower);
        for (; !faster.empty() && useful_hours(faster.front()->together) < fastest; faster.pop_back()) {
            fastest = std::min(fastest, on(faster.front()->choice.counts, unasked).expected_hours);
            std::pop_heap(faster.begin(), faster.end(), slower);
        }
        return fastest;
    }

  private:
    const Problem& problem_;
    const Candidate& candidate_;
    NodeWorth each_;
    double epochs_;
    double longest_hours_ = std::numeric_limits<double>::infinity();  // by the deadline
    std::vector<double> throughputs_;
};

}  // namespace

double find_choices(const Problem& problem, Candidate& candidate, double fastest) {
    const NodeWorth each = node_worth(problem, candidate);
    const Objective objective = problem.request.objective;
    const double least = candidate.least_efficiency * (1 - rounding_of_efficiency);
    const int anchors = rules(candidate.architecture).anchors();
    JobOfCandidate job(problem, candidate, each);
    thread_local std::vector<Possible> possible;  // kept, as thousands of candidates follow each other
    possible.clear();
    const auto take = [&](Counts counts, double together) {
        if (!(together > 0) || !fits(candidate, counts, {}, Limit::budget)) return true;
        const double share = together / ideal(counts, each, anchors);
        if (share < least) return true;
        const auto hourly = price(candidate, counts);
        double bound = together;
        if (objective == Objective::job_time) bound = 1 / job.useful_hours(together);
        if (objective == Objective::job_cost) bound = 1 / (hourly.usd() * job.useful_hours(together));
        possible.push_back({{counts, hourly, bound, share}, together});
        return true;
    };
    if (!is_of_job(objective)) {
        rules(candidate.architecture).visit_promising(problem, candidate, each, take);
        candidate.choices = rising(possible, [](const Possible& of, double) { return of.together; });
        return fastest;
    }
    rules(candidate.architecture).visit(problem, candidate, each, take);
    candidate.choices =
        rising(possible, [&](const Possible& of, double above) { return job.worth_of(of, above); });
    return job.fastest_below(fastest, possible);
}

}  // namespace deepvm::planner
