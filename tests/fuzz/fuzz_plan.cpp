// SPDX-License-Identifier: GPL-3.0-or-later
// A plan that was exported (deepvm-plan/1), or any other document in its place.
#include "fuzz.h"
#include "session/plan_document.h"

namespace deepvm::fuzz {
namespace {

// The answer goes on into the pins of a session.
void demand_answer_is_kept(const session::Opened& read) {
    session::Session session;
    session.exploration = read.session.exploration;
    session.pins.push_back({"", "", "", read.session.exploration, read.answer});
    const auto written = session::session_json(session, {});
    const auto again = session::read_document(written, "session.json");
    demand(again.has_value(), "a plan that was read can be kept", again ? "" : again.error().message);
    demand(again->session == session, "a plan is kept as it was read", written);
}

void demand_plan(const session::Opened& read) {
    demand(read.session.exploration.budget > base::Money(), "a budget is above 0");
    if (!read.answer) return;
    const auto& price = read.answer->plan.hourly_price;
    demand(price >= base::Money() && price <= base::Money::largest(), "a price is within its range",
           price.decimal());
    demand_answer_is_kept(read);
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm;
    const auto read = session::read_document(fuzz::text_of(data, size), "plan.json");
    if (!read) {
        fuzz::demand_refusal(read.error());
        return 0;
    }
    for (const auto& note : read->notes)
        fuzz::demand_line(note, "a note is a line");
    if (read->kind == session::DocumentKind::plan) fuzz::demand_plan(*read);
    return 0;
}
