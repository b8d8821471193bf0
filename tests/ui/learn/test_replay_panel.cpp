// SPDX-License-Identifier: GPL-3.0-or-later
// The replays as lesson 9 shows them: all figures are there, and figure and rules are changed by keyboard.
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

#include "charts/replay_chart.h"
#include "learn/replay_panel.h"
#include "test_program.h"

namespace test_replay_panel {

using namespace deepvm;
using namespace deepvm::ui;
using validation::Rules;

namespace {

struct Bench {
    state::Planning planning{{{}, DEEPVM_SOURCE_DIR "/catalog.db"}};
    learn::ReplayPanel panel{planning};

    Bench() {
        panel.resize(900, 560);
        panel.show();
    }
    bool loaded() {
        return QTest::qWaitFor([this] { return !panel.all().empty(); }, 60'000);
    }
    QString text(const char* name) const {
        auto text = panel.findChild<QLabel*>(QLatin1String(name))->text();
        return text.replace(QChar(QChar::Nbsp), QLatin1Char(' ')).remove(QChar(0x2060));
    }
};

}  // namespace

class TestReplayPanel : public QObject {
    Q_OBJECT

  private slots:
    void everyFigureIsShownWithItsErrors() {
        Bench bench;
        QVERIFY(bench.loaded());
        auto* figures = bench.panel.findChild<QComboBox*>("replayFigure");
        QCOMPARE(figures->count(), 8);
        QStringList seen;
        for (int i = 0; i < figures->count(); ++i) {
            bench.panel.choose(i);
            QCOMPARE(figures->currentIndex(), i);
            const auto lines = bench.text("replayErrors").split('\n');
            QCOMPARE(lines.size(), qsizetype(bench.panel.all()[static_cast<std::size_t>(i)].points.size()));
            for (const auto& line : lines)
                QVERIFY2(line.contains(QStringLiteral(": measured ")), qPrintable(line));
            QVERIFY(!bench.text("replayDiffers").isEmpty() && bench.text("replaySource").contains("csv"));
            QVERIFY(!seen.contains(bench.text("replayErrors")));
            seen << bench.text("replayErrors");
        }
    }

    void figureAndRulesAreChangedByKeyboard() {
        Bench bench;
        QVERIFY(bench.loaded());
        const QSignalSpy changed(&bench.panel, &learn::ReplayPanel::changed);
        auto* figures = bench.panel.findChild<QComboBox*>("replayFigure");
        QTest::keyClick(figures, Qt::Key_Down);
        QCOMPARE(bench.panel.chosen(), 1);
        const auto before = bench.text("replayErrors");
        QTest::keyClick(bench.panel.findChild<QToolButton*>("replayCorrected"), Qt::Key_Space);
        QVERIFY(bench.panel.rules() == Rules::corrected);
        QVERIFY(bench.text("replayErrors") != before);
        QVERIFY(bench.text("replayRules").startsWith(QStringLiteral("Corrected rules: ")));
        QTest::keyClick(bench.panel.findChild<QToolButton*>("replayPublished"), Qt::Key_Space);
        QCOMPARE(bench.text("replayErrors"), before);
        QCOMPARE(changed.count(), 3);
        auto* chart = bench.panel.findChild<charts::ReplayChart*>("replayChart");
        QVERIFY(chart->rules() == Rules::published && chart->summary().contains("figure 5: g4dn.xlarge"));
    }

    void withoutACatalogItSaysSo() {
        state::Planning planning{{"/nowhere/a.db", "/nowhere/b.db"}};
        learn::ReplayPanel panel(planning);
        panel.show();
        auto* message = panel.findChild<QLabel*>("replayMessage");
        QVERIFY(QTest::qWaitFor([&] { return message->text().contains("/nowhere/b.db"); }, 60'000));
    }
};

}  // namespace test_replay_panel

DEEPVM_TEST(test_replay_panel, TestReplayPanel)
#include "test_replay_panel.moc"
