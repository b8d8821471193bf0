// SPDX-License-Identifier: GPL-3.0-or-later
// How numbers look: the one place. Independent of the locale, always with a unit.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "base/money.h"

namespace deepvm::words {

/// How a sentence is set: in the signs and option names that any terminal has, or as in print.
enum class Style { plain, typographic };

std::string_view times(Style style);  ///< "x", "×"
std::string_view minus(Style style);  ///< "-", "−"
std::string_view dash(Style style);   ///< for what is not known: "-", "–"

std::string money(base::Money amount);     ///< "$2.8526", exact
std::string per_hour(base::Money amount);  ///< "$2.8526/h"

/// The same for reading, with at most four decimal places: what is to pay is rounded up, what is saved or
/// left down.
std::string cost_per_hour(base::Money cost);
std::string left_per_hour(base::Money left);
/// What a plan costs an hour: as cost_per_hour(), but exact where that would look as if `budget` did not pay
/// it.
std::string price_per_hour(base::Money price, base::Money budget);
std::string dollars(double usd);  ///< "$12.34", "$1,234": what a job costs

/// Three digits, with commas between thousands: no speed is known better.
std::string rounded(double number);
/// A value below a thousand and the SI prefix of its unit, "" to "Z"; from `next` on the larger prefix is
/// taken, which is 999.5 where three digits are shown.
struct Prefixed {
    double value = 0;
    std::string_view prefix;
};
Prefixed prefixed(double value, double next);

/// Three significant digits and an SI prefix: si(8.6e6, "FLOP/$") is "8.60 MFLOP/$".
std::string si(double value, std::string_view unit, Style style);
/// "412 TFLOP/s", "1.20 PFLOP/s": the value is in TFLOP/s.
std::string tflops(double value, Style style);

std::string percent(double value, Style style);         ///< "5.4 %"
std::string signed_percent(double value, Style style);  ///< "+5.4 %"
std::string decimal(double value, int places, Style style);
std::string whole(double value, Style style);  ///< "6,375"

std::string elapsed(std::chrono::nanoseconds time);  ///< "0.2 ms", "1.3 s"
/// "250 ms", "8.0 s", "4.5 min", "7.5 h", "12.3 d"
std::string seconds(double value);
/// The same of hours: how long a job takes.
std::string hours(double value);
/// "55 to 72 h", "44 min to 2.0 h": no more digits than such a range has.
std::string hours_range(double low, double high);

std::string counted(int count, std::string_view thing);   ///< "1 program", "9 programs"
std::string listed(std::span<const std::string> things);  ///< "a", "a and b", "a, b and c"
/// The same with a capital letter.
std::string sentence(std::string text);

}  // namespace deepvm::words
