// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "learn/player.h"
#include "learn/shelf.h"

namespace deepvm::ui::learn {

/// The lessons with time, level and progress; and, while one is played, what a step shows of its own.
class LearnPage : public QStackedWidget {
    Q_OBJECT

  public:
    explicit LearnPage(Player& player, QWidget* parent = nullptr);

    /// What steps of that name show; owned by the page.
    void addWidget(const QString& name, QWidget* widget);
    /// Begins a lesson by its name, or by the file of one; refused where there is none.
    base::Result<void> play(const QString& id, std::optional<std::uint64_t> seed = std::nullopt);

  protected:
    void showEvent(QShowEvent* event) override;

  signals:
    void told(const QString& refusal);  ///< for the message bar, as the next
    void done(const QString& what);

  private:
    struct Row {
        Shelf::LessonPtr lesson;
        QLabel* progress = nullptr;
        QPushButton* begin = nullptr;
        QPushButton* exercise = nullptr;
        QPushButton* anew = nullptr;
    };
    QWidget* buildFoot();
    QWidget* rowOf(const Shelf::LessonPtr& lesson, std::size_t number);
    Shelf& shelf();
    void fill();
    void refresh();
    void openFile();
    void saveAnswers();
    std::optional<std::uint64_t> seed() const;

    Player& player_;
    std::optional<Shelf> shelf_;  ///< from when it is first needed: nine files are not read at the start
    QWidget* list_;
    QVBoxLayout* column_;
    std::vector<Row> rows_;
    QSpinBox* seed_;
    QLineEdit* student_;
    QPushButton* handIn_;
    QLabel* problem_;
    std::map<QString, QWidget*> widgets_;
};

}  // namespace deepvm::ui::learn
