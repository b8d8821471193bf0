// SPDX-License-Identifier: GPL-3.0-or-later
// A session that a person kept (deepvm-session/1), or any other document in its place.
#include "fuzz.h"
#include "session/session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm;
    const auto read = session::read_document(fuzz::text_of(data, size), "session.json");
    if (!read) {
        fuzz::demand_refusal(read.error());
        return 0;
    }
    for (const auto& note : read->notes)
        fuzz::demand_line(note, "a note is a line");
    fuzz::demand(read->session.exploration.budget > base::Money(), "a budget is above 0");
    fuzz::demand(read->session.pins.size() <= session::most_pins, "there are not too many pins");
    const auto written = session::session_json(read->session, {});
    const auto again = session::read_document(written, "session.json");
    fuzz::demand(again.has_value(), "what was written is read", again ? "" : again.error().message);
    fuzz::demand(again->session == read->session, "what was written is the same", written);
    fuzz::demand(again->notes.empty(), "what was written is known",
                 again->notes.empty() ? "" : again->notes.front());
    return 0;
}
