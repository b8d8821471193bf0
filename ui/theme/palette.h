// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that names colours.
#pragma once

#include <QColor>

namespace deepvm::ui::theme {

enum class Mode { light, dark };

/// Okabe-Ito based: told apart by people who are colour-blind. A widget never names a colour of its own.
struct Palette {
    Mode mode = Mode::light;
    QColor ground;   ///< window background
    QColor surface;  ///< cards, fields
    QColor line;     ///< one-pixel borders, switched-off toggles
    QColor text;
    QColor muted;      ///< secondary text, axis labels
    QColor grid;       ///< chart grid
    QColor accent;     ///< the one colour of interaction
    QColor on_accent;  ///< text on accent
    QColor knob;       ///< the moving part of a switch
    QColor selected;   ///< background of the selected card
    QColor tiering;
    QColor single_anchor;
    QColor on_demand;  ///< also remote nodes
    QColor spot_bucket;
    QColor parameter_server;
    QColor mixed_workers;
    QColor baseline;  ///< baselines and dominated points
    QColor warning;
    QColor good;  ///< of messages that something went well
    QColor
        lowered;  ///< bars of "a little less", lighter than those of "a little more"; neither an architecture
    QColor raised;

    bool operator==(const Palette&) const = default;
};

const Palette& palette(Mode mode);

/// Which colour of any palette: what a generic widget is given.
using Role = QColor Palette::*;

}  // namespace deepvm::ui::theme
