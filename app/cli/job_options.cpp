// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/job_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/durations.h"
#include "base/names.h"
#include "base/numbers.h"
#include "catalog/locations.h"
#include "model/measurements.h"
#include "model/workload_file.h"
#include "risk/job_run.h"

namespace deepvm::cli {
namespace {

using base::Result;
using problem::JobUnit;

Result<void> read_number(const char* option, const std::string& text, auto& into, double least, double most) {
    if (text.empty()) return {};
    const auto number = base::parse_typed_number(text, option, least, most);
    if (!number) return tl::unexpected(number.error());
    into = *number;
    return {};
}

Result<void> read_amount(const JobOptions& options, problem::Job& job) {
    constexpr double most = 1e30;
    const std::tuple<const char*, const std::string&, JobUnit> ways[] = {
        {"--epochs", options.epochs, JobUnit::epochs},
        {"--samples", options.samples, JobUnit::samples},
        {"--flop", options.flop, JobUnit::flop}};
    for (const auto& [option, text, unit] : ways) {
        if (text.empty()) continue;
        job.unit = unit;
        if (auto done = read_number(option, text, job.amount, 1e-9, most); !done) return done;
    }
    return {};
}

Result<void> read_risk(const JobOptions& options, problem::Risk& risk) {
    if (!options.revocations.empty()) {
        const auto point = problem::parse_rate_point(options.revocations);
        if (!point) return tl::unexpected(point.error());
        risk.point = *point;
    }
    const auto lived = lifetimes(options);
    if (!lived) return tl::unexpected(lived.error());
    if (*lived) {
        const double rate = (*lived)->mean_rate();
        risk.rates = risk::RateRange{rate, rate, rate};
        risk.source =
            fmt::format("lifetimes of preemptible {} machines of Google Cloud, 2019", options.lifetimes);
        return {};
    }
    if (options.monthly_revocations.empty()) return {};
    const auto percent =
        base::parse_typed_number(options.monthly_revocations, "--monthly-revocations", 0, 99.9);
    if (!percent) return tl::unexpected(percent.error());
    const double rate = risk::hourly_rate(*percent / 100);
    risk.rates = risk::RateRange{rate, rate, rate};
    risk.source = fmt::format("set by hand, {} % a month", *percent);
    return {};
}

Result<void> read_files(const JobOptions& options, problem::Request& request) {
    if (!options.workloads_file.empty()) {
        auto workloads = model::read_workloads(options.workloads_file);
        if (!workloads) return tl::unexpected(std::move(workloads.error()));
        request.own_workloads = std::move(*workloads);
    }
    if (options.measurements_file.empty()) return {};
    const auto times = model::read_epoch_times(options.measurements_file);
    if (!times) return tl::unexpected(times.error());
    const auto fits = model::fit_by_type(*times);
    if (!fits.refused.empty()) return tl::unexpected(fits.refused.front());
    for (const auto& fit : fits.fits)
        request.measured[fit.instance_type] = fit.law;
    return {};
}

}  // namespace

void add_job_options(CLI::App& command, JobOptions& options) {
    auto* epochs =
        command.add_option("--epochs", options.epochs, "The job: epochs (default: the workload's)");
    auto* samples = command.add_option("--samples", options.samples, "The job: samples")->excludes(epochs);
    command.add_option("--flop", options.flop, "The job: floating point operations")
        ->excludes(epochs)
        ->excludes(samples);
    command.add_option(
        "--deadline", options.deadline,
        "Hours until the job must be done, or 90min, 3d, \"2d 12h\"; job objectives keep it with "
        "--confidence");
    command.add_option("--confidence", options.confidence, "Probability of keeping the deadline (0.95)");
    command.add_option("--revocations", options.revocations,
                       "Point of an interruption band that counts: low, middle (default) or high");
    auto* monthly = command.add_option("--monthly-revocations", options.monthly_revocations,
                                       "Percent of spot machines revoked in a month, instead of the bands");
    command
        .add_option("--lifetimes", options.lifetimes,
                    "Revocations as of Google Cloud's machines in 2019 with this GPU: k80, p100 or v100")
        ->excludes(monthly);
    command.add_option("--workloads", options.workloads_file, "CSV file of your own workload profiles")
        ->type_name("FILE");
    command
        .add_option("--measurements", options.measurements_file,
                    "CSV file of instance_type, nodes, epoch_seconds: scaling as measured")
        ->type_name("FILE");
    command.add_option("--disk-gbs", options.disk_gbs, "Disk of an anchor, GB/s (1)");
    command.add_option("--store-gbs", options.store_gbs, "One way into an object store, GB/s (0.0875)");
    command.add_option("--store-price", options.store_price,
                       "USD a GiB and month in the object store (0.023)");
    command.add_option("--provisioning", options.provisioning,
                       "Seconds until a revoked machine is replaced (300)");
}

Result<std::optional<risk::Lifetimes>> lifetimes(const JobOptions& options) {
    if (options.lifetimes.empty()) return std::nullopt;
    const auto folder = catalog::default_validation_folder();
    if (!folder) return tl::unexpected(folder.error());
    const auto machines = risk::read_lifetimes(*folder / "transient_vm_lifetimes.csv");
    if (!machines) return tl::unexpected(machines.error());
    auto groups = risk::lifetime_groups(*machines);
    if (!groups) return tl::unexpected(groups.error());
    std::vector<std::string> known;
    for (auto& group : *groups) {
        if (!group.region.empty()) continue;
        if (group.gpu == options.lifetimes) return std::move(group.lifetimes);
        known.push_back(group.gpu);
    }
    return tl::unexpected(base::unknown_name("GPU of --lifetimes", options.lifetimes, known));
}

Result<void> read_job(const JobOptions& options, problem::Request& request) {
    auto& ways = request.checkpointing;
    return read_amount(options, request.job)
        .and_then([&] {
            if (options.deadline.empty()) return Result<void>();
            return base::parse_hours(options.deadline, "--deadline", 1e-6, risk::longest_hours)
                .map([&](double hours) { request.job.deadline_hours = hours; });
        })
        .and_then([&] {
            return read_number("--confidence", options.confidence, request.job.confidence, 0.01, 0.9999);
        })
        .and_then([&] { return read_risk(options, request.risk); })
        .and_then([&] { return read_number("--disk-gbs", options.disk_gbs, ways.disk_gbs, 1e-6, 1e6); })
        .and_then([&] { return read_number("--store-gbs", options.store_gbs, ways.store_gbs, 1e-6, 1e6); })
        .and_then([&] {
            return read_number("--store-price", options.store_price, ways.store_usd_per_gib_month, 0, 1e3);
        })
        .and_then(
            [&] { return read_number("--provisioning", options.provisioning, ways.provisioning_s, 0, 1e7); })
        .and_then([&] { return read_files(options, request); });
}

}  // namespace deepvm::cli
