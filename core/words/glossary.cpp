// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/glossary.h"

#include <algorithm>
#include <map>

#include "base/names.h"
#include "words/terms.h"

namespace deepvm::words {
namespace {

/// What stands at one place of a text.
enum class Sign { letter, space, hyphen, nothing, other };

struct Piece {
    Sign sign = Sign::other;
    std::size_t bytes = 1;
};

bool begins(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '$';  // of "FLOP/$"
}

// Of what is no ASCII, only signs are told from letters; broken UTF-8 is a letter, byte by byte.
Piece piece_at(std::string_view rest) {
    const char first = rest.front();
    if (is_letter(first)) return {Sign::letter};
    if (first == ' ' || first == '\n' || first == '\t') return {Sign::space};
    if (first == '-') return {Sign::hyphen};
    if (static_cast<unsigned char>(first) < 0x80) return {Sign::other};
    if (begins(rest, "\u00a0")) return {Sign::space, 2};
    if (begins(rest, "\u2011")) return {Sign::hyphen, 3};
    if (begins(rest, "\u00ad")) return {Sign::nothing, 2};
    if (begins(rest, "\u2060") || begins(rest, "\u200b")) return {Sign::nothing, 3};
    if (first == '\xc2' || begins(rest, "\u00d7"))
        return {Sign::other, std::min<std::size_t>(2, rest.size())};  // "·", "×"
    if (first == '\xe2')
        return {Sign::other, std::min<std::size_t>(3, rest.size())};  // dashes, arrows, discs
    return {Sign::letter};
}

struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;    ///< as it stands there
    std::string folded;  ///< in small letters
    /// What is between it and the word before: " " for what joins the words of a term, else the signs there.
    std::string joint;
};

std::string joint_of(const std::string& signs, std::size_t spaces, std::size_t hyphens) {
    if (!signs.empty()) return signs;
    return hyphens == 0 || (hyphens == 1 && spaces == 0) ? " " : "-";  // " - " is a dash
}

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    std::string signs;
    std::size_t spaces = 0;
    std::size_t hyphens = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto [sign, bytes] = piece_at(text.substr(at));
        if (sign == Sign::letter) {
            if (!inside) words.push_back({at, at, {}, {}, joint_of(signs, spaces, hyphens)});
            words.back().text.append(text.substr(at, bytes));
            words.back().end = at + bytes;
        } else if (sign != Sign::nothing) {
            if (inside) {
                signs.clear();
                spaces = hyphens = 0;
            }
            if (sign == Sign::other) signs.append(text.substr(at, bytes));
            spaces += sign == Sign::space ? 1 : 0;
            hyphens += sign == Sign::hyphen ? 1 : 0;
        }
        if (sign != Sign::nothing) inside = sign == Sign::letter;
        at += bytes;
    }
    for (auto& word : words)
        word.folded = base::lower_case(word.text);
    return words;
}

/// One way to write a term.
struct Written {
    std::vector<Word> words;
    const Term* term = nullptr;
    bool exact = false;

    bool stands_at(std::span<const Word> text) const {
        if (text.size() < words.size()) return false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (i > 0 && text[i].joint != words[i].joint) return false;
            if (exact ? text[i].text != words[i].text : text[i].folded != words[i].folded) return false;
        }
        return true;
    }
};

/// By its first word, of those the longest first.
using Index = std::map<std::string, std::vector<Written>, std::less<>>;

// "Floating point operation" begins some sentences, FLOP is one in capital letters only.
void add(Index& index, const Term& term, std::string_view spelling) {
    const bool capitals =
        std::ranges::none_of(spelling, [](char byte) { return byte >= 'a' && byte <= 'z'; });
    for (const char* ending : {"", "s"}) {
        Written written{words_of(std::string(spelling) + ending), &term, term.exact && capitals};
        if (!written.words.empty()) index[written.words.front().folded].push_back(std::move(written));
    }
}

const Index& index() {
    static const Index made = [] {
        Index all;
        for (const auto& term : all_terms()) {
            add(all, term, term.name);
            for (const auto spelling : spellings_of(term))
                add(all, term, spelling);
        }
        for (auto& [first, written] : all)
            std::ranges::stable_sort(written, std::ranges::greater{},
                                     [](const Written& one) { return one.words.size(); });
        return all;
    }();
    return made;
}

std::string id_of(std::string_view text) {
    std::string id;
    for (const auto& word : words_of(text))
        id += (id.empty() ? "" : "-") + word.folded;
    return id;
}

}  // namespace

std::span<const Term> glossary() {
    return all_terms();
}

std::string term_id(const Term& term) {
    return id_of(term.name);
}

std::vector<std::string_view> spellings_of(const Term& term) {
    std::vector<std::string_view> all;
    for (auto rest = term.spellings; !rest.empty();) {
        const auto end = std::min(rest.find('|'), rest.size());
        all.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return all;
}

base::Result<const Term*> term_named(std::string_view name) {
    const auto wanted = id_of(name);
    std::vector<std::string> known;
    for (const auto& term : all_terms()) {
        if (term_id(term) == wanted) return &term;
        known.emplace_back(term.name);
    }
    for (const auto& term : all_terms()) {
        auto names = spellings_of(term);
        names.push_back(term.name);
        for (const auto each : names)
            if (const auto id = id_of(each); id == wanted || id + "s" == wanted) return &term;
    }
    return tl::unexpected(base::unknown_name("term", name, known));
}

std::vector<TermIn> terms_in(std::string_view text) {
    std::vector<TermIn> found;
    const auto words = words_of(text);
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto written = index().find(words[at].folded);
        if (written == index().end()) continue;
        const std::span rest(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
        const auto longest =
            std::ranges::find_if(written->second, [&](const Written& one) { return one.stands_at(rest); });
        if (longest == written->second.end()) continue;
        const auto last = at + longest->words.size() - 1;
        const TermIn here{words[at].begin, words[last].end, longest->term};
        if (std::ranges::find(found, here.term, &TermIn::term) == found.end()) found.push_back(here);
        at = last;
    }
    return found;
}

}  // namespace deepvm::words
