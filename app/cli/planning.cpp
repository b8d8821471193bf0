// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/planning.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/names.h"
#include "base/numbers.h"
#include "model/fabric.h"
#include "problem/quotas.h"

namespace deepvm::cli {
namespace {

using base::ErrorCode;
using base::Result;
using problem::Request;

// Each reader takes one option into the request; an option that was not given is left at its default.
template <typename T, typename Parse>
Result<void> read(const std::string& text, T& into, Parse parse) {
    if (text.empty()) return {};
    auto value = parse(text);
    if (!value) return tl::unexpected(std::move(value.error()));
    into = *value;
    return {};
}

template <typename T>
Result<void> read_number(const char* option, const std::string& text, T& into, double most) {
    return read(text, into,
                [&](const std::string& given) { return base::parse_typed_number(given, option, 0, most); });
}

template <typename T>
Result<void> read_count(const char* option, const std::string& text, T& into, int least, int most) {
    return read(text, into, [&](const std::string& given) {
        return base::parse_typed_count(given, option, least, most).map([](auto count) {
            return static_cast<int>(count);
        });
    });
}

Result<void> read_architectures(const std::vector<std::string>& names, Request& request) {
    if (names.empty()) return {};
    request.architectures.clear();
    for (const auto& name : names) {
        auto architecture = problem::parse_architecture(name);
        if (!architecture) return tl::unexpected(std::move(architecture.error()));
        request.architectures.push_back(*architecture);
    }
    return {};
}

Result<void> read_quotas(const char* option, const std::vector<std::string>& given,
                         const model::Market& market, problem::QuotaLimits& into) {
    for (const auto& entry : given) {
        const auto equals = entry.find('=');
        if (equals == std::string::npos || equals == 0)
            return base::fail(ErrorCode::invalid_input,
                              fmt::format("{} \"{}\" is not CLASS=VCPUS, for example G=128", option, entry));
        const auto vcpus =
            base::parse_typed_count(entry.substr(equals + 1), option, 0, problem::most_quota_vcpus);
        if (!vcpus) return tl::unexpected(vcpus.error());
        const auto named =
            problem::find_quota_class(market, fmt::format("{} class", option), entry.substr(0, equals));
        if (!named) return tl::unexpected(named.error());
        into[*named] = static_cast<int>(*vcpus);
    }
    return {};
}

// An option that would be ignored is refused: what a person asked for must have an effect.
Result<void> check_memory_rule(const PlanningOptions& options, problem::Preset preset) {
    const bool published = preset == problem::Preset::published;
    const std::pair<const char*, const std::string&> foreign[] = {
        {published ? "--checkpoint-gib" : "--checkpoint-size-100mb",
         published ? options.checkpoint_gib : options.checkpoint_size_100mb},
        {published ? "--buffer-depth" : "--buffer-size",
         published ? options.buffer_depth : options.buffer_size}};
    for (const auto& [option, text] : foreign)
        if (!text.empty())
            return base::fail(
                ErrorCode::invalid_input,
                fmt::format("{} has no meaning with preset {}; leave it out or choose the other preset",
                            option, name(preset)));
    return {};
}

// Rates and prices of a published data set are what they are.
Result<void> check_provider_options(const PlanningOptions& options, model::MarketKind kind) {
    if (kind == model::MarketKind::provider) return {};
    const char* option = !options.hosts.empty()         ? "--hosts"
                         : options.observed_prices_only ? "--observed-prices-only"
                                                        : nullptr;
    if (option == nullptr) return {};
    return base::fail(
        ErrorCode::invalid_input,
        fmt::format("{} has no meaning in a published data set; leave it out or choose a provider", option));
}

// Times of a type that is not there would change nothing, without a word.
Result<void> check_measured_types(const Request& request, const model::Market& market) {
    std::vector<std::string> known;
    for (const auto& type : market.types)
        known.push_back(type.name);
    for (const auto& [type, law] : request.measured)
        if (std::find(known.begin(), known.end(), type) == known.end())
            return tl::unexpected(base::unknown_name("instance type of --measurements", type, known));
    return {};
}

Result<Request> read_request(const PlanningOptions& options, const model::Market& market) {
    constexpr double most_gib = 1e6;
    Request request;
    request = problem::default_request(market.kind);
    if (auto done = read(options.preset, request.preset, problem::parse_preset); !done)
        return tl::unexpected(done.error());
    if (auto done = read(options.objective, request.objective, problem::parse_objective); !done)
        return tl::unexpected(done.error());
    request.architectures = problem::default_architectures(market.kind, request.preset, request.objective);
    auto done =
        read_architectures(options.architectures, request)
            .and_then([&] { return read(options.precision, request.precision, problem::parse_precision); })
            .and_then(
                [&] { return read_number("--utilisation", options.utilisation, request.utilisation, 1); })
            .and_then([&] {
                return read_number("--overlap", options.overlap, request.overlap, model::most_hidden);
            })
            .and_then([&] { return read(options.hosts, request.hosts, problem::parse_hosts); })
            .and_then([&] {
                return read_number("--min-efficiency", options.min_efficiency, request.min_efficiency, 1);
            })
            .and_then([&] {
                return read_count("--max-nodes", options.max_nodes, request.max_nodes, 1,
                                  problem::largest_max_nodes);
            })
            .and_then([&] { return read_count("--top", options.top, request.top, 1, 100); })
            .and_then([&] { return check_memory_rule(options, request.preset); })
            .and_then([&] {
                return read_number("--checkpoint-size-100mb", options.checkpoint_size_100mb,
                                   request.checkpoint_size_100mb, most_gib);
            })
            .and_then([&] {
                return read_number("--buffer-size", options.buffer_size, request.buffer_size, most_gib);
            })
            .and_then([&] {
                return read_number("--checkpoint-gib", options.checkpoint_gib, request.checkpoint_gib,
                                   most_gib);
            })
            .and_then([&] {
                return read_number("--buffer-depth", options.buffer_depth, request.buffer_depth, most_gib);
            })
            .and_then(
                [&] { return read_quotas("--spot-quota", options.spot_quota, market, request.spot_quota); })
            .and_then([&] {
                return read_quotas("--on-demand-quota", options.on_demand_quota, market,
                                   request.on_demand_quota);
            })
            .and_then([&] { return read_job(options.job, request); });
    if (!done) return tl::unexpected(done.error());
    if (!options.workload.empty()) request.workload = options.workload;
    request.observed_prices_only = options.observed_prices_only;
    if (auto fitting = check_provider_options(options, market.kind); !fitting)
        return tl::unexpected(fitting.error());
    if (auto known = check_measured_types(request, market); !known) return tl::unexpected(known.error());
    return request;
}

Result<catalog::Selection> read_selection(const PlanningOptions& options, const catalog::Catalog& catalog) {
    catalog::Selection selection;
    if (!options.data_set.empty() || options.provider.empty()) {
        if (!options.region.empty())
            return base::fail(
                ErrorCode::invalid_input,
                fmt::format("--region {} needs --provider, for example --provider aws", options.region));
        if (!options.data_set.empty()) selection.market = options.data_set;
        // Nobody has asked for the usual data set, which one's own catalog need not have.
        if (options.data_set.empty()) {
            const auto there_is = catalog::selection_there_is(catalog.markets(), selection);
            if (there_is.market != selection.market) {
                warn(fmt::format("the catalog has no data set {}; these are the prices of {}{}{}",
                                 selection.market, there_is.market, there_is.region.empty() ? "" : ", ",
                                 there_is.region));
                return there_is;
            }
        }
    } else {
        selection = {options.provider, options.region};
    }
    const auto wanted = options.provider.empty() ? model::MarketKind::published : model::MarketKind::provider;
    const char* what = options.provider.empty() ? "data set" : "provider";
    std::vector<std::string> known;
    for (const auto& market : catalog.markets()) {
        if (market.kind != wanted) continue;
        known.push_back(market.name);
        if (market.name != selection.market) continue;
        if (selection.region.empty() && market.regions.size() == 1) selection.region = market.regions.front();
        if (selection.region.empty() && wanted == model::MarketKind::provider)
            return base::fail(
                ErrorCode::invalid_input,
                fmt::format("{} has {} regions; choose one with --region, for example --region {}",
                            market.title, market.regions.size(), market.regions.front()));
        return selection;
    }
    return tl::unexpected(base::unknown_name(what, selection.market, known));
}

}  // namespace

std::shared_ptr<PlanningOptions> add_planning_options(CLI::App& command) {
    auto options = std::make_shared<PlanningOptions>();
    auto* data_set = command.add_option("--dataset", options->data_set,
                                        "Published data set: deepvm-paper (default), deepvm-simulated");
    command
        .add_option("--provider", options->provider,
                    "Cloud provider of the catalog (aws, azure, gcp, lambda), or any for all")
        ->excludes(data_set);
    command.add_option("--region", options->region,
                       "Region of the provider, or any; not with --provider any");
    command.add_option(
        "--preset", options->preset,
        "published: the paper's planner to the digit; corrected: its bounds and memory rule mended");
    command
        .add_option("--architectures", options->architectures,
                    "single-anchor,tiering,on-demand,spot-bucket,parameter-server,mixed-workers")
        ->delimiter(',');
    command.add_option(
        "--objective", options->objective,
        "deepvm (FLOPP x effective nodes), throughput (TFLOP/s), job-cost (expected USD) or job-time "
        "(expected hours), both with revocations");
    command.add_option("--workload", options->workload, "What is trained, for example resnet50-imagenet");
    command.add_option("--precision", options->precision,
                       "fp32 (TF32 where there is any), tf32, tensor or fp8 (default: the workload's)");
    command.add_option("--utilisation", options->utilisation,
                       "Share of the peak rate, in place of measured and estimated speeds");
    command.add_option("--overlap", options->overlap,
                       "Share of the communication that is hidden behind computing, 0 to 0.7 (0)");
    command.add_option("--hosts", options->hosts,
                       "x86 (default), or any: also ARM, which needs its own programs");
    command.add_option("--min-efficiency", options->min_efficiency,
                       "Least of what machines do alone that they must do together, 0 to 1 (providers: 0.5)");
    command.add_flag("--observed-prices-only", options->observed_prices_only,
                     "Leave out spot prices that are estimates from average savings");
    command.add_option("--max-nodes", options->max_nodes, "Most nodes of a cluster (corrected: 64)");
    command.add_option("--top", options->top, "Plans listed (3)");
    command.add_option("--checkpoint-size-100mb", options->checkpoint_size_100mb,
                       "Published memory rule: checkpoint size in 100 MB (2)");
    command.add_option("--buffer-size", options->buffer_size, "Published memory rule: buffer (0.5)");
    command.add_option("--checkpoint-gib", options->checkpoint_gib,
                       "Corrected memory rule: checkpoint in GiB (default: the workload's)");
    command.add_option("--buffer-depth", options->buffer_depth,
                       "Corrected memory rule: checkpoints held at once (2)");
    command.add_option(
        "--spot-quota", options->spot_quota,
        "CLASS=VCPUS of spot machines, may be repeated; with --provider any PROVIDER/CLASS=VCPUS. A class "
        "that is not named has no limit; its case does not matter, and its beginning is enough");
    command.add_option("--on-demand-quota", options->on_demand_quota,
                       "CLASS=VCPUS of on-demand machines, may be repeated; as for spot");
    add_job_options(command, options->job);
    return options;
}

Result<std::shared_ptr<const problem::Problem>> make_problem(const Context& context,
                                                             const PlanningOptions& options) {
    const auto opened = open_catalog(context);
    if (!opened) return tl::unexpected(opened.error());
    const auto selection = read_selection(options, *opened);
    if (!selection) return tl::unexpected(selection.error());
    auto market = opened->load(*selection);
    if (!market) return tl::unexpected(market.error());
    auto request = read_request(options, **market);
    if (!request) return tl::unexpected(request.error());
    return problem::make_problem(std::move(*market), std::move(*request));
}

Result<std::string> parse_format(std::string_view text, const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), text) != known.end()) return std::string(text);
    return tl::unexpected(base::unknown_name("format", text, known));
}

}  // namespace deepvm::cli
