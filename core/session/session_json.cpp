// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "base/dates.h"
#include "session/exploration_json.h"
#include "session/plan_document.h"
#include "session/session.h"

namespace deepvm::session {
namespace {

constexpr const char* session_schema = "deepvm-session/1";
constexpr const char* plan_schema = "deepvm-plan/1";

Json kept_value(const Kept& kept) {
    return {{"name", kept.name},
            {"note", kept.note},
            {"at", kept.at},
            {"question", exploration_value(kept.question)},
            {"answer", kept.answer ? answer_value(*kept.answer) : Json(nullptr)}};
}

Json kept_values(const std::vector<Kept>& all) {
    Json values = Json::array();
    for (const auto& each : all)
        values.push_back(kept_value(each));
    return values;
}

Kept read_kept(Fields& fields) {
    Kept kept;
    kept.name = fields.text("name").value_or("");
    kept.note = fields.text("note").value_or("");
    kept.at = fields.text("at").value_or("");
    auto question = fields.must("question", fields.object("question"));
    kept.question = read_exploration(question);
    if (auto answer = fields.object("answer")) {
        kept.answer = read_answer(*answer);
        answer->note_the_rest();
    }
    return kept;
}

// What is too much is said, never dropped without a word.
void keep_at_most(std::vector<Kept>& kept, std::size_t most, const char* what, Fields& fields) {
    if (kept.size() <= most) return;
    fields.notes().push_back(fmt::format("{} holds {}; the first {} are not taken: there are at most {}",
                                         fields.path(what), kept.size(), kept.size() - most, most));
    kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(most));
}

Session read_session(Fields& fields) {
    Session session;
    auto exploration = fields.must("exploration", fields.object("exploration"));
    session.exploration = read_exploration(exploration);
    fields.each("pins", [&](Fields& each) { session.pins.push_back(read_kept(each)); });
    fields.each("history", [&](Fields& each) { session.visits.push_back(read_kept(each)); });
    keep_at_most(session.pins, most_pins, "pins", fields);
    keep_at_most(session.visits, most_visits, "history", fields);
    if (auto view = fields.object("view")) {
        session.view = {view->text("page").value_or(""), view->text("tab").value_or("")};
        view->note_the_rest();
    }
    fields.text("saved");
    fields.note_the_rest();
    return session;
}

// "deepvm-session/2" of a newer program; what else it is otherwise.
base::Error not_ours(const std::string& schema, const std::string& name) {
    for (const std::string known : {session_schema, plan_schema}) {
        const auto kind = known.substr(0, known.find('/') + 1);
        if (schema.starts_with(kind))
            return {base::ErrorCode::wrong_version,
                    fmt::format("{} is of the form {}; this program reads {}: open it with a newer one", name,
                                schema, known)};
    }
    return {base::ErrorCode::damaged,
            fmt::format("{} is of the form \"{}\"; a session is {}, an exported plan {}", name, schema,
                        session_schema, plan_schema)};
}

Opened read(const Json& document, const std::string& name, std::optional<base::Error>& other) {
    Opened opened;
    Fields fields(document, "", opened.notes);
    const auto schema = fields.text("schema").value_or("");
    if (schema == session_schema) {
        opened.session = read_session(fields);
    } else if (schema == plan_schema) {
        opened.kind = DocumentKind::plan;
        read_plan(fields, opened);
    } else {
        other = not_ours(schema, name);
    }
    return opened;
}

}  // namespace

base::Result<Opened> read_document(std::string_view text, const std::string& name) {
    Opened opened;
    std::optional<base::Error> other;
    auto done = with_document(text, name, "a session or an exported plan",
                              [&](const Json& document) { opened = read(document, name, other); });
    if (!done) return tl::unexpected(std::move(done.error()));
    if (other) return tl::unexpected(std::move(*other));
    return opened;
}

std::string session_json(const Session& session, std::chrono::sys_seconds saved) {
    const Json document{{"schema", session_schema},
                        {"saved", base::iso_utc(saved)},
                        {"exploration", exploration_value(session.exploration)},
                        {"pins", kept_values(session.pins)},
                        {"history", kept_values(session.visits)},
                        {"view", {{"page", session.view.page}, {"tab", session.view.tab}}}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string question_json(const problem::Problem& problem, base::Money budget) {
    return exploration_value(exploration_of(problem, budget))
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace deepvm::session
