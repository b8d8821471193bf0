// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/progress.h"

#include <fmt/format.h>

#include <filesystem>
#include <future>

#include "base/files.h"

namespace deepvm::ui::learn {

Progress::Progress(const QString& folder)
    : folder_(folder.toStdString()), worker_(std::make_unique<jobs::ThreadExecutor>()) {}

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
    worker_->post([file, folder = folder_, attempt] {
        std::error_code there;
        std::filesystem::create_directories(folder, there);
        // What cannot be written is still known until the window closes; a lesson is no reason to stop it.
        (void)base::write_file(file, deepvm::lessons::attempt_json(attempt));
    });
}

void Progress::settle() {
    std::promise<void> written;
    worker_->post([&written] { written.set_value(); });
    written.get_future().wait();
}

}  // namespace deepvm::ui::learn
