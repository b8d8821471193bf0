// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>
#include <vector>

#include "theme/style_sheet.h"

namespace deepvm::ui::learn {

/// A line around the part of the window that a step speaks of. The pointer and the keyboard go through it.
class Outline : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    /// Lies over all of `window`.
    explicit Outline(QWidget* window);

    /// Null: around nothing.
    void surround(QWidget* part);
    QWidget* part() const { return part_; }
    void setColours(const theme::Palette& palette) override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void follow();

    QPointer<QWidget> part_;
    std::vector<QPointer<QWidget>> watched_;  ///< the part and all around it: what scrolls moves these
    theme::Palette palette_;
};

}  // namespace deepvm::ui::learn
