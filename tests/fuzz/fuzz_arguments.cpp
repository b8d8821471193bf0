// SPDX-License-Identifier: GPL-3.0-or-later
// What a person types behind an option or into a field: amounts, numbers, times, dates and names.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "base/dates.h"
#include "base/durations.h"
#include "base/names.h"
#include "base/numbers.h"
#include "base/printable.h"
#include "fuzz.h"
#include "imports/formats.h"
#include "imports/prices.h"
#include "problem/quotas.h"
#include "problem/request.h"

namespace deepvm::fuzz {
namespace {

template <typename T>
void demand_value_or_refusal(const base::Result<T>& result) {
    if (!result) demand_refusal(result.error());
}

void read_money(std::string_view text) {
    for (const auto& given : {std::string(text), base::without_separators(text)}) {
        const auto money = base::Money::parse(given, "budget");
        demand_value_or_refusal(money);
        if (!money) continue;
        demand(*money >= base::Money() && *money <= base::Money::largest(), "money is within its range",
               text);
        const auto again = base::Money::parse(money->decimal(), "budget");
        demand(again && *again == *money, "money is written as it was read", money->decimal());
        demand(base::Money::from_usd(money->usd()) == *money, "money survives being a number", text);
    }
    const auto price = imports::price(text);
    demand_value_or_refusal(price);
    if (price) demand_price(*price);
    demand(!price || !imports::is_no_price(text), "a price is not none as well", text);
}

void read_numbers(std::string_view text) {
    const auto number = base::parse_typed_number(text, "--utilisation", 0, 1e30);
    demand_value_or_refusal(number);
    if (number) {
        demand(*number >= 0 && *number <= 1e30, "a number is within its range", text);
        const auto again = base::parse_double(fmt::format("{}", *number));
        demand(again && *again == *number, "a number is written as it was read", text);
    }
    const auto count = base::parse_typed_count(text, "--top", 1, 100);
    demand_value_or_refusal(count);
    demand(!count || (*count >= 1 && *count <= 100), "a count is within its range", text);
    const auto whole = base::parse_integer(text);
    demand(!whole || base::parse_integer(fmt::format("{}", *whole)) == whole, "a whole number is itself",
           text);
    const auto most = std::numeric_limits<int>::max();
    const auto few = imports::whole(text, most);
    demand(!few || *few >= 1, "what is counted is there", text);
    for (const auto& figure : {imports::leading_number(text), imports::line_gbps(text)})
        demand(!figure || (std::isfinite(*figure) && *figure > 0), "a figure is above 0", text);
}

void read_times(std::string_view text) {
    const auto hours = base::parse_hours(text, "--deadline", 1e-6, 1e5);
    demand_value_or_refusal(hours);
    demand(!hours || (*hours >= 1e-6 && *hours <= 1e5), "a time is within its range", text);
    if (const auto date = base::parse_iso_date(text)) {
        const auto written = base::iso_utc(*date).substr(0, 10);
        demand(written == text, "a date is written as it was read", written);
        demand(imports::day_of(text) == std::string(text), "a date is the day of itself", text);
    }
    if (const auto day = imports::day_of(text))
        demand(base::parse_iso_date(*day).has_value(), "the day of a time is a date", *day);
}

template <typename Parse>
void read_name(std::string_view text, Parse parse) {
    const auto known = parse(text);
    demand_value_or_refusal(known);
    if (known) demand(problem::name(*known) == text, "a name is that of its value", text);
}

const model::Market& market() {
    static const model::Market made = [] {
        model::Market market;
        for (const auto* quota_class : {"G", "P", "P4", "Standard"}) {
            model::InstanceType type;
            type.name = quota_class;
            type.quota_class = quota_class;
            market.types.push_back(type);
        }
        return market;
    }();
    return made;
}

void read_names(std::string_view text) {
    read_name(text, problem::parse_architecture);
    read_name(text, problem::parse_preset);
    read_name(text, problem::parse_objective);
    read_name(text, problem::parse_precision);
    read_name(text, problem::parse_job_unit);
    read_name(text, problem::parse_rate_point);
    read_name(text, problem::parse_hosts);
    const auto format = imports::format_named(text);
    demand_value_or_refusal(format);
    demand(!format || imports::named(*format).name == text, "a format has its name", text);
    const auto quota = problem::find_quota_class(market(), "--spot-quota class", text);
    demand_value_or_refusal(quota);
    demand(!quota || !quota->empty(), "a quota class has a name", text);
}

void show(std::string_view text) {
    const auto shown = base::printable(text);
    demand(base::is_utf8_text(shown), "what is shown is text", text);
    demand(base::printable(shown) == shown, "what is shown can be shown", text);
    for (const std::size_t most : {0U, 1U, 7U, 40U}) {
        const auto beginning = base::beginning(shown, most);
        demand(beginning.size() <= most && shown.starts_with(beginning) && base::is_utf8_text(beginning),
               "a beginning is one", shown);
    }
    const auto row = imports::shown(text);
    demand(base::printable(row) == row && row.size() <= 600, "what a row holds is shown on a line", row);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    const auto text = text_of(data, size);
    read_money(text);
    read_numbers(text);
    read_times(text);
    read_names(text);
    show(text);
    return 0;
}
