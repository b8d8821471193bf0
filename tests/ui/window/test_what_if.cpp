// SPDX-License-Identifier: GPL-3.0-or-later
// The "What if" tab in the real window: its bars are the planner's, and they never speak of another answer or
// another percentage than they say.
#include <QAbstractButton>
#include <QApplication>
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

#include "charts/tornado_rows.h"
#include "pages/what_if_panel.h"
#include "planner/planner.h"
#include "test_program.h"
#include "window/main_window.h"
#include "wording/format.h"

namespace test_what_if {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;

namespace {

std::unique_ptr<window::MainWindow> makeWindow(const state::Remembered& remembered = {}) {
    auto made = std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                     remembered, state::Settings(QString()));
    made->resize(1280, 800);
    made->show();
    return made;
}

bool settle(const window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.busy(); }, 60'000);
}

QString textOf(const QWidget& window, const char* name) {
    const auto* label = window.findChild<QLabel*>(QLatin1String(name));
    return label && label->isVisible() ? label->text() : QString();
}

QStringList words(const QWidget& window) {
    QStringList found;
    for (const auto* item : window.findChild<QGraphicsView*>("tornadoView")->scene()->items())
        if (const auto* text = dynamic_cast<const QGraphicsSimpleTextItem*>(item); text && text->isVisible())
            found << text->text();
    return found;
}

/// Whether the bars are the planner's for the budget and the percentage that the title says.
bool tellsTheTruth(const window::MainWindow& window, state::Planning& planning) {
    static const QRegularExpression money(QStringLiteral(R"(at \$([0-9.]+)/h$)"));
    static const QRegularExpression change(QStringLiteral("by ([0-9]+) %"));
    const auto budget = Money::parse(money.match(textOf(window, "whatIfSubtitle")).captured(1).toStdString(),
                                     "the subtitle's budget");
    const int percent = change.match(textOf(window, "whatIfTitle")).captured(1).toInt();
    if (!budget || percent == 0) return false;
    const auto& problem = *planning.scene()->problem;
    const auto expected =
        explain::sensitivity(problem, planner::decide(problem, *budget).value(), percent).value();
    const bool published = planning.scene()->market->kind == model::MarketKind::published;
    const auto rows = charts::tornadoRows(expected, published);
    const QStringList said = words(window);
    bool all = true;
    for (const auto& row : rows.rows)
        for (const auto& bar : row.bars)
            all = all && said.contains(row.name) && said.contains(bar.value) &&
                  std::ranges::any_of(bar.caption, [&](const QString& text) { return said.contains(text); });
    for (const auto& note : rows.notes)
        all = all && said.contains(note.name) && said.contains(note.why);
    return all && !rows.rows.empty();
}

/// ... and these are those of the exploration.
bool upToDate(window::MainWindow& window) {
    const auto& exploration = window.exploration().value();
    return textOf(window, "whatIfSubtitle").endsWith(wording::moneyPerHour(exploration.budget)) &&
           textOf(window, "whatIfTitle").contains(QStringLiteral("by %1 %").arg(exploration.what_if_percent)) &&
           tellsTheTruth(window, window.planning());
}

// Another tab has a field for percents, too.
QWidget* tab(const window::MainWindow& window) {
    return window.findChild<pages::WhatIfPanel*>();
}

}  // namespace

class TestWhatIf : public QObject {
    Q_OBJECT

  private slots:
    void thePaperAt290() {
        auto window = makeWindow();
        QVERIFY(window->showTab("what-if"));
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "whatIfTitle").contains("10 %"));
        QCOMPARE(textOf(*window, "whatIfSubtitle"),
                 QStringLiteral("objective of 17 × g4dn.xlarge + 1 × c5.xlarge at $2.90/h"));
        QVERIFY(upToDate(*window));
        const QString all = words(*window).join('\n');
        QVERIFY(all.contains("19 × g4dn.xlarge + 1 × c5.xlarge"));
        QVERIFY(all.contains("15 × g4dn.xlarge + 1 × t3.xlarge"));
    }

    void followsEveryChoice() {
        auto window = makeWindow();
        QVERIFY(window->showTab("what-if"));
        for (const auto& [market, region] :
             {std::pair("aws", "us-east-1"), std::pair("deepvm-simulated", "")})
            for (const auto objective : {problem::Objective::throughput, problem::Objective::deepvm}) {
                auto next = window->exploration().value();
                next.selection = {market, region};
                next.objective = objective;
                next.budget = Money::from_micro(7'300'000);
                window->exploration().set(next, "choice");
                QVERIFY(settle(*window));
                QVERIFY(upToDate(*window));
            }
    }

    void thePercentageIsAsked_remembered_andUndone() {
        state::Remembered remembered;
        remembered.exploration.what_if_percent = 25;
        auto window = makeWindow(remembered);
        QVERIFY(window->showTab("what-if"));
        QVERIFY(settle(*window));
        auto* field = tab(*window)->findChild<QSpinBox*>("percentField");
        QCOMPARE(field->value(), 25);
        QVERIFY(textOf(*window, "whatIfTitle").contains("25 %"));
        const auto frontier = window->planning().scene();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, "40");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(settle(*window));
        QCOMPARE(window->exploration().value().what_if_percent, 40);
        QVERIFY(textOf(*window, "whatIfTitle").contains("40 %"));
        QVERIFY(upToDate(*window));
        QVERIFY(window->planning().scene() == frontier);  // no plan depends on it
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QCOMPARE(field->value(), 25);
        QVERIFY(textOf(*window, "whatIfTitle").contains("25 %"));
    }

    void theButtonsChangeItByOne() {
        auto window = makeWindow();
        QVERIFY(window->showTab("what-if"));
        QVERIFY(settle(*window));
        for (auto* button : tab(*window)->findChild<QWidget*>("percentBox")->findChildren<QAbstractButton*>())
            if (button->accessibleName() == QLatin1String("More")) {
                QTest::mouseClick(button, Qt::LeftButton);
                QTest::mouseClick(button, Qt::LeftButton);
            }
        QCOMPARE(window->exploration().value().what_if_percent, 12);
        QCOMPARE(window->exploration().undoStack()->count(), 2);  // each let go by itself
    }

    void barsAndTitleAreNeverMixed() {
        auto window = makeWindow();
        QVERIFY(window->showTab("what-if"));
        QVERIFY(settle(*window));
        for (int step = 0; step < 60; ++step) {
            if (step % 20 == 19) window->exploration().setWhatIf(step / 2);
            window->exploration().setBudget(Money::from_micro(3'000'000 + step * 50'000));
            QTest::qWait(step % 15 == 0 ? 250 : 2);  // a drag with rests, in which new bars come
            QVERIFY(tellsTheTruth(*window, window->planning()));
        }
        QVERIFY(settle(*window));
        QVERIFY(upToDate(*window));
    }

    void nothingIsWorkedOutForAHiddenTab() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        window->exploration().setBudget(Money::from_micro(5'000'000));
        QVERIFY(settle(*window));
        QVERIFY(words(*window).isEmpty());
        QVERIFY(window->showTab("what-if"));
        QVERIFY(settle(*window));
        QVERIFY(upToDate(*window));
    }

    void withoutAPlanThereIsAWayToOne() {
        state::Remembered remembered;
        remembered.exploration.budget = Money::from_micro(200'000);
        auto window = makeWindow(remembered);
        QVERIFY(window->showTab("what-if"));
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "whatIfMessage").contains("No cluster fits"));
        auto* button = window->findChild<QPushButton*>("whatIfGoTo");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "whatIfMessage").isEmpty());
        QVERIFY(upToDate(*window));
    }

    void withoutAnArchitectureTheTabSaysSo() {
        auto window = makeWindow();
        QVERIFY(window->showTab("what-if"));
        auto next = window->exploration().value();
        next.architectures.clear();
        window->exploration().set(next, "none");
        QVERIFY(settle(*window));
        QVERIFY(textOf(*window, "whatIfMessage").contains("Switch one on"));
        QVERIFY(!window->findChild<QPushButton*>("whatIfGoTo")->isVisible());
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QVERIFY(upToDate(*window));
    }
};

}  // namespace test_what_if

DEEPVM_TEST(test_what_if, TestWhatIf)
#include "test_what_if.moc"
