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

namespace deepvm::planner {

/// How machines are put together (DeepVM, CCGrid 2024; on-demand is the baseline).
enum class Architecture {
    single_anchor,  ///< one on-demand anchor and spot workers of the same type
    tiering,        ///< spot workers and on-demand remote nodes that hold the checkpoints
    on_demand,      ///< on-demand workers only
};
inline constexpr std::array all_architectures{Architecture::single_anchor, Architecture::tiering,
                                              Architecture::on_demand};

/// `published` reproduces the published planner to the digit; `corrected` mends its bounds and memory rule.
enum class Preset { published, corrected };

enum class Objective {
    deepvm,      ///< spot FLOPP of the worker type x effective nodes, FLOP per dollar
    throughput,  ///< effective rate x effective nodes, TFLOP/s
};

using QuotaLimits = std::map<std::string, int, std::less<>>;  ///< model::quota_name() -> vCPUs

struct Request {
    Preset preset = Preset::corrected;
    std::vector<Architecture> architectures{all_architectures.begin(), all_architectures.end()};
    Objective objective = Objective::deepvm;
    std::string workload = "resnet50-imagenet";
    std::optional<model::Precision> precision;  ///< the workload's own when not given
    double utilisation = 0.35;                  ///< share of the peak rate that training reaches, (0, 1]
    double overlap = 0;                         ///< share of compute time that hides communication, [0, 1]
    std::optional<int> max_nodes;               ///< ceiling on n and m; corrected: 64 when not given
    double checkpoint_size_100mb = 2;           ///< published memory rule
    double buffer_size = 0.5;                   ///< published memory rule
    std::optional<double> checkpoint_gib;       ///< corrected memory rule; the workload's own when not given
    double buffer_depth = 2;                    ///< corrected memory rule: checkpoints held at once
    QuotaLimits spot_quota;                     ///< overrides the market's; no entry, no limit of one's own
    QuotaLimits on_demand_quota;
    int top = 3;  ///< plans listed, in all and per architecture, 1..100

    bool operator==(const Request&) const = default;
};

inline constexpr int default_max_nodes = 64;
inline constexpr int largest_max_nodes = 1024;

/// `published` for a published data set, `corrected` for a provider.
Preset default_preset(model::MarketKind kind);

/// The two of the published planner for `published`, all for `corrected`.
std::vector<Architecture> default_architectures(Preset preset);

/// Names as on the command line and in JSON: "single-anchor", "deepvm", "corrected", "tensor" ...
std::string_view name(Architecture architecture);
std::string_view name(Preset preset);
std::string_view name(Objective objective);
std::string_view name(model::Precision precision);

/// Refuse an unknown name with the nearest known one.
base::Result<Architecture> parse_architecture(std::string_view text);
base::Result<Preset> parse_preset(std::string_view text);
base::Result<Objective> parse_objective(std::string_view text);
base::Result<model::Precision> parse_precision(std::string_view text);

}  // namespace deepvm::planner
