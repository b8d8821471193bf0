// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <chrono>
#include <limits>

#include "test_program.h"
#include "wording/format.h"

namespace test_format {

using namespace deepvm::ui::wording;
using deepvm::base::Money;

namespace {

Money usd(const char* text) {
    return *Money::parse(text, "test");
}

}  // namespace

class TestFormat : public QObject {
    Q_OBJECT

  private slots:
    void moneyIsExact() {
        QCOMPARE(moneyPerHour(usd("2.8526")), QStringLiteral("$2.8526/h"));
        QCOMPARE(moneyPerHour(usd("2.9")), QStringLiteral("$2.90/h"));
        QCOMPARE(money(usd("0.000001")), QStringLiteral("$0.000001"));
    }

    void aPriceForReadingNeverLooksCheaper() {
        QCOMPARE(costPerHour(usd("111.744704")), QStringLiteral("$111.7448/h"));
        QCOMPARE(costPerHour(usd("2.8526")), QStringLiteral("$2.8526/h"));
        QCOMPARE(leftPerHour(usd("14.014247")), QStringLiteral("$14.0142/h"));
        QCOMPARE(leftPerHour(usd("0.000007")), QStringLiteral("$0.000007/h"));
    }

    void aPriceNeverSeemsToMissTheBudgetThatPaysIt() {
        QCOMPARE(pricePerHour(usd("111.744704"), usd("112")), QStringLiteral("$111.7448/h"));
        QCOMPARE(pricePerHour(usd("111.744704"), usd("111.744704")), QStringLiteral("$111.744704/h"));
        QCOMPARE(pricePerHour(usd("111.744704"), usd("111.7447")), QStringLiteral("$111.7448/h"));
    }

    void numbersHaveThreeDigitsAndAUnit() {
        QCOMPARE(si(8.6007e6, "FLOP/$"), QStringLiteral("8.60 MFLOP/$"));
        QCOMPARE(si(999.4, "FLOP/$"), QStringLiteral("999 FLOP/$"));
        QCOMPARE(si(999.6, "FLOP/$"), QStringLiteral("1.00 kFLOP/$"));
        QCOMPARE(si(9.995, "x"), QStringLiteral("10.0 x"));
        QCOMPARE(si(1.45e17, "FLOP/$"), QStringLiteral("145 PFLOP/$"));
        QCOMPARE(si(std::numeric_limits<double>::quiet_NaN(), "x"), QStringLiteral("–"));
        QCOMPARE(tflops(412.3), QStringLiteral("412 TFLOP/s"));
        QCOMPARE(tflops(1200), QStringLiteral("1.20 PFLOP/s"));
        QCOMPARE(percent(5.44), QStringLiteral("5.4 %"));
        QCOMPARE(signedPercent(5.92), QStringLiteral("+5.9 %"));
        QCOMPARE(signedPercent(-1.26), QStringLiteral("−1.3 %"));
        QCOMPARE(signedPercent(-0.01), QStringLiteral("0.0 %"));
        QCOMPARE(whole(6375.2), QStringLiteral("6,375"));
        QCOMPARE(whole(1234567), QStringLiteral("1,234,567"));
        QCOMPARE(whole(-0.2), QStringLiteral("0"));
        QCOMPARE(duration(std::chrono::microseconds(210)), QStringLiteral("0.2 ms"));
        QCOMPARE(duration(std::chrono::milliseconds(1300)), QStringLiteral("1.3 s"));
    }
};

}  // namespace test_format

DEEPVM_TEST(test_format, TestFormat)
#include "test_format.moc"
