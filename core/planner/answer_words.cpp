// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/answer_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/dates.h"
#include "model/fabric.h"

namespace deepvm::planner {
namespace {

std::string types_word(int count) {
    return count == 1 ? "1 type" : fmt::format("{} types", count);
}

std::string fabric_words(const model::InstanceType& type) {
    switch (type.fabric) {
        case model::Fabric::efa:
            return "counts on EFA between the machines: enable it, and put them in one placement group";
        case model::Fabric::infiniband:
            return "counts on InfiniBand between the machines: put them in one scale set or placement group";
        case model::Fabric::gpudirect_tcpx:
            return "counts on GPUDirect-TCPX between the machines: use an image and a network for it";
        case model::Fabric::tcp:
            break;
    }
    return {};
}

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
    for (const Worker& worker : problem.workers) {
        auto& state = states[worker.type];
        state.worker = true;
        state.spot = state.spot || worker.spot;
        state.listed_spot = state.listed_spot || worker.offer->spot;
        state.revocations = state.revocations || worker.revocations;
        state.timed = state.timed || worker.epoch_seconds;
    }
    for (const Candidate& candidate : problem.candidates)
        for (const auto worker : {candidate.worker, candidate.other.value_or(candidate.worker)}) {
            auto& state = states[problem.workers[worker].type];
            state.candidate = true;
            state.choice = state.choice || !candidate.choices.empty();
        }
    return states;
}

std::optional<Obstacle> obstacle_of(const Problem& problem, const model::InstanceType& type,
                                    const TypeState& state) {
    const Request& request = problem.request;
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
    const auto types = types_word(count);
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

std::string chance_words(double probability) {
    const double percent = std::round(100 * probability);
    if (percent > 99) return "> 99 %";
    if (percent < 1) return "< 1 %";
    return fmt::format("{:.0f} %", percent);
}

std::string likely_words(const JobOutlook& job) {
    std::vector<std::string> parts;
    if (const auto& hours = job.likely_hours) {
        const bool short_one = hours->high < 1;
        const double unit = short_one ? 60 : 1;
        parts.push_back(fmt::format("{} to {} {}", rounded(hours->low * unit), rounded(hours->high * unit),
                                    short_one ? "min" : "h"));
    }
    if (const auto& usd = job.likely_usd)
        parts.push_back(fmt::format("${} to ${}", rounded(usd->low), rounded(usd->high)));
    if (parts.empty()) return {};
    return fmt::format("likely {}", fmt::join(parts, ", "));
}

std::string rounded(double number) {
    if (number < 99.95) return fmt::format("{:.3g}", number);
    const double unit = std::pow(10, std::floor(std::log10(number)) - 2);
    auto text = fmt::format("{:.0f}", std::round(number / unit) * unit);
    for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3)
        text.insert(static_cast<std::size_t>(place), ",");
    return text;
}

std::string waste_words(const Plan& plan) {
    if (plan.efficiency >= wasteful || plan.nodes < 2) return {};
    const double lost = plan.nodes * (1 - plan.efficiency);
    return fmt::format("{} of {} machines' work is lost to waiting for the network",
                       lost < 9.95 ? fmt::format("{:.1f}", lost) : fmt::format("{:.0f}", lost), plan.nodes);
}

std::optional<double> usd_per_million_samples(const Plan& plan) {
    if (!plan.samples_per_second) return std::nullopt;
    return plan.hourly_price.usd() / 3600 / plan.samples_per_second->samples_per_second * 1e6;
}

std::string speed_words(const Plan& plan) {
    if (!plan.samples_per_second) return {};
    const auto& speed = *plan.samples_per_second;
    std::string range;
    if (speed.low < speed.high) range = fmt::format(", {} to {}", rounded(speed.low), rounded(speed.high));
    return fmt::format("{} samples/s ({}{}), ${} per million samples", rounded(speed.samples_per_second),
                       speed_basis_name(plan.speed), range, rounded(*usd_per_million_samples(plan)));
}

std::string speed_words(const model::Speed& speed) {
    std::string basis(speed_basis_name(speed.basis));
    if (speed.measured) {
        const auto count = speed.measured->sources.size();
        basis += count == 1 ? ": 1 source" : fmt::format(": {} sources", count);
        if (!speed.measured->newest.empty()) basis += ", the newest of " + speed.measured->newest;
    } else if (speed.range.low < speed.range.high) {
        basis += fmt::format(", {} to {}", rounded(speed.range.low), rounded(speed.range.high));
    }
    return fmt::format("{} samples/s ({})", rounded(speed.range.samples_per_second), basis);
}

std::vector<std::string> remarks(const Problem& problem, const Plan& plan) {
    std::vector<std::string> said;
    const Candidate* candidate = candidate_of(problem, plan);
    if (!candidate) return said;
    const Worker& worker = problem.workers[candidate->worker];
    const auto& type = problem.market->types[worker.type];
    // Parameter servers are reached by TCP.
    const bool between = plan.nodes > 1 && plan.architecture != Architecture::parameter_server;
    if (auto words = fabric_words(type); between && !words.empty()) {
        if (const auto by_tcp = effective_nodes_by_tcp(problem, worker, plan.nodes))
            words += fmt::format("; by TCP they would do the work of {:.1f} instead of {:.1f}", *by_tcp,
                                 plan.effective_nodes);
        said.push_back(std::move(words));
    }
    if (plan.host == model::HostArchitecture::arm64)
        said.emplace_back("ARM hosts: programs and images must be built for arm64");
    // Transient Servers (ICAC 2019): accuracy after the same steps with 1 and with 8 workers.
    if (plan.architecture == Architecture::parameter_server && plan.nodes > 1)
        said.emplace_back(
            "asynchronous: an epoch may teach less than in step (measured: 0.93 of the answers right "
            "with one worker, 0.89 with eight)");
    if (plan.sharded) said.emplace_back("no machine holds the model alone: its states are sharded over all");
    if (plan.likely_price)
        said.push_back(
            fmt::format("the spot price is an estimate from average savings: the cluster may cost ${:.2f} to "
                        "${:.2f} an hour",
                        plan.likely_price->low.usd(), plan.likely_price->high.usd()));
    const auto* other = candidate_of(problem, plan);
    const int of_other = other && other->other
                             ? problem.market->types[problem.workers[*other->other].type].accelerator_count
                             : 0;
    const int accelerators = (plan.nodes - plan.other_workers) * std::max(type.accelerator_count, 1) +
                             plan.other_workers * of_other;
    const auto kind = workload_of(problem).kind;
    const int measured = kind ? model::most_measured_accelerators(*kind) : 0;
    if (plan.nodes > 1 && plan.scaling == ScalingBasis::assumed && accelerators > measured)
        said.push_back(measured > 0
                           ? fmt::format("{} accelerators are more than were measured together with such a "
                                         "workload ({}): its speed is extrapolated",
                                         accelerators, measured)
                           : "no cluster was measured with such a workload: how it scales is assumed");
    if (worker.offer->doubtful)
        said.emplace_back("the price is 99 % below every other of this type; check it");
    if (!type.network_known() && plan.nodes == 1)
        said.emplace_back("its network is not known, so it is planned alone");
    return said;
}

std::string age_words(const model::Market& market, std::chrono::sys_days today) {
    if (market.kind == model::MarketKind::published) return {};
    const auto oldest = base::parse_iso_date(model::prices_as_of(market));
    if (!oldest || today - *oldest <= std::chrono::days(model::stale_days)) return {};
    return fmt::format("{} days old", (today - *oldest).count());
}

std::string apart_words(const model::Market& market) {
    constexpr std::chrono::days year(365);
    std::vector<std::chrono::sys_days> dates;
    for (const auto& source : market.sources)
        if (const auto date = base::parse_iso_date(source.as_of)) dates.push_back(*date);
    if (dates.empty()) return {};
    const auto [oldest, newest] = std::ranges::minmax(dates);
    if (newest - oldest < year) return {};
    return fmt::format("these prices are up to {} days apart", (newest - oldest).count());
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

std::string not_considered_words(const Problem& problem) {
    std::string text;
    for (const Obstruction& each : not_considered(problem)) {
        text += text.empty() ? "not considered: " : "; ";
        text += each.remedy.empty() ? each.words : fmt::format("{} ({})", each.words, each.remedy);
    }
    return text;
}

std::string why_nothing_fits(const Problem& problem) {
    const auto all = obstructions(problem);
    if (all.empty()) return "The market has no machine that trains.";
    auto text = all.front().words;
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    if (!all.front().remedy.empty()) text += "; " + all.front().remedy;
    text += '.';
    for (std::size_t i = 1; i < all.size(); ++i)
        text += fmt::format("{} {}", i == 1 ? " Also:" : ";", all[i].words);
    if (all.size() > 1) text += '.';
    return text;
}

std::optional<std::size_t> knee(const std::vector<Plan>& steps, base::Money budget, double share) {
    const auto end =
        std::ranges::find_if(steps, [&](const Plan& step) { return step.hourly_price > budget; });
    if (end == steps.begin()) return std::nullopt;
    const Plan& best = *(end - 1);
    const auto first =
        std::find_if(steps.begin(), end, [&](const Plan& step) { return step.worth >= share * best.worth; });
    // What saves next to nothing an hour is no choice.
    constexpr double least_saving = 0.05;
    if (first->hourly_price.usd() > (1 - least_saving) * best.hourly_price.usd()) return std::nullopt;
    return static_cast<std::size_t>(first - steps.begin());
}

std::string knee_words(const Plan& knee, const Plan& best) {
    return fmt::format("saves {:.0f} % for {:.0f} % less",
                       100 * (1 - knee.hourly_price.usd() / best.hourly_price.usd()),
                       100 * (1 - knee.worth / best.worth));
}

}  // namespace deepvm::planner
