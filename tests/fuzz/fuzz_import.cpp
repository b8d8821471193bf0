// SPDX-License-Identifier: GPL-3.0-or-later
// A file with prices, in the format that --format=NAME of the command line says; without it, in the one it
// seems to have.
#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/printable.h"
#include "catalog/catalog.h"
#include "fuzz.h"
#include "imports/import.h"
#include "imports/readers.h"
#include "imports/settle.h"

namespace deepvm::fuzz {
namespace {

using imports::Format;

std::optional<Format> wanted;

const Folder& folder() {
    static const Folder made;
    return made;
}

const std::filesystem::path& catalog_before() {
    static const auto file = sample_catalog(folder());
    return file;
}

base::Result<void> read(const imports::Reading& reading, Format format) {
    using Read = base::Result<void> (*)(const imports::Reading&);
    constexpr std::array<Read, 8> readers{imports::read_skypilot,     imports::read_spot_history,
                                          imports::read_price_list,   imports::read_spot_advisor,
                                          imports::read_azure_retail, imports::read_ec2_instances,
                                          imports::read_deepvm_data,  imports::read_own_csv};
    return readers.at(static_cast<std::size_t>(format))(reading);
}

std::string provider_of(Format format) {
    return format == Format::skypilot ? "aws" : format == Format::deepvm_data ? "deepvm-paper" : "";
}

void demand_entry(const imports::Entry& entry) {
    for (const auto* prices : {&entry.on_demand, &entry.spot})
        for (const auto& each : prices->zones)
            demand_price(each.price);
    demand(!entry.band || (entry.band->band >= 0 && entry.band->band <= 4), "a band is one of five",
           entry.where);
    demand(!entry.saving_percent || (*entry.saving_percent > 0 && *entry.saving_percent < 100),
           "a saving is a part of the price", entry.where);
}

void demand_report(const imports::ImportReport& report) {
    constexpr std::size_t longest = 2000;
    const auto text = imports::report_text(report);
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = std::string_view(text).substr(at, end - at);
        demand(line.size() <= longest && base::printable(line) == line, "a report is lines for a person",
               line);
        at = end + 1;
    }
    const auto json = imports::report_json(report);
    demand(nlohmann::json::accept(json), "a report is JSON", json);
}

// As import_prices() goes about it, but for the merge into a file, which takes a hundred times as long.
void read_rows(const std::filesystem::path& file, bool with_report) {
    static const auto known = imports::Known::of(catalog_before());
    const auto input = imports::Input::open(file);
    if (!input) return demand_refusal(input.error());
    const auto format = wanted ? wanted : imports::detect((*input)->head());
    if (!format) return;
    imports::ImportReport report;
    auto& said = report.files.emplace_back();
    said.name = "input";
    said.format = std::string(imports::named(*format).name);
    imports::Book book(said, "2024-05-01", "2024-06-01");
    const auto done = read({**input, book, *known, provider_of(*format)}, *format);
    if (!done) return demand_refusal(done.error());
    said.date = book.newest();
    for (const auto& entry : book.entries())
        demand_entry(entry);
    imports::Settlement settlement(*known, report);
    settlement.add_types(book, *format);
    settlement.add_offers(book, *format);
    for (const auto& offer : settlement.merge().offers)
        for (const auto* quote : {&offer.on_demand, &offer.spot})
            if (*quote) demand_price((*quote)->price);
    if (with_report) demand_report(report);
}

// After an import there is the old catalog, bit for bit, or a new one that is whole.
void import(const std::filesystem::path& file) {
    const auto into = folder().file("own.db");
    static const auto before = bytes_of(catalog_before());
    write_bytes(into, before);
    imports::ImportOptions options;
    options.files = {file};
    options.into = into;
    options.format = wanted;
    if (wanted) options.provider = provider_of(*wanted);
    const auto done = imports::import_prices(options);
    if (done)
        demand_report(*done);
    else
        demand_refusal(done.error());
    if (!done) demand(bytes_of(into) == before, "a refused import leaves the catalog as it was");
    const auto opened = catalog::Catalog::open(into);
    demand(opened.has_value(), "after an import there is a catalog", opened ? "" : opened.error().message);
    const auto sound = opened->check();
    demand(sound.has_value(), "after an import the catalog is sound", sound ? "" : sound.error().message);
    const auto left = std::distance(std::filesystem::directory_iterator(folder().path()), {});
    demand(left == 2, "an import leaves nothing beside the catalog");
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
    constexpr std::string_view option = "--format=";  // libFuzzer leaves alone what begins with two dashes
    for (int i = 1; i < *count; ++i) {
        const std::string_view given = (*arguments)[i];
        if (!given.starts_with(option)) continue;
        const auto format = deepvm::imports::format_named(given.substr(option.size()));
        deepvm::fuzz::demand(format.has_value(), "the format is known", given);
        deepvm::fuzz::wanted = *format;
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    static MemoryFile file;
    constexpr unsigned imported_one_in = 500;
    const auto text = text_of(data, size);
    file.write(text);
    constexpr unsigned reported_one_in = 10;
    const auto number = number_of(text);
    read_rows(file.path(), number % reported_one_in == 0);
    if (number % imported_one_in == 0) import(file.path());
    return 0;
}
