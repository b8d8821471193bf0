// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a catalog file, with a sentence for each kind of file that is none. Private to this folder.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/error.h"

namespace deepvm::catalog {

/// The bytes of a file; not copied.
class FileImage {
  public:
    explicit FileImage(std::size_t size)
        : bytes_(std::make_unique_for_overwrite<unsigned char[]>(size)), size_(size) {}

    unsigned char* data() { return bytes_.get(); }
    std::size_t size() const { return size_; }
    std::span<const unsigned char> bytes() const { return {bytes_.get(), size_}; }

  private:
    std::unique_ptr<unsigned char[]> bytes_;
    std::size_t size_;
};

/// The whole file, whose header says that it is a complete catalog of this program's schema version.
base::Result<FileImage> read_image(const std::filesystem::path& file);

/// "<file>: <why>; <what to do>".
tl::unexpected<base::Error> refuse_catalog(base::ErrorCode code, const std::filesystem::path& file,
                                           std::string_view why);

}  // namespace deepvm::catalog
