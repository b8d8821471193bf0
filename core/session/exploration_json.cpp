// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exploration_json.h"

#include <fmt/format.h>

#include "model/fabric.h"
#include "model/workload_file.h"
#include "problem/quotas.h"

namespace deepvm::session {
namespace {

constexpr double most_gbs = 1e6;
constexpr double most_gib = 1e6;
constexpr double most_seconds = 1e12;

template <typename T>
Json name_or_null(const std::optional<T>& value) {
    return value ? Json(problem::name(*value)) : Json(nullptr);
}

Json job_value(const problem::Job& job) {
    return {{"unit", problem::name(job.unit)},
            {"amount", or_null(job.amount)},
            {"deadline_hours", or_null(job.deadline_hours)},
            {"confidence", job.confidence}};
}

Json risk_value(const problem::Risk& risk) {
    Json rates = nullptr;
    if (risk.rates)
        rates = {{"low", risk.rates->low}, {"middle", risk.rates->middle}, {"high", risk.rates->high}};
    return {{"point", problem::name(risk.point)},
            {"source", risk.source},
            {"revocations_per_machine_hour", std::move(rates)}};
}

Json checkpointing_value(const problem::Checkpointing& ways) {
    return {{"disk_gbs", ways.disk_gbs},
            {"store_gbs", ways.store_gbs},
            {"host_copy_gbs", ways.host_copy_gbs},
            {"provisioning_seconds", ways.provisioning_s},
            {"store_usd_per_gib_month", ways.store_usd_per_gib_month},
            {"stored_checkpoints", ways.stored_checkpoints}};
}

Json assumptions_value(const Assumptions& assumptions) {
    return {{"precision", name_or_null(assumptions.precision)},
            {"utilisation", or_null(assumptions.utilisation)},
            {"overlap", assumptions.overlap},
            {"hosts", problem::name(assumptions.hosts)},
            {"min_efficiency", or_null(assumptions.min_efficiency)},
            {"checkpoint_gib", or_null(assumptions.checkpoint_gib)},
            {"buffer_depth", assumptions.buffer_depth},
            {"checkpoint_size_100mb", assumptions.checkpoint_size_100mb},
            {"buffer_size", assumptions.buffer_size}};
}

Json workload_value(const model::WorkloadProfile& workload) {
    return {{"name", workload.name},
            {"display_name", workload.display_name},
            {"parameters", workload.parameters},
            {"flop_per_sample", workload.flop_per_sample},
            {"batch_per_accelerator", workload.batch_per_accelerator},
            {"gradient_bytes_per_parameter", workload.gradient_bytes_per_parameter},
            {"state_bytes_per_parameter", workload.state_bytes_per_parameter},
            {"checkpoint_bytes_per_parameter", workload.checkpoint_bytes_per_parameter},
            {"samples_per_epoch", workload.samples_per_epoch},
            {"epochs", workload.epochs},
            {"precision", problem::name(workload.precision)},
            {"note", workload.note},
            {"kind", workload.kind ? Json(model::workload_kind_name(*workload.kind)) : Json(nullptr)},
            {"accumulation_steps", workload.accumulation_steps},
            {"measured_as", workload.measured_as}};
}

Json measured_value(const model::ScalingFit& fit) {
    Json times = Json::array();
    for (const auto& point : fit.points)
        times.push_back({{"nodes", point.nodes}, {"epoch_seconds", point.measured_seconds}});
    return {{"instance_type", fit.instance_type},
            {"epoch_times", std::move(times)},
            {"law",
             {{"epoch_seconds", fit.law.epoch_seconds},
              {"transfer_seconds", fit.law.transfer_seconds},
              {"latency_seconds", fit.law.latency_seconds}}}};
}

void read_job(Fields& fields, problem::Job& job) {
    job.unit = fields.named("unit", problem::parse_job_unit).value_or(job.unit);
    job.amount = fields.number("amount", 1e-9, most_job_amount);
    job.deadline_hours = fields.number("deadline_hours", 1e-6, risk::longest_hours);
    job.confidence = fields.number("confidence", 0.01, 0.9999).value_or(job.confidence);
    fields.note_the_rest();
}

void read_risk(Fields& fields, problem::Risk& risk) {
    constexpr double most_rate = 1e6;
    risk.point = fields.named("point", problem::parse_rate_point).value_or(risk.point);
    const auto source = fields.text("source");
    if (auto rates = fields.object("revocations_per_machine_hour")) {
        risk::RateRange range;
        range.low = rates->must("low", rates->number("low", 0, most_rate));
        range.middle = rates->must("middle", rates->number("middle", range.low, most_rate));
        range.high = rates->must("high", rates->number("high", range.middle, most_rate));
        rates->note_the_rest();
        risk.rates = range;
        risk.source = source.value_or("");
    }
    fields.note_the_rest();
}

void read_checkpointing(Fields& fields, problem::Checkpointing& ways) {
    ways.disk_gbs = fields.number("disk_gbs", 1e-6, most_gbs).value_or(ways.disk_gbs);
    ways.store_gbs = fields.number("store_gbs", 1e-6, most_gbs).value_or(ways.store_gbs);
    ways.host_copy_gbs = fields.number("host_copy_gbs", 1e-6, most_gbs).value_or(ways.host_copy_gbs);
    ways.provisioning_s = fields.number("provisioning_seconds", 0, 1e7).value_or(ways.provisioning_s);
    ways.store_usd_per_gib_month =
        fields.number("store_usd_per_gib_month", 0, 1e3).value_or(ways.store_usd_per_gib_month);
    ways.stored_checkpoints = fields.number("stored_checkpoints", 0, 1e6).value_or(ways.stored_checkpoints);
    fields.note_the_rest();
}

void read_assumptions(Fields& fields, Assumptions& assumptions) {
    assumptions.precision = fields.named("precision", problem::parse_precision);
    assumptions.utilisation = fields.number("utilisation", 1e-6, 1);
    assumptions.overlap = fields.number("overlap", 0, model::most_hidden).value_or(assumptions.overlap);
    assumptions.hosts = fields.named("hosts", problem::parse_hosts).value_or(assumptions.hosts);
    assumptions.min_efficiency = fields.number("min_efficiency", 0, 1);
    assumptions.checkpoint_gib = fields.number("checkpoint_gib", 0, most_gib);
    assumptions.buffer_depth = fields.number("buffer_depth", 0, most_gib).value_or(assumptions.buffer_depth);
    assumptions.checkpoint_size_100mb =
        fields.number("checkpoint_size_100mb", 0, most_gib).value_or(assumptions.checkpoint_size_100mb);
    assumptions.buffer_size = fields.number("buffer_size", 0, most_gib).value_or(assumptions.buffer_size);
}

model::WorkloadProfile read_workload(Fields& fields) {
    constexpr std::int64_t most = 1'000'000'000'000'000;
    constexpr int most_int = std::numeric_limits<int>::max();
    const auto count = [&](const char* key) {
        return static_cast<int>(fields.must(key, fields.whole(key, 0, most_int)));
    };
    model::WorkloadProfile workload;
    workload.name = fields.must("name", fields.text("name"));
    workload.display_name = fields.text("display_name").value_or(workload.name);
    workload.parameters = fields.must("parameters", fields.whole("parameters", 1, most));
    workload.flop_per_sample = fields.must("flop_per_sample", fields.number("flop_per_sample", 0, 1e30));
    workload.batch_per_accelerator = count("batch_per_accelerator");
    workload.gradient_bytes_per_parameter = count("gradient_bytes_per_parameter");
    workload.state_bytes_per_parameter = count("state_bytes_per_parameter");
    workload.checkpoint_bytes_per_parameter = count("checkpoint_bytes_per_parameter");
    workload.samples_per_epoch = fields.must("samples_per_epoch", fields.whole("samples_per_epoch", 1, most));
    workload.epochs = count("epochs");
    workload.precision = fields.named("precision", problem::parse_precision).value_or(workload.precision);
    workload.note = fields.text("note").value_or("");
    if (const auto kind = fields.text("kind")) {
        workload.kind = model::workload_kind_named(*kind);
        if (!workload.kind)
            throw Refused(fmt::format("{} \"{}\" is no kind of workload", fields.path("kind"), *kind));
    }
    workload.accumulation_steps =
        static_cast<int>(fields.whole("accumulation_steps", 1, 1'000'000).value_or(1));
    workload.measured_as = fields.text("measured_as").value_or("");
    if (const auto sound = model::check_workload(workload); !sound)
        throw Refused(fields.where() + ": " + sound.error().message);
    return workload;
}

model::ScalingFit read_measured(Fields& fields) {
    const auto type = fields.must("instance_type", fields.text("instance_type"));
    std::vector<model::EpochTime> times;
    fields.each("epoch_times", [&](Fields& time) {
        const auto nodes = time.must("nodes", time.whole("nodes", 1, model::most_measured_nodes));
        const auto seconds = time.must("epoch_seconds", time.number("epoch_seconds", 1e-9, most_seconds));
        times.push_back({type, static_cast<int>(nodes), seconds});
    });
    model::ScalingFit fit{type, {}, {}, 0};
    if (auto law = fields.object("law")) {
        fit.law.epoch_seconds = law->must("epoch_seconds", law->number("epoch_seconds", 1e-9, most_seconds));
        fit.law.transfer_seconds = law->number("transfer_seconds", 0, most_seconds).value_or(0);
        fit.law.latency_seconds = law->number("latency_seconds", 0, most_seconds).value_or(0);
        law->note_the_rest();
    }
    if (times.empty()) {
        if (fit.law.epoch_seconds <= 0)
            throw Refused(fields.path("law") + " is missing, and so are epoch_times");
        return fit;
    }
    auto fitted = model::fit_scaling(type, times);
    if (!fitted) throw Refused(fields.where() + ": " + fitted.error().message);
    return *std::move(fitted);
}

void read_architectures(Fields& fields, Exploration& exploration) {
    std::optional<Exploration> chosen;
    fields.each_text("architectures", [&](const std::string& name) {
        const auto architecture = problem::parse_architecture(name);
        if (!architecture) throw Refused(fields.path("architectures") + ": " + architecture.error().message);
        if (!chosen) {
            chosen = exploration;
            chosen->architectures.clear();
        }
        chosen->enable(*architecture, true);
    });
    if (chosen) exploration.architectures = chosen->architectures;
}

void read_own_data(Fields& fields, Exploration& exploration) {
    const auto limits = [&](const char* key, problem::QuotaLimits& into) {
        fields.each_whole(
            key, 0, problem::most_quota_vcpus,
            [&](const std::string& name, std::int64_t vcpus) { into[name] = static_cast<int>(vcpus); });
    };
    limits("spot_quota", exploration.spot_quota);
    limits("on_demand_quota", exploration.on_demand_quota);
    fields.each("own_workloads",
                [&](Fields& each) { exploration.own_workloads.push_back(read_workload(each)); });
    fields.each("measured", [&](Fields& each) {
        auto fit = read_measured(each);
        exploration.measured[fit.instance_type] = std::move(fit);
    });
}

}  // namespace

Json exploration_value(const Exploration& exploration) {
    Json architectures = Json::array();
    for (const auto architecture : exploration.architectures)
        architectures.push_back(problem::name(architecture));
    Json workloads = Json::array();
    for (const auto& workload : exploration.own_workloads)
        workloads.push_back(workload_value(workload));
    Json measured = Json::array();
    for (const auto& [type, fit] : exploration.measured)
        measured.push_back(measured_value(fit));
    return {{"market", exploration.selection.market},
            {"region", exploration.selection.region},
            {"budget_usd_per_hour", exploration.budget.usd()},
            {"architectures", std::move(architectures)},
            {"objective", problem::name(exploration.objective)},
            {"workload", exploration.workload},
            {"preset", name_or_null(exploration.preset)},
            {"observed_prices_only", exploration.observed_prices_only},
            {"max_nodes", or_null(exploration.max_nodes)},
            {"job", job_value(exploration.job)},
            {"risk", risk_value(exploration.risk)},
            {"checkpointing", checkpointing_value(exploration.checkpointing)},
            {"assumptions", assumptions_value(exploration.assumptions)},
            {"spot_quota", Json(exploration.spot_quota)},
            {"on_demand_quota", Json(exploration.on_demand_quota)},
            {"own_workloads", std::move(workloads)},
            {"measured", std::move(measured)},
            {"what_if_percent", exploration.what_if_percent},
            {"future_runs", exploration.future_runs},
            {"future_seed", exploration.future_seed}};
}

Exploration read_exploration(Fields& fields) {
    Exploration read;
    read.selection.market = fields.must("market", fields.text("market"));
    read.selection.region = fields.text("region").value_or("");
    read.budget = fields.must("budget_usd_per_hour", fields.money("budget_usd_per_hour"));
    if (read.budget.micro() <= 0)
        throw Refused(fields.path("budget_usd_per_hour") + " is 0; it must be above 0");
    read_architectures(fields, read);
    read.objective = fields.named("objective", problem::parse_objective).value_or(read.objective);
    read.workload = fields.text("workload").value_or(read.workload);
    read.preset = fields.named("preset", problem::parse_preset);
    read.observed_prices_only = fields.flag("observed_prices_only").value_or(false);
    if (const auto nodes = fields.whole("max_nodes", 1, problem::largest_max_nodes))
        read.max_nodes = static_cast<int>(*nodes);
    if (auto job = fields.object("job")) read_job(*job, read.job);
    if (auto risk = fields.object("risk")) read_risk(*risk, read.risk);
    if (auto ways = fields.object("checkpointing")) read_checkpointing(*ways, read.checkpointing);
    if (auto assumptions = fields.object("assumptions")) {
        read_assumptions(*assumptions, read.assumptions);
        assumptions->note_the_rest();
    }
    read_own_data(fields, read);
    const auto setting = [&](const char* key, int least, int most, int& into) {
        into = static_cast<int>(fields.whole(key, least, most).value_or(into));
    };
    setting("what_if_percent", least_what_if, most_what_if, read.what_if_percent);
    setting("future_runs", least_future_runs, most_future_runs, read.future_runs);
    setting("future_seed", 0, most_future_seed, read.future_seed);
    fields.note_the_rest();
    return read;
}

}  // namespace deepvm::session
