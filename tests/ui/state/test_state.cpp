// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "state/exploration_state.h"
#include "state/risk_basis.h"
#include "state/settings.h"
#include "test_program.h"

namespace test_state {

using namespace deepvm;
using namespace deepvm::ui::state;
using base::Money;

namespace {

Money usd(const char* text) {
    return *Money::parse(text, "test");
}

}  // namespace

class TestState : public QObject {
    Q_OBJECT

  private slots:
    void oneSignalAChange() {
        ExplorationState state({});
        const QSignalSpy changed(&state, &ExplorationState::changed);
        auto next = state.value();
        next.objective = problem::Objective::throughput;
        state.set(next, "objective");
        QCOMPARE(changed.size(), 1);
        state.set(next, "objective");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(state.undoStack()->count(), 1);
    }

    void undoAndRedoRestoreTheWholeValue() {
        ExplorationState state({});
        const session::Exploration first = state.value();
        auto second = first;
        second.enable(problem::Architecture::on_demand, true);
        second.max_nodes = 12;
        state.set(second, "limits");
        state.undoStack()->undo();
        QVERIFY(state.value() == first);
        state.undoStack()->redo();
        QVERIFY(state.value() == second);
    }

    void aDragIsOneStep() {
        ExplorationState state({});
        const Money before = state.value().budget;
        for (int i = 1; i <= 50; ++i)
            state.setBudget(Money::from_micro(std::int64_t{i} * 100'000));
        QCOMPARE(state.undoStack()->count(), 1);
        state.endGesture();
        state.setBudget(usd("9"));
        QCOMPARE(state.undoStack()->count(), 2);
        state.undoStack()->undo();
        QCOMPARE(state.value().budget.micro(), qint64{5'000'000});
        state.undoStack()->undo();
        QVERIFY(state.value().budget == before);
    }

    void goingToABudgetIsAStepOfItsOwn() {
        ExplorationState state({});
        state.setBudget(usd("5"));  // a hand that is still on the slider
        state.goTo(usd("6"));
        state.goTo(usd("7"));
        state.setBudget(usd("8"));
        QCOMPARE(state.undoStack()->count(), 4);
        state.undoStack()->undo();
        state.undoStack()->undo();
        QCOMPARE(state.value().budget, usd("6"));
    }

    void aDragBackToWhereItBeganLeavesNoStep() {
        ExplorationState state({});
        const Money before = state.value().budget;
        state.setBudget(usd("5"));
        state.setBudget(before);
        QCOMPARE(state.undoStack()->count(), 0);
    }

    void otherStepsDoNotMergeWithADrag() {
        ExplorationState state({});
        state.setBudget(usd("5"));
        auto next = state.value();
        next.objective = problem::Objective::throughput;
        state.set(next, "objective");
        state.setBudget(usd("6"));
        QCOMPARE(state.undoStack()->count(), 3);
    }

    void aRunOfPercentagesIsOneStepOfItsOwn() {
        ExplorationState state({});
        state.setBudget(usd("5"));
        for (int percent = 11; percent <= 20; ++percent)
            state.setWhatIf(percent);
        QCOMPARE(state.undoStack()->count(), 2);
        state.setBudget(usd("6"));  // not the same drag as before, though it was never let go
        QCOMPARE(state.undoStack()->count(), 3);
        state.undoStack()->undo();
        QCOMPARE(state.value().what_if_percent, 20);
        state.undoStack()->undo();
        QCOMPARE(state.value().what_if_percent, session::Exploration{}.what_if_percent);
        QCOMPARE(state.value().budget.micro(), qint64{5'000'000});
    }

    void aDragOfTheRiskIsOneStepOfItsOwn() {
        ExplorationState state({});
        state.setBudget(usd("5"));
        for (int percent = 1; percent <= 25; ++percent)
            state.setRisk(riskByHand(percent));
        QCOMPARE(state.undoStack()->count(), 2);
        QVERIFY(isByHand(state.value().risk));
        QCOMPARE(risk::monthly_share(state.value().risk.rates->middle), 0.25);
        state.undoStack()->undo();
        QVERIFY(isOfBands(state.value().risk));
    }

    void ratesAreSaidInMachineHours() {
        QCOMPARE(revocationWords(0.005), QStringLiteral("revoked about once in 200 machine-hours"));
        QCOMPARE(revocationWords(riskByHand(10).rates->middle),
                 QStringLiteral("revoked about once in 6,930 machine-hours"));
        QCOMPARE(revocationWords(0.0), QStringLiteral("never revoked"));
        QCOMPARE(revocationWords(risk::RateRange{0.001, 0.002, 0.01}),
                 QStringLiteral("revoked about once in 100 to 1,000 machine-hours"));
    }

    void everyMeasuredGpuIsABasisWithItsInterval() {
        const auto bases = riskBases();
        QCOMPARE(bases.size(), std::size_t{6});
        for (std::size_t i = 3; i < bases.size(); ++i) {
            const auto rates = *bases[i].risk.rates;
            QVERIFY(0 < rates.low && rates.low < rates.middle && rates.middle < rates.high);
            // On Google Cloud nothing lives longer than a day.
            QVERIFY(rates.middle > 1.0 / 24);
            QVERIFY(bases[i].source.contains("24 h"));
        }
    }

    void architecturesDoNotDependOnTheOrderOfClicks() {
        session::Exploration one;
        session::Exploration other;
        one.enable(problem::Architecture::on_demand, true);
        one.enable(problem::Architecture::tiering, false);
        one.enable(problem::Architecture::tiering, true);
        other.enable(problem::Architecture::on_demand, true);
        QVERIFY(one == other);
    }

    void theSceneDependsOnNeitherBudgetNorWhatIf() {
        session::Exploration one;
        session::Exploration other;
        other.budget = usd("77");
        other.what_if_percent = 25;
        other.future_runs = 500;
        other.future_seed = 9;
        QVERIFY(SceneKey(one) == SceneKey(other));
        other.max_nodes = 3;
        QVERIFY(!(SceneKey(one) == SceneKey(other)));
    }

    void presetFollowsTheMarketUnlessChosen() {
        model::Market published;
        published.kind = model::MarketKind::published;
        const model::Market provider;
        session::Exploration exploration;
        QVERIFY(session::to_request(exploration, published).preset == problem::Preset::published);
        QVERIFY(session::to_request(exploration, provider).preset == problem::Preset::corrected);
        exploration.preset = problem::Preset::corrected;
        QVERIFY(session::to_request(exploration, published).preset == problem::Preset::corrected);
        exploration.preset = problem::Preset::published;  // no provider has it
        QVERIFY(session::to_request(exploration, provider).preset == problem::Preset::corrected);
    }

    // "aws/G" limits AWS alone and among all providers, and nothing anywhere else.
    void quotasAreThoseOfTheirProvider() {
        session::Exploration exploration;
        exploration.spot_quota = {{"aws/G", 128}, {"gcp/A2", 0}, {"deepvm-paper/G", 8}};
        exploration.on_demand_quota = {{"aws/P", 64}};
        const auto asked = [&](const char* market, const char* region) {
            const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db");
            return session::to_request(exploration, **catalog->load({market, region}));
        };
        using Limits = problem::QuotaLimits;
        QVERIFY((asked("aws", "us-east-1").spot_quota == Limits{{"G", 128}}));
        QVERIFY((asked("aws", "us-east-1").on_demand_quota == Limits{{"P", 64}}));
        QVERIFY((asked("gcp", "us-central1").spot_quota == Limits{{"A2", 0}}));
        QVERIFY((asked("any", "any").spot_quota == Limits{{"aws/G", 128}, {"gcp/A2", 0}}));
        QVERIFY((asked("deepvm-paper", "").spot_quota == Limits{{"G", 8}}));
        QVERIFY(asked("lambda", "us-east-1").on_demand_quota.empty());
    }

    void settingsSurvive() {
        const QTemporaryDir folder;
        Settings settings(folder.filePath("explorer.ini"));
        Remembered remembered;
        remembered.exploration.selection = {"any", "any"};
        remembered.exploration.budget = usd("3.123456");
        remembered.exploration.architectures = {problem::Architecture::on_demand};
        remembered.exploration.objective = problem::Objective::throughput;
        remembered.exploration.preset = problem::Preset::corrected;
        remembered.exploration.max_nodes = 12;
        remembered.exploration.what_if_percent = 25;
        remembered.exploration.future_runs = 12'345;
        remembered.exploration.future_seed = 77;
        remembered.exploration.job = {problem::JobUnit::flop, 1.25e21, 63.5, 0.9};
        remembered.exploration.risk = riskBases().back().risk;
        remembered.exploration.assumptions = {
            model::Precision::fp8, 0.31, 0.2, problem::Hosts::any, 0.75, 12.5, 3};
        remembered.exploration.checkpointing.disk_gbs = 2.5;
        remembered.exploration.checkpointing.store_gbs = 0.5;
        remembered.exploration.checkpointing.provisioning_s = 900;
        remembered.exploration.checkpointing.store_usd_per_gib_month = 0.05;
        remembered.exploration.spot_quota = {{"aws/G", 128}, {"gcp/A2", 0}};
        remembered.exploration.on_demand_quota = {{"deepvm-paper/P", 64}};
        remembered.appearance = Appearance::dark;
        remembered.geometry = QByteArray("\x01\x02\0x", 4);
        QVERIFY(settings.save(remembered));
        QVERIFY(settings.load() == remembered);
    }

    void damagedSettingsAreIgnored_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("noise") << QByteArray("\x7f\x45\x4c\x46\0\0[[[]]=%%%\n;", 18);
        QTest::newRow("old version") << QByteArray("[General]\nversion=0\nbudget=7\n");
        QTest::newRow("later version") << QByteArray("[General]\nversion=99\nbudget=7\n");
        QTest::newRow("values that cannot be") << QByteArray(
            "[General]\nversion=1\nbudget=-3\nobjective=fame\nmax_nodes=9999999999999\npreset=best\n"
            "architectures=tiering, castle\nappearance=pink\nwhat_if_percent=51\n"
            "future_runs=1000000000\nfuture_seed=-1\n"
            "job_unit=years\njob_amount=7\ndeadline_hours=-1\ndeadline_percent=100\nrate_point=top\n"
            "rate_low=0.2\nrate=0.1\nrate_high=nan\n"
            "precision=fp3\nhosts=vax\nutilisation=2\noverlap=-1\nbuffer_depth=nan\ndisk_gbs=0\n"
            "spot_quota=aws/G=-1, =3, aws/G\n");
        QTest::newRow("no architecture") << QByteArray("[General]\nversion=1\narchitectures=@Invalid()\n");
        QTest::newRow("no budget") << QByteArray(
            "[General]\nversion=1\nbudget=nan\nmax_nodes=0\n"
            "what_if_percent=many\n");
    }

    void damagedSettingsAreIgnored() {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        QFile file(folder.filePath("explorer.ini"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto loaded = Settings(file.fileName()).load();
        // Of a file of another version nothing is taken; of one of this version what is whole.
        const bool first = loaded.exploration == session::first_exploration();
        QVERIFY(loaded == Remembered{} || (first && loaded.geometry.isEmpty()));
    }

    void settingsWithoutAFileKeepNothing() {
        Remembered remembered;
        remembered.exploration.max_nodes = 3;
        Settings nowhere{QString()};
        QVERIFY(nowhere.save(remembered));
        QVERIFY(nowhere.load().exploration == session::first_exploration());
    }

    void settingsFileCanBeNamed() {
        qputenv("DEEPVM_SETTINGS", "/somewhere/else.ini");
        QCOMPARE(Settings::defaultFile(), QStringLiteral("/somewhere/else.ini"));
        qunsetenv("DEEPVM_SETTINGS");
        QVERIFY(Settings::defaultFile().endsWith("/deepvm-explorer/explorer.ini"));
    }
};

}  // namespace test_state

DEEPVM_TEST(test_state, TestState)
#include "test_state.moc"
