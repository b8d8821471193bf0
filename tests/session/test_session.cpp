// SPDX-License-Identifier: GPL-3.0-or-later
// What a person keeps comes back as it was; what is no session is refused in one line; and a save that is cut
// short leaves the old session or the new one.
#include <sys/wait.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <nlohmann/json.hpp>

#include "cases.h"
#include "draw.h"
#include "session/random_exploration.h"
#include "session/session.h"
#include "test_program.h"

namespace test_session {

using namespace deepvm;
using Json = nlohmann::ordered_json;

namespace {

const std::chrono::sys_seconds saved{std::chrono::seconds(1'800'000'000)};

QString said(const base::Error& error) {
    return QString::fromStdString(error.message);
}

/// A clear line: one, not too long, and with the name of the file.
bool is_clear(const std::string& message) {
    return !message.empty() && message.size() < 500 && message.find('\n') == std::string::npos &&
           message.starts_with("x.deepvm");
}

/// Every value of a document by its pointer.
std::vector<Json::json_pointer> places(const Json& document,
                                       const Json::json_pointer& here = Json::json_pointer()) {
    std::vector<Json::json_pointer> found{here};
    if (document.is_object())
        for (const auto& [key, value] : document.items())
            std::ranges::copy(places(value, here / key), std::back_inserter(found));
    if (document.is_array())
        for (std::size_t i = 0; i < document.size(); ++i)
            std::ranges::copy(places(document[i], here / i), std::back_inserter(found));
    return found;
}

}  // namespace

class TestSession : public QObject {
    Q_OBJECT

  private slots:
    void sessionsComeBackAsTheyWere() {
        for (const unsigned seed : tests::seeds(1, 1000)) {
            const auto session = tests::random_session(seed);
            const auto opened = session::read_document(session::session_json(session, saved), "x.deepvm");
            QVERIFY2(opened, qPrintable(opened ? QString() : said(opened.error())));
            QCOMPARE(opened->kind, session::DocumentKind::session);
            QVERIFY2(opened->session == session, qPrintable(QString::number(seed)));
            QVERIFY(opened->notes.empty());
        }
    }

    // A person's file is cut off, edited by hand or of another program: one clear line, or a session that can
    // be.
    void whatIsDamagedIsRefusedInOneLine() {
        const auto text = session::session_json(tests::random_session(7), saved);
        const auto whole = Json::parse(text);
        for (std::size_t length = 0; length < text.size() - 1; length += 97) {
            const auto opened = session::read_document(std::string_view(text).substr(0, length), "x.deepvm");
            QVERIFY(!opened);
            QVERIFY2(is_clear(opened.error().message), opened.error().message.c_str());
        }
        const Json others[] = {nullptr,
                               true,
                               -1,
                               1e300,
                               3.5,
                               "",
                               "a\x1b[31m",
                               Json::array(),
                               Json::object(),
                               Json::array({1, "x", nullptr})};
        const auto all = places(whole);
        for (std::size_t i = 0; i < all.size(); i += tests::share_of_cases() < 1 ? 7 : 1)
            for (const auto& other : others) {
                auto changed = whole;
                changed[all[i]] = other;
                const auto opened = session::read_document(changed.dump(), "x.deepvm");
                if (!opened) QVERIFY2(is_clear(opened.error().message), opened.error().message.c_str());
            }
    }

    void whatIsNoSessionSaysWhatItIs_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray(" \n") << "x.deepvm is empty";
        QTest::newRow("newer") << QByteArray(R"({"schema": "deepvm-session/2"})")
                               << "open it with a newer one";
        QTest::newRow("other") << QByteArray(R"({"schema": "deepvm-frontier/1"})") << "deepvm-frontier/1";
        QTest::newRow("list") << QByteArray("[1]") << "must be an object";
        QTest::newRow("deep") << QByteArray(1'000'000, '[') << "levels deep";
        const auto nested = [](const char* schema, const char* where) {
            constexpr int levels = 200'000;
            return QByteArray(R"({"schema": ")") + schema +
                   R"(", "catalog": {"provider": "aws"}, "request": {"budget_usd_per_hour": 2}, ")" + where +
                   "\": " + QByteArray(levels, '[') + QByteArray(levels, ']') + "}";
        };
        QTest::newRow("deep session") << nested("deepvm-session/1", "view") << "levels deep";
        QTest::newRow("deep plan") << nested("deepvm-plan/1", "request") << "levels deep";
        QTest::newRow("bytes") << QByteArray("{\"schema\": \"\xff\xfe\"}") << "is no JSON";
        QTest::newRow("amount") << QByteArray(
                                       R"({"schema": "deepvm-session/1", "exploration": {"market": "aws",
                     "budget_usd_per_hour": 2, "job": {"amount": "many"}}})")
                                << "exploration.job.amount is \"many\"; it must be a number from";
        QTest::newRow("budget") << QByteArray(
                                       R"({"schema": "deepvm-session/1", "exploration": {"market": "aws",
                     "budget_usd_per_hour": 0}})")
                                << "must be above 0";
    }

    void whatIsNoSessionSaysWhatItIs() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, expected);
        const auto opened = session::read_document(text.toStdString(), "x.deepvm");
        QVERIFY(!opened);
        QVERIFY(is_clear(opened.error().message));
        QVERIFY2(said(opened.error()).contains(expected), opened.error().message.c_str());
    }

    void whatHasNoEffectIsSaid() {
        auto document = Json::parse(session::session_json(tests::random_session(3), saved));
        document["exploration"]["colour"] = "red";
        const auto opened = session::read_document(document.dump(), "x.deepvm");
        QVERIFY(opened);
        QCOMPARE(opened->notes,
                 std::vector<std::string>{"exploration.colour is not known here and has no effect"});
    }

    void aSaveThatIsKilledLeavesAWholeSession() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "work.deepvm";
        const auto old_one = tests::random_session(11);
        auto new_one = tests::random_session(12);
        // Large enough to be killed in the middle of.
        const auto kept = tests::random_session(13).exploration;
        while (new_one.visits.size() < session::most_visits)
            new_one.visits.push_back({"", std::string(2000, 'n'), "2026-11-21T10:00:00Z", kept, {}});
        std::mt19937 random(1);
        int killed = 0;
        for (int i = 0; i < tests::cases(200); ++i) {
            QVERIFY(session::save_session(old_one, file, saved));
            const pid_t child = ::fork();
            if (child == 0) {
                for (;;)
                    (void)session::save_session(new_one, file, saved);
            }
            ::usleep(static_cast<useconds_t>(tests::whole(random, 0, 20'000)));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            killed += WIFSIGNALED(status) ? 1 : 0;
            const auto opened = session::open_document(file);
            QVERIFY2(opened, qPrintable(opened ? QString() : said(opened.error())));
            QVERIFY(opened->session == old_one || opened->session == new_one);
        }
        QVERIFY(tests::enough(killed, 100));
    }

    void aPlaceThatCannotBeWrittenLosesNothing() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "none" / "work.deepvm";
        const auto refused = session::save_session(tests::random_session(1), file, saved);
        QVERIFY(!refused);
        QVERIFY(said(refused.error()).contains("work.deepvm"));
        const auto folder_itself = session::open_document(folder.path().toStdString());
        QVERIFY(!folder_itself);
        QVERIFY(said(folder_itself.error()).contains("is a folder"));
    }
};

}  // namespace test_session

DEEPVM_TEST(test_session, TestSession)
#include "test_session.moc"
