// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a file could drive the terminal that its name is shown on, or pass for another.
#include <QtTest>
#include <random>

#include "base/error.h"
#include "base/names.h"
#include "base/printable.h"
#include "test_program.h"

namespace test_printable {

using namespace deepvm::base;

class TestPrintable : public QObject {
    Q_OBJECT
  private slots:
    // A file may hold a name of a page's length; what to do about it stands at the end of the message.
    void a_long_message_loses_its_middle() {
        const std::string name(5000, '\x01');
        const auto failed = deepvm::base::fail(deepvm::base::ErrorCode::damaged,
                                               "row 3: unknown name \"" + name + "\"; correct it");
        const auto& message = failed.value().message;
        QVERIFY2(message.size() <= 400, message.c_str());
        QVERIFY(message.starts_with("row 3: unknown name \"\\x01") && message.ends_with("\"; correct it"));
        QVERIFY(message.find(" ... ") != std::string::npos);
        QCOMPARE(deepvm::base::message_line(message), message);
        QCOMPARE(deepvm::base::message_line("short\n"), std::string("short\\x0a"));
        // Letters stay whole on both sides of the gap.
        for (std::size_t i = 0; i < 4; ++i) {
            std::string letters(i, 'a');
            for (int k = 0; k < 300; ++k)
                letters += "\u20ac";
            QVERIFY(deepvm::base::is_utf8_text(deepvm::base::message_line(letters)));
            QCOMPARE(deepvm::base::printable(deepvm::base::message_line(letters)),
                     deepvm::base::message_line(letters));
        }
    }

    void what_is_no_line_of_text_is_escaped() {
        for (const auto& [text, shown] : {std::pair("g4dn.xlarge", "g4dn.xlarge"),
                                          {"Zürich · 日本 🙂", "Zürich · 日本 🙂"},
                                          {"a\nb\tc\r", "a\\x0ab\\x09c\\x0d"},
                                          {"\x1b[2J\x7f", "\\x1b[2J\\x7f"},
                                          {"caf\xE9", "caf\\xe9"},
                                          {"\xC2\x9B", "\\u009b"},  // a terminal's one-byte "escape ["
                                          {"aws\u202egcp", "aws\\u202egcp"},    // shown from right to left
                                          {"a\u200bws", "a\\u200bws"},          // of no width
                                          {"a\u2028b", "a\\u2028b"},            // a line end to some
                                          {"\xC0\xAF", "\\xc0\\xaf"},           // longer than need be
                                          {"\xED\xA0\x80", "\\xed\\xa0\\x80"},  // half of a pair
                                          {"\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
                                          {"\xE2\x82", "\\xe2\\x82"},
                                          {"\U000E0041", "\\ue0041"},
                                          {"C:\\x", "C:\\x"}})
            QCOMPARE(printable(text), std::string(shown));
        QCOMPARE(printable(std::string_view("a\0b", 3)), std::string("a\\x00b"));
    }

    // Whatever the bytes: one line of UTF-8, and nothing of it left to escape.
    void any_bytes_become_a_line() {
        std::mt19937 random(7);
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes(random() % 12, '\0');
            for (char& byte : bytes)
                byte = static_cast<char>(random() % 256);
            const auto shown = printable(bytes);
            const auto text = QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
            QCOMPARE(text.toUtf8().toStdString(), shown);  // Qt found nothing to replace
            QVERIFY(!text.contains(QChar::ReplacementCharacter) || bytes.find("\xEF\xBF\xBD") != bytes.npos);
            for (const auto letter : text)
                QVERIFY(letter.category() != QChar::Other_Control && letter != QChar(0x2028));
            QCOMPARE(printable(shown), shown);
        }
    }

    void a_beginning_ends_with_a_whole_character() {
        QCOMPARE(beginning("aé日", 3), std::string_view("aé"));
        QCOMPARE(beginning("aé日", 2), std::string_view("a"));
        QCOMPARE(beginning("aé日", 5), std::string_view("aé"));
        QCOMPARE(beginning("aé日", 6), std::string_view("aé日"));
        QCOMPARE(beginning("日", 0), std::string_view());
    }

    void errors_show_what_they_name_escaped() {
        QCOMPARE(fail(ErrorCode::damaged, "table \xFF\x1b[31m").value().message,
                 std::string("table \\xff\\x1b[31m"));
        QVERIFY(unknown_name("region", "a\nb", std::vector<std::string>{"us\x07"}).message.find('\n') ==
                std::string::npos);
    }
};

}  // namespace test_printable

DEEPVM_TEST(test_printable, TestPrintable)
#include "test_printable.moc"
