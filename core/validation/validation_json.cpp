// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "validation/validation.h"

namespace deepvm::validation {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<double> value) {
    return value ? Json(*value) : Json(nullptr);
}

Json row_value(const Row& row) {
    Json key = Json::object();
    for (const auto& [column, value] : row.key)
        key[column] = std::visit([](const auto& known) { return Json(known); }, value);
    return {{"key", std::move(key)},
            {"fitted", row.fitted},
            {"follows", row.follows},
            {"quantity", row.quantity.name},
            {"measured", row.measured},
            {"predicted", row.predicted},
            {"relative_error", number(relative_error(row))}};
}

}  // namespace

std::string validation_json(const std::vector<Table>& tables) {
    Json values = Json::array();
    for (const auto& table : tables) {
        Json rows = Json::array();
        for (const auto& row : table.rows)
            rows.push_back(row_value(row));
        Json goals = Json::array();
        for (const auto& goal : table.goals)
            goals.push_back({{"goal", goal.wording}, {"reached", goal.reached}, {"met", goal.met}});
        values.push_back({{"file", table.file},
                          {"used_by_plans", table.used_by.empty() ? Json(nullptr) : Json(table.used_by)},
                          {"goals", std::move(goals)},
                          {"median_error", number(median_error(table))},
                          {"worst_error", number(worst_error(table))},
                          {"rows", std::move(rows)}});
    }
    const Json document{{"schema", "deepvm-validate/1"}, {"tables", std::move(values)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace deepvm::validation
