// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/progress.h"

#include <fmt/format.h>

#include <filesystem>
#include <future>

#include "base/files.h"

namespace deepvm::ui::learn {

Progress::Progress(const QString& folder, Hears hears)
    : folder_(folder.toStdString()),
      hears_(std::move(hears)),
      worker_(std::make_unique<jobs::ThreadExecutor>()) {}

Progress::~Progress() {
    settle();
}

std::string Progress::fileOf(const std::string& lesson, std::optional<std::uint64_t> seed) const {
    return seed ? fmt::format("{}/{}.seed-{}.json", folder_, lesson, *seed)
                : fmt::format("{}/{}.json", folder_, lesson);
}

const std::optional<deepvm::lessons::Attempt>& Progress::of(const std::string& lesson,
                                                            std::optional<std::uint64_t> seed) {
    const auto file = fileOf(lesson, seed);
    if (const auto known = known_.find(file); known != known_.end()) return known->second;
    auto& read = known_[file];
    if (folder_.empty()) return read;
    auto attempt = deepvm::lessons::open_attempt(file);
    if (attempt && attempt->lesson == lesson && attempt->seed == seed) read = std::move(*attempt);
    return read;
}

void Progress::keep(const deepvm::lessons::Attempt& attempt) {
    const auto file = fileOf(attempt.lesson, attempt.seed);
    known_[file] = attempt;
    if (folder_.empty()) return;
    worker_->post([this, file, attempt] {
        std::error_code there;
        std::filesystem::create_directories(folder_, there);
        const auto written = base::write_file(file, deepvm::lessons::attempt_json(attempt));
        if (written) return;
        // It is still known until the window closes: no reason to stop a lesson, but one to say so.
        const auto problem =
            QObject::tr("What you did in lesson %1 is kept until the window closes only: %2")
                .arg(QString::fromStdString(attempt.lesson), QString::fromStdString(written.error().message));
        QMetaObject::invokeMethod(
            &window_, [this, problem] { hears_(problem); }, Qt::QueuedConnection);
    });
}

void Progress::settle() {
    std::promise<void> written;
    worker_->post([&written] { written.set_value(); });
    written.get_future().wait();
}

}  // namespace deepvm::ui::learn
