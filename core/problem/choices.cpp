// SPDX-License-Identifier: GPL-3.0-or-later
// A mixture or a cluster with servers has thousands of counts, of which dozens are worth a look: neither are
// all of them sorted, nor is the job worked out on all of them.
#include "problem/choices.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "problem/architectures/architecture.h"
#include "problem/bounds.h"
#include "problem/contest/job_of_candidate.h"
#include "problem/worth.h"

namespace deepvm::problem {
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

double fastest_below(double fastest, JobOfCandidate& job, const std::vector<Possible>& possible) {
    constexpr double unasked = std::numeric_limits<double>::infinity();  // no deadline counts
    std::vector<const Possible*> faster;
    for (const Possible& each : possible)
        if (job.least_hours(each.together) < fastest) faster.push_back(&each);
    const auto slower = [](const Possible* a, const Possible* b) { return a->together < b->together; };
    std::make_heap(faster.begin(), faster.end(), slower);
    for (; !faster.empty() && job.least_hours(faster.front()->together) < fastest; faster.pop_back()) {
        fastest = std::min(fastest, job.on(faster.front()->choice.counts, unasked).expected_hours);
        std::pop_heap(faster.begin(), faster.end(), slower);
    }
    return fastest;
}

// Prices with what they are worth at least: of a job a few counts are worked out at once, for most of the
// thousands that follow promise no more than one of these that costs no more.
class Known {
  public:
    double most_up_to(base::Money hourly) const {
        const auto dearer =
            std::ranges::upper_bound(known_, hourly, {}, &std::pair<base::Money, double>::first);
        return dearer == known_.begin() ? 0 : std::prev(dearer)->second;
    }
    void add(base::Money hourly, double worth) {
        if (!(worth > most_up_to(hourly))) return;
        const auto at = std::ranges::lower_bound(known_, hourly, {}, &std::pair<base::Money, double>::first);
        const auto more =
            std::find_if(at, known_.end(), [&](const auto& each) { return each.second > worth; });
        known_.insert(known_.erase(at, more), {hourly, worth});
    }

  private:
    std::vector<std::pair<base::Money, double>> known_;  // both rise
};

// A few counts of every size.
bool is_sample(Counts counts) {
    const auto power_of_two = [](int number) { return (number & (number - 1)) == 0; };
    return power_of_two(counts.nodes) && power_of_two(counts.remotes) && power_of_two(counts.others);
}

// Collects the counts that may be a choice; those of a job by what they promise.
class Collector {
  public:
    Collector(const Problem& problem, const Candidate& candidate, double fastest,
              std::vector<Possible>& possible)
        : problem_(problem),
          candidate_(candidate),
          rules_(rules(candidate.architecture)),
          each_(node_worth(problem, candidate)),
          least_(candidate.least_efficiency * (1 - rounding_of_efficiency)),
          fastest_(fastest),
          job_(problem, candidate, each_),
          possible_(possible) {
        possible_.clear();
    }

    void collect() {
        if (!is_of_job(problem_.request.objective))
            rules_.visit_promising(problem_, candidate_, each_, [this](Counts counts, double together) {
                if (const auto own = look_at(counts, together)) possible_.push_back(*own);
                return true;
            });
        else if (candidate_.other)
            collect_rows();
        else
            collect_job(candidate_);
    }

    JobOfCandidate& job() { return job_; }

  private:
    std::optional<Possible> look_at(Counts counts, double together) const {
        if (!(together > 0) || !fits(candidate_, counts, {}, Limit::budget)) return std::nullopt;
        const double share = together / ideal(counts, each_, rules_.anchors());
        if (share < least_) return std::nullopt;
        const auto hourly = price(candidate_, counts);
        if (problem_.asked_at && hourly > *problem_.asked_at) return std::nullopt;
        return Possible{{counts, hourly, together, share}, together};
    }

    void collect_job(const Candidate& part) {
        rules_.visit(problem_, part, each_, [this](Counts counts, double together) {
            const auto hourly = price(candidate_, counts);
            const double bound = job_.bound(hourly, together);
            const double most = known_.most_up_to(hourly);
            if (bound <= most && job_.least_hours(together) >= fastest_) return true;
            auto own = look_at(counts, together);
            if (!own) return true;
            own->choice.worth = bound;
            if (bound > most && is_sample(counts)) known_.add(hourly, job_.worth_of(counts, together, most));
            possible_.push_back(*own);
            return true;
        });
    }

    // Of one number of nodes, what they do together and what they cost rise evenly with those of the second
    // type: what a job costs without its start is least at one of the ends, and so are the dollars of the
    // start.
    void collect_rows() {
        Candidate row = candidate_;
        for (int nodes = candidate_.min_nodes; nodes <= candidate_.max_nodes; ++nodes) {
            row.min_nodes = row.max_nodes = nodes;
            if (promises({nodes, 0, 1}, {nodes, 0, nodes - 1})) collect_job(row);
        }
    }

    bool promises(Counts one, Counts other) const {
        std::vector<double> none;
        const double first = rules_.together(problem_, candidate_, one, each_, none);
        const double second = rules_.together(problem_, candidate_, other, each_, none);
        const double hours = job_.least_hours(std::max(first, second));
        if (!(first > 0) || !(second > 0) || hours < fastest_) return true;
        const auto cheaper = std::min(price(candidate_, one), price(candidate_, other));
        constexpr double rounding = 1e-12;
        double bound = 1 / hours;
        if (problem_.request.objective == Objective::job_cost)
            bound = 1 / (std::min(price(candidate_, one).usd() * job_.useful_hours(first),
                                  price(candidate_, other).usd() * job_.useful_hours(second)) +
                         cheaper.usd() * job_.start_hours());
        return bound * (1 + rounding) > known_.most_up_to(cheaper);
    }

    const Problem& problem_;
    const Candidate& candidate_;
    const ArchitectureRules& rules_;
    NodeWorth each_;
    double least_;
    double fastest_;
    JobOfCandidate job_;
    Known known_;
    std::vector<Possible>& possible_;
};

}  // namespace

namespace {

// Lowers the most machines of a candidate to what a budget could pay at the most; gives them back at the end.
class WithinBudget {
  public:
    WithinBudget(Candidate& candidate, std::optional<base::Money> budget)
        : candidate_(candidate), nodes_(candidate.max_nodes), remotes_(candidate.max_remotes) {
        if (!budget) return;
        const auto cheapest = std::min(candidate.per_node, candidate.per_node + candidate.per_other);
        lower(candidate.max_nodes, *budget - candidate.fixed - candidate.min_remotes * candidate.per_remote,
              cheapest);
        if (candidate.remote)
            lower(candidate.max_remotes, *budget - candidate.fixed - candidate.min_nodes * cheapest,
                  candidate.per_remote);
    }
    ~WithinBudget() {
        candidate_.max_nodes = nodes_;
        candidate_.max_remotes = remotes_;
    }
    WithinBudget(const WithinBudget&) = delete;
    WithinBudget& operator=(const WithinBudget&) = delete;

  private:
    static void lower(int& machines, base::Money left, base::Money each) {
        if (each.micro() <= 0) return;
        const auto payable = left < each ? 0 : left.micro() / each.micro();
        machines = static_cast<int>(std::min<std::int64_t>(machines, payable));
    }

    Candidate& candidate_;
    int nodes_;
    int remotes_;
};

}  // namespace

double find_choices(const Problem& problem, Candidate& candidate, double fastest) {
    const WithinBudget within(candidate, problem.asked_at);
    thread_local std::vector<Possible> possible;  // kept, as thousands of candidates follow each other
    Collector collector(problem, candidate, fastest, possible);
    collector.collect();
    if (!is_of_job(problem.request.objective)) {
        candidate.choices = rising(possible, [](const Possible& of, double) { return of.together; });
        return fastest;
    }
    auto& job = collector.job();
    candidate.choices = rising(possible, [&](const Possible& of, double above) {
        return job.worth_of(of.choice.counts, of.together, above);
    });
    return fastest_below(fastest, job, possible);
}

}  // namespace deepvm::problem
