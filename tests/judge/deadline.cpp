// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/deadline.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "judge/chance.h"
#include "judge/falling.h"
#include "judge/futures.h"
#include "judge/hours.h"

namespace deepvm::tests::judge {
namespace {

constexpr double a_thousandth_less = 0.999;
constexpr double a_thousandth_more = 1.001;

double below(double deviations) {
    return std::erfc(-deviations / std::numbers::sqrt2) / 2;
}

// The inverse, by halving: it is asked for seldom.
double deviations_below(double share) {
    double low = -9;
    double high = 9;
    for (int i = 0; i < 50; ++i) {
        const double middle = (low + high) / 2;
        (below(middle) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

// What is known before anything is averaged.
class Bounds {
  public:
    Bounds(const Run& run, double checkpoints, const Doubt& doubt)
        : run_(run), checkpoints_(checkpoints), doubt_(doubt) {}

    /// Without a revocation.
    double most(double hours) const { return fitting(room(hours)); }

    /// With at most `few` revocations until then, however many are likely, each of which costs no more than
    /// the attempt that it ends and a restart; the rate is one that hardly any is above.
    double least(double hours) const {
        const double hits = run_.revocations_per_hour * hours * std::exp(3 * doubt_.revocations);
        const double higher = doubt_.revocations > 0 ? 1 - below(3) : 0;
        double likely = std::exp(-hits);
        double up_to = 0;
        double least = 0;
        for (int few = 0; few < 60; ++few) {
            up_to += likely;
            likely *= hits / (few + 1);
            least = std::max(least, up_to - higher - (1 - fitting(room(hours) - few * cost(hours))));
        }
        return least;
    }

  private:
    double room(double hours) const {
        return (hours - calm_hours(run_, checkpoints_)) * 3600 * (1 + 1e-12) + run_.useful_seconds;
    }

    double cost(double hours) const {
        const double stretched = std::max(1.0, room(hours) / run_.useful_seconds);
        const double attempt = run_.useful_seconds * stretched / (checkpoints_ + 1) + run_.checkpoint_seconds;
        return run_.restart_seconds + (run_.rolls_back() ? attempt : 0);
    }

    // The share of the errors of the time with which the useful part takes no longer than that.
    double fitting(double seconds) const {
        if (!(seconds > 0)) return 0;
        if (!(doubt_.time > 0)) return seconds >= run_.useful_seconds * (1 - 1e-12) ? 1 : 0;
        return below(std::log(seconds / run_.useful_seconds) / doubt_.time);
    }

    const Run& run_;
    double checkpoints_;
    Doubt doubt_;
};

// Over the errors of the time, by how likely shorter ones are, as far as a calm run is in time.
double over_times(const Run& run, double checkpoints, double hours, double doubt, double rate) {
    if (!(doubt > 0)) return chance(run, checkpoints, hours, 1, rate);
    const double in_time = Bounds(run, checkpoints, {doubt, 0}).most(hours);
    const auto at = [&](double share) {
        return chance(run, checkpoints, hours, std::exp(doubt * deviations_below(share)), rate);
    };
    return in_time > 0 ? integral_of_falling({0, 1}, {in_time, at(in_time * (1 - 1e-9))}, 1e-3, at) : 0;
}

// The chance falls with either error: with both of them not above so many deviations it is at least that at
// these, and with neither below at most.
double least_by_one(const Run& run, double checkpoints, double hours, const Doubt& doubt) {
    constexpr double far = 2.8;
    const double there =
        chance(run, checkpoints, hours, std::exp(far * doubt.time), std::exp(far * doubt.revocations));
    const double time = doubt.time > 0 ? below(far) : 1;
    const double rate = doubt.revocations > 0 ? below(far) : 1;
    return time * rate * there;
}

double most_by_one(const Run& run, double checkpoints, double hours, const Doubt& doubt) {
    double most = 1;
    for (const double near : {-1.0, 0.0}) {
        const double there =
            chance(run, checkpoints, hours, std::exp(near * doubt.time), std::exp(near * doubt.revocations));
        const double time = doubt.time > 0 ? below(-near) : 1;
        const double rate = doubt.revocations > 0 ? below(-near) : 1;
        most = std::min(most, 1 - time * rate * (1 - there));
    }
    return most;
}

InTime told(double least, double most, double confidence) {
    if (least - slack_of_chance(least) >= confidence) return InTime::yes;
    if (most + slack_of_chance(most) < confidence) return InTime::no;
    return InTime::close;
}

// As many futures as it takes, four deviations of their share beside the confidence.
InTime in_time_of_futures(const Run& run, double checkpoints, double hours, const Doubt& doubt,
                          double confidence) {
    constexpr int at_most = 20'000;
    constexpr int at_once = 250;
    Futures futures(run, checkpoints, doubt, 1);
    double early = 0;
    double late = 0;
    for (int drawn = 1; drawn <= at_most; ++drawn) {
        const double took = futures.next(hours * a_thousandth_more);
        early += took <= hours * a_thousandth_less ? 1 : 0;
        late += took > hours * a_thousandth_more ? 1 : 0;
        if (drawn % at_once != 0) continue;
        const auto unsure = [&](double share) {
            return 4 * std::sqrt(share * (1 - share) / drawn) + 8.0 / drawn;
        };
        const double least = early / drawn - unsure(early / drawn);
        const double most = 1 - late / drawn + unsure(late / drawn);
        if (const auto verdict = told(least, most, confidence); verdict != InTime::close) return verdict;
    }
    return InTime::close;
}

}  // namespace

double slack_of_chance(double chance) {
    constexpr double least = 0.005;
    constexpr double most = 0.02;
    return std::clamp(least + 0.25 * std::min(chance, 1 - chance), least, most);
}

double chance_in_doubt(const Run& run, double checkpoints, double hours, const Doubt& doubt) {
    if (!(run.revocations_per_hour > 0) || !(doubt.revocations > 0))
        return over_times(run, checkpoints, hours, doubt.time, 1);
    const auto at = [&](double share) {
        return over_times(run, checkpoints, hours, doubt.time,
                          std::exp(doubt.revocations * deviations_below(share)));
    };
    constexpr double hardly = 1e-4;
    return hardly * at(hardly) +
           integral_of_falling({hardly, at(hardly)}, {1 - hardly, at(1 - hardly)}, 1e-3, at);
}

InTime in_time(const Run& run, double checkpoints, double hours, const Doubt& doubt, double confidence) {
    const double early = hours * a_thousandth_less;
    const double late = hours * a_thousandth_more;
    const Bounds bounds(run, checkpoints, doubt);
    const double most = bounds.most(late);
    if (const auto verdict = told(bounds.least(early), most, confidence);
        verdict != InTime::close || !(run.revocations_per_hour > 0))
        return verdict;
    if (!run.rolls_back()) return in_time_of_futures(run, checkpoints, hours, doubt, confidence);
    if (const auto verdict = told(least_by_one(run, checkpoints, early, doubt),
                                  most_by_one(run, checkpoints, late, doubt), confidence);
        verdict != InTime::close)
        return verdict;
    const double at_most = chance_in_doubt(run, checkpoints, late, doubt);
    if (told(0, at_most, confidence) == InTime::no) return InTime::no;
    return told(chance_in_doubt(run, checkpoints, early, doubt), at_most, confidence);
}

}  // namespace deepvm::tests::judge
