// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/quota_gains.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "planner/decision.h"
#include "planner/search.h"
#include "problem/architectures/architecture.h"
#include "problem/candidates.h"
#include "problem/worth.h"

namespace deepvm::explain {
namespace {

using Clock = std::chrono::steady_clock;

// A changed question with its answer.
struct Replanned {
    std::shared_ptr<const problem::Problem> problem;
    std::optional<problem::Plan> best;

    double worth() const { return best ? best->worth : 0; }
};

// The best plan at one budget, whatever the limits.
class Replanner {
  public:
    Replanner(const problem::Problem& problem, base::Money budget, std::stop_token stop,
              planner::Proof& proof)
        : problem_(problem), budget_(budget), stop_(std::move(stop)), proof_(proof) {}

    base::Result<Replanned> best(problem::Request request) const {
        const auto cancelled = [] {
            return base::fail(base::ErrorCode::cancelled, "planning was cancelled");
        };
        if (stop_.stop_requested()) return cancelled();
        request.top = 1;
        const auto changed = make_problem(problem_.market, std::move(request), stop_);
        if (!changed) return tl::unexpected(changed.error());
        planner::Search search(**changed, stop_);
        Replanned answer{*changed, search.best((*changed)->request.architectures, budget_)};
        if (search.cancelled()) return cancelled();
        if (proof_.proven && !search.proof().proven) proof_.doubt = search.proof().doubt;
        proof_.proven = proof_.proven && search.proof().proven;
        proof_.programs += search.proof().programs;
        return answer;
    }

    const problem::Problem& problem() const { return problem_; }
    base::Money budget() const { return budget_; }

  private:
    const problem::Problem& problem_;
    base::Money budget_;
    std::stop_token stop_;
    planner::Proof& proof_;
};

// More vCPUs than any cluster has.
int unlimited(const model::Market& market) {
    int largest = 1;
    for (const auto& type : market.types)
        largest = std::max(largest, type.vcpus);
    return (problem::largest_max_nodes + 2) * largest;
}

// Takes a limit to `vcpus`, from `unlimited` on away: machines with a limit, however high, are compared with
// care, which takes time. Under the published preset the market's limit would stand behind none.
void raise(problem::Request& request, problem::Purchase purchase, const std::string& quota_class, int vcpus,
           int unlimited) {
    auto& limits = own_quotas(request, purchase);
    if (vcpus >= unlimited && request.preset == problem::Preset::corrected)
        limits.erase(quota_class);
    else
        limits[quota_class] = vcpus;
}

// One limit's class and purchase.
struct Counted {
    const std::string& quota_class;
    problem::Purchase purchase;
};

// vCPUs of the candidate's machines that count against the limit.
int used_vcpus(const problem::Problem& problem, const problem::Candidate& candidate, problem::Counts counts,
               const Counted& limit) {
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

using Worth = std::function<bool(double worth)>;

// The fewest vCPUs of a limit with which some choice within the budget is worth it. Choices that are worth
// less than a cheaper one with more vCPUs are not there, so it is a guess, mostly right.
int guess_of(const Replanned& free, base::Money budget, const Counted& limit, const Worth& worth_it) {
    int fewest = std::numeric_limits<int>::max();
    for (const auto& candidate : free.problem->candidates)
        for (const auto& choice : candidate.choices) {
            if (choice.price > budget) break;
            if (worth_it(choice.worth))
                fewest = std::min(fewest, used_vcpus(*free.problem, candidate, choice.counts, limit));
        }
    return fewest;
}

// The answers to one limit at different heights.
class RaisedLimit {
  public:
    /// From `none` vCPUs on there is no limit.
    RaisedLimit(const Replanner& replanner, const Counted& limit, int none)
        : replanner_(replanner), limit_(limit), none_(none) {}

    const base::Result<Replanned>& at(int vcpus) {
        const auto known = answers_.find(vcpus);
        if (known != answers_.end()) return known->second;
        auto request = replanner_.problem().request;
        raise(request, limit_.purchase, limit_.quota_class, vcpus, none_);
        return answers_.emplace(vcpus, replanner_.best(std::move(request))).first->second;
    }

    /// The fewest vCPUs in (below, enough] whose answer is worth it, which that of `enough` is and that of
    /// `below` is not: a guess, the number below it, and then halves.
    base::Result<int> fewest(int below, int enough, const Worth& worth_it) {
        int tried = guess_of(*at(enough), replanner_.budget(), limit_, worth_it);
        for (bool guessed = true; enough - below > 1; guessed = false) {
            if (tried <= below || tried >= enough) tried = below + (enough - below) / 2;
            const auto& found = at(tried);
            if (!found) return tl::unexpected(found.error());
            const bool is_enough = worth_it(found->worth());
            (is_enough ? enough : below) = tried;
            tried = is_enough && guessed ? tried - 1 : below + (enough - below) / 2;
        }
        return enough;
    }

  private:
    const Replanner& replanner_;
    const Counted& limit_;
    int none_;
    std::map<int, base::Result<Replanned>> answers_;
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
    const auto& free = raised.at(none);
    if (!free) return tl::unexpected(free.error());
    const double today = base != nullptr ? base->worth : 0;
    const double all = free->worth();
    const auto gains = [&](double worth) { return told_apart(problem.request, worth, today); };
    if (!gains(all)) return {};
    const auto least = raised.fewest(gain.vcpus, none, gains);
    if (!least) return tl::unexpected(least.error());
    gain.least = step_to(problem, base, *least - gain.vcpus, *raised.at(*least)->best);
    const auto full = [&](double worth) { return !told_apart(problem.request, all, worth); };
    if (full(gain.least->plan.worth)) return {};
    const auto most = raised.fewest(*least, none, full);
    if (!most) return tl::unexpected(most.error());
    gain.most = step_to(problem, base, *most - gain.vcpus, *raised.at(*most)->best);
    return {};
}

std::vector<QuotaGain> limits_of(const problem::Problem& problem, const problem::Plan* base) {
    std::vector<QuotaGain> limits;
    for (const auto& each : problem::quota_classes(*problem.market))
        for (const auto purchase : problem::all_purchases) {
            const auto vcpus = quota(*problem.market, problem.request, purchase, each.name);
            if (!vcpus) continue;
            const problem::Candidate* candidate = base != nullptr ? candidate_of(problem, *base) : nullptr;
            const int used = candidate == nullptr
                                 ? 0
                                 : used_vcpus(problem, *candidate, counts_of(*base), {each.name, purchase});
            limits.push_back({each.name, purchase, *vcpus, used, {}, {}});
        }
    return limits;
}

// Whether the best plan is worth more where none of the limits is: else none by itself is in its way.
base::Result<bool> any_in_the_way(const Replanner& replanner, const problem::Plan* base,
                                  const std::vector<QuotaGain>& limits) {
    const problem::Problem& problem = replanner.problem();
    auto request = problem.request;
    const int none = unlimited(*problem.market);
    for (const auto& limit : limits)
        raise(request, limit.purchase, limit.quota_class, std::max(none, limit.vcpus), none);
    const auto free = replanner.best(std::move(request));
    if (!free) return tl::unexpected(free.error());
    return told_apart(problem.request, free->worth(), base != nullptr ? base->worth : 0);
}

}  // namespace

base::Result<QuotaGains> quota_gains(const problem::Problem& problem, const planner::Decision& decision,
                                     const std::stop_token& stop) {
    const auto begun = Clock::now();
    const problem::Plan* base = decision.ranked.empty() ? nullptr : &decision.ranked.front();
    QuotaGains result;
    result.limits = limits_of(problem, base);
    if (result.limits.empty()) return result;
    const Replanner replanner(problem, decision.budget, stop, result.proof);
    const auto any = any_in_the_way(replanner, base, result.limits);
    if (!any) return tl::unexpected(any.error());
    if (*any)
        for (auto& limit : result.limits)
            if (const auto found = find_steps(replanner, base, limit); !found)
                return tl::unexpected(found.error());
    result.proof.elapsed = Clock::now() - begun;
    return result;
}

}  // namespace deepvm::explain
