// SPDX-License-Identifier: GPL-3.0-or-later
// How the window writes a solved program: numbers with their units, formulas with real signs, sentences.
#pragma once

#include <QString>
#include <string_view>

#include "explain/solved_program.h"

namespace deepvm::ui::models {

/// A number over its unit: "145.432" and "MFLOP/$".
struct Amount {
    QString number;
    QString unit;

    QString line() const { return number + QLatin1Char(' ') + unit; }
};

/// Six significant digits, a prefix where the unit takes one: FLOP/$ does, the others are written out.
Amount amount(double value, std::string_view unit);
/// The objective that one more of a row's unit would add in the relaxation: "FLOP/$ per USD/h".
Amount relaxedPrice(double value, std::string_view objectiveUnit, std::string_view unitOne);

/// "0.1578 n + 0.17 m ≤ 2.90", in the unit of the row
QString formula(const explain::SolvedRow& row);
/// "8.60076 MFLOP/$ × E(n)"
QString objectiveFormula(const explain::SolvedProgram& program);

/// "Maximise", or "Minimise" where the objective is what a job costs or takes.
QString directionOf(const explain::SolvedProgram& program);

/// What the letters of the formulas stand for.
QString lettersOf(const explain::SolvedProgram& program);

/// "Maximise FLOPP × effective nodes: 31 choices, 7 rows; optimum 145.432 MFLOP/$ at 17 nodes and 1 remote
/// node; solved by lp_solve in 0.8 ms; proven." And what stops the plan where no row does.
QString summary(const explain::SolvedProgram& program, problem::Objective objective);

/// What became of a row: a sign, a word and a sentence. Nothing special has neither sign nor word.
QString markOf(const explain::SolvedRow& row);
QString stateOf(const explain::SolvedRow& row);
QString stateInWords(const explain::SolvedRow& row, const explain::SolvedProgram& program);

/// Where the relaxation's price of a row must be read with care, why; mostly empty.
QString priceInWords(const explain::SolvedRow& row);

}  // namespace deepvm::ui::models
