// SPDX-License-Identifier: GPL-3.0-or-later
// Published figures replayed: every point that a paper shows beside what the published rules and the
// corrected ones of this program say of it, with the error of each. The points are those of the CSV files of
// measured runs; what is ours is computed, and nothing is typed in.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/market.h"

namespace deepvm::validation {

enum class Rules { published, corrected };

/// What one set of rules says of a point.
struct Replayed {
    std::optional<double> value;  ///< nothing where these rules say nothing of it
    bool given = false;           ///< the rules were told this point: its error says nothing of them

    bool operator==(const Replayed&) const = default;
};

struct ReplayPoint {
    std::string label;     ///< where on the lower axis: "4", "rank-1"
    double x = 0;          ///< the same as a number; of named places 0, 1, 2 ...
    double published = 0;  ///< as measured by the authors
    Replayed by_published;
    Replayed by_corrected;

    bool operator==(const ReplayPoint&) const = default;
};

struct Replay {
    std::string title;   ///< "DeepVM, figure 5: g4dn.xlarge"
    std::string x_axis;  ///< "nodes"
    std::string y_axis;  ///< "speed-up over one node"
    std::string unit;    ///< of the values, as written behind them: " s", " USD", " %", " x"
    bool named = false;  ///< the places of the lower axis are names, not numbers
    std::vector<ReplayPoint> points;
    std::string published_rules;  ///< what they are, in a sentence
    std::string corrected_rules;
    std::string differs;  ///< what differs and why, in sentences, from the figures of this replay
    std::string source;   ///< whose points these are, and the file
    std::string missing;  ///< why there is no point; else empty

    bool operator==(const Replay&) const = default;
};

const Replayed& replayed(const ReplayPoint& point, Rules rules);

/// How far the rules are off, in percent of what was published, positive where they say more; nothing where
/// they say nothing or were given the point.
std::optional<double> error_percent(const ReplayPoint& point, Rules rules);

/// Of the absolute errors of all points that have one.
std::optional<double> median_error_percent(const Replay& replay, Rules rules);
std::optional<double> worst_error_percent(const Replay& replay, Rules rules);

/// Figures 5 (one for each type), 6 and 8 (time and money) of DeepVM, and speed-up and cost of transient
/// servers, in this order; a file that is not in `folder` is said in its replay. `paper` is the published
/// data set deepvm-paper. Refuses a damaged file; `cancelled` after a stop. Plans twice: some milliseconds.
base::Result<std::vector<Replay>> replays(const std::shared_ptr<const model::Market>& paper,
                                          const std::filesystem::path& folder,
                                          const std::stop_token& stop = {});

}  // namespace deepvm::validation
