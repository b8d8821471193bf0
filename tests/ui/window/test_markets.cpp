// SPDX-License-Identifier: GPL-3.0-or-later
// Other catalogs, markets and rules in the whole window, offscreen: what is shown is of what was chosen, and
// what cannot be had is said.
#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <algorithm>

#include "planner/decision.h"
#include "session/exploration.h"
#include "test_program.h"
#include "ui/window/whole_window.h"
#include "window/main_window.h"
#include "wording/wording.h"

namespace test_markets {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using tests::makeWindow;
using tests::settle;
using tests::shipped;
using tests::shownCards;
using tests::textOf;

namespace {

/// The line under the machines, without the characters that keep names together.
QString companion(const QWidget& window, int rank) {
    QString text = textOf(window, qPrintable(QStringLiteral("planCompanion%1").arg(rank)));
    return text.replace(QChar(0x2011), QLatin1Char('-')).replace(QChar(QChar::Nbsp), QLatin1Char(' '));
}

}  // namespace

class TestMarkets : public QObject {
    Q_OBJECT

  private slots:
    void aBadCatalogIsSaidAndTheShippedOneUsed() {
        const QTemporaryDir folder;
        QFile bad(folder.filePath("catalog.db"));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("this is not a catalog");
        bad.close();
        auto window = makeWindow({bad.fileName().toStdString(), shipped});
        QVERIFY(settle(*window));
        QVERIFY(!window->findChild<QWidget*>("messageBar")->isHidden());
        QVERIFY(textOf(*window, "messageText").contains("shipped catalog"));
        QCOMPARE(textOf(*window, "planPrice1"), QStringLiteral("$2.8526/h"));
    }

    void withoutAnyCatalogTheWindowStays() {
        auto window = makeWindow({"/nowhere/a.db", "/nowhere/b.db"});
        QVERIFY(settle(*window));
        QVERIFY(!window->findChild<QWidget*>("messageBar")->isHidden());
        QCOMPARE(shownCards(*window), 0);
        window->exploration().setBudget(Money::from_micro(5'000'000));
        QVERIFY(settle(*window));
    }

    // Azure publishes no revocation rates: nobody is left with an empty page for it.
    void whereNoRevocationRateIsKnownOneCanBeAssumed() {
        state::Remembered remembered;
        auto& exploration = remembered.exploration;
        exploration.selection = {"azure", "eastus"};
        exploration.budget = Money::from_micro(12'000'000);
        exploration.objective = problem::Objective::job_cost;
        exploration.enable(problem::Architecture::on_demand, false);
        exploration.workload = "resnet50-imagenet";
        auto window = makeWindow({{}, DEEPVM_SOURCE_DIR "/catalog.db"}, remembered);
        QVERIFY(settle(*window));
        QCOMPARE(shownCards(*window), 0);
        QVERIFY(textOf(*window, "emptyText").contains("is not known"));
        auto* button = window->findChild<QPushButton*>("assumeRevocations");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(shownCards(*window) > 0);
        QVERIFY(window->exploration().value().risk.rates);
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QCOMPARE(shownCards(*window), 0);
    }

    // Machines on demand alone stood there, and nothing said that spot had not been looked at.
    void plansWithoutSpotSayThatItsRevocationsAreNotKnown() {
        state::Remembered remembered;
        auto& exploration = remembered.exploration;
        exploration = session::first_exploration();
        exploration.selection = {"gcp", "any"};
        exploration.budget = Money::from_micro(5'000'000);
        exploration.objective = problem::Objective::job_cost;
        exploration.workload = "resnet50-imagenet";
        auto window = makeWindow({{}, shipped}, remembered);
        QVERIFY(settle(*window));
        const auto onSpot = [&window] {
            const auto& ranked = window->planning().decision()->ranked;
            return std::any_of(ranked.begin(), ranked.end(),
                               [](const auto& plan) { return plan.spot_workers > 0; });
        };
        auto* notice = window->findChild<QWidget*>("riskNotice");
        QVERIFY(shownCards(*window) > 0 && !onSpot());
        QVERIFY(notice->isVisible() && !window->findChild<QWidget*>("assumeRevocations")->isVisible());
        QString text = textOf(*window, "riskNoticeText").replace(QChar(QChar::Nbsp), QLatin1Char(' '));
        QVERIFY2(text.contains("revocation rate is not known do not count") &&
                     text.contains("offers of Google Cloud"),
                 qPrintable(text));
        const auto* first = window->findChild<panels::PlanCard*>();
        QVERIFY(notice->mapTo(window.get(), QPoint()).y() < first->mapTo(window.get(), QPoint()).y());
        auto* button = window->findChild<QPushButton*>("riskNoticeButton");
        QCOMPARE(button->text(), QStringLiteral("Plan with 10 % a month"));
        const int steps = window->exploration().undoStack()->index();
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(settle(*window));
        QVERIFY(onSpot() && !notice->isVisible());
        QCOMPARE(window->findChild<QComboBox*>("riskBasis")->currentText(), QStringLiteral("Set by hand"));
        QCOMPARE(window->exploration().undoStack()->index(), steps + 1);
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QVERIFY(!onSpot() && notice->isVisible());
        auto without = window->exploration().value();
        without.objective = problem::Objective::deepvm;  // here revocations do not decide
        window->exploration().set(without, "objective");
        QVERIFY(settle(*window));
        QVERIFY(!notice->isVisible());
    }

    void anotherMarketIsPlanned() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        auto next = window->exploration().value();
        next.selection = {"aws", "us-east-1"};
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        QVERIFY(shownCards(*window) > 0);
        QVERIFY(window->planning().scene()->market->kind == model::MarketKind::provider);
        next.selection.region = "atlantis";
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        QVERIFY(!window->findChild<QWidget*>("messageBar")->isHidden());
        window->exploration().undoStack()->undo();
        QVERIFY(settle(*window));
        QVERIFY(window->findChild<QWidget*>("messageBar")->isHidden());
        QVERIFY(shownCards(*window) > 0);
    }

    void aWorkloadOfAnotherCatalogIsNotTheEnd() {
        state::Remembered remembered;
        remembered.exploration.workload = "of-another-catalog";
        auto window = makeWindow({{}, shipped}, remembered);
        QVERIFY(settle(*window));
        QVERIFY(shownCards(*window) > 0);
        QVERIFY(window->findChild<QComboBox*>("workloadBox")->currentIndex() >= 0);
    }

    void theRulesOfPublishedDataCanBeChosen() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        auto* rules = window->findChild<QComboBox*>("presetBox");
        auto* workload = window->findChild<QComboBox*>("workloadBox");
        QVERIFY(rules->isVisible() && !workload->isEnabled());
        rules->setFocus();
        QTest::keyClick(rules, Qt::Key_Down);
        QVERIFY(settle(*window));
        QVERIFY(window->planning().scene()->problem->request.preset == problem::Preset::corrected);
        QVERIFY(workload->isEnabled());  // its checkpoint counts now
        auto next = window->exploration().value();
        next.selection = {"gcp", "us-central1"};
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        QVERIFY(!rules->isVisible());
    }

    void theBestOfAllRegionsIsNamed() {
        auto window = makeWindow();
        auto next = window->exploration().value();
        next.selection = {"gcp", "any"};
        window->exploration().set(next, "prices");
        QVERIFY(settle(*window));
        for (int rank = 1; rank <= 3; ++rank) {
            const auto& plan = window->planning().decision()->ranked[static_cast<std::size_t>(rank) - 1];
            QVERIFY(!plan.region.empty());
            QVERIFY(companion(*window, rank).endsWith(" · " + QString::fromStdString(plan.region)));
        }
        QVERIFY(textOf(*window, "planPrices1").startsWith("list, 20"));  // both, of one list
        auto* picker = window->findChild<QAbstractButton*>("marketPicker");
        QCOMPARE(picker->text(), QStringLiteral("Google Cloud, any region"));
    }

    // Any provider: its name beside every region, no plan twice, and the choice survives a restart.
    void theBestOfAllProvidersIsNamed() {
        const QTemporaryDir folder;
        state::Settings settings(folder.filePath("explorer.ini"));
        {
            window::MainWindow window({{}, shipped}, {}, settings);
            auto next = window.exploration().value();
            next.selection = {"any", "any"};
            next.objective = problem::Objective::throughput;
            window.exploration().set(next, "prices");
            window.show();
            QVERIFY(settle(window));
            window.close();
        }
        auto window = makeWindow({{}, shipped}, settings.load());
        QVERIFY(settle(*window));
        QCOMPARE(window->findChild<QAbstractButton*>("marketPicker")->text(), QStringLiteral("Any provider"));
        const auto& ranked = window->planning().decision()->ranked;
        const auto& plan = ranked.front();
        QVERIFY(!plan.provider.empty());
        const auto place = [&](const problem::Plan& of) {
            return wording::placeLine(of, *window->planning().scene()->market);
        };
        QVERIFY(!textOf(*window, "planPrices1").isEmpty());
        QVERIFY2(companion(*window, 1).endsWith(" · " + place(plan)), qPrintable(companion(*window, 1)));
        QVERIFY(companion(*window, 2).endsWith(" · " + place(ranked[1])));
        // Thousands of offers, one marker for each type.
        std::size_t workers = 0;
        for (const auto& type : window->planning().scene()->market->types)
            workers += type.is_worker() ? 1 : 0;
        QVERIFY(window->planning().scene()->types.size() <= workers);
        QVERIFY(window->planning().scene()->problem->workers.size() > workers);
    }
};

}  // namespace test_markets

DEEPVM_TEST(test_markets, TestMarkets)
#include "test_markets.moc"
