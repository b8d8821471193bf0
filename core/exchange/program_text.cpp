// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/program_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "exchange/exchange.h"
#include "explain/program_words.h"
#include "problem/programs.h"

namespace deepvm::exchange {
namespace {

using solver::Column;
using solver::LinearProgram;
using solver::Row;
using solver::Sense;

// Shortest text that reads back as the same double.
std::string signed_term(double coefficient, const std::string& column) {
    return fmt::format(" {}{} {}", coefficient < 0 ? "-" : "+", std::abs(coefficient), column);
}

std::string_view lp_sense(Sense sense) {
    switch (sense) {
        case Sense::at_most:
            return "<=";
        case Sense::at_least:
            return ">=";
        case Sense::equal:
            break;
    }
    return "=";
}

char mps_sense(Sense sense) {
    switch (sense) {
        case Sense::at_most:
            return 'L';
        case Sense::at_least:
            return 'G';
        case Sense::equal:
            break;
    }
    return 'E';
}

bool is_binary(const Column& column) {
    return column.integer && column.lower == 0 && column.upper == 1;
}

std::string lp_bounds(const Column& column) {
    std::string text;
    if (column.lower != 0) text += fmt::format("{} >= {};\n", column.name, column.lower);
    if (!std::isinf(column.upper)) text += fmt::format("{} <= {};\n", column.name, column.upper);
    return text;
}

std::string mps_bounds(const Column& column) {
    if (is_binary(column)) return fmt::format(" BV BOUND {}\n", column.name);
    auto text = fmt::format(" LO BOUND {} {}\n", column.name, column.lower);
    text += std::isinf(column.upper) ? fmt::format(" PL BOUND {}\n", column.name)
                                     : fmt::format(" UP BOUND {} {}\n", column.name, column.upper);
    return text;
}

// A name from a catalog must not end the comment that it stands in.
std::string harmless(std::string comment) {
    std::replace_if(
        comment.begin(), comment.end(), [](unsigned char letter) { return letter < ' '; }, '?');
    for (auto end = comment.find("*/"); end != std::string::npos; end = comment.find("*/", end))
        comment.replace(end, 2, "* /");
    return comment;
}

std::string head(const std::vector<std::string>& comments, std::string_view open, std::string_view close) {
    std::string text;
    for (const auto& comment : comments)
        text += fmt::format("{}{}{}\n", open, harmless(comment), close);
    return text;
}

// A power of ten that brings the objective to the order of 1: FLOP per dollar come to 1e18, which is beyond
// the tolerances of some solvers.
double objective_scale(const LinearProgram& program) {
    double largest = 0;
    for (const Column& column : program.columns)
        largest = std::max(largest, std::abs(column.objective));
    return largest > 0 ? std::pow(10.0, std::floor(std::log10(largest))) : 1;
}

std::vector<std::string> comments_on(const problem::Problem& problem, const problem::Candidate& candidate,
                                     const problem::Plan& plan, base::Money budget,
                                     const LinearProgram& program, double scale) {
    const auto words = explain::describe(problem, candidate, budget, program);
    std::vector<std::string> comments{
        fmt::format("{} of {}{}{}", name(plan.architecture), machines(plan),
                    plan.region.empty() ? "" : " in ", model::place_name(plan.provider, plan.region)),
        fmt::format("budget {} USD/h on {}", budget.decimal(), describe(problem)),
        fmt::format("optimum {} {}, price {} USD/h", plan.objective, words.objective_unit,
                    plan.hourly_price.decimal()),
        fmt::format("{} {} {}: {}", program.maximise ? "maximise" : "minimise", words.objective,
                    words.objective_unit, words.objective_meaning),
        fmt::format("the objective row is in {:g} {}: its optimum times {:g} is that of the plan", scale,
                    words.objective_unit, scale),
        fmt::format("column nodes_k: {}", words.choices)};
    for (std::size_t j = 0; j < problem::columns_of(candidate).choices; ++j)
        comments.push_back(fmt::format("column {}: {}", program.columns[j].name, words.columns[j].meaning));
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        const auto& row = words.rows[i];
        comments.push_back(
            fmt::format("row {}: {} {} ({})", program.rows[i].name, row.formula, row.unit, row.meaning));
    }
    return comments;
}

std::string mps_columns(const LinearProgram& program) {
    std::string text;
    bool integer = false;
    int markers = 0;
    const auto mark = [&](bool wanted) {
        if (integer != wanted)
            text += fmt::format(" MARKER{} 'MARKER' '{}'\n", ++markers, wanted ? "INTORG" : "INTEND");
        integer = wanted;
    };
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const Column& column = program.columns[j];
        mark(column.integer);
        // Written even when it is 0: a column must appear to exist.
        const double cost = program.maximise ? 0.0 - column.objective : column.objective;
        text += fmt::format(" {} objective {}\n", column.name, cost);
        for (const Row& row : program.rows)
            for (const auto& term : row.terms)
                if (term.column == j && term.coefficient != 0)
                    text += fmt::format(" {} {} {}\n", column.name, row.name, term.coefficient);
    }
    mark(false);
    return text;
}

}  // namespace

std::string program_text(const problem::Problem& problem, const problem::Plan& plan, base::Money budget,
                         ProgramForm form) {
    const auto& candidate = *problem::candidate_of(problem, plan);
    budget = problem::asked_budget(problem, candidate, counts_of(plan), budget);
    auto program = problem::whole_program(problem, candidate, budget);
    const double scale = objective_scale(program);
    const auto comments = comments_on(problem, candidate, plan, budget, program, scale);
    for (Column& column : program.columns)
        column.objective /= scale;
    return form == ProgramForm::lp ? lp_text(program, comments) : mps_text(program, comments);
}

std::string lp_text(const LinearProgram& program, const std::vector<std::string>& comments) {
    std::string text = "/* lp-format of lp_solve; for readers of CPLEX LP, write MPS instead */\n";
    text += head(comments, "/* ", " */");
    text += fmt::format("\n/* objective */\n{}:", program.maximise ? "max" : "min");
    // Written even when it is 0: columns exist, and are in this order, by where they appear first.
    for (const auto& column : program.columns)
        text += signed_term(column.objective, column.name);
    text += ";\n\n";
    for (const Row& row : program.rows) {
        text += fmt::format("{}:", row.name);  // without a name, a single term would be read as a bound
        std::string terms;
        for (const auto& term : row.terms)
            if (term.coefficient != 0)
                terms += signed_term(term.coefficient, program.columns[term.column].name);
        if (terms.empty() && !program.columns.empty())  // a row of nothing is no row to lp_solve
            terms = signed_term(0, program.columns.front().name);
        text += fmt::format("{} {} {};\n", terms, lp_sense(row.sense), row.right_hand_side);
    }
    text += "\n";
    std::string integers;
    for (const auto& column : program.columns) {
        text += lp_bounds(column);
        if (column.integer) integers += (integers.empty() ? "" : ", ") + column.name;
    }
    if (!integers.empty()) text += fmt::format("\nint {};\n", integers);
    return text;
}

std::string mps_text(const LinearProgram& program, const std::vector<std::string>& comments) {
    std::string text = "* free MPS\n";
    text += head(comments, "* ", "");
    if (program.maximise)
        text += "* MPS minimises: the objective is negated, the optimum is minus this program's\n";
    text += "NAME deepvm\n";
    text += "ROWS\n N objective\n";
    for (const Row& row : program.rows)
        text += fmt::format(" {} {}\n", mps_sense(row.sense), row.name);
    text += "COLUMNS\n" + mps_columns(program) + "RHS\n";
    for (const Row& row : program.rows)
        if (row.right_hand_side != 0) text += fmt::format(" RHS {} {}\n", row.name, row.right_hand_side);
    text += "BOUNDS\n";
    for (const auto& column : program.columns)
        text += mps_bounds(column);
    return text + "ENDATA\n";
}

}  // namespace deepvm::exchange
