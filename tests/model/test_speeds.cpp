// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a plan would say "measured" of a guess, or take a speed that no machine has.
#include <fmt/format.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include "model/precision.h"
#include "model/speeds.h"
#include "model/statistics.h"
#include "test_program.h"
#include "throughput_world.h"

namespace test_speeds {

using namespace deepvm::model;

namespace {

const Accelerator t4{"t4", "NVIDIA T4", 8.1, 65, 16, 320, 2018};
const Accelerator a100{"a100", "NVIDIA A100 40GB", 19.5, 312, 40, 1555, 2020};
const Accelerator h100{"h100", "NVIDIA H100 SXM5", 67, 989, 80, 3350, 2022};
const TrainingLoad resnet{"resnet50-imagenet", WorkloadKind::convolution, 25557032, 2.454e10};

DeviceThroughput row(const std::string& source, double speed, int count = 1, RowUse use = RowUse::fit) {
    DeviceThroughput made;
    made.accelerator = "t4";
    made.accelerators = count;
    made.load = resnet;
    made.precision = Precision::tensor;
    made.samples_per_second = speed;
    made.source = source;
    made.source_date = fmt::format("2024-0{}-01", 1 + count % 9);
    made.use = use;
    return made;
}

QString said(const deepvm::base::Error& error) {
    return QString::fromStdString(error.message);
}

}  // namespace

class TestSpeeds : public QObject {
    Q_OBJECT

    std::vector<DeviceThroughput> rows_ = deepvm::test::shipped_devices();
    MeasuredSpeeds measured_{rows_};
    SpeedEstimate estimate_ = SpeedEstimate::fit(rows_, deepvm::test::shipped_accelerators());

    deepvm::base::Result<Speed> ask(const Accelerator& accelerator, int count, const TrainingLoad& load,
                                    Precision precision, const OwnSpeed& own = {}) const {
        return speed_of(accelerator, count, load, precision, own, measured_, estimate_);
    }

  private slots:
    // How sure a measured speed is said to be: as sure as sources agree.
    void sources_differ_as_is_said() {
        std::map<std::tuple<std::string, std::string, Precision>, std::map<std::string, std::vector<double>>>
            pairs;
        for (const auto& row : rows_) {
            if (row.use == RowUse::context || !row.precision) continue;
            const double of_many = row.accelerators * std::pow(0.95, std::log2(row.accelerators) / 3);
            pairs[{row.accelerator, row.load.workload, *row.precision}][row.source].push_back(
                std::log(row.samples_per_second / of_many));
        }
        double squares = 0;
        double freedom = 0;
        for (const auto& [pair, sources] : pairs) {
            if (sources.size() < 2) continue;
            std::vector<double> medians;
            for (auto [source, speeds] : sources) {
                std::ranges::sort(speeds);
                medians.push_back((speeds[speeds.size() / 2] + speeds[(speeds.size() - 1) / 2]) / 2);
            }
            const double mean =
                std::accumulate(medians.begin(), medians.end(), 0.0) / static_cast<double>(medians.size());
            for (const double median : medians)
                squares += (median - mean) * (median - mean);
            freedom += static_cast<double>(medians.size()) - 1;
        }
        const double spread = std::sqrt(squares / freedom);
        QVERIFY2(std::abs(spread - spread_of_sources) < 0.005, qPrintable(QString::number(spread)));
    }

    void peaks_are_those_of_the_format() {
        QCOMPARE(peak_tflops(t4, Precision::fp32), 8.1);
        QCOMPARE(peak_tflops(t4, Precision::tf32), 8.1);
        QCOMPARE(peak_tflops(t4, Precision::tensor), 65.0);
        QCOMPARE(peak_tflops(t4, Precision::fp8), 65.0);
        QCOMPARE(peak_tflops(a100, Precision::fp32), 19.5);
        QCOMPARE(peak_tflops(a100, Precision::tf32), 156.0);
        QCOMPARE(peak_tflops(a100, Precision::fp8), 312.0);
        QCOMPARE(peak_tflops(h100, Precision::fp8), 1978.0);
        QVERIFY(trains_in(t4, Precision::fp32) == Precision::fp32);
        QVERIFY(trains_in(a100, Precision::fp32) == Precision::tf32);
        QVERIFY(trains_in(a100, Precision::tensor) == Precision::tensor);
        QVERIFY(trains_in(a100, Precision::fp8) == Precision::tensor);
        for (const auto precision : {Precision::fp32, Precision::tf32, Precision::tensor, Precision::fp8})
            QVERIFY(precision_named(precision_name(precision)) == precision);
        QVERIFY(!precision_named("fp8-or-fp4") && !precision_named(""));
        for (const auto* kind :
             {"convolution", "encoder", "vision-transformer", "diffusion", "language-model"})
            QCOMPARE(QString::fromUtf8(workload_kind_name(workload_kind_named(kind).value()).data()),
                     QString(kind));
    }

    // The utilisation that the source file itself says is the one of these peaks.
    void peaks_are_those_of_the_source_file() {
        const auto columns = std::to_array<std::string_view>(
            {"accelerator", "gpus", "flop_per_sample", "precision", "samples_per_second", "utilisation"});
        const auto accelerators = deepvm::test::shipped_accelerators();
        const auto table = deepvm::base::CsvTable::read(
            DEEPVM_SOURCE_DIR "/resources/validation/device_throughput.csv", columns);
        int compared = 0;
        for (std::size_t i = 0; i < table->size(); ++i) {
            const auto line = table->row(i);
            const auto precision = precision_named(line.text("precision"));
            if (!precision || line.is_blank("utilisation")) continue;
            const auto found = std::ranges::find(accelerators, line.text("accelerator"), &Accelerator::name);
            QVERIFY2(found != accelerators.end(), line.text("accelerator").c_str());
            const double utilisation =
                *line.number("samples_per_second", 0, 1e9) * *line.number("flop_per_sample", 0, 1e30) /
                (*line.number("gpus", 1, 1e3) * peak_tflops(*found, *precision) * 1e12);
            QVERIFY2(std::abs(utilisation / *line.number("utilisation", 0, 10) - 1) < 0.01,
                     line.where().c_str());
            ++compared;
        }
        QVERIFY2(compared > 380, qPrintable(QString::number(compared)));
    }

    void eight_accelerators_are_worth_less_than_eight() {
        QCOMPARE(worth_of_accelerators(1), 1.0);
        QVERIFY(std::abs(worth_of_accelerators(8) - 7.6) < 1e-12);
        for (int count = 1; count < 16; ++count)
            QVERIFY(worth_of_accelerators(count) < worth_of_accelerators(count + 1));
    }

    // One source with ten rows has one voice, as one with a single row has.
    void measured_is_the_median_over_sources() {
        std::vector<DeviceThroughput> rows{row("a", 100), row("b", 200), row("c", 300)};
        for (int i = 0; i < 10; ++i)
            rows.push_back(row("c", 310));
        rows.push_back(row("d", 9000, 1, RowUse::context));
        const MeasuredSpeeds speeds(rows);
        const auto* found = speeds.find("t4", "resnet50-imagenet", Precision::tensor);
        QVERIFY(found != nullptr);
        QCOMPARE(found->range.samples_per_second, 200.0);
        QCOMPARE(found->range.low, 100.0);
        QCOMPARE(found->range.high, 310.0);
        QCOMPARE(found->rows, 13);
        QVERIFY((found->sources == std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(QString::fromStdString(found->newest), QString("2024-02-01"));
        QVERIFY(speeds.find("t4", "resnet50-imagenet", Precision::fp32) == nullptr);
        QVERIFY(speeds.find("t4", "other", Precision::tensor) == nullptr);
        // Eight of them at 0.95 are one of them at 1.
        const MeasuredSpeeds eight(std::vector<DeviceThroughput>{row("a", 760, 8)});
        QVERIFY(std::abs(eight.find("t4", "resnet50-imagenet", Precision::tensor)->range.low - 100) < 1e-9);
    }

    void test_rows_are_measurements_too() {
        const auto speed =
            ask(a100, 1, {"bert-large-squad", WorkloadKind::encoder, 335141888, 7.72e11}, Precision::fp32);
        QVERIFY(speed && speed->basis == SpeedBasis::measured);
        QVERIFY(speed->precision == Precision::tf32);
        QVERIFY(speed->range.samples_per_second > 55 && speed->range.samples_per_second < 63);
    }

    void the_first_of_four_bases_counts() {
        const OwnSpeed both{500, 0.3};
        const auto yours = ask(t4, 2, resnet, Precision::tensor, both);
        QVERIFY(yours && yours->basis == SpeedBasis::yours);
        QCOMPARE(yours->range.samples_per_second, 500.0);
        const auto set = ask(t4, 2, resnet, Precision::tensor, {{}, 0.3});
        QVERIFY(set && set->basis == SpeedBasis::set);
        QVERIFY(std::abs(set->range.high - 0.3 * 2 * 65e12 / 2.454e10) < 1e-6);
        const auto measured = ask(t4, 2, resnet, Precision::tensor);
        QVERIFY(measured && measured->basis == SpeedBasis::measured && measured->measured->rows == 8);
        // The T4 of the issue: about 210 images a second, where 35 % of the peak are 927.
        QVERIFY(measured->range.samples_per_second > 380 && measured->range.samples_per_second < 440);
        auto other = resnet;
        other.workload = "resnet-of-mine";
        const auto estimated = ask(t4, 2, other, Precision::tensor);
        QVERIFY(estimated && estimated->basis == SpeedBasis::estimated && !estimated->measured);
        QVERIFY(estimated->range.low < estimated->range.samples_per_second &&
                estimated->range.samples_per_second < estimated->range.high);
        QVERIFY(estimated->range.samples_per_second < 600);
    }

    void a_speed_above_the_peak_is_refused() {
        const double peak = 4 * 65e12 / 2.454e10;
        QVERIFY(ask(t4, 4, resnet, Precision::tensor, {peak * 0.999, {}}).has_value());
        const auto refused = ask(t4, 4, resnet, Precision::tensor, {4.8 * peak, {}});
        QVERIFY(!refused);
        QVERIFY2(
            said(refused.error()).contains("4.8 times the peak of 4 x NVIDIA T4; is the workload right?"),
            qPrintable(said(refused.error())));
        for (const double nonsense : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()})
            QVERIFY(!ask(t4, 4, resnet, Precision::tensor, {nonsense, {}}));
        for (const double nonsense : {0.0, -0.1, 1.01, std::nan("")})
            QVERIFY(!ask(t4, 4, resnet, Precision::tensor, {{}, nonsense}));
        // What a fp32 workload may reach is the peak of TF32, where there is any.
        QVERIFY(ask(a100, 1, resnet, Precision::fp32, {20e12 / 2.454e10, {}}).has_value());
        QVERIFY(!ask(t4, 1, resnet, Precision::fp32, {20e12 / 2.454e10, {}}));
    }
};

}  // namespace test_speeds

DEEPVM_TEST(test_speeds, TestSpeeds)
#include "test_speeds.moc"
