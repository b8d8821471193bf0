// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks the planner, apart from the budget.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/market.h"
#include "model/scaling.h"
#include "risk/revocation.h"

namespace deepvm::problem {

/// How machines are put together (DeepVM, CCGrid 2024: the first two; on-demand is the baseline;
/// and CIFAR-10 on spot machines: a bucket; Speeding up Deep Learning with Transient Servers, ICAC 2019: the
/// last two).
enum class Architecture {
    single_anchor,     ///< one on-demand anchor and spot workers of the same type
    tiering,           ///< spot workers and on-demand remote nodes that hold the checkpoints
    on_demand,         ///< on-demand workers only
    spot_bucket,       ///< spot workers only, checkpoints in an object store
    parameter_server,  ///< spot workers, asynchronous, and on-demand servers that keep the parameters
    mixed_workers,     ///< one on-demand anchor and spot workers of two types, the batch shared by speed
};
inline constexpr std::array all_architectures{Architecture::single_anchor,    Architecture::tiering,
                                              Architecture::on_demand,        Architecture::spot_bucket,
                                              Architecture::parameter_server, Architecture::mixed_workers};

/// `published` reproduces the published planner to the digit; `corrected` mends its bounds and memory rule.
enum class Preset { published, corrected };

enum class Objective {
    deepvm,      ///< spot FLOPP of the worker type x effective nodes, FLOP per dollar
    throughput,  ///< effective rate x effective nodes, TFLOP/s
    job_cost,    ///< expected dollars until the job is done, revocations included
    job_time,    ///< expected hours until the job is done, revocations included
};

/// Whether the objective is about a job, so that fewer of its unit are better.
bool is_of_job(Objective objective);

/// Which hosts workers may have. Programs for ARM are others than those for x86, so a cluster has one of
/// them.
enum class Hosts { x86, any };

/// Which point of a range of revocation rates counts.
enum class RatePoint { low, middle, high };

/// How often spot machines are taken back.
struct Risk {
    /// Of every spot machine; nothing: each offer's own interruption band, unknown where it has none.
    std::optional<risk::RateRange> rates;
    std::string source;  ///< where `rates` come from, for people: "set by hand"
    RatePoint point = RatePoint::middle;
    double factor = 1;  ///< every rate counts so many times: not 1 only in a "what if"

    bool operator==(const Risk&) const = default;
};

/// What the job consists of.
enum class JobUnit { epochs, samples, flop };

struct Job {
    JobUnit unit = JobUnit::epochs;
    std::optional<double> amount;          ///< in `unit`; the workload's own epochs when not given
    std::optional<double> deadline_hours;  ///< job objectives: only clusters that keep it
    double confidence = 0.95;              ///< with at least this probability, (0, 1)

    bool operator==(const Job&) const = default;
};

/// Speeds of the ways that checkpoints go, in GB/s (10^9 bytes), and what it takes to replace a machine.
struct Checkpointing {
    double disk_gbs = 1;        ///< the anchor's local disk (NVMe); assumed
    double store_gbs = 0.0875;  ///< one stream into an object store: AWS S3 performance guidelines name 85 to
                                ///< 90 MB/s for one
    double host_copy_gbs = 12;  ///< accelerator to host memory, PCIe 3.0 x16; assumed
    double provisioning_s = 300;  ///< from a revocation until the new machine is ready to load; assumed
    double store_usd_per_gib_month = 0.023;  ///< AWS S3 Standard, list price of the first 50 TB
    double stored_checkpoints = 2;           ///< kept in the store: the newest, and the one being written

    bool operator==(const Checkpointing&) const = default;
};

using QuotaLimits = std::map<std::string, int, std::less<>>;  ///< model::quota_name() -> vCPUs

struct Request {
    Preset preset = Preset::corrected;
    std::vector<Architecture> architectures{Architecture::single_anchor, Architecture::tiering,
                                            Architecture::on_demand};
    Objective objective = Objective::deepvm;
    std::string workload = "resnet50-imagenet";
    std::vector<model::WorkloadProfile> own_workloads;  ///< known beside the market's, before them
    std::map<std::string, model::MeasuredScaling, std::less<>> measured;  ///< type -> law fitted to its runs
    Job job;
    Risk risk;
    Checkpointing checkpointing;
    std::optional<model::Precision> precision;  ///< the workload's own when not given
    std::optional<double> utilisation;  ///< of the peak, by hand, (0, 1]: in place of what is known of speeds
    double overlap = 0;  ///< share of the communication that is hidden behind computing, [0, 0.7]
    Hosts hosts = Hosts::x86;
    std::optional<double> min_efficiency;  ///< least effective nodes a node, [0, 1]; see least_efficiency
    bool observed_prices_only = false;     ///< spot prices that are estimates do not count
    std::optional<int> max_nodes;          ///< ceiling on n and m; corrected: 64 when not given
    double checkpoint_size_100mb = 2;      ///< published memory rule
    double buffer_size = 0.5;              ///< published memory rule
    std::optional<double> checkpoint_gib;  ///< corrected memory rule; the workload's own when not given
    double buffer_depth = 2;               ///< corrected memory rule: checkpoints held at once
    QuotaLimits spot_quota;                ///< overrides the market's; no entry, no limit of one's own
    QuotaLimits on_demand_quota;
    int top = 3;  ///< plans listed, in all and per architecture, 1..100

    bool operator==(const Request&) const = default;
};

inline constexpr int default_max_nodes = 64;
inline constexpr int largest_max_nodes = 1024;

/// `published` for a published data set, `corrected` for a provider.
Preset default_preset(model::MarketKind kind);

/// FLOPP for a published data set, as in the paper; for a provider the speed that the budget buys.
Objective default_objective(model::MarketKind kind);

/// All for a provider, and for a job objective, which knows what revocations cost; for a published data set
/// the two of the published planner, with on-demand for `corrected`.
std::vector<Architecture> default_architectures(model::MarketKind kind, Preset preset,
                                                Objective objective = Objective::deepvm);

/// The question that nobody has changed yet: what the window and the command line start from.
Request default_request(model::MarketKind kind);

/// The request's, else half for a provider: an expert does not rent a cluster that waits most of the time;
/// and 0 for a published data set.
double least_efficiency(const model::Market& market, const Request& request);

/// The request's own workload of this name, else the market's; null when neither has it.
const model::WorkloadProfile* find_workload(const model::Market& market, const Request& request);

/// How long the job is, in epochs of the workload: its own where none are given.
double job_epochs(const model::WorkloadProfile& workload, const Job& job);

/// Names as on the command line and in JSON: "single-anchor", "deepvm", "corrected", "tensor" ...
std::string_view name(Architecture architecture);
std::string_view name(Preset preset);
std::string_view name(Objective objective);
std::string_view name(model::Precision precision);
std::string_view name(JobUnit unit);
std::string_view name(RatePoint point);
std::string_view name(Hosts hosts);

/// Refuse an unknown name with the nearest known one.
base::Result<Architecture> parse_architecture(std::string_view text);
base::Result<Preset> parse_preset(std::string_view text);
base::Result<Objective> parse_objective(std::string_view text);
base::Result<model::Precision> parse_precision(std::string_view text);
base::Result<JobUnit> parse_job_unit(std::string_view text);
base::Result<RatePoint> parse_rate_point(std::string_view text);
base::Result<Hosts> parse_hosts(std::string_view text);

}  // namespace deepvm::problem
