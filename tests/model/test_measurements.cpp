// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a person's own measurements would be turned into a speed that they do not have.
#include <QTemporaryDir>
#include <QtTest>
#include <random>

#include "judge/scaling.h"
#include "model/measurements.h"
#include "test_program.h"

namespace test_measurements {

using namespace deepvm::model;
using deepvm::base::Result;
namespace judge = deepvm::tests::judge;

namespace {

QString message(const deepvm::base::Error& error) {
    return QString::fromStdString(error.message);
}

std::vector<EpochTime> times_of(const MeasuredScaling& law, const std::vector<int>& node_counts) {
    std::vector<EpochTime> times;
    times.reserve(node_counts.size());
    for (const int nodes : node_counts)
        times.push_back({"a", nodes, judge::seconds_of_epoch(law, nodes)});
    return times;
}

double squared_relative_error(const MeasuredScaling& law, const std::vector<EpochTime>& times) {
    double sum = 0;
    for (const auto& time : times)
        sum += std::pow(judge::seconds_of_epoch(law, time.nodes) / time.epoch_seconds - 1, 2);
    return sum;
}

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

}  // namespace

class TestMeasurements : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    Result<std::vector<EpochTime>> read(const QByteArray& text) {
        QFile file(folder_.filePath("times.csv"));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(text);
        file.close();
        return read_epoch_times(file.fileName().toStdString());
    }

  private slots:
    void the_fit_recovers_a_known_law() {
        std::mt19937 random(20240501);
        std::uniform_real_distribution<double> share(0, 2);
        for (int round = 0; round < 500; ++round) {
            const double epoch = std::exp(std::uniform_real_distribution<double>(-3, 10)(random));
            // Every tenth law has only one of the two terms, or none.
            const MeasuredScaling law{epoch, round % 10 == 1 ? 0 : epoch * share(random),
                                      round % 10 < 2 ? 0 : epoch * share(random)};
            const auto fit = fit_scaling("a", times_of(law, {1, 2, 8, 16, 32}));
            QVERIFY(fit.has_value());
            QVERIFY(near(fit->law.epoch_seconds / epoch, 1, 1e-9));
            QVERIFY(near(fit->law.transfer_seconds / epoch, law.transfer_seconds / epoch, 1e-9));
            QVERIFY(near(fit->law.latency_seconds / epoch, law.latency_seconds / epoch, 1e-9));
            QVERIFY(fit->mean_error_percent < 1e-7);
        }
    }

    // No other pair of coefficients may fit better: the solution in closed form against a search around it.
    void no_other_law_fits_better() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> noise(0.5, 1.5);
        for (int round = 0; round < 200; ++round) {
            auto times = times_of({100, 80 * noise(random) - 40, 60 * noise(random) - 30}, {1, 2, 3, 8, 20});
            for (auto& time : times)
                if (time.nodes > 1) time.epoch_seconds *= noise(random);
            const auto fit = fit_scaling("a", times);
            QVERIFY(fit && fit->law.transfer_seconds >= 0 && fit->law.latency_seconds >= 0);
            const double best = squared_relative_error(fit->law, times);
            for (const double transfer : {-20.0, -1.0, -0.01, 0.0, 0.01, 1.0, 20.0})
                for (const double latency : {-20.0, -1.0, -0.01, 0.0, 0.01, 1.0, 20.0}) {
                    const MeasuredScaling other{fit->law.epoch_seconds,
                                                std::max(0.0, fit->law.transfer_seconds + transfer),
                                                std::max(0.0, fit->law.latency_seconds + latency)};
                    QVERIFY(squared_relative_error(other, times) >= best * (1 - 1e-12));
                }
        }
    }

    void effective_nodes_are_positive_up_to_the_largest_cluster() {
        for (const auto& law : {MeasuredScaling{31, 60, 38}, MeasuredScaling{1, 0, 0},
                                MeasuredScaling{1e-3, 1e9, 1e9}, MeasuredScaling{1e9, 1e-3, 0}}) {
            QCOMPARE(effective_nodes(law, 1), 1.0);
            for (int n = 1; n <= most_measured_nodes; ++n) {
                const double effective = effective_nodes(law, n);
                QVERIFY(effective > 0 && effective <= n * (1 + 1e-12));
                QVERIFY(near(epoch_seconds(law, n) * effective, law.epoch_seconds, 1e-9));
            }
        }
        // A second g5.xlarge halves the speed of one (measured); the law has to be able to say so.
        QVERIFY(effective_nodes(MeasuredScaling{31, 60, 38}, 2) < 0.5);
    }

    // The analytic law without overlap is the same physics with the seconds of a step.
    void it_agrees_with_the_analytic_law() {
        const AnalyticScaling step{0.5, 0.04, 0, 0.002};
        const MeasuredScaling epoch{0.5, 0.04, 0.002};
        for (int n = 1; n <= 64; ++n)
            QVERIFY(near(effective_nodes(step, n), effective_nodes(epoch, n), 1e-12));
    }

    void points_and_residuals_are_those_of_the_law() {
        const std::vector<EpochTime> times{{"a", 8, 30}, {"a", 1, 90}, {"a", 1, 110},
                                           {"a", 2, 60}, {"a", 8, 34}, {"a", 4, 40}};
        const auto fit = fit_scaling("a", times);
        QVERIFY(fit.has_value());
        QCOMPARE(fit->law.epoch_seconds, 100.0);
        QCOMPARE(fit->points.size(), times.size());
        double sum = 0;
        for (std::size_t i = 0; i < fit->points.size(); ++i) {
            const auto& point = fit->points[i];
            QVERIFY(i == 0 || fit->points[i - 1].nodes <= point.nodes);
            QCOMPARE(point.fitted_seconds, epoch_seconds(fit->law, point.nodes));
            QVERIFY(near(point.measured_seconds * (1 + point.residual_percent / 100), point.fitted_seconds,
                         1e-12));
            sum += std::abs(point.residual_percent);
        }
        QVERIFY(near(fit->mean_error_percent, sum / 6, 1e-12));
        QCOMPARE(fit->points[0].residual_percent, 100 * (100.0 / 90 - 1));
    }

    void reads_the_times_of_a_file() {
        const auto times = read("nodes,note,instance_type,epoch_seconds\n1,x,b,10\n2,,a,6.5\n");
        QVERIFY(times.has_value());
        QCOMPARE(times->size(), std::size_t{2});
        QVERIFY((*times)[0] == (EpochTime{"b", 1, 10}));
        QVERIFY((*times)[1] == (EpochTime{"a", 2, 6.5}));
    }

    void a_bad_file_is_refused_by_its_line_data() {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QString>("says");
        QTest::newRow("none") << QByteArray() << "has no rows";
        QTest::newRow("no type") << QByteArray("a,1,5\n,2,3\n") << "line 3: instance_type is blank";
        QTest::newRow("no nodes") << QByteArray("a,0,5\n") << "line 2: nodes";
        QTest::newRow("half a node") << QByteArray("a,1.5,5\n") << "line 2: nodes";
        QTest::newRow("too many") << QByteArray("a,1,5\na,1025,5\n") << "line 3: nodes";
        QTest::newRow("negative") << QByteArray("a,1,-5\n") << "line 2: epoch_seconds";
        QTest::newRow("zero") << QByteArray("a,1,0\n") << "line 2: epoch_seconds";
        QTest::newRow("not a number") << QByteArray("a,1,nan\n") << "line 2: epoch_seconds";
        QTest::newRow("endless") << QByteArray("a,1,inf\n") << "line 2: epoch_seconds";
        QTest::newRow("words") << QByteArray("a,1,fast\n") << "line 2: epoch_seconds";
    }
    void a_bad_file_is_refused_by_its_line() {
        QFETCH(QByteArray, rows);
        QFETCH(QString, says);
        const auto times = read("instance_type,nodes,epoch_seconds\n" + rows);
        QVERIFY(!times);
        QVERIFY2(message(times.error()).contains(says), qPrintable(message(times.error())));
    }

    void what_cannot_be_fitted_says_what_to_measure_data() {
        QTest::addColumn<QList<int>>("nodes");
        QTest::addColumn<QString>("says");
        QTest::newRow("no single node") << QList<int>{2, 4, 8} << "a row with nodes = 1";
        QTest::newRow("nothing") << QList<int>{} << "a row with nodes = 1";
        QTest::newRow("alone") << QList<int>{1, 1} << "two other node counts";
        QTest::newRow("one other") << QList<int>{1, 4, 4, 4} << "4 nodes only";
    }
    void what_cannot_be_fitted_says_what_to_measure() {
        QFETCH(QList<int>, nodes);
        QFETCH(QString, says);
        const auto fit = fit_scaling("a", times_of({10, 1, 1}, {nodes.begin(), nodes.end()}));
        QVERIFY(!fit);
        QVERIFY2(message(fit.error()).startsWith("a: "), qPrintable(message(fit.error())));
        QVERIFY2(message(fit.error()).contains(says), qPrintable(message(fit.error())));
    }

    // One type that lacks a row must not cost the laws of the others.
    void every_type_is_fitted_on_its_own_rows() {
        auto times = times_of({100, 20, 5}, {1, 2, 8});
        for (const auto& time : times_of({50, 0, 9}, {1, 4, 16}))
            times.push_back({"b", time.nodes, time.epoch_seconds});
        times.push_back({"c", 1, 3});
        const auto all = fit_by_type(times);
        QCOMPARE(all.fits.size(), std::size_t{2});
        QCOMPARE(all.fits[1].instance_type, std::string("b"));
        QVERIFY(near(all.fits[1].law.latency_seconds, 9, 1e-9));
        QCOMPARE(all.refused.size(), std::size_t{1});
        QVERIFY(message(all.refused[0]).startsWith("c: "));
    }
};

}  // namespace test_measurements

DEEPVM_TEST(test_measurements, TestMeasurements)
#include "test_measurements.moc"
