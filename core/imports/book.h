// SPDX-License-Identifier: GPL-3.0-or-later
// What one file says, collected: the readers of all formats write into it. Private to this folder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/money.h"
#include "imports/report.h"
#include "model/instance.h"

namespace deepvm::imports {

/// What a file says of a machine; nothing where it says nothing.
struct Machine {
    std::optional<int> vcpus;
    std::optional<double> memory_gib;
    std::string accelerator;  ///< as the file writes it
    std::optional<int> accelerator_count;
    bool has_part_accelerators = false;          ///< it says a number that is none: "0.125"
    std::vector<double> accelerator_memory_gib;  ///< of one of them; several where it is not clear which
    std::optional<double> network_gbps;
    std::optional<model::HostArchitecture> host;
    std::string quota_class;
    std::optional<double> published_rate;
};

/// One price of one type in one place. Readers fill in what their file has.
struct PriceRow {
    std::string provider;  ///< or the published data set, which has no regions
    std::string region;
    std::string zone;  ///< empty where the price is that of the region
    std::string type;
    bool is_spot = false;
    base::Money price;
    model::PriceBasis basis = model::PriceBasis::list;
    std::string time;                    ///< ISO date, or date and time; empty for the date of the file
    std::string source;                  ///< id of a source that the catalog may know; empty for the file
    std::string where;                   ///< "line 12", "Items[3]"
    std::optional<base::Money> dearest;  ///< of zones that the file does not name; `price` is the cheapest's
};

/// One price of one zone.
struct ZonePrice {
    std::string zone;
    base::Money price;
    model::PriceBasis basis = model::PriceBasis::list;
    std::string time;
    std::string source;
    std::string where;
    std::optional<base::Money> dearest;
};

/// The prices of one type in one region, of one kind.
struct ZonePrices {
    std::vector<ZonePrice> zones;  ///< the newest of each
    std::string day;               ///< ISO, that they are of; empty for the date of the file or source
};

/// How often spot machines are taken back, 0..4, and who says so when.
struct BandRow {
    int band = 0;
    std::string time;
    std::string source;
};

/// All that the file says of one type in one region.
struct Entry {
    std::string provider;
    std::string region;
    std::string type;
    ZonePrices on_demand;
    ZonePrices spot;
    std::optional<int> saving_percent;
    std::optional<BandRow> band;
    std::string where;  ///< of its first row
};

class Book {
  public:
    /// `date` is that of the file, ISO; rows of a later day than `today` are refused.
    Book(FileReport& report, std::string date, std::string today);

    void count_row() { ++report_.rows; }
    /// Whether the row's own time, if it has one, is a date and not to come; else it is refused here.
    bool is_dated(const PriceRow& row);
    void add(const PriceRow& row);
    /// An average saving over on-demand, and how often spot machines are taken back; both may be missing.
    void add_saving(const PriceRow& row, std::optional<int> percent, std::optional<int> band);
    /// Of each figure the first row that has it counts.
    void describe(const std::string& provider, const std::string& type, const Machine& machine);
    void add_quota(const std::string& dataset, const model::Quota& quota);
    /// A row that cannot be used, under a heading that is the same for all of its kind.
    void refuse(const std::string& kind, const std::string& where, std::string_view why);
    /// A row of something else, Windows say, which nobody misses.
    void leave_out(const std::string& kind) { ++report_.left_out[kind]; }
    void remark(std::string text) { report_.remarks.push_back(std::move(text)); }
    /// After the last row: leaves out zones whose price is long past beside others, and says of what day each
    /// price is. With `holds_since` the times are those since when prices hold.
    void settle_times(bool holds_since);

    const std::string& date() const { return date_; }
    const std::string& today() const { return today_; }
    /// Of the newest row that has a date of its own; else that of the file.
    const std::string& newest() const { return newest_.empty() ? date_ : newest_; }
    /// What the file itself says of its date.
    void set_date(std::string date) { date_ = std::move(date); }
    /// How the messages call the file.
    const std::string& name() const { return report_.name; }
    const std::vector<Entry>& entries() const { return entries_; }
    const Machine* machine(const std::string& provider, const std::string& type) const;
    struct DatasetQuota {
        std::string dataset;
        model::Quota quota;
    };
    const std::vector<DatasetQuota>& quotas() const { return quotas_; }

  private:
    Entry* entry(const PriceRow& row);
    void add_zone(std::vector<ZonePrice>& zones, const PriceRow& row);
    void settle_times(ZonePrices& prices, bool holds_since);
    std::string day(const ZonePrice& price) const;

    FileReport& report_;
    std::string date_;
    std::string today_;
    std::string newest_;
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> by_offer_;
    std::unordered_map<std::string, Machine> machines_;
    std::vector<DatasetQuota> quotas_;
};

/// The cheapest of the zones, of two the first by name.
const ZonePrice& cheapest(const std::vector<ZonePrice>& zones);

}  // namespace deepvm::imports
