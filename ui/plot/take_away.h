// SPDX-License-Identifier: GPL-3.0-or-later
// A chart to take away: as a picture on white, or as the numbers that it shows.
#pragma once

#include <QString>

#include "base/error.h"

namespace deepvm::ui::plot {

class ChartFrame;

/// Writes the chart to `file`, whole or not at all; the form follows from the name: .png (twice as many
/// pixels as on the screen), .svg, .pdf or .csv (its data). `below` is written under a picture. Another name
/// is refused.
base::Result<void> writeChart(ChartFrame& chart, const QString& file, const QString& below);

/// The picture as in a PNG, on the clipboard.
void copyChart(ChartFrame& chart, const QString& below);

}  // namespace deepvm::ui::plot
