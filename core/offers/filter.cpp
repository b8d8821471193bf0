// SPDX-License-Identifier: GPL-3.0-or-later
#include "offers/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/names.h"
#include "offers/expression.h"

namespace deepvm::offers {
namespace {

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool alike(std::string_view text, std::string_view small_letters) {
    return std::equal(text.begin(), text.end(), small_letters.begin(), small_letters.end(),
                      [](char a, char b) { return small(a) == b; });
}

bool has(std::string_view text, std::string_view small_letters) {
    return std::search(text.begin(), text.end(), small_letters.begin(), small_letters.end(),
                       [](char a, char b) { return small(a) == b; }) != text.end() ||
           small_letters.empty();
}

// Accelerators have two names, providers, too.
template <typename Test>
bool any_name(const Table& table, std::size_t row, Field field, Test test) {
    if (test(table.text(row, field))) return true;
    if (field == Field::accelerator && table.type(row).accelerator)
        return test(std::string_view(table.type(row).accelerator->name));
    if (field == Field::provider) {
        const auto title = model::provider_title(table.place(row).provider);
        return test(std::string_view(title));
    }
    return false;
}

bool any_text_has(const Table& table, std::size_t row, std::string_view wanted) {
    constexpr std::array searched{Field::type, Field::accelerator, Field::region, Field::provider,
                                  Field::family};
    return std::any_of(searched.begin(), searched.end(), [&](Field field) {
        return any_name(table, row, field, [&](std::string_view text) { return has(text, wanted); });
    });
}

bool text_holds(const Step& step, const Table& table, std::size_t row) {
    const auto is = [&](std::string_view text) { return alike(text, step.text); };
    const auto contains = [&](std::string_view text) { return has(text, step.text); };
    switch (step.op) {
        case Op::text_is:
            return any_name(table, row, step.field, is);
        case Op::text_is_not:
            return !any_name(table, row, step.field, is);
        case Op::text_has:
            return any_name(table, row, step.field, contains);
        case Op::text_has_not:
            return !any_name(table, row, step.field, contains);
        case Op::any_has:
            return any_text_has(table, row, step.text);
        default:
            return !table.text(row, step.field).empty();
    }
}

double reckoned(Op op, double a, double b) {
    const bool both = std::isfinite(a) && std::isfinite(b);
    switch (op) {
        case Op::multiply:
            return a * b;
        case Op::divide:
            return b == 0 ? std::numeric_limits<double>::quiet_NaN() : a / b;
        case Op::add:
            return a + b;
        case Op::subtract:
            return a - b;
        case Op::less:
            return both && a < b ? 1 : 0;
        case Op::less_equal:
            return both && a <= b ? 1 : 0;
        case Op::greater:
            return both && a > b ? 1 : 0;
        case Op::greater_equal:
            return both && a >= b ? 1 : 0;
        case Op::equal:
            return both && a == b ? 1 : 0;
        case Op::not_equal:
            return both && a != b ? 1 : 0;
        case Op::logical_and:
            return a != 0 && b != 0 ? 1 : 0;
        default:
            return a != 0 || b != 0 ? 1 : 0;
    }
}

double value_of(const Step& step, const Table& table, std::size_t row) {
    switch (step.op) {
        case Op::push_number:
            return step.number;
        case Op::push_field:
            return table.number(row, step.field);
        case Op::is_known: {
            const double value = table.number(row, step.field);
            return std::isfinite(value) && value != 0 ? 1 : 0;
        }
        case Op::flag:
            return table.is(row, step.flag) ? 1 : 0;
        default:
            return text_holds(step, table, row) ? 1 : 0;
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

bool OfferFilter::holds(const Condition& condition, const Table& table, std::size_t row) {
    std::array<double, deepest + 1> stack{};
    std::size_t size = 0;
    for (const auto& step : condition.expression->steps) {
        if (step.op < Op::negate) {
            stack[size++] = offers::value_of(step, table, row);
        } else if (step.op == Op::negate) {
            stack[size - 1] = -stack[size - 1];
        } else if (step.op == Op::logical_not) {
            stack[size - 1] = stack[size - 1] == 0 ? 1 : 0;
        } else {
            --size;
            stack[size - 1] = reckoned(step.op, stack[size - 1], stack[size]);
        }
    }
    return stack[0] != 0;
}

base::Result<OfferFilter> OfferFilter::parse(std::string_view text) {
    OfferFilter filter;
    if (trimmed(text).empty()) return filter;
    const auto whole = read_expression(text);
    if (!whole) return tl::unexpected(whole.error());
    auto splits = whole->splits;
    splits.push_back(text.size());
    std::size_t from = 0;
    for (const auto to : splits) {
        auto part = text.substr(from, to - from);
        // Behind an "&&" or "and".
        if (from > 0) part.remove_prefix(text[from] == '&' ? (part.starts_with("&&") ? 2 : 1) : 3);
        auto read = read_expression(part);
        if (!read) return tl::unexpected(read.error());
        filter.conditions_.push_back(
            {std::string(trimmed(part)), std::make_shared<const Expression>(std::move(*read))});
        from = to;
    }
    return filter;
}

OfferFilter OfferFilter::operator&(const OfferFilter& other) const {
    OfferFilter both = *this;
    both.conditions_.insert(both.conditions_.end(), other.conditions_.begin(), other.conditions_.end());
    return both;
}

std::string OfferFilter::text() const {
    std::string all;
    for (const auto& each : conditions_) {
        // One that has an "or" needs parentheses beside others.
        const auto small_letters = base::lower_case(each.text);
        const bool alternatives =
            small_letters.find('|') != std::string::npos || small_letters.find("or") != std::string::npos;
        if (!all.empty()) all += " & ";
        all += alternatives && conditions_.size() > 1 ? '(' + each.text + ')' : each.text;
    }
    return all;
}

bool OfferFilter::lets_through(const Table& table, std::size_t row) const {
    return std::all_of(conditions_.begin(), conditions_.end(),
                       [&](const Condition& each) { return holds(each, table, row); });
}

std::vector<std::uint32_t> OfferFilter::rows(const Table& table) const {
    std::vector<std::uint32_t> through;
    for (std::size_t row = 0; row < table.size(); ++row)
        if (lets_through(table, row)) through.push_back(static_cast<std::uint32_t>(row));
    return through;
}

std::string OfferFilter::why_none(const Table& table) const {
    if (table.size() == 0) return "there is no offer at all";
    std::vector<std::size_t> hold(conditions_.size(), 0);
    std::vector<std::size_t> only(conditions_.size(), 0);  // rows that this one alone keeps away
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::size_t failed = 0;
        std::size_t last = 0;
        for (std::size_t i = 0; i < conditions_.size(); ++i) {
            if (holds(conditions_[i], table, row)) {
                ++hold[i];
            } else {
                ++failed;
                last = i;
            }
        }
        if (failed == 1) ++only[last];
    }
    std::string alone;
    for (std::size_t i = 0; i < conditions_.size(); ++i)
        if (hold[i] == 0) alone += fmt::format("{}{}", alone.empty() ? "" : " and ", conditions_[i].text);
    if (!alone.empty()) return fmt::format("no offer matches: {} alone leaves none", alone);
    const auto most = std::max_element(only.begin(), only.end());
    if (most != only.end() && *most > 0)
        return fmt::format("no offer matches all: without {} there would be {}",
                           conditions_[static_cast<std::size_t>(most - only.begin())].text,
                           counted(*most, "offer", "offers"));
    return fmt::format("no offer matches: each of the {} conditions leaves some, together they leave none",
                       conditions_.size());
}

std::string in_quotes(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text)
        if (c != '"') quoted += c;
    return quoted + '"';
}

}  // namespace deepvm::offers
