// SPDX-License-Identifier: GPL-3.0-or-later
// The offers of a market as rows with all that is known of each, derived figures too.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/market.h"
#include "model/speeds.h"
#include "offers/fields.h"

namespace deepvm::offers {

/// What speeds are of.
struct Asked {
    model::WorkloadProfile workload;
    std::optional<model::Precision> precision;         ///< the workload's own where nothing is said
    std::optional<double> utilisation;                 ///< set by hand
    std::map<std::string, double, std::less<>> yours;  ///< samples a second of one machine, by type

    bool operator==(const Asked&) const = default;
};

/// Immutable; safe to read from any thread.
class Table {
  public:
    /// Without `asked` no speed is known. Ages are counted up to `today`.
    Table(std::shared_ptr<const model::Market> market, std::optional<Asked> asked,
          std::chrono::sys_days today);

    std::size_t size() const { return rows_.size(); }
    const model::Market& market() const { return *market_; }
    const std::optional<Asked>& asked() const { return asked_; }

    const model::Place& place(std::size_t row) const { return market_->places[rows_[row].place]; }
    const model::Offer& offer(std::size_t row) const { return *rows_[row].offer; }
    const model::InstanceType& type(std::size_t row) const { return market_->types[offer(row).type]; }
    /// Of one machine alone; null where it is not known, or where the training states do not fit into it.
    const model::Speed* speed(std::size_t row) const;
    /// In days; nothing for a source without a date.
    std::optional<int> age(const model::Source* source) const;

    /// NaN where it is not known, and for a text.
    double number(std::size_t row, Field field) const;
    /// Empty where it is not known, and for a number. As long as the table.
    std::string_view text(std::size_t row, Field field) const;
    bool is(std::size_t row, Flag flag) const;
    /// A number or text as a file has it: exact, without separators; empty where it is not known.
    std::string plain(std::size_t row, Field field) const;

    /// The row of an offer, if there is one.
    std::optional<std::size_t> find(std::string_view provider, std::string_view region,
                                    std::string_view type) const;

  private:
    struct Row {
        std::size_t place;
        const model::Offer* offer;
    };
    struct TypeFacts {
        std::optional<model::Speed> speed;
        double tflops = 0;
        bool latest = true;
    };
    void learn_types();
    std::optional<model::Speed> speed_of(const model::InstanceType& type) const;

    std::shared_ptr<const model::Market> market_;
    std::optional<Asked> asked_;
    std::chrono::sys_days today_;
    std::vector<Row> rows_;
    std::vector<TypeFacts> types_;
    std::vector<std::optional<int>> ages_;  ///< of the market's sources
};

}  // namespace deepvm::offers
