// SPDX-License-Identifier: GPL-3.0-or-later
// Which offers a person wants to see: gpu>=4 & memory/gpu>=40 & spot<2. The window's fields write the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "offers/table.h"

namespace deepvm::offers {

struct Expression;

/// Conditions that all have to hold; none lets every offer through. A value, cheap to copy.
class OfferFilter {
  public:
    /// A refusal says at which column and what to write. A blank text is no condition. See filter_help().
    static base::Result<OfferFilter> parse(std::string_view text);

    /// Both together.
    OfferFilter operator&(const OfferFilter& other) const;

    bool empty() const { return conditions_.empty(); }
    bool lets_through(const Table& table, std::size_t row) const;
    /// What parse() reads as the same filter.
    std::string text() const;

    /// The rows that are let through, in their order. `rows` empty stands for none.
    std::vector<std::uint32_t> rows(const Table& table) const;

    /// Why no row is let through: which condition alone leaves none, else which could be left out.
    std::string why_none(const Table& table) const;

  private:
    struct Condition {
        std::string text;
        std::shared_ptr<const Expression> expression;
    };
    static bool holds(const Condition& condition, const Table& table, std::size_t row);
    std::vector<Condition> conditions_;
};

/// `text` as a filter has it in quotes: without those that it holds itself.
std::string in_quotes(std::string_view text);

}  // namespace deepvm::offers
