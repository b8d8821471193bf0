// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>

namespace deepvm::ui::widgets {

/// One line that something went wrong, above the content. Never in the way.
class MessageBar : public QFrame {
    Q_OBJECT

  public:
    explicit MessageBar(QWidget* parent = nullptr);
    /// An empty message hides the bar. A message that was closed stays closed until another one comes.
    void setMessage(const QString& message);

  private:
    QLabel* text_;
};

}  // namespace deepvm::ui::widgets
