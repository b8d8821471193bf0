// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a recommendation would rest on a speed that nobody measured and that no measurement supports.
#include <QtTest>
#include <cmath>
#include <random>

#include "judge/speed_fit.h"
#include "model/precision.h"
#include "model/speed_estimate.h"
#include "model/statistics.h"
#include "test_program.h"
#include "throughput_world.h"

namespace test_speed_estimate {

using namespace deepvm::model;
using deepvm::test::shipped_accelerators;
using deepvm::test::shipped_devices;

namespace {

using Devices = std::vector<DeviceThroughput>;
using PairKey = std::tuple<std::string, std::string, Precision>;

PairKey key_of(const DeviceThroughput& row) {
    return {row.accelerator, row.load.workload, *row.precision};
}

bool is_measured(const DeviceThroughput& row) {
    return row.use != RowUse::context && row.precision && row.load.flop_per_sample > 0;
}

const Accelerator& named(const std::vector<Accelerator>& all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &Accelerator::name);
    if (found == all.end()) qFatal("no accelerator %s", name.c_str());
    return *found;
}

// What the estimate says of held-out pairs against the medians of their rows.
struct Judged {
    double square_sum = 0;
    double worst = 0;
    int pairs = 0;
    int inside = 0;

    double rms_factor() const { return std::exp(std::sqrt(square_sum / pairs)); }
    double worst_factor() const { return std::exp(worst); }
};

class Held {
  public:
    explicit Held(const std::vector<Accelerator>& accelerators) : accelerators_(accelerators) {}

    void judge(const SpeedEstimate& estimate, const Devices& held, Judged& judged) const {
        std::map<PairKey, std::pair<SpeedRange, std::vector<double>>> pairs;
        for (const auto& row : held) {
            auto& [range, speeds] = pairs[key_of(row)];
            range =
                estimate.samples_per_second(named(accelerators_, row.accelerator), row.load, *row.precision);
            speeds.push_back(row.samples_per_second / worth_of_accelerators(row.accelerators));
        }
        for (const auto& [key, pair] : pairs) {
            const double measured = median(pair.second);
            const double error = std::abs(std::log(pair.first.samples_per_second / measured));
            judged.square_sum += error * error;
            judged.worst = std::max(judged.worst, error);
            judged.inside += pair.first.low <= measured && measured <= pair.first.high;
            ++judged.pairs;
        }
    }

  private:
    const std::vector<Accelerator>& accelerators_;
};

Devices with_use(const Devices& rows, RowUse use) {
    Devices found;
    for (const auto& row : rows)
        if (row.use == use && is_measured(row)) found.push_back(row);
    return found;
}

}  // namespace

class TestSpeedEstimate : public QObject {
    Q_OBJECT

    Devices rows_ = shipped_devices();
    std::vector<Accelerator> accelerators_ = shipped_accelerators();
    SpeedEstimate estimate_ = SpeedEstimate::fit(rows_, accelerators_);

    std::vector<SpeedRange> of_all(const SpeedEstimate& estimate) const {
        std::vector<SpeedRange> all;
        for (const auto& row : rows_)
            if (is_measured(row))
                all.push_back(estimate.samples_per_second(named(accelerators_, row.accelerator), row.load,
                                                          *row.precision));
        return all;
    }
    // Utilisation and how wide its range is.
    std::pair<double, double> look(const Accelerator& accelerator, const TrainingLoad& load,
                                   Precision precision) const {
        const auto range = estimate_.samples_per_second(accelerator, load, precision);
        const double peak = peak_tflops(accelerator, precision) * 1e12 / load.flop_per_sample;
        return {range.samples_per_second / peak, range.high / range.low};
    }

  private slots:
    // The numbers of the issue: 35 % of the peak everywhere is off by 1.50, at worst by 3.2.
    void pairs_that_were_never_fitted_are_met() {
        Judged judged;
        Held(accelerators_).judge(estimate_, with_use(rows_, RowUse::test), judged);
        QCOMPARE(judged.pairs, 34);
        QVERIFY2(judged.rms_factor() <= 1.25, qPrintable(QString::number(judged.rms_factor())));
        QVERIFY2(judged.worst_factor() <= 1.75, qPrintable(QString::number(judged.worst_factor())));
    }

    // Fitted anew without the library, to all rows and to a part of them: the same speeds and ranges, of
    // measured accelerators and of others.
    void another_solution_says_the_same() {
        std::mt19937 random(17);
        auto part = rows_;
        std::erase_if(part, [&](const auto&) { return random() % 4 == 0; });
        for (const auto& rows : {rows_, part}) {
            const auto estimate = SpeedEstimate::fit(rows, accelerators_);
            const deepvm::tests::judge::SpeedFit judge(rows, accelerators_);
            const auto compare = [&](const Accelerator& accelerator, const TrainingLoad& load, Precision in) {
                const auto said = estimate.samples_per_second(accelerator, load, in);
                const auto judged = judge.samples_per_second(accelerator, load, in);
                const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-9 * b; };
                QVERIFY(near(said.samples_per_second, judged.samples_per_second));
                QVERIFY(near(said.low, judged.low) && near(said.high, judged.high));
            };
            for (const auto& row : rows_) {
                if (!is_measured(row)) continue;
                const auto& accelerator = named(accelerators_, row.accelerator);
                compare(accelerator, row.load, *row.precision);
                auto other = accelerator;
                other.memory_bandwidth_gbs *= random() % 3 == 0 ? 0 : 1.7;
                other.tensor_tflops *= 1.3;
                auto load = row.load;
                load.workload = "mine";
                load.parameters *= 3;
                if (random() % 3 == 0) load.kind.reset();
                for (const auto in : {Precision::fp32, Precision::tf32, Precision::tensor, Precision::fp8})
                    compare(other, load, in);
            }
        }
    }

    // Four rounds in each of which a quarter of the fitted pairs is held out, too: the range holds what it
    // says.
    void the_range_holds_about_four_in_five() {
        const auto fit = with_use(rows_, RowUse::fit);
        std::map<PairKey, int> quarter;
        for (const auto& row : fit)
            quarter[key_of(row)] = 0;
        Judged judged;
        for (const unsigned seed : {1u, 2u, 3u}) {
            std::mt19937 random(seed);
            for (auto& [key, number] : quarter)
                number = static_cast<int>(random() % 4);
            for (int held = 0; held < 4; ++held) {
                Devices kept;
                Devices rest;
                for (const auto& row : fit)
                    (quarter[key_of(row)] == held ? rest : kept).push_back(row);
                Held(accelerators_).judge(SpeedEstimate::fit(kept, accelerators_), rest, judged);
            }
        }
        const double share = static_cast<double>(judged.inside) / judged.pairs;
        QVERIFY2(share >= 0.72 && share <= 0.92, qPrintable(QString::number(share)));
    }

    void the_order_of_rows_changes_nothing() {
        const auto before = of_all(estimate_);
        std::mt19937 random(20261);
        for (int round = 0; round < 5; ++round) {
            auto shuffled = rows_;
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            QVERIFY(of_all(SpeedEstimate::fit(shuffled, accelerators_)) == before);
        }
    }

    void rows_that_are_not_to_fit_on_have_no_say() {
        const auto before = of_all(estimate_);
        auto spoiled = rows_;
        for (auto& row : spoiled)
            if (row.use != RowUse::fit) row.samples_per_second *= 3;
        QVERIFY(of_all(SpeedEstimate::fit(spoiled, accelerators_)) == before);
        for (auto& row : spoiled)
            if (row.use == RowUse::fit) row.samples_per_second *= 1.1;
        QVERIFY(of_all(SpeedEstimate::fit(spoiled, accelerators_)) != before);
    }

    // All speeds ten percent higher: about ten percent higher estimates, less what is drawn to the mean.
    void faster_rows_make_faster_estimates() {
        const auto before = of_all(estimate_);
        auto faster = rows_;
        for (auto& row : faster)
            row.samples_per_second *= 1.1;
        const auto after = of_all(SpeedEstimate::fit(faster, accelerators_));
        for (std::size_t i = 0; i < before.size(); ++i) {
            const double gain = after[i].samples_per_second / before[i].samples_per_second;
            QVERIFY2(gain > 1.05 && gain < 1.12, qPrintable(QString::number(gain)));
        }
    }

    // A world that is as the estimate supposes: what it has not seen of it, it finds.
    void a_world_of_effects_is_recovered() {
        std::mt19937 random(99);
        std::normal_distribution<double> effect(0, 0.15);
        std::map<std::string, double> of_workload;
        Judged judged;
        for (int round = 0; round < 8; ++round) {
            Devices world;
            Devices held;
            of_workload.clear();
            for (auto row : rows_) {
                if (!is_measured(row)) continue;
                const auto& accelerator = named(accelerators_, row.accelerator);
                auto& own = of_workload[row.load.workload];
                if (own == 0) own = effect(random);
                const double traffic = std::log(peak_tflops(accelerator, *row.precision) *
                                                bytes_per_number(runs_as(accelerator, *row.precision)) /
                                                accelerator.memory_bandwidth_gbs);
                const double utilisation = 0.2 * std::exp(own - 0.3 * traffic);
                row.samples_per_second = utilisation * peak_tflops(accelerator, *row.precision) * 1e12 /
                                         row.load.flop_per_sample * worth_of_accelerators(row.accelerators);
                (row.use == RowUse::fit ? world : held).push_back(row);
            }
            Held(accelerators_).judge(SpeedEstimate::fit(world, accelerators_), held, judged);
        }
        // What is left are workloads that were not fitted at all, whose effect nobody could know.
        QVERIFY2(judged.rms_factor() < 1.13, qPrintable(QString::number(judged.rms_factor())));
    }

    // One wrong row among many may not turn what the others say.
    void an_outlier_is_weighed_down() {
        auto spoiled = rows_;
        for (auto& row : spoiled)
            if (row.accelerator == "a100" && row.load.workload == "mpt-1b-pretrain")
                row.samples_per_second /= 20;
        const auto robust = SpeedEstimate::fit(spoiled, accelerators_);
        for (const auto& row : with_use(rows_, RowUse::test)) {
            const auto& accelerator = named(accelerators_, row.accelerator);
            const double moved =
                robust.samples_per_second(accelerator, row.load, *row.precision).samples_per_second /
                estimate_.samples_per_second(accelerator, row.load, *row.precision).samples_per_second;
            QVERIFY2(moved > 0.8 && moved < 1.25,
                     qPrintable(QString::fromStdString(row.accelerator) + QString::number(moved)));
        }
    }

    void what_is_less_known_has_a_wider_range() {
        const auto& a100 = named(accelerators_, "a100-80gb");
        const TrainingLoad bert{"bert-large-squad", WorkloadKind::encoder, 335141888, 7.72e11};
        auto other_name = bert;
        other_name.workload = "bert-of-mine";
        auto other_kind = other_name;
        other_kind.kind.reset();
        auto other_size = other_kind;
        other_size.flop_per_sample = 1e7;
        other_size.parameters = 1e4;
        double width = look(a100, bert, Precision::tf32).second;
        for (const auto& load : {other_name, other_kind, other_size}) {
            const auto [utilisation, wider] = look(a100, load, Precision::tf32);
            QVERIFY2(wider >= width, qPrintable(QString::number(wider)));
            QVERIFY2(utilisation > 0.05 && utilisation < 0.7, qPrintable(QString::number(utilisation)));
            width = wider;
        }
        // A new accelerator like a known one, one like none, and one of which bandwidth and year are unknown.
        Accelerator like = named(accelerators_, "h100");
        like.memory_bandwidth_gbs *= 1.1;
        Accelerator far{"far", "Far", 4000, 90'000, 2048, 90'000, 2036};
        Accelerator unsaid{"unsaid", "Unsaid", 60, 900, 80, 0, 0};
        const auto known = look(named(accelerators_, "h100"), bert, Precision::tensor);
        QVERIFY(look(like, bert, Precision::tensor).second < 1.1 * known.second);
        QVERIFY(look(far, bert, Precision::tensor).second > 1.2 * known.second);
        QVERIFY(look(unsaid, bert, Precision::tensor).second > 1.2 * known.second);
        for (const auto& accelerator : {like, far, unsaid}) {
            const double utilisation = look(accelerator, bert, Precision::tensor).first;
            QVERIFY2(utilisation > 0.05 && utilisation < 0.7, qPrintable(QString::number(utilisation)));
        }
    }

    void nothing_is_above_the_peak() {
        auto fast = rows_;
        for (auto& row : fast)
            row.samples_per_second *= 5;
        const auto estimate = SpeedEstimate::fit(fast, accelerators_);
        for (const auto& row : with_use(rows_, RowUse::test)) {
            const auto& accelerator = named(accelerators_, row.accelerator);
            const auto range = estimate.samples_per_second(accelerator, row.load, *row.precision);
            const double peak = peak_tflops(accelerator, *row.precision) * 1e12 / row.load.flop_per_sample;
            QVERIFY(range.low <= range.samples_per_second && range.samples_per_second <= range.high);
            QVERIFY(range.high <= peak * (1 + 1e-12));
        }
    }

    void without_rows_there_is_the_general_answer() {
        const auto none = SpeedEstimate::fit({}, accelerators_);
        QCOMPARE(none.pairs(), std::size_t{0});
        const auto& a100 = named(accelerators_, "a100");
        const auto range =
            none.samples_per_second(a100, {"x", WorkloadKind::encoder, 1e8, 1e11}, Precision::tensor);
        QVERIFY(std::abs(range.samples_per_second / (0.27 * 312e12 / 1e11) - 1) < 1e-9);
        QVERIFY(range.high / range.low > 3);
    }
};

}  // namespace test_speed_estimate

DEEPVM_TEST(test_speed_estimate, TestSpeedEstimate)
#include "test_speed_estimate.moc"
