// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/samples.h"

#include <QDateTime>
#include <QtTest>

#include "catalog/builder.h"
#include "catalog/support.h"

namespace deepvm::test {
namespace {

const model::Offer* find_offer(const model::Market& market, const std::string& type) {
    for (const auto& place : market.places)
        for (const auto& offer : place.offers)
            if (market.types[offer.type].name == type) return &offer;
    return nullptr;
}

std::shared_ptr<const model::Market> market_of(const QString& catalog, const std::string& market,
                                               const std::string& region) {
    const auto opened = catalog::Catalog::open(catalog.toStdString());
    if (!opened) qFatal("%s", opened.error().message.c_str());
    const auto loaded = opened->load({market, region});
    return loaded ? *loaded : nullptr;
}

QString gpu_info(const SampleOffer& offer) {
    return QString(
               "\"{'Gpus': [{'Name': '%1', 'Manufacturer': 'NVIDIA', 'Count': %2, 'MemoryInfo': "
               "{'SizeInMiB': %3}}], 'TotalGpuMemoryInMiB': %3}\"")
        .arg(offer.gpu)
        .arg(offer.gpus)
        .arg(QString(offer.gpu) == "A10G" ? 24576 : 16384);
}

}  // namespace

const std::vector<SampleOffer>& sample_offers() {
    static const std::vector<SampleOffer> offers{{"g4dn.xlarge", "0.53", "0.171", 4, 16, 1, "T4"},
                                                 {"g5.xlarge", "1.016", "0.402", 4, 16, 1, "A10G"},
                                                 {"c5.xlarge", "0.171", "0.0701", 4, 8, 0, ""},
                                                 {"p3.2xlarge", "3.06", "0.9184", 8, 61, 1, "V100"}};
    return offers;
}

QString sample_day() {
    return QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate);
}

QByteArray days_ago(int days) {
    return QDateTime::currentDateTimeUtc().date().addDays(-days).toString(Qt::ISODate).toUtf8();
}

QByteArray skypilot_sample() {
    QString text =
        "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,"
        "AvailabilityZone,Arch\n";
    for (const auto& offer : sample_offers())
        text += QString("%1,%2,%3,%4,%5,%6,%7,%8,us-east-1,use1-az1,x86_64\n")
                    .arg(offer.type, offer.gpu, offer.gpus ? QString::number(offer.gpus) + ".0" : QString())
                    .arg(offer.vcpus)
                    .arg(offer.memory_gib)
                    .arg(offer.gpus ? gpu_info(offer) : QString())
                    .arg(offer.on_demand, offer.spot);
    return text.toUtf8();
}

QByteArray spot_history_sample() {
    QStringList rows;
    const auto row = [&](const QString& zone, const char* type, const char* product, const QString& price,
                         const QString& time) {
        rows << QString(R"(        {
            "AvailabilityZone": "%1",
            "InstanceType": "%2",
            "ProductDescription": "%3",
            "SpotPrice": "%4",
            "Timestamp": "%5T%6+00:00"
        })")
                    .arg(zone, type, product, price, sample_day(), time);
    };
    for (const auto& offer : sample_offers()) {
        row("us-east-1a", offer.type, "Linux/UNIX", QString(offer.spot).leftJustified(12, '0'), "00:00:02");
        row("us-east-1a", offer.type, "Linux/UNIX", "0.0123000000", "00:00:01");
        row("us-east-1b", offer.type, "Linux/UNIX", "7.5000000000", "00:00:02");
        row("us-east-1a", offer.type, "Windows", "0.0300000000", "00:00:02");
    }
    return ("{\n    \"SpotPriceHistory\": [\n" + rows.join(",\n") + "\n    ]\n}\n").toUtf8();
}

QByteArray price_list_json_sample() {
    QStringList products;
    QStringList terms;
    const auto add = [&](const QString& sku, const SampleOffer& offer, const QString& system,
                         const QString& price) {
        products << QString(R"("%1":{"sku":"%1","productFamily":"Compute Instance","attributes":{)"
                            R"("servicecode":"AmazonEC2","location":"US East",)"
                            R"("locationType":"AWS Region","instanceType":"%2","vcpu":"%3",)"
                            R"("physicalProcessor":"Intel Xeon","memory":"%4 GiB",%5)"
                            R"("networkPerformance":"Up to 10 Gigabit","tenancy":"Shared",)"
                            R"("operatingSystem":"%6","capacitystatus":"Used","preInstalledSw":"NA",)"
                            R"("marketoption":"OnDemand","regionCode":"us-east-1"}})")
                        .arg(sku, offer.type)
                        .arg(offer.vcpus)
                        .arg(offer.memory_gib)
                        .arg(offer.gpus ? QString(R"("gpu":"%1",)").arg(offer.gpus) : QString(), system);
        terms << QString(R"("%1":{"%1.JRTCKXETXF":{"offerTermCode":"JRTCKXETXF","sku":"%1",)"
                         R"("effectiveDate":"2026-01-01T00:00:00Z","priceDimensions":{"%1.JRTCKXETXF.6YS6":{)"
                         R"("unit":"Hrs","description":"per hour","pricePerUnit":{"USD":"%2"}}},)"
                         R"("termAttributes":{}}})")
                     .arg(sku, price);
    };
    int number = 0;
    for (const auto& offer : sample_offers()) {
        add(QString("LINUX%1").arg(++number), offer, "Linux", QString(offer.on_demand) + "00000000");
        add(QString("WINDOWS%1").arg(number), offer, "Windows", "9.0000000000");
    }
    return QString(R"({"formatVersion":"v1.0","disclaimer":"a sample","offerCode":"AmazonEC2",)"
                   R"("version":"1","publicationDate":"%1T00:00:00Z","products":{%2},)"
                   R"("terms":{"OnDemand":{%3},"Reserved":{}}})")
        .arg(sample_day(), products.join(",\n"), terms.join(",\n"))
        .toUtf8();
}

QByteArray price_list_csv_sample() {
    QString text = QString(
                       "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"a sample, of our own\"\n"
                       "\"Publication Date\",\"%1T00:00:00Z\"\n\"Version\",\"1\"\n"
                       "\"OfferCode\",\"AmazonEC2\"\n")
                       .arg(sample_day());
    text +=
        "\"SKU\",\"OfferTermCode\",\"TermType\",\"Unit\",\"PricePerUnit\",\"Currency\",\"Product Family\","
        "\"Location\",\"Location Type\",\"Instance Type\",\"vCPU\",\"Physical Processor\",\"Memory\","
        "\"Network Performance\",\"Tenancy\",\"Operating "
        "System\",\"CapacityStatus\",\"GPU\",\"MarketOption\","
        "\"Pre Installed S/W\",\"Region Code\"\n";
    int number = 0;
    for (const auto& offer : sample_offers())
        for (const auto* system : {"Linux", "Windows"})
            for (const auto* term : {"OnDemand", "Reserved"})
                text +=
                    QString(
                        "\"S%1\",\"T\",\"%2\",\"Hrs\",\"%3\",\"USD\",\"Compute Instance\",\"US East\",\"AWS "
                        "Region\",\"%4\",\"%5\",\"Intel Xeon\",\"%6 GiB\",\"Up to 10 Gigabit\",\"Shared\","
                        "\"%7\",\"Used\",\"%8\",\"OnDemand\",\"NA\",\"us-east-1\"\n")
                        .arg(++number)
                        .arg(term, QString(offer.on_demand) + "0000000", offer.type)
                        .arg(offer.vcpus)
                        .arg(offer.memory_gib)
                        .arg(system, offer.gpus ? QString::number(offer.gpus) : QString());
    return text.toUtf8();
}

QByteArray spot_advisor_sample() {
    QStringList types;
    QStringList linux_rows;
    for (const auto& offer : sample_offers()) {
        types << QString(R"("%1":{"cores":%2,"emr":true,"ram_gb":%3})")
                     .arg(offer.type)
                     .arg(offer.vcpus)
                     .arg(offer.memory_gib);
        linux_rows << QString(R"("%1":{"r":2,"s":50})").arg(offer.type);
    }
    return QString(
               R"({"global_rate":"<10%","instance_types":{%1},"ranges":[)"
               R"({"dots":0,"index":0,"label":"<5%","max":5},{"dots":1,"index":1,"label":"5-10%","max":11}],)"
               R"("spot_advisor":{"us-east-1":{"Windows":{"c5.xlarge":{"r":0,"s":1}},"Linux":{%2}}}})")
        .arg(types.join(','), linux_rows.join(',').replace("},", "},\n"))
        .toUtf8();
}

QByteArray azure_sample() {
    const auto item = [](const QString& product, const QString& sku, const QString& type,
                         const QString& price) {
        return QString(
                   R"({"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":%1,"unitPrice":%1,)"
                   R"("armRegionName":"eastus","location":"US East","effectiveStartDate":)"
                   R"("2023-04-01T00:00:00Z","meterName":"%2","productName":"%3","skuName":"%2",)"
                   R"("serviceName":"Virtual Machines","serviceFamily":"Compute","unitOfMeasure":)"
                   R"("1 Hour","type":"%4","isPrimaryMeterRegion":true,"armSkuName":"Standard_NC4as_T4_v3"})")
            .arg(price, sku, product, type);
    };
    const QString series = "Virtual Machines NCasT4 v3 Series";
    const QStringList items{item(series, "NC4as T4 v3", "Consumption", "0.531"),
                            item(series, "NC4as T4 v3 Spot", "Consumption", "0.0987"),
                            item(series, "NC4as T4 v3 Low Priority", "Consumption", "0.1"),
                            item(series + " Windows", "NC4as T4 v3", "Consumption", "0.71"),
                            item(series, "NC4as T4 v3", "Reservation", "2943.0")};
    return QString(R"({"BillingCurrency":"USD","CustomerEntityId":"Default","CustomerEntityType":"Retail",)"
                   R"("Items":[%1],"NextPageLink":null,"Count":%2})")
        .arg(items.join(",\n"))
        .arg(items.size())
        .toUtf8();
}

QByteArray ec2_instances_sample() {
    QStringList machines;
    for (const auto& offer : sample_offers()) {
        const auto gpu = QString(offer.gpu) == "V100" ? QString("NVIDIA Tesla V100")
                         : QString(offer.gpu) == "T4" ? QString("NVIDIA T4 Tensor Core")
                                                      : QString("NVIDIA %1").arg(offer.gpu);
        machines
            << QString(
                   R"({"family":"A family","vCPU":%1,"memory":%2,"arch":["x86_64"],"GPU":%3,%4)"
                   R"("network_performance":"Up to 10 Gigabit","instance_type":"%5","pricing":{)"
                   R"("us-east-1":{"linux":{"ondemand":"%6","reserved":{"yrTerm1":"0.1"},"spot_min":"%7",)"
                   R"("spot_max":"%7","spot_avg":"%7","pct_interrupt":"N/A"},)"
                   R"("mswin":{"ondemand":"9.9","spot_min":"8.8"}}}})")
                   .arg(offer.vcpus)
                   .arg(offer.memory_gib)
                   .arg(offer.gpus)
                   .arg(offer.gpus ? QString(R"("GPU_model":"%1","GPU_memory":%2,)")
                                         .arg(gpu)
                                         .arg(QString(offer.gpu) == "A10G" ? 24 : 16)
                                   : QString(R"("GPU_model":null,"GPU_memory":0,)"),
                        offer.type, offer.on_demand, offer.spot);
    }
    return ("[" + machines.join(",\n") + "]\n").toUtf8();
}

QByteArray deepvm_data_sample() {
    return R"({
    "instances": [
        {"name": "g4dn.xlarge", "type": "G", "ondemand_price": 0.53, "spot_price": 0.171, "vCPU": 4,
         "memory": 16.0, "network_bandwidth": 25, "flops": 377},
        {"name": "p9.xlarge", "type": "G", "ondemand_price": 2.5, "spot_price": 1.25, "vCPU": 8,
         "memory": 64.0, "network_bandwidth": 50, "flops": 1500}
    ],
    "available_vcpus": {"G": {"ondemand": 64, "spot": 192}}
})";
}

QByteArray csv_sample() {
    QString text =
        "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour,spot_basis,vcpus,memory_gib,"
        "accelerator,accelerator_count\n";
    for (const auto& offer : sample_offers())
        text += QString("aws,us-east-1,%1,%2,%3,observed,%4,%5,%6,%7\n")
                    .arg(offer.type, offer.on_demand, offer.spot)
                    .arg(offer.vcpus)
                    .arg(offer.memory_gib)
                    .arg(QString(offer.gpu).toLower(), offer.gpus ? QString::number(offer.gpus) : QString());
    return text.toUtf8();
}

std::vector<Sample> all_samples() {
    return {{"aws/vms.csv", skypilot_sample()},
            {"spot.json", spot_history_sample()},
            {"index.json", price_list_json_sample()},
            {"index.csv", price_list_csv_sample()},
            {"advisor.json", spot_advisor_sample()},
            {"azure.json", azure_sample()},
            {"instances.json", ec2_instances_sample()},
            {"data.json", deepvm_data_sample()},
            {"offers.csv", csv_sample()}};
}

// All types, but the offers of three regions only: an import reads and writes them in milliseconds.
Desk::Desk() {
    const auto csv = folder_.filePath("csv");
    copy_csv_folder(csv);
    QByteArray kept;
    for (const auto& line : bytes_of(csv + "/offers.csv").split('\n'))
        if (line.startsWith("provider,") || line.startsWith("aws,us-east-1,") ||
            line.startsWith("aws,eu-west-1,g") || line.startsWith("gcp,us-central1,") ||
            line.startsWith("azure,eastus,"))
            kept += line + '\n';
    QFile::remove(csv + "/offers.csv");
    write_bytes(csv + "/offers.csv", kept);
    const auto built = catalog::build_catalog(csv.toStdString(), path("built.db").toStdString());
    if (!built) qFatal("%s", built.error().message.c_str());
    QDir(folder_.path()).mkpath("aws");
}

QString Desk::file(const QString& name, const QByteArray& bytes) const {
    QDir(folder_.path()).mkpath(QFileInfo(path(name)).path());
    write_bytes(path(name), bytes);
    return path(name);
}

QString Desk::fresh(const QString& name) const {
    QFile::remove(path(name));
    if (!QFile::copy(path("built.db"), path(name))) qFatal("cannot copy the catalog");
    return path(name);
}

base::Result<imports::ImportReport> Desk::import(const QString& into, const QStringList& files,
                                                 imports::ImportOptions options) const {
    options.into = into.toStdString();
    options.otherwise = path("built.db").toStdString();
    for (const auto& file : files)
        options.files.push_back(file.toStdString());
    return imports::import_prices(options);
}

model::Offer offer_of(const QString& catalog, const std::string& market, const std::string& region,
                      const std::string& type) {
    const auto loaded = market_of(catalog, market, region);
    const auto* offer = loaded ? find_offer(*loaded, type) : nullptr;
    if (offer == nullptr) {
        QTest::qFail(qPrintable(QString("no offer of %1").arg(type.c_str())), __FILE__, __LINE__);
        return {};
    }
    return *offer;
}

model::InstanceType type_of(const QString& catalog, const std::string& market, const std::string& region,
                            const std::string& type) {
    const auto loaded = market_of(catalog, market, region);
    const auto* offer = loaded ? find_offer(*loaded, type) : nullptr;
    return offer ? loaded->types[offer->type] : model::InstanceType{};
}

model::Source source_of(const QString& catalog, const std::string& market, const std::string& region,
                        const std::string& type, bool is_spot) {
    const auto loaded = market_of(catalog, market, region);
    const auto* offer = loaded ? find_offer(*loaded, type) : nullptr;
    if (offer == nullptr) return {};
    return loaded->sources[is_spot ? offer->spot_source : offer->on_demand_source];
}

bool has_offer(const QString& catalog, const std::string& market, const std::string& region,
               const std::string& type) {
    const auto loaded = market_of(catalog, market, region);
    return loaded && find_offer(*loaded, type) != nullptr;
}

QString everything_said(const imports::ImportReport& report) {
    return QString::fromStdString(imports::report_text(report));
}

}  // namespace deepvm::test
