// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace deepvm::base {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const fs::path& file, std::string_view why) {
    return fail(ErrorCode::unreadable,
                fmt::format("{}: cannot be written ({}); choose another file to write", file.string(), why));
}

tl::unexpected<Error> cannot_write(const fs::path& file, int error) {
    return cannot_write(file, std::strerror(error));
}

// The file behind a chain of symbolic links, also where the last does not exist yet.
fs::path behind_links(fs::path file) {
    constexpr int most_links = 40;  // as the kernel follows
    std::error_code error;
    file = fs::absolute(file, error);
    for (int i = 0; i < most_links && fs::is_symlink(fs::symlink_status(file, error)); ++i)
        file = file.parent_path() / fs::read_symlink(file, error);
    const auto resolved = fs::weakly_canonical(file, error);
    return error ? file : resolved;
}

// Flushes a file or folder to the disk; 0 or the error.
int sync(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const int error =
        ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;  // EINVAL: nothing to flush there
    ::close(descriptor);
    return error;
}

// A name that nobody has: O_EXCL refuses files and links that lie in wait.
Result<fs::path> create_beside(const fs::path& target) {
    constexpr int attempts = 100;
    for (int i = 0; i < attempts; ++i) {
        const fs::path file = fmt::format("{}.{}-{}.new", target.string(), ::getpid(), i);
        const int descriptor =
            ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor >= 0) {
            ::close(descriptor);
            return file;
        }
        if (errno != EEXIST) return cannot_write(target, errno);
    }
    return cannot_write(target, EEXIST);
}

}  // namespace

Replacement::Replacement(fs::path target, fs::path file)
    : target_(std::move(target)), file_(std::move(file)) {}

Replacement::Replacement(Replacement&& other) noexcept
    : target_(std::move(other.target_)), file_(std::exchange(other.file_, {})) {}

Replacement::~Replacement() {
    std::error_code ignored;
    if (!file_.empty()) fs::remove(file_, ignored);
}

Result<Replacement> Replacement::beside(const fs::path& target) {
    if (target.empty()) return fail(ErrorCode::invalid_input, "the output file has no name; give one");
    const auto resolved = behind_links(target);
    std::error_code error;
    const auto status = fs::status(resolved, error);
    if (fs::is_directory(status)) return cannot_write(resolved, EISDIR);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return cannot_write(resolved, "it is no plain file");
    if (fs::exists(status) && ::access(resolved.c_str(), W_OK) != 0) return cannot_write(resolved, errno);
    if (!fs::is_directory(resolved.parent_path(), error)) return cannot_write(resolved, ENOENT);
    auto file = create_beside(resolved);
    if (!file) return tl::unexpected(std::move(file.error()));
    return Replacement(resolved, std::move(*file));
}

Result<void> Replacement::commit() {
    std::error_code error;
    const auto old = fs::status(target_, error);
    if (fs::exists(old)) fs::permissions(file_, old.permissions(), error);
    if (const int failed = sync(file_)) return cannot_write(target_, failed);
    if (::rename(file_.c_str(), target_.c_str()) != 0) return cannot_write(target_, errno);
    file_.clear();
    sync(target_.parent_path());  // the file is in place; that its name is safe, too, is the best we can do
    return {};
}

// Read in pieces, so that a pipe without an end does not fill the memory.
Result<std::string> read_file(const std::filesystem::path& file, std::uintmax_t largest,
                              std::string_view kind) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        return fail(ErrorCode::unreadable, file.string() + " is a folder; choose a file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return fail(ErrorCode::unreadable,
                    fmt::format("{} cannot be read: {}", file.string(), std::strerror(errno)));
    std::string text;
    std::string piece(1 << 16, '\0');
    while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) || stream.gcount() > 0) {
        text.append(piece, 0, static_cast<std::size_t>(stream.gcount()));
        if (text.size() > largest)
            return fail(ErrorCode::damaged, fmt::format("{} is larger than {} MiB, which no {} is",
                                                        file.string(), largest >> 20U, kind));
    }
    return text;
}

Result<void> write_file(const fs::path& file, std::string_view text) {
    const auto write = [&](const fs::path& to) -> Result<void> {
        std::ofstream stream(to, std::ios::binary | std::ios::trunc);
        stream << text << std::flush;
        if (!stream) return cannot_write(file, "the disk may be full or the place not writable");
        return {};
    };
    std::error_code error;
    const auto status = fs::status(file, error);
    if (fs::is_character_file(status) || fs::is_fifo(status)) return write(file);
    auto replacement = Replacement::beside(file);
    if (!replacement) return tl::unexpected(std::move(replacement.error()));
    return write(replacement->file()).and_then([&] { return replacement->commit(); });
}

}  // namespace deepvm::base
