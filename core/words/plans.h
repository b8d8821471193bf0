// SPDX-License-Identifier: GPL-3.0-or-later
// What things and plans are called.
#pragma once

#include "model/market.h"
#include "problem/problem.h"
#include "words/figures.h"

namespace deepvm::words {

std::string architecture(problem::Architecture architecture);              ///< "Single anchor"
std::string architecture_description(problem::Architecture architecture);  ///< "one on-demand anchor + spot"
/// In the middle of a sentence: "spot + bucket", plain as it is typed: "spot-bucket".
std::string architecture_within(problem::Architecture architecture, Style style);
std::string objective(problem::Objective objective);
std::string job_unit(problem::JobUnit unit);  ///< "epochs", "samples", "FLOP"
/// "advisor savings": what kind of price a spot price is; "own price" where a file of the person's own says
/// no more than the price.
std::string price_basis(model::PriceBasis basis, const model::Source* source);

/// How sure the scaling of a plan is, and where that comes from.
std::string scaling_origin(problem::ScalingBasis basis);

std::string workers(const problem::Plan& plan, Style style);  ///< "17 × g4dn.xlarge spot"
/// "+ 1 × c5.xlarge on-demand, holds the checkpoints", "3 spot + 1 on-demand, the anchor"; without what it is
/// for when `brief`.
std::string companion(const problem::Plan& plan, bool brief, Style style);
std::string machines(const problem::Plan& plan, Style style);  ///< "17 × g4dn.xlarge + 1 × c5.xlarge"
/// Where a plan's machines are: "us-east-1", or "aws us-east-1" where the market has several providers; empty
/// for a published data set.
std::string place(const problem::Plan& plan, const model::Market& market, Style style);
/// machines(), with their place where `market` has several.
std::string cluster(const problem::Plan& plan, const model::Market& market, Style style);
/// "+ 1 × g4dn.xlarge, − 1 × c5.xlarge": what leads from one plan to the other; empty where that is another
/// cluster altogether.
std::string change(const problem::Plan& from, const problem::Plan& to, Style style);

/// A rate in the unit of the market, TFLOP/s where it is a provider's.
std::string rate(double value, const model::Market& market, Style style);
/// "145 MFLOP/$", "529 TFLOP/s", "6,375 published units": a value of the problem's objective.
std::string objective_value(double value, const problem::Problem& problem, Style style);

/// What the prices of a plan are and how old ("advisor savings, 2025-07-28", "list, 2026-07-20"); empty where
/// the plan has no machine of that kind. The whole sources are for a tooltip, a line each.
struct PriceNote {
    std::string spot;
    std::string on_demand;
    std::string full;
};
PriceNote price_note(const problem::Plan& plan, const model::Market& market);

}  // namespace deepvm::words
