// SPDX-License-Identifier: GPL-3.0-or-later
// The age of a price is told from its date: what is no date must not become one.
#include <QtTest>

#include "base/dates.h"
#include "test_program.h"

namespace test_dates {

using deepvm::base::parse_iso_date;

class TestDates : public QObject {
    Q_OBJECT

  private slots:
    void days_are_counted_over_leap_years() {
        const auto days = [](const char* from, const char* to) {
            return (*parse_iso_date(to) - *parse_iso_date(from)).count();
        };
        QCOMPARE(days("2024-02-28", "2024-03-01"), 2);
        QCOMPARE(days("2025-02-28", "2025-03-01"), 1);
        QCOMPARE(days("2025-06-28", "2026-11-26"), 516);
    }

    void what_is_no_date_is_none() {
        for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20260101",
                                 "2026/01/01", "July 2026 ", "2026-01-0x", "-026-01-01", "2026-01-01T"})
            QVERIFY2(!parse_iso_date(text), text);
    }
};

}  // namespace test_dates

DEEPVM_TEST(test_dates, TestDates)
#include "test_dates.moc"
