// SPDX-License-Identifier: GPL-3.0-or-later
// Programs as text for other solvers: written as LP or as MPS, and read back by lp_solve as the same program
// with the same answer. Comments hold what a catalog names, which may be anything.
#include <fuzzer/FuzzedDataProvider.h>
#include <lpsolve/lp_lib.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <vector>

#include "exchange/program_text.h"
#include "fuzz.h"
#include "solver/linear_program.h"

namespace deepvm::fuzz {
namespace {

using solver::LinearProgram;

// Quarters up to 256: both sides reckon exactly, so that no answer hangs on a tolerance.
double figure(FuzzedDataProvider& bytes) {
    return bytes.ConsumeIntegralInRange(-1024, 1024) / 4.0;
}

solver::Column column(FuzzedDataProvider& bytes, std::size_t number) {
    solver::Column made;
    made.name = "x" + std::to_string(number);
    made.objective = figure(bytes);
    made.integer = bytes.ConsumeBool();
    if (bytes.ConsumeBool()) made.lower = bytes.ConsumeIntegralInRange(-8, 8);
    made.upper = made.lower + bytes.ConsumeIntegralInRange(0, 16);
    // Whole numbers without an end may take for ever.
    if (!made.integer && bytes.ConsumeBool()) made.upper = std::numeric_limits<double>::infinity();
    return made;
}

LinearProgram program(FuzzedDataProvider& bytes) {
    constexpr std::array senses{solver::Sense::at_most, solver::Sense::at_least, solver::Sense::equal};
    LinearProgram made;
    made.maximise = bytes.ConsumeBool();
    const auto columns = bytes.ConsumeIntegralInRange<std::size_t>(1, 5);
    const auto rows = bytes.ConsumeIntegralInRange<std::size_t>(0, 4);
    for (std::size_t i = 0; i < columns; ++i)
        made.columns.push_back(column(bytes, i));
    for (std::size_t i = 0; i < rows; ++i) {
        solver::Row row;
        row.name = "row" + std::to_string(i);
        row.sense = bytes.PickValueInArray(senses);
        row.right_hand_side = figure(bytes);
        for (std::size_t j = 0; j < columns; ++j)
            if (bytes.ConsumeBool()) row.terms.push_back({j, figure(bytes)});
        made.rows.push_back(std::move(row));
    }
    return made;
}

struct DeleteModel {
    void operator()(lprec* model) const { delete_lp(model); }
};
using Model = std::unique_ptr<lprec, DeleteModel>;

Model read_back(std::string text, exchange::ProgramForm form) {
    std::FILE* stream = ::fmemopen(text.data(), text.size(), "r");
    demand(stream != nullptr, "a text can be read");
    std::string name;
    Model model(form == exchange::ProgramForm::lp ? read_lp(stream, NEUTRAL, name.data())
                                                  : read_mps(stream, NEUTRAL | MPS_FREE));
    std::fclose(stream);
    demand(model != nullptr, "lp_solve reads what was written", text);
    set_verbose(model.get(), NEUTRAL);
    return model;
}

int type_of(solver::Sense sense) {
    return sense == solver::Sense::at_most ? LE : sense == solver::Sense::at_least ? GE : EQ;
}

// `sign` is -1 where the objective is written negated.
void demand_same(const LinearProgram& program, lprec* model, double sign, std::string_view text) {
    demand(get_Ncolumns(model) == static_cast<int>(program.columns.size()), "every column is there", text);
    demand(get_Nrows(model) == static_cast<int>(program.rows.size()), "every row is there", text);
    for (int j = 1; j <= get_Ncolumns(model); ++j) {
        const auto& column = program.columns[static_cast<std::size_t>(j) - 1];
        demand(get_col_name(model, j) == column.name, "columns keep their names", text);
        demand((is_int(model, j) != FALSE) == column.integer, "whole numbers stay whole", text);
        demand(get_lowbo(model, j) == column.lower, "lower bounds are the same", text);
        demand(get_upbo(model, j) == (std::isinf(column.upper) ? get_infinite(model) : column.upper),
               "upper bounds are the same", text);
        demand(get_mat(model, 0, j) == sign * column.objective, "the objective is the same", text);
    }
    for (int i = 1; i <= get_Nrows(model); ++i) {
        const auto& row = program.rows[static_cast<std::size_t>(i) - 1];
        demand(get_row_name(model, i) == row.name, "rows keep their names", text);
        demand(get_constr_type(model, i) == type_of(row.sense), "rows keep their senses", text);
        demand(get_rh(model, i) == row.right_hand_side, "right hand sides are the same", text);
        std::vector<double> wanted(program.columns.size());
        for (const auto& term : row.terms)
            wanted[term.column] = term.coefficient;
        for (int j = 1; j <= get_Ncolumns(model); ++j)
            demand(get_mat(model, i, j) == wanted[static_cast<std::size_t>(j) - 1],
                   "coefficients are the same", text);
    }
}

void demand_same_answer(const solver::Solution& known, lprec* model, double sign, std::string_view text) {
    const int code = ::solve(model);
    if (known.status == solver::SolveStatus::infeasible)
        demand(code == INFEASIBLE, "what has no answer has none when it is read", text);
    if (known.status != solver::SolveStatus::optimal) return;
    demand(code == OPTIMAL || code == PRESOLVED, "what has an answer has one when it is read", text);
    const double found = sign * get_objective(model);
    demand(std::abs(found - known.objective) <= 1e-6 * (1 + std::abs(known.objective)),
           "the answer is the same", text);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    using deepvm::exchange::ProgramForm;
    FuzzedDataProvider bytes(data, size);
    const auto made = program(bytes);
    const std::vector<std::string> comments{bytes.ConsumeRandomLengthString(),
                                            bytes.ConsumeRemainingBytesAsString()};
    constexpr unsigned solved_one_in = 4;
    const auto number = number_of(text_of(data, size));
    const bool is_lp = number % 2 == 0;
    const double sign = made.maximise && !is_lp ? -1 : 1;
    const auto text =
        is_lp ? deepvm::exchange::lp_text(made, comments) : deepvm::exchange::mps_text(made, comments);
    const auto model = read_back(text, is_lp ? ProgramForm::lp : ProgramForm::mps);
    demand_same(made, model.get(), sign, text);
    if (number / 2 % solved_one_in == 0)
        demand_same_answer(deepvm::solver::solve(made, {}), model.get(), sign, text);
    return 0;
}
