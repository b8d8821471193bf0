// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QRadioButton>
#include <QWidget>

namespace deepvm::ui::learn {

/// One of several answers: a button with a text of as many lines as it needs, which Qt's own cannot have, and
/// below it why it is right or not.
class ChoiceRow : public QWidget {
    Q_OBJECT

  public:
    ChoiceRow(QLabel* text, QLabel* why, QWidget* parent = nullptr);

    QRadioButton* button() { return button_; }
    QLabel* text() { return text_; }
    QLabel* why() { return why_; }

  protected:
    /// The text is the button's, too.
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    QRadioButton* button_;
    QLabel* text_;
    QLabel* why_;
};

}  // namespace deepvm::ui::learn
