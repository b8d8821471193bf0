// SPDX-License-Identifier: GPL-3.0-or-later
#include "offers/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/names.h"
#include "base/numbers.h"

namespace deepvm::offers {
namespace {

using base::Result;

struct Operator {
    std::string_view sign;
    Op op;
    int strength;
};

constexpr int of_or = 1;
constexpr int of_and = 2;
constexpr int of_not = 3;
constexpr int of_comparison = 4;
constexpr int of_sum = 5;
constexpr int of_product = 6;
constexpr int of_sign = 7;

/// Longer signs before those that they begin with.
constexpr std::array<Operator, 18> binary{{
    {"||", Op::logical_or, of_or},
    {"|", Op::logical_or, of_or},
    {"or", Op::logical_or, of_or},
    {"&&", Op::logical_and, of_and},
    {"&", Op::logical_and, of_and},
    {"and", Op::logical_and, of_and},
    {"<=", Op::less_equal, of_comparison},
    {"<", Op::less, of_comparison},
    {">=", Op::greater_equal, of_comparison},
    {">", Op::greater, of_comparison},
    {"==", Op::equal, of_comparison},
    {"=", Op::equal, of_comparison},
    {"!=", Op::not_equal, of_comparison},
    {"+", Op::add, of_sum},
    {"-", Op::subtract, of_sum},
    {"*", Op::multiply, of_product},
    {"/", Op::divide, of_product},
    {"\xc3\x97", Op::multiply, of_product},  // the sign of multiplication
}};

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_letter_or_mark(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_a_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What stands on the stack after the steps so far.
struct Operand {
    enum class Kind : std::uint8_t { number, bare_field, condition } kind = Kind::number;
    std::size_t at = 0;
};

struct Pending {
    Op op = Op::logical_not;
    int strength = 0;  ///< 0: an open parenthesis
    std::size_t at = 0;
};

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    Result<Expression> read();

  private:
    tl::unexpected<base::Error> refuse(std::size_t at, std::string_view what) const;
    Result<void> operand();
    Result<void> number();
    Result<void> quoted();
    Result<void> word();
    Result<void> of_text(Field field, std::size_t begun);
    Result<std::string> value_of(Field field, std::size_t begun);
    Result<void> sign();
    Result<void> close();
    Result<void> push(Op op, int strength, std::size_t at);
    Result<void> reduce(int strength);
    Result<void> apply(const Pending& pending);
    Result<void> to_condition();
    Result<void> finish();
    void result(Operand::Kind kind, std::size_t at) { operands_.push_back({kind, at}); }
    void skip_spaces() {
        while (at_ < text_.size() && is_space(text_[at_]))
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool wants_operand_ = true;
    bool has_or_ = false;
    std::vector<Pending> pending_;
    std::vector<Operand> operands_;
    Expression made_;
};

// Columns count characters, not bytes.
tl::unexpected<base::Error> Reader::refuse(std::size_t at, std::string_view what) const {
    const auto before = text_.substr(0, std::min(at, text_.size()));
    const auto column = 1 + std::count_if(before.begin(), before.end(), [](char c) {
                            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                        });
    return base::fail(base::ErrorCode::invalid_input, fmt::format("column {}: {}", column, what));
}

Result<Expression> Reader::read() {
    if (text_.size() > longest)
        return refuse(longest, fmt::format("the filter is longer than {} characters; shorten it", longest));
    for (skip_spaces(); at_ < text_.size(); skip_spaces()) {
        if (operands_.size() >= deepest || pending_.size() >= deepest)
            return refuse(at_, "too deeply nested; write less in parentheses, or signs of fewer kinds");
        if (auto done = wants_operand_ ? operand() : sign(); !done) return tl::unexpected(done.error());
    }
    if (auto done = finish(); !done) return tl::unexpected(done.error());
    if (has_or_) made_.splits.clear();
    return std::move(made_);
}

Result<void> Reader::operand() {
    const char c = text_[at_];
    if (is_a_digit(c) || c == '.') return number();
    if (c == '"') return quoted();
    if (is_letter_or_mark(c)) return word();
    if (c == '(' || c == '!' || c == '-') {
        const auto at = at_++;
        return push(c == '!' ? Op::logical_not : Op::negate, c == '(' ? 0 : c == '!' ? of_not : of_sign, at);
    }
    return refuse(at_, fmt::format("a condition is missing before \"{}\"; write one like gpu>=4",
                                   base::beginning(text_.substr(at_), 8)));
}

Result<void> Reader::number() {
    const auto begun = at_;
    while (at_ < text_.size() && (is_a_digit(text_[at_]) || text_[at_] == '.'))
        ++at_;
    // "1e3", but not the "e" of a word.
    if (at_ + 1 < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E') && is_a_digit(text_[at_ + 1])) {
        ++at_;
        while (at_ < text_.size() && is_a_digit(text_[at_]))
            ++at_;
    }
    const auto digits = text_.substr(begun, at_ - begun);
    const auto value = base::parse_double(digits);
    if (!value) return refuse(begun, fmt::format("\"{}\" is no number; write it like 2.5", digits));
    if (at_ < text_.size() && text_[at_] == ',')
        return refuse(at_, "numbers have no commas here; write 1500 or 2.5");
    made_.steps.push_back({.op = Op::push_number, .number = *value, .text = {}});
    result(Operand::Kind::number, begun);
    wants_operand_ = false;
    return {};
}

Result<void> Reader::quoted() {
    const auto begun = at_;
    const auto end = text_.find('"', begun + 1);
    if (end == std::string_view::npos) return refuse(begun, "the quote has no end; write another \"");
    made_.steps.push_back(
        {.op = Op::any_has, .text = base::lower_case(text_.substr(begun + 1, end - begun - 1))});
    at_ = end + 1;
    result(Operand::Kind::condition, begun);
    wants_operand_ = false;
    return {};
}

Result<void> Reader::word() {
    const auto begun = at_;
    while (at_ < text_.size() && (is_letter_or_mark(text_[at_]) || is_a_digit(text_[at_])))
        ++at_;
    const auto name = base::lower_case(text_.substr(begun, at_ - begun));
    if (name == "not") return push(Op::logical_not, of_not, begun);
    for (const auto& each : flags())
        if (each.name == name) {
            made_.steps.push_back({.op = Op::flag, .flag = each.flag, .text = {}});
            result(Operand::Kind::condition, begun);
            wants_operand_ = false;
            return {};
        }
    std::vector<std::string> known;
    for (const auto& each : fields()) {
        known.emplace_back(each.name);
        if (each.name != name) continue;
        if (each.text) return of_text(each.field, begun);
        made_.steps.push_back({.op = Op::push_field, .field = each.field, .text = {}});
        result(Operand::Kind::bare_field, begun);
        wants_operand_ = false;
        return {};
    }
    for (const auto& each : flags())
        known.emplace_back(each.name);
    return refuse(begun, fmt::format("{}; a text to look for stands in quotes",
                                     base::unknown_name("field", name, known).message));
}

Result<void> Reader::of_text(Field field, std::size_t begun) {
    skip_spaces();
    constexpr std::array<std::pair<std::string_view, Op>, 6> signs{{{"==", Op::text_is},
                                                                    {"=", Op::text_is},
                                                                    {"!=", Op::text_is_not},
                                                                    {"!~", Op::text_has_not},
                                                                    {"~", Op::text_has},
                                                                    {"", Op::text_known}}};
    const auto rest = text_.substr(at_);
    const auto* sign = std::find_if(signs.begin(), signs.end(),
                                    [&](const auto& each) { return rest.starts_with(each.first); });
    if (!rest.empty() && std::string_view("<>+-*/").find(rest.front()) != std::string_view::npos)
        return refuse(at_, fmt::format("{0} is a text; compare it with =, != or ~, as in {0}~\"g5\"",
                                       named(field).name));
    at_ += sign->first.size();
    Step step{.op = sign->second, .field = field, .text = {}};
    if (step.op != Op::text_known) {
        auto value = value_of(field, begun);
        if (!value) return tl::unexpected(value.error());
        step.text = std::move(*value);
    }
    made_.steps.push_back(std::move(step));
    result(Operand::Kind::condition, begun);
    wants_operand_ = false;
    return {};
}

Result<std::string> Reader::value_of(Field field, std::size_t begun) {
    skip_spaces();
    const auto from = at_;
    if (from < text_.size() && text_[from] == '"') {
        const auto end = text_.find('"', from + 1);
        if (end == std::string_view::npos) return refuse(from, "the quote has no end; write another \"");
        at_ = end + 1;
        return base::lower_case(text_.substr(from + 1, end - from - 1));
    }
    while (at_ < text_.size() && !is_space(text_[at_]) &&
           std::string_view("&|()!<>=~\"").find(text_[at_]) == std::string_view::npos)
        ++at_;
    if (at_ == from)
        return refuse(at_, fmt::format("what {0} is compared with is missing; write {0}=\"...\"",
                                       text_.substr(begun, named(field).name.size())));
    return base::lower_case(text_.substr(from, at_ - from));
}

Result<void> Reader::sign() {
    if (text_[at_] == ')') return close();
    const auto rest = text_.substr(at_);
    const auto* found = std::find_if(binary.begin(), binary.end(), [&](const Operator& each) {
        const bool word = is_letter_or_mark(each.sign.front());
        const auto end = each.sign.size();
        return base::lower_case(rest.substr(0, end)) == each.sign &&
               !(word && end < rest.size() && (is_letter_or_mark(rest[end]) || is_a_digit(rest[end])));
    });
    if (found == binary.end())
        return refuse(at_, fmt::format("\"{}\" cannot stand here; join conditions with & or |",
                                       base::beginning(rest, 8)));
    const auto at = at_;
    at_ += found->sign.size();
    if (auto done = reduce(found->strength); !done) return done;
    if (found->strength <= of_and) {
        if (auto done = to_condition(); !done) return done;
        if (found->op == Op::logical_and && pending_.empty()) made_.splits.push_back(at);
        has_or_ = has_or_ || (found->op == Op::logical_or && pending_.empty());
    } else if (operands_.back().kind == Operand::Kind::condition) {
        return refuse(at, found->strength == of_comparison
                              ? "compare two numbers at a time, as in gpu>=1 & gpu<=4"
                              : "only numbers are reckoned with, not conditions");
    }
    return push(found->op, found->strength, at);
}

Result<void> Reader::close() {
    if (auto done = reduce(1); !done) return done;
    if (pending_.empty()) return refuse(at_, "this parenthesis was not opened; take it away");
    pending_.pop_back();
    ++at_;
    return {};
}

Result<void> Reader::push(Op op, int strength, std::size_t at) {
    pending_.push_back({op, strength, at});
    wants_operand_ = true;
    return {};
}

// Does what is pending and binds at least as strongly, up to the last open parenthesis.
Result<void> Reader::reduce(int strength) {
    while (!pending_.empty() && pending_.back().strength >= strength && pending_.back().strength > 0) {
        const auto last = pending_.back();
        pending_.pop_back();
        if (auto done = apply(last); !done) return done;
    }
    return {};
}

Result<void> Reader::apply(const Pending& pending) {
    const bool logical = pending.strength <= of_not;
    if (logical) {
        if (auto done = to_condition(); !done) return done;
    } else if (operands_.back().kind == Operand::Kind::condition) {
        return refuse(operands_.back().at, "a number is missing here, not a condition");
    }
    const bool alone = pending.op == Op::logical_not || pending.op == Op::negate;
    const auto begun = alone ? pending.at : operands_[operands_.size() - 2].at;
    operands_.resize(operands_.size() - (alone ? 1 : 2));
    made_.steps.push_back({.op = pending.op, .text = {}});
    result(logical || pending.strength == of_comparison ? Operand::Kind::condition : Operand::Kind::number,
           begun);
    return {};
}

// A number by itself: whether it is known and not 0.
Result<void> Reader::to_condition() {
    auto& last = operands_.back();
    if (last.kind == Operand::Kind::number)
        return refuse(last.at, "a number alone is no condition; compare it, as in memory/gpu>=40");
    if (last.kind == Operand::Kind::bare_field) made_.steps.back().op = Op::is_known;
    last.kind = Operand::Kind::condition;
    return {};
}

Result<void> Reader::finish() {
    if (wants_operand_)
        return refuse(text_.size(), pending_.empty() ? "nothing to filter by; write a condition like gpu>=4"
                                                     : "a condition or number is missing at the end");
    if (auto done = reduce(1); !done) return done;
    if (!pending_.empty()) return refuse(pending_.back().at, "this parenthesis is not closed; write a )");
    return to_condition();
}

}  // namespace

Result<Expression> read_expression(std::string_view text) {
    return Reader(text).read();
}

}  // namespace deepvm::offers
