// SPDX-License-Identifier: GPL-3.0-or-later
// What the planner answers: the plans for a budget with their reasons and proof, and every budget at which
// that changes.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "problem/plan.h"

namespace deepvm::planner {

/// The cheapest plan above the budget that is worth more.
struct NextStep {
    problem::Plan plan;
    base::Money extra;        ///< how much more than the budget it costs an hour
    double gain_percent = 0;  ///< in the objective

    bool operator==(const NextStep&) const = default;
};

/// Simple strategies that the paper compares with, nothing where none fits. Those of cost_first and
/// performance_first are single-anchor clusters.
struct Policies {
    std::optional<problem::Plan> cost_first;         ///< the most nodes
    std::optional<problem::Plan> performance_first;  ///< the fastest type that fits
    std::optional<problem::Plan>
        no_scale;  ///< the planner, believing E(n) = n, of machines of one type where the request has such
                   ///< architectures: so its objective; its other numbers are true
    std::optional<problem::Plan> no_scale_truly;  ///< the same machines with what they are really worth

    bool operator==(const Policies&) const = default;
};

/// The best plan that is cheaper than the winner.
struct StepDown {
    problem::Plan plan;
    base::Money saved;        ///< an hour, against the winner's price
    double loss_percent = 0;  ///< in the objective

    bool operator==(const StepDown&) const = default;
};

/// Why the winner won. Every figure is a re-solved answer but the shadow price.
struct Reasons {
    std::optional<StepDown> step_down;
    std::optional<problem::Plan> runner_up;  ///< the best plan with other machines or architecture
    double runner_up_gap_percent = 0;        ///< what it is worth less than the winner
    std::map<problem::Architecture, double>
        percent_of_best;  ///< each architecture's best; 0 where nothing of it fits
    std::optional<double>
        shadow_price;  ///< objective that one more USD/h adds in the LP relaxation of the winner

    bool operator==(const Reasons&) const = default;
};

/// How an answer came about.
struct Proof {
    bool proven = true;           ///< every program solved to optimality and every answer certified
    std::string doubt;            ///< why not, when not proven
    int programs = 0;             ///< linear programs solved
    int overruled = 0;            ///< answers of the solver that the exact check refused and had solved again
    int candidates = 0;           ///< pairs of machines that could have been chosen
    std::optional<double> bound;  ///< no candidate that was not solved could have a better objective
    std::chrono::nanoseconds elapsed{};

    bool operator==(const Proof&) const = default;
};

struct Decision {
    base::Money budget;
    std::vector<problem::Plan> ranked;  ///< best first over all architectures
    std::map<problem::Architecture, std::vector<problem::Plan>>
        by_architecture;                ///< best first; empty where nothing fits
    std::optional<NextStep> next_step;  ///< above ranked[0]
    std::map<problem::Architecture, NextStep>
        next_steps;                         ///< above each architecture's best; none where it grows no more
    Reasons reasons;                        ///< of ranked[0]
    std::optional<problem::Plan> cheapest;  ///< when nothing fits: the cheapest that would
    Policies policies;
    Proof proof;

    bool operator==(const Decision&) const = default;
};

/// Every budget at which the answer changes: a step's hourly price is the budget from which on it is the
/// answer. Read from the table of all choices; at any of the budgets decide() has lp_solve say the same.
struct Frontier {
    base::Money from;
    base::Money to;
    std::vector<problem::Plan> overall;  ///< cheapest first, each worth more than the one before
    std::map<problem::Architecture, std::vector<problem::Plan>> by_architecture;
    std::vector<problem::Plan> cost_first;  ///< the policy's choice from each of its breakpoints on
    std::vector<problem::Plan> performance_first;
    std::chrono::nanoseconds elapsed{};

    bool operator==(const Frontier&) const = default;
};

}  // namespace deepvm::planner
