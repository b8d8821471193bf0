// SPDX-License-Identifier: GPL-3.0-or-later
// A mixed integer linear program as a plain value, and what a solver says of it.
#pragma once

#include <limits>
#include <stop_token>
#include <string>
#include <vector>

namespace deepvm::planner {

struct Column {
    std::string name;
    double objective = 0;
    double lower = 0;
    double upper = std::numeric_limits<double>::infinity();
    bool integer = false;
};

struct Term {
    std::size_t column = 0;
    double coefficient = 0;
};

enum class Sense { at_most, at_least, equal };

struct Row {
    std::string name;
    Sense sense = Sense::at_most;
    double right_hand_side = 0;
    std::vector<Term> terms;  ///< ascending by column
};

struct LinearProgram {
    bool maximise = true;
    std::vector<Column> columns;
    std::vector<Row> rows;
};

/// What the solver found; that the call worked is another matter. Only `optimal` and `infeasible` are proven.
enum class SolveStatus { optimal, infeasible, cancelled, unproven };

struct Solution {
    SolveStatus status = SolveStatus::unproven;
    int solver_code = 0;         ///< lp_solve's own return code, for the record
    double objective = 0;        ///< only when optimal
    std::vector<double> values;  ///< one a column; only when optimal
    std::vector<double> duals;   ///< one a row, objective per unit of its right hand side; only when optimal
                                 ///< and no column is integer: with integers lp_solve's duals mean nothing
};

/// "numerical failure (code 5)": how a solve ended, in words.
std::string describe(const Solution& solution);

/// Longest time one program may take before it counts as unproven; these take well under a millisecond.
inline constexpr long solve_timeout_seconds = 10;

/// Solves with lp_solve in a model of its own. Thread-safe. A running solve looks at `stop` only where a
/// column is integer; a purely linear program is over before a person could stop it.
Solution solve(const LinearProgram& program, const std::stop_token& stop);

/// Solves one small integer program after another, three to five times as fast as solve(): programs of one
/// shape (the same rows, senses, integer columns and places of coefficients) share a model that is kept. For
/// one thread.
class Solver {
  public:
    Solver();
    ~Solver();
    Solver(const Solver&) = delete;
    Solver& operator=(const Solver&) = delete;

    Solution solve(const LinearProgram& program, const std::stop_token& stop);

    /// The one that this thread keeps.
    static Solver& of_this_thread();

  private:
    struct Kept;
    std::vector<Kept> kept_;
};

}  // namespace deepvm::planner
