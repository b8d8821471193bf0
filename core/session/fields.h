// SPDX-License-Identifier: GPL-3.0-or-later
// The members of a JSON object, each read with its range; internal to session. What is wrong leaves as an
// exception, which the readers of documents turn back into a value.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/money.h"

namespace deepvm::session {

using Json = nlohmann::ordered_json;  // keys in the order in which a person reads them

struct Refused : std::runtime_error {
    explicit Refused(const std::string& message) : std::runtime_error(message) {}
};

/// Reads one object. A member that is null or absent is what has not been chosen; one of another kind or out
/// of range is refused with its path: "question.job.amount is \"many\"; it must be a number from 0.001 to
/// 1e+30".
class Fields {
  public:
    /// `where` is the path of `value`, empty for the document. Both `value` and `notes` outlive this.
    Fields(const Json& value, std::string where, std::vector<std::string>& notes);

    std::optional<double> number(const char* key, double least, double most);
    std::optional<std::int64_t> whole(const char* key, std::int64_t least, std::int64_t most);
    std::optional<std::string> text(const char* key);
    std::optional<bool> flag(const char* key);
    std::optional<base::Money> money(const char* key);

    /// A name that `parse` knows; its refusal says which there are.
    template <typename Parse>
    auto named(const char* key, Parse parse) -> std::optional<typename decltype(parse(""))::value_type> {
        const auto given = text(key);
        if (!given) return std::nullopt;
        auto value = parse(*given);
        if (!value) throw Refused(path(key) + ": " + value.error().message);
        return *value;
    }

    std::optional<Fields> object(const char* key);
    /// Each element of a list, by its own path; none where there is no such list.
    void each(const char* key, const std::function<void(Fields&)>& read);
    void each_text(const char* key, const std::function<void(const std::string&)>& read);
    /// Each member of an object that is a table of whole numbers.
    void each_whole(const char* key, std::int64_t least, std::int64_t most,
                    const std::function<void(const std::string&, std::int64_t)>& read);

    /// As the readers above, for what must be there.
    template <typename T>
    T must(const char* key, std::optional<T> value) const {
        if (!value) throw Refused(path(key) + " is missing");
        return std::move(*value);
    }

    /// "question.job.amount"
    std::string path(const std::string& key) const;
    const std::string& where() const { return where_; }
    const Json& value() const { return value_; }
    std::vector<std::string>& notes() { return notes_; }

    /// Says of each member that nobody asked for that it has no effect.
    void note_the_rest();

  private:
    const Json* find(const char* key);
    [[noreturn]] void refuse(const char* key, const Json& found, const std::string& wanted) const;

    const Json& value_;
    std::string where_;
    std::vector<std::string>& notes_;
    std::set<std::string, std::less<>> asked_;
};

/// Hands a document to `use`. Its Refused, and text that is none (empty, no JSON, nested deeper than any
/// document is), are errors with `name` before them; `kind` is what was wanted: "a session or an exported
/// plan".
base::Result<void> with_document(std::string_view text, const std::string& name, std::string_view kind,
                                 const std::function<void(const Json&)>& use);

}  // namespace deepvm::session
