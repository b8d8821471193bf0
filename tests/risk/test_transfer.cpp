// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a plan could count on checkpoints that are still on the wire when the next one is due.
#include <QtTest>
#include <random>

#include "risk/transfer.h"
#include "test_program.h"

namespace test_transfer {

using namespace deepvm::risk;

namespace {

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1e-12, std::abs(b));
}

// The words on measured_incast, written down once more: the busiest line, and every worker beyond n_sat adds
// the same to the time.
double written_down(const TransmissionLaw& law, int workers, int remotes, double n_sat) {
    const double on_each = static_cast<double>(workers) / remotes;
    const double alone = law.one_line_seconds / (on_each < 1 ? workers : remotes);
    return on_each <= n_sat ? alone : alone + alone * law.incast * (on_each - n_sat) / n_sat;
}

}  // namespace

class TestTransfer : public QObject {
    Q_OBJECT

  private slots:
    void below_saturation_every_remote_takes_its_share() {
        const double alone = transfer_seconds(1e9, 8, 1, 10, 20);
        QVERIFY(near(alone, 8e9 / (0.7 * 10e9), 1e-12));
        for (int remotes = 1; remotes <= 8; ++remotes)
            QVERIFY(near(transfer_seconds(1e9, 8, remotes, 10, 20), alone / remotes, 1e-12));
        // The lines of the workers are what is left: more remotes than workers take nothing off.
        QCOMPARE(transfer_seconds(1e9, 8, 30, 10, 20), transfer_seconds(1e9, 8, 8, 10, 20));
        QCOMPARE(transfer_seconds(0, 8, 2, 10, 20), 0.0);
    }

    void beyond_saturation_it_is_slower_than_its_share() {
        const double alone = transfer_seconds(1e9, 20, 1, 10, 20);
        QVERIFY(near(alone, 8e9 / 7e9, 1e-12));  // exactly n_sat workers: not yet
        double before = alone;
        for (int workers = 21; workers <= 200; ++workers) {
            const double now = transfer_seconds(1e9, workers, 1, 10, 20);
            QVERIFY(now > before);
            before = now;
        }
        QVERIFY(near(transfer_seconds(1e9, 40, 1, 10, 20), alone * (1 + measured_incast), 1e-12));
        QVERIFY(near(transfer_seconds(1e9, 80, 2, 10, 20), alone / 2 * (1 + measured_incast), 1e-12));
    }

    void the_fit_recovers_a_known_law() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> figure(0.01, 5);
        for (int round = 0; round < 200; ++round) {
            const TransmissionLaw law{10 * figure(random), figure(random)};
            std::vector<TransmissionTime> times;
            for (const int remotes : {1, 2, 3, 6}) {
                times.push_back({remotes, written_down(law, 29, remotes, 12)});
                QVERIFY(near(transmission_seconds(law, 29, remotes, 12), times.back().seconds, 1e-12));
            }
            const auto fit = fit_transmission(times, 29, 12);
            QVERIFY(fit.has_value());
            QVERIFY(near(fit->one_line_seconds, law.one_line_seconds, 1e-9));
            QVERIFY(near(fit->incast, law.incast, 1e-9));
        }
    }

    // Two times below saturation say nothing of what lies beyond it.
    void times_of_one_side_leave_the_incast_as_it_was_measured() {
        const std::vector<TransmissionTime> below{{3, 4}, {4, 3}};
        const auto fit = fit_transmission(below, 29, 12);
        QVERIFY(fit.has_value());
        QVERIFY(near(fit->one_line_seconds, 12, 1e-12));
        QCOMPARE(fit->incast, measured_incast);
        const std::vector<TransmissionTime> one{{1, 7}};
        const auto beyond = fit_transmission(one, 24, 12);
        QVERIFY(near(transmission_seconds(beyond.value(), 24, 1, 12), 7, 1e-12));
        QCOMPARE(beyond->incast, measured_incast);
    }

    void what_is_no_measurement_is_refused() {
        QVERIFY(!fit_transmission({}, 29, 12));
        const std::vector<TransmissionTime> good{{1, 7}};
        QVERIFY(!fit_transmission(good, 0, 12));
        QVERIFY(!fit_transmission(good, 29, 0));
        QVERIFY(!fit_transmission(good, 29, std::nan("")));
        for (const double seconds : {0.0, -2.0, std::nan(""), HUGE_VAL})
            QVERIFY(!fit_transmission(std::vector<TransmissionTime>{{1, seconds}}, 29, 12));
        QVERIFY(!fit_transmission(std::vector<TransmissionTime>{{0, 3}}, 29, 12));
    }
};

}  // namespace test_transfer

DEEPVM_TEST(test_transfer, TestTransfer)
#include "test_transfer.moc"
