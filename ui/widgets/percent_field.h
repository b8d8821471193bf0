// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QSpinBox>

namespace deepvm::ui::widgets {

/// "- 10 % +": a whole percentage, by keyboard, wheel, or its two buttons.
class PercentField : public QFrame {
    Q_OBJECT

  public:
    PercentField(int least, int most, const QString& name, QWidget* parent = nullptr);

    int percent() const { return spin_->value(); }
    /// Emits nothing.
    void setPercent(int percent);

  signals:
    void changed(int percent);
    void released();  ///< the end of one change: a button let go, the field left

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QSpinBox* spin_;
};

}  // namespace deepvm::ui::widgets
