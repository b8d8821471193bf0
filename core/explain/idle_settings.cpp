// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/idle_settings.h"

#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "model/market.h"
#include "model/workload.h"
#include "problem/kept_parts.h"

namespace deepvm::explain {
namespace {

using model::Market;
using problem::Request;

// One setting: whether two requests mean the same by it, and how one takes it from the other.
struct Setting {
    IdleSetting words;
    bool (*same)(const Market&, const Request&, const Request&) = nullptr;
    void (*take)(Request&, const Request&) = nullptr;
};

template <auto first, auto... rest>
auto& member(auto& of) {
    if constexpr (sizeof...(rest) == 0)
        return of.*first;
    else
        return member<rest...>(of.*first);
}

template <auto... path>
void take(Request& into, const Request& from) {
    member<path...>(into) = member<path...>(from);
}

template <auto... path>
constexpr Setting setting(std::string_view option, std::string_view name, std::string_view counts) {
    return {{option, name, counts},
            [](const Market&, const Request& a, const Request& b) {
                return member<path...>(a) == member<path...>(b);
            },
            take<path...>};
}

// What a value that was left out stands for, so that nobody is told off for saying the same himself.
model::Precision precision(const Market& market, const Request& request) {
    return request.precision.value_or(problem::find_workload(market, request)->precision);
}

// In whatever order they were switched on.
std::set<problem::Architecture> architectures(const Market&, const Request& request) {
    return {request.architectures.begin(), request.architectures.end()};
}

double checkpoint_gib(const Market& market, const Request& request) {
    return request.checkpoint_gib.value_or(model::checkpoint_gib(*problem::find_workload(market, request)));
}

// Up to rounding: 90 epochs that someone says in samples are the same job.
bool same_job(const Market& market, const Request& a, const Request& b) {
    constexpr double rounding = 1e-12;
    const double epochs = problem::job_epochs(*problem::find_workload(market, a), a.job);
    const double others = problem::job_epochs(*problem::find_workload(market, b), b.job);
    return std::abs(epochs - others) <= rounding * epochs;
}

int max_nodes(const Market&, const Request& request) {
    return request.max_nodes.value_or(
        request.preset == problem::Preset::corrected ? problem::default_max_nodes : 0);
}

template <auto meaning, auto... path>
constexpr Setting meant(std::string_view option, std::string_view name, std::string_view counts) {
    return {{option, name, counts},
            [](const Market& market, const Request& a, const Request& b) {
                return meaning(market, a) == meaning(market, b);
            },
            take<path...>};
}

bool by_lifetimes(const problem::Risk& risk) {
    return risk.source.starts_with("lifetimes");
}

void take_rates(Request& into, const Request& from) {
    into.risk.rates = from.risk.rates;
    into.risk.source = from.risk.source;
}

template <bool lifetimes>
constexpr Setting rates(std::string_view option, std::string_view name) {
    return {{option, name, "it can count only where spot machines do a job whose length is known"},
            [](const Market&, const Request& a, const Request& b) {
                return by_lifetimes(a.risk) != lifetimes || a.risk.rates == b.risk.rates;
            },
            take_rates};
}

template <problem::JobUnit unit>
constexpr Setting job_amount(std::string_view option, std::string_view name) {
    return {{option, name, "it can count only where it is known how long an epoch takes"},
            [](const Market& market, const Request& a, const Request& b) {
                return a.job.unit != unit || same_job(market, a, b);
            },
            [](Request& into, const Request& from) {
                into.job.unit = from.job.unit;
                into.job.amount = from.job.amount;
            }};
}

using problem::Checkpointing;
using problem::Job;
using problem::Risk;

// The settings that only some questions read, in the order of the command line. Where the prices come from
// and what is asked of them is the question itself.
constexpr Setting settings[] = {
    setting<&Request::preset>("--preset", "The preset", "it can count only where machines are put together"),
    meant<architectures, &Request::architectures>(
        "--architectures", "The choice of architectures",
        "it can count only where another architecture would be among the answers"),
    setting<&Request::objective>("--objective", "The objective",
                                 "it can count only where clusters are ranked"),
    setting<&Request::workload>("--workload", "The workload",
                                "it can count only where something is known of its speed or memory"),
    meant<precision, &Request::precision>("--precision", "The precision",
                                          "it can count only where rates are reckoned from peaks"),
    setting<&Request::utilisation>("--utilisation", "The utilisation",
                                   "it can count only where rates are reckoned from peaks"),
    setting<&Request::overlap>("--overlap", "The overlap",
                               "it can count only where machines wait for the network"),
    setting<&Request::hosts>("--hosts", "The choice of hosts",
                             "it can count only where machines with ARM hosts would be chosen"),
    meant<problem::least_efficiency, &Request::min_efficiency>(
        "--min-efficiency", "The least efficiency", "it can count only where clusters would wait longer"),
    setting<&Request::observed_prices_only>("--observed-prices-only", "Observed prices only",
                                            "it can count only where spot prices are estimates"),
    meant<max_nodes, &Request::max_nodes>("--max-nodes", "The number of nodes at most",
                                          "it can count only where clusters would be larger"),
    setting<&Request::top>("--top", "The number of plans",
                           "it can count only where so many plans are listed"),
    setting<&Request::checkpoint_size_100mb>("--checkpoint-size-100mb", "The checkpoint size",
                                             "it can count only where remote nodes keep checkpoints"),
    setting<&Request::buffer_size>("--buffer-size", "The buffer size",
                                   "it can count only where remote nodes keep checkpoints"),
    meant<checkpoint_gib, &Request::checkpoint_gib>("--checkpoint-gib", "The size of a checkpoint",
                                                    "it can count only where checkpoints are kept"),
    setting<&Request::buffer_depth>("--buffer-depth", "The number of checkpoints held",
                                    "it can count only where remote nodes keep checkpoints"),
    setting<&Request::spot_quota>("--spot-quota", "A spot quota",
                                  "it can count only for spot machines of its class"),
    setting<&Request::on_demand_quota>("--on-demand-quota", "An on-demand quota",
                                       "it can count only for on-demand machines of its class"),
    job_amount<problem::JobUnit::epochs>("--epochs", "The epochs of the job"),
    job_amount<problem::JobUnit::samples>("--samples", "The samples of the job"),
    job_amount<problem::JobUnit::flop>("--flop", "The FLOP of the job"),
    setting<&Request::job, &Job::deadline_hours>("--deadline", "The deadline",
                                                 "it can count only for a job whose length is known"),
    setting<&Request::job, &Job::confidence>(
        "--confidence", "The confidence",
        "it can count only where a deadline is close enough to rule clusters out"),
    setting<&Request::risk, &Risk::point>("--revocations", "The end of the revocation rates",
                                          "it can count only where offers have a band of rates"),
    rates<false>("--monthly-revocations", "The revocations by hand"),
    rates<true>("--lifetimes", "The observed lifetimes"),
    setting<&Request::own_workloads>("--workloads", "A workload of your own",
                                     "it can count only where --workload names one of the file"),
    setting<&Request::measured>("--measurements", "Your epoch times",
                                "it can count only where its types are among the clusters"),
    setting<&Request::checkpointing, &Checkpointing::disk_gbs>(
        "--disk-gbs", "The disk's speed", "it can count only where an anchor keeps the checkpoints of a job"),
    setting<&Request::checkpointing, &Checkpointing::store_gbs>(
        "--store-gbs", "The store's speed",
        "it can count only where an object store keeps the checkpoints of a job"),
    setting<&Request::checkpointing, &Checkpointing::store_usd_per_gib_month>(
        "--store-price", "The store's price", "it can count only where an object store keeps checkpoints"),
    setting<&Request::checkpointing, &Checkpointing::provisioning_s>(
        "--provisioning", "The time to a new machine",
        "it can count only where machines of a job are revoked and replaced"),
};

// What would have been asked had nobody set anything but what the question is about.
Request unchanged(const problem::Problem& problem) {
    const auto kind = problem.market->kind;
    const Request& asked = problem.request;
    Request request = problem::default_request(kind);
    request.architectures = problem::default_architectures(kind, asked.preset, asked.objective);
    return request;
}

}  // namespace

base::Result<std::vector<IdleSetting>> idle_settings(const problem::Problem& problem, const SameAnswer& same,
                                                     const std::stop_token& stop) {
    const Request usual = unchanged(problem);
    std::vector<IdleSetting> idle;
    problem::KeptParts kept;  // most settings concern some architectures only
    for (const Setting& each : settings) {
        Request without = problem.request;
        each.take(without, usual);
        // Without the file that has it, the workload of the request is not known.
        if (!problem::find_workload(*problem.market, without)) continue;
        if (each.same(*problem.market, problem.request, without)) continue;
        const auto other = problem::make_problem(problem.market, std::move(without), stop, &kept);
        if (!other) {
            if (other.error().code == base::ErrorCode::cancelled) return tl::unexpected(other.error());
            continue;
        }
        const auto nothing_new = same(**other);
        if (!nothing_new) return tl::unexpected(nothing_new.error());
        if (*nothing_new) idle.push_back(each.words);
    }
    return idle;
}

bool same_decision(const planner::Decision& a, const planner::Decision& b) {
    planner::Decision as_long = b;
    // How the solver came to it is not part of the answer, only whether it is proven.
    const bool proven = a.proof.proven == b.proof.proven;
    as_long.proof = a.proof;
    return proven && a == as_long;
}

bool same_frontier(const planner::Frontier& a, const planner::Frontier& b) {
    planner::Frontier as_long = b;
    as_long.elapsed = a.elapsed;
    return a == as_long;
}

}  // namespace deepvm::explain
