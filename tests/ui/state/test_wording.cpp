// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about plans. A wrong word here is a wrong machine rented.
#include <QApplication>

#include "state/answer_wording.h"
#include "state/desk.h"
#include "state/reason_wording.h"
#include "state/wording.h"
#include "test_program.h"

namespace test_wording {

using namespace deepvm;
using namespace deepvm::ui::state;
using base::Money;
using planner::Architecture;

namespace {

Money usd(const char* text) {
    return *Money::parse(text, "test");
}

planner::Plan tieringPlan() {
    planner::Plan plan;
    plan.architecture = Architecture::tiering;
    plan.worker = "g4dn.xlarge";
    plan.remote = "c5.xlarge";
    plan.nodes = plan.spot_workers = 17;
    plan.remotes = 1;
    plan.hourly_price = usd("2.8526");
    plan.worth = plan.objective = 1.06e8;
    plan.binding = {planner::Limit::budget};
    return plan;
}

planner::Decision decisionOf(const planner::Plan& plan) {
    planner::Decision decision;
    decision.budget = usd("2.9");
    decision.ranked = {plan};
    decision.by_architecture = {{plan.architecture, {plan}}};
    decision.proof.programs = 9;
    decision.proof.candidates = 31;
    return decision;
}

/// The real thing, at once.
Answer answer(const char* budget, const catalog::Selection& selection = {},
              std::vector<Architecture> architectures = {}) {
    Desk desk({{}, DEEPVM_SOURCE_DIR "/catalog.db"});
    Exploration exploration;
    exploration.budget = usd(budget);
    if (!selection.market.empty()) exploration.selection = selection;
    if (!architectures.empty()) exploration.architectures = std::move(architectures);
    return *desk.answer(exploration, {});
}

QString leftOf(const std::vector<LimitText>& limits, const char* name) {
    for (const auto& limit : limits)
        if (limit.name == QLatin1String(name)) return limit.left;
    return {};
}

const RivalText* find(const std::vector<RivalText>& rivals, const char* name) {
    for (const auto& rival : rivals)
        if (rival.name == QLatin1String(name)) return &rival;
    return nullptr;
}

}  // namespace

class TestWording : public QObject {
    Q_OBJECT

  private slots:
    void plansInWords() {
        const auto plan = tieringPlan();
        QCOMPARE(workersLine(plan), QStringLiteral("17 × g4dn.xlarge spot"));
        QCOMPARE(companionLine(plan), QStringLiteral("+ 1 × c5.xlarge on-demand, holds the checkpoints"));
        auto larger = plan;
        larger.nodes = larger.spot_workers = 20;
        larger.remotes = 2;
        QCOMPARE(changeLine(plan, larger), QStringLiteral("+ 3 × g4dn.xlarge, + 1 × c5.xlarge"));
        QCOMPARE(changeLine(larger, plan), QStringLiteral("− 3 × g4dn.xlarge, − 1 × c5.xlarge"));
    }

    // "europe-west4" says nothing where three providers could have it.
    void placesInWords() {
        model::Market market;
        market.places = {{"gcp", "europe-west4", {}}};
        planner::Plan plan = tieringPlan();
        plan.provider = "gcp";
        plan.region = "europe-west4";
        QCOMPARE(placeLine(plan, market), QStringLiteral("europe-west4"));
        market.places.insert(market.places.begin(), {"aws", "europe-west4", {}});
        QCOMPARE(placeLine(plan, market), QStringLiteral("gcp europe-west4"));
        // The prices are those of the plan's own provider.
        market.sources = {{"a", "of aws", "2001-01-01"}, {"g", "of gcp", "2002-02-02"}};
        market.types.resize(1);
        market.types[0].name = plan.worker;
        for (std::size_t i = 0; i < 2; ++i) {
            model::Offer offer;
            offer.spot_basis = model::PriceBasis::list;
            offer.spot = base::Money::from_micro(1);
            offer.spot_source = static_cast<std::uint16_t>(i);
            market.places[i].offers = {offer};
        }
        QCOMPARE(priceNote(plan, market).spot, QStringLiteral("list, 2002-02-02"));
    }

    void theCardSaysWhatBindsAndWhatComesNext() {
        const auto plan = tieringPlan();
        auto decision = decisionOf(plan);
        auto next = plan;
        next.nodes = next.spot_workers = 18;
        next.hourly_price = usd("3.0104");
        decision.next_step = planner::NextStep{next, usd("0.1104"), 5.4};
        QCOMPARE(whyThis(plan, decision, planner::Objective::deepvm),
                 QStringLiteral("The budget binds: the next step, + 1 × g4dn.xlarge, costs $3.0104/h, "
                                "$0.1104/h more than the budget, and gains 5.4 %."));
        next.worker = "g5.xlarge";
        decision.next_step->plan = next;
        decision.ranked[0].binding = {planner::Limit::budget, planner::Limit::network_saturation};
        QCOMPARE(whyThis(decision.ranked[0], decision, planner::Objective::deepvm),
                 QStringLiteral("The budget and the network of the remote nodes bind. The next step, "
                                "18 × g5.xlarge + 1 × c5.xlarge, costs $3.0104/h, $0.1104/h more than the "
                                "budget, and gains 5.4 %."));
    }

    void aSecondChoiceSaysHowFarBehindItIs() {
        auto decision = decisionOf(tieringPlan());
        auto second = tieringPlan();
        second.remote = "m6i.xlarge";
        second.hourly_price = usd("2.8746");
        decision.ranked.push_back(second);
        QCOMPARE(whyThis(second, decision, planner::Objective::deepvm),
                 QStringLiteral("Worth as much as the first choice, $0.022/h dearer."));
        second.worth *= 0.9;
        second.hourly_price = usd("2.8");
        QCOMPARE(gap(second, decision.ranked[0], planner::Objective::deepvm),
                 QStringLiteral("worth 10.0 % less, $0.0526/h cheaper"));
        second.worth *= 1.2;  // a policy may be ahead when its architecture is switched off
        second.hourly_price = usd("2.8526");
        QCOMPARE(gap(second, decision.ranked[0], planner::Objective::deepvm),
                 QStringLiteral("worth 8.0 % more, at the same price"));
    }

    void nothingFitsSaysHowMuchIsMissing() {
        const auto found = answer("0.1");
        QCOMPARE(nothingFits(*found.decision), QStringLiteral("No cluster fits $0.10/h."));
        QCOMPARE(cheapestThatFits(*found.decision, *found.scene->problem),
                 QStringLiteral("The cheapest is 1 × g4dn.xlarge + 1 × t3.xlarge at $0.3242/h, $0.2242/h "
                                "more than the budget."));
        QVERIFY(statusLine(*found.decision).startsWith("Proven"));
    }

    void everyLimitHasItsSlackWithAUnit() {
        const auto found = answer("2.9");
        const auto limits = limitTexts(found.decision->ranked[0], *found.scene->problem);
        QCOMPARE(limits.size(), found.decision->ranked[0].limits.size());
        QVERIFY(limits.front().binding);
        QCOMPARE(leftOf(limits, "Budget"), QStringLiteral("binds, $0.0474/h left"));
        QCOMPARE(leftOf(limits, "Spot quota"), QStringLiteral("14 nodes left"));
        QCOMPARE(leftOf(limits, "Network"), QStringLiteral("2 more workers before the remote saturates"));
        QCOMPARE(leftOf(limits, "Checkpoint memory"), QStringLiteral("7.0 GiB left"));
        for (const auto& limit : limits) {
            QVERIFY2(limit.used && *limit.used >= 0 && *limit.used <= 1, qPrintable(limit.name));
            QVERIFY(!limit.tip.isEmpty());
        }
    }

    void ofTwoCeilingsOnlyTheOneInTheWayBinds() {
        const auto found = answer("100", {"gcp", "any"});
        const auto limits = limitTexts(found.decision->ranked[0], *found.scene->problem);
        QCOMPARE(leftOf(limits, "Largest cluster size"), QStringLiteral("binds, none left"));
        QVERIFY(!leftOf(limits, "Most remote nodes").startsWith("binds"));
    }

    void theStepsSayWhatIsAddedAndWhatItCosts() {
        const auto found = answer("2.9");
        const auto& decision = *found.decision;
        const auto steps = stepTexts(decision.ranked[0], decision, *found.scene->problem);
        QCOMPARE(steps.size(), 2U);
        QCOMPARE(steps[0].effect, QStringLiteral("gains 5.4 %"));
        QCOMPARE(steps[0].how, QStringLiteral("+ 1 × g4dn.xlarge, $0.1104/h more than the budget"));
        QVERIFY(steps[0].budget == decision.next_step->plan.hourly_price);
        QCOMPARE(steps[1].effect, QStringLiteral("loses 5.6 %"));
        QCOMPARE(steps[1].how, QStringLiteral("− 1 × g4dn.xlarge, saves $0.1578/h"));
        QVERIFY(shadowPrice(decision, *found.scene->problem).startsWith("In the LP relaxation"));
        QVERIFY(shadowPrice(decision, *found.scene->problem).contains("about 50.1 M FLOP/$ (34.4 %)"));
        const auto other = stepTexts(decision.ranked[1], decision, *found.scene->problem);
        QCOMPARE(other.size(), 1U);
        QCOMPARE(other[0].how, QStringLiteral("+ 1 × c5.xlarge, − 1 × m6i.xlarge"));
    }

    void anotherClusterIsSaidWithItsRegion() {
        const auto found = answer("100", {"gcp", "any"});
        const auto& decision = *found.decision;
        const auto& next = decision.next_step->plan;
        const auto& first = decision.ranked[0];
        QVERIFY(next.worker != first.worker);
        const QString how = stepTexts(first, decision, *found.scene->problem)[0].how;
        QVERIFY2(how.contains(" in " + QString::fromStdString(next.region) + " instead, tiering"),
                 qPrintable(how));
    }

    void everyRivalSaysWhyItLost() {
        const auto found = answer("2.9");
        const auto rivals = rivalTexts(*found.decision, *found.scene->problem);
        const auto* single = find(rivals, "Single anchor");
        QVERIFY(single && single->share);
        QCOMPARE(single->percent, QStringLiteral("94.4 %"));
        QCOMPARE(single->gap, QStringLiteral("$2.893/h: worth 5.6 % less, $0.0404/h dearer"));
        const auto* off = find(rivals, "On-demand");
        QVERIFY(off && off->off && !off->share);
        QCOMPARE(off->percent, QStringLiteral("switched off"));
        QVERIFY(find(rivals, "Runner-up") && find(rivals, "Cost-first") && find(rivals, "No-scale"));
        QVERIFY(!find(rivals, "Tiering"));  // the first choice is no rival of its own
    }

    void anArchitectureThatDoesNotFitIsNotSwitchedOff() {
        const auto found = answer("0.33");
        const auto rivals = rivalTexts(*found.decision, *found.scene->problem);
        QCOMPARE(find(rivals, "Single anchor")->percent, QStringLiteral("does not fit"));
        QVERIFY(!find(rivals, "Single anchor")->off);
    }

    void theRunnerUpIsNotSaidTwice() {
        auto found = answer("20", {"aws", "us-east-1"});
        const auto same = [&] {
            return found.decision->reasons.runner_up->architecture == found.decision->ranked[0].architecture;
        };
        for (const char* region : {"us-east-1", "us-west-2", "eu-west-1"})
            for (int budget = 2; budget < 60 && same(); ++budget)
                found = answer(qPrintable(QString::number(budget)), {"aws", region});
        QVERIFY(!same());
        const auto rivals = rivalTexts(*found.decision, *found.scene->problem);
        QVERIFY(!find(rivals, "Runner-up"));
        const auto second = architectureName(found.decision->reasons.runner_up->architecture);
        QVERIFY(find(rivals, qPrintable(second))->gap.startsWith("runner-up, $"));
    }

    void aProofSaysWhatWasLeftUnsolved() {
        const auto found = answer("2.9");
        const auto proof = proofText(*found.decision, *found.scene->problem);
        QCOMPARE(proof.verdict, QStringLiteral("Optimal, proven"));
        QVERIFY(proof.detail.contains("programs by lp_solve in "));
        QVERIFY(proof.detail.contains("no candidate left unsolved can be worth more than 137 M FLOP/$"));
    }

    void withoutProofEveryPlaceSaysUnproven() {
        const auto found = answer("2.9");
        auto decision = *found.decision;
        decision.proof.proven = false;
        decision.proof.doubt = "lp_solve ended with code 5 on tiering with g4dn.xlarge";
        const auto proof = proofText(decision, *found.scene->problem);
        QCOMPARE(proof.verdict, QStringLiteral("Unproven"));
        QVERIFY(proof.detail.startsWith("The solver gave up"));        // what it means ...
        QVERIFY(proof.detail.contains("Change the budget a little"));  // ... what to do ...
        QVERIFY(proof.detail.contains("code 5 on tiering"));           // ... and the record
        QVERIFY(statusLine(decision).startsWith("Unproven"));
        decision.ranked.clear();
        QVERIFY(proofText(decision, *found.scene->problem).detail.contains("a cluster that fits may exist"));
    }
};

}  // namespace test_wording

DEEPVM_TEST(test_wording, TestWording)
#include "test_wording.moc"
