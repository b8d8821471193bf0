// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/contest/contenders.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "problem/bounds.h"
#include "problem/contest/envelope.h"
#include "problem/contest/in_parallel.h"
#include "problem/contest/job_of_candidate.h"

namespace deepvm::problem {
namespace {

// Answers differ from 1 + 1e-4 on: of those that do not, the cheaper is told.
constexpr double margin = 1 + 2e-4;

// The machines of a list are told apart by their types.
std::uint64_t kind_of(const Problem& problem, const Candidate& candidate) {
    const auto other = candidate.other ? problem.workers[*candidate.other].type + 1 : 0;
    return (static_cast<std::uint64_t>(problem.workers[candidate.worker].type) << 32) + other;
}

// Counts are noted for all kinds together and, where the kind has candidates that differ in their remote
// nodes or in their place, for it alone.
struct Noted {
    Envelope& all;
    Envelope* kind;

    double least(std::size_t step) const {
        const double least = all.least_to_note(step);
        return kind ? std::min(least, kind->least_to_note(step)) : least;
    }
    void note(base::Money price, double worth, std::uint64_t of) const {
        all.note(price, worth, of);
        if (kind) kind->note(price, worth, of);
    }
};

// What others reach for less: the best of the same kind is told, and of the kinds the best.
struct Reached {
    const Envelope& all;
    const Envelope* kind;

    double before(std::size_t step) const {
        const double reached = all.reached_before(step);
        return kind ? std::max(reached, kind->reached_before(step)) : reached;
    }
};

// A candidate beside what others reach.
class Contest {
  public:
    Contest(const Problem& problem, const Candidate& candidate)
        : problem_(problem),
          candidate_(candidate),
          rules_(rules(candidate.architecture)),
          each_(node_worth(problem, candidate)),
          of_job_(is_of_job(problem.request.objective)),
          job_(problem, candidate, each_) {}

    /// Notes what the candidate is worth at the ends of its rows.
    void note(Noted noted) {
        rules_.visit_rows(problem_, candidate_, each_, [&](const Row& row) {
            note(noted, row.low, row.together_at_low, row.counts_at_low);
            if (row.counts_at_high != row.counts_at_low)
                note(noted, row.high, row.together_at_high, row.counts_at_high);
            return true;
        });
    }

    /// Whether it may be worth as much as they somewhere.
    bool contends(const Reached& reached) {
        bool any = false;
        rules_.visit_rows(problem_, candidate_, each_, [&](const Row& row) {
            any = contends(reached, row);
            most_ = std::max({most_, row.together_at_low, row.together_at_high});
            return !any;
        });
        return any;
    }

    /// No counts finish the job in less; of a candidate that has been found not to contend.
    double least_hours() const {
        constexpr double rounding = 1e-9;
        return most_ > 0 ? job_.least_hours(most_) * (1 - rounding) : std::numeric_limits<double>::infinity();
    }

  private:
    double bound(base::Money price, double together) const {
        if (!(together > 0)) return 0;
        return of_job_ ? job_.bound(price, together) : together;
    }

    void note(Noted noted, base::Money price, double together_at_most, Counts counts) {
        const double least = noted.least(PriceSteps::of(price));
        if (bound(price, together_at_most) <= least || !fits(candidate_, counts, {}, Limit::budget)) return;
        const double together = rules_.together(problem_, candidate_, counts, each_, throughputs_);
        const double ideal = (counts.nodes - counts.others - rules_.anchors()) * each_.first +
                             rules_.anchors() * each_.anchor + counts.others * each_.other;
        if (!(together > 0) || together < candidate_.least_efficiency * ideal) return;
        const double worth = of_job_ ? job_.worth_of(counts, together, least) : together;
        if (worth > least) noted.note(price, worth, kind_of(problem_, candidate_));
    }

    bool contends(const Reached& reached, const Row& row) const {
        const auto first = PriceSteps::of(row.low);
        if (row.low == row.high) {
            const double most = std::max(row.together_at_low, row.together_at_high);
            return reaches(reached.before(first), row.low, most);
        }
        const double slope =
            (row.together_at_high - row.together_at_low) / static_cast<double>((row.high - row.low).micro());
        return contends(reached, row, slope, first, PriceSteps::of(row.high));
    }

    // By halves: most rows are below as a whole.
    bool contends(const Reached& reached, const Row& row, double slope, std::size_t first,
                  std::size_t last) const {
        const auto from = std::max(row.low, PriceSteps::first(first));
        const auto to = std::min(row.high, PriceSteps::first(last + 1));
        const auto together = [&](base::Money price) {
            return row.together_at_low + slope * static_cast<double>((price - row.low).micro());
        };
        if (!reaches(reached.before(first), from, std::max(together(from), together(to)))) return false;
        if (first == last) return true;
        const auto middle = first + (last - first) / 2;
        return contends(reached, row, slope, first, middle) ||
               contends(reached, row, slope, middle + 1, last);
    }

    bool reaches(double reached, base::Money from, double together) const {
        return bound(from, together) * margin >= reached;
    }

    const Problem& problem_;
    const Candidate& candidate_;
    const ArchitectureRules& rules_;
    NodeWorth each_;
    bool of_job_;
    JobOfCandidate job_;
    double most_ = 0;  // together
    std::vector<double> throughputs_;
};

// The candidates of one architecture.
class Field {
  public:
    Field(Problem& problem, std::pair<std::size_t, std::size_t> range)
        : problem_(problem), range_(range), all_(depth()) {
        std::map<std::uint64_t, std::vector<std::size_t>> kinds;
        for (auto i = range.first; i < range.second; ++i)
            kinds[kind_of(problem, problem.candidates[i])].push_back(i);
        for (auto& [kind, members] : kinds) {
            // Thousands of kinds of a few members each would take longer than they spare.
            const bool many = members.size() > 8;
            kinds_.push_back({std::move(members), many ? std::optional<Envelope>(1) : std::nullopt});
        }
    }

    void note(const std::stop_token& stop) {
        std::vector<Envelope> of_thread(threads_for(kinds_.size()), Envelope(depth()));
        std::vector<std::size_t> noted(of_thread.size());
        in_parallel(kinds_.size(), of_thread.size(), [&](std::size_t kind, std::size_t thread) {
            note(kinds_[kind], of_thread[thread], noted[thread], stop);
        });
        for (const Envelope& each : of_thread)
            all_.note(each);
        all_.settle();
    }

    void judge(std::vector<double>& least_hours, const std::stop_token& stop) {
        in_parallel(kinds_.size(), threads_for(kinds_.size()), [&](std::size_t kind, std::size_t) {
            const Reached reached{all_, kinds_[kind].best ? &*kinds_[kind].best : nullptr};
            for (const auto i : kinds_[kind].members) {
                if (stop.stop_requested()) return;
                Contest contest(problem_, problem_.candidates[i]);
                problem_.candidates[i].outdone = !contest.contends(reached);
                least_hours[i] = contest.least_hours();
            }
        });
    }

  private:
    struct Kind {
        std::vector<std::size_t> members;
        std::optional<Envelope> best;  // of its members
    };

    // The plans that are told, and one: how much better these are than any other is told, too.
    std::size_t depth() const { return static_cast<std::size_t>(problem_.request.top) + 1; }

    void note(Kind& kind, Envelope& all, std::size_t& noted, const std::stop_token& stop) const {
        // Settled now and then, so that of those that follow little is worked out.
        const auto is_time = [](std::size_t number, std::size_t often) {
            return number % often == 0 || (number & (number - 1)) == 0;
        };
        std::size_t own = 0;
        for (const auto i : kind.members) {
            if (stop.stop_requested()) return;
            Contest(problem_, problem_.candidates[i]).note({all, kind.best ? &*kind.best : nullptr});
            if (is_time(++noted, 256)) all.settle();
            if (kind.best && is_time(++own, 32)) kind.best->settle();
        }
        if (kind.best) kind.best->settle();
    }

    Problem& problem_;
    std::pair<std::size_t, std::size_t> range_;
    std::vector<Kind> kinds_;
    Envelope all_;
};

}  // namespace

bool find_contenders(Problem& problem, const KnownParts& known, std::vector<double>& least_hours,
                     const std::stop_token& stop) {
    least_hours.assign(problem.candidates.size(), 0);
    for (const auto& [architecture, range] : problem.ranges) {
        if (problem.market->kind != model::MarketKind::published && !problem.asked_at &&
            !known.has(architecture)) {
            Field field(problem, range);
            field.note(stop);
            field.judge(least_hours, stop);
        }
        auto& contenders = problem.contenders[architecture];
        contenders.clear();
        for (auto i = range.first; i < range.second; ++i)
            if (!problem.candidates[i].outdone) contenders.push_back(i);
    }
    return !stop.stop_requested();
}

}  // namespace deepvm::problem
