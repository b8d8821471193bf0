// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QWidget>

#include "lessons/step_view.h"
#include "widgets/log_slider.h"

namespace deepvm::ui::learn {

/// A number that a student guesses by dragging between two ends, before the answer is shown.
class GuessField : public QWidget {
    Q_OBJECT

  public:
    explicit GuessField(QWidget* parent = nullptr);

    /// The ends and the unit of what is guessed; `guess` is shown, else the middle.
    void ask(const deepvm::lessons::StepView& view, std::optional<double> guess);
    double value() const;
    /// As people read it.
    QString words(double value) const;
    widgets::LogSlider* slider() { return slider_; }

  private:
    double at(std::int64_t position) const;
    void say();

    double least_ = 0;
    double most_ = 1;
    deepvm::lessons::Unit unit_ = deepvm::lessons::Unit::none;
    bool whole_ = false;
    widgets::LogSlider* slider_;
    QLabel* words_;
};

}  // namespace deepvm::ui::learn
