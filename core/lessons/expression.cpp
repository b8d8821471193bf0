// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/expression.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "lessons/node.h"
#include "lessons/quantities.h"
#include "lessons/world.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using Node = Expression::Node;

constexpr std::array<Function, 10> built_in{{
    {"known", 1, Operation::known, "whether the value is known"},
    {"if", 3, Operation::choice, "a truth, what it is if true, what it is if not"},
    {"at_budget", 2, Operation::at_budget, "a budget in $/h, and what to ask there"},
    {"min", 2, Operation::least, "the smaller of two numbers"},
    {"max", 2, Operation::most, "the larger of two numbers"},
    {"abs", 1, Operation::absolute, "a number without its sign"},
    {"round", 1, Operation::rounded, "the nearest whole number"},
    {"floor", 1, Operation::rounded_down, "the whole number below"},
    {"percent", 2, Operation::percent, "how many percent the first is above the second"},
    {"near", 3, Operation::near, "two numbers, and by how many percent of the second they may differ"},
}};

// A unit stays where both sides have it, and where one has none.
Unit unit_of_both(const Value& a, const Value& b) {
    if (a.unit == b.unit) return a.unit;
    return a.unit == Unit::none ? b.unit : b.unit == Unit::none ? a.unit : Unit::none;
}

Unit unit_of_product(const Value& a, const Value& b) {
    return a.unit == Unit::none ? b.unit : b.unit == Unit::none ? a.unit : Unit::none;
}

Value arithmetic(Operation operation, const Value& a, const Value& b) {
    switch (operation) {
        case Operation::add:
            return of_number(a.number + b.number, unit_of_both(a, b));
        case Operation::subtract:
            return of_number(a.number - b.number, unit_of_both(a, b));
        case Operation::multiply:
            return of_number(a.number * b.number, unit_of_product(a, b));
        case Operation::divide:
            if (b.number == 0) return nothing(Kind::number);
            return of_number(a.number / b.number, a.unit == b.unit       ? Unit::none
                                                  : b.unit == Unit::none ? a.unit
                                                                         : Unit::none);
        case Operation::least:
            return of_number(std::min(a.number, b.number), unit_of_both(a, b));
        case Operation::most:
            return of_number(std::max(a.number, b.number), unit_of_both(a, b));
        case Operation::percent:
            if (b.number == 0) return nothing(Kind::number);
            return of_number(100 * (a.number - b.number) / std::abs(b.number), Unit::percent);
        default:
            return nothing(Kind::number);
    }
}

bool equal(const Value& a, const Value& b) {
    if (a.kind == Kind::text) return a.text == b.text;
    if (a.kind == Kind::truth) return a.truth == b.truth;
    return a.number == b.number;
}

Value compared(Operation operation, const Value& a, const Value& b) {
    switch (operation) {
        case Operation::below:
            return of_truth(a.number < b.number);
        case Operation::at_most:
            return of_truth(a.number <= b.number);
        case Operation::above:
            return of_truth(a.number > b.number);
        case Operation::at_least:
            return of_truth(a.number >= b.number);
        case Operation::equal:
            return of_truth(equal(a, b));
        default:
            return of_truth(!equal(a, b));
    }
}

Value of_one(Operation operation, const Value& a) {
    switch (operation) {
        case Operation::negation:
            return of_truth(!a.truth);
        case Operation::absolute:
            return of_number(std::abs(a.number), a.unit);
        case Operation::rounded:
            return of_number(std::round(a.number), a.unit);
        default:
            return of_number(std::floor(a.number), a.unit);
    }
}

Value near(const Value& a, const Value& b, const Value& percent) {
    return of_truth(std::abs(a.number - b.number) <= std::abs(b.number) * percent.number / 100);
}

class Evaluation {
  public:
    Evaluation(const World& world, const Kept& kept) : world_(world), kept_(kept) {}

    Result<Value> of(const Node& node) const;

  private:
    Result<Value> joined(const Node& node) const;
    Result<Value> elsewhere(const Node& node) const;
    Result<Value> of_all(const Node& node) const;

    const World& world_;
    const Kept& kept_;
};

Result<Value> Evaluation::joined(const Node& node) const {
    const bool decides = node.operation == Operation::either;
    bool unsure = false;
    for (const auto& part : node.parts) {
        auto value = of(*part);
        if (!value) return value;
        if (value->known && value->truth == decides) return of_truth(decides);
        unsure = unsure || !value->known;
    }
    return unsure ? nothing(Kind::truth) : of_truth(!decides);
}

Result<Value> Evaluation::elsewhere(const Node& node) const {
    auto budget = of(*node.parts[0]);
    if (!budget) return budget;
    if (!budget->known || budget->number < 0 || budget->number > 1e9) return nothing(node.kind);
    const auto there = world_.at_budget(base::Money::from_usd(budget->number));
    if (!there) return tl::unexpected(there.error());
    return Evaluation(*there, kept_).of(*node.parts[1]);
}

Result<Value> Evaluation::of_all(const Node& node) const {
    std::vector<Value> given;
    for (const auto& part : node.parts) {
        auto value = of(*part);
        if (!value) return value;
        if (!value->known) return nothing(node.kind);
        given.push_back(std::move(*value));
    }
    if (node.operation == Operation::quantity) return node.quantity->ask(world_, given);
    if (node.operation == Operation::near) return near(given[0], given[1], given[2]);
    if (given.size() == 1) return of_one(node.operation, given[0]);
    if (node.operation >= Operation::below && node.operation <= Operation::unequal)
        return compared(node.operation, given[0], given[1]);
    return arithmetic(node.operation, given[0], given[1]);
}

Result<Value> Evaluation::of(const Node& node) const {
    switch (node.operation) {
        case Operation::constant:
            return node.constant;
        case Operation::kept: {
            const auto found = kept_.find(node.name);
            return found == kept_.end() ? nothing(node.kind) : found->second;
        }
        case Operation::both:
        case Operation::either:
            return joined(node);
        case Operation::known: {
            auto value = of(*node.parts[0]);
            if (!value) return value;
            return of_truth(value->known);
        }
        case Operation::choice: {
            auto condition = of(*node.parts[0]);
            if (!condition) return condition;
            if (!condition->known) return nothing(node.kind);
            return of(*node.parts[condition->truth ? 1 : 2]);
        }
        case Operation::at_budget:
            return elsewhere(node);
        default:
            return of_all(node);
    }
}

}  // namespace

std::span<const Function> functions() {
    return built_in;
}

const Function* find_function(std::string_view name) {
    const auto found = std::ranges::find(built_in, name, &Function::name);
    return found == built_in.end() ? nullptr : &*found;
}

std::optional<Value> Expression::constant() const {
    if (!root_ || root_->operation != Operation::constant) return std::nullopt;
    return root_->constant;
}

Expression Expression::of(Value value) {
    auto node = std::make_shared<Node>();
    node->kind = value.kind;
    node->constant = std::move(value);
    Expression made;
    made.text_ = shown(node->constant, words::Style::plain);
    made.root_ = std::move(node);
    return made;
}

Kind Expression::kind() const {
    return root_ ? root_->kind : Kind::truth;
}

base::Result<Value> Expression::value(const World& world, const Kept& kept) const {
    if (!root_) return nothing(Kind::truth);
    return Evaluation(world, kept).of(*root_);
}

}  // namespace deepvm::lessons
