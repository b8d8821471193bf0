// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that knows lp_solve: its header defines TRUE, NORMAL, OPTIMAL ... as macros.
#include <fmt/format.h>
#include <lpsolve/lp_lib.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>

#include "solver/linear_program.h"

namespace deepvm::solver {
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

// `stop` must outlive the solve.
void listen(lprec* model, const std::stop_token& stop) {
    put_abortfunc(model, stop_was_requested, const_cast<std::stop_token*>(&stop));
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
    if (!with_duals) listen(raw, stop);
    set_timeout(raw, solve_timeout_seconds);
    set_presolve(raw, with_duals ? PRESOLVE_SENSDUALS : PRESOLVE_NONE, 0);  // removes nothing
    // Its improvements look at every column for every program: of 1,000 columns 1,855 steps where 24 do.
    set_improve(raw, IMPROVE_NONE);
    // A scaled whole number is none: where the default scales integer columns, too, a budget a micro-dollar
    // below a price branches on the same fraction for ever. By the largest numbers, for the geometric mean
    // takes longer than the rest.
    set_scaling(raw, SCALE_EXTREME);
    // Wider than what a row may be broken by, for the same reason. What then costs a hair more than the
    // budget is refused by exact arithmetic.
    set_epsint(raw, 2e-6);
    // Two choices may be worth almost the same: the default would take either.
    set_mip_gap(raw, TRUE, 0);
    set_mip_gap(raw, FALSE, 0);
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

// Brings every row and the objective to the order of 1: FLOPP reaches 1e17, far outside what the solver's
// absolute tolerances are made for, and the scaling of a kept model is that of its first program.
struct RowScale {
    double objective = 1;
    std::vector<double> rows;
};

RowScale row_scale(const LinearProgram& program) {
    const auto positive = [](double largest) { return largest > 0 ? largest : 1; };
    RowScale scale;
    double largest = 0;
    for (const Column& column : program.columns)
        largest = std::max(largest, std::abs(column.objective));
    scale.objective = positive(largest);
    scale.rows.reserve(program.rows.size());
    for (const Row& row : program.rows) {
        largest = 0;
        for (const Term& term : row.terms)
            largest = std::max(largest, std::abs(term.coefficient));
        scale.rows.push_back(positive(largest));
    }
    return scale;
}

bool write_bounds(lprec* model, std::size_t at, const Column& column) {
    const double upper = std::isinf(column.upper) ? get_infinite(model) : column.upper;
    return set_bounds(model, static_cast<int>(at) + 1, column.lower, upper);
}

// The matrix by column, as lp_solve stores it; of each the objective is the first.
struct Entries {
    std::vector<std::size_t> begin;  // of each column, and behind the last
    std::vector<int> rows;
    std::vector<double> values;
};

Entries entries_of(const LinearProgram& program, const RowScale& scale) {
    Entries entries;
    entries.begin.assign(program.columns.size() + 1, 0);
    const auto each = [&](const auto& take) {
        for (std::size_t j = 0; j < program.columns.size(); ++j)
            take(j, 0, program.columns[j].objective / scale.objective);
        for (std::size_t i = 0; i < program.rows.size(); ++i)
            for (const Term& term : program.rows[i].terms)
                if (term.coefficient != 0)
                    take(term.column, static_cast<int>(i) + 1, term.coefficient / scale.rows[i]);
    };
    each([&](std::size_t column, int, double) { ++entries.begin[column + 1]; });
    std::partial_sum(entries.begin.begin(), entries.begin.end(), entries.begin.begin());
    entries.rows.resize(entries.begin.back());
    entries.values.resize(entries.begin.back());
    auto next = entries.begin;
    each([&](std::size_t column, int row, double value) {
        const std::size_t at = next[column]++;
        entries.rows[at] = row;
        entries.values[at] = value;
    });
    return entries;
}

bool fill(lprec* model, const LinearProgram& program, const RowScale& scale) {
    const auto rows = static_cast<int>(program.rows.size());
    if (!resize_lp(model, rows, static_cast<int>(program.columns.size()))) return false;
    for (int i = 1; i <= rows; ++i) {
        const auto at = static_cast<std::size_t>(i) - 1;
        const Row& row = program.rows[at];
        if (!set_constr_type(model, i, row_type(row.sense)) ||
            !set_rh(model, i, row.right_hand_side / scale.rows[at]))
            return false;
    }
    Entries entries = entries_of(program, scale);
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const auto first = entries.begin[j];
        if (!add_columnex(model, static_cast<int>(entries.begin[j + 1] - first), &entries.values[first],
                          &entries.rows[first]) ||
            !set_int(model, static_cast<int>(j) + 1, program.columns[j].integer ? TRUE : FALSE) ||
            !write_bounds(model, j, program.columns[j]))
            return false;
    }
    if (program.maximise)
        set_maxim(model);
    else
        set_minim(model);
    return true;
}

// Writes what differs of `program` from `held`, which the model holds and which may become it.
bool rewrite(lprec* model, LinearProgram& held, const LinearProgram& program, const RowScale& scale) {
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const Column& column = program.columns[j];
        Column& old = held.columns[j];
        if ((column.lower != old.lower || column.upper != old.upper) && !write_bounds(model, j, column))
            return false;
        old.lower = column.lower;
        old.upper = column.upper;
    }
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        const Row& row = program.rows[i];
        Row& old = held.rows[i];
        const int number = static_cast<int>(i) + 1;
        for (std::size_t k = 0; k < row.terms.size(); ++k) {
            const auto [column, coefficient] = row.terms[k];
            if (coefficient != old.terms[k].coefficient &&
                !set_mat(model, number, static_cast<int>(column) + 1, coefficient / scale.rows[i]))
                return false;
            old.terms[k].coefficient = coefficient;
        }
        if (row.right_hand_side != old.right_hand_side &&
            !set_rh(model, number, row.right_hand_side / scale.rows[i]))
            return false;
        old.right_hand_side = row.right_hand_side;
    }
    return true;
}

// Where a kept integer model goes on from the basis at which the last branch ended, it calls every fourth
// feasible program infeasible; so every search begins anew.
void begin(lprec* model, const LinearProgram& program) {
    const int rows = static_cast<int>(program.rows.size());
    std::vector<int> basis{0};  // negative: at the lower bound
    for (int i = 0; i < rows; ++i) {
        const auto& basic = program.rows[static_cast<std::size_t>(i)].basic;
        basis.push_back(basic ? -(rows + static_cast<int>(*basic) + 1) : -(i + 1));
    }
    if (!set_basis(model, basis.data(), FALSE)) default_basis(model);
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

std::vector<double> row_duals(lprec* model, const RowScale& scale) {
    std::vector<double> duals;
    for (std::size_t row = 0; row < scale.rows.size(); ++row)
        duals.push_back(get_var_dualresult(model, static_cast<int>(row) + 1) * scale.objective /
                        scale.rows[row]);
    return duals;
}

Solution run(lprec* model, const LinearProgram& program, const RowScale& scale) {
    Solution solution;
    begin(model, program);
    solution.solver_code = ::solve(model);
    solution.status = status_of(solution.solver_code);
    if (solution.status == SolveStatus::optimal) {
        solution.objective = get_objective(model) * scale.objective;
        solution.values.resize(program.columns.size());
        get_variables(model, solution.values.data());
        if (!has_integers(program)) solution.duals = row_duals(model, scale);
    }
    return solution;
}

Solution without_model() {
    Solution solution;
    solution.solver_code = NOMEMORY;
    return solution;
}

Solution already_cancelled() {
    Solution solution;
    solution.status = SolveStatus::cancelled;
    return solution;
}

// Of a kept model only right-hand sides, bounds and marks of 0 or 1 may change: lp_solve scales it once, for
// the numbers that it had first.
bool may_become(const Row& a, const Row& b) {
    const auto mark = [](double coefficient) { return coefficient == 0 || coefficient == 1; };
    return a.sense == b.sense && std::equal(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(),
                                            [&](const Term& x, const Term& y) {
                                                return x.column == y.column &&
                                                       (x.coefficient == y.coefficient ||
                                                        (mark(x.coefficient) && mark(y.coefficient)));
                                            });
}

bool may_become(const LinearProgram& a, const LinearProgram& b) {
    return a.maximise == b.maximise &&
           std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                      [](const Column& x, const Column& y) {
                          return x.integer == y.integer && x.objective == y.objective;
                      }) &&
           std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                      [](const Row& x, const Row& y) { return may_become(x, y); });
}

// To lp_solve, a mark that appears or goes moves all marks behind it: from some on, a new model is quicker.
bool differs_much(const LinearProgram& a, const LinearProgram& b) {
    constexpr int many = 48;
    int marks = 0;
    for (std::size_t i = 0; i < a.rows.size(); ++i)
        for (std::size_t k = 0; k < a.rows[i].terms.size(); ++k)
            marks += a.rows[i].terms[k].coefficient != b.rows[i].terms[k].coefficient ? 1 : 0;
    return marks > many;
}

}  // namespace

Solution solve(const LinearProgram& program, const std::stop_token& stop) {
    if (stop.stop_requested()) return already_cancelled();
    const Model model = make_model(program, stop);
    const RowScale scale = row_scale(program);
    if (!model || !fill(model.get(), program, scale)) return without_model();
    return run(model.get(), program, scale);
}

std::string describe(const Solution& solution) {
    const auto words = [&]() -> std::string_view {
        switch (solution.solver_code) {
            case OPTIMAL:
                return "an optimum";
            case SUBOPTIMAL:
                return "an answer that may not be the best";
            case INFEASIBLE:
                return "\"infeasible\"";
            case UNBOUNDED:
                return "\"unbounded\"";
            case DEGENERATE:
                return "a degenerate answer";
            case NUMFAILURE:
                return "a numerical failure";
            case USERABORT:
                return "a stop";
            case TIMEOUT:
                return "a timeout";
            case PRESOLVED:
                return "a presolved program";
            case NOMEMORY:
                return "too little memory";
            default:
                return "an error";
        }
    };
    return fmt::format("{} (code {})", words(), solution.solver_code);
}

struct KeptModel::Held {
    LinearProgram program;
    RowScale scale;
    Model model;
};

KeptModel::KeptModel() = default;
KeptModel::~KeptModel() = default;
KeptModel::KeptModel(KeptModel&&) noexcept = default;
KeptModel& KeptModel::operator=(KeptModel&&) noexcept = default;

Solution KeptModel::solve(const LinearProgram& program, const std::stop_token& stop) {
    if (stop.stop_requested()) return already_cancelled();
    if (held_ && may_become(held_->program, program) && !differs_much(held_->program, program)) {
        if (!rewrite(held_->model.get(), held_->program, program, held_->scale)) held_.reset();
    } else {
        held_.reset();
    }
    if (!held_) {
        held_ = std::make_unique<Held>();
        held_->program = program;
        held_->scale = row_scale(program);
        held_->model = make_model(program, stop);
        if (!held_->model || !fill(held_->model.get(), program, held_->scale)) {
            held_.reset();
            return without_model();
        }
    }
    lprec* model = held_->model.get();
    if (has_integers(program)) listen(model, stop);
    Solution solution = run(model, program, held_->scale);
    // What an interrupted solve leaves in a model is its secret.
    if (solution.status != SolveStatus::optimal && solution.status != SolveStatus::infeasible) held_.reset();
    return solution;
}

}  // namespace deepvm::solver
