// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace deepvm::ui::widgets {

/// The wheel changes `control` only while it has the focus: else it scrolls what the control stands in.
void wheelOnlyWithFocus(QWidget& control);

}  // namespace deepvm::ui::widgets
