// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog file. An input that begins as SQLite's files do is one; any other says what is changed in the
// sample: a byte of which the lowest bit asks for a seal that fits (else no change passes it) and the next
// one for an end, three bytes that say where that is, then changes, each three bytes that say where, one that
// says how many follow, and these.
#include <algorithm>

#include "catalog/catalog.h"
#include "catalog/seal.h"
#include "fuzz.h"

namespace deepvm::fuzz {
namespace {

std::size_t take(std::string_view& input, std::size_t bytes) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < bytes && !input.empty(); ++i) {
        value = value << 8U | static_cast<unsigned char>(input.front());
        input.remove_prefix(1);
    }
    return value;
}

void seal(std::string& bytes) {
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto fitting = catalog::make_seal({begin, bytes.size()});
    if (fitting)
        std::copy(fitting->checksum.begin(), fitting->checksum.end(), bytes.begin() + fitting->offset);
}

std::string changed(std::string bytes, std::string_view input) {
    const auto how = take(input, 1);
    const auto end = take(input, 3);
    while (!input.empty()) {
        const auto where = take(input, 3) % bytes.size();
        const auto many = std::min({take(input, 1) % 32, input.size(), bytes.size() - where});
        std::copy_n(input.begin(), many, bytes.begin() + static_cast<std::ptrdiff_t>(where));
        input.remove_prefix(many);
    }
    if ((how & 2U) != 0) bytes.resize(end % bytes.size());
    if ((how & 1U) != 0) seal(bytes);
    return bytes;
}

void demand_market(const model::Market& market) {
    for (const auto& place : market.places)
        for (const auto& offer : place.offers) {
            demand(offer.type < market.types.size(), "an offer is of a type of its market", market.name);
            demand(offer.on_demand_source < market.sources.size(), "a price has a source", market.name);
            demand_price(offer.on_demand);
            if (offer.spot) demand_price(*offer.spot);
            if (offer.listed_spot) demand_price(*offer.listed_spot);
        }
}

// One of the markets, which all take their time, and what stands beside them.
void read(const catalog::Catalog& catalog, std::uint64_t number) {
    const auto& markets = catalog.markets();
    if (markets.empty()) return;
    const auto& market = markets[number % markets.size()];
    if (const auto types = catalog.types(market.name); !types) demand_refusal(types.error());
    const auto region = market.kind == model::MarketKind::provider ? std::string(catalog::any_region) : "";
    const auto loaded = catalog.load({market.name, region});
    if (!loaded) demand_refusal(loaded.error());
    if (loaded) demand_market(**loaded);
    const auto past =
        catalog.past(market.name, market.regions.empty() ? "" : market.regions.front(), "g4dn.xlarge");
    if (!past) demand_refusal(past.error());
    if (const auto known = catalog.accelerators(); !known) demand_refusal(known.error());
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm::fuzz;
    static const Folder folder;
    static const std::string sample = bytes_of(sample_catalog(folder));
    static MemoryFile file;
    const auto input = text_of(data, size);
    const auto bytes = input.starts_with("SQLite") ? std::string(input) : changed(sample, input);
    file.write(bytes);
    const auto opened = deepvm::catalog::Catalog::open(file.path());
    if (!opened) {
        demand_refusal(opened.error());
        return 0;
    }
    const auto number = number_of(input);
    read(*opened, number);
    constexpr unsigned checked_one_in = 100;
    if (number / 7 % checked_one_in != 0) return 0;
    const auto sound = opened->check();
    if (!sound) demand_refusal(sound.error());
    return 0;
}
