// SPDX-License-Identifier: GPL-3.0-or-later
// A mixed integer linear program as a plain value, and what a solver says of it.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace deepvm::solver {

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
    std::vector<Term> terms;             ///< ascending by column
    std::optional<std::size_t> basic{};  ///< the column that stands for it in the basis where the search
                                         ///< begins; its slack where none
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
inline constexpr long solve_timeout_seconds = 1;

/// Solves with lp_solve in a model of its own. Thread-safe. A running solve looks at `stop` only where a
/// column is integer; a purely linear program is over before a person could stop it.
Solution solve(const LinearProgram& program, const std::stop_token& stop);

/// A program in lp_solve that is kept, to be solved again with other numbers: several times as fast as
/// solve(). For one thread.
class KeptModel {
  public:
    KeptModel();
    ~KeptModel();
    KeptModel(KeptModel&&) noexcept;
    KeptModel& operator=(KeptModel&&) noexcept;

    /// Where only right-hand sides, bounds and coefficients of 0 or 1 differ from the last program, these are
    /// written anew; any other program replaces it.
    Solution solve(const LinearProgram& program, const std::stop_token& stop);

  private:
    struct Held;
    std::unique_ptr<Held> held_;
};

}  // namespace deepvm::solver
