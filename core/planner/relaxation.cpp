// SPDX-License-Identifier: GPL-3.0-or-later
#include "planner/relaxation.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "planner/bounds.h"
#include "planner/programs.h"

namespace deepvm::planner {
namespace {

using ColumnSet = std::vector<std::size_t>;  // ascending

constexpr auto absent = std::numeric_limits<std::size_t>::max();

// Where the optimum most likely lies: next to the bound, and the smallest count, with which something fits if
// anything does; and the remote nodes.
ColumnSet first_guess(const Candidate& candidate, base::Money budget) {
    const auto& choices = candidate.choices;
    const auto bound = std::partition_point(choices.begin(), choices.end(),
                                            [&](const Choice& choice) { return choice.price <= budget; });
    const auto beyond = static_cast<std::size_t>(bound - choices.begin());
    ColumnSet columns{0};
    for (std::size_t i = std::max<std::size_t>(beyond, 3) - 2; i < std::min(beyond + 2, choices.size()); ++i)
        columns.push_back(i);
    if (candidate.remotes_follow) columns.push_back(choices.size());
    return columns;
}

// The program with the other columns at 0.
LinearProgram restricted(const LinearProgram& program, const ColumnSet& columns) {
    LinearProgram part;
    part.maximise = program.maximise;
    ColumnSet place(program.columns.size(), absent);
    for (const std::size_t column : columns) {
        place[column] = part.columns.size();
        part.columns.push_back(program.columns[column]);
    }
    for (const Row& row : program.rows) {
        Row& copy = part.rows.emplace_back(Row{row.name, row.sense, row.right_hand_side, {}});
        for (const Term& term : row.terms)
            if (place[term.column] != absent) copy.terms.push_back({place[term.column], term.coefficient});
    }
    return part;
}

// The column whose unit would add most to the objective, at the prices that the duals are; nothing when none
// would.
std::optional<std::size_t> missing(const LinearProgram& program, const Solution& solution) {
    std::vector<double> worth;
    double largest = 0;
    const double sign = program.maximise ? 1 : -1;
    for (const Column& column : program.columns) {
        worth.push_back(sign * column.objective);
        largest = std::max(largest, column.objective);
    }
    for (std::size_t i = 0; i < program.rows.size(); ++i)
        for (const Term& term : program.rows[i].terms)
            worth[term.column] -= sign * solution.duals[i] * term.coefficient;
    const auto best = std::max_element(worth.begin(), worth.end());
    constexpr double tolerance = 1e-9;
    if (*best <= tolerance * largest) return std::nullopt;
    return static_cast<std::size_t>(best - worth.begin());
}

Relaxation corner(const Candidate& candidate, const LinearProgram& program, const Solution& solution,
                  const ColumnSet& columns) {
    Relaxation found;
    found.objective = solution.objective;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] >= candidate.choices.size()) {
            found.remotes = solution.values[i];
            continue;
        }
        const Counts& counts = candidate.choices[columns[i]].counts;
        found.nodes += counts.nodes * solution.values[i];
        if (!candidate.remotes_follow) found.remotes += counts.remotes * solution.values[i];
    }
    const auto budget = std::find_if(program.rows.begin(), program.rows.end(),
                                     [](const Row& row) { return row.name == "budget"; });
    found.shadow_price = solution.duals[static_cast<std::size_t>(budget - program.rows.begin())];
    found.duals = solution.duals;
    return found;
}

}  // namespace

// Column generation: solves over a few columns and takes in another as long as the duals say that it pays.
std::optional<Relaxation> relax(const Problem& problem, const Candidate& candidate, base::Money budget,
                                const Solve& solve) {
    if (candidate.choices.empty()) return std::nullopt;
    const LinearProgram program = relaxed(full_program(problem, candidate, budget));
    ColumnSet columns = first_guess(candidate, budget);
    while (true) {
        const Solution solution = solve(restricted(program, columns));
        if (solution.status != SolveStatus::optimal) return std::nullopt;
        const auto more = missing(program, solution);
        if (!more || std::binary_search(columns.begin(), columns.end(), *more))
            return corner(candidate, program, solution, columns);
        columns.insert(std::upper_bound(columns.begin(), columns.end(), *more), *more);
    }
}

}  // namespace deepvm::planner
