// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of lessons, what a check found, and grades: as text, JSON and CSV.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lessons/grade.h"

namespace deepvm::lessons {

/// A lesson that was checked.
struct Checked {
    std::string id;
    std::string file;
    std::size_t steps = 0;
    std::optional<catalog::Selection> played_in;  ///< nothing where it cannot be played
    std::vector<PassedOver> passed_over;
    Rehearsal rehearsal;            ///< where it can be played
    std::vector<Finding> findings;  ///< in the first of its markets, where it can be played in none

    bool sound() const { return played_in.has_value(); }
};

/// Errors: `cancelled` alone.
base::Result<Checked> check(const Lesson& lesson, std::optional<std::uint64_t> seed, Worlds& worlds,
                            const std::stop_token& stop);

std::string check_text(const Checked& checked);
/// All that a student is told, with the numbers of these prices: to read aloud.
std::string rehearsal_text(const Lesson& lesson, const Rehearsal& rehearsal);
std::string check_json(const std::vector<Checked>& checked);

std::string list_text(const std::vector<Lesson>& lessons);
std::string list_json(const std::vector<Lesson>& lessons);

/// A file that was graded.
struct Graded {
    std::string file;
    Grade grade;
};
/// Finds the lesson among `lessons`.
base::Result<Graded> grade_file(const std::filesystem::path& file, const std::vector<Lesson>& lessons,
                                Worlds& worlds, const std::stop_token& stop);

std::string grade_text(const std::vector<Graded>& graded);
std::string grade_json(const std::vector<Graded>& graded);
/// One line a file; what a student wrote is never read as a formula by a spreadsheet.
std::string grade_csv(const std::vector<Graded>& graded);

}  // namespace deepvm::lessons
