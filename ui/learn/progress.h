// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "jobs/executor.h"
#include "lessons/attempt.h"

namespace deepvm::ui::learn {

/// What a student has done of each lesson, in a folder with a file for each: the same document that is handed
/// in.
class Progress {
  public:
    /// Hears of a file that could not be written, in the thread of the window.
    using Hears = std::function<void(const QString& problem)>;

    /// An empty folder keeps nothing (pictures and tests).
    Progress(const QString& folder, Hears hears);
    ~Progress();

    /// Nothing where the lesson was not begun, and where its file cannot be read.
    const std::optional<deepvm::lessons::Attempt>& of(const std::string& lesson,
                                                      std::optional<std::uint64_t> seed);
    /// Written in the background, in the order of the calls.
    void keep(const deepvm::lessons::Attempt& attempt);
    /// Waits until all is written.
    void settle();

  private:
    std::string fileOf(const std::string& lesson, std::optional<std::uint64_t> seed) const;

    std::string folder_;
    Hears hears_;
    /// By file: what was read, or is being written.
    std::map<std::string, std::optional<deepvm::lessons::Attempt>> known_;
    QObject window_;  ///< through which the worker reaches its thread
    std::unique_ptr<jobs::ThreadExecutor> worker_;
};

}  // namespace deepvm::ui::learn
