// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the field, for those who do not know it: each is explained once, in a few words that are
// explained themselves, and is found in any text that it stands in, and nowhere else.
#include <QtTest>
#include <algorithm>
#include <cctype>
#include <chrono>
#include <random>
#include <set>
#include <string>

#include "draw.h"
#include "test_program.h"
#include "words/glossary.h"

namespace test_glossary {

using namespace deepvm;

namespace {

std::string lower(std::string_view text) {
    std::string small(text);
    for (auto& letter : small)
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return small;
}

const words::Term& named(std::string_view name) {
    const auto term = words::term_named(name);
    if (!term) throw std::runtime_error(term.error().message);
    return **term;
}

/// "budget@0-6 anchor@12-18"
QString found(std::string_view text) {
    QStringList all;
    for (const auto& [begin, end, term] : words::terms_in(text))
        all << QStringLiteral("%1@%2-%3")
                   .arg(QString::fromUtf8(term->name.data(), static_cast<qsizetype>(term->name.size())))
                   .arg(begin)
                   .arg(end);
    return all.join(QLatin1Char(' '));
}

bool is_letter(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '$';
}

// The same judged letter by letter, without words: at each place of a text of plain letters and single
// spaces, the longest spelling that ends with a word.
std::vector<words::TermIn> searched(const std::string& text) {
    const auto small = lower(text);
    std::vector<words::TermIn> all;
    for (std::size_t at = 0; at < text.size();) {
        words::TermIn best{at, at, nullptr};
        if (at == 0 || !is_letter(text[at - 1]))
            for (const auto& term : words::glossary()) {
                auto spellings = words::spellings_of(term);
                spellings.push_back(term.name);
                for (const auto spelling : spellings)
                    for (const char* ending : {"s", ""}) {
                        auto wanted = lower(spelling) + ending;
                        std::ranges::replace(wanted, '-', ' ');
                        const auto end = at + wanted.size();
                        if (small.compare(at, wanted.size(), wanted) != 0) continue;
                        if (end < text.size() && is_letter(text[end])) continue;
                        const bool capitals =
                            lower(spelling) != spelling && term.exact &&
                            spelling.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
                        if (capitals && text.compare(at, wanted.size(), std::string(spelling) + ending) != 0)
                            continue;
                        if (end > best.end) best = {at, end, &term};
                    }
            }
        if (best.term == nullptr) {
            ++at;
            continue;
        }
        if (std::ranges::find(all, best.term, &words::TermIn::term) == all.end()) all.push_back(best);
        at = best.end;
    }
    return all;
}

}  // namespace

class TestGlossary : public QObject {
    Q_OBJECT

  private slots:
    void each_word_is_explained_once_and_briefly() {
        QVERIFY(words::glossary().size() >= 40);
        std::set<std::string> ids;
        std::string before;
        for (const auto& term : words::glossary()) {
            const std::string name(term.name);
            QVERIFY2(before < lower(name), name.c_str());  // in order, so none is there twice
            before = lower(name);
            QVERIFY2(term.meaning.size() >= 20 && term.meaning.size() <= 240, name.c_str());
            QVERIFY2(term.meaning.back() == '.', name.c_str());
            QVERIFY2(ids.insert(words::term_id(term)).second, name.c_str());
            QVERIFY2(words::term_id(term).find_first_of(" +/") == std::string::npos, name.c_str());
            for (const auto spelling : words::spellings_of(term))
                QVERIFY2(ids.insert(lower(spelling)).second, std::string(spelling).c_str());
        }
    }

    // By its name, its id and each other spelling, alone and in a sentence.
    void each_word_is_found_by_all_its_names() {
        for (const auto& term : words::glossary()) {
            auto names = words::spellings_of(term);
            names.push_back(term.name);
            for (const auto name : names) {
                QCOMPARE(&named(name), &term);
                for (const auto& text :
                     {std::string(name), std::string(name) + "s", "(" + std::string(name) + "),"}) {
                    const auto in = words::terms_in(text);
                    QVERIFY2(in.size() == 1 && in.front().term == &term, text.c_str());
                    QVERIFY2(in.front().end - in.front().begin >= name.size(), text.c_str());
                }
            }
            QCOMPARE(&named(words::term_id(term)), &term);
        }
        const auto unknown = words::term_named("ancor");
        QVERIFY(!unknown);
        QVERIFY2(unknown.error().message.find("anchor") != std::string::npos,
                 unknown.error().message.c_str());
        QVERIFY(!words::term_named(""));
        QVERIFY(!words::term_named("anchor of a ship"));
    }

    // An explanation leads on to others, and needs its own word not.
    void explanations_use_words_that_are_explained() {
        int others = 0;
        for (const auto& term : words::glossary())
            for (const auto& [begin, end, used] : words::terms_in(term.meaning)) {
                const auto text = term.meaning.substr(begin, end - begin);
                QCOMPARE(&named(text), used);
                QVERIFY2(lower(text) != lower(term.name), std::string(term.name).c_str());
                others += used == &term ? 0 : 1;
            }
        QVERIFY(others > 40);
    }

    void what_is_found_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("whole words", "budgets, budgetary, lowbudget", "budget@0-7");
        row("the longest", "a single anchor and its anchor", "single anchor@2-15 anchor@24-30");
        row("the first", "budget and Budget", "budget@0-6");
        row("hyphens", "Single-anchor on-demand", "single anchor@0-13 on-demand machine@14-23");
        row("no dash", "single - anchor", "anchor@9-15");
        row("no stop", "single. Anchor", "anchor@8-14");
        row("a line's end", "single\nanchor", "single anchor@0-13");
        row("no break", "on\u2011demand\u00a0machine", "on-demand machine@0-20");
        row("no width", "TFLOP/\u2060s", "TFLOP/s@0-10");
        row("signs", "Spot + bucket · Young/Daly", "spot + bucket@0-13 Young/Daly interval@17-27");
        row("other signs", "spot / bucket", "spot machine@0-4 object store@7-13");
        row("capital letters", "FLOPP FLOP flop Flopp", "FLOPP@0-5 FLOP@6-10");
        row("of a dollar", "8.6 M FLOP/$ of $5", "FLOPP@6-12");
        row("small capitals", "THROUGHPUT OF THE CLUSTER", "throughput@0-10 cluster@18-25");
        row("nothing", "", "");
    }
    void what_is_found() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(found(text.toStdString()), expected);
    }

    void a_random_text_is_searched_letter_by_letter() {
        std::mt19937 random(7);
        std::vector<std::string> pieces{"a",  "of",     "Machine", "$5",   "flop", "s",
                                        "x2", "remote", "memory",  "last", "step", "at"};
        for (const auto& term : words::glossary()) {
            auto names = words::spellings_of(term);
            names.push_back(term.name);
            for (const auto name : names) {
                // The judge knows no signs but spaces.
                if (name.find_first_of("+/'") != std::string::npos) continue;
                std::string text(name);
                std::ranges::replace(text, '-', ' ');
                pieces.push_back(text);
                pieces.push_back(text.substr(0, text.size() / 2));
                text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
                pieces.push_back(text);
            }
        }
        int terms = 0;
        for (int i = 0; i < 2000; ++i) {
            std::string text;
            for (int count = tests::whole(random, 0, 8); count > 0; --count) {
                std::string piece = pieces[static_cast<std::size_t>(
                    tests::whole(random, 0, static_cast<int>(pieces.size()) - 1))];
                while (!piece.empty() && piece.back() == ' ')
                    piece.pop_back();
                if (tests::chance(random, 0.2)) piece += "s";
                text += (text.empty() ? "" : tests::chance(random, 0.8) ? " " : "; ") + piece;
            }
            const auto all = words::terms_in(text);
            QVERIFY2(all == searched(text), text.c_str());
            std::size_t done = 0;
            for (const auto& [begin, end, term] : all) {
                QVERIFY2(begin >= done && end > begin && end <= text.size(), text.c_str());
                done = end;
            }
            terms += static_cast<int>(all.size());
        }
        QVERIFY(terms > 2000);
    }

    // Whatever bytes a file or a person brings.
    void no_text_is_too_odd() {
        std::mt19937 random(3);
        for (int i = 0; i < 5000; ++i) {
            std::string text;
            for (int count = tests::whole(random, 0, 12); count > 0; --count)
                text += tests::chance(random, 0.1)
                            ? std::string("spot")
                            : std::string(1, static_cast<char>(tests::whole(random, 0, 255)));
            std::size_t done = 0;
            for (const auto& [begin, end, term] : words::terms_in(text)) {
                QVERIFY(begin >= done && end > begin && end <= text.size() && term != nullptr);
                done = end;
            }
        }
    }

    // It is asked for each time the pointer rests.
    void it_takes_far_less_than_a_millisecond() {
        std::string text;
        for (const auto& term : words::glossary())
            text += std::string(term.meaning) + " ";  // pages of it
        std::ignore = words::terms_in(text);
        auto best = std::chrono::nanoseconds::max();
        for (int i = 0; i < 20; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            for (const auto& term : words::glossary())
                std::ignore = words::terms_in(term.meaning);
            best = std::min(best, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin));
        }
        const auto each = best / static_cast<int>(words::glossary().size());
        QVERIFY2(each < std::chrono::microseconds(250), qPrintable(QString::number(each.count())));
    }
};

}  // namespace test_glossary

DEEPVM_TEST(test_glossary, TestGlossary)
#include "test_glossary.moc"
