// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/names.h"
#include "base/numbers.h"
#include "lessons/node.h"
#include "lessons/quantities.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using NodePtr = std::shared_ptr<const Expression::Node>;

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Reads by descending into itself, no deeper than deepest_expression.
class Reader {
  public:
    Reader(std::string_view text, const KeptKinds& kept) : text_(text), kept_(kept) {}

    Result<NodePtr> whole();

  private:
    tl::unexpected<base::Error> refuse(std::size_t at, std::string_view what) const;
    void skip();
    bool take(std::string_view sign);
    bool take_word(std::string_view word);
    const Sign* take_any(std::span<const Sign> signs);

    Result<NodePtr> either();
    Result<NodePtr> both();
    Result<NodePtr> negation();
    Result<NodePtr> comparison();
    Result<NodePtr> sum();
    Result<NodePtr> product();
    Result<NodePtr> single();
    Result<NodePtr> number();
    Result<NodePtr> quoted(char quote);
    Result<NodePtr> named();
    Result<std::vector<NodePtr>> arguments();
    Result<NodePtr> call(std::string_view name, std::size_t at);
    Result<NodePtr> quantity(const Quantity& known, std::vector<NodePtr> given, std::size_t at);
    Result<void> texts_are_known(const Quantity& known, const Expression::Node& node);
    Result<NodePtr> unknown(std::string_view name, std::size_t at) const;
    Result<NodePtr> combined(Operation operation, Kind wanted, Kind result, NodePtr left, NodePtr right);
    Result<void> wants(const Expression::Node& node, Kind kind) const;

    std::string_view text_;
    const KeptKinds& kept_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

tl::unexpected<base::Error> Reader::refuse(std::size_t at, std::string_view what) const {
    return base::fail(base::ErrorCode::invalid_input,
                      fmt::format("\"{}\", column {}: {}", base::beginning(text_, 60),
                                  std::min(at, text_.size()) + 1, what));
}

void Reader::skip() {
    while (at_ < text_.size() && is_space(text_[at_]))
        ++at_;
}

bool Reader::take(std::string_view sign) {
    skip();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
}

bool Reader::take_word(std::string_view word) {
    skip();
    const auto rest = text_.substr(at_);
    if (!rest.starts_with(word)) return false;
    if (rest.size() > word.size()) {
        const char next = rest[word.size()];
        if (begins_name(next) || is_digit(next) || next == '.') return false;
    }
    at_ += word.size();
    return true;
}

const Sign* Reader::take_any(std::span<const Sign> signs) {
    for (const auto& sign : signs)
        if (take(sign.text)) return &sign;
    return nullptr;
}

Result<void> Reader::wants(const Expression::Node& node, Kind kind) const {
    if (node.kind == kind) return {};
    return refuse(node.at, fmt::format("this is a {}, a {} is wanted here", name(node.kind), name(kind)));
}

Result<NodePtr> Reader::combined(Operation operation, Kind wanted, Kind result, NodePtr left, NodePtr right) {
    for (const auto* side : {left.get(), right.get()})
        if (const auto fits = wants(*side, wanted); !fits) return tl::unexpected(fits.error());
    auto node = std::make_shared<Expression::Node>();
    node->operation = operation;
    node->kind = result;
    node->at = left->at;
    node->parts = {std::move(left), std::move(right)};
    return node;
}

Result<NodePtr> Reader::whole() {
    if (text_.size() > longest_expression)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("an expression is longer than {} characters; shorten it", longest_expression));
    skip();
    if (at_ == text_.size()) return refuse(at_, "nothing is there; write an expression like plan.price < 3");
    auto read = either();
    if (!read) return read;
    skip();
    if (at_ < text_.size())
        return refuse(at_, fmt::format("\"{}\" is too much; join conditions by and, or",
                                       base::beginning(text_.substr(at_), 12)));
    return read;
}

Result<NodePtr> Reader::either() {
    if (++depth_ > deepest_expression)
        return refuse(at_, fmt::format("more than {} levels; write less in parentheses", deepest_expression));
    auto left = both();
    while (left && take_word("or")) {
        auto right = both();
        if (!right) return right;
        left = combined(Operation::either, Kind::truth, Kind::truth, std::move(*left), std::move(*right));
    }
    --depth_;
    return left;
}

Result<NodePtr> Reader::both() {
    auto left = negation();
    while (left && take_word("and")) {
        auto right = negation();
        if (!right) return right;
        left = combined(Operation::both, Kind::truth, Kind::truth, std::move(*left), std::move(*right));
    }
    return left;
}

Result<NodePtr> Reader::negation() {
    skip();
    const auto at = at_;
    if (!take_word("not")) return comparison();
    if (++depth_ > deepest_expression) return refuse(at, "too many times \"not\"");
    auto inner = negation();
    --depth_;
    if (!inner) return inner;
    if (const auto fits = wants(**inner, Kind::truth); !fits) return tl::unexpected(fits.error());
    auto node = std::make_shared<Expression::Node>();
    node->operation = Operation::negation;
    node->kind = Kind::truth;
    node->at = at;
    node->parts = {std::move(*inner)};
    return node;
}

Result<NodePtr> Reader::comparison() {
    auto left = sum();
    if (!left) return left;
    const auto* sign = take_any(comparisons);
    if (sign == nullptr) return left;
    auto right = sum();
    if (!right) return right;
    const bool equality = sign->operation == Operation::equal || sign->operation == Operation::unequal;
    const auto kind = equality ? (*left)->kind : Kind::number;
    return combined(sign->operation, kind, Kind::truth, std::move(*left), std::move(*right));
}

Result<NodePtr> Reader::sum() {
    auto left = product();
    while (left)
        if (const auto* sign = take_any(sums)) {
            auto right = product();
            if (!right) return right;
            left = combined(sign->operation, Kind::number, Kind::number, std::move(*left), std::move(*right));
        } else {
            break;
        }
    return left;
}

Result<NodePtr> Reader::product() {
    auto left = single();
    while (left)
        if (const auto* sign = take_any(products)) {
            auto right = single();
            if (!right) return right;
            left = combined(sign->operation, Kind::number, Kind::number, std::move(*left), std::move(*right));
        } else {
            break;
        }
    return left;
}

Result<NodePtr> Reader::single() {
    skip();
    const auto at = at_;
    if (at == text_.size()) return refuse(at, "the expression ends here; something is missing");
    const char c = text_[at];
    if (is_digit(c) || c == '.') return number();
    if (c == '\'' || c == '"') return quoted(c);
    if (begins_name(c)) return named();
    if (take("(")) {
        auto inner = either();
        if (!inner) return inner;
        if (!take(")")) return refuse(at, "this parenthesis has no end");
        return inner;
    }
    if (take("-")) {
        if (++depth_ > deepest_expression) return refuse(at, "too many signs");
        auto inner = single();
        --depth_;
        if (!inner) return inner;
        auto zero = std::make_shared<Expression::Node>();
        zero->constant = of_number(0);
        zero->at = at;
        return combined(Operation::subtract, Kind::number, Kind::number, std::move(zero), std::move(*inner));
    }
    return refuse(at, fmt::format("\"{}\" cannot stand here", base::beginning(text_.substr(at), 8)));
}

Result<NodePtr> Reader::number() {
    const auto at = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.'))
        ++at_;
    if (at_ + 1 < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E') && is_digit(text_[at_ + 1])) {
        ++at_;
        while (at_ < text_.size() && is_digit(text_[at_]))
            ++at_;
    }
    const auto digits = text_.substr(at, at_ - at);
    const auto value = base::parse_double(digits);
    if (!value) return refuse(at, fmt::format("\"{}\" is no number; write it like 2.5", digits));
    auto node = std::make_shared<Expression::Node>();
    node->constant = of_number(*value);
    node->at = at;
    return node;
}

Result<NodePtr> Reader::quoted(char quote) {
    const auto at = at_++;
    const auto end = text_.find(quote, at_);
    if (end == std::string_view::npos) return refuse(at, "this text has no end; write another '");
    auto node = std::make_shared<Expression::Node>();
    node->constant = of_text(text_.substr(at_, end - at_));
    node->kind = Kind::text;
    node->at = at;
    at_ = end + 1;
    return node;
}

Result<NodePtr> Reader::named() {
    const auto at = at_;
    while (at_ < text_.size() && (begins_name(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.'))
        ++at_;
    const auto name = text_.substr(at, at_ - at);
    auto node = std::make_shared<Expression::Node>();
    node->at = at;
    if (name == "true" || name == "false") {
        node->constant = of_truth(name == "true");
        node->kind = Kind::truth;
        return node;
    }
    if (const auto kept = kept_.find(name); kept != kept_.end()) {
        node->operation = Operation::kept;
        node->name = std::string(name);
        node->kind = kept->second;
        return node;
    }
    return call(name, at);
}

Result<std::vector<NodePtr>> Reader::arguments() {
    std::vector<NodePtr> given;
    const auto at = at_;
    if (!take("(")) return given;
    if (take(")")) return given;
    do {
        auto argument = either();
        if (!argument) return tl::unexpected(argument.error());
        given.push_back(std::move(*argument));
    } while (take(","));
    if (!take(")")) return refuse(at, "this parenthesis has no end");
    return given;
}

Result<NodePtr> Reader::call(std::string_view name, std::size_t at) {
    const auto* known = find_quantity(name);
    const auto* built_in = find_function(name);
    if (known == nullptr && built_in == nullptr) return unknown(name, at);
    auto given = arguments();
    if (!given) return tl::unexpected(given.error());
    if (known != nullptr) return quantity(*known, std::move(*given), at);
    if (given->size() != built_in->arguments)
        return refuse(at, fmt::format("{} takes {}: {}", name,
                                      words::counted(static_cast<int>(built_in->arguments), "argument"),
                                      built_in->meaning));
    auto node = std::make_shared<Expression::Node>();
    node->operation = built_in->operation;
    node->at = at;
    node->kind = Kind::number;
    switch (built_in->operation) {
        case Operation::known:
            node->kind = Kind::truth;
            break;
        case Operation::choice:
            if (const auto fits = wants(*(*given)[0], Kind::truth); !fits)
                return tl::unexpected(fits.error());
            node->kind = (*given)[1]->kind;
            if (const auto fits = wants(*(*given)[2], node->kind); !fits) return tl::unexpected(fits.error());
            break;
        case Operation::at_budget:
            node->kind = (*given)[1]->kind;
            if (const auto fits = wants(*(*given)[0], Kind::number); !fits)
                return tl::unexpected(fits.error());
            break;
        default:
            if (built_in->operation == Operation::near) node->kind = Kind::truth;
            for (const auto& each : *given)
                if (const auto fits = wants(*each, Kind::number); !fits) return tl::unexpected(fits.error());
            break;
    }
    node->parts = std::move(*given);
    return node;
}

Result<NodePtr> Reader::quantity(const Quantity& known, std::vector<NodePtr> given, std::size_t at) {
    if (given.size() != known.arguments.size())
        return refuse(at, fmt::format("{} takes {}: {}", known.name,
                                      words::counted(static_cast<int>(known.arguments.size()), "argument"),
                                      known.meaning));
    auto node = std::make_shared<Expression::Node>();
    node->operation = Operation::quantity;
    node->quantity = &known;
    node->kind = known.kind;
    node->at = at;
    for (std::size_t i = 0; i < given.size(); ++i)
        if (const auto fits = wants(*given[i], kind_of(known.arguments[i])); !fits)
            return tl::unexpected(fits.error());
    node->parts = std::move(given);
    if (const auto fits = texts_are_known(known, *node); !fits) return tl::unexpected(fits.error());
    return node;
}

Result<void> Reader::texts_are_known(const Quantity& known, const Expression::Node& node) {
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        const auto& part = *node.parts[i];
        if (part.operation != Operation::constant || part.kind != Kind::text) continue;
        const auto there = texts_of(known.arguments[i]);
        if (there.empty() || std::ranges::find(there, part.constant.text) != there.end()) continue;
        return refuse(part.at, base::unknown_name("name", part.constant.text, there).message);
    }
    return {};
}

Result<NodePtr> Reader::unknown(std::string_view name, std::size_t at) const {
    std::vector<std::string> names;
    for (const auto& each : quantities())
        names.emplace_back(each.name);
    for (const auto& each : functions())
        names.emplace_back(each.name);
    for (const auto& [each, kind] : kept_)
        names.push_back(each);
    return refuse(at, base::unknown_name("quantity", name, names).message);
}

}  // namespace

base::Result<Expression> Expression::parse(std::string_view text, const KeptKinds& kept) {
    auto root = Reader(text, kept).whole();
    if (!root) return tl::unexpected(std::move(root.error()));
    Expression made;
    made.text_ = std::string(text);
    made.root_ = std::move(*root);
    return made;
}

}  // namespace deepvm::lessons
