// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a budget of exactly ten machines would buy nine, or a typing slip would be planned as another
// amount.
#include <QtTest>
#include <random>

#include "base/money.h"
#include "test_program.h"

namespace test_money {

using deepvm::base::ErrorCode;
using deepvm::base::Money;
using deepvm::base::reading_step;

class TestMoney : public QObject {
    Q_OBJECT
  private slots:
    void parses_to_the_micro_dollar_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("micro");
        QTest::newRow("whole") << "3" << qint64{3'000'000};
        QTest::newRow("one place") << "2.9" << qint64{2'900'000};
        QTest::newRow("micro") << "0.000001" << qint64{1};
        QTest::newRow("no whole part") << ".5" << qint64{500'000};
        QTest::newRow("no fraction") << "5." << qint64{5'000'000};
        QTest::newRow("ten places as AWS writes them") << "0.5260000000" << qint64{526'000};
        QTest::newRow("zeros only") << "3.00000000" << qint64{3'000'000};
        QTest::newRow("zero") << "0" << qint64{0};
        QTest::newRow("leading zeros") << "0002.25" << qint64{2'250'000};
        QTest::newRow("largest") << "1000000" << qint64{Money::largest().micro()};
    }
    void parses_to_the_micro_dollar() {
        QFETCH(QString, text);
        QFETCH(qint64, micro);
        const auto money = Money::parse(text.toStdString(), "budget");
        QVERIFY2(money.has_value(), money ? "" : money.error().message.c_str());
        QCOMPARE(qint64{money->micro()}, micro);
    }

    void refuses_what_is_not_an_amount_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("negative") << "-2"
                                  << "negative";
        QTest::newRow("negative fraction") << "-.5"
                                           << "negative";
        QTest::newRow("empty") << ""
                               << "digits";
        QTest::newRow("point alone") << "."
                                     << "digits";
        QTest::newRow("word") << "ten"
                              << "digits";
        QTest::newRow("infinite") << "inf"
                                  << "digits";
        QTest::newRow("nan") << "nan"
                             << "digits";
        QTest::newRow("exponent") << "1e3"
                                  << "digits";
        QTest::newRow("plus") << "+1"
                              << "digits";
        QTest::newRow("decimal comma") << "2,90"
                                       << "digits";
        QTest::newRow("dollar sign") << "$2"
                                     << "digits";
        QTest::newRow("blank inside") << "2 .9"
                                      << "digits";
        QTest::newRow("two points") << "1.2.3"
                                    << "digits";
        QTest::newRow("seven places") << "1.0000001"
                                      << "6 decimal";
        QTest::newRow("too much") << "1000000.000001"
                                  << "more than";
        QTest::newRow("overflowing") << "99999999999999999999999999"
                                     << "more than";
    }
    void refuses_what_is_not_an_amount() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto money = Money::parse(text.toStdString(), "budget");
        QVERIFY(!money.has_value());
        QCOMPARE(money.error().code, ErrorCode::invalid_input);
        const auto message = QString::fromStdString(money.error().message);
        QVERIFY2(message.startsWith("budget \"" + text + "\"") && message.contains(says),
                 qPrintable(message));
    }

    // Exported prices must come back as they were.
    void decimal_and_back_is_the_same_amount() {
        std::mt19937_64 random(1);
        std::uniform_int_distribution<std::int64_t> any(0, Money::largest().micro());
        for (int i = 0; i < 10'000; ++i) {
            const auto money = Money::from_micro(i < 100 ? i : any(random));
            QCOMPARE(Money::parse(money.decimal(), "price").value(), money);
            QCOMPARE(Money::from_usd(money.usd()), money);
        }
    }

    void decimal_is_short_but_shows_cents() {
        QCOMPARE(Money::from_micro(2'900'000).decimal(), std::string("2.90"));
        QCOMPARE(Money::from_micro(2'852'600).decimal(), std::string("2.8526"));
        QCOMPARE(Money::from_micro(-1'500'000).decimal(), std::string("-1.50"));
        QCOMPARE(Money().decimal(), std::string("0.00"));
    }

    // A price that is read as less than it is would not fit the budget that was set to it.
    void rounding_never_looks_better_than_the_amount() {
        for (const std::int64_t micro : {0, 1, 99, 100, 101, 111'744'704}) {
            const auto amount = Money::from_micro(micro);
            QVERIFY(rounded_up(amount) >= amount && rounded_down(amount) <= amount);
            QVERIFY(rounded_up(amount) - amount < reading_step &&
                    amount - rounded_down(amount) < reading_step);
        }
        QCOMPARE(rounded_up(Money::from_micro(111'744'704)).decimal(), std::string("111.7448"));
        QCOMPARE(rounded_up(Money::from_micro(2'852'600)).decimal(), std::string("2.8526"));
        QCOMPARE(rounded_down(Money::from_micro(14'014'247)).decimal(), std::string("14.0142"));
    }

    // 2.25 / 0.225 in doubles is 9.999...: the tenth machine would be lost.
    void ten_machines_fit_a_budget_of_ten_machines() {
        const auto price = Money::parse("0.225", "price").value();
        QVERIFY(10 * price <= Money::parse("2.25", "budget").value());
        QVERIFY(11 * price > Money::parse("2.25", "budget").value());
    }
};

}  // namespace test_money

DEEPVM_TEST(test_money, TestMoney)
#include "test_money.moc"
