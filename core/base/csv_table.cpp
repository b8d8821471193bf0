// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv_table.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <new>
#include <stdexcept>

#include "base/numbers.h"
#include "base/printable.h"

namespace deepvm::base {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

tl::unexpected<Error> cannot_read(const std::filesystem::path& file) {
    return fail(ErrorCode::unreadable, fmt::format("{}: cannot be read ({}); check its permissions",
                                                   file.string(), std::strerror(errno)));
}

// What stands between the fields in place of commas; empty where the header has several fields or one name.
std::string_view other_separator(std::span<const std::string> header) {
    if (header.size() != 1) return {};
    if (header.front().find(';') != std::string::npos) return "semicolons";
    return header.front().find('\t') != std::string::npos ? "tabs" : std::string_view{};
}

}  // namespace

// Owns a csv_parser and collects records. Fed line by line, because libcsv does not count lines.
struct CsvTable::Parser {
    Parser() {
        if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    }
    ~Parser() { csv_free(&parser); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    static void on_field(void* text, std::size_t size, void* self) {
        static_cast<Parser*>(self)->fields.emplace_back(static_cast<const char*>(text), size);
    }
    static void on_record(int, void* self) {
        auto& parser = *static_cast<Parser*>(self);
        parser.records.push_back({parser.record_line, std::move(parser.fields)});
        parser.fields.clear();
        parser.between_records = true;
    }

    bool feed(std::string_view chunk) {
        ++line;
        if (between_records && chunk.find_first_not_of("\r\n") == std::string_view::npos) return true;
        if (between_records) record_line = line;
        between_records = false;
        return csv_parse(&parser, chunk.data(), chunk.size(), on_field, on_record, this) == chunk.size();
    }
    bool finish() { return csv_fini(&parser, on_field, on_record, this) == 0; }

    csv_parser parser{};
    std::vector<std::string> fields;
    std::vector<Record> records;
    std::size_t line = 0;
    std::size_t record_line = 1;
    bool between_records = true;
};

// Takes the header, the first record of the file, once it is there; then the rest has to match it.
Result<void> CsvTable::take_header(Parser& parser, std::span<const std::string_view> columns) {
    columns_ = std::move(parser.records.front().fields);
    parser.records.erase(parser.records.begin());
    if (const auto other = other_separator(columns_); !other.empty() && columns.size() > 1)
        return refuse(
            1, fmt::format("its fields are separated by {}; save it as CSV with commas between them and "
                           "points in its numbers",
                           other));
    for (const auto column : columns)
        if (std::count(columns_.begin(), columns_.end(), column) != 1)
            return refuse(1, fmt::format("needs exactly one column \"{}\"; add it to the header", column));
    return {};
}

Result<void> CsvTable::check_width(const Record& record) const {
    if (record.fields.size() == columns_.size()) return {};
    return refuse(record.line, fmt::format("has {} fields where the header has {}; quote fields with commas",
                                           record.fields.size(), columns_.size()));
}

tl::unexpected<Error> CsvTable::refuse(std::size_t line, std::string_view why) const {
    return fail(ErrorCode::damaged, fmt::format("{} line {}: {}", name_, line, why));
}

// Hands the records that the parser has completed to `take`.
Result<void> CsvTable::drain(Parser& parser, std::span<const std::string_view> columns,
                             const std::function<void(Record)>& take) {
    if (columns_.empty() && !parser.records.empty())
        if (auto header = take_header(parser, columns); !header) return header;
    for (auto& record : parser.records) {
        if (auto width = check_width(record); !width) return width;
        take(std::move(record));
    }
    parser.records.clear();
    return {};
}

Result<void> CsvTable::parse(const std::filesystem::path& file, std::span<const std::string_view> columns,
                             const std::function<void(Record)>& take) {
    name_ = file.filename().string();
    std::error_code ignored;
    const auto status = std::filesystem::status(file, ignored);
    if (!std::filesystem::exists(status))
        return fail(ErrorCode::unreadable, fmt::format("{}: no such file; check the folder", file.string()));
    // What another program writes into a pipe is read as a file is; a device may have no end.
    if (!std::filesystem::is_regular_file(status) && !std::filesystem::is_fifo(status))
        return fail(ErrorCode::unreadable,
                    fmt::format("{}: is neither a file nor a pipe; name a file", file.string()));
    std::ifstream stream(file, std::ios::binary);
    if (!stream.is_open()) return cannot_read(file);
    Parser parser;
    for (std::string line; std::getline(stream, line);) {
        if (!stream.eof()) line += '\n';
        std::string_view text = line;
        if (parser.line == 0 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
        if (!is_utf8_text(text)) return refuse(parser.line + 1, "is not UTF-8 text; save the file as UTF-8");
        if (!parser.feed(text)) return refuse(parser.record_line, "a quote stands inside a field; double it");
        if (auto taken = drain(parser, columns, take); !taken) return taken;
    }
    if (stream.bad()) return cannot_read(file);
    if (!parser.finish())
        return refuse(parser.record_line, "a quoted field is not closed; add the missing quote");
    if (auto taken = drain(parser, columns, take); !taken) return taken;
    if (columns_.empty()) return refuse(1, "the file is empty; it needs a line with the column names");
    return {};
}

Result<CsvTable> CsvTable::read(const std::filesystem::path& file,
                                std::span<const std::string_view> columns) {
    CsvTable table;
    auto parsed =
        table.parse(file, columns, [&](Record record) { table.records_.push_back(std::move(record)); });
    if (!parsed) return tl::unexpected(std::move(parsed.error()));
    return table;
}

Result<std::size_t> CsvTable::each(const std::filesystem::path& file,
                                   std::span<const std::string_view> columns,
                                   const std::function<void(const CsvRow&)>& visit) {
    CsvTable table;
    table.records_.resize(1);
    std::size_t rows = 0;
    auto parsed = table.parse(file, columns, [&](Record record) {
        table.records_.front() = std::move(record);
        ++rows;
        visit(table.row(0));
    });
    if (!parsed) return tl::unexpected(std::move(parsed.error()));
    return rows;
}

std::size_t CsvRow::line() const {
    return table_->records_[index_].line;
}

std::string CsvRow::where() const {
    return fmt::format("{} line {}", table_->name_, line());
}

Error CsvRow::error(std::string_view what) const {
    return Error{ErrorCode::invalid_input, message_line(fmt::format("{}: {}", where(), what))};
}

std::string CsvRow::named(std::string_view column) const {
    return fmt::format("{}: {}", where(), column);
}

const std::string& CsvRow::text(std::string_view column) const {
    const auto found = std::find(table_->columns_.begin(), table_->columns_.end(), column);
    if (found == table_->columns_.end())
        throw std::logic_error(fmt::format("{} was not read with a column {}", table_->name_, column));
    return table_->records_[index_].fields[static_cast<std::size_t>(found - table_->columns_.begin())];
}

bool CsvRow::has(std::string_view column) const {
    const auto& columns = table_->columns_;
    return std::find(columns.begin(), columns.end(), column) != columns.end() && !is_blank(column);
}

Result<std::string> CsvRow::required(std::string_view column) const {
    if (is_blank(column)) return tl::unexpected(error(fmt::format("{} is blank; fill it in", column)));
    return text(column);
}

Result<double> CsvRow::number(std::string_view column, double least, double most) const {
    return required(column).and_then(
        [&](const std::string& field) { return parse_number(field, named(column), least, most); });
}

Result<std::optional<double>> CsvRow::optional_number(std::string_view column, double least,
                                                      double most) const {
    if (is_blank(column)) return std::optional<double>{};
    return number(column, least, most).map([](double value) { return std::optional(value); });
}

Result<std::int64_t> CsvRow::count(std::string_view column, std::int64_t least, std::int64_t most) const {
    return required(column).and_then(
        [&](const std::string& field) { return parse_count(field, named(column), least, most); });
}

Result<std::optional<std::int64_t>> CsvRow::optional_count(std::string_view column, std::int64_t least,
                                                           std::int64_t most) const {
    if (is_blank(column)) return std::optional<std::int64_t>{};
    return count(column, least, most).map([](std::int64_t value) { return std::optional(value); });
}

Result<Money> CsvRow::price(std::string_view column) const {
    auto amount = required(column).and_then(
        [&](const std::string& field) { return Money::parse(field, named(column)); });
    if (amount && *amount == Money())
        return tl::unexpected(error(fmt::format("{} is 0; a price is above 0", column)));
    return amount;
}

Result<std::optional<Money>> CsvRow::optional_price(std::string_view column) const {
    if (is_blank(column)) return std::optional<Money>{};
    return price(column).map([](Money value) { return std::optional(value); });
}

std::string csv_field(std::string_view text, char separator) {
    const char special[] = {separator, '"', '\r', '\n'};
    if (text.find_first_of(std::string_view(special, sizeof special)) == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += c;
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace deepvm::base
