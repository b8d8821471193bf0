// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/palette.h"

namespace deepvm::ui::theme {
namespace {

Palette light() {
    Palette p;
    p.mode = Mode::light;
    p.ground = "#F6F7F9";
    p.surface = "#FFFFFF";
    p.line = "#E3E6EB";
    p.text = "#1B1F27";
    p.muted = "#667085";
    p.grid = "#EEF0F3";
    p.accent = "#0072B2";
    p.on_accent = "#FFFFFF";
    p.knob = "#FFFFFF";
    p.selected = "#E8F1F8";
    p.tiering = "#0072B2";
    p.single_anchor = "#E69F00";
    p.on_demand = "#009E73";
    p.spot_bucket = "#CC79A7";
    p.parameter_server = "#D55E00";
    p.mixed_workers = "#8C6BB1";
    p.baseline = "#98A2B3";
    p.warning = "#B54708";
    p.good = "#00785A";
    p.lowered = "#8A94A6";
    p.raised = "#3F4A5C";
    return p;
}

Palette dark() {
    Palette p;
    p.mode = Mode::dark;
    p.ground = "#14171C";
    p.surface = "#1B1F26";
    p.line = "#2C323C";
    p.text = "#E6E9EE";
    p.muted = "#98A2B3";
    p.grid = "#252A33";
    p.accent = "#56B4E9";
    p.on_accent = "#14171C";
    p.knob = "#FFFFFF";
    p.selected = "#1F2E3A";
    p.tiering = "#56B4E9";
    p.single_anchor = "#E69F00";
    p.on_demand = "#2CC295";
    p.spot_bucket = "#CC79A7";
    p.parameter_server = "#E06C1F";
    p.mixed_workers = "#A185C4";
    p.baseline = "#6B7686";
    p.warning = "#F79009";
    p.good = "#2CC295";
    p.lowered = "#66707F";
    p.raised = "#CBD2DC";
    return p;
}

}  // namespace

const Palette& palette(Mode mode) {
    static const Palette light_palette = light();
    static const Palette dark_palette = dark();
    return mode == Mode::dark ? dark_palette : light_palette;
}

}  // namespace deepvm::ui::theme
