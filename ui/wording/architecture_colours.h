// SPDX-License-Identifier: GPL-3.0-or-later
// One colour means one architecture everywhere.
#pragma once

#include "problem/request.h"
#include "theme/palette.h"

namespace deepvm::ui::wording {

theme::Role role(problem::Architecture architecture);

inline QColor colourOf(problem::Architecture architecture, const theme::Palette& palette) {
    return palette.*role(architecture);
}

}  // namespace deepvm::ui::wording
