// SPDX-License-Identifier: GPL-3.0-or-later
// What people are told about plans. A wrong word here is a wrong machine rented.
#include <QtTest>

#include "test_program.h"
#include "words/answers.h"
#include "words/futures.h"
#include "words/job.h"
#include "words/obstacles.h"
#include "words/plans.h"
#include "words/question.h"
#include "words/reasons.h"

namespace test_words {

using namespace deepvm;
using base::Money;
using problem::Architecture;

namespace {

Money usd(const char* text) {
    return *Money::parse(text, "test");
}

problem::Plan tieringPlan() {
    problem::Plan plan;
    plan.architecture = Architecture::tiering;
    plan.worker = "g4dn.xlarge";
    plan.remote = "c5.xlarge";
    plan.nodes = plan.spot_workers = 17;
    plan.remotes = 1;
    plan.hourly_price = usd("2.8526");
    plan.worth = plan.objective = 1.06e8;
    plan.binding = {problem::Limit::budget};
    return plan;
}

planner::Decision decisionOf(const problem::Plan& plan) {
    planner::Decision decision;
    decision.budget = usd("2.9");
    decision.ranked = {plan};
    decision.by_architecture = {{plan.architecture, {plan}}};
    decision.proof.programs = 9;
    decision.proof.candidates = 31;
    return decision;
}

constexpr auto print = words::Style::typographic;

/// A word or a sentence as Qt Test shows it where it differs.
QString said(const std::string& text) {
    return QString::fromStdString(text);
}

tests::Answered answer(const char* budget, const catalog::Selection& selection = {}) {
    return tests::ask(budget, selection, [](problem::Request& request) {
        request.architectures = {Architecture::single_anchor, Architecture::tiering};
        request.objective = problem::Objective::deepvm;
    });
}

QString leftOf(const std::vector<words::Limit>& limits, const char* name) {
    for (const auto& limit : limits)
        if (limit.name == name) return said(limit.left);
    return {};
}

const words::Rival* find(const std::vector<words::Rival>& rivals, const char* name) {
    for (const auto& rival : rivals)
        if (rival.name == name) return &rival;
    return nullptr;
}

}  // namespace

class TestWords : public QObject {
    Q_OBJECT

  private slots:
    void aPriceOfAnOwnFileIsNotTheProvidersList() {
        using model::PriceBasis;
        const model::Source own{"csv-aws-2026-11-01-mine.csv", "our own CSV, imported from mine.csv",
                                "2026-11-01"};
        const model::Source list{"aws-price-list-2026-11-01", "AWS price list", "2026-11-01"};
        QCOMPARE(said(words::price_basis(PriceBasis::list, &own)), QStringLiteral("own price"));
        QCOMPARE(said(words::price_basis(PriceBasis::observed, &own)), QStringLiteral("observed"));
        QCOMPARE(said(words::price_basis(PriceBasis::list, &list)), QStringLiteral("list"));
        auto answered = answer("2.90");
        auto market = *answered.problem->market;
        market.kind = model::MarketKind::provider;
        for (auto& source : market.sources)
            source.id = own.id;
        for (auto& place : market.places)
            for (auto& offer : place.offers)
                offer.spot_basis = PriceBasis::list;
        const auto note = words::price_note(answered.decision.ranked.front(), market);
        QVERIFY2(note.spot.starts_with("own price, "), note.spot.c_str());
        QVERIFY2(note.on_demand.starts_with("own price, "), note.on_demand.c_str());
    }

    // Plans of a provider whose revocations nobody knows had no spot machines, and nobody was told why.
    void spotMachinesThatDoNotCountAreCountedAndNamed() {
        const auto asked = [](problem::Objective objective, auto change) {
            return *tests::ask("5", {"any", "any"}, [&](problem::Request& request) {
                        request.objective = objective;
                        change(request);
                    }).problem;
        };
        const auto as_it_is = [](problem::Request&) {};
        const auto unknown = asked(problem::Objective::job_cost, as_it_is);
        int offers = 0;
        for (const auto& worker : unknown.workers)
            offers += worker.spot && !worker.revocations ? 1 : 0;
        QVERIFY(offers > 100);
        const QString sentence = QStringLiteral(
                                     "Spot machines whose revocation rate is not known do not count: %1 "
                                     "offers of AWS, Azure and Google Cloud.")
                                     .arg(offers);
        QCOMPARE(said(words::unknown_revocations(unknown, print)), sentence);
        QCOMPARE(said(words::unknown_revocations(unknown, words::Style::plain)),
                 sentence + QStringLiteral(" --monthly-revocations 10 plans with 10 % a month."));
        QVERIFY(!said(words::not_considered_line(unknown)).contains("revo"));
        QVERIFY(words::unknown_revocations(asked(problem::Objective::throughput, as_it_is), print).empty());
        const auto by_hand = [](problem::Request& request) {
            request.risk.rates = risk::RateRange{1e-4, 1e-4, 1e-4};
        };
        QVERIFY(words::unknown_revocations(asked(problem::Objective::job_cost, by_hand), print).empty());
        const auto owned = [](problem::Request& request) {
            request.architectures = {Architecture::on_demand};
        };
        QVERIFY(words::unknown_revocations(asked(problem::Objective::job_cost, owned), print).empty());
    }

    void plansInWords() {
        const auto plan = tieringPlan();
        QCOMPARE(said(words::workers(plan, print)), QStringLiteral("17 × g4dn.xlarge spot"));
        QCOMPARE(said(words::companion(plan, false, print)),
                 QStringLiteral("+ 1 × c5.xlarge on-demand, holds the checkpoints"));
        auto larger = plan;
        larger.nodes = larger.spot_workers = 20;
        larger.remotes = 2;
        QCOMPARE(said(words::change(plan, larger, print)),
                 QStringLiteral("+ 3 × g4dn.xlarge, + 1 × c5.xlarge"));
        QCOMPARE(said(words::change(larger, plan, print)),
                 QStringLiteral("− 3 × g4dn.xlarge, − 1 × c5.xlarge"));
    }

    // "europe-west4" says nothing where three providers could have it.
    void placesInWords() {
        model::Market market;
        market.places = {{"gcp", "europe-west4", {}}};
        problem::Plan plan = tieringPlan();
        plan.provider = "gcp";
        plan.region = "europe-west4";
        QCOMPARE(said(words::place(plan, market, words::Style::plain)), QStringLiteral("europe-west4"));
        market.places.insert(market.places.begin(), {"aws", "europe-west4", {}});
        QCOMPARE(said(words::place(plan, market, words::Style::plain)), QStringLiteral("gcp europe-west4"));
        QCOMPARE(said(words::place(plan, market, print)), QStringLiteral("Google Cloud europe-west4"));
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
        QCOMPARE(said(words::price_note(plan, market).spot), QStringLiteral("list, 2002-02-02"));
    }

    void theCardSaysWhatBindsAndWhatComesNext() {
        const auto plan = tieringPlan();
        auto decision = decisionOf(plan);
        auto next = plan;
        next.nodes = next.spot_workers = 18;
        next.hourly_price = usd("3.0104");
        decision.next_step = planner::NextStep{next, usd("0.1104"), 5.4};
        QCOMPARE(said(words::why_this(plan, decision, problem::Objective::deepvm, print)),
                 QStringLiteral("The budget binds: the next step, + 1 × g4dn.xlarge, costs $3.0104/h, "
                                "$0.1104/h more than the budget, and gains 5.4 %."));
        next.worker = "g5.xlarge";
        decision.next_step->plan = next;
        decision.ranked[0].binding = {problem::Limit::budget, problem::Limit::network_saturation};
        QCOMPARE(said(words::why_this(decision.ranked[0], decision, problem::Objective::deepvm, print)),
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
        QCOMPARE(said(words::why_this(second, decision, problem::Objective::deepvm, print)),
                 QStringLiteral("Worth as much as the first choice, $0.022/h dearer."));
        second.worth *= 0.9;
        second.hourly_price = usd("2.8");
        QCOMPARE(said(words::gap(second, decision.ranked[0], problem::Objective::deepvm, false, print)),
                 QStringLiteral("worth 10.0 % less, $0.0526/h cheaper"));
        second.worth *= 1.2;  // a policy may be ahead when its architecture is switched off
        second.hourly_price = usd("2.8526");
        QCOMPARE(said(words::gap(second, decision.ranked[0], problem::Objective::deepvm, false, print)),
                 QStringLiteral("worth 8.0 % more, at the same price"));
    }

    void nothingFitsSaysHowMuchIsMissing() {
        const auto found = answer("0.1");
        QCOMPARE(said(words::nothing_fits(found.decision)), QStringLiteral("No cluster fits $0.10/h."));
        QCOMPARE(said(words::cheapest_that_fits(found.decision, *found.problem, print)),
                 QStringLiteral(
                     "The cheapest is 1 × g4dn.xlarge + 1 × t3.xlarge (tiering) at $0.3242/h, $0.2242/h "
                     "more than the budget."));
        QVERIFY(said(words::status(found.decision)).startsWith("Proven"));
    }

    void everyLimitHasItsSlackWithAUnit() {
        const auto found = answer("2.9");
        const auto limits = words::limits(found.decision.ranked[0], *found.problem, print);
        QCOMPARE(limits.size(), found.decision.ranked[0].limits.size());
        QVERIFY(limits.front().binding);
        QCOMPARE(leftOf(limits, "Budget"),
                 QStringLiteral("binds: the next step costs more than the $0.0474/h left"));
        QCOMPARE(leftOf(limits, "Spot quota"), QStringLiteral("14 nodes left"));
        QCOMPARE(leftOf(limits, "Network"), QStringLiteral("2 more workers before the remote saturates"));
        QCOMPARE(leftOf(limits, "Checkpoint memory"), QStringLiteral("7.0 GiB left"));
        for (const auto& limit : limits) {
            QVERIFY2(limit.used && *limit.used >= 0 && *limit.used <= 1, limit.name.c_str());
            QVERIFY(!limit.tip.empty());
        }
    }

    void ofTwoCeilingsOnlyTheOneInTheWayBinds() {
        const auto found = answer("100", {"gcp", "any"});
        const auto limits = words::limits(found.decision.ranked[0], *found.problem, print);
        QCOMPARE(leftOf(limits, "Largest cluster size"), QStringLiteral("binds, none left"));
        QVERIFY(!leftOf(limits, "Most remote nodes").startsWith("binds"));
    }

    void theStepsSayWhatIsAddedAndWhatItCosts() {
        const auto found = answer("2.9");
        const auto& decision = found.decision;
        const auto steps = words::steps(decision.ranked[0], decision, *found.problem, print);
        QCOMPARE(steps.size(), 2U);
        QCOMPARE(said(steps[0].effect), QStringLiteral("gains 5.4 %"));
        QCOMPARE(said(steps[0].how), QStringLiteral("+ 1 × g4dn.xlarge, $0.1104/h more than the budget"));
        QVERIFY(steps[0].budget == decision.next_step->plan.hourly_price);
        QCOMPARE(said(steps[1].effect), QStringLiteral("loses 5.6 %"));
        QCOMPARE(said(steps[1].how), QStringLiteral("− 1 × g4dn.xlarge, saves $0.1578/h"));
        QVERIFY(said(words::shadow_price(decision, *found.problem, print))
                    .startsWith("Shadow price: one more dollar"));
        QVERIFY(said(words::shadow_price(decision, *found.problem, print))
                    .contains("about 50.1 MFLOP/$ (34.4 %)"));
        const auto other = words::steps(decision.ranked[1], decision, *found.problem, print);
        QCOMPARE(other.size(), 1U);
        QCOMPARE(said(other[0].how), QStringLiteral("+ 1 × c5.xlarge, − 1 × m6i.xlarge"));
    }

    void anotherClusterIsSaidWithItsRegion() {
        const auto found = answer("100", {"gcp", "any"});
        const auto& decision = found.decision;
        const auto& next = decision.next_step->plan;
        const auto& first = decision.ranked[0];
        QVERIFY(next.worker != first.worker);
        const QString how = said(words::steps(first, decision, *found.problem, print)[0].how);
        QVERIFY2(how.contains(" in " + QString::fromStdString(next.region) + " instead, tiering"),
                 qPrintable(how));
    }

    void everyRivalSaysWhyItLost() {
        const auto found = answer("2.9");
        const auto rivals = words::rivals(found.decision, *found.problem, print);
        const auto* single = find(rivals, "Single anchor");
        QVERIFY(single && single->share);
        QCOMPARE(said(single->percent), QStringLiteral("94.4 %"));
        QCOMPARE(said(single->gap), QStringLiteral("$2.893/h: worth 5.6 % less, $0.0404/h dearer"));
        const auto* off = find(rivals, "On-demand");
        QVERIFY(off && off->off && !off->share);
        QCOMPARE(said(off->percent), QStringLiteral("switched off"));
        QVERIFY(find(rivals, "Runner-up") && find(rivals, "Cost-first") && find(rivals, "No-scale"));
        QVERIFY(!find(rivals, "Tiering"));  // the first choice is no rival of its own
    }

    void anArchitectureThatDoesNotFitIsNotSwitchedOff() {
        const auto found = answer("0.33");
        const auto rivals = words::rivals(found.decision, *found.problem, print);
        QCOMPARE(said(find(rivals, "Single anchor")->percent), QStringLiteral("does not fit"));
        QVERIFY(!find(rivals, "Single anchor")->off);
    }

    void theRunnerUpIsNotSaidTwice() {
        auto found = answer("20", {"aws", "us-east-1"});
        const auto same = [&] {
            return found.decision.reasons.runner_up->architecture == found.decision.ranked[0].architecture;
        };
        for (const char* region : {"us-east-1", "us-west-2", "eu-west-1"})
            for (int budget = 2; budget < 60 && same(); ++budget)
                found = answer(qPrintable(QString::number(budget)), {"aws", region});
        QVERIFY(!same());
        const auto rivals = words::rivals(found.decision, *found.problem, print);
        QVERIFY(!find(rivals, "Runner-up"));
        const auto second = words::architecture(found.decision.reasons.runner_up->architecture);
        QVERIFY(find(rivals, second.c_str())->gap.starts_with("runner-up, $"));
    }

    void aProofSaysWhatWasLeftUnsolved() {
        const auto found = answer("2.9");
        const auto proof = words::proof(found.decision, *found.problem, print);
        QCOMPARE(said(proof.verdict), QStringLiteral("Optimal, proven"));
        QVERIFY(said(proof.detail).contains("programs by lp_solve in "));
        QVERIFY(said(proof.detail).contains("no candidate left unsolved can be worth more than 137 MFLOP/$"));
    }

    void withoutProofEveryPlaceSaysUnproven() {
        const auto found = answer("2.9");
        auto decision = found.decision;
        decision.proof.proven = false;
        decision.proof.doubt = "lp_solve ended with code 5 on tiering with g4dn.xlarge";
        const auto proof = words::proof(decision, *found.problem, print);
        QCOMPARE(said(proof.verdict), QStringLiteral("Unproven"));
        QVERIFY(said(proof.detail).startsWith("The solver gave up"));        // what it means ...
        QVERIFY(said(proof.detail).contains("Change the budget a little"));  // ... what to do ...
        QVERIFY(said(proof.detail).contains("code 5 on tiering"));           // ... and the record
        QVERIFY(said(words::status(decision)).startsWith("Unproven"));
        decision.ranked.clear();
        QVERIFY(said(words::proof(decision, *found.problem, print).detail)
                    .contains("a cluster that fits may exist"));
    }
};

}  // namespace test_words

DEEPVM_TEST(test_words, TestWords)
#include "planner/decision.h"
#include "test_words.moc"
