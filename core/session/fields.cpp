// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/printable.h"

namespace deepvm::session {
namespace {

constexpr int deepest = 32;  // of a document of ours: 8

// What was found, short enough for one line.
std::string shown(const Json& value) {
    constexpr std::size_t longest = 40;
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    auto text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    if (text.size() > longest) text = text.substr(0, longest) + "...";
    return text;
}

}  // namespace

Fields::Fields(const Json& value, std::string where, std::vector<std::string>& notes)
    : value_(value), where_(std::move(where)), notes_(notes) {
    if (!value.is_object())
        throw Refused(fmt::format("{} is {}; it must be an object", where_.empty() ? "the document" : where_,
                                  shown(value)));
}

std::string Fields::path(const std::string& key) const {
    return where_.empty() ? key : where_ + '.' + key;
}

const Json* Fields::find(const char* key) {
    asked_.insert(key);
    const auto found = value_.find(key);
    return found == value_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::refuse(const char* key, const Json& found, const std::string& wanted) const {
    throw Refused(fmt::format("{} is {}; it must be {}", path(key), shown(found), wanted));
}

std::optional<double> Fields::number(const char* key, double least, double most) {
    const Json* found = find(key);
    if (found == nullptr) return std::nullopt;
    const double number = found->is_number() ? found->get<double>() : std::nan("");
    if (!(number >= least && number <= most))
        refuse(key, *found, fmt::format("a number from {} to {}", least, most));
    return number;
}

std::optional<std::int64_t> Fields::whole(const char* key, std::int64_t least, std::int64_t most) {
    const Json* found = find(key);
    if (found == nullptr) return std::nullopt;
    // Above the largest signed number get() would wrap around.
    const bool fits = found->is_number_integer() &&
                      (!found->is_number_unsigned() ||
                       found->get<std::uint64_t>() <= static_cast<std::uint64_t>(most < 0 ? 0 : most));
    if (!fits || found->get<std::int64_t>() < least || found->get<std::int64_t>() > most)
        refuse(key, *found, fmt::format("a whole number from {} to {}", least, most));
    return found->get<std::int64_t>();
}

std::optional<std::string> Fields::text(const char* key) {
    const Json* found = find(key);
    if (found == nullptr) return std::nullopt;
    if (!found->is_string()) refuse(key, *found, "a text in quotes");
    return found->get<std::string>();
}

std::optional<bool> Fields::flag(const char* key) {
    const Json* found = find(key);
    if (found == nullptr) return std::nullopt;
    if (!found->is_boolean()) refuse(key, *found, "true or false");
    return found->get<bool>();
}

std::optional<base::Money> Fields::money(const char* key) {
    const auto usd = number(key, 0, base::Money::largest().usd());
    if (!usd) return std::nullopt;
    return base::Money::from_usd(*usd);
}

std::optional<Fields> Fields::object(const char* key) {
    const Json* found = find(key);
    if (found == nullptr) return std::nullopt;
    return Fields(*found, path(key), notes_);
}

void Fields::each(const char* key, const std::function<void(Fields&)>& read) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_array()) refuse(key, *found, "a list");
    int place = 0;
    for (const auto& element : *found) {
        Fields fields(element, fmt::format("{}[{}]", path(key), place++), notes_);
        read(fields);
        fields.note_the_rest();
    }
}

void Fields::each_text(const char* key, const std::function<void(const std::string&)>& read) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_array()) refuse(key, *found, "a list");
    for (const auto& element : *found) {
        if (!element.is_string()) refuse(key, element, "a list of texts in quotes");
        read(element.get<std::string>());
    }
}

void Fields::each_whole(const char* key, std::int64_t least, std::int64_t most,
                        const std::function<void(const std::string&, std::int64_t)>& read) {
    const Json* found = find(key);
    if (found == nullptr) return;
    Fields members(*found, path(key), notes_);
    for (const auto& [name, value] : found->items())
        if (const auto number = members.whole(name.c_str(), least, most)) read(name, *number);
}

void Fields::note_the_rest() {
    for (const auto& [name, value] : value_.items())
        if (!asked_.contains(name))
            notes_.push_back(
                base::message_line(fmt::format("{} is not known here and has no effect", path(name))));
}

base::Result<void> with_document(std::string_view text, const std::string& name, std::string_view kind,
                                 const std::function<void(const Json&)>& use) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return base::fail(base::ErrorCode::damaged, fmt::format("{} is empty; choose {}", name, kind));
    try {
        use(Json::parse(text, [](int depth, Json::parse_event_t, const Json&) {
            // What is nested deeper is copied and freed level by level on the stack, which has an end.
            if (depth > deepest) throw Refused(fmt::format("nested more than {} levels deep", deepest));
            return true;
        }));
        return {};
    } catch (const Refused& refused) {
        return base::fail(base::ErrorCode::damaged,
                          base::message_line(fmt::format("{}: {}", name, refused.what())));
    } catch (const Json::parse_error& error) {
        const auto before = text.substr(0, std::min(error.byte, text.size()));
        return base::fail(
            base::ErrorCode::damaged,
            fmt::format("{} is no JSON: it breaks off or goes wrong at byte {}, in line {}; it may be cut "
                        "off or of another kind",
                        name, error.byte, 1 + std::count(before.begin(), before.end(), '\n')));
    } catch (const Json::exception& error) {
        return base::fail(base::ErrorCode::damaged,
                          base::message_line(fmt::format("{}: {}", name, error.what())));
    }
}

}  // namespace deepvm::session
