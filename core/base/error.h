// SPDX-License-Identifier: GPL-3.0-or-later
// How core reports what went wrong: a value, never an exception across a module boundary.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/printable.h"

namespace deepvm::base {

enum class ErrorCode {
    invalid_input,  ///< the request cannot be meant: a negative budget, a utilisation of 3
    unknown_name,   ///< a name that the catalog does not hold
    unreadable,     ///< a file that cannot be opened or written
    damaged,        ///< a file that is not what it should be
    wrong_version,  ///< a catalog of a schema that this program does not read
    cancelled,      ///< the caller asked for the work to stop: not a failure
};

/// What was wrong, where, and what to do: one line without a full stop, fit to be shown to a person.
struct [[nodiscard]] Error {
    ErrorCode code = ErrorCode::invalid_input;
    std::string message;

    bool operator==(const Error&) const = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// What the message holds of a file or of a person's typing is shown escaped, and cut where it is long.
inline tl::unexpected<Error> fail(ErrorCode code, std::string_view message) {
    return tl::unexpected<Error>(Error{code, message_line(message)});
}

}  // namespace deepvm::base
