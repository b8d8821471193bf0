// SPDX-License-Identifier: GPL-3.0-or-later
// How numbers look: the one place. Independent of the locale, always with a unit.
#pragma once

#include <QString>
#include <chrono>

#include "base/money.h"

namespace deepvm::ui::state {

QString money(base::Money amount);         ///< "$2.8526", exact
QString moneyPerHour(base::Money amount);  ///< "$2.8526/h"

/// The same for reading, with at most four decimal places: what is to pay is rounded up, what is saved or
/// left down.
QString costPerHour(base::Money cost);
QString leftPerHour(base::Money left);
/// What a plan costs an hour: as costPerHour(), but exact where that would look as if `budget` did not pay
/// it.
QString pricePerHour(base::Money price, base::Money budget);

/// Three significant digits and an SI prefix: si(8.6e6, "FLOP/$") is "8.60 M FLOP/$".
QString si(double value, const QString& unit);
/// "412 TFLOP/s", "1.20 PFLOP/s": the value is in TFLOP/s.
QString tflops(double value);

QString percent(double value);        ///< "5.4 %"
QString signedPercent(double value);  ///< "+5.4 %", a real minus sign
QString decimal(double value, int places);
QString whole(double value);                         ///< "6,375"
QString duration(std::chrono::nanoseconds elapsed);  ///< "0.2 ms", "1.3 s"

}  // namespace deepvm::ui::state
