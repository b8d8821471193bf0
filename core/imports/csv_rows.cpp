// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "base/printable.h"

namespace deepvm::imports {
namespace {

constexpr std::size_t longest = 1U << 20U;  // bytes of a record

}  // namespace

CsvRows::CsvRows(Input& input) : input_(input) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
}

CsvRows::~CsvRows() {
    csv_free(&parser_);
}

void CsvRows::restart() {
    csv_free(&parser_);
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
}

void CsvRows::on_field(void* text, std::size_t size, void* self) {
    static_cast<CsvRows*>(self)->record_.fields.emplace_back(static_cast<const char*>(text), size);
}

void CsvRows::on_record(int, void* self) {
    static_cast<CsvRows*>(self)->whole_ = true;
}

bool CsvRows::read_line() {
    using Traits = Input::traits_type;
    text_.clear();
    too_long_ = false;
    ++lines_;
    for (auto c = input_.sbumpc(); c != Traits::eof(); c = input_.sbumpc()) {
        if (text_.size() < longest)
            text_ += Traits::to_char_type(c);
        else
            too_long_ = true;
        if (c == '\n') return true;
    }
    return !text_.empty();
}

std::optional<CsvRecord> CsvRows::next() {
    record_ = {};
    whole_ = false;
    std::size_t bytes = 0;
    const auto faulty = [&](std::string why) {
        restart();
        record_.fault = std::move(why);
        return std::move(record_);
    };
    while (true) {
        if (!read_line()) break;
        if (bytes == 0 && text_.find_first_not_of("\r\n") == std::string::npos) continue;
        if (bytes == 0) record_.line = lines_;
        bytes += text_.size();
        if (too_long_) return faulty("the line is longer than a million characters; remove it");
        if (bytes > longest) return faulty("a quoted field is not closed; add the missing quote");
        if (!base::is_utf8_text(text_)) return faulty("is not UTF-8 text; save the file as UTF-8");
        if (csv_parse(&parser_, text_.data(), text_.size(), on_field, on_record, this) != text_.size())
            return faulty("a quote stands inside a field; double it");
        if (whole_) return std::move(record_);
    }
    if (bytes == 0) return std::nullopt;
    if (csv_fini(&parser_, on_field, on_record, this) != 0)
        return faulty("a quoted field is not closed, or the file is cut off here; fetch it again");
    return whole_ ? std::optional(std::move(record_)) : std::nullopt;
}

std::optional<std::size_t> CsvColumns::index(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names_.begin());
}

std::string_view CsvColumns::field(const CsvRecord& record, std::string_view name) const {
    const auto at = index(name);
    return at && *at < record.fields.size() ? std::string_view(record.fields[*at]) : std::string_view();
}

std::string_view other_separator(std::string_view header) {
    const auto commas = std::count(header.begin(), header.end(), ',');
    if (std::count(header.begin(), header.end(), ';') > commas) return "semicolons";
    if (std::count(header.begin(), header.end(), '\t') > commas) return "tabs";
    return {};
}

}  // namespace deepvm::imports
