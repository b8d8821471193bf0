// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to ui/plot: the words around a drawing.
#pragma once

#include <QLabel>

#include "plot/chart_frame.h"

namespace deepvm::ui::plot {

struct LabelTexts {
    QString title;
    QString aside;  ///< beside the title
    QString note;   ///< below the title
    QString more;   ///< in the note's tool tip
};

/// Title, aside and note above the view, shortened to the room that there is, and the caption below it.
class ChartLabels {
  public:
    ChartLabels(QWidget* frame, PlotView* view);

    /// Lays out the frame: all labels, and the view between them.
    void arrange(const FrameStyle& style);
    /// And sizes, after the frame's own font.
    void setColours(const theme::Palette& palette);

    LabelTexts texts;
    /// After other texts, or another width.
    void write();
    void setCaption(const QString& text);

    void paint(QPainter& painter, const theme::Palette& palette) const;

  private:
    QWidget* frame_;
    PlotView* view_;
    QLabel* title_;
    QLabel* aside_;
    QLabel* note_;
    QLabel* caption_;
};

}  // namespace deepvm::ui::plot
