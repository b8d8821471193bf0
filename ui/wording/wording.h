// SPDX-License-Identifier: GPL-3.0-or-later
// The words that the window shares with the command line (core/words), typographic and in the strings of Qt.
#pragma once

#include <QStringList>

#include "planner/decision.h"
#include "wording/format.h"
#include "words/answers.h"
#include "words/checkpoints.h"
#include "words/futures.h"
#include "words/job.h"
#include "words/obstacles.h"
#include "words/plans.h"
#include "words/reasons.h"
#include "words/remarks.h"

namespace deepvm::ui::wording {

inline QString architectureName(problem::Architecture architecture) {
    return said(words::architecture(architecture));
}
inline QString architectureDescription(problem::Architecture architecture) {
    return said(words::architecture_description(architecture));
}
inline QString objectiveName(problem::Objective objective) {
    return said(words::objective(objective));
}
inline QString workersLine(const problem::Plan& plan) {
    return said(words::workers(plan, in_print));
}
inline QString companionLine(const problem::Plan& plan, bool brief = false) {
    return said(words::companion(plan, brief, in_print));
}
inline QString machinesLine(const problem::Plan& plan) {
    return said(words::machines(plan, in_print));
}
inline QString placeLine(const problem::Plan& plan, const model::Market& market) {
    return said(words::place(plan, market, in_print));
}
inline QString clusterLine(const problem::Plan& plan, const model::Market& market) {
    return said(words::cluster(plan, market, in_print));
}
inline QString changeLine(const problem::Plan& from, const problem::Plan& to) {
    return said(words::change(from, to, in_print));
}
inline QString basisName(model::PriceBasis basis, const model::Source* source) {
    return said(words::price_basis(basis, source));
}
inline QString objectiveValue(double value, const problem::Problem& problem) {
    return said(words::objective_value(value, problem, in_print));
}
inline QString rate(double value, const model::Market& market) {
    return said(words::rate(value, market, in_print));
}
inline QString unitName(problem::JobUnit unit) {
    return said(words::job_unit(unit));
}
inline QString gains(double percent, problem::Objective objective) {
    return said(words::gains(percent, objective, in_print));
}
inline QString whyThis(const problem::Plan& plan, const planner::Decision& decision,
                       problem::Objective objective) {
    return said(words::why_this(plan, decision, objective, in_print));
}
inline QString nothingFits(const planner::Decision& decision) {
    return said(words::nothing_fits(decision));
}
inline QString cheapestThatFits(const planner::Decision& decision, const problem::Problem& problem) {
    return said(words::cheapest_that_fits(decision, problem, in_print));
}
inline QString noAnswer(const std::optional<base::Error>& error, bool any) {
    return said(words::no_answer(error, any));
}
inline QString goTo(base::Money budget) {
    return QStringLiteral("Go to %1").arg(costPerHour(budget));
}
inline QString whyHeading(int rank) {
    return rank == 1 ? QStringLiteral("Why this?") : QStringLiteral("Why not first?");
}

/// Several sentences in one; none is lost when one is empty.
inline QString joined(QStringList sentences) {
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}
/// The same with a capital letter.
inline QString sentence(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

}  // namespace deepvm::ui::wording
