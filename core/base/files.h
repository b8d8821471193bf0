// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are read whole, and written whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace deepvm::base {

/// A new file beside its target, which it replaces in one step or leaves no trace of: a failure, a full disk
/// say, leaves the target as it was.
class Replacement {
  public:
    /// Symbolic links are followed, so that a link survives. Refuses a target that is no plain file, may not
    /// be written, or lies in no folder.
    static Result<Replacement> beside(const std::filesystem::path& target);

    Replacement(Replacement&& other) noexcept;
    Replacement& operator=(Replacement&&) = delete;
    ~Replacement();

    /// The new file, empty at first.
    const std::filesystem::path& file() const { return file_; }

    /// Flushes the new file to the disk and puts it in the target's place, with the permissions of the old
    /// one.
    Result<void> commit();

  private:
    Replacement(std::filesystem::path target, std::filesystem::path file);
    std::filesystem::path target_;
    std::filesystem::path file_;  // empty once there is nothing to remove
};

/// All of a file or pipe. Refuses folders, what cannot be read, and more than `largest` bytes, "which no
/// `kind` is".
Result<std::string> read_file(const std::filesystem::path& file, std::uintmax_t largest,
                              std::string_view kind);

/// Writes `text` to `file` through a Replacement; a device or a pipe is written to as it is.
Result<void> write_file(const std::filesystem::path& file, std::string_view text);

}  // namespace deepvm::base
