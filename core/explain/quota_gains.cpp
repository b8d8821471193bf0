// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/quota_gains.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "planner/decision.h"
#include "planner/search.h"
#include "problem/architectures/architecture.h"
#include "problem/bounds.h"
#include "problem/candidates.h"
#include "problem/worth.h"

namespace deepvm::explain {
namespace {

using Clock = std::chrono::steady_clock;

// One limit's class and purchase.
struct Counted {
    std::string_view quota_class;
    problem::Purchase purchase;
};

using Worth = std::function<bool(double worth)>;
using Answer = std::optional<problem::Plan>;

double worth_of(const Answer& answer) {
    return answer ? answer->worth : 0;
}

// The answers to changed questions at one budget.
class Replanner {
  public:
    Replanner(const problem::Problem& problem, base::Money budget, std::stop_token stop,
              planner::Proof& proof)
        : problem_(problem), budget_(budget), stop_(std::move(stop)), proof_(proof) {}

    base::Result<Answer> best(problem::Request request) const {
        const auto changed = tabulated(std::move(request), {});
        if (!changed) return tl::unexpected(changed.error());
        planner::KeptPrograms programs;
        planner::Search search(**changed, programs, stop_);
        auto answer = search.best((*changed)->request.architectures, budget_);
        if (search.cancelled()) return cancelled();
        if (proof_.proven && !search.proof().proven) proof_.doubt = search.proof().doubt;
        proof_.proven = proof_.proven && search.proof().proven;
        proof_.programs += search.proof().programs;
        return answer;
    }

    /// What `only` could do: bounds alone, nothing is solved.
    base::Result<std::shared_ptr<const problem::Problem>> tabulated(problem::Request request,
                                                                    const problem::Filter& only) const {
        if (stop_.stop_requested()) return cancelled();
        request.top = 1;
        return problem::problem_at(problem_.market, std::move(request), budget_, only, stop_);
    }

    const problem::Problem& problem() const { return problem_; }
    base::Money budget() const { return budget_; }

  private:
    static tl::unexpected<base::Error> cancelled() {
        return base::fail(base::ErrorCode::cancelled, "planning was cancelled");
    }

    const problem::Problem& problem_;
    base::Money budget_;
    std::stop_token stop_;
    planner::Proof& proof_;
};

// Whether some choice within the budget is worth it.
bool promises(const problem::Problem& problem, base::Money budget, const Worth& worth_it) {
    return std::ranges::any_of(problem.candidates, [&](const problem::Candidate& candidate) {
        const auto fitting = affordable_choices(candidate, budget);
        return fitting > 0 && worth_it(candidate.choices[fitting - 1].worth);
    });
}

// More vCPUs than any cluster has.
int unlimited(const model::Market& market) {
    int largest = 1;
    for (const auto& type : market.types)
        largest = std::max(largest, type.vcpus);
    return (problem::largest_max_nodes + 2) * largest;
}

// Takes a limit to `vcpus`, from `unlimited` on away: machines with a limit, however high, are compared with
// care, which takes time. Under the published preset the market's limit would stand behind none.
void raise(problem::Request& request, problem::Purchase purchase, std::string_view quota_class, int vcpus,
           int unlimited) {
    auto& limits = own_quotas(request, purchase);
    const std::string named(quota_class);
    if (vcpus >= unlimited && request.preset == problem::Preset::corrected)
        limits.erase(named);
    else
        limits[named] = vcpus;
}

// vCPUs of the candidate's machines that count against the limit.
int counted_vcpus(const problem::Problem& problem, const problem::Candidate& candidate,
                  problem::Counts counts, const Counted& limit) {
    const auto each = [&](const model::InstanceType& type, problem::Purchase bought) {
        const bool counts_in =
            bought == limit.purchase && model::quota_name(*problem.market, type) == limit.quota_class;
        return counts_in ? type.vcpus : 0;
    };
    const auto& type = type_of(problem, candidate.worker);
    const int owned = candidate.architecture == problem::Architecture::on_demand
                          ? counts.nodes
                          : rules(candidate.architecture).anchors();
    int vcpus = owned * each(type, problem::Purchase::on_demand) +
                (counts.nodes - owned - counts.others) * each(type, problem::Purchase::spot);
    if (candidate.other)
        vcpus += counts.others * each(type_of(problem, *candidate.other), problem::Purchase::spot);
    if (candidate.remote)
        vcpus +=
            counts.remotes * each(problem.market->types[*candidate.remote], problem::Purchase::on_demand);
    return vcpus;
}

// Whether machines of the candidate count against the limit.
bool is_counted(const problem::Problem& problem, const problem::Candidate& candidate, const Counted& limit) {
    const problem::Counts one_of_each{3, candidate.remote ? 1 : 0, candidate.other ? 1 : 0};
    return counted_vcpus(problem, candidate, one_of_each, limit) > 0;
}

// The fewest vCPUs of a limit with which some choice within the budget is worth it. Choices that are worth
// less than a cheaper one with more vCPUs are not there, so it is a guess, mostly right.
int guess_of(const problem::Problem& free, base::Money budget, const Counted& limit, const Worth& worth_it) {
    int fewest = std::numeric_limits<int>::max();
    for (const auto& candidate : free.candidates)
        for (const auto& choice : candidate.choices) {
            if (choice.price > budget) break;
            if (worth_it(choice.worth))
                fewest = std::min(fewest, counted_vcpus(free, candidate, choice.counts, limit));
        }
    return fewest;
}

// The answers to one limit at different heights. No cluster without machines that count against it is worth
// more than at its lowest: whether a height can be enough, bounds on those with such machines tell mostly.
class RaisedLimit {
  public:
    /// From `none` vCPUs on there is no limit.
    RaisedLimit(const Replanner& replanner, const Counted& limit, int none)
        : replanner_(replanner), limit_(limit), none_(none) {}

    const base::Result<Answer>& at(int vcpus) {
        const auto known = answers_.find(vcpus);
        if (known != answers_.end()) return known->second;
        auto request = replanner_.problem().request;
        raise(request, limit_.purchase, limit_.quota_class, vcpus, none_);
        return answers_.emplace(vcpus, replanner_.best(std::move(request))).first->second;
    }

    /// The clusters with machines that count against it, at a height.
    base::Result<std::shared_ptr<const problem::Problem>> counted_at(int vcpus) const {
        auto request = replanner_.problem().request;
        own_quotas(request, limit_.purchase)[std::string(limit_.quota_class)] = vcpus;
        return replanner_.tabulated(
            std::move(request), [this](const problem::Problem& problem, const problem::Candidate& candidate) {
                return is_counted(problem, candidate, limit_);
            });
    }

    /// The fewest vCPUs in (below, enough] whose answer is worth it, which that of `enough` is and that of
    /// `below` is not: a guess from the clusters without the limit, the number below it, and then halves.
    base::Result<int> fewest(int below, int enough, const problem::Problem& free, const Worth& worth_it) {
        const bool always = promises(replanner_.problem(), replanner_.budget(), worth_it);
        int tried = guess_of(free, replanner_.budget(), limit_, worth_it);
        for (bool guessed = true; enough - below > 1; guessed = false) {
            if (tried <= below || tried >= enough) tried = below + (enough - below) / 2;
            const auto is = always || guessed ? answered(tried, worth_it) : is_enough(tried, worth_it);
            if (!is) return tl::unexpected(is.error());
            (*is ? enough : below) = tried;
            tried = *is && guessed ? tried - 1 : below + (enough - below) / 2;
        }
        return enough;
    }

  private:
    base::Result<bool> answered(int vcpus, const Worth& worth_it) {
        const auto& found = at(vcpus);
        if (!found) return tl::unexpected(found.error());
        return worth_it(worth_of(*found));
    }
    base::Result<bool> is_enough(int vcpus, const Worth& worth_it) {
        const auto counted = counted_at(vcpus);
        if (!counted) return tl::unexpected(counted.error());
        if (!promises(**counted, replanner_.budget(), worth_it)) return false;
        return answered(vcpus, worth_it);
    }

    const Replanner& replanner_;
    const Counted& limit_;
    int none_;
    std::map<int, base::Result<Answer>> answers_;
};

QuotaStep step_to(const problem::Problem& problem, const problem::Plan* base, int more,
                  const problem::Plan& plan) {
    QuotaStep step{more, plan, {}};
    if (base != nullptr) step.gain_percent = gain_percent(problem.request.objective, *base, plan);
    return step;
}

// `gain` knows its limit; both steps are found.
base::Result<void> find_steps(const Replanner& replanner, const problem::Plan* base, QuotaGain& gain) {
    const problem::Problem& problem = replanner.problem();
    const Counted limit{gain.quota_class, gain.purchase};
    const int none = std::max(unlimited(*problem.market), gain.vcpus);
    RaisedLimit raised(replanner, limit, none);
    const double today = base != nullptr ? base->worth : 0;
    const auto gains = [&](double worth) { return told_apart(problem.request, worth, today); };
    const auto counted = raised.counted_at(none);
    if (!counted) return tl::unexpected(counted.error());
    if (!promises(**counted, replanner.budget(), gains)) return {};
    const auto& free = raised.at(none);
    if (!free) return tl::unexpected(free.error());
    const double all = worth_of(*free);
    if (!gains(all)) return {};
    const auto least = raised.fewest(gain.vcpus, none, **counted, gains);
    if (!least) return tl::unexpected(least.error());
    gain.least = step_to(problem, base, *least - gain.vcpus, **raised.at(*least));
    const auto full = [&](double worth) { return !told_apart(problem.request, all, worth); };
    if (full(gain.least->plan.worth)) return {};
    const auto most = raised.fewest(*least, none, **counted, full);
    if (!most) return tl::unexpected(most.error());
    gain.most = step_to(problem, base, *most - gain.vcpus, **raised.at(*most));
    return {};
}

std::vector<QuotaGain> limits_of(const problem::Problem& problem, const problem::Plan* base) {
    const auto use = base != nullptr ? quota_use(problem, *base) : QuotaUse{};
    std::vector<QuotaGain> limits;
    for (const auto& each : problem::quota_classes(*problem.market))
        for (const auto purchase : problem::all_purchases) {
            const auto vcpus = quota(*problem.market, problem.request, purchase, each.name);
            if (!vcpus) continue;
            const auto used = use.find({each.name, purchase});
            limits.push_back({each.name, purchase, *vcpus, used == use.end() ? 0 : used->second, {}, {}});
        }
    return limits;
}

// The clusters with machines that count against any of the limits, where all of these are away.
base::Result<std::shared_ptr<const problem::Problem>> without_limits(const Replanner& replanner,
                                                                     const std::vector<QuotaGain>& limits) {
    const problem::Problem& problem = replanner.problem();
    auto request = problem.request;
    const int none = unlimited(*problem.market);
    for (const auto& limit : limits)
        own_quotas(request, limit.purchase)[limit.quota_class] = std::max(none, limit.vcpus);
    return replanner.tabulated(std::move(request),
                               [&](const problem::Problem& of, const problem::Candidate& candidate) {
                                   return std::ranges::any_of(limits, [&](const QuotaGain& limit) {
                                       return is_counted(of, candidate, {limit.quota_class, limit.purchase});
                                   });
                               });
}

// Where one limit is away no cluster is worth more than where all are: if none of those there with machines
// that count against it is worth more than today's, it is not in the way. Of remote nodes only the best for
// the same workers are there, which may be of another class.
bool can_be_in_the_way(const problem::Problem& free, const problem::Plan* base, base::Money budget,
                       const Counted& limit) {
    const double today = base != nullptr ? base->worth : 0;
    return std::ranges::any_of(free.candidates, [&](const problem::Candidate& candidate) {
        const auto fitting = affordable_choices(candidate, budget);
        const bool stands = is_counted(free, candidate, limit) ||
                            (candidate.remote && limit.purchase == problem::Purchase::on_demand);
        return stands && fitting > 0 && told_apart(free.request, candidate.choices[fitting - 1].worth, today);
    });
}

}  // namespace

QuotaUse quota_use(const problem::Problem& problem, const problem::Plan& plan) {
    QuotaUse use;
    const auto* candidate = candidate_of(problem, plan);
    if (candidate == nullptr) return use;
    const auto& types = problem.market->types;
    const auto first = problem.workers[candidate->worker].type;
    const auto other = candidate->other ? problem.workers[*candidate->other].type : first;
    for (const auto type : {first, other, candidate->remote.value_or(first)})
        for (const auto purchase : problem::all_purchases) {
            const auto name = model::quota_name(*problem.market, types[type]);
            const int vcpus = counted_vcpus(problem, *candidate, counts_of(plan), {name, purchase});
            if (vcpus > 0) use[{name, purchase}] = vcpus;
        }
    return use;
}

base::Result<QuotaGains> quota_gains(const problem::Problem& problem, const planner::Decision& decision,
                                     const std::stop_token& stop) {
    const auto begun = Clock::now();
    const problem::Plan* base = decision.ranked.empty() ? nullptr : &decision.ranked.front();
    QuotaGains result;
    result.limits = limits_of(problem, base);
    if (result.limits.empty()) return result;
    const Replanner replanner(problem, decision.budget, stop, result.proof);
    const auto free = without_limits(replanner, result.limits);
    if (!free) return tl::unexpected(free.error());
    for (auto& limit : result.limits) {
        const Counted counted{limit.quota_class, limit.purchase};
        if (!can_be_in_the_way(**free, base, decision.budget, counted)) continue;
        if (const auto found = find_steps(replanner, base, limit); !found)
            return tl::unexpected(found.error());
    }
    result.proof.elapsed = Clock::now() - begun;
    return result;
}

}  // namespace deepvm::explain
