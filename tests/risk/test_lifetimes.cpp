// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a table of real machines would be read as if revocations had no memory, or wrongly.
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>

#include "risk/lifetimes.h"
#include "risk/random.h"
#include "test_program.h"

namespace test_lifetimes {

using namespace deepvm;
using namespace deepvm::risk;

class TestLifetimes : public QObject {
    Q_OBJECT

    std::vector<Lifetime> shipped_;

    static void near(double actual, double expected, double tolerance = 1e-9) {
        const auto text = QString("%1 is not %2").arg(actual, 0, 'g', 15).arg(expected, 0, 'g', 15);
        QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(text));
    }

    static std::vector<Lifetime> every_other(const std::vector<Lifetime>& all, std::size_t first) {
        std::vector<Lifetime> half;
        for (std::size_t i = first; i < all.size(); i += 2)
            half.push_back(all[i]);
        return half;
    }

    std::vector<Lifetime> of_gpu(const std::string& gpu) const {
        std::vector<Lifetime> found;
        std::copy_if(shipped_.begin(), shipped_.end(), std::back_inserter(found),
                     [&](const Lifetime& machine) { return machine.gpu == gpu; });
        return found;
    }

  private slots:
    void initTestCase() {
        auto read = read_lifetimes(DEEPVM_SOURCE_DIR "/resources/validation/transient_vm_lifetimes.csv");
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        shipped_ = std::move(*read);
    }

    // By hand: 5 machines; one revoked at 2 h, one given up at 3 h, one revoked at 5 h, two at the cap.
    void survival_counts_machines_that_were_given_up_as_far_as_they_lived() {
        const std::vector<Lifetime> machines{{"g", "a", 5, true},
                                             {"g", "a", 24.3, false},
                                             {"g", "a", 2, true},
                                             {"g", "a", 3, false},
                                             {"g", "a", 24.1, false}};
        const auto lifetimes = Lifetimes::of(machines).value();
        QCOMPARE(lifetimes.machines(), 5);
        QCOMPARE(lifetimes.revoked(), 2);
        QCOMPARE(lifetimes.capped(), 2);
        near(lifetimes.mean_rate(), 4.0 / (5 + 24 + 2 + 3 + 24));  // none lives beyond the cap
        QCOMPARE(lifetimes.survival(0).value, 1.0);
        QCOMPARE(lifetimes.survival(1.99).value, 1.0);
        near(lifetimes.survival(2).value, 4.0 / 5);
        near(lifetimes.survival(4.99).value, 4.0 / 5);
        near(lifetimes.survival(23.99).value, 4.0 / 5 * 2 / 3);
        QCOMPARE(lifetimes.survival(24), Share());
        // Greenwood: variance sum 1/(5 4) + 1/(3 2), on the log-log scale.
        const double value = 4.0 / 5 * 2 / 3;
        const double width = std::exp(1.959964 * std::sqrt(1.0 / 20 + 1.0 / 6) / -std::log(value));
        near(lifetimes.survival(10).low, std::pow(value, width), 1e-6);
        near(lifetimes.survival(10).high, std::pow(value, 1 / width), 1e-6);
        // None of five revoked yet: Clopper and Pearson.
        near(lifetimes.survival(1).low, std::pow(0.025, 0.2));
        QCOMPARE(lifetimes.survival(1).high, 1.0);
    }

    void a_table_foretells_its_other_half_data() {
        QTest::addColumn<std::size_t>("fitted");
        QTest::newRow("even rows") << std::size_t{0};
        QTest::newRow("odd rows") << std::size_t{1};
    }
    void a_table_foretells_its_other_half() {
        QFETCH(std::size_t, fitted);
        const auto half = Lifetimes::of(every_other(shipped_, fitted)).value();
        const auto other = Lifetimes::of(every_other(shipped_, 1 - fitted)).value();
        for (const double hours : {1.0, 6.0, 12.0, 23.0}) {
            const Share measured = other.survival(hours);
            const double predicted = half.survival(hours).value;
            QVERIFY2(measured.low <= predicted && predicted <= measured.high,
                     qPrintable(QString("%1 h: %2 is not in %3 to %4")
                                    .arg(hours)
                                    .arg(predicted)
                                    .arg(measured.low)
                                    .arg(measured.high)));
        }
    }

    // What sets these machines apart from a rate without memory: early deaths, a calm middle, the cap.
    void the_shipped_machines_die_early_or_at_the_cap() {
        const auto all = Lifetimes::of(shipped_).value();
        QCOMPARE(all.machines(), 114);
        const double first = all.survival(0).value - all.survival(6).value;
        const double middle = all.survival(8).value - all.survival(14).value;
        QVERIFY(first > 3 * middle);
        QVERIFY(all.survival(23.9).value > 0.75);
        QCOMPARE(all.survival(24).value, 0.0);
        QVERIFY(std::exp(-24 * all.mean_rate()) < 0.4);  // a rate without memory expects that many to live on
    }

    void samples_have_the_survival_of_the_table() {
        const auto k80 = Lifetimes::of(of_gpu("k80")).value();
        constexpr int samples = 200'000;
        std::vector<double> lives;
        lives.reserve(samples);
        Random random(3);
        for (int i = 0; i < samples; ++i)
            lives.push_back(k80.quantile_hours(random.uniform()));
        for (const double hours : {0.1, 0.5, 2.0, 6.9, 13.0, 20.0, 23.9, 24.0}) {
            const auto longer =
                std::count_if(lives.begin(), lives.end(), [&](double life) { return life > hours; });
            near(static_cast<double>(longer) / samples, k80.survival(hours).value, 0.005);
        }
    }

    void a_fleet_survives_only_if_all_do() {
        const auto v100 = Lifetimes::of(of_gpu("v100")).value();
        const Share one = v100.survival(12);
        const Share eight = v100.all_survive(8, 12);
        near(eight.value, std::pow(one.value, 8));
        QVERIFY(eight.low < eight.value && eight.value < eight.high);
        // Against machines drawn one by one.
        Random random(4);
        int whole = 0;
        constexpr int fleets = 50'000;
        for (int i = 0; i < fleets; ++i) {
            bool all = true;
            for (int k = 0; k < 8; ++k)
                all &= v100.quantile_hours(random.uniform()) > 12;
            whole += all ? 1 : 0;
        }
        near(static_cast<double>(whole) / fleets, eight.value, 0.01);
    }

    // The table of exact limits of a Poisson mean: none seen is up to 3.69 of them, four are 1.09 to 10.24.
    void a_rate_is_as_sure_as_its_ends_are_many() {
        const std::vector<Lifetime> spared{{"g", "a", 10, false}};
        const auto none = Lifetimes::of(spared).value().mean_rate_range();
        QCOMPARE(none.low, 0.0);
        QCOMPARE(none.middle, 0.0);
        near(none.high, 3.6889 / 10, 1e-4);
        const std::vector<Lifetime> taken(4, {"g", "a", 5, true});
        const auto four = Lifetimes::of(taken).value().mean_rate_range();
        near(four.low, 1.0899 / 20, 1e-4);
        near(four.middle, 4.0 / 20, 1e-12);
        near(four.high, 10.2416 / 20, 1e-4);
        // What lives exactly as long as the provider allows was ended by it, revoked or not.
        const std::vector<Lifetime> capped{{"g", "a", 24, false}, {"g", "a", 24, true}};
        QCOMPARE(Lifetimes::of(capped)->capped(), 2);
        near(Lifetimes::of(capped)->mean_rate(), 2.0 / 48, 1e-12);
    }

    void gpus_and_regions_are_told_apart() {
        const auto groups = lifetime_groups(shipped_).value();
        QStringList names;
        for (const auto& group : groups)
            names << QString::fromStdString(group.gpu + "/" + group.region);
        QCOMPARE(names, QStringList({"k80/", "k80/europe-west1", "k80/us-central1", "k80/us-east1",
                                     "k80/us-west1", "p100/", "p100/europe-west1", "p100/us-central1",
                                     "p100/us-east1", "p100/us-west1", "v100/", "v100/asia-east1",
                                     "v100/europe-west4", "v100/us-central1"}));
        QCOMPARE(groups[0].lifetimes.machines(), 48);
        QCOMPARE(groups[1].lifetimes.machines(), 12);
        QCOMPARE(QString::fromStdString(region_of("us-east-1a")), QString("us-east-1"));
        QCOMPARE(QString::fromStdString(region_of("")), QString());
    }

    void without_a_cap_the_tail_goes_on_at_the_mean_rate() {
        const std::vector<Lifetime> machines{{"g", "a", 10, true}, {"g", "a", 30, false}};
        const auto lifetimes = Lifetimes::of(machines, std::nullopt).value();
        QCOMPARE(lifetimes.capped(), 0);
        near(lifetimes.mean_rate(), 1.0 / 40);
        near(lifetimes.survival(30).value, 0.5);
        near(lifetimes.survival(70).value, 0.5 * std::exp(-1.0));
        QCOMPARE(lifetimes.survival(70).low, 0.0);
        near(lifetimes.quantile_hours(1 - 0.5 * std::exp(-1.0)), 70, 1e-6);
        // None was ever revoked: none ever is.
        const std::vector<Lifetime> immortal{{"g", "a", 30, false}};
        QVERIFY(std::isinf(Lifetimes::of(immortal, std::nullopt)->quantile_hours(0.5)));
    }

    void refuses_what_is_no_table_of_lifetimes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const QByteArray head = "gpu,zone,lifetime_hours,revoked\n";
        QTest::newRow("negative") << head + "k80,a,-1,0\n"
                                  << "t.csv line 2: lifetime_hours \"-1\"";
        QTest::newRow("no number") << head + "k80,a,nan,0\n"
                                   << "t.csv line 2: lifetime_hours \"nan\"";
        QTest::newRow("maybe") << head + "k80,a,1,2\n"
                               << "t.csv line 2: revoked \"2\"";
        QTest::newRow("nameless") << head + ",a,1,0\n"
                                  << "t.csv line 2: gpu is blank";
        QTest::newRow("no place") << head + "k80,,1,0\n"
                                  << "t.csv line 2: zone is blank";
        QTest::newRow("column missing")
            << QByteArray("gpu,zone\n") << "t.csv line 1: needs exactly one column";
        QTest::newRow("no row") << head << "no lifetimes";
        QTest::newRow("no time") << head + "k80,a,0,1\n"
                                 << "all lifetimes are 0 h";
    }
    void refuses_what_is_no_table_of_lifetimes() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        QTemporaryDir folder;
        QFile file(folder.filePath("t.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto read = read_lifetimes(folder.filePath("t.csv").toStdString());
        const auto error = read ? Lifetimes::of(*read).error() : read.error();
        QVERIFY2(QString::fromStdString(error.message).contains(says), error.message.c_str());
    }

    void refuses_figures_that_are_none() {
        const std::vector<Lifetime> endless{{"g", "a", std::numeric_limits<double>::infinity(), false}};
        QVERIFY(!Lifetimes::of(endless));
        const std::vector<Lifetime> one{{"g", "a", 1, false}};
        QVERIFY(Lifetimes::of(one));
        QVERIFY(!Lifetimes::of(one, 0.0));
        QVERIFY(!Lifetimes::of(one, std::nan("")));
    }
};

}  // namespace test_lifetimes

DEEPVM_TEST(test_lifetimes, TestLifetimes)
#include "test_lifetimes.moc"
