// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of the explorer, a file that anybody may edit.
#include <QString>

#include "fuzz.h"
#include "state/settings.h"

namespace deepvm::fuzz {
namespace {

using ui::state::Settings;

// Another name each time: Qt keeps what it has read of a file.
QString next_name(const Folder& folder) {
    static std::uint64_t number = 0;
    return QString::fromStdString(folder.file("explorer-" + std::to_string(number++) + ".ini").string());
}

void demand_within(const session::Exploration& read) {
    demand(read.budget > base::Money() && read.budget <= base::Money::largest(),
           "a budget is within its range");
    demand(!read.architectures.empty(), "there is an architecture");
    demand(read.job.confidence > 0 && read.job.confidence < 1, "a confidence is a probability");
    demand(read.future_runs >= session::least_future_runs && read.future_runs <= session::most_future_runs,
           "futures are as many as there may be");
}

void demand_kept(const Folder& folder, const ui::state::Remembered& read) {
    const auto name = next_name(folder);
    const auto saved = Settings(name).save(read);
    demand(saved.has_value(), "what was read is kept", saved ? "" : saved.error().message);
    const auto again = Settings(name).load();
    demand(again == read, "what was kept is the same", bytes_of(name.toStdString()));
    std::filesystem::remove(name.toStdString());
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    static const Folder folder;
    constexpr unsigned kept_one_in = 10;
    const auto text = text_of(data, size);
    const auto name = next_name(folder);
    write_bytes(name.toStdString(), text);
    const auto read = Settings(name).load();
    demand_within(read.exploration);
    if (number_of(text) % kept_one_in == 0) demand_kept(folder, read);
    std::filesystem::remove(name.toStdString());
    return 0;
}
