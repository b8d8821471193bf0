// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/import_desk.h"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "imports/diff.h"

namespace deepvm::ui::state {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

fs::path beforeImport(const fs::path& own) {
    return fs::path(own) += ".before";
}

/// A file of its own, gone when it is not wanted any more.
class Staged {
  public:
    explicit Staged(fs::path file) : file_(std::move(file)) {}
    ~Staged() {
        std::error_code ignored;
        fs::remove(file_, ignored);
    }
    Staged(const Staged&) = delete;
    Staged& operator=(const Staged&) = delete;
    const fs::path& file() const { return file_; }

  private:
    fs::path file_;
};

/// What tells a file that another program has changed.
struct Stamp {
    bool there = false;
    std::uintmax_t size = 0;
    fs::file_time_type time;

    static Stamp of(const fs::path& file) {
        std::error_code missing;
        Stamp stamp;
        stamp.there = fs::exists(file, missing);
        if (!stamp.there) return stamp;
        stamp.size = fs::file_size(file, missing);
        stamp.time = fs::last_write_time(file, missing);
        return stamp;
    }
    bool operator==(const Stamp&) const = default;
};

tl::unexpected<base::Error> notWritten(const fs::path& file, const std::error_code& why) {
    return base::fail(
        ErrorCode::unreadable,
        fmt::format("{}: cannot be written ({}); make its folder writable, with room on the disk",
                    file.string(), why.message()));
}

// Into a copy, so that whoever stops it, or ends the program, leaves the catalog as it was.
base::Result<imports::ImportReport> writeOwn(imports::ImportOptions options, const std::stop_token& stop) {
    const fs::path own = options.into;
    std::error_code failed;
    fs::create_directories(own.parent_path(), failed);
    if (failed) return notWritten(own, failed);
    const auto stamp = Stamp::of(own);
    const fs::path from = stamp.there ? own : options.otherwise;
    const Staged staged(fs::path(own) += fmt::format(".import-{}", getpid()));
    fs::copy_file(from, staged.file(), fs::copy_options::overwrite_existing, failed);
    if (failed) return notWritten(staged.file(), failed);
    options.into = staged.file();
    options.dry_run = false;
    auto report = imports::import_prices(options, stop);
    if (!report) return report;
    if (stop.stop_requested()) return base::fail(ErrorCode::cancelled, "cancelled");
    if (Stamp::of(own) != stamp)
        return base::fail(
            ErrorCode::unreadable,
            fmt::format("{} was changed by another program meanwhile; import once more", own.string()));
    fs::copy_file(from, beforeImport(own), fs::copy_options::overwrite_existing, failed);
    if (failed) return notWritten(beforeImport(own), failed);
    fs::rename(staged.file(), own, failed);
    if (failed) return notWritten(own, failed);
    report->target = own;
    report->made = !stamp.there;
    return report;
}

}  // namespace

ImportDesk::ImportDesk(Planning& planning, QObject* parent)
    : QObject(parent),
      planning_(planning),
      imports_(worker_, planning.home(),
               [this](const jobs::Outcome<imports::ImportReport>& outcome) { take(outcome); }),
      differences_(worker_, planning.home(), [this](const jobs::Outcome<std::string>& outcome) {
          if (outcome.ending == jobs::Ending::done) {
              difference_ = *outcome.value;
              move(Stage::compared);
          } else if (outcome.ending == jobs::Ending::failed) {
              move(Stage::idle, QString::fromStdString(outcome.error.message));
          }
      }) {}

base::Result<imports::ImportOptions> ImportDesk::options() const {
    imports::ImportOptions options;
    options.into = planning_.files().own;
    if (options.into.empty())
        return base::fail(ErrorCode::invalid_input,
                          "there is no home folder for a catalog of your own; begin the program with "
                          "--catalog and the name of one");
    options.otherwise = planning_.notes().file;
    if (options.otherwise.empty())
        return base::fail(ErrorCode::invalid_input, "the catalog is not open yet; try again in a moment");
    for (const auto& file : files_)
        options.files.emplace_back(file.toStdString());
    return options;
}

void ImportDesk::read(const QStringList& files) {
    if (stage_ == Stage::writing || files.isEmpty()) return;
    files_ = files;
    report_.reset();
    auto wanted = options();
    if (!wanted) return move(Stage::idle, QString::fromStdString(wanted.error().message));
    wanted->dry_run = true;
    imports_.request(
        [options = *wanted](const std::stop_token& stop) { return imports::import_prices(options, stop); });
    move(Stage::reading);
}

void ImportDesk::write() {
    if (stage_ != Stage::read) return;
    const auto wanted = options();
    if (!wanted) return move(Stage::idle, QString::fromStdString(wanted.error().message));
    imports_.request([options = *wanted](const std::stop_token& stop) { return writeOwn(options, stop); });
    move(Stage::writing);
}

void ImportDesk::cancel() {
    imports_.cancel();
    differences_.cancel();
    report_.reset();
    move(Stage::idle);
}

bool ImportDesk::comparable() const {
    std::error_code unknown;
    const auto& own = planning_.files().own;
    return !own.empty() && fs::exists(beforeImport(own), unknown) && fs::exists(own, unknown);
}

void ImportDesk::compare() {
    if (stage_ == Stage::writing || !comparable()) return;
    imports_.cancel();
    report_.reset();
    differences_.request([own = planning_.files().own](const std::stop_token&) {
        return imports::compare_catalogs(beforeImport(own), own).map([](const imports::CatalogDiff& diff) {
            return imports::diff_text(diff);
        });
    });
    move(Stage::comparing);
}

void ImportDesk::take(const jobs::Outcome<imports::ImportReport>& outcome) {
    if (outcome.ending == jobs::Ending::failed) {
        report_.reset();
        return move(Stage::idle, QString::fromStdString(outcome.error.message));
    }
    if (outcome.ending != jobs::Ending::done) return;
    report_ = *outcome.value;
    const bool written = stage_ == Stage::writing;
    if (written) {
        auto files = planning_.files();
        files.chosen = files.own;
        planning_.reopen(files);
    }
    move(written ? Stage::written : Stage::read);
}

void ImportDesk::move(Stage stage, const QString& problem) {
    stage_ = stage;
    problem_ = problem;
    emit changed();
}

}  // namespace deepvm::ui::state
