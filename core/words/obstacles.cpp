// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/obstacles.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "words/figures.h"

namespace deepvm::words {
namespace {

using problem::Architecture;
using problem::LeftOut;
using problem::LeftOutCause;
using problem::Problem;

// By type of the market: which of the chosen architectures it has candidates in.
struct TypeState {
    bool candidate = false;
    bool choice = false;
    bool spot = false;
    bool listed_spot = false;
    bool revocations = false;
    bool timed = false;
    bool worker = false;
};

std::vector<TypeState> type_states(const Problem& problem) {
    std::vector<TypeState> states(problem.market->types.size());
    for (const problem::Worker& worker : problem.workers) {
        auto& state = states[worker.type];
        state.worker = true;
        state.spot = state.spot || worker.spot;
        state.listed_spot = state.listed_spot || worker.offer->spot;
        state.revocations = state.revocations || worker.revocations;
        state.timed = state.timed || worker.epoch_seconds;
    }
    for (const problem::Candidate& candidate : problem.candidates)
        for (const auto worker : {candidate.worker, candidate.other.value_or(candidate.worker)}) {
            auto& state = states[problem.workers[worker].type];
            state.candidate = true;
            state.choice = state.choice || candidate.outdone || !candidate.choices.empty();
        }
    return states;
}

std::optional<Obstacle> obstacle_of(const Problem& problem, const model::InstanceType& type,
                                    const TypeState& state) {
    const problem::Request& request = problem.request;
    const bool of_job = is_of_job(request.objective);
    const bool owned = std::ranges::count(request.architectures, Architecture::on_demand) > 0;
    if (state.choice) return std::nullopt;
    if (of_job && !state.timed) return Obstacle::no_epoch_time;
    if (state.candidate) return of_job ? Obstacle::deadline : Obstacle::efficiency;
    if (!owned && !state.spot) return state.listed_spot ? Obstacle::estimated_price : Obstacle::no_spot_price;
    if (!owned && of_job && !state.revocations) return Obstacle::no_revocation_rate;
    if (!type.network_known()) return Obstacle::unknown_network;
    return Obstacle::quota;
}

std::string memory_words(const Problem& problem) {
    double largest = 0;
    for (const auto& type : problem.market->types)
        if (type.accelerator && !type.published_rate)
            largest = std::max(largest, type.accelerator_count * type.accelerator->memory_gib);
    return fmt::format(
        "no allowed number of machines holds the model: training {} needs {:.0f} GiB of "
        "accelerator memory, the largest machine has {:.0f}",
        workload_of(problem).display_name, model::training_state_gib(workload_of(problem)), largest);
}

Obstruction obstruction(const Problem& problem, Obstacle obstacle, int count) {
    const auto types = counted(count, "type");
    const bool owned = std::ranges::count(problem.request.architectures, Architecture::on_demand) > 0;
    // Who has it switched on already is told so.
    const auto or_on_demand = [owned](const std::string& remedy) {
        if (owned) return remedy.empty() ? std::string("they count on demand only") : remedy;
        return remedy + (remedy.empty() ? "" : ", or ") + "switch on the architecture on-demand";
    };
    switch (obstacle) {
        case Obstacle::memory:
            return {obstacle, count, fmt::format("{} ({})", memory_words(problem), types),
                    "allow more machines, or train a smaller model or adapters (LoRA)"};
        case Obstacle::arm_host:
            return {obstacle, count, fmt::format("{} with ARM hosts", types), "allow any host"};
        case Obstacle::no_spot_price:
            return {obstacle, count, fmt::format("no spot price is known here of {}", types),
                    or_on_demand({})};
        case Obstacle::estimated_price:
            return {obstacle, count, fmt::format("only estimated spot prices are known here of {}", types),
                    or_on_demand("let estimated prices count")};
        case Obstacle::no_revocation_rate:
            return {obstacle, count,
                    fmt::format("how often spot machines are revoked is not known here of {}", types),
                    or_on_demand("set a rate by hand: 10 % a month is usual")};
        case Obstacle::no_epoch_time:
            return {
                obstacle, count,
                fmt::format("how long an epoch takes is not known of {}: the data set's rates have a unit "
                            "of their own",
                            types),
                "load measured epoch times"};
        case Obstacle::unknown_network:
            return {obstacle, count,
                    fmt::format("the network of {} is not known, so they are planned one at a time", types),
                    "switch on the architecture on-demand or spot-bucket"};
        case Obstacle::quota:
            return {obstacle, count, fmt::format("quotas or the largest cluster size keep out {}", types),
                    "raise the quota or the largest cluster size"};
        case Obstacle::efficiency:
            return {obstacle, count,
                    fmt::format("clusters of {} would do less than {:.0f} % of what their machines do alone",
                                types, 100 * least_efficiency(*problem.market, problem.request)),
                    "lower the least efficiency, or allow single machines"};
        case Obstacle::deadline:
            return {obstacle, count,
                    fmt::format("clusters of {} do not end the job, or not by its deadline", types),
                    "allow more time or a smaller job"};
    }
    return {};
}

}  // namespace

std::string_view name(Obstacle obstacle) {
    switch (obstacle) {
        case Obstacle::memory:
            return "memory";
        case Obstacle::arm_host:
            return "arm-host";
        case Obstacle::no_spot_price:
            return "no-spot-price";
        case Obstacle::estimated_price:
            return "estimated-price";
        case Obstacle::no_revocation_rate:
            return "no-revocation-rate";
        case Obstacle::no_epoch_time:
            return "no-epoch-time";
        case Obstacle::unknown_network:
            return "unknown-network";
        case Obstacle::quota:
            return "quota";
        case Obstacle::efficiency:
            return "efficiency";
        case Obstacle::deadline:
            break;
    }
    return "deadline";
}

std::vector<Obstruction> obstructions(const Problem& problem) {
    std::map<Obstacle, int> counts;
    std::set<std::pair<std::string, std::string>> left_out;
    for (const LeftOut& out : problem.left_out) {
        ++counts[out.cause == LeftOutCause::memory ? Obstacle::memory : Obstacle::arm_host];
        left_out.emplace(out.provider, out.type);
    }
    const auto states = type_states(problem);
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto& type = problem.market->types[i];
        if (!states[i].worker || left_out.contains({type.provider, type.name})) continue;
        if (const auto obstacle = obstacle_of(problem, type, states[i])) ++counts[*obstacle];
    }
    std::vector<Obstruction> all;
    for (const auto& [obstacle, count] : counts)
        all.push_back(obstruction(problem, obstacle, count));
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.types > b.types; });
    return all;
}

std::vector<Obstruction> not_considered(const Problem& problem) {
    std::map<Obstacle, int> counts;
    for (const LeftOut& out : problem.left_out)
        ++counts[out.cause == LeftOutCause::memory ? Obstacle::memory : Obstacle::arm_host];
    const auto& architectures = problem.request.architectures;
    const bool spot_asked =
        std::ranges::any_of(architectures, [](Architecture each) { return each != Architecture::on_demand; });
    const auto states = type_states(problem);
    for (const auto& state : states) {
        if (!state.worker || !spot_asked) continue;
        if (!state.spot)
            ++counts[state.listed_spot ? Obstacle::estimated_price : Obstacle::no_spot_price];
        else if (is_of_job(problem.request.objective) && !state.revocations)
            ++counts[Obstacle::no_revocation_rate];
    }
    std::vector<Obstruction> all;
    for (const auto& [obstacle, count] : counts)
        all.push_back(obstruction(problem, obstacle, count));
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.types > b.types; });
    return all;
}

std::string not_considered_line(const Problem& problem) {
    std::string text;
    for (const Obstruction& each : not_considered(problem)) {
        if (each.obstacle == Obstacle::no_revocation_rate) continue;
        text += text.empty() ? "not considered: " : "; ";
        text += each.remedy.empty() ? each.words : fmt::format("{} ({})", each.words, each.remedy);
    }
    return text;
}

std::string unknown_revocations(const Problem& problem, Style style) {
    const auto& request = problem.request;
    const bool spot_asked = std::ranges::any_of(
        request.architectures, [](Architecture each) { return each != Architecture::on_demand; });
    if (!is_of_job(request.objective) || !spot_asked) return {};
    int offers = 0;
    std::set<std::string> providers;
    for (const problem::Worker& worker : problem.workers) {
        if (!worker.spot || worker.revocations || !worker.epoch_seconds) continue;
        ++offers;
        const auto& provider = problem.market->types[worker.type].provider;
        if (!provider.empty()) providers.insert(model::provider_title(provider));
    }
    if (offers == 0) return {};
    const std::vector<std::string> whose(providers.begin(), providers.end());
    auto text = fmt::format("Spot machines whose revocation rate is not known do not count: {}{}{}.",
                            counted(offers, "offer"), whose.empty() ? "" : " of ", listed(whose));
    if (style == Style::plain)
        text += fmt::format(" --monthly-revocations {0} plans with {0} % a month.", usual_monthly_percent);
    return text;
}

std::string why_nothing_fits(const Problem& problem) {
    const auto all = obstructions(problem);
    if (all.empty()) return "The market has no machine that trains.";
    auto text = sentence(all.front().words);
    if (!all.front().remedy.empty()) text += "; " + all.front().remedy;
    text += '.';
    for (std::size_t i = 1; i < all.size(); ++i)
        text += fmt::format("{} {}", i == 1 ? " Also:" : ";", all[i].words);
    if (all.size() > 1) text += '.';
    return text;
}

}  // namespace deepvm::words
