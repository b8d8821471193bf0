// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of the field mean: all of them, searched.
#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

#include "theme/style_sheet.h"
#include "words/glossary.h"

namespace deepvm::ui::window {

/// Beside the window, not in its way. The list is searched and walked from the search field by the keyboard;
/// the words inside of an explanation lead to their own.
class GlossaryDialog : public QDialog, public theme::Coloured {
    Q_OBJECT

  public:
    explicit GlossaryDialog(QWidget* parent);

    void showTerm(const words::Term& term);
    void setColours(const theme::Palette& palette) override;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void search(const QString& text);
    void explain(int row);

    QLineEdit* search_;
    QListWidget* list_;  ///< a row for each term, in the order of the glossary
    QLabel* name_;
    QLabel* meaning_;
    QLabel* others_;
    QColor link_;
};

}  // namespace deepvm::ui::window
