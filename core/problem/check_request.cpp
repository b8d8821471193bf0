// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/check_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/names.h"
#include "model/fabric.h"
#include "model/measurements.h"
#include "model/precision.h"
#include "problem/quotas.h"
#include "risk/job_run.h"

namespace deepvm::problem {
namespace {

using base::ErrorCode;
using base::fail;

tl::expected<void, base::Error> check_number(std::string_view what, double number, double least,
                                             double most) {
    if (std::isfinite(number) && number >= least && number <= most) return {};
    return fail(ErrorCode::invalid_input,
                fmt::format("{} {} is not from {} to {}", what, number, least, most));
}

tl::expected<void, base::Error> check_quotas(std::string_view what, const QuotaLimits& quotas,
                                             const model::Market& market) {
    std::vector<std::string> known;
    if (!quotas.empty())
        for (const auto& each : quota_classes(market))
            known.push_back(each.name);
    for (const auto& [quota_class, vcpus] : quotas) {
        if (std::ranges::find(known, quota_class) == known.end())
            return tl::unexpected(base::unknown_name(fmt::format("{} class", what), quota_class, known));
        if (vcpus < 0)
            return fail(ErrorCode::invalid_input,
                        fmt::format("{} {}={} is negative; give vCPUs, 0 or more", what, quota_class, vcpus));
    }
    return {};
}

tl::expected<void, base::Error> check_job(const Request& request) {
    constexpr double most_amount = 1e30;  // FLOP, too
    constexpr double most_gbs = 1e6;
    const Job& job = request.job;
    const Checkpointing& ways = request.checkpointing;
    const risk::RateRange rates = request.risk.rates.value_or(risk::RateRange{});
    return check_number("job amount", job.amount.value_or(1), 1e-9, most_amount)
        .and_then([&] {
            return check_number("deadline hours", job.deadline_hours.value_or(1), 1e-6, risk::longest_hours);
        })
        .and_then([&] { return check_number("confidence", job.confidence, 0.01, 0.9999); })
        .and_then([&] { return check_number("lowest revocation rate", rates.low, 0, rates.middle); })
        .and_then([&] { return check_number("revocation rate", rates.middle, 0, rates.high); })
        .and_then([&] { return check_number("highest revocation rate", rates.high, 0, 1e6); })
        .and_then([&] { return check_number("disk GB/s", ways.disk_gbs, 1e-6, most_gbs); })
        .and_then([&] { return check_number("object store GB/s", ways.store_gbs, 1e-6, most_gbs); })
        .and_then([&] { return check_number("host copy GB/s", ways.host_copy_gbs, 1e-6, most_gbs); })
        .and_then([&] { return check_number("provisioning seconds", ways.provisioning_s, 0, 1e7); })
        .and_then(
            [&] { return check_number("store USD a GiB and month", ways.store_usd_per_gib_month, 0, 1e3); });
}

// What a person measured must be possible: above the peak, the workload or the file is another one.
tl::expected<void, base::Error> check_measured(const model::Market& market, const Request& request) {
    const auto& workload = *find_workload(market, request);
    for (const auto& type : market.types) {
        const auto measured = request.measured.find(type.name);
        if (measured == request.measured.end() || type.published_rate || !type.accelerator) continue;
        const auto precision =
            model::trains_in(*type.accelerator, request.precision.value_or(workload.precision));
        const auto possible =
            model::check_speed(model::samples_per_second(workload, measured->second), *type.accelerator,
                               type.accelerator_count, workload.flop_per_sample, precision);
        if (!possible)
            return fail(ErrorCode::invalid_input, fmt::format("measured times of {} with {}: {}", type.name,
                                                              workload.name, possible.error().message));
    }
    return {};
}

}  // namespace

tl::expected<void, base::Error> check_request(const model::Market& market, const Request& request) {
    if (request.architectures.empty())
        return fail(ErrorCode::invalid_input, "no architecture is chosen; choose at least one");
    if (request.preset == Preset::published && market.kind != model::MarketKind::published)
        return fail(
            ErrorCode::invalid_input,
            fmt::format("preset \"published\" is for the published data sets, not for {}; use \"corrected\"",
                        market.name));
    if (!find_workload(market, request)) {
        std::vector<std::string> known;
        for (const auto& workload : request.own_workloads)
            known.push_back(workload.name);
        for (const auto& workload : market.workloads)
            known.push_back(workload.name);
        return tl::unexpected(base::unknown_name("workload", request.workload, known));
    }
    constexpr double most_gib = 1e6;
    return check_number("utilisation", request.utilisation.value_or(1), 1e-6, 1)
        .and_then([&] { return check_number("overlap", request.overlap, 0, model::most_hidden); })
        .and_then([&] { return check_number("least efficiency", least_efficiency(market, request), 0, 1); })
        .and_then([&] { return check_measured(market, request); })
        .and_then([&] {
            return check_number("maximum nodes", request.max_nodes.value_or(1), 1, largest_max_nodes);
        })
        .and_then([&] { return check_number("checkpoint size", request.checkpoint_size_100mb, 0, most_gib); })
        .and_then([&] { return check_number("buffer size", request.buffer_size, 0, most_gib); })
        .and_then(
            [&] { return check_number("checkpoint GiB", request.checkpoint_gib.value_or(0), 0, most_gib); })
        .and_then([&] { return check_number("buffer depth", request.buffer_depth, 0, most_gib); })
        .and_then([&] { return check_number("top", request.top, 1, 100); })
        .and_then([&] { return check_job(request); })
        .and_then([&] { return check_quotas("spot quota", request.spot_quota, market); })
        .and_then([&] { return check_quotas("on-demand quota", request.on_demand_quota, market); });
}

}  // namespace deepvm::problem
