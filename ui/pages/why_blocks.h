// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of the page "Why this?". Each is given words and only shows them; rows are made once and used
// again, because a drag shows many answers a second.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <vector>

#include "widgets/share_bar.h"
#include "wording/wording.h"

class QGridLayout;
class QVBoxLayout;

namespace deepvm::ui::pages {

/// What is left of every limit: a name, the rest, and a bar that is full where nothing is left.
class LimitBlock : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit LimitBlock(QWidget* parent = nullptr);
    void show(const std::vector<words::Limit>& limits);
    void setColours(const theme::Palette& palette) override { palette_ = palette; }

  private:
    struct Row {
        QWidget* line;
        QLabel* name;
        QLabel* left;
        widgets::ShareBar* bar;
    };
    Row& row(std::size_t index);

    QVBoxLayout* rows_;
    std::vector<Row> made_;
    theme::Palette palette_;
};

/// The neighbours in price, each with a button that goes there, and what a dollar is worth.
class StepBlock : public QWidget {
    Q_OBJECT

  public:
    explicit StepBlock(QWidget* parent = nullptr);
    void show(const std::vector<words::Step>& steps, const QString& shadowPrice);

  signals:
    void wanted(base::Money budget);

  private:
    struct Step {
        QWidget* block;
        QLabel* heading;
        QLabel* effect;
        QPushButton* go;
        QLabel* how;
        base::Money budget;
    };
    Step makeStep(int number);

    std::vector<Step> steps_;
    QLabel* shadow_;
};

/// What could have been chosen instead, with its share of the first plan's worth.
class RivalBlock : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit RivalBlock(QWidget* parent = nullptr);
    /// `heading` is left out where it is empty.
    void show(const QString& heading, const std::vector<words::Rival>& rivals);
    void setColours(const theme::Palette& palette) override { palette_ = palette; }

  signals:
    void switchedOn(problem::Architecture architecture);

  private:
    struct Row {
        QLabel* name;
        widgets::ShareBar* bar;
        QLabel* percent;
        QLabel* cluster;
        QLabel* gap;
        QPushButton* on;
        problem::Architecture architecture;
    };
    Row& row(std::size_t index);
    static void fill(const Row& row, const words::Rival& rival);

    QLabel* heading_;
    QGridLayout* grid_;
    std::vector<Row> made_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::pages
