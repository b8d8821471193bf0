// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>

#include "problem/request.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::panels {

/// A switch in the colour of its architecture, with a name and a muted line under it.
/// A check box underneath, so that keyboard and screen readers know what it is.
class ToggleSwitch : public QCheckBox, public theme::Coloured {
    Q_OBJECT

  public:
    ToggleSwitch(problem::Architecture architecture, const QString& name, const QString& description,
                 QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

  protected:
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }
    void paintEvent(QPaintEvent* event) override;

  private:
    problem::Architecture architecture_;
    QString description_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::panels
