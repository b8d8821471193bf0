// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>
#include <functional>

namespace deepvm::ui::widgets {

/// What stands where there is nothing to show: why, and a button that leads on.
class EmptyPage : public QWidget {
    Q_OBJECT

  public:
    /// The names are those of the label and the button, for who looks for them.
    EmptyPage(const QString& textName, const QString& buttonName, QWidget* parent = nullptr);

    /// Without `action` there is no button.
    void say(const QString& text, const QString& button = {}, std::function<void()> action = {});

  private:
    QLabel* text_;
    QPushButton* button_;
    std::function<void()> action_;
};

}  // namespace deepvm::ui::widgets
