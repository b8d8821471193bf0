// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons of the program can be played to their end today, when all prices are others, and when a person
// has brought prices of their own; else a class sits before a goal that nobody can reach.
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <random>
#include <sstream>

#include "base/money.h"
#include "cases.h"
#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "imports/import.h"
#include "lessons/staging.h"
#include "lessons/texts.h"
#include "test_program.h"

namespace test_shipped_lessons {

using namespace deepvm;
using namespace deepvm::lessons;

namespace {

namespace fs = std::filesystem;

const fs::path sources = DEEPVM_SOURCE_DIR "/resources/catalog";

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');)
        fields.push_back(field);
    if (line.ends_with(',')) fields.emplace_back();
    return fields;
}

// Every price of the file up to a fifth less or more; a spot price never above its on-demand price. None of
// these files has quotes.
void change_prices(const fs::path& from, const fs::path& to, std::mt19937& random) {
    std::ifstream in(from);
    std::ofstream out(to);
    std::string line;
    std::getline(in, line);
    out << line << '\n';
    const auto header = split(line);
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
    };
    const auto on_demand = column("on_demand_usd_per_hour");
    const auto spot = column("spot_usd_per_hour");
    std::uniform_real_distribution<double> factor(0.8, 1.2);
    while (std::getline(in, line)) {
        auto fields = split(line);
        const double dear = std::stod(fields[on_demand]) * factor(random);
        fields[on_demand] = base::Money::from_usd(dear).decimal();
        if (!fields[spot].empty())
            fields[spot] =
                base::Money::from_usd(std::min(dear * 0.98, std::stod(fields[spot]) * factor(random)))
                    .decimal();
        for (std::size_t i = 0; i < fields.size(); ++i)
            out << (i > 0 ? "," : "") << fields[i];
        out << '\n';
    }
}

}  // namespace

class TestShippedLessons : public QObject {
    Q_OBJECT

    std::vector<Lesson> lessons_;
    QTemporaryDir folder_;

    void playAll(const fs::path& catalog_file) {
        const auto catalog = catalog::Catalog::open(catalog_file);
        QVERIFY2(catalog.has_value(), catalog ? "" : catalog.error().message.c_str());
        Worlds worlds(*catalog);
        for (const auto& lesson : lessons_) {
            const auto staged = stage(lesson, std::nullopt, worlds, {});
            QVERIFY2(staged.has_value(), staged ? "" : staged.error().message.c_str());
            for (const auto& each : staged->passed_over)
                qInfo("%s is not played in %s: step %zu: %s", lesson.id.c_str(),
                      place_of(each.market).c_str(), each.step + 1, each.why.c_str());
            for (std::size_t i = 0; i < lesson.steps.size(); ++i)
                QVERIFY2(!staged->rehearsal.steps[i].view.text.empty(), lesson.id.c_str());
        }
    }

  private slots:
    void initTestCase() {
        auto all = open_lessons(DEEPVM_SOURCE_DIR "/resources/lessons");
        QVERIFY2(all.has_value(), all ? "" : all.error().message.c_str());
        QVERIFY2(all->refused.empty(), all->refused.empty() ? "" : all->refused.front().message.c_str());
        lessons_ = std::move(all->lessons);
        QVERIFY(lessons_.size() >= 9);
    }

    void lessons_are_lessons() {
        for (const auto& lesson : lessons_) {
            const auto count = [&](StepKind kind) {
                return std::ranges::count(lesson.steps, kind, &Step::kind);
            };
            QVERIFY2(lesson.steps.size() >= 8 && lesson.steps.size() <= 15, lesson.id.c_str());
            QVERIFY2(lesson.minutes >= 10 && lesson.minutes <= 20, lesson.id.c_str());
            QVERIFY2(count(StepKind::predict) >= 1 && count(StepKind::perform) >= 1, lesson.id.c_str());
            QVERIFY2(count(StepKind::explain) >= 1, lesson.id.c_str());
            for (const auto& step : lesson.steps)
                if (step.kind == StepKind::perform && !step.solution.empty())
                    QVERIFY2(step.hints.size() >= 2, lesson.id.c_str());
        }
    }

    void every_step_can_be_done_today() { playAll(DEEPVM_SOURCE_DIR "/catalog.db"); }

    void and_with_other_prices_data() {
        QTest::addColumn<unsigned>("seed");
        for (const auto seed : tests::seeds(1, 12))
            QTest::addRow("seed %u", seed) << seed;
    }
    void and_with_other_prices() {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        const fs::path folder = folder_.filePath(QString::number(seed)).toStdString();
        fs::copy(sources, folder);
        for (const char* file : {"offers.csv", "deepvm_paper.csv", "deepvm_simulated.csv"}) {
            fs::remove(folder / file);
            change_prices(sources / file, folder / file, random);
        }
        const auto file = folder / "catalog.db";
        const auto built = catalog::build_catalog(folder, file);
        QVERIFY2(built.has_value(), built ? "" : built.error().message.c_str());
        playAll(file);
    }

    // Half of the region's prices as another day had them.
    void and_with_prices_of_ones_own() {
        const fs::path mine = folder_.filePath("mine.csv").toStdString();
        std::ifstream in(sources / "offers.csv");
        std::ofstream out(mine);
        out << "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour\n";
        std::string line;
        std::getline(in, line);
        for (int i = 0; std::getline(in, line); ++i) {
            const auto fields = split(line);
            if (i % 2 != 0 || fields[1] != "us-east-1") continue;
            out << fields[0] << ',' << fields[1] << ',' << fields[2] << ','
                << base::Money::from_usd(std::stod(fields[3]) * 1.1).decimal() << ','
                << (fields[4].empty() ? "" : base::Money::from_usd(std::stod(fields[4]) * 0.9).decimal())
                << '\n';
        }
        out.close();
        const fs::path file = folder_.filePath("imported.db").toStdString();
        const auto imported = imports::import_prices({.files = {mine},
                                                      .into = file,
                                                      .otherwise = DEEPVM_SOURCE_DIR "/catalog.db",
                                                      .format = {},
                                                      .provider = {},
                                                      .date = "2026-11-01"});
        QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
        playAll(file);
    }

    void names_that_there_are_not_are_said() {
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        Worlds worlds(catalog);
        auto lesson = lessons_.front();
        lesson.exercise.emplace();
        lesson.exercise->workloads = {"resnet50-imagenet", "resnet51-imagenet"};
        auto checked = check(lesson, std::nullopt, worlds, {}).value();
        QVERIFY(!checked.sound());
        QVERIFY2(
            checked.findings.front().what.find("did you mean \"resnet50-imagenet\"?") != std::string::npos,
            checked.findings.front().what.c_str());
        lesson.exercise->workloads.clear();
        lesson.exercise->markets = {{"aws", "us-east-7"}};
        checked = check(lesson, 1, worlds, {}).value();
        QVERIFY(!checked.sound());
        QVERIFY2(checked.findings.front().what.find("us-east-") != std::string::npos,
                 checked.findings.front().what.c_str());
    }

    void a_lesson_without_a_case_says_so() {
        auto lesson = lessons_.front();
        lesson.steps.back().goal = Expression::parse("budget < 0").value();
        lesson.steps.back().kind = StepKind::perform;
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        Worlds worlds(catalog);
        const auto staged = stage(lesson, std::nullopt, worlds, {});
        QVERIFY(!staged.has_value());
        QVERIFY2(
            staged.error().message.find("cannot be played with this catalog's prices") != std::string::npos,
            staged.error().message.c_str());
    }
};

}  // namespace test_shipped_lessons

DEEPVM_TEST(test_shipped_lessons, TestShippedLessons)
#include "test_shipped_lessons.moc"
