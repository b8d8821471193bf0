// SPDX-License-Identifier: GPL-3.0-or-later
// The CSV files that a catalog is built of. The input is one or several of them, each behind a line "@name";
// the others are those of the sample.
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <map>
#include <vector>

#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "catalog/csv_import.h"
#include "catalog/schema.h"
#include "catalog/writing.h"
#include "fuzz.h"

namespace deepvm::fuzz {
namespace {

// The sample in a folder of its own, where files take turns.
class Desk {
  public:
    Desk() {
        for (const auto& each : std::filesystem::directory_iterator(sample_folder())) {
            sample_[each.path().filename().string()] = bytes_of(each.path());
            write_bytes(folder_.file(each.path().filename().string()), bytes_of(each.path()));
        }
    }

    const std::filesystem::path& path() const { return folder_.path(); }

    // Whether the input has a file.
    bool spread(std::string_view input) {
        while (input.starts_with('@')) {
            const auto line = std::min(input.find('\n'), input.size());
            const auto name = std::string(input.substr(1, line - 1));
            input.remove_prefix(std::min(line + 1, input.size()));
            const auto next = input.find("\n@");
            const auto bytes = input.substr(0, next == std::string_view::npos ? next : next + 1);
            if (sample_.contains(name)) {
                write_bytes(folder_.file(name), bytes);
                changed_.push_back(name);
            }
            input.remove_prefix(bytes.size());
        }
        return !changed_.empty();
    }

    void restore() {
        for (const auto& name : changed_)
            write_bytes(folder_.file(name), sample_.at(name));
        changed_.clear();
    }

  private:
    Folder folder_;
    std::map<std::string, std::string> sample_;
    std::vector<std::string> changed_;
};

// Into the same tables each time, which are empty again afterwards.
base::Result<catalog::BuildSummary> import(const std::filesystem::path& folder) {
    static SQLite::Database database = [] {
        SQLite::Database made(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        for (const auto* statement : catalog::schema_statements())
            made.exec(statement);
        return made;
    }();
    database.exec("BEGIN");
    auto summary = catalog::refusing(folder, [&] { return catalog::import_csv(database, folder); });
    database.exec("ROLLBACK");
    return summary;
}

// Writing the file and looking at all of it takes a hundred times as long.
void build(const std::filesystem::path& folder, const catalog::BuildSummary& summary) {
    static const Folder built;
    const auto file = built.file("built.db");
    const auto done = catalog::build_catalog(folder, file);
    demand(done.has_value(), "what was imported becomes a catalog", done ? "" : done.error().message);
    demand(*done == summary, "a build is an import");
    const auto opened = catalog::Catalog::open(file);
    demand(opened.has_value(), "a built catalog opens", opened ? "" : opened.error().message);
    const auto sound = opened->check();
    demand(sound.has_value(), "a built catalog is sound", sound ? "" : sound.error().message);
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    static Desk desk;
    constexpr unsigned built_one_in = 1000;
    const auto text = text_of(data, size);
    if (!desk.spread(text)) return -1;  // nothing to learn from
    const auto summary = import(desk.path());
    if (!summary) demand_refusal(summary.error());
    if (summary) {
        for (const auto& remark : summary->remarks)
            demand_line(remark, "a remark is a line");
        if (number_of(text) % built_one_in == 0) build(desk.path(), *summary);
    }
    desk.restore();
    return 0;
}
