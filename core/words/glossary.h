// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of the field mean, for people who do not know it. The words of the house, for those who work
// on it, are in CONTRIBUTING.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace deepvm::words {

struct Term {
    std::string_view name;
    std::string_view meaning;    ///< one or two plain sentences, with the unit where there is one
    std::string_view spellings;  ///< what else it is called, divided by "|"; an s may be added to each
    bool exact = false;          ///< FLOP is no flop
};

/// All of them by their names. They live as long as the program.
std::span<const Term> glossary();

/// Of one word, for links and command lines: "spot + bucket" is "spot-bucket".
std::string term_id(const Term& term);

/// The other spellings, one by one.
std::vector<std::string_view> spellings_of(const Term& term);

/// The term of this name, id or spelling, of any case. An unknown one is refused with the nearest.
base::Result<const Term*> term_named(std::string_view name);

/// Where a term stands in a text in UTF-8, in bytes.
struct TermIn {
    std::size_t begin = 0;
    std::size_t end = 0;
    const Term* term = nullptr;

    bool operator==(const TermIn&) const = default;
};

/// The terms in `text`, in order, each where it occurs first: whole words, at each place the longest term
/// that begins there. Between the words of a term may be a space, a line's end or a hyphen, also those that
/// do not break. Takes some microseconds for each line of text. Any thread.
std::vector<TermIn> terms_in(std::string_view text);

}  // namespace deepvm::words
