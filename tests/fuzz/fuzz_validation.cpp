// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of measured runs: the first line of the input names one, the rest is its file.
#include <array>
#include <nlohmann/json.hpp>

#include "fuzz.h"
#include "validation/tables.h"

namespace deepvm::fuzz {
namespace {

using validation::Table;

base::Result<Table> devices(const std::filesystem::path& folder) {
    return validation::device_table(folder, {});
}

struct Known {
    std::string_view file;
    base::Result<Table> (*read)(const std::filesystem::path& folder);
};

constexpr std::array known{Known{validation::scaling_file, validation::scaling_table},
                           Known{validation::transmission_file, validation::transmission_table},
                           Known{validation::aws_file, validation::aws_table},
                           Known{validation::parameter_server_file, validation::parameter_server_table},
                           Known{validation::cluster_file, validation::cluster_table},
                           Known{validation::lifetime_file, validation::lifetime_table},
                           Known{validation::device_file, devices},
                           Known{validation::multinode_file, validation::multinode_table},
                           Known{validation::spot_price_file, validation::spot_price_table}};

void demand_table(const Table& table) {
    for (const auto& note : table.notes)
        demand_line(note, "a note is a line");
    for (const auto& goal : table.goals) {
        demand_line(goal.wording, "a goal is a line");
        demand_line(goal.reached, "what was reached is a line");
    }
    if (!table.missing.empty()) demand_line(table.missing, "what is missing is a line");
    const auto json = validation::validation_json({table});
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
    for (const auto& each : known) {
        if (each.file != text.substr(0, end)) continue;
        write_bytes(folder.file(each.file), text.substr(end + 1));
        const auto table = each.read(folder.path());
        if (table)
            demand_table(*table);
        else
            demand_refusal(table.error());
        std::filesystem::remove(folder.file(each.file));
        return 0;
    }
    return -1;  // nothing to learn from
}
