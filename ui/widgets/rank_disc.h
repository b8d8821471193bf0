// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "theme/style_sheet.h"

namespace deepvm::ui::widgets {

/// The rank of a plan in a disc of its colour.
class RankDisc : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit RankDisc(QWidget* parent = nullptr);
    void show(int rank, theme::Role colour);
    void setColours(const theme::Palette& palette) override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    int rank_ = 1;
    theme::Role colour_ = &theme::Palette::accent;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::widgets
