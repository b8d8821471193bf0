// SPDX-License-Identifier: GPL-3.0-or-later
// From a palette to the looks of a whole window: one style sheet, one font, and a hand-over to custom painted
// widgets.
#pragma once

#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>
#include <QWidget>

class QTableView;

#include "theme/palette.h"

namespace deepvm::ui::theme {

/// A widget that paints itself gets its colours here and nowhere else.
class Coloured {
  public:
    virtual ~Coloured() = default;
    virtual void setColours(const Palette& palette) = 0;

  protected:
    Coloured() = default;
    Coloured(const Coloured&) = default;
    Coloured& operator=(const Coloured&) = default;
};

/// resources/styles/explorer.qss with its @tokens replaced.
QString styleSheet(const Palette& palette);

/// For what the style sheet does not reach: dialogs, selections, links.
QPalette widgetPalette(const Palette& palette);

/// Inter where it is installed, else the system's family, at the size that the person has chosen for the
/// desktop, but not below 13 px. The program's own font, once it has a size in pixels, is taken as it is.
QFont applicationFont();

/// How much larger than the design's 13 px the program's font is: all sizes follow it.
double textScale();
/// Pixels of the design at that scale.
int scaled(int pixels);
/// Another size of all text, in percent of the person's own; `root` still has to be dressed.
void setZoom(int percent);
int zoom();

/// Fixes the size of `widget` in pixels of the design; 0 leaves a side free. dress() keeps it to scale.
void setDesignSize(QWidget& widget, QSize design);

/// The same for the rows of `table`.
void setDesignRows(QTableView& table, int pixels);

/// The desktop's own for the program, else the one that it carries.
QIcon applicationIcon();

/// `base` at `pixels` of the design, with a weight: fonts of custom painted text.
QFont sized(QFont base, int pixels, QFont::Weight weight = QFont::Normal);

/// Whichever of text and ground colours stands out more on `background`.
QColor readableOn(const QColor& background, const Palette& palette);

/// Style sheet and palette for `root`, colours for all Coloured widgets in it.
void dress(QWidget& root, const Palette& palette);

/// Colours for `root` and the Coloured widgets in it: for widgets that are made later.
void colour(QWidget& root, const Palette& palette);

/// Whether the desktop is dark; Qt 6.4 has no QStyleHints::colorScheme, so the lightness of its palette
/// tells.
Mode systemMode(const QPalette& system);

}  // namespace deepvm::ui::theme
