// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/locations.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> absolute_from_environment(const char* variable) {
    const char* value = std::getenv(variable);
    if (value == nullptr || !fs::path(value).is_absolute()) return std::nullopt;
    return fs::path(value);
}

// What belongs to the program: installed beside it, or in the source tree that it was built from.
std::vector<fs::path> shipped(const fs::path& installed, const fs::path& in_source_tree) {
    std::vector<fs::path> places;
    std::error_code unknown;
    const auto program = fs::read_symlink("/proc/self/exe", unknown);
    if (!unknown) places.push_back(program.parent_path().parent_path() / "share/deepvm-explorer" / installed);
    places.push_back(fs::path(DEEPVM_CATALOG_SOURCE_TREE) / in_source_tree);
    return places;
}

base::Result<fs::path> first_existing(const std::vector<fs::path>& places, std::string_view what,
                                      std::string_view remedy) {
    std::string looked;
    for (const auto& place : places) {
        std::error_code missing;
        if (fs::exists(place, missing)) return place;
        looked += fmt::format("{}{}", looked.empty() ? "" : ", ", place.string());
    }
    return base::fail(base::ErrorCode::unreadable, fmt::format("no {} at {}; {}", what, looked, remedy));
}

}  // namespace

std::optional<fs::path> user_catalog_file() {
    if (const auto data = absolute_from_environment("XDG_DATA_HOME"))
        return *data / "deepvm-explorer/catalog.db";
    if (const auto home = absolute_from_environment("HOME"))
        return *home / ".local/share/deepvm-explorer/catalog.db";
    return std::nullopt;
}

base::Result<fs::path> default_catalog_file() {
    auto places = shipped("catalog.db", "catalog.db");
    if (const auto users = user_catalog_file()) places.insert(places.begin(), *users);
    return first_existing(places, "catalog",
                          "name one with --catalog FILE or build one with \"deepvm catalog build\"");
}

base::Result<fs::path> shipped_catalog_file() {
    return first_existing(shipped("catalog.db", "catalog.db"), "shipped catalog",
                          "name one with --catalog FILE or build one with \"deepvm catalog build\"");
}

base::Result<fs::path> default_csv_folder() {
    return first_existing(shipped("catalog", "resources/catalog"), "folder of CSV files",
                          "name one with --from FOLDER");
}

base::Result<fs::path> default_validation_folder() {
    return first_existing(shipped("validation", "resources/validation"), "folder of measured runs",
                          "name one with --data FOLDER");
}

base::Result<fs::path> examples_folder() {
    return first_existing(shipped("examples", "resources/examples"), "folder of examples",
                          "install the program anew");
}

base::Result<fs::path> lessons_folder() {
    return first_existing(shipped("lessons", "resources/lessons"), "folder of lessons",
                          "install the program anew, or name one with --lessons FOLDER");
}

}  // namespace deepvm::catalog
