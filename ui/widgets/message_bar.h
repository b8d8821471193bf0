// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>

namespace deepvm::ui::widgets {

/// One line that something went wrong or well, above the content, in a colour for each. Never in the way.
class MessageBar : public QFrame {
    Q_OBJECT

  public:
    enum class Kind { problem, news };

    explicit MessageBar(QWidget* parent = nullptr);
    /// An empty message hides the bar. A message that was closed stays closed until another one comes.
    void setMessage(const QString& message, Kind kind = Kind::problem);

  private:
    QLabel* text_;
};

}  // namespace deepvm::ui::widgets
