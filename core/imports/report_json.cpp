// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "imports/change_text.h"
#include "imports/report.h"

namespace deepvm::imports {
namespace {

using Json = nlohmann::ordered_json;

Json refusals(const std::map<std::string, Refusals>& refused) {
    Json all = Json::array();
    for (const auto& [reason, rows] : refused) {
        Json lines = rows.first;
        for (const auto& line : rows.rest)
            lines.push_back(line);
        all.push_back({{"reason", reason}, {"rows", rows.rows}, {"lines", std::move(lines)}});
    }
    return all;
}

Json file_json(const FileReport& file) {
    Json left_out = Json::array();
    for (const auto& [kind, rows] : file.left_out)
        left_out.push_back({{"kind", kind}, {"rows", rows}});
    return {{"file", file.name},      {"format", file.format},           {"prices_of", file.date},
            {"rows", file.rows},      {"left_out", std::move(left_out)}, {"refused", refusals(file.refused)},
            {"remarks", file.remarks}};
}

}  // namespace

std::string report_json(const ImportReport& report) {
    Json files = Json::array();
    for (const auto& file : report.files)
        files.push_back(file_json(file));
    Json changes = Json::array();
    for (const auto& change : report.changes)
        changes.push_back(change_json(change));
    Json unknown = Json::array();
    for (const auto& type : report.unknown_types)
        unknown.push_back({{"provider", type.provider},
                           {"instance_type", type.type},
                           {"prices", type.prices},
                           {"missing", type.missing}});
    Json ages = Json::array();
    for (const auto& age : report.ages)
        ages.push_back({{"market", age.market}, {"oldest_price_of", age.oldest}, {"days", age.days}});
    const Json all{{"schema", "deepvm-import/1"},
                   {"catalog", report.target.string()},
                   {"made", report.made},
                   {"written", !report.dry_run},
                   {"files", std::move(files)},
                   {"new_types", report.new_types},
                   {"new_offers", report.new_offers},
                   {"new_prices", report.new_prices},
                   {"confirmed_prices", report.confirmed},
                   {"changed_prices", std::move(changes)},
                   {"changed_bands", report.changed_bands},
                   {"changed_quotas", report.changed_quotas},
                   {"unused", refusals(report.unused)},
                   {"unknown_types", std::move(unknown)},
                   {"flagged", report.flagged},
                   {"ages", std::move(ages)}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace deepvm::imports
