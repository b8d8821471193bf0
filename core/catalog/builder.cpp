// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/builder.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "catalog/catalog.h"
#include "catalog/csv_import.h"
#include "catalog/schema.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const fs::path& file, int error) {
    throw Refused(
        {base::ErrorCode::unreadable, fmt::format("{}: cannot be written ({}); choose another file to write",
                                                  file.string(), std::strerror(error))});
}

// Flushes a file or folder to the disk.
void sync(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) cannot_write(path, errno);
    const bool synced =
        ::fsync(descriptor) == 0 || errno == EINVAL;  // EINVAL: this kind of file has no cache
    const int error = errno;
    ::close(descriptor);
    if (!synced) cannot_write(path, error);
}

// A new file beside its target, which it replaces in one step or leaves no trace of.
class Replacement {
  public:
    explicit Replacement(fs::path target)
        : target_(std::move(target)), file_(fmt::format("{}.{}.new", target_.string(), ::getpid())) {
        fs::remove(file_);  // of a process of the same number that was killed
        const int descriptor = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0) cannot_write(target_, errno);
        ::close(descriptor);
    }
    ~Replacement() {
        std::error_code ignored;
        if (!done_) fs::remove(file_, ignored);
    }
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    const fs::path& file() const { return file_; }

    void commit() {
        sync(file_);
        if (::rename(file_.c_str(), target_.c_str()) != 0) cannot_write(target_, errno);
        done_ = true;
        sync(target_.parent_path());
    }

  private:
    fs::path target_;
    fs::path file_;
    bool done_ = false;
};

// The file that a symbolic link stands for, so that the link survives; always with a folder.
fs::path real_target(const fs::path& output) {
    if (output.empty())
        throw Refused({base::ErrorCode::invalid_input, "the output file has no name; give one"});
    auto target = fs::absolute(output);
    if (fs::is_symlink(target)) target = target.parent_path() / fs::read_symlink(target);
    target = fs::weakly_canonical(target);
    if (fs::is_directory(target)) cannot_write(target, EISDIR);
    if (!fs::is_directory(target.parent_path())) cannot_write(target, ENOENT);
    return target;
}

BuildSummary build(const fs::path& folder, const fs::path& output) {
    const auto target = real_target(output);
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA foreign_keys = ON");
    database.exec(fmt::format("PRAGMA application_id = {}", application_id));
    database.exec(fmt::format("PRAGMA user_version = {}", schema_version));
    database.exec("BEGIN");
    for (const auto* statement : schema_statements())
        database.exec(statement);
    const auto summary = import_csv(database, folder);
    database.exec("COMMIT");

    Replacement replacement(target);
    SQLite::Statement write(database, "VACUUM INTO ?");
    write.bind(1, replacement.file().string());
    write.executeStep();
    const auto written = Catalog::open(replacement.file());
    if (!written) throw Refused(written.error());
    if (auto sound = written->check(); !sound) throw Refused(std::move(sound.error()));
    replacement.commit();
    return summary;
}

}  // namespace

base::Result<BuildSummary> build_catalog(const fs::path& folder, const fs::path& output) {
    try {
        return build(folder, output);
    } catch (const Refused& refusal) {
        return tl::unexpected(refusal.error);
    } catch (const SQLite::Exception& failure) {
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be written ({}); check disk space and permissions",
                                      output.string(), failure.what()));
    } catch (const fs::filesystem_error& failure) {
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{}: cannot be written ({}); choose another file to write",
                                      output.string(), failure.code().message()));
    }
}

}  // namespace deepvm::catalog
