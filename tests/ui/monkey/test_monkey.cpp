// SPDX-License-Identifier: GPL-3.0-or-later
// Anything done to the real window, in any order: it never crashes, hangs or warns, and once it rests it
// shows the answer to the question on show. DEEPVM_MONKEY_EVENTS and DEEPVM_MONKEY_SEED do more of it.
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <cstdio>
#include <map>

#include "cases.h"
#include "catalog/catalog.h"
#include "hand.h"
#include "test_program.h"
#include "window/main_window.h"
#include "wording/wording.h"

namespace test_monkey {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

const char* const shipped = DEEPVM_SOURCE_DIR "/catalog.db";
const tests::Hand* acting = nullptr;
QtMessageHandler before = nullptr;

/// A warning ends the program; without what led to it nobody could find it again.
void sayWhatLedToIt(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    const bool fatal = type == QtWarningMsg || type == QtCriticalMsg;
    if (fatal && acting && !text.startsWith(QLatin1String("This plugin does not support")))
        std::fprintf(stderr, "%s\n", qPrintable(acting->lately().join(QLatin1Char('\n'))));
    before(type, context, text);
}

int asked(const char* variable, int otherwise) {
    bool whole = false;
    const int value = qEnvironmentVariableIntValue(variable, &whole);
    return whole && value >= 0 ? value : otherwise;
}

/// What the core says when it is asked directly, with a catalog of its own.
class Judge {
  public:
    base::Result<planner::Decision> decide(const session::Exploration& exploration) {
        const state::SceneKey key(exploration);
        if (!key_ || !(*key_ == key)) {
            key_ = key;
            problem_ = make(exploration);
        }
        if (!problem_) return tl::unexpected(problem_.error());
        return planner::decide(**problem_, exploration.budget);
    }
    /// Of the last decision that there was.
    const problem::Problem& problem() const { return **problem_; }

  private:
    base::Result<std::shared_ptr<const problem::Problem>> make(const session::Exploration& exploration) {
        auto market = catalog_.load(exploration.selection);
        if (!market) return tl::unexpected(market.error());
        auto request = session::to_request(exploration, **market);
        if (!problem::find_workload(**market, request)) request.workload = session::Exploration{}.workload;
        return problem::make_problem(*market, std::move(request));
    }

    catalog::Catalog catalog_ = *catalog::Catalog::open(shipped);
    std::optional<state::SceneKey> key_;
    base::Result<std::shared_ptr<const problem::Problem>> problem_;
};

/// What is wrong with what the window shows; empty where nothing is.
QString wrong(window::MainWindow& window, Judge& judge) {
    const auto& exploration = window.exploration().value();
    const auto expected = judge.decide(exploration);
    const auto& shown = window.planning().decision();
    if (!expected)
        return shown || !window.planning().error() ? QStringLiteral("an answer where there is none")
                                                   : QString();
    if (!shown) return QStringLiteral("no answer where there is one");
    if (shown->budget != exploration.budget) return QStringLiteral("the answer of another budget");
    if (!(shown->ranked == expected->ranked)) return QStringLiteral("the answer to another question");
    if (expected->ranked.empty()) return {};
    // Under a job's objective the dollars of the job stand first, and the price of an hour beside them.
    const auto& first = expected->ranked.front();
    const QString price = wording::pricePerHour(first.hourly_price, expected->budget);
    const QString cost = wording::said(words::job(first, judge.problem(), wording::in_print).cost);
    QStringList card;
    for (const char* name : {"planPrice1", "planJob1"})
        if (const auto* label = window.findChild<QLabel*>(QLatin1String(name)))
            card << label->text().split(QStringLiteral(" · "));
    if (card.contains(price) && (cost.isEmpty() || card.contains(cost))) return {};
    return QStringLiteral("another price on the first card: %1 instead of %2 and %3")
        .arg(card.join(QStringLiteral(" · ")), price, cost);
}

QStringList filesToDrop(const QTemporaryDir& folder) {
    const std::map<const char*, QByteArray> contents{
        {"nonsense.bin", QByteArray("\x7f\x45\x4c\x46\0\x01\xff\xfe\n,,,\"", 14)},
        {"empty.csv", {}},
        {"workloads.csv", "name,parameters,flop_per_sample,batch_per_accelerator\nmine,1000000,1e9,32\n"},
        {"plan.json", "{\"schema\": \"deepvm-plan/1\"}"},
        {"session.deepvm", "{\"schema\": \"deepvm-session/1\"}"}};
    QStringList files{folder.path(), folder.filePath(QStringLiteral("nowhere.csv")),
                      QStringLiteral(DEEPVM_SOURCE_DIR "/resources/catalog/workloads.csv")};
    for (const auto& [name, text] : contents) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        files << file.fileName();
    }
    return files;
}

}  // namespace

class TestMonkey : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QApplication::setQuitOnLastWindowClosed(false);
        before = qInstallMessageHandler(sayWhatLedToIt);
    }
    void cleanupTestCase() { qInstallMessageHandler(before); }

    void whateverIsDone_theAnswerIsTheOneToTheQuestionOnShow() {
        const int events = asked("DEEPVM_MONKEY_EVENTS", tests::cases(usual_events));
        const auto seed = static_cast<unsigned>(asked("DEEPVM_MONKEY_SEED", 1));
        const QTemporaryDir folder;
        window::MainWindow window({{}, shipped}, {}, state::Settings(folder.filePath("explorer.ini")));
        window.resize(1280, 800);
        window.show();
        QVERIFY(rests(window));
        tests::Hand hand(window, seed, filesToDrop(folder));
        acting = &hand;
        Judge judge;
        std::mt19937 random(seed);
        int rests_seen = 0;
        while (hand.events() < events) {
            for (auto burst = 1 + random() % most_of_a_burst; burst > 0 && hand.events() < events; --burst)
                hand.act();
            tests::Hand::clear();
            QVERIFY2(rests(window), qPrintable(hand.lately().join('\n')));
            ++rests_seen;
            const QString bad = wrong(window, judge);
            QVERIFY2(bad.isEmpty(), qPrintable(bad + " after\n" + hand.lately().join('\n')));
        }
        // All the way back, as far as the session goes, and forward again.
        auto* stack = window.exploration().undoStack();
        const auto last = window.exploration().value();
        const int index = stack->index();
        stack->setIndex(0);
        QVERIFY(rests(window));
        stack->setIndex(index);
        QVERIFY(rests(window));
        QVERIFY(window.exploration().value() == last);
        acting = nullptr;
        const auto& blocked = hand.blocked();
        std::printf(
            "Seed %u: %d events, looked at %d times; the event loop was kept for over 100 ms %d "
            "times, at most for %.0f ms (%s).\n",
            seed, hand.events(), rests_seen, blocked.over_100_ms, blocked.longest_ms,
            qPrintable(blocked.what));
        QVERIFY(blocked.longest_ms < generous_ms);
    }

  private:
    static constexpr int usual_events = 600;
    static constexpr unsigned most_of_a_burst = 40;
    static constexpr double generous_ms = 10'000;  // of processor time, under any sanitizer

    static bool rests(window::MainWindow& window) {
        return QTest::qWaitFor([&] { return !window.busy(); }, 120'000);
    }
};

}  // namespace test_monkey

DEEPVM_TEST(test_monkey, TestMonkey)
#include "planner/decision.h"
#include "test_monkey.moc"
