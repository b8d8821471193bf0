// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of Azure's retail prices: one page, several one after the other, or the items alone.
#include <fmt/format.h>

#include "imports/json_records.h"
#include "imports/prices.h"
#include "imports/readers.h"

namespace deepvm::imports {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Why nobody plans with this item; empty for a Linux machine.
std::string_view other_item(const JsonRecord& item) {
    const auto product = item.get("productName");
    const auto meter = item.get("meterName");
    const auto sku = item.get("skuName");
    if (const auto service = item.get("serviceName"); !service.empty() && service != "Virtual Machines")
        return "other services";
    if (const auto type = item.get("type"); !type.empty() && type != "Consumption")
        return "reservations and other terms";
    if (item.get("armSkuName").empty()) return "items without a machine type";
    if (contains(product, " Windows") || product.ends_with(" Win")) return "other operating systems";
    if (contains(product, "Cloud Services") || contains(product, "CloudServices") ||
        contains(product, "Dedicated Host"))
        return "other services";
    if (contains(sku, "Low Priority") || contains(meter, "Low Priority"))
        return "low priority, which Spot replaced";
    if (contains(meter, "Expired")) return "expired meters";
    if (const auto least = item.get("tierMinimumUnits"); !least.empty() && !is_no_price(least))
        return "prices of larger amounts";
    return {};
}

void take_item(const Reading& reading, const JsonRecord& item) {
    Book& book = reading.book;
    book.count_row();
    if (const auto other = other_item(item); !other.empty()) return book.leave_out(std::string(other));
    const auto currency = item.get("currencyCode");
    if (!currency.empty() && currency != "USD")
        return book.refuse("a price is not in US dollars", item.path,
                           fmt::format("currencyCode is \"{}\"; fetch the prices in USD", shown(currency)));
    const auto unit = item.get("unitOfMeasure");
    if (!unit.empty() && unit != "1 Hour")
        return book.refuse("a price is not for an hour", item.path,
                           fmt::format("unitOfMeasure is \"{}\"; only \"1 Hour\" can be used", shown(unit)));
    PriceRow row;
    row.provider = "azure";
    row.region = std::string(item.get("armRegionName"));
    row.type = std::string(item.get("armSkuName"));
    row.is_spot = contains(item.get("skuName"), " Spot") || contains(item.get("meterName"), " Spot");
    row.basis = model::PriceBasis::observed;
    row.where = item.path;
    if (row.region.empty()) return book.leave_out("prices without a region");
    // Since when it holds is not when it was seen, which is the date of the file.
    if (const auto since = day_of(item.get("effectiveStartDate")); since && *since > book.today())
        return book.refuse("a date lies in the future", item.path,
                           fmt::format("holds from {} on; import it then", *since));
    const auto retail = item.get("retailPrice");
    add_price(reading, std::move(row), retail.empty() ? item.get("unitPrice") : retail);
}

// Of a page within a list the items come as values "Items/3/armSkuName".
void take_page(const Reading& reading, const JsonRecord& page) {
    if (page.too_large)
        return reading.book.refuse("an object is too large", page.path,
                                   "has more than 16 MB; is this the right file?");
    constexpr std::string_view items = "Items/";
    JsonRecord item;
    for (const auto& [name, value] : page.values) {
        if (!name.starts_with(items)) continue;
        const auto slash = name.find('/', items.size());
        if (slash == std::string::npos) continue;
        const auto number = name.substr(items.size(), slash - items.size());
        if (number != item.key && !item.values.empty()) take_item(reading, item);
        if (number != item.key) {
            item.key = number;
            item.path = fmt::format("{}.Items[{}]", page.path, number);
            item.values.clear();
        }
        item.values.emplace_back(name.substr(slash + 1), value);
    }
    if (!item.values.empty()) take_item(reading, item);
}

}  // namespace

base::Result<void> read_azure_retail(const Reading& reading) {
    std::string next_page;
    JsonReading asked;
    asked.patterns = {"Items/*", "*"};
    asked.each = [&](std::size_t pattern, const JsonRecord& record) {
        if (pattern == 1 && record.get("armSkuName").empty() && record.get("serviceName").empty()) {
            next_page = std::string(record.get("NextPageLink"));
            return take_page(reading, record);
        }
        next_page.clear();
        take_item(reading, record);
    };
    asked.outside = [&](std::string_view path, std::string_view value) {
        if (path == "NextPageLink") next_page = std::string(value);
    };
    end_json(reading, read_json(reading.input, asked));
    if (!next_page.empty())
        reading.book.remark(
            fmt::format("{}: its last page names a next one, so there are more prices; fetch {}",
                        reading.book.name(), shown(next_page)));
    return {};
}

}  // namespace deepvm::imports
