// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a mistyped number would be planned with, or a mistyped name would leave a person guessing.
#include <QtTest>

#include "base/durations.h"
#include "base/names.h"
#include "base/numbers.h"
#include "test_program.h"

namespace test_text {

using namespace deepvm::base;

class TestText : public QObject {
    Q_OBJECT
  private slots:
    void numbers_are_whole_texts_and_finite() {
        QCOMPARE(parse_double("3.34e9").value(), 3.34e9);
        QCOMPARE(parse_double("-0.5").value(), -0.5);
        for (const auto* text :
             {"", " 1", "1 ", "1,5", "0x10", "nan", "inf", "-inf", "1e999", "two", "1.5GB"})
            QVERIFY2(!parse_double(text).has_value(), text);
    }
    void counts_are_whole_numbers_that_fit() {
        QCOMPARE(parse_integer("-12").value(), std::int64_t{-12});
        for (const auto* text : {"", "1.0", "1e3", "9223372036854775808", "+1", "12a"})
            QVERIFY2(!parse_integer(text).has_value(), text);
    }
    void bounds_are_inclusive_and_named() {
        QVERIFY(parse_number("1", "utilisation", 0, 1).has_value());
        const auto above = parse_number("1.01", "utilisation", 0, 1);
        QVERIFY(!above);
        QCOMPARE(above.error().message, std::string("utilisation \"1.01\" is not a number from 0 to 1"));
        const auto below = parse_count("0", "max-nodes", 1, 64);
        QVERIFY(!below);
        QCOMPARE(below.error().message, std::string("max-nodes \"0\" is not a whole number from 1 to 64"));
    }
    // What is not thousands might be a decimal comma, and a wrong number is worse than none.
    void thousands_may_be_separated() {
        for (const auto& [text, expected] : {std::pair("150,000", "150000"),
                                             {"1 234 567.5", "1234567.5"},
                                             {"1'000'000", "1000000"},
                                             {"12_000", "12000"},
                                             {"12\u00a0000", "12000"},
                                             {"12\u202f000", "12000"}})
            QCOMPARE(without_separators(text), std::string(expected));
        for (const auto* text : {"1,5", "1,50", "1500,000", "1,000,00", "1,000 000", ",000", "1,000,",
                                 "1,000e3", "1,000x", "72", "", "a,000"})
            QCOMPARE(without_separators(text), std::string(text));
        QCOMPARE(parse_typed_number("150,000", "--samples", 1, 1e6).value(), 150'000.0);
        QCOMPARE(parse_typed_count("150,000", "--runs", 1, 1'000'000).value(), std::int64_t{150'000});
        QCOMPARE(parse_typed_number("1,5", "--epochs", 1, 9).error().message,
                 std::string("--epochs \"1,5\" is not a number from 1 to 9"));
        QVERIFY(!parse_number("150,000", "offers.csv line 2: memory", 1, 1e6));
    }
    void durations_are_read_as_people_write_them() {
        const auto hours = [](std::string_view text) { return parse_hours(text, "--deadline", 0, 1e6); };
        for (const auto& [text, expected] : {std::pair("72", 72.0),
                                             {"72h", 72.0},
                                             {"1.5 hours", 1.5},
                                             {"3d", 72.0},
                                             {"2d 12h", 60.0},
                                             {"1d12h30min", 36.5},
                                             {"90m", 1.5},
                                             {"1e2", 100.0},
                                             {"1 minute", 1.0 / 60},
                                             {"90 Minutes", 1.5},
                                             {"1 day 1 hour 1 minute", 25 + 1.0 / 60},
                                             {"45 s", 45.0 / 3600},
                                             {"1,000", 1000.0},
                                             {"1,000h", 1000.0}})
            QCOMPARE(hours(text).value_or(-1), expected);
        for (const auto* text :
             {"", " ", "d", "3 days ago", "2026-12-01", "-3h", "1,5h", "3w", "12:30", "1..5h", "h3"})
            QVERIFY2(!hours(text), text);
        QCOMPARE(
            parse_hours("8d", "--deadline", 1, 100).error().message,
            std::string("--deadline \"8d\" is no time from 1 to 100 hours; write the hours, or for example "
                        "90min, 72h, 3d"));
        QCOMPARE(
            parse_hours("0h", "--deadline", 1e-6, 100).error().message,
            std::string("--deadline \"0h\" is no time above 0, at most 100 hours; write the hours, or for "
                        "example 90min, 72h, 3d"));
    }
    void nearest_name_is_the_closest_spelling() {
        const std::vector<std::string> known{"aws", "azure", "gcp"};
        QCOMPARE(nearest("azur", known), std::string("azure"));
        QCOMPARE(nearest("gpc", known), std::string("gcp"));
        QCOMPARE(nearest("x", {}), std::string());
    }
    // Who types the beginning of a name means none that is merely as long.
    void nearest_name_begins_or_holds_what_was_typed() {
        const std::vector<std::string> known{"bert-large-squad", "tinyllama-1b-pretrain", "llama3-70b-lora",
                                             "llama3-8b-lora", "resnet18-cifar10"};
        QCOMPARE(nearest("llama", known), std::string("llama3-8b-lora"));
        QCOMPARE(nearest("Tiny", known), std::string("tinyllama-1b-pretrain"));
        QCOMPARE(nearest("squad", known), std::string("bert-large-squad"));
        std::vector<std::string> many(10, "x");
        many.insert(many.end(), known.begin(), known.end());
        QVERIFY(QString::fromStdString(unknown_name("workload", "llama", many).message)
                    .endsWith("did you mean \"llama3-8b-lora\"? Or one of: tinyllama-1b-pretrain, "
                              "llama3-70b-lora"));
    }
    void an_unknown_name_says_what_there_is() {
        const std::vector<std::string> few{"aws", "azure", "gcp"};
        const auto error = unknown_name("provider", "AWS ", few);
        QCOMPARE(error.code, ErrorCode::unknown_name);
        QVERIFY(QString::fromStdString(error.message).contains("Known: aws, azure, gcp"));
        const std::vector<std::string> many(100, "us-east-1");
        QVERIFY(!QString::fromStdString(unknown_name("region", "us-est-1", many).message).contains("Known"));
        QVERIFY(
            QString::fromStdString(unknown_name("region", "us-est-1", many).message).contains("us-east-1"));
        QVERIFY(QString::fromStdString(unknown_name("region", "x", {}).message).contains("none"));
    }
};

}  // namespace test_text

DEEPVM_TEST(test_text, TestText)
#include "test_text.moc"
