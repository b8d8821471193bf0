// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/futures_chart.h"
#include "compare/comparison.h"

namespace deepvm::ui::pages {

/// The comparison as one page of PDF: the sentences, the table, the futures, and of when the prices are. An
/// old file stays where the new one cannot be written.
base::Result<void> printComparison(const compare::Comparison& comparison, charts::FuturesChart& chart,
                                   const QString& file);

}  // namespace deepvm::ui::pages
