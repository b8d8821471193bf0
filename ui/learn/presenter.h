// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "theme/style_sheet.h"

namespace deepvm::ui::learn {

/// Dims the window but for a circle around the pointer, so that an audience sees what is spoken of.
class PointerSpotlight : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit PointerSpotlight(QWidget* window);

    void setOn(bool on);
    bool isOn() const { return on_; }
    void setColours(const theme::Palette& palette) override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    bool on_ = false;
    QPoint pointer_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::learn
