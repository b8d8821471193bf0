// SPDX-License-Identifier: GPL-3.0-or-later
// An exploration as JSON, whole and exact; internal to session and to who writes it into a document.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "session/exploration.h"
#include "session/fields.h"

namespace deepvm::session {

/// null for what was not chosen.
template <typename T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// What read_exploration() reads back as the same exploration: the shortest decimals that are the same
/// numbers, the epoch times that laws are fitted to, and the law alone where these are not known.
Json exploration_value(const Exploration& exploration);

/// Throws Refused with the path of what is wrong. What was not chosen is as in an Exploration that nobody
/// touched.
Exploration read_exploration(Fields& fields);

}  // namespace deepvm::session
