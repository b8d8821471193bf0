// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/futures_chart.h"
#include "charts/outcome_chart.h"
#include "compare/comparison.h"

namespace deepvm::ui::pages {

struct PrintedCharts {
    charts::FuturesChart& futures;
    charts::OutcomeChart& outcomes;
};

/// The comparison as one page of PDF: the sentences, the table, both charts, and of when the prices are. An
/// old file stays where the new one cannot be written.
base::Result<void> printComparison(const compare::Comparison& comparison, const PrintedCharts& charts,
                                   const QString& file);

}  // namespace deepvm::ui::pages
