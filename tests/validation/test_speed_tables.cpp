// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a speed, a cluster's loss or a region's price would be shown as met that was fitted or
// missed.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "measured_folder.h"
#include "test_program.h"

namespace test_speed_tables {

using namespace deepvm::validation;
using namespace deepvm::validation::test;

namespace {

// The middle of the values, or the mean of the two in the middle.
double middle_of(std::vector<double> values) {
    std::ranges::sort(values);
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::string key_part(const Row& row, std::string_view column) {
    for (const auto& [name, value] : row.key)
        if (name == column) return std::get<std::string>(value);
    qFatal("no such part of a key");
}

}  // namespace

class TestSpeedTables : public QObject {
    Q_OBJECT

    const std::vector<Table> shipped_ = shipped_tables();
    std::optional<MeasuredFolder> folder_;

    QString path(const QString& file) const { return folder_->path(file); }
    deepvm::base::Result<std::vector<Table>> validate_folder() const { return folder_->validate(); }
    void spoil(const QString& file, bool fitted) const { folder_->spoil(file, fitted); }

  private slots:
    void init() { folder_.emplace(); }

    // The goals of the new tables, computed again from what is shown of each row.
    void pairs_never_fitted_are_met() {
        std::map<std::string, std::vector<double>> pairs;
        std::set<std::string> fitted;
        for (const auto& row : find(shipped_, files[6])->rows) {
            const auto pair = key_part(row, "accelerator") + "/" + key_part(row, "workload") + "/" +
                              key_part(row, "precision");
            pairs[pair].push_back(std::log(row.predicted / row.measured));
            if (row.fitted) fitted.insert(pair);
        }
        std::vector<double> squares;
        for (const auto& [pair, errors] : pairs)
            if (!fitted.contains(pair)) squares.push_back(std::pow(middle_of(errors), 2));
        QCOMPARE(squares.size(), std::size_t{34});
        QVERIFY(std::exp(std::sqrt(mean_of(squares))) <= 1.25);
        QVERIFY(std::exp(std::sqrt(std::ranges::max(squares))) <= 1.75);
    }
    void series_never_fitted_are_met() {
        std::map<std::string, std::vector<double>> series;
        for (const auto& row : find(shipped_, files[7])->rows)
            if (!row.fitted)
                series[key_part(row, "series")].push_back(
                    std::pow(std::log(row.predicted / row.measured), 2));
        std::map<std::string, std::vector<double>> families;
        for (const auto& [name, squares] : series)
            families[name.substr(0, name.find('-'))].push_back(mean_of(squares));
        std::vector<double> means;
        for (const auto& [family, squares] : families)
            means.push_back(mean_of(squares));
        QCOMPARE(means.size(), std::size_t{6});
        QVERIFY(std::exp(std::sqrt(mean_of(means))) <= 1.13);
    }

    // A goal that is not reached is shown as one.
    void a_miss_of_the_new_tables_is_a_miss() {
        for (const auto& file : {files[6], files[7]})
            spoil(file, false);
        const auto tables = validate_folder();
        QVERIFY(tables.has_value());
        for (const auto& file : {files[6], files[7]})
            for (const auto& goal : find(*tables, file)->goals)
                QVERIFY2(!goal.met || goal.wording.starts_with("worst"), goal.reached.c_str());
    }

    void every_row_with_a_use_is_shown() {
        for (const auto& file : {files[6], files[7]}) {
            const auto is_fitted = fitted_rows(file);
            auto lines = lines_of(shipped + file);
            lines.removeFirst();
            lines.removeIf([](const QString& line) { return line.endsWith(",context"); });
            const auto& rows = find(shipped_, file)->rows;
            QCOMPARE(rows.size(), static_cast<std::size_t>(lines.size()));
            for (qsizetype i = 0; i < lines.size(); ++i) {
                QCOMPARE(rows[i].fitted, is_fitted(lines[i].split(','), 0));
                QCOMPARE(rows[i].measured, lines[i].split(',')[measured_columns(file)[0]].toDouble());
            }
        }
    }

    // A longer file: the same fit, a prediction for what was added, and a word for what cannot be predicted.
    void more_speeds_are_predicted_not_fitted() {
        const QString end = ",software,source,2026-01-01,,test";
        write_lines(path(files[6]),
                    lines_of(shipped + files[6])
                        << "l4,1,,vit-l16-224,vision-transformer,304326632,3.693e11,tensor,64,224px,90," + end
                        << "a100,8,,speech-of-mine,speech,3e8,1e12,tensor,8,,900," + end
                        << "abacus,1,,vit-l16-224,vision-transformer,304326632,3.693e11,tensor,1,,1," + end
                        << "a100,8,,vit-l16-224,vision-transformer,304326632,3.693e11,fp4,1,,9," + end);
        write_lines(
            path(files[7]),
            lines_of(shipped + files[7])
                << "mine-a,t4,1,1,25,,resnet50-imagenet,convolution,25557032,2.454e10,tensor,128,1,,210" + end
                << "mine-a,t4,4,1,25,,resnet50-imagenet,convolution,25557032,2.454e10,tensor,128,1,,700" + end
                << "mine-b,t4,4,1,25,,resnet50-imagenet,convolution,25557032,2.454e10,tensor,128,1,,700" +
                       end);
        const auto tables = validate_folder();
        QVERIFY2(tables.has_value(), tables ? "" : qPrintable(message(tables.error())));
        const auto& devices = *find(*tables, files[6]);
        const auto& before = find(shipped_, files[6])->rows;
        QCOMPARE(devices.rows.size(), before.size() + 2);
        QVERIFY(std::equal(before.begin(), before.end(), devices.rows.begin()));
        QVERIFY(!devices.rows.back().fitted && relative_error(devices.rows.back()).value() < 3);
        QVERIFY(
            std::ranges::any_of(devices.notes, [](const auto& note) { return note.starts_with("abacus "); }));
        QVERIFY(std::ranges::any_of(devices.notes,
                                    [](const auto& note) { return note.starts_with("1 rows w"); }));
        const auto& clusters = *find(*tables, files[7]);
        const auto& series = find(shipped_, files[7])->rows;
        QCOMPARE(clusters.rows.size(), series.size() + 2);
        QVERIFY(std::equal(series.begin(), series.end(), clusters.rows.begin()));
        QVERIFY(relative_error(clusters.rows.back()).value() < 0.3);
        QVERIFY(std::ranges::any_of(clusters.notes,
                                    [](const auto& note) { return note.starts_with("1 rows a"); }));
    }

    // A folder of measurements alone is judged by the peaks that the program ships.
    void peaks_come_from_the_folder_or_from_the_program() {
        const auto own = lines_of(shipped + peaks);
        QVERIFY(QFile::remove(path(peaks)));
        const auto without = validate_folder();
        QVERIFY(without.has_value());
        QVERIFY(find(*without, files[6])->missing.find("accelerators.csv") != std::string::npos);
        const auto lent = folder_->validate(shipped);
        QVERIFY(lent.has_value() && predictions(*lent) == predictions(shipped_));
        write_lines(path(peaks), own.first(5));
        const auto few = folder_->validate(shipped);
        QVERIFY(few && find(*few, files[6])->rows.size() < find(shipped_, files[6])->rows.size());
    }
};

}  // namespace test_speed_tables

DEEPVM_TEST(test_speed_tables, TestSpeedTables)
#include "test_speed_tables.moc"
