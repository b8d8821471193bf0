// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a plan could rest on a price that is not the one in the source, or on machines that are not
// those of the source.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "base/numbers.h"
#include "built_catalog.h"
#include "support.h"
#include "test_program.h"

namespace test_contents {

using namespace deepvm;
using namespace deepvm::test;

namespace {

// Micro-dollars by shifting digits: not the parser that the builder uses.
qint64 micro_dollars(const QString& text) {
    const auto parts = text.split('.');
    return (parts[0] + parts.value(1).leftJustified(6, '0')).toLongLong();
}

std::optional<double> number(const QString& text) {
    return text.isEmpty() ? std::nullopt : std::optional(text.toDouble());
}

std::set<QString> distinct(const QList<Row>& rows, const QString& column, const QString& provider) {
    std::set<QString> values;
    for (const auto& row : rows)
        if (row["provider"] == provider) values.insert(row[column]);
    return values;
}

std::string basis_of(const model::Offer& offer) {
    return offer.spot || offer.listed_spot ? std::string(name(offer.spot_basis)) : std::string();
}

}  // namespace

class TestContents : public QObject, BuiltCatalog {
    Q_OBJECT

  private slots:
    void initTestCase() { build(); }

    void nothing_of_the_sources_is_lost() {
        qsizetype types = 0;
        qsizetype offers = 0;
        for (const auto* name : {"aws", "azure", "gcp", "lambda"}) {
            types += summary(name).instance_types;
            offers += summary(name).offers;
            QCOMPARE(summary(name).regions.size(), distinct(offers_, "region", name).size());
        }
        QCOMPARE(types, types_.size());
        QCOMPARE(offers, offers_.size());
        QCOMPARE(qsizetype{summary("deepvm-paper").offers}, csv_rows(source_csv("deepvm_paper.csv")).size());
        QCOMPARE(catalog_->sources().size(),
                 static_cast<std::size_t>(csv_rows(source_csv("sources.csv")).size()));
    }

    // Every price of every region, exact, with its basis, its source and the source's date.
    void every_price_is_the_price_of_its_source() {
        std::map<std::pair<QString, QString>, std::shared_ptr<const model::Market>> markets;
        for (const auto& row : offers_) {
            auto& market = markets[{row["provider"], row["region"]}];
            if (!market) market = load(row["provider"].toStdString(), row["region"].toStdString());
            QCOMPARE(market->places.size(), std::size_t{1});
            const auto& offers = market->places[0].offers;
            const auto offer = std::find_if(offers.begin(), offers.end(), [&](const model::Offer& candidate) {
                return market->types[candidate.type].name == row["instance_type"].toStdString();
            });
            QVERIFY(offer != offers.end());
            QCOMPARE(qint64{offer->on_demand.micro()}, micro_dollars(row["on_demand_usd_per_hour"]));
            const auto listed = offer->listed_spot ? offer->listed_spot : offer->spot;
            QCOMPARE(listed.has_value(), !row["spot_usd_per_hour"].isEmpty());
            if (listed) QCOMPARE(qint64{listed->micro()}, micro_dollars(row["spot_usd_per_hour"]));
            QCOMPARE(basis_of(*offer), row["spot_basis"].toStdString());
            QCOMPARE(offer->interruption_band ? QString::number(*offer->interruption_band) : QString(),
                     row["interruption_band"]);
            QCOMPARE(id_of(model::on_demand_source(*market, *offer)), row["on_demand_source"].toStdString());
            QCOMPARE(id_of(model::spot_source(*market, *offer)), row["spot_source"].toStdString());
        }
        std::size_t loaded = 0;
        for (const auto& [key, market] : markets)
            loaded += market->places[0].offers.size();
        QCOMPARE(loaded, static_cast<std::size_t>(offers_.size()));
    }

    void machines_are_those_of_their_source() {
        for (const auto* provider : {"aws", "azure", "gcp", "lambda"}) {
            const auto market = load(provider, "any");
            auto type = market->types.begin();
            for (const auto& row : types_) {
                if (row["provider"] != provider) continue;
                QVERIFY(type != market->types.end());
                QCOMPARE(type->name, row["instance_type"].toStdString());  // the same order, too
                QCOMPARE(type->family, row["family"].toStdString());
                QCOMPARE(type->quota_class, row["quota_class"].toStdString());
                QCOMPARE(type->vcpus, row["vcpus"].toInt());
                QVERIFY(type->memory_gib == number(row["memory_gib"]));
                QCOMPARE(type->network_gbps, row["network_gbps"].toDouble());
                QCOMPARE(type->accelerator_count, row["accelerator_count"].toInt());
                QCOMPARE(type->accelerator ? type->accelerator->name : "", row["accelerator"].toStdString());
                QCOMPARE(type->is_worker(), !row["accelerator"].isEmpty());
                ++type;
            }
            QVERIFY(type == market->types.end());
        }
    }

    void accelerators_have_the_rates_of_their_source() {
        const auto market = load("gcp", "any");
        std::map<std::string, Row> known;
        for (const auto& row : csv_rows(source_csv("accelerators.csv")))
            known[row["accelerator"].toStdString()] = row;
        int seen = 0;
        for (const auto& type : market->types) {
            if (!type.accelerator) continue;
            const auto& row = known.at(type.accelerator->name);
            QCOMPARE(type.accelerator->display_name, row["display_name"].toStdString());
            QCOMPARE(type.accelerator->fp32_tflops, row["fp32_tflops"].toDouble());
            QCOMPARE(type.accelerator->tensor_tflops, row["tensor_tflops"].toDouble());
            QCOMPARE(type.accelerator->memory_gib, row["memory_gib"].toDouble());
            ++seen;
        }
        QVERIFY(seen > 0);
    }

    void a_published_data_set_is_its_file_data() {
        QTest::addColumn<QString>("market");
        QTest::addColumn<QString>("file");
        QTest::newRow("paper") << "deepvm-paper"
                               << "deepvm_paper.csv";
        QTest::newRow("simulated") << "deepvm-simulated"
                                   << "deepvm_simulated.csv";
    }
    void a_published_data_set_is_its_file() {
        QFETCH(QString, market);
        QFETCH(QString, file);
        const auto loaded = load(market.toStdString());
        const auto rows = csv_rows(source_csv(file));
        QCOMPARE(loaded->types.size(), static_cast<std::size_t>(rows.size()));
        QCOMPARE(loaded->places.size(), std::size_t{1});
        QVERIFY(loaded->kind == model::MarketKind::published);
        for (std::size_t i = 0; i < loaded->types.size(); ++i) {
            const auto& row = rows[static_cast<qsizetype>(i)];
            const auto& type = loaded->types[i];
            const auto& offer = loaded->places[0].offers.at(i);
            QCOMPARE(type.name, row["instance_type"].toStdString());
            QCOMPARE(type.quota_class, row["quota_class"].toStdString());
            QCOMPARE(type.vcpus, row["vcpus"].toInt());
            QVERIFY(type.memory_gib == number(row["memory_gib"]));
            QCOMPARE(type.network_gbps, row["network_gbps"].toDouble());
            QVERIFY(type.published_rate == number(row["flops"]));
            QCOMPARE(type.scaling.has_value(), !row["scaling_a"].isEmpty());
            if (type.scaling) {
                QCOMPARE(type.scaling->a, row["scaling_a"].toDouble());
                QCOMPARE(type.scaling->b, row["scaling_b"].toDouble());
                QCOMPARE(type.scaling->c, row["scaling_c"].toDouble());
            }
            QCOMPARE(offer.type, i);
            QCOMPARE(qint64{offer.on_demand.micro()}, micro_dollars(row["on_demand_usd_per_hour"]));
            QCOMPARE(qint64{offer.spot.value().micro()}, micro_dollars(row["spot_usd_per_hour"]));
            QCOMPARE(offer.spot_basis, model::PriceBasis::published);
            QCOMPARE(model::spot_source(*loaded, offer), &loaded->sources.at(0));
            QCOMPARE(model::on_demand_source(*loaded, offer), &loaded->sources.at(0));
        }
    }

    void limits_are_those_of_the_paper() {
        const auto paper = load("deepvm-paper");
        const auto rows = csv_rows(source_csv("deepvm_limits.csv"));
        QCOMPARE(paper->quotas.size(), static_cast<std::size_t>(rows.size()));
        for (std::size_t i = 0; i < paper->quotas.size(); ++i) {
            const auto& row = rows[static_cast<qsizetype>(i)];
            QCOMPARE(paper->quotas[i].quota_class, row["quota_class"].toStdString());
            QCOMPARE(paper->quotas[i].on_demand_vcpus, row["on_demand_vcpus"].toInt());
            QCOMPARE(paper->quotas[i].spot_vcpus, row["spot_vcpus"].toInt());
        }
        QVERIFY(!paper->node_bound.has_value());
        // The simulation bounds nodes instead: n, m <= 255.
        QVERIFY(load("deepvm-simulated")->quotas.empty());
        QCOMPARE(load("deepvm-simulated")->node_bound.value(), 256);
        QVERIFY(load("aws", "us-east-1")->quotas.empty());
    }

    void workloads_and_saturation_come_with_every_market() {
        const auto workloads = csv_rows(source_csv("workloads.csv"));
        const auto points = csv_rows(source_csv("deepvm_network_saturation.csv"));
        for (const auto& market : {load("deepvm-paper"), load("azure", "any")}) {
            QCOMPARE(market->workloads.size(), static_cast<std::size_t>(workloads.size()));
            for (const auto& row : workloads) {
                const auto* workload = model::find_workload(*market, row["workload"].toStdString());
                QVERIFY(workload != nullptr);
                QCOMPARE(qint64{workload->parameters}, row["parameters"].toLongLong());
                QCOMPARE(workload->flop_per_sample, row["flop_per_sample"].toDouble());
                QCOMPARE(workload->batch_per_accelerator, row["batch_per_accelerator"].toInt());
                QCOMPARE(workload->gradient_bytes_per_parameter, row["gradient_bytes_per_parameter"].toInt());
                QCOMPARE(workload->state_bytes_per_parameter, row["state_bytes_per_parameter"].toInt());
                QCOMPARE(workload->checkpoint_bytes_per_parameter,
                         row["checkpoint_bytes_per_parameter"].toInt());
                QCOMPARE(qint64{workload->samples_per_epoch}, row["samples_per_epoch"].toLongLong());
                QCOMPARE(workload->epochs, row["epochs"].toInt());
                QCOMPARE(workload->precision == model::Precision::tensor, row["precision"] == "tensor");
                QCOMPARE(workload->note, row["note"].toStdString());
            }
            for (const auto& row : points)
                QCOMPARE(market->saturation.workers_per_remote(row["network_gbps"].toDouble()),
                         row["saturation_workers_per_remote"].toDouble());
        }
    }

    // Who takes the cheapest of many estimates takes their errors: each is drawn to what its type costs
    // elsewhere.
    void estimated_prices_are_shrunk_and_no_others() {
        std::map<QString, std::pair<double, int>> logs;
        for (const auto& row : offers_)
            if (row["spot_basis"] == "advisor-savings") {
                auto& [sum, count] = logs[row["instance_type"]];
                sum +=
                    std::log(row["spot_usd_per_hour"].toDouble() / row["on_demand_usd_per_hour"].toDouble());
                ++count;
            }
        const auto market = load("aws", "any");
        int shrunk = 0;
        for (const auto& place : market->places)
            for (const auto& offer : place.offers) {
                if (offer.spot_basis != model::PriceBasis::advisor_savings) {
                    QVERIFY(!offer.spot || !offer.listed_spot);
                    continue;
                }
                if (!offer.listed_spot) continue;
                const auto& [sum, count] = logs.at(QString::fromStdString(market->types[offer.type].name));
                const double own = std::log(offer.listed_spot->usd() / offer.on_demand.usd());
                const double expected =
                    offer.on_demand.usd() * std::exp(0.38 * own + 0.62 * sum / count + 0.1);
                const double most = std::min(expected, offer.on_demand.usd());
                QVERIFY2(offer.spot && std::abs(offer.spot->usd() - most) < 2e-6,
                         qPrintable(QString::number(most)));
                ++shrunk;
            }
        QVERIFY(shrunk > 4000);
    }

    void prices_are_as_old_as_their_oldest_source() {
        for (const auto& market : catalog_->markets()) {
            const bool provider = market.kind == model::MarketKind::provider;
            QCOMPARE(model::prices_as_of(*load(market.name, provider ? "any" : "")), market.prices_as_of);
        }
        QCOMPARE(summary("aws").prices_as_of, std::string("2025-04-04"));
    }

    void a_whole_catalog_checks_as_sound() { QVERIFY(catalog_->check().has_value()); }
};

}  // namespace test_contents

DEEPVM_TEST(test_contents, TestContents)
#include "test_contents.moc"
