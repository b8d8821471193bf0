// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a catalog file, with a sentence for each kind of file that is none. Private to this folder.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace deepvm::catalog {

using FileImage = std::vector<unsigned char>;

/// The whole file, whose header says that it is a complete catalog of this program's schema version.
base::Result<FileImage> read_image(const std::filesystem::path& file);

/// "<file>: <why>; <what to do>".
tl::unexpected<base::Error> refuse_catalog(base::ErrorCode code, const std::filesystem::path& file,
                                           std::string_view why);

}  // namespace deepvm::catalog
