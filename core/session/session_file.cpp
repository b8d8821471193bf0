// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "session/session.h"

namespace deepvm::session {

base::Result<Opened> open_document(const std::filesystem::path& file) {
    return base::read_file(file, largest_document, "session or plan").and_then([&](const std::string& text) {
        return read_document(text, file.string());
    });
}

base::Result<void> save_session(const Session& session, const std::filesystem::path& file,
                                std::chrono::sys_seconds saved) {
    return base::write_file(file, session_json(session, saved));
}

}  // namespace deepvm::session
