// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

namespace deepvm::base {

Result<void> write_file(const std::filesystem::path& file, std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::unreadable,
                    fmt::format("{} cannot be written: {}; choose another place", file.string(), why));
    };
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) return refuse("it is a folder");
    // A device or a pipe is written to, not replaced.
    const auto status = std::filesystem::status(file, error);
    const bool in_place = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
    const auto written = in_place ? file : std::filesystem::path(file.string() + ".partial");
    {
        std::ofstream stream(written, std::ios::binary | std::ios::trunc);
        if (!stream) return refuse("the folder is missing or not writable");
        stream << text << std::flush;
        if (!stream) {
            stream.close();
            if (!in_place) std::filesystem::remove(written, error);
            return refuse("the disk may be full");
        }
    }
    if (in_place) return {};
    std::filesystem::rename(written, file, error);
    if (!error) return {};
    const auto reason = error.message();
    std::filesystem::remove(written, error);
    return refuse(reason);
}

}  // namespace deepvm::base
