// SPDX-License-Identifier: GPL-3.0-or-later
// Without these "10-15 % a month" would be turned into some rate, and nobody would notice.
#include <QtTest>
#include <cmath>

#include "judge/rates.h"
#include "risk/monte_carlo.h"
#include "risk/revocation.h"
#include "test_program.h"

namespace test_revocation {

using namespace deepvm::risk;

class TestRevocation : public QObject {
    Q_OBJECT

    static void near(double actual, double expected, double tolerance) {
        const auto text = QString("%1 is not %2").arg(actual, 0, 'g', 15).arg(expected, 0, 'g', 15);
        QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(text));
    }

  private slots:
    void a_monthly_share_is_gone_after_a_month() {
        for (const double share : {0.0, 1e-9, 0.025, 0.25, 0.999}) {
            const double rate = hourly_rate(share);
            near(monthly_share(rate), share, 1e-12);
            near(1 - survival(rate, hours_per_month), share, 1e-12);
        }
        near(hourly_rate(0.25), 0.000394085, 1e-9);
    }

    void bands_follow_one_another() {
        double before = 0;
        for (int band = 0; band < 5; ++band) {
            const RateRange rates = band_rates(band);
            near(rates.low, before, 1e-15);
            QVERIFY(rates.low < rates.middle && rates.middle < rates.high);
            const auto judged = deepvm::tests::judge::of_band(band);
            near(rates.low, judged.low, 1e-15);
            near(rates.middle, judged.middle, 1e-15);
            near(rates.high, judged.high, 1e-15);
            before = rates.high;
        }
        near(monthly_share(band_rates(2).middle), 0.125, 1e-12);
        near(monthly_share(band_rates(4).middle), 0.25, 1e-12);  // the last is open
        near(monthly_share(band_rates(4).high), 0.30, 1e-12);
        // What is no band is read as the nearest one.
        QCOMPARE(band_rates(-1), band_rates(0));
        QCOMPARE(band_rates(99), band_rates(4));
    }

    // All of n machines for H hours: the rates add up, as the futures of that many machines show.
    void all_machines_survive_together() {
        const double rate = band_rates(4).middle;
        const std::vector<double> throughputs(32, 1.0);
        for (const double hours : {6.0, 24.0, 168.0}) {
            const auto futures = simulate({.run = {.useful_seconds = hours * 3600,
                                                   .revocations_per_hour = 32 * rate,
                                                   .restart_seconds = 60,
                                                   .throughputs = throughputs}})
                                     .value();
            near(futures.undisturbed, survival(32 * rate, hours), 0.015);
            near(survival(32 * rate, hours), std::pow(survival(rate, hours), 32), 1e-12);
        }
    }
};

}  // namespace test_revocation

DEEPVM_TEST(test_revocation, TestRevocation)
#include "test_revocation.moc"
