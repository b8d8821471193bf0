// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of measured runs: the first line of the input names one, the rest is its file.
#include <array>
#include <nlohmann/json.hpp>
#include <variant>
#include <vector>

#include "base/printable.h"
#include "fuzz.h"
#include "validation/tables.h"

namespace deepvm::fuzz {
namespace {

using validation::Table;

constexpr std::array known{
    validation::scaling_file,          validation::transmission_file, validation::aws_file,
    validation::parameter_server_file, validation::cluster_file,      validation::lifetime_file,
    validation::device_file,           validation::multinode_file,    validation::spot_price_file};

void demand_shown(std::string_view text, std::string_view what) {
    demand(!text.empty() && base::printable(text) == text, what, text);
}

void demand_table(const Table& table) {
    for (const auto& note : table.notes)
        demand_shown(note, "a note is a line");
    for (const auto& goal : table.goals) {
        demand_shown(goal.wording, "a goal is a line");
        demand_shown(goal.reached, "what was reached is a line");
    }
    if (!table.missing.empty()) demand_shown(table.missing, "what is missing is a line");
    for (const auto& row : table.rows)
        for (const auto& [column, value] : row.key)
            if (const auto* text = std::get_if<std::string>(&value))
                demand(base::printable(*text) == *text, "a key can be shown", *text);
}

void demand_tables(const std::vector<Table>& tables) {
    for (const auto& table : tables)
        demand_table(table);
    const auto json = validation::validation_json(tables);
    demand(nlohmann::json::accept(json), "a validation is JSON", json);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    static const Folder folder;
    const auto text = text_of(data, size);
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return 0;
    for (const auto& name : known) {
        if (name != text.substr(0, end)) continue;
        write_bytes(folder.file(name), text.substr(end + 1));
        const auto tables = deepvm::validation::validate(folder.path());
        if (tables)
            demand_tables(*tables);
        else
            demand_refusal(tables.error());
        std::filesystem::remove(folder.file(name));
        return 0;
    }
    return -1;  // nothing to learn from
}
