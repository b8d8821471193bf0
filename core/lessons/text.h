// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson says, with places that are computed: "It costs {plan.price}, {plan.lost | %} is lost".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "lessons/expression.h"

namespace deepvm::lessons {

inline constexpr std::size_t longest_text = 4000;

class Text {
  public:
    /// Refuses expressions that cannot be, formats that there are not, and braces without end; "{{" and "}}"
    /// are braces.
    static base::Result<Text> parse(std::string_view text, const KeptKinds& kept);

    bool empty() const { return pieces_.empty(); }
    base::Result<std::string> filled(const World& world, const Kept& kept, words::Style style) const;
    /// The expressions whose value is not known in this world.
    base::Result<std::vector<std::string>> unknown(const World& world, const Kept& kept) const;

  private:
    struct Piece {
        std::string words;      ///< before the expression
        Expression expression;  ///< empty at the end
        std::optional<Unit> unit;
        bool whole = false;
    };
    std::vector<Piece> pieces_;
};

}  // namespace deepvm::lessons
