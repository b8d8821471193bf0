// SPDX-License-Identifier: GPL-3.0-or-later
// The page of reasons and the card, given prepared answers: above all those that no shipped catalog gives.
#include <QApplication>

#include "pages/why_panel.h"
#include "panels/plan_card.h"
#include "state/desk.h"
#include "test_program.h"
#include "widgets/share_bar.h"

namespace test_why_page {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

state::Answer answer(std::int64_t micro) {
    state::Desk desk({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
    session::Exploration exploration;
    exploration.budget = base::Money::from_micro(micro);
    return *desk.answer(exploration, {});
}

planner::Decision unproven(planner::Decision decision) {
    decision.proof.proven = false;
    decision.proof.doubt = "lp_solve ended with code 5 on tiering with g4dn.xlarge";
    return decision;
}

/// A page inside of a window that is on show.
struct Shown {
    QWidget window;
    pages::WhyPage page{&window};

    Shown() { window.show(); }
};

const QLabel* visibleLabel(const QWidget& root, const char* name) {
    const auto* label = root.findChild<QLabel*>(QLatin1String(name));
    return label && label->isVisible() ? label : nullptr;
}

}  // namespace

class TestWhyPage : public QObject {
    Q_OBJECT

  private slots:
    void anUnprovenAnswerSaysSoOnTheCardAndOnThePage() {
        const auto found = answer(2'900'000);
        Shown shown;
        auto& page = shown.page;
        panels::PlanCard card(1, &shown.window);
        card.show(*found.scene, *found.decision);
        page.show(*found.scene, *found.decision, 1);
        card.QWidget::show();
        page.QWidget::show();
        QVERIFY(!visibleLabel(card, "planUnproven1"));
        QCOMPARE(visibleLabel(page, "whyVerdict")->text(), QStringLiteral("Optimal, proven"));

        const auto doubted = unproven(*found.decision);
        card.show(*found.scene, doubted);
        page.show(*found.scene, doubted, 1);
        QCOMPARE(visibleLabel(card, "planUnproven1")->text(), QStringLiteral("Unproven"));
        QCOMPARE(visibleLabel(page, "whyVerdict")->text(), QStringLiteral("Unproven"));
        QVERIFY(visibleLabel(page, "whyProofText")->text().contains("a better cluster than this may exist"));

        page.show(*found.scene, *found.decision, 1);  // and it goes with the doubt
        card.show(*found.scene, *found.decision);
        QVERIFY(!visibleLabel(card, "planUnproven1"));
        QCOMPARE(visibleLabel(page, "whyVerdict")->text(), QStringLiteral("Optimal, proven"));
    }

    void nothingThatFitsMayBeUnprovenToo() {
        const auto found = answer(100'000);
        Shown shown;
        auto& page = shown.page;
        page.show(*found.scene, unproven(*found.decision), 1);
        page.QWidget::show();
        QCOMPARE(visibleLabel(page, "whyVerdict")->text(), QStringLiteral("Unproven"));
        QCOMPARE(visibleLabel(page, "whyTitle")->text().remove(QChar(0x2060)),
                 QStringLiteral("No cluster fits $0.10/h."));
        QVERIFY(!visibleLabel(page, "limitLeft1"));
    }

    // A drag shows many answers one after the other: what an earlier one had must not stay.
    void nothingOfTheLastAnswerStays() {
        const auto many = answer(2'900'000);
        const auto none = answer(100'000);
        Shown shown;
        auto& page = shown.page;
        page.QWidget::show();
        page.show(*many.scene, *many.decision, 1);
        QVERIFY(visibleLabel(page, "limitLeft7") && visibleLabel(page, "rivalCluster9"));
        auto few = *many.decision;
        few.ranked[0].limits.resize(2);
        few.policies = {};
        few.next_step.reset();
        few.reasons.shadow_price.reset();
        page.show(*many.scene, few, 1);
        QVERIFY(visibleLabel(page, "limitLeft2") && !visibleLabel(page, "limitLeft3"));
        QVERIFY(!visibleLabel(page, "rivalCluster7"));
        QVERIFY(!visibleLabel(page, "shadowPrice"));
        QVERIFY(!page.findChild<QPushButton*>("stepGo1")->isVisible());
        QCOMPARE(visibleLabel(page, "stepHow1")->text(), QStringLiteral("No larger budget buys more."));
        page.show(*none.scene, *none.decision, 1);
        QVERIFY(!visibleLabel(page, "limitLeft1") && !visibleLabel(page, "stepHow1"));
        page.showNothing("Reading the catalog ...", {});
        QVERIFY(!page.findChild<QPushButton*>("whyGoToCheapest")->isVisible());
        page.show(*many.scene, *many.decision, 1);
        QVERIFY(visibleLabel(page, "limitLeft7") && visibleLabel(page, "shadowPrice"));
    }

    void theBarsAreAsFullAsTheWordsSay() {
        const auto found = answer(2'900'000);
        Shown shown;
        auto& page = shown.page;
        page.show(*found.scene, *found.decision, 1);
        const auto bars = page.findChildren<widgets::ShareBar*>();
        const auto has = [&](double share) {
            return std::ranges::any_of(
                bars, [&](const auto* bar) { return std::abs(bar->share() - share) < 1e-9; });
        };
        QVERIFY(has(2.8526 / 2.9));  // the budget
        QVERIFY(has(17.0 / 31));     // the spot quota
        const auto& single = found.decision->by_architecture.at(problem::Architecture::single_anchor).front();
        QVERIFY(has(single.objective / found.decision->ranked[0].objective));
    }
};

}  // namespace test_why_page

DEEPVM_TEST(test_why_page, TestWhyPage)
#include "planner/decision.h"
#include "test_why_page.moc"
