// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "base/dates.h"
#include "catalog/catalog.h"
#include "imports/prices.h"
#include "imports/readers.h"
#include "imports/settle.h"

namespace deepvm::imports {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

base::Result<Format> format_of(const ImportOptions& options, const Input& input) {
    if (options.format) return *options.format;
    if (const auto found = detect(input.head())) return *found;
    const auto head = input.head();
    if (const auto other = other_separator(head.substr(0, head.find('\n'))); !other.empty() && !is_json(head))
        return base::fail(
            ErrorCode::damaged,
            fmt::format("{}: its fields are separated by {}; save it as CSV with commas between "
                        "them and points in its numbers",
                        input.file().string(), other));
    std::string all;
    for (const auto& each : formats())
        all += fmt::format("{}{}", all.empty() ? "" : ", ", each.name);
    return base::fail(ErrorCode::damaged,
                      fmt::format("{}: its format is not known; name it with --format, one of {}",
                                  input.file().string(), all));
}

base::Result<void> read_format(const Reading& reading, Format format) {
    switch (format) {
        case Format::skypilot:
            return read_skypilot(reading);
        case Format::aws_spot_history:
            return read_spot_history(reading);
        case Format::aws_price_list:
            return read_price_list(reading);
        case Format::aws_spot_advisor:
            return read_spot_advisor(reading);
        case Format::azure_retail:
            return read_azure_retail(reading);
        case Format::ec2instances:
            return read_ec2_instances(reading);
        case Format::deepvm_data:
            return read_deepvm_data(reading);
        case Format::csv:
            return read_own_csv(reading);
    }
    return {};
}

// Why a file is of no use at all; by its first row, which tells most.
std::string why_useless(const FileReport& file) {
    if (!file.refused.empty()) {
        const auto most =
            std::max_element(file.refused.begin(), file.refused.end(),
                             [](const auto& a, const auto& b) { return a.second.rows < b.second.rows; });
        return fmt::format("{}: none of its {} rows can be used; the first: {}", file.name, file.rows,
                           most->second.first.front());
    }
    std::string kinds;
    for (const auto& [kind, rows] : file.left_out)
        kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", rows, kind);
    return fmt::format("{}: has no price of a Linux machine{}{}; is this the right file?", file.name,
                       kinds.empty() ? "" : ": ", kinds);
}

// A file that was read.
struct ReadFile {
    Book book;
    Format format;
};

// `report.files` has room for all files: a book writes into its part of it.
base::Result<ReadFile> read_file(const ImportOptions& options, const fs::path& file, const Known& known,
                                 ImportReport& report, const std::stop_token& stop) {
    const auto input = Input::open(file, stop);
    if (!input) return tl::unexpected(input.error());
    const auto format = format_of(options, **input);
    if (!format) return tl::unexpected(format.error());
    FileReport& said = report.files.emplace_back();
    said.name = shown(file.string());
    said.format = std::string(named(*format).name);
    const auto now = today();
    const auto& dated = options.date.empty() ? (*input)->date() : options.date;
    Book book(said, dated.empty() ? now : std::min(dated, now), now);
    auto provider = options.provider;
    if (provider.empty() && *format == Format::deepvm_data) provider = "deepvm-paper";
    auto done = read_format({**input, book, known, provider}, *format);
    // A file that was not read to its end may look like a damaged one.
    if (stop.stop_requested()) return base::fail(ErrorCode::cancelled, "the import was cancelled");
    if (!done) return tl::unexpected(std::move(done.error()));
    if ((*input)->failed())
        return base::fail(ErrorCode::unreadable,
                          fmt::format("{}: cannot be read to its end; check the disk", said.name));
    book.settle_times(*format == Format::aws_spot_history);
    said.date = book.newest();
    if (book.entries().empty() && book.quotas().empty())
        return base::fail(ErrorCode::damaged, why_useless(said));
    return ReadFile{std::move(book), *format};
}

std::string_view reason(catalog::Unused why) {
    switch (why) {
        case catalog::Unused::no_type:
            return "the catalog does not know the type";
        case catalog::Unused::no_on_demand:
            return "no on-demand price is known there; import a price list, too";
        case catalog::Unused::no_region:
            return "the catalog has no such region; check its name, or import on-demand prices there, too";
        case catalog::Unused::older:
            return "the catalog's price is newer; --allow-older takes them";
        case catalog::Unused::estimate:
            return "an estimate from average savings, where the catalog has a price that was seen";
        case catalog::Unused::older_band:
            return "an interruption band older than the catalog's prices; --allow-older takes them";
    }
    return {};
}

void add_unused(const catalog::Merge& merge, const catalog::MergeOutcome& outcome, ImportReport& report) {
    for (const auto& unused : outcome.unused) {
        const auto& offer = merge.offers[unused.offer];
        note(report.unused[std::string(reason(unused.why))],
             fmt::format("{}{}{} {}", offer.dataset, offer.region.empty() ? "" : " ", offer.region,
                         offer.type));
    }
    for (const auto index : outcome.older_quotas) {
        const auto& limit = merge.quotas[index];
        note(report.unused["limits older than the catalog's prices; --allow-older takes them"],
             fmt::format("{} quota class {}", limit.dataset, shown(limit.quota.quota_class)));
    }
}

void add_outcome(const catalog::Merge& merge, catalog::MergeOutcome outcome, ImportReport& report) {
    report.new_types = static_cast<std::size_t>(outcome.new_types);
    report.new_offers = static_cast<std::size_t>(outcome.new_offers);
    report.confirmed = static_cast<std::size_t>(outcome.confirmed);
    for (auto& change : outcome.changes)
        if (change.before)
            report.changes.push_back(std::move(change));
        else
            ++report.new_prices;
    sort_by_size(report.changes);
    report.changed_bands = static_cast<std::size_t>(outcome.bands);
    report.changed_quotas = static_cast<std::size_t>(outcome.quotas);
    add_unused(merge, outcome, report);
    // A hundred doubtful prices would hide a region that nobody has heard of.
    report.flagged.insert(report.flagged.begin(), outcome.new_regions.begin(), outcome.new_regions.end());
    std::move(outcome.flagged.begin(), outcome.flagged.end(), std::back_inserter(report.flagged));
    std::erase_if(report.unknown_types, [](const UnknownType& type) { return type.missing.empty(); });
}

// Of the markets that the files have prices of.
base::Result<void> add_ages(const fs::path& file, const Settlement& settlement, ImportReport& report) {
    const auto opened = catalog::Catalog::open(file);
    if (!opened) return tl::unexpected(opened.error());
    const auto now = base::parse_iso_date(today());
    for (const auto& market : opened->markets()) {
        if (!settlement.datasets().contains(market.name)) continue;
        const auto oldest = base::parse_iso_date(market.prices_as_of);
        const int days = now && oldest ? static_cast<int>((*now - *oldest).count()) : 0;
        report.ages.push_back({market.name, market.prices_as_of, days});
    }
    return {};
}

}  // namespace

void sort_by_size(std::vector<catalog::PriceChange>& changes) {
    const auto size = [](const catalog::PriceChange& change) {
        return change.before ? std::abs(std::log(change.after.usd() / change.before->usd())) : 0;
    };
    const auto key = [&](const catalog::PriceChange& change) {
        return std::tuple(-size(change), std::string_view(change.dataset), std::string_view(change.region),
                          std::string_view(change.type), change.is_spot);
    };
    std::sort(changes.begin(), changes.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

base::Result<ImportReport> import_prices(const ImportOptions& options, const std::stop_token& stop) {
    if (!options.date.empty() && !base::parse_iso_date(options.date))
        return base::fail(ErrorCode::invalid_input,
                          fmt::format("date \"{}\" is not a date; write it as 2026-07-20", options.date));
    if (options.files.empty()) return base::fail(ErrorCode::invalid_input, "no file to import; name one");
    std::error_code ignored;
    ImportReport report;
    report.target = options.into;
    report.made = !fs::exists(options.into, ignored);
    report.dry_run = options.dry_run;
    const auto known = Known::of(report.made ? options.otherwise : options.into);
    if (!known) return tl::unexpected(known.error());
    report.files.reserve(options.files.size());
    std::vector<ReadFile> files;
    for (const auto& file : options.files) {
        auto one = read_file(options, file, *known, report, stop);
        if (!one) return tl::unexpected(std::move(one.error()));
        files.push_back(std::move(*one));
    }
    Settlement settlement(*known, report);
    for (const auto& file : files)
        settlement.add_types(file.book, file.format);
    for (const auto& file : files)
        settlement.add_offers(file.book, file.format);
    settlement.merge().allow_older = options.allow_older;
    auto outcome =
        catalog::merge_prices(options.into, options.otherwise, settlement.merge(), options.dry_run);
    if (!outcome) return tl::unexpected(std::move(outcome.error()));
    add_outcome(settlement.merge(), std::move(*outcome), report);
    if (options.dry_run) return report;
    if (auto aged = add_ages(options.into, settlement, report); !aged)
        return tl::unexpected(std::move(aged.error()));
    return report;
}

}  // namespace deepvm::imports
