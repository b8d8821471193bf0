// SPDX-License-Identifier: GPL-3.0-or-later
// The documents that a person keeps: a session (deepvm-session/1) with the exploration on show, what was
// pinned and what was visited, and an exported plan (deepvm-plan/1), which opens as the question it answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "session/answer.h"
#include "session/exploration.h"

namespace deepvm::session {

/// So many plans can be pinned.
inline constexpr std::size_t most_pins = 6;
/// So many answers are remembered, the newest.
inline constexpr std::size_t most_visits = 200;
/// No document is larger, in bytes.
inline constexpr std::uintmax_t largest_document = std::uintmax_t{64} * 1024 * 1024;

/// An answer with its whole question.
struct Kept {
    std::string name;  ///< the person's, empty where they gave none
    std::string note;
    std::string at;  ///< ISO time, "2026-11-21T10:00:00Z"
    Exploration question;
    std::optional<Answer> answer;  ///< nothing where nothing fitted

    bool operator==(const Kept&) const = default;
};

/// Where in the window the person was.
struct View {
    std::string page;
    std::string tab;

    bool operator==(const View&) const = default;
};

struct Session {
    Exploration exploration;
    std::vector<Kept> pins;    ///< at most most_pins
    std::vector<Kept> visits;  ///< the history, oldest first, at most most_visits
    View view;

    bool operator==(const Session&) const = default;
};

enum class DocumentKind { session, plan };

/// A document as it was read.
struct Opened {
    DocumentKind kind = DocumentKind::session;
    Session session;                 ///< of a plan: its question, without pins
    std::optional<Answer> answer;    ///< of a plan: what it said
    std::vector<std::string> notes;  ///< what the document holds and is not taken from it, a line each
};

/// Refuses what is no such document, one of a newer version, and the first member that cannot be, by its
/// path; `name` is the file's, for the message (`damaged`, `wrong_version`).
base::Result<Opened> read_document(std::string_view text, const std::string& name);

/// The document that read_document() reads back as the same session.
std::string session_json(const Session& session, std::chrono::sys_seconds saved);

/// The member "question" of a plan's document, which makes it open exactly.
std::string question_json(const problem::Problem& problem, base::Money budget);

/// As read_document(), of a file, a pipe too; refuses what cannot be read or is larger than largest_document.
base::Result<Opened> open_document(const std::filesystem::path& file);

/// Replaces `file` in one step: who reads it sees the old or the new session.
base::Result<void> save_session(const Session& session, const std::filesystem::path& file,
                                std::chrono::sys_seconds saved);

}  // namespace deepvm::session
