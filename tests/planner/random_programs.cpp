// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/random_programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "draw.h"
#include "planner/random_market.h"

namespace deepvm::tests {
namespace {

using base::Money;
using problem::Candidate;
using solver::Sense;

std::size_t below(std::mt19937& random, std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

Money price_of(const Candidate& c, const problem::Counts& counts) {
    return c.fixed + counts.nodes * c.per_node + counts.remotes * c.per_remote + counts.others * c.per_other;
}

bool keeps_all_limits(const Question& question, const problem::Counts& counts) {
    const Candidate& c = question.candidate;
    if (price_of(c, counts) > question.budget) return false;
    for (const auto& limit : c.node_limits)
        if (counts.nodes > limit.machines) return false;
    for (const auto& limit : c.vcpu_limits)
        if (limit.per_first * (counts.nodes - 1 - counts.others) + limit.per_other * counts.others >
            limit.vcpus)
            return false;
    if (!c.remote) return true;
    for (const auto& limit : c.remote_limits)
        if (counts.remotes > limit.machines) return false;
    if (!c.remotes_follow) return true;
    const double held = c.memory.adds_up ? 0.8 * counts.remotes * c.memory.per_remote : c.memory.per_remote;
    return counts.nodes < counts.remotes * c.saturation && held >= c.memory.needed;
}

bool holds(const solver::Row& row, const std::vector<double>& values) {
    constexpr double rounding = 1e-9;  // a cent is a million times more
    double sum = 0;
    for (const auto& term : row.terms)
        sum += term.coefficient * values[term.column];
    if (row.sense == Sense::at_most) return sum <= row.right_hand_side + rounding;
    if (row.sense == Sense::at_least) return sum >= row.right_hand_side - rounding;
    return std::abs(sum - row.right_hand_side) <= rounding;
}

}  // namespace

std::vector<Question> random_questions(unsigned seed, int many) {
    std::mt19937 random(seed);
    const auto market = random_market(random);
    const auto problem = problem::make_problem(market, random_request(random, *market)).value();
    std::vector<Question> questions;
    for (int i = 0; i < many && !problem->candidates.empty(); ++i) {
        const Candidate& candidate = problem->candidates[below(random, problem->candidates.size())];
        if (candidate.choices.empty()) continue;
        Question question{problem, candidate, random_budget(random, *market)};
        auto& choices = question.candidate.choices;
        if (below(random, 3) > 0) {
            const auto first = candidate.choices.begin() +
                               static_cast<std::ptrdiff_t>(below(random, candidate.choices.size()));
            const auto rest = static_cast<std::size_t>(candidate.choices.end() - first);
            const auto some = 1 + below(random, std::min<std::size_t>(8, rest));
            choices.assign(first, first + static_cast<std::ptrdiff_t>(some));
        }
        const auto price = price_of(candidate, choices[below(random, choices.size())].counts);
        const Money budgets[] = {question.budget, price, price + Money::from_micro(1),
                                 price - Money::from_usd(0.01)};
        question.budget = budgets[below(random, 4)];
        questions.push_back(question);
    }
    return questions;
}

std::optional<std::size_t> best_choice(const Question& question) {
    std::optional<std::size_t> best;
    double worth = 0;
    for (std::size_t i = 0; i < question.candidate.choices.size(); ++i) {
        const problem::Choice& choice = question.candidate.choices[i];
        if (best && choice.worth <= worth) continue;
        const bool open = question.candidate.remotes_follow;
        const int most_remotes = open ? question.candidate.max_remotes : choice.counts.remotes;
        for (int remotes = open ? 1 : choice.counts.remotes; remotes <= most_remotes; ++remotes) {
            if (!keeps_all_limits(question, {choice.counts.nodes, remotes, choice.counts.others})) continue;
            best = i;
            worth = choice.worth;
            break;
        }
    }
    return best;
}

solver::LinearProgram random_program(std::mt19937& random) {
    constexpr double magnitudes[] = {1, 1e-3, 1e6, 1e17};
    const double magnitude = magnitudes[below(random, 4)];
    const auto columns = 1 + below(random, 12);
    const bool remote = below(random, 2) == 0;
    solver::LinearProgram program;
    solver::Row choose_one{"choose_one", Sense::equal, 1, {}};
    solver::Row network{"network", Sense::at_most, -1, {}};
    solver::Row budget{"budget", Sense::at_most, 0, {}};
    int nodes = 0;
    const auto cents = [&](double least, double most) {
        return std::round(std::exp(real(random, std::log(least), std::log(most))) * 100) / 100;
    };
    const double per_node = cents(0.05, 12);
    for (std::size_t i = 0; i < columns; ++i) {
        nodes += 1 + static_cast<int>(below(random, 3));
        // Neither rising nor concave, and now and then the same twice.
        const double worth = std::round(real(random, 1, 40)) * (1 + 0.1 * static_cast<double>(nodes));
        program.columns.push_back({fmt::format("nodes_{}", nodes), worth * magnitude, 0, 1, true});
        choose_one.terms.push_back({i, 1});
        network.terms.push_back({i, static_cast<double>(nodes)});
        budget.terms.push_back({i, std::round(per_node * 100) * nodes / 100});
    }
    program.rows.push_back(choose_one);
    budget.right_hand_side = budget.terms[below(random, columns)].coefficient;
    if (remote) {
        const double least = static_cast<double>(1 + below(random, 3));
        const double price = cents(0.02, 1);
        const double saturation = below(random, 2) == 0 ? 2.0 * static_cast<double>(1 + below(random, 12))
                                                        : 0.5 + static_cast<double>(below(random, 9));
        if (saturation != std::floor(saturation)) network.right_hand_side = -0.5;  // n < m s, in halves
        program.columns.push_back(
            {"remotes", 0, least, least + static_cast<double>(below(random, 30)), true});
        network.terms.push_back({columns, -saturation});
        program.rows.push_back(network);
        budget.terms.push_back({columns, price});
        budget.right_hand_side += price * static_cast<double>(1 + below(random, 5));
    }
    if (below(random, 3) == 0) budget.right_hand_side = cents(0.05, 100);
    budget.right_hand_side = std::round(budget.right_hand_side * 100) / 100;
    program.rows.push_back(budget);
    return program;
}

std::optional<double> best_value(const solver::LinearProgram& program) {
    const bool remote = program.columns.back().name == "remotes";
    const auto choices = program.columns.size() - (remote ? 1 : 0);
    std::optional<double> best;
    for (std::size_t chosen = 0; chosen < choices; ++chosen) {
        std::vector<double> values(program.columns.size(), 0);
        values[chosen] = 1;
        const double least = remote ? program.columns.back().lower : 0;
        const double most = remote ? program.columns.back().upper : 0;
        for (double remotes = least; remotes <= most; ++remotes) {
            if (remote) values.back() = remotes;
            const bool fits = std::all_of(program.rows.begin(), program.rows.end(),
                                          [&](const solver::Row& row) { return holds(row, values); });
            if (fits) best = std::max(best.value_or(0), program.columns[chosen].objective);
        }
    }
    return best;
}

}  // namespace deepvm::tests
