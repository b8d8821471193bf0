// SPDX-License-Identifier: GPL-3.0-or-later
#include "offers/lists.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/csv_table.h"

namespace deepvm::offers {
namespace {

using Json = nlohmann::ordered_json;

Json value_of_field(const Table& table, std::size_t row, const FieldName& field) {
    const auto plain = table.plain(row, field.field);
    if (plain.empty()) return nullptr;
    // Money stays exact.
    if (field.text || field.money) return plain;
    return table.number(row, field.field);
}

}  // namespace

std::string offers_csv(const Table& table, std::span<const std::uint32_t> rows) {
    std::string csv;
    for (const auto& field : fields())
        csv.append(csv.empty() ? "" : ",").append(field.name);
    csv += '\n';
    for (const auto row : rows) {
        bool first = true;
        for (const auto& field : fields()) {
            if (!first) csv += ',';
            first = false;
            csv += base::csv_field(table.plain(row, field.field));
        }
        csv += '\n';
    }
    return csv;
}

std::string offers_json(const Table& table, std::span<const std::uint32_t> rows, const OfferFilter& filter) {
    Json list = Json::array();
    for (const auto row : rows) {
        Json offer = Json::object();
        for (const auto& field : fields())
            offer[std::string(field.name)] = value_of_field(table, row, field);
        for (const auto& flag : flags())
            if (flag.flag == Flag::latest || flag.flag == Flag::stale)
                offer[std::string(flag.name)] = table.is(row, flag.flag);
        list.push_back(std::move(offer));
    }
    const Json workload = table.asked() ? Json(table.asked()->workload.name) : Json(nullptr);
    const Json document{{"schema", "deepvm-offers/1"},
                        {"market", table.market().name},
                        {"prices_as_of", model::prices_as_of(table.market())},
                        {"workload", workload},
                        {"filter", filter.text()},
                        {"of", table.size()},
                        {"offers", std::move(list)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace deepvm::offers
