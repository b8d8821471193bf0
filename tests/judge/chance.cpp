// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/chance.h"

#include <algorithm>
#include <cmath>

#include "judge/grid.h"

namespace deepvm::tests::judge {
namespace {

constexpr double cells_of_delay = 128;

// The grid that a delay is looked at on, so that a restart is a whole number of steps where it is many.
struct Grid {
    double step;
    std::size_t cells;

    Grid(double delay, double restart) : step(delay / cells_of_delay) {
        constexpr double many = 8;
        if (restart > many * step) step = restart / std::ceil(restart / step);
        cells = static_cast<std::size_t>(delay / step) + 2;
    }
};

// That what is on the grid is at most `steps`, each entry spread over the step around it but for the first.
double at_most(const Steps& likely, double steps) {
    double sum = likely[0];
    for (std::size_t i = 1; i < likely.size(); ++i)
        sum += likely[i] * std::clamp(steps - static_cast<double>(i) + 0.5, 0.0, 1.0);
    return sum;
}

// A job that rolls back is a number of pieces, each tried until it passes, with a restart after each failure.
double rolling_back(const Run& run, double checkpoints, double delay, double rate) {
    const double piece = run.useful_seconds / (checkpoints + 1);
    const double calm = std::exp(-rate * (run.useful_seconds + checkpoints * run.checkpoint_seconds));
    if (delay < run.restart_seconds) return calm;
    const Grid grid(delay, run.restart_seconds);
    const double a_step = rate * grid.step;
    const auto failing = [&](double seconds) { return cut_off(a_step, seconds / grid.step, grid.cells); };
    const auto fails = [&](double seconds) { return -std::expm1(-rate * seconds); };
    Steps restart = certain(run.restart_seconds / grid.step, grid.cells);
    if (run.restart_seconds > 0) {
        const auto again = failures_before(1, fails(run.restart_seconds), failing(run.restart_seconds));
        restart = sum_of(restart, again.steps);
        for (double& entry : restart)
            entry *= std::exp(-again.shift);
    }
    auto all = failures_before(1, fails(piece), sum_of(failing(piece), restart));
    if (checkpoints > 0) {
        const double with_checkpoint = piece + run.checkpoint_seconds;
        const auto others =
            failures_before(checkpoints, fails(with_checkpoint), sum_of(failing(with_checkpoint), restart));
        all.steps = sum_of(all.steps, others.steps);
        all.shift += others.shift;
    }
    return at_most(all.steps, delay / grid.step) * std::exp(-all.shift);
}

}  // namespace

double chance(const Run& run, double checkpoints, double hours, double time, double rate) {
    constexpr double rounding = 1e-12;
    Run is = run;
    is.useful_seconds *= time;
    const double calm = is.start_seconds + is.useful_seconds + checkpoints * is.checkpoint_seconds;
    const double delay = hours * 3600 * (1 + rounding) - calm;
    if (!(delay >= 0)) return 0;
    if (!(run.revocations_per_hour > 0)) return 1;
    return std::clamp(rolling_back(is, checkpoints, delay, run.rate() * rate), 0.0, 1.0);
}

}  // namespace deepvm::tests::judge
