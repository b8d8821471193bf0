// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that a student hands in (deepvm-answers/1): a file that anybody can have written by hand.
#include "fuzz.h"
#include "lessons/attempt.h"

namespace deepvm::fuzz {
namespace {

using namespace deepvm::lessons;

void demand_within(const Attempt& attempt) {
    demand(attempt.answers.size() <= most_steps, "there are not too many answers", attempt.lesson);
    demand(!attempt.seed || *attempt.seed <= most_seed, "a seed is within its range", attempt.lesson);
    demand(attempt.start.budget > base::Money(), "a budget is above 0", attempt.lesson);
    for (const auto& answer : attempt.answers) {
        demand(answer.hints >= 0 && answer.hints <= static_cast<int>(most_hints),
               "there are not too many hints", attempt.lesson);
        demand(answer.chosen.size() <= most_choices, "there are not too many tries", attempt.lesson);
        for (const int choice : answer.chosen)
            demand(choice >= 0 && choice < static_cast<int>(most_choices), "a choice is one of those",
                   attempt.lesson);
    }
}

}  // namespace
}  // namespace deepvm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace deepvm;
    const auto read = lessons::read_attempt(fuzz::text_of(data, size), "answers.json");
    if (!read) {
        fuzz::demand_refusal(read.error());
        return 0;
    }
    fuzz::demand_within(*read);
    const auto written = lessons::attempt_json(*read);
    const auto again = lessons::read_attempt(written, "answers.json");
    fuzz::demand(again.has_value(), "what was written is read", again ? "" : again.error().message);
    fuzz::demand(*again == *read, "what was written is the same", written);
    return 0;
}
