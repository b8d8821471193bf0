// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "theme/style_sheet.h"

namespace deepvm::ui::widgets {

/// A thin bar in the middle of its height, filled as far as a share of 0 to 1. It repeats what a text beside
/// it says, so it has no words.
class ShareBar : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit ShareBar(QWidget* parent = nullptr);

    void show(double share, theme::Role colour);
    void setColours(const theme::Palette& palette) override;
    double share() const { return share_; }

    static constexpr int thickness = 4;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    double share_ = 0;
    theme::Role colour_ = &theme::Palette::baseline;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::widgets
