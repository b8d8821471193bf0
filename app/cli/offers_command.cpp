// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/offers_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <memory>

#include "base/names.h"
#include "cli/planning.h"
#include "offers/lists.h"
#include "session/exploration.h"
#include "words/figures.h"

namespace deepvm::cli {
namespace {

using offers::Field;

struct OffersOptions {
    std::string data_set;
    std::string provider;
    std::string region;
    std::string workload;
    std::string filter;
    std::string format = "text";
};

base::Result<catalog::Selection> selection_of(const OffersOptions& options) {
    if (!options.data_set.empty()) {
        if (!options.provider.empty() || !options.region.empty())
            return base::fail(base::ErrorCode::invalid_input,
                              "--dataset has no providers and regions; leave --provider and --region out");
        return catalog::Selection{options.data_set, {}};
    }
    return catalog::Selection{
        options.provider.empty() ? std::string(catalog::any_provider) : options.provider,
        options.region.empty() ? std::string(catalog::any_region) : options.region};
}

base::Result<offers::Asked> asked_of(const OffersOptions& options, const model::Market& market) {
    const auto wanted = options.workload.empty() ? session::Exploration{}.workload : options.workload;
    if (const auto* found = model::find_workload(market, wanted)) return offers::Asked{*found, {}, {}, {}};
    std::vector<std::string> known;
    for (const auto& each : market.workloads)
        known.push_back(each.name);
    return tl::unexpected(base::unknown_name("workload", wanted, known));
}

std::string three_digits(double value) {
    return std::isfinite(value) ? words::rounded(value) : "-";
}

std::string cell(const offers::Table& table, std::size_t row, Field field) {
    const double value = table.number(row, field);
    switch (field) {
        case Field::accelerator: {
            const auto& type = table.type(row);
            if (!type.accelerator) return "-";
            return fmt::format("{} x {}", type.accelerator_count, type.accelerator->display_name);
        }
        case Field::region: {
            const auto& place = table.place(row);
            return model::place_name(place.provider, place.region);
        }
        case Field::age:
            if (!std::isfinite(value)) return "-";
            return fmt::format("{}{}", value, table.is(row, offers::Flag::stale) ? ", stale" : "");
        case Field::speed:
        case Field::usd_per_million:
        case Field::memory:
            return value == 0 ? "-" : three_digits(value);
        default: {
            auto plain = table.plain(row, field);
            return plain.empty() ? "-" : plain;
        }
    }
}

constexpr std::array offer_columns{
    Field::type,  Field::accelerator, Field::memory,          Field::spot,   Field::on_demand,
    Field::speed, Field::known,       Field::usd_per_million, Field::region, Field::age};

std::string text_of(const offers::Table& table, const std::vector<std::uint32_t>& rows) {
    std::array<std::size_t, offer_columns.size()> widths{};
    std::vector<std::array<std::string, offer_columns.size()>> lines(rows.size() + 1);
    for (std::size_t column = 0; column < offer_columns.size(); ++column) {
        const bool market_is_published = table.market().kind == model::MarketKind::published;
        lines[0][column] = offers::named(offer_columns[column]).title;
        if (offer_columns[column] == Field::region && !market_is_published) lines[0][column] = "Place";
        for (std::size_t i = 0; i < rows.size(); ++i)
            lines[i + 1][column] = cell(table, rows[i], offer_columns[column]);
        for (const auto& line : lines)
            widths[column] = std::max(widths[column], line[column].size());
    }
    std::string text;
    for (const auto& line : lines) {
        std::string one;
        for (std::size_t column = 0; column < offer_columns.size(); ++column) {
            const bool left = offers::named(offer_columns[column]).text;
            one += left ? fmt::format("{:<{}}  ", line[column], widths[column])
                        : fmt::format("{:>{}}  ", line[column], widths[column]);
        }
        one.erase(one.find_last_not_of(' ') + 1);
        text += one + '\n';
    }
    return text;
}

int run(const Context& context, const OffersOptions& options) {
    const auto format = parse_format(options.format, {"text", "csv", "json"});
    if (!format) return report(format.error());
    const auto filter = offers::OfferFilter::parse(options.filter);
    if (!filter) {
        auto error = filter.error();
        error.message = "--filter, " + error.message;
        return report(error);
    }
    const auto selection = selection_of(options);
    if (!selection) return report(selection.error());
    const auto opened = open_catalog(context);
    if (!opened) return report(opened.error());
    const auto market = opened->load(*selection);
    if (!market) return report(market.error());
    const auto asked = asked_of(options, **market);
    if (!asked) return report(asked.error());
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const offers::Table table(*market, *asked, today);
    const auto rows = filter->rows(table);
    if (*format == "csv") {
        fmt::print("{}", offers::offers_csv(table, rows));
    } else if (*format == "json") {
        fmt::print("{}", offers::offers_json(table, rows, *filter));
    } else if (rows.empty()) {
        fmt::print("{}\n", words::sentence(filter->why_none(table)));
    } else {
        fmt::print("{} of {} offers; samples of {}\n\n{}", rows.size(), table.size(),
                   asked->workload.display_name, text_of(table, rows));
    }
    return exit_ok;
}

}  // namespace

void add_offers_command(CLI::App& catalog, Context& context) {
    auto* command = catalog.add_subcommand("offers", "Machines with their prices, and what these buy");
    auto options = std::make_shared<OffersOptions>();
    command->add_option("--dataset", options->data_set, "A published data set instead of providers")
        ->type_name("NAME");
    command->add_option("--provider", options->provider, "One provider (default: any)")->type_name("NAME");
    command->add_option("--region", options->region, "One of its regions (default: any)")->type_name("NAME");
    command->add_option("--workload", options->workload, "What speeds are of (default: resnet50-imagenet)")
        ->type_name("NAME");
    command
        ->add_option("--filter", options->filter,
                     "Only the offers that fit, for example \"gpu>=4 & memory/gpu>=40 & spot<2\"")
        ->type_name("EXPRESSION");
    command->add_option("--format", options->format, "text, csv or json");
    command->footer("Filters:\n" + offers::filter_help());
    refuse_blank_options(*command);
    command->callback([&context, options] { context.exit_code = run(context, *options); });
}

}  // namespace deepvm::cli
