// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/plot: what a screen reader meets.
#pragma once

#include <QString>

namespace deepvm::ui::plot {

class ChartFrame;

/// From now on every frame is a chart to screen readers, with what is marked as its value; one with a handle
/// is a slider.
void beReadOut();

/// Has screen readers say that the value is another.
void sayValue(ChartFrame& frame, const QString& text);

}  // namespace deepvm::ui::plot
