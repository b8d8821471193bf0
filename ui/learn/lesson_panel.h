// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QButtonGroup>
#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "learn/choice_row.h"
#include "learn/guess_field.h"
#include "learn/player.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::learn {

/// The step that is played, beside the page: what it says and asks, hints, and the way on.
class LessonPanel : public QFrame, public theme::Coloured {
    Q_OBJECT

  public:
    explicit LessonPanel(Player& player, QWidget* parent = nullptr);

    /// Larger type and wider, for an audience.
    void setLarge(bool large);
    void setColours(const theme::Palette& palette) override;

  signals:
    void sideAsked();  ///< a person wants it on the other side

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QWidget* buildHead();
    QWidget* buildFoot();
    void refresh();
    void refreshBody();
    void refreshFoot();
    void showGuess();
    void showChoices();
    void showHints();
    void say(QLabel* label, const QString& text) const;
    QLabel* words(const char* name, const char* role);
    QString outcome() const;
    static QString putBack(const std::vector<std::string>& beside);
    void advance();

    Player& player_;
    QColor link_;  ///< colour of words that explain themselves
    QLabel* title_;
    QLabel* place_;
    QProgressBar* bar_;
    QLabel* heading_;
    QLabel* text_;
    GuessField* guess_;
    QWidget* choices_;
    QVBoxLayout* choiceColumn_;
    QButtonGroup* group_;  ///< one of them is chosen
    std::vector<ChoiceRow*> rows_;
    QLabel* hints_;
    QLabel* outcome_;
    QLabel* problem_;
    QScrollArea* body_ = nullptr;
    QPushButton* back_ = nullptr;
    QPushButton* hint_ = nullptr;
    QPushButton* show_ = nullptr;
    QPushButton* next_ = nullptr;
    std::size_t shownStep_ = 0;
    const deepvm::lessons::Lesson* shownLesson_ = nullptr;
};

}  // namespace deepvm::ui::learn
