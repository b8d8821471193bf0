// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/files.h"
#include "session/session.h"

namespace deepvm::session {
namespace {

namespace fs = std::filesystem;

// Read in pieces, so that a pipe without an end does not fill the memory.
base::Result<std::string> read_file(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error))
        return base::fail(base::ErrorCode::unreadable, file.string() + " is a folder; choose a file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{} cannot be read: {}", file.string(), std::strerror(errno)));
    std::string text;
    std::string piece(1 << 16, '\0');
    while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) || stream.gcount() > 0) {
        text.append(piece, 0, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > largest_document)
            return base::fail(base::ErrorCode::damaged,
                              fmt::format("{} is larger than {} MiB, which no session or plan is",
                                          file.string(), largest_document >> 20U));
    }
    return text;
}

}  // namespace

base::Result<Opened> open_document(const fs::path& file) {
    return read_file(file).and_then(
        [&](const std::string& text) { return read_document(text, file.string()); });
}

base::Result<void> save_session(const Session& session, const fs::path& file,
                                std::chrono::sys_seconds saved) {
    return base::write_file(file, session_json(session, saved));
}

}  // namespace deepvm::session
