// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>

#include "theme/style_sheet.h"

namespace deepvm::ui::widgets {

/// A switch in a colour of its own, with a name and a muted line under it.
/// A check box underneath, so that keyboard and screen readers know what it is.
class ToggleSwitch : public QCheckBox, public theme::Coloured {
    Q_OBJECT

  public:
    ToggleSwitch(theme::Role colour, const QString& name, const QString& description,
                 QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

  protected:
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }
    void paintEvent(QPaintEvent* event) override;

  private:
    theme::Role colour_;
    QString description_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::widgets
