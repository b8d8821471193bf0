// SPDX-License-Identifier: GPL-3.0-or-later
// Answers as JSON, and exported plans read back; internal to session.
#pragma once

#include "session/fields.h"
#include "session/session.h"

namespace deepvm::session {

/// What read_answer() reads back as the same answer.
Json answer_value(const Answer& answer);

/// Throws Refused with the path of what is wrong.
Answer read_answer(Fields& fields);

/// The document of an exported plan: the question from its member "question", or from what documents of
/// earlier versions say of it. Throws Refused with the path of what is wrong.
void read_plan(Fields& fields, Opened& into);

}  // namespace deepvm::session
