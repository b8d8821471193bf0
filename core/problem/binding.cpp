// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/binding.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "problem/architectures/architecture.h"
#include "problem/bounds.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

// One limit, or of a kind that has several (of nodes, of remote nodes, of vCPUs) all of them.
struct Dropped {
    Limit limit = Limit::budget;
    std::optional<std::size_t> node_limit;  // of the candidate, by index, alone
    std::optional<std::size_t> vcpu_limit;
    std::optional<std::size_t> remote_limit;

    bool whole_kind() const { return !node_limit && !vcpu_limit && !remote_limit; }
};

template <typename Entry>
void drop(std::vector<Entry>& limits, const Dropped& dropped, std::optional<std::size_t> alone) {
    if (alone)
        limits.erase(limits.begin() + static_cast<std::ptrdiff_t>(*alone));
    else if (dropped.whole_kind())
        std::erase_if(limits, [&](const Entry& entry) { return entry.limit == dropped.limit; });
}

// The most machines of a price that are within what is left of a budget.
int affordable(base::Money left, base::Money each) {
    if (left < each) return 0;
    return static_cast<int>(std::min<std::int64_t>(left.micro() / each.micro(), largest_max_nodes));
}

// The candidate without the limit; its most machines are then what the other limits and the budget allow.
Candidate without(const Candidate& candidate, const Dropped& dropped, base::Money budget) {
    Candidate freed = candidate;
    freed.choices.clear();
    drop(freed.node_limits, dropped, dropped.node_limit);
    drop(freed.vcpu_limits, dropped, dropped.vcpu_limit);
    drop(freed.remote_limits, dropped, dropped.remote_limit);
    if (dropped.limit == Limit::efficiency) freed.least_efficiency = 0;
    if (dropped.limit == Limit::network_saturation)
        freed.saturation = std::numeric_limits<double>::infinity();
    if (dropped.limit == Limit::remote_memory && candidate.remote) freed.min_remotes = 1;
    const auto cheapest = std::min(candidate.per_node, candidate.per_node + candidate.per_other);
    const auto left = budget - candidate.fixed - freed.min_remotes * candidate.per_remote;
    freed.max_nodes = std::min(tightest(freed.node_limits, std::nullopt), affordable(left, cheapest));
    if (!candidate.remote) return freed;
    const auto for_remotes = budget - candidate.fixed - candidate.min_nodes * candidate.per_node;
    freed.max_remotes =
        std::min(tightest(freed.remote_limits, std::nullopt), affordable(for_remotes, candidate.per_remote));
    return freed;
}

class Growth {
  public:
    Growth(const Problem& problem, const Candidate& candidate, Counts counts, base::Money budget)
        : problem_(problem),
          candidate_(candidate),
          budget_(budget),
          each_(node_worth(problem, candidate)),
          job_seconds_(is_of_job(problem.request.objective) ? job_epochs(problem) : 1),
          start_seconds_(start_seconds(problem)),
          worth_(worth(problem, candidate, counts)) {}

    /// Whether the same machines could do more without the limit.
    bool better_without(const Dropped& dropped) const {
        if (dropped.limit == Limit::budget)
            return !candidate_.choices.empty() && more(candidate_.choices.back().worth);
        const Candidate freed = without(candidate_, dropped, budget_);
        if (!reaches_further(freed, dropped)) return false;
        if (freed.other) return better_mixture(freed);
        if (freed.remote && !freed.remotes_follow) return better_with_servers(freed);
        return better_in(freed);
    }

  private:
    bool better_in(const Candidate& freed) const {
        bool found = false;
        rules(freed.architecture).visit(problem_, freed, each_, [&](Counts counts, double together) {
            found = promising(price(freed, counts).usd(), together) && is_better(freed, counts);
            return !found;
        });
        return found;
    }

    bool more(double worth) const { return told_apart(problem_.request, worth, worth_); }

    // Where the others and the budget allow no more machines than the limit did, it changes nothing.
    bool reaches_further(const Candidate& freed, const Dropped& dropped) const {
        switch (dropped.limit) {
            case Limit::network_saturation:
            case Limit::remote_memory:
            case Limit::efficiency:
                return true;
            default:
                return freed.max_nodes > candidate_.max_nodes ||
                       freed.vcpu_limits.size() < candidate_.vcpu_limits.size() ||
                       (candidate_.remote && freed.max_remotes > candidate_.max_remotes);
        }
    }

    // Of one number of nodes, what they do together and what they cost rise evenly with those of the second
    // type; so what a job costs without its start is least at one of the ends, and so are the dollars of the
    // start; without a job what they are worth is highest there.
    bool better_mixture(const Candidate& freed) const {
        const auto together = [&](Counts counts) {
            std::vector<double> none;
            return rules(freed.architecture).together(problem_, freed, counts, each_, none);
        };
        const bool between = is_of_job(problem_.request.objective);
        for (int nodes = freed.min_nodes; nodes <= freed.max_nodes; ++nodes) {
            const auto [least, most] = others_within(freed, nodes, budget_);
            if (least > most) continue;
            const Counts ends[] = {{nodes, 0, least}, {nodes, 0, most}};
            const double cheaper = std::min(price(freed, ends[0]).usd(), price(freed, ends[1]).usd());
            if (std::ranges::none_of(ends, [&](Counts end) {
                    return promising(price(freed, end).usd(), together(end), cheaper);
                }))
                continue;
            const int step = between ? 1 : std::max(most - least, 1);
            for (int others = least; others <= most; others += step)
                if (const Counts counts{nodes, 0, others};
                    promising(price(freed, counts).usd(), together(counts)) && is_better(freed, counts))
                    return true;
        }
        return false;
    }

    // Of every number of servers a bound in closed form decides whether what they do is worked out at all.
    bool better_with_servers(const Candidate& freed) const {
        Candidate slice = freed;
        for (int servers = freed.min_remotes; servers <= freed.max_remotes; ++servers) {
            slice.min_remotes = slice.max_remotes = servers;
            const int least = std::max(servers, freed.min_nodes);
            const auto left = budget_ - price(freed, {0, servers});
            slice.max_nodes = std::min(freed.max_nodes, affordable(left, freed.per_node));
            if (least > slice.max_nodes) return false;  // more servers leave less and ask for more
            if (promising_within(slice, least) && better_in(slice)) return true;
        }
        return false;
    }

    // Nodes that a bound holds back cost more only; before, the cheapest job is where the share of servers
    // and start in its dollars is the same for nodes and time.
    bool promising_within(const Candidate& slice, int least) const {
        const auto bound = rules(slice.architecture).bound(problem_, slice, slice.min_remotes, each_);
        const auto looks_better = [&](double nodes) {
            const double usd = price(slice, {0, slice.min_remotes}).usd() + nodes * slice.per_node.usd();
            constexpr double rounding = 1e-9;
            return promising(usd * (1 - rounding),
                             std::min(nodes * bound.per_node, bound.most) * (1 + rounding));
        };
        if (problem_.request.objective != Objective::job_cost) return looks_better(slice.max_nodes);
        const double idle = price(slice, {0, slice.min_remotes}).usd() * job_seconds_ / bound.per_node;
        const double cheapest = std::sqrt(idle / (slice.per_node.usd() * start_seconds_));
        const double most = std::min<double>(slice.max_nodes, bound.most / bound.per_node);
        return looks_better(std::max<double>(least, std::min(cheapest, most)));
    }

    // Revocations and checkpoints make a job no faster than its nodes and its start.
    bool promising(double usd, double together) const { return promising(usd, together, usd); }

    // With other dollars an hour during the start.
    bool promising(double usd, double together, double usd_of_start) const {
        switch (problem_.request.objective) {
            case Objective::job_time:
                return more(3600 / (job_seconds_ / together + start_seconds_));
            case Objective::job_cost:
                return more(3600 / (usd * job_seconds_ / together + usd_of_start * start_seconds_));
            default:
                return more(together);
        }
    }

    bool is_better(const Candidate& freed, Counts counts) const {
        if (!fits(freed, counts, budget_) || !efficient(problem_, freed, counts)) return false;
        return !is_of_job(problem_.request.objective) || more(worth(problem_, freed, counts));
    }

    const Problem& problem_;
    const Candidate& candidate_;
    base::Money budget_;
    NodeWorth each_;
    double job_seconds_;  // of what does an epoch a second
    double start_seconds_;
    double worth_;
};

constexpr Limit kinds[] = {
    Limit::budget,        Limit::spot_quota,      Limit::on_demand_quota, Limit::network_saturation,
    Limit::remote_memory, Limit::cluster_ceiling, Limit::unknown_network, Limit::efficiency};

bool has(const Candidate& candidate, Limit limit) {
    const auto is = [&](const auto& entry) { return entry.limit == limit; };
    switch (limit) {
        case Limit::budget:
            return true;
        case Limit::network_saturation:
            return candidate.remotes_follow;
        case Limit::remote_memory:
            return candidate.remote && candidate.memory.needed > 0;
        case Limit::efficiency:
            return candidate.least_efficiency > 0;
        default:
            return std::ranges::any_of(candidate.node_limits, is) ||
                   std::ranges::any_of(candidate.vcpu_limits, is) ||
                   std::ranges::any_of(candidate.remote_limits, is);
    }
}

bool contains(const std::vector<Limit>& limits, Limit limit) {
    return std::ranges::find(limits, limit) != limits.end();
}

// No limit stands alone in the way: those that the next counts break.
std::vector<Limit> broken_by(const Problem& problem, const Candidate& candidate, Counts next,
                             base::Money budget) {
    std::vector<Limit> broken;
    const auto add = [&](Limit limit, bool breaks) {
        if (breaks && !contains(broken, limit)) broken.push_back(limit);
    };
    add(Limit::budget, price(candidate, next) > budget);
    for (const auto& [limit, machines] : candidate.node_limits)
        add(limit, next.nodes > machines);
    for (const auto& [limit, machines] : candidate.remote_limits)
        add(limit, next.remotes > machines);
    for (const VcpuLimit& limit : candidate.vcpu_limits)
        add(limit.limit, spot_vcpus(limit, next) > limit.vcpus);
    add(Limit::efficiency, !efficient(problem, candidate, next));
    return broken;
}

bool is_broken(const Candidate& candidate, Counts next, const LimitState& state, std::size_t at) {
    if (state.unit == "nodes") return next.nodes > candidate.node_limits[at - 1].machines;
    const auto before_remotes = 1 + candidate.node_limits.size() + candidate.vcpu_limits.size();
    if (state.unit == "remotes") return next.remotes > candidate.remote_limits[at - before_remotes].machines;
    const VcpuLimit& limit = candidate.vcpu_limits[at - 1 - candidate.node_limits.size()];
    return spot_vcpus(limit, next) > limit.vcpus;
}

// One of several limits of a kind, as limit_states() lists them behind the budget.
Dropped entry(const Candidate& candidate, Limit limit, std::string_view unit, std::size_t at) {
    const std::size_t before_vcpus = candidate.node_limits.size();
    const std::size_t before_remotes = before_vcpus + candidate.vcpu_limits.size();
    if (unit == "nodes") return {limit, at, {}, {}};
    if (unit == "vCPUs") return {limit, {}, at - before_vcpus, {}};
    return {limit, {}, {}, at - before_remotes};
}

// Of several limits of a kind those bind that are in the way alone; where none is, all that leave no room or
// that the next counts break.
template <typename Next>
void tell_entries_apart(const Growth& growth, const Candidate& candidate, Next next, Limit limit,
                        std::vector<LimitState>& states) {
    std::vector<std::size_t> entries;
    for (std::size_t i = 0; i < states.size(); ++i)
        if (states[i].limit == limit) entries.push_back(i);
    if (entries.size() < 2) return;
    const auto alone = [&](std::size_t i) {
        return growth.better_without(entry(candidate, limit, states[i].unit, i - 1));
    };
    const bool any_alone = std::ranges::any_of(entries, alone);
    for (const std::size_t i : entries)
        states[i].binding =
            any_alone ? alone(i) : states[i].slack < 1 || is_broken(candidate, next(), states[i], i);
}

}  // namespace

std::vector<LimitState> limit_states(const Problem& problem, const Candidate& candidate, Counts counts,
                                     base::Money budget) {
    std::vector<LimitState> states;
    const auto add = [&](Limit limit, double slack, std::string_view unit) {
        states.push_back({limit, slack, unit, false});
    };
    add(Limit::budget, (budget - price(candidate, counts)).usd(), "USD/h");
    for (const auto& [limit, machines] : candidate.node_limits)
        add(limit, machines - counts.nodes, "nodes");
    for (const VcpuLimit& limit : candidate.vcpu_limits)
        add(limit.limit, limit.vcpus - spot_vcpus(limit, counts), "vCPUs");
    for (const auto& [limit, machines] : candidate.remote_limits)
        add(limit, machines - counts.remotes, "remotes");
    if (candidate.remotes_follow)
        add(Limit::network_saturation, std::ceil(counts.remotes * candidate.saturation) - 1 - counts.nodes,
            "nodes");
    if (candidate.remotes_follow || (candidate.remote && candidate.memory.needed > 0))
        add(Limit::remote_memory,
            usable_memory_gib(candidate.memory, counts.remotes) - candidate.memory.needed, "GiB");
    if (candidate.least_efficiency > 0) {
        const double slack = 100 * (efficiency(problem, candidate, counts) - candidate.least_efficiency);
        add(Limit::efficiency, efficient(problem, candidate, counts) ? std::max(slack, 0.0) : slack, "%");
    }
    return states;
}

Binding find_binding(const Problem& problem, const Candidate& candidate, Counts counts, base::Money budget) {
    const Growth growth(problem, candidate, counts, budget);
    Binding binding;
    binding.states = limit_states(problem, candidate, counts, budget);
    for (const Limit limit : kinds)
        if (has(candidate, limit) && growth.better_without({limit, {}, {}, {}}))
            binding.limits.push_back(limit);
    std::optional<Counts> next;  // asked for where no limit stands alone
    const auto next_or_none = [&] {
        if (!next) next = next_counts(problem, candidate, counts).value_or(Counts{});  // none break no limit
        return *next;
    };
    if (binding.limits.empty() && next_or_none() != Counts{})
        binding.limits = broken_by(problem, candidate, *next, budget);
    if (binding.limits.empty()) binding.limits = {Limit::scaling};
    for (LimitState& state : binding.states)
        state.binding = contains(binding.limits, state.limit);
    for (const Limit limit : binding.limits)
        tell_entries_apart(growth, candidate, next_or_none, limit, binding.states);
    return binding;
}

}  // namespace deepvm::problem
