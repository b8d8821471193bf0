// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that knows lp_solve: its header defines TRUE, NORMAL, OPTIMAL ... as macros.
#include <lpsolve/lp_lib.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include "planner/linear_program.h"

namespace deepvm::planner {
namespace {

// make_lp and delete_lp write global BLAS pointers (seen by helgrind), so they take turns.
std::mutex& lifetime_mutex() {
    static std::mutex mutex;
    return mutex;
}

struct DeleteModel {
    void operator()(lprec* model) const {
        const std::scoped_lock lock(lifetime_mutex());
        delete_lp(model);
    }
};
using Model = std::unique_ptr<lprec, DeleteModel>;

int __WINAPI stop_was_requested(lprec*, void* stop) {
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? TRUE : FALSE;
}

void __WINAPI discard_log(lprec*, void*, char*) {}

bool has_integers(const LinearProgram& program) {
    return std::any_of(program.columns.begin(), program.columns.end(),
                       [](const Column& column) { return column.integer; });
}

// lp_solve prints to stdout unless it is silenced before anything else.
Model make_model(const LinearProgram& program, const std::stop_token& stop) {
    lprec* raw = nullptr;
    {
        const std::scoped_lock lock(lifetime_mutex());
        raw = make_lp(static_cast<int>(program.rows.size()), 0);
    }
    Model model(raw);
    if (!model) return model;
    set_verbose(raw, NEUTRAL);
    put_logfunc(raw, discard_log, nullptr);
    // lp_solve 5.5.2.5 crashes when it works out duals after an abort: so a program either can be stopped or
    // has duals. Those with duals are small linear ones, over in well under a millisecond.
    const bool with_duals = !has_integers(program);
    if (!with_duals) put_abortfunc(raw, stop_was_requested, const_cast<std::stop_token*>(&stop));
    set_timeout(raw, solve_timeout_seconds);
    set_presolve(raw, with_duals ? PRESOLVE_SENSDUALS : PRESOLVE_NONE, 0);  // removes nothing
    return model;
}

int row_type(Sense sense) {
    switch (sense) {
        case Sense::at_most:
            return LE;
        case Sense::at_least:
            return GE;
        case Sense::equal:
            break;
    }
    return EQ;
}

// Column-wise, which is how lp_solve stores a matrix. `scale` brings the objective to the order of 1: FLOPP
// reaches 1e17, far outside what the solver's absolute tolerances are made for.
bool fill(lprec* model, const LinearProgram& program, double scale) {
    struct Entry {
        std::vector<int> rows{0};
        std::vector<double> values;
    };
    std::vector<Entry> entries(program.columns.size());
    for (std::size_t j = 0; j < entries.size(); ++j)
        entries[j].values.push_back(program.columns[j].objective / scale);
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        const Row& row = program.rows[i];
        const int number = static_cast<int>(i) + 1;
        for (const Term& term : row.terms) {
            entries[term.column].rows.push_back(number);
            entries[term.column].values.push_back(term.coefficient);
        }
        if (!set_constr_type(model, number, row_type(row.sense)) ||
            !set_rh(model, number, row.right_hand_side))
            return false;
    }
    for (std::size_t j = 0; j < entries.size(); ++j) {
        const Column& column = program.columns[j];
        const int number = static_cast<int>(j) + 1;
        const double upper = std::isinf(column.upper) ? get_infinite(model) : column.upper;
        if (!add_columnex(model, static_cast<int>(entries[j].rows.size()), entries[j].values.data(),
                          entries[j].rows.data()) ||
            !set_int(model, number, column.integer ? TRUE : FALSE) ||
            !set_bounds(model, number, column.lower, upper))
            return false;
    }
    if (program.maximise)
        set_maxim(model);
    else
        set_minim(model);
    return true;
}

SolveStatus status_of(int code) {
    switch (code) {
        case OPTIMAL:
            return SolveStatus::optimal;
        case INFEASIBLE:
            return SolveStatus::infeasible;
        case USERABORT:
            return SolveStatus::cancelled;
        default:
            return SolveStatus::unproven;  // suboptimal, numerical failure, timeout, accuracy error ...
    }
}

double objective_scale(const LinearProgram& program) {
    double largest = 0;
    for (const Column& column : program.columns)
        largest = std::max(largest, std::abs(column.objective));
    return largest > 0 ? largest : 1;
}

std::vector<double> row_duals(lprec* model, std::size_t rows, double scale) {
    std::vector<double> duals;
    for (std::size_t row = 1; row <= rows; ++row)
        duals.push_back(get_var_dualresult(model, static_cast<int>(row)) * scale);
    return duals;
}

}  // namespace

Solution solve(const LinearProgram& program, const std::stop_token& stop) {
    Solution solution;
    if (stop.stop_requested()) {
        solution.status = SolveStatus::cancelled;
        return solution;
    }
    const Model model = make_model(program, stop);
    const double scale = objective_scale(program);
    if (!model || !fill(model.get(), program, scale)) {
        solution.solver_code = NOMEMORY;
        return solution;
    }
    solution.solver_code = ::solve(model.get());
    solution.status = status_of(solution.solver_code);
    if (solution.status == SolveStatus::optimal) {
        solution.objective = get_objective(model.get()) * scale;
        solution.values.resize(program.columns.size());
        get_variables(model.get(), solution.values.data());
        if (!has_integers(program)) solution.duals = row_duals(model.get(), program.rows.size(), scale);
    }
    return solution;
}

}  // namespace deepvm::planner
