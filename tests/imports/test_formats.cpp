// SPDX-License-Identifier: GPL-3.0-or-later
// Without these the same price would become another one by the file that it came in.
#include <QProcess>
#include <QtTest>

#include "imports/formats.h"
#include "imports/samples.h"
#include "test_program.h"

namespace test_formats {

using namespace deepvm;
using namespace deepvm::test;
using base::Money;

class TestFormats : public QObject {
    Q_OBJECT

    Desk desk_;

    static Money money(const char* text) { return *Money::parse(text, "price"); }

    // A catalog with all of the files in it.
    QString with(const QString& name, const QStringList& files) {
        const auto catalog = desk_.fresh(name);
        const auto done = desk_.import(catalog, files);
        if (!done) QTest::qFail(done.error().message.c_str(), __FILE__, __LINE__);
        return catalog;
    }

    // What the command line plans over a range of budgets; it names no sources.
    static QByteArray frontier(const QString& catalog) {
        QProcess process;
        process.start(DEEPVM_BIN_DIR "/deepvm",
                      {"frontier", "--from", "0.5", "--to", "4", "--provider", "aws", "--region", "us-east-1",
                       "--format", "csv", "--catalog", catalog});
        return process.waitForFinished(120'000) && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                           : QByteArray();
    }

  private slots:
    void every_sample_is_known_by_its_content() {
        const std::vector<std::string_view> names{"skypilot",       "aws-spot-history", "aws-price-list",
                                                  "aws-price-list", "aws-spot-advisor", "azure-retail",
                                                  "ec2instances",   "deepvm-data",      "csv"};
        const auto samples = all_samples();
        QCOMPARE(samples.size(), names.size());
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const auto format = imports::detect(samples[i].bytes.toStdString());
            QVERIFY2(format.has_value(), qPrintable(samples[i].file));
            QCOMPARE(imports::named(*format).name, names[i]);
            QVERIFY(imports::format_named(names[i]).value() == *format);
        }
        QVERIFY(imports::format_named("skyplot").error().message.find("skypilot") != std::string::npos);
    }

    void the_same_offers_give_the_same_prices_and_plans() {
        const auto spot = desk_.file("spot.json", spot_history_sample());
        const std::vector<QString> catalogs{
            with("csv.db", {desk_.file("offers.csv", csv_sample())}),
            with("sky.db", {desk_.file("aws/vms.csv", skypilot_sample())}),
            with("ec2.db", {desk_.file("instances.json", ec2_instances_sample())}),
            with("json.db", {spot, desk_.file("index.json", price_list_json_sample())}),
            with("list.db", {desk_.file("index.csv", price_list_csv_sample()), spot})};
        const auto plans = frontier(catalogs.front());
        QVERIFY(plans.count('\n') > 2);
        for (const auto& catalog : catalogs) {
            for (const auto& wanted : sample_offers()) {
                const auto offer = offer_of(catalog, "aws", "us-east-1", wanted.type);
                QCOMPARE(offer.on_demand, money(wanted.on_demand));
                QCOMPARE(offer.spot.value_or(Money()), money(wanted.spot));
                QVERIFY(offer.spot_basis == model::PriceBasis::observed);
                const auto type = type_of(catalog, "aws", "us-east-1", wanted.type);
                QCOMPARE(type.vcpus, wanted.vcpus);
                QCOMPARE(type.memory_gib.value_or(0), wanted.memory_gib);
                QCOMPARE(type.accelerator_count, wanted.gpus);
            }
            const auto fresh = type_of(catalog, "aws", "us-east-1", "p3.2xlarge");
            QCOMPARE(fresh.accelerator->name, std::string("v100"));
            QCOMPARE(fresh.quota_class, std::string("P"));
            QVERIFY(fresh.host == model::HostArchitecture::x86_64);
            QCOMPARE(frontier(catalog), plans);
        }
    }

    // Of a zone the newest price counts, of the zones the cheapest, and all of them are shown.
    void a_spot_history_gives_the_newest_price_of_the_cheapest_zone() {
        const auto own = with("history.db", {desk_.file("spot.json", spot_history_sample())});
        QCOMPARE(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").spot.value_or(Money()), money("0.171"));
        const auto opened = catalog::Catalog::open(own.toStdString());
        const auto past = opened->past("aws", "us-east-1", "g4dn.xlarge");
        QVERIFY(past && past->range);
        QCOMPARE(past->range->zone, std::string("us-east-1a"));
        QCOMPARE(past->range->zones, 2);
        // What the zone was before is no price of today.
        QCOMPARE(past->range->low, money("0.171"));
        QCOMPARE(past->range->high, money("7.5"));
    }

    // A saving is of the on-demand price, also where that comes with another file of the same import.
    void the_advisor_brings_savings_and_bands() {
        const auto own = with("advisor.db", {desk_.file("advisor.json", spot_advisor_sample()),
                                             desk_.file("index.csv", price_list_csv_sample())});
        const auto fresh = offer_of(own, "aws", "us-east-1", "p3.2xlarge");
        QCOMPARE(fresh.listed_spot.value_or(fresh.spot.value_or(Money())), money("1.53"));
        QVERIFY(fresh.spot_basis == model::PriceBasis::advisor_savings);
        QCOMPARE(int(fresh.interruption_band.value_or(9)), 2);
        // The band is newer than the price that somebody saw of g4dn.xlarge.
        QCOMPARE(int(offer_of(own, "aws", "us-east-1", "g4dn.xlarge").interruption_band.value_or(9)), 2);
    }

    void bands_of_ec2instances_are_taken() {
        const auto file = desk_.file("bands.json", ec2_instances_sample().replace("N/A", ">20%"));
        const auto own = with("bands.db", {file});
        QCOMPARE(int(offer_of(own, "aws", "us-east-1", "p3.2xlarge").interruption_band.value_or(9)), 4);
    }

    // A local zone has prices of its own; the dearest zone has no name there, and is never the price.
    void ec2instances_brings_plain_regions_and_no_made_up_zone() {
        const QByteArray sample = ec2_instances_sample();
        auto local = sample;
        local.replace("\"us-east-1\":", "\"us-west-2-lax-1\":");
        auto most = sample;
        most.replace("\"spot_max\":\"0.171\"", "\"spot_max\":\"0.5\"");
        auto broken = most;
        broken.replace("\"spot_min\":\"0.171\"", "\"spot_min\":\"0.17x\"");
        const auto own = with("most.db", {desk_.file("most.json", most)});
        const auto range = [](const QString& catalog) {
            return catalog::Catalog::open(catalog.toStdString())
                ->past("aws", "us-east-1", "g4dn.xlarge")
                ->range;
        };
        QVERIFY(range(own).has_value());
        QCOMPARE(range(own)->zones, 1);
        QCOMPARE(range(own)->zone, std::string());
        QCOMPARE(range(own)->low, money("0.171"));
        QCOMPARE(range(own)->high, money("0.5"));
        const auto kept = with("broken.db", {desk_.file("broken.json", broken)});
        QCOMPARE(offer_of(kept, "aws", "us-east-1", "g4dn.xlarge").spot.value_or(Money()), money("0.3196"));
        const auto none = desk_.import(desk_.fresh(), {desk_.file("local.json", local)});
        QVERIFY(!none && none.error().message.find("4 local zones") != std::string::npos);
    }

    void azure_brings_linux_by_the_hour_and_spot() {
        const auto one = with("azure.db", {desk_.file("azure.json", azure_sample())});
        const auto pages = with("pages.db", {desk_.file("pages.json", "[" + azure_sample() + "]")});
        const auto twice =
            with("twice.db", {desk_.file("twice.json", azure_sample() + "\n" + azure_sample())});
        for (const auto& own : {one, pages, twice}) {
            const auto offer = offer_of(own, "azure", "eastus", "Standard_NC4as_T4_v3");
            QCOMPARE(offer.on_demand, money("0.531"));
            QCOMPARE(offer.spot.value_or(Money()), money("0.0987"));
        }
        const auto more = azure_sample().replace("\"NextPageLink\":null",
                                                 "\"NextPageLink\":\"https://prices.azure.com/next\"");
        const auto done = desk_.import(desk_.fresh(), {desk_.file("more.json", more)});
        QVERIFY(everything_said(*done).contains("https://prices.azure.com/next"));
    }

    // Google's machines cannot be had without their accelerators, which SkyPilot lists apart.
    void on_google_cloud_the_machine_and_its_accelerators_are_added_up() {
        const QByteArray header =
            "InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,GpuInfo,Region,AvailabilityZone,"
            "Price,SpotPrice\n";
        const auto file = desk_.file(
            "gcp/vms.csv", header +
                               "a2-highgpu-1g,12.0,85.0,,,,us-central1,us-central1-a,0.73948,0.29576\n"
                               "a2-highgpu-2g,24.0,170.0,,,,us-central1,us-central1-a,1.4,0.5\n"
                               "a4-highgpu-8g,224.0,3968.0,,,,us-central1,us-central1-a,9,3\n"
                               "n2-standard-4,4.0,16.0,,,,us-central1,us-central1-a,0.2,0.05\n"
                               ",,,A100,1.0,A100,us-central1,us-central1-a,2.934,1.1\n");
        const auto own = desk_.fresh();
        const auto before = offer_of(own, "gcp", "us-central1", "a2-highgpu-2g");
        const auto done = desk_.import(own, {file});
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        const auto offer = offer_of(own, "gcp", "us-central1", "a2-highgpu-1g");
        QCOMPARE(offer.on_demand, money("3.67348"));
        QCOMPARE(offer.spot.value_or(Money()), money("1.39576"));
        QCOMPARE(offer_of(own, "gcp", "us-central1", "n2-standard-4").on_demand, money("0.2"));
        QCOMPARE(offer_of(own, "gcp", "us-central1", "a2-highgpu-2g").on_demand, before.on_demand);
        QVERIFY(!has_offer(own, "gcp", "us-central1", "a4-highgpu-8g"));
        QVERIFY(everything_said(*done).contains("line 3: a2-highgpu-2g needs the price of 2 x a100"));
        QVERIFY(everything_said(*done).contains("line 4: a4-highgpu-8g is not in the catalog"));
    }

    void data_json_changes_the_published_data_set() {
        const auto own = with("data.db", {desk_.file("data.json", deepvm_data_sample())});
        const auto opened = catalog::Catalog::open(own.toStdString());
        const auto market = opened->load({"deepvm-paper", ""});
        QVERIFY(market.has_value());
        QCOMPARE(offer_of(own, "deepvm-paper", "", "g4dn.xlarge").on_demand, money("0.53"));
        const auto fresh = type_of(own, "deepvm-paper", "", "p9.xlarge");
        QCOMPARE(fresh.published_rate.value_or(0), 1500.0);
        QCOMPARE(fresh.network_gbps, 50.0);
        QCOMPARE((*market)->quotas.front(), (model::Quota{"G", 64, 192}));
    }

    void our_own_table_of_offers_is_such_a_file() {
        const auto own = with("self.db", {QStringLiteral(DEEPVM_SOURCE_DIR "/resources/catalog/offers.csv")});
        const auto shipped = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db");
        const auto imported = catalog::Catalog::open(own.toStdString());
        QVERIFY(shipped && imported);
        for (const auto* provider : {"aws", "gcp", "azure", "lambda"}) {
            const auto wanted = shipped->load({provider, "any"});
            const auto got = imported->load({provider, "any"});
            QVERIFY(wanted && got);
            QCOMPARE((*got)->places.size(), (*wanted)->places.size());
            for (std::size_t i = 0; i < (*wanted)->places.size(); ++i)
                QCOMPARE((*got)->places[i].offers.size(), (*wanted)->places[i].offers.size());
            QVERIFY(model::prices_as_of(**got) == model::prices_as_of(**wanted));
        }
    }
};

}  // namespace test_formats

DEEPVM_TEST(test_formats, TestFormats)
#include "test_formats.moc"
