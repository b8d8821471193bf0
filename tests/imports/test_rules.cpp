// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a price would be replaced by a worse one, or taken without a word where something is wrong
// with it.
#include <QtTest>
#include <chrono>
#include <stop_token>
#include <thread>

#include "catalog/support.h"
#include "imports/diff.h"
#include "imports/samples.h"
#include "test_program.h"

namespace test_rules {

using namespace deepvm;
using namespace deepvm::test;
using base::Money;

constexpr const char* header =
    "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour,spot_basis,as_of\n";

class TestRules : public QObject {
    Q_OBJECT

    Desk desk_;

    static Money money(const char* text) { return *Money::parse(text, "price"); }

    // Imports rows of our own CSV into `catalog`.
    base::Result<imports::ImportReport> rows(const QString& catalog, const QByteArray& lines,
                                             const imports::ImportOptions& options = {}) {
        return desk_.import(catalog, {desk_.file("rows.csv", header + lines)}, options);
    }

  private slots:
    void what_a_price_was_stays_known() {
        const auto own = desk_.fresh();
        const auto before = offer_of(own, "aws", "us-east-1", "g4dn.xlarge");
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.6,0.3,observed,2026-11-01\n").has_value());
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.7,,,2026-11-02\n").has_value());
        const auto opened = catalog::Catalog::open(own.toStdString());
        const auto past = opened->past("aws", "us-east-1", "g4dn.xlarge");
        QCOMPARE(past->prices.size(), std::size_t{3});
        QCOMPARE(past->prices[0].price, before.on_demand);
        QCOMPARE(past->prices[1].price, money("0.6"));
        QCOMPARE(past->prices[1].source.as_of, std::string("2026-11-01"));
        QVERIFY(past->prices[2].is_spot && past->prices[2].price == before.spot.value_or(Money()));
        QVERIFY(opened->past("aws", "us-east-1", "none")->prices.empty());
        // A price that is what it was is no news.
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.7,,,2026-11-03\n").has_value());
        QCOMPARE(
            catalog::Catalog::open(own.toStdString())->past("aws", "us-east-1", "g4dn.xlarge")->prices.size(),
            std::size_t{3});
    }

    void an_older_price_does_not_replace_a_newer_one() {
        const auto own = desk_.fresh();
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.6,,,2026-11-01\n").has_value());
        const auto older = rows(own, "aws,us-east-1,g4dn.xlarge,0.5,,,2025-01-01\n");
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").on_demand, money("0.6"));
        QVERIFY(everything_said(*older).contains("--allow-older"));
        imports::ImportOptions options;
        options.allow_older = true;
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.5,,,2025-01-01\n", options).has_value());
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").on_demand, money("0.5"));
    }

    void an_estimate_does_not_replace_what_was_seen() {
        const auto own = desk_.fresh();
        const auto day = sample_day().toUtf8();
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.6,0.31,observed," + day + "\n").has_value());
        const auto done = desk_.import(own, {desk_.file("advisor.json", spot_advisor_sample())});
        QVERIFY(done.has_value());
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").spot.value_or(Money()), money("0.31"));
        QVERIFY(everything_said(*done).contains("an estimate from average savings"));
    }

    // A price that somebody wrote down themselves was called the provider's list price.
    void a_price_without_a_basis_is_the_persons_own() {
        const auto own = desk_.fresh();
        const auto done = desk_.rows(own,
                                     "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour,"
                                     "spot_basis,as_of",
                                     "aws,us-east-1,g4dn.xlarge,0.526,0.2,,2026-11-01\n"
                                     "aws,us-east-1,g5.xlarge,1.006,0.4,observed,2026-11-01\n");
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        const auto source = source_of(own, "aws", "us-east-1", "g4dn.xlarge", true);
        QVERIFY(model::is_own(&source));
        QVERIFY(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").spot_basis == model::PriceBasis::list);
        const auto seen = offer_of(own, "aws", "us-east-1", "g5.xlarge");
        QVERIFY(seen.spot_basis == model::PriceBasis::observed);
        const auto shipped = source_of(desk_.fresh("other.db"), "aws", "us-east-1", "g4dn.xlarge");
        QVERIFY(!model::is_own(&shipped) && !model::is_own(nullptr));
    }
    void a_spot_price_above_on_demand_is_kept_and_flagged() {
        const auto own = desk_.fresh();
        const auto done = rows(own, "aws,us-east-1,g4dn.xlarge,0.6,0.9,observed,2026-11-01\n");
        QVERIFY(everything_said(*done).contains("spot 0.90 USD/h is above the on-demand price 0.60"));
        const auto offer = offer_of(own, "aws", "us-east-1", "g4dn.xlarge");
        QCOMPARE(offer.listed_spot.value_or(Money()), money("0.9"));
        QVERIFY(!offer.spot.has_value());
    }

    void a_hundredth_of_every_known_price_is_flagged_and_stays_so() {
        const auto own = desk_.fresh();
        // All regions at once: within the file nothing tells that these are cents.
        const auto done = rows(own,
                               "aws,us-east-1,g4dn.xlarge,0.005,,,2026-11-01\n"
                               "aws,eu-west-1,g4dn.xlarge,0.005,,,2026-11-01\n");
        QCOMPARE(done->flagged.size() >= 2, true);
        QVERIFY(everything_said(*done).contains("are these cents?"));
        QVERIFY(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").doubtful);
        QVERIFY(offer_of(own, "aws", "eu-west-1", "g4dn.xlarge").doubtful);
        // The same again, and other cents, say nothing for these: they would be measured by themselves.
        for (const auto* price : {"0.005", "0.0051"}) {
            const QByteArray amount(price);
            const auto again =
                rows(own, "aws,us-east-1,g4dn.xlarge," + amount +
                              ",,,2026-11-01\naws,eu-west-1,g4dn.xlarge," + amount + ",,,2026-11-01\n");
            QVERIFY(everything_said(*again).contains("are these cents?"));
            QVERIFY(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").doubtful);
            QVERIFY(offer_of(own, "aws", "eu-west-1", "g4dn.xlarge").doubtful);
        }
        QVERIFY(rows(own, "aws,us-east-1,g4dn.xlarge,0.53,,,2026-11-02\n").has_value());
        QVERIFY(!offer_of(own, "aws", "us-east-1", "g4dn.xlarge").doubtful);
    }

    void decimals_are_taken_where_they_are_exact_data() {
        QTest::addColumn<QByteArray>("price");
        QTest::addColumn<QString>("says");
        QTest::newRow("ten, exact") << QByteArray("0.6120000000") << QString();
        QTest::newRow("the double") << QByteArray("0.6119999999999999") << QString();
        QTest::newRow("the other double") << QByteArray("0.6120000000000001") << QString();
        QTest::newRow("seven, not exact") << QByteArray("0.6120001") << "more than 6 decimal places";
        QTest::newRow("seventeen, not exact") << QByteArray("0.61200010000000001") << "more than 6 decimal";
        QTest::newRow("comma") << QByteArray("\"0,612\"") << "has a decimal comma";
        QTest::newRow("thousands") << QByteArray("\"1,000.5\"") << "not an amount";
        QTest::newRow("negative") << QByteArray("-0.612") << "negative";
        QTest::newRow("nothing") << QByteArray("0") << "price is 0";
        QTest::newRow("no number") << QByteArray("nan") << "not an amount";
        QTest::newRow("endless") << QByteArray("1e400") << "not an amount";
        QTest::newRow("in words") << QByteArray("$0.612") << "not an amount";
    }
    void decimals_are_taken_where_they_are_exact() {
        QFETCH(QByteArray, price);
        QFETCH(QString, says);
        const auto own = desk_.fresh();
        // A second row that is right goes in whatever the first is.
        const auto done = rows(own, "aws,us-east-1,g4dn.xlarge," + price +
                                        ",,,2026-11-01\naws,us-east-1,g5.xlarge,1.5,,,2026-11-01\n");
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g5.xlarge").on_demand, money("1.5"));
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").on_demand == money("0.612"),
                 says.isEmpty());
        if (says.isEmpty()) return;
        const auto said = everything_said(*done);
        QVERIFY2(said.contains("rows.csv line 2: ") && said.contains(says), qPrintable(said));
    }

    void what_cannot_be_placed_is_listed_data() {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown type") << QByteArray("aws,us-east-1,q9.xlarge,0.5,,,2026-11-01")
                                      << "aws q9.xlarge (1 price): missing vCPUs, memory";
        QTest::newRow("no on-demand") << QByteArray("aws,us-east-2,g4dn.xlarge,,0.5,observed,2026-11-01")
                                      << "the catalog has no such region; check its name";
        QTest::newRow("future") << QByteArray("aws,us-east-1,g4dn.xlarge,0.5,,,2999-11-01")
                                << "line 3: the price is of 2999-11-01, which is still to come";
        QTest::newRow("no date") << QByteArray("aws,us-east-1,g4dn.xlarge,0.5,,,yesterday")
                                 << "line 3: \"yesterday\" is not a date";
        QTest::newRow("any region") << QByteArray("aws,any,g4dn.xlarge,0.5,,,2026-11-01")
                                    << "line 3: region \"any\" means all";
        QTest::newRow("no region") << QByteArray("aws,,g4dn.xlarge,0.5,,,2026-11-01")
                                   << "line 3: region is blank";
        QTest::newRow("no price") << QByteArray("aws,us-east-1,g4dn.xlarge,,,,2026-11-01")
                                  << "on_demand_usd_per_hour and spot_usd_per_hour are blank";
        QTest::newRow("unknown basis") << QByteArray("aws,us-east-1,g4dn.xlarge,0.5,0.1,seen,2026-11-01")
                                       << "spot_basis \"seen\" is none of";
        QTest::newRow("too few fields")
            << QByteArray("aws,us-east-1,g4dn.xlarge,0.5") << "line 3: has 4 fields where the header has 7";
        QTest::newRow("two prices") << QByteArray("aws,us-east-1,g5.xlarge,1.6,,,2026-11-01")
                                    << "has another price, 1.50, already at line 2";
    }
    void what_cannot_be_placed_is_listed() {
        QFETCH(QByteArray, row);
        QFETCH(QString, says);
        const auto own = desk_.fresh();
        const auto done = rows(own, "aws,us-east-1,g5.xlarge,1.5,,,2026-11-01\n" + row + "\n");
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        QVERIFY2(everything_said(*done).contains(says), qPrintable(everything_said(*done)));
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g5.xlarge").on_demand, money("1.5"));
    }

    void a_name_that_hides_something_is_refused() {
        const auto own = desk_.fresh();
        const auto done = rows(own, "aws,us-east-1\xE2\x80\x8B,g4dn.xlarge,0.6,,,2026-11-01\n");
        QVERIFY2(!done && done.error().message.find("us-east-1\\u200b") != std::string::npos,
                 done ? "taken" : done.error().message.c_str());
    }

    void what_is_missing_is_shown_without_what_drives_a_terminal() {
        const auto own = desk_.fresh();
        for (const QByteArray count : {"", "2"}) {
            const QByteArray text =
                "provider,region,instance_type,on_demand_usd_per_hour,vcpus,memory_gib,accelerator,"
                "accelerator_count\naws,us-east-1,g9.xlarge,1,4,16,h\x1B[31m9," +
                count + "\naws,us-east-1,g4dn.xlarge,0.6,,,,\n";
            const auto done = desk_.import(own, {desk_.file("rows.csv", text)});
            QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
            const auto said = everything_said(*done);
            QVERIFY2(said.contains("h\\x1b[31m9") && !said.contains('\x1B'), qPrintable(said));
        }
    }

    void a_new_provider_becomes_a_market() {
        const auto own = desk_.fresh();
        const auto file = desk_.file("catalogs/v8/runpod/vms.csv",
                                     "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Region,"
                                     "SpotPrice,Price,AvailabilityZone,GpuInfo\n"
                                     "1x_A100-80GB_SECURE,A100-80GB,1.0,8.0,117.0,CA,1.39,1.59,CA-MTL-1,\n"
                                     "1x_RTX4090_SECURE,RTX4090,1.0,16.0,62.0,CA,0.5,0.74,CA-MTL-1,\n");
        const auto done = desk_.import(own, {file});
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        QCOMPARE(offer_of(own, "runpod", "CA", "1x_A100-80GB_SECURE").on_demand, money("1.59"));
        QCOMPARE(type_of(own, "runpod", "CA", "1x_A100-80GB_SECURE").accelerator->name,
                 std::string("a100-80gb"));
        QVERIFY(everything_said(*done).contains("the peak rates of accelerator RTX4090"));
        QVERIFY(catalog::Catalog::open(own.toStdString())->check().has_value());
    }

    void a_file_that_does_not_say_whose_prices_asks() {
        const auto done = desk_.import(desk_.fresh(), {desk_.file("downloads/vms.csv", skypilot_sample())});
        QVERIFY(!done && done.error().message.find("--provider aws") != std::string::npos);
        imports::ImportOptions options;
        options.provider = "aws";
        QVERIFY(desk_.import(desk_.fresh(), {desk_.path("downloads/vms.csv")}, options).has_value());
        // A cloud that the catalog has never heard of is one where SkyPilot keeps its files, not elsewhere.
        const auto cloud = [&](const char* path) {
            return desk_.import(desk_.fresh(), {desk_.file(path, skypilot_sample())});
        };
        QVERIFY(cloud("catalogs/v12/nimbus/vms.csv").has_value());
        QVERIFY(!cloud("nimbus/vms.csv").has_value());
        options.provider = "deepvm-paper";
        const auto paper = desk_.import(desk_.fresh(), {desk_.path("downloads/vms.csv")}, options);
        QVERIFY(!paper && paper.error().message.find("has no regions") != std::string::npos);
    }

    void every_row_that_cannot_be_used_is_in_the_json() {
        QByteArray lines = "aws,us-east-1,g5.xlarge,1.5,,,2026-11-01\n";
        for (int i = 0; i < 12; ++i)
            lines += "aws,us-east-1,g4dn.xlarge,x,,,2026-11-01\n";
        const auto done = rows(desk_.fresh(), lines);
        const auto text = everything_said(*done);
        QVERIFY2(text.contains("the first 5 of 12; --report json has all"), qPrintable(text));
        QVERIFY(text.contains("line 7: ") && !text.contains("line 8: "));
        const auto json = QString::fromStdString(imports::report_json(*done));
        for (int line = 3; line < 15; ++line)
            QVERIFY2(json.contains(QString("rows.csv line %1: ").arg(line)), qPrintable(json));
        imports::Refusals many;
        for (int i = 0; i < 10'050; ++i)
            imports::note(many, "a line");
        QCOMPARE(many.rows, std::size_t{10'050});
        QCOMPARE(many.first.size() + many.rest.size(), std::size_t{10'000});
    }

    void a_dry_run_writes_nothing_and_says_the_same() {
        const auto own = desk_.fresh();
        const auto before = bytes_of(own);
        const QByteArray lines =
            "aws,us-east-1,g4dn.xlarge,0.6,,,2026-11-01\naws,us-east-1,g5.xlarge,2,,,2020-01-01\n"
            "aws,us-east-1a,g4dn.xlarge,0.001,,,2026-11-01\naws,us-east-1,q9.xlarge,2,,,2026-11-01\n"
            "aws,us-east-1,c5.xlarge,x,,,2026-11-01\n";
        imports::ImportOptions options;
        options.dry_run = true;
        auto said = rows(own, lines, options);
        QVERIFY(bytes_of(own) == before);
        // The state before would be said, as if it were that after.
        QVERIFY(said->ages.empty());
        QVERIFY(everything_said(*said).contains("; nothing was written\n"));
        auto done = rows(own, lines);
        QVERIFY(bytes_of(own) != before && !done->ages.empty());
        said->dry_run = false;
        done->ages.clear();
        QCOMPARE(everything_said(*said), everything_said(*done));
        QVERIFY(imports::report_json(*said) == imports::report_json(*done));
    }

    // Who has had enough of a long file gets an answer at once, and the catalog is what it was.
    void a_stop_ends_the_reading_and_changes_nothing() {
        const auto own = desk_.fresh();
        const auto before = bytes_of(own);
        QByteArray lines = "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour\n";
        for (int i = 0; i < 2'000'000; ++i)
            lines += "aws,us-east-1,g4dn.xlarge,0.6,\n";
        imports::ImportOptions options;
        options.into = own.toStdString();
        options.files = {desk_.file("long.csv", lines).toStdString()};
        std::stop_source stop;
        std::chrono::steady_clock::time_point asked;
        const std::jthread someone([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            asked = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        const auto done = imports::import_prices(options, stop.get_token());
        const auto taken = std::chrono::steady_clock::now() - asked;
        QVERIFY(!done);
        QCOMPARE(done.error().code, base::ErrorCode::cancelled);
        QVERIFY(bytes_of(own) == before);
        qInfo("answered %.1f ms after the stop", std::chrono::duration<double, std::milli>(taken).count());
    }

    void a_diff_says_what_changed_came_and_went() {
        const auto own = desk_.fresh();
        QVERIFY(rows(own,
                     "aws,us-east-1,g4dn.xlarge,0.6,,,2026-11-01\naws,us-east-2,g4dn.xlarge,0.5,0.2,observed,"
                     "2026-11-01\naws,us-east-1,g5.xlarge,9,,,2026-11-01\n")
                    .has_value());
        const auto built = desk_.path("built.db").toStdString();
        const auto diff = imports::compare_catalogs(built, own.toStdString());
        QCOMPARE(diff->changes.size(), std::size_t{2});
        QCOMPARE(diff->changes.front().type, std::string("g5.xlarge"));  // the larger change
        QCOMPARE(diff->appeared.size(), std::size_t{1});
        QCOMPARE(diff->appeared.front().region, std::string("us-east-2"));
        QVERIFY(diff->gone.empty());
        const auto back = imports::compare_catalogs(own.toStdString(), built);
        QCOMPARE(back->gone.size(), std::size_t{1});
        QVERIFY(imports::diff_text(*diff).find("aws us-east-1 g5.xlarge, on-demand: ") != std::string::npos);
    }
};

}  // namespace test_rules

DEEPVM_TEST(test_rules, TestRules)
#include "test_rules.moc"
