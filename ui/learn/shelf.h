// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "lessons/lesson.h"

namespace deepvm::ui::learn {

/// The lessons that there are: those of the program, and a teacher's own behind them.
class Shelf {
  public:
    using LessonPtr = std::shared_ptr<const deepvm::lessons::Lesson>;

    /// Reads the program's.
    Shelf();

    const std::vector<LessonPtr>& lessons() const { return lessons_; }
    /// Why some of the program's are not there; mostly empty.
    const QString& problem() const { return problem_; }
    /// Adds a lesson out of a file, in place of one with its id.
    base::Result<LessonPtr> open(const QString& file);
    LessonPtr find(const QString& id) const;

  private:
    std::vector<LessonPtr> lessons_;
    QString problem_;
};

}  // namespace deepvm::ui::learn
