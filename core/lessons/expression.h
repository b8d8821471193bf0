// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson computes: `plan.price <= breakpoint('tiering', 'single-anchor') + 0.01`, read once with all
// its kinds checked, asked of many worlds.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "lessons/value.h"

namespace deepvm::lessons {

class World;

/// Values that a lesson has remembered, by the names that it gave them.
using Kept = std::map<std::string, Value, std::less<>>;
/// The kinds that they will have, for reading.
using KeptKinds = std::map<std::string, Kind, std::less<>>;

/// Deeper nested and longer texts are refused.
inline constexpr int deepest_expression = 40;
inline constexpr std::size_t longest_expression = 2000;

/// A value, cheap to copy. Without a text it is nothing.
class Expression {
  public:
    /// Refuses with the column and what to write: unknown names with the nearest one, kinds that do not go
    /// together. `kept` are the names that were given before.
    static base::Result<Expression> parse(std::string_view text, const KeptKinds& kept = {});

    /// Of a number, a text or a truth as it is.
    static Expression of(Value value);
    /// The value of one that is nothing but a value.
    std::optional<Value> constant() const;

    bool empty() const { return root_ == nullptr; }
    Kind kind() const;
    const std::string& text() const { return text_; }

    /// What is not known makes what depends on it unknown, but for "or" and "and" whose other side decides.
    /// Errors are those of the planner where a function has it plan (`cancelled`).
    base::Result<Value> value(const World& world, const Kept& kept) const;

    bool operator==(const Expression& other) const { return text_ == other.text_; }

    struct Node;

  private:
    std::string text_;
    std::shared_ptr<const Node> root_;
};

}  // namespace deepvm::lessons
