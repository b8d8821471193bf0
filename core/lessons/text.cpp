// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/text.h"

#include <fmt/format.h>

namespace deepvm::lessons {
namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

}  // namespace

base::Result<Text> Text::parse(std::string_view text, const KeptKinds& kept) {
    if (text.size() > longest_text)
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("longer than {} characters; make two steps of it", longest_text));
    Text made;
    Piece piece;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool twice = at + 1 < text.size() && text[at + 1] == c;
        if ((c == '{' || c == '}') && twice) {
            piece.words += c;
            ++at;
            continue;
        }
        if (c == '}')
            return base::fail(base::ErrorCode::invalid_input,
                              "a } without its {; write }} for the sign itself");
        if (c != '{') {
            piece.words += c;
            continue;
        }
        const auto end = text.find('}', at);
        if (end == std::string_view::npos)
            return base::fail(base::ErrorCode::invalid_input,
                              "a { without its }; write {{ for the sign itself");
        auto inside = text.substr(at + 1, end - at - 1);
        if (const auto bar = inside.rfind('|'); bar != std::string_view::npos) {
            const auto format = trimmed(inside.substr(bar + 1));
            const auto unit = parse_unit(format);
            if (!unit) return tl::unexpected(unit.error());
            piece.unit = *unit;
            piece.whole = format == "whole";
            inside = inside.substr(0, bar);
        }
        auto expression = Expression::parse(trimmed(inside), kept);
        if (!expression) return tl::unexpected(std::move(expression.error()));
        piece.expression = std::move(*expression);
        made.pieces_.push_back(std::move(piece));
        piece = {};
        at = end;
    }
    if (!piece.words.empty()) made.pieces_.push_back(std::move(piece));
    return made;
}

base::Result<std::string> Text::filled(const World& world, const Kept& kept, words::Style style) const {
    std::string text;
    for (const auto& piece : pieces_) {
        text += piece.words;
        if (piece.expression.empty()) continue;
        auto value = piece.expression.value(world, kept);
        if (!value) return tl::unexpected(std::move(value.error()));
        if (piece.unit) value->unit = *piece.unit;
        text += piece.whole && value->known ? words::whole(value->number, style) : shown(*value, style);
    }
    return text;
}

base::Result<std::vector<std::string>> Text::unknown(const World& world, const Kept& kept) const {
    std::vector<std::string> missing;
    for (const auto& piece : pieces_) {
        if (piece.expression.empty()) continue;
        const auto value = piece.expression.value(world, kept);
        if (!value) return tl::unexpected(value.error());
        if (!value->known) missing.push_back(piece.expression.text());
    }
    return missing;
}

}  // namespace deepvm::lessons
