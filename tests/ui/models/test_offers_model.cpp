// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSortFilterProxyModel>

#include "models/offers_model.h"
#include "test_program.h"

namespace test_offers_model {

using namespace deepvm;
using ui::models::OffersModel;

namespace {

std::shared_ptr<const model::Market> market() {
    auto made = std::make_shared<model::Market>();
    constexpr std::uint16_t list = 0;
    constexpr std::uint16_t spots = 1;
    made->sources = {{"list", "The price list", "2026-07-20"}, {"spots", "The spot prices", "2025-07-28"}};
    made->types.resize(3);
    for (std::size_t i = 0; i < 3; ++i)
        made->types[i].name = std::string("type-") + static_cast<char>('a' + i);
    made->types[0].vcpus = 96;
    made->types[1].vcpus = 8;
    made->types[2].vcpus = 16;
    made->types[1].memory_gib = 32;
    model::Place place{{}, "us-east-1", {}};
    for (std::size_t i = 0; i < 3; ++i) {
        model::Offer offer;
        offer.type = i;
        offer.on_demand = base::Money::from_micro(10'000'000 - 4'000'000 * static_cast<std::int64_t>(i));
        offer.on_demand_source = list;
        if (i != 1) {
            offer.spot = base::Money::from_micro(900'000 + 600'000 * static_cast<std::int64_t>(i));
            offer.spot_basis = model::PriceBasis::advisor_savings;
            offer.spot_source = spots;
        }
        place.offers.push_back(offer);
    }
    made->places = {place};
    return made;
}

QStringList sortedBy(OffersModel& model, int column) {
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setSortRole(OffersModel::sort_role);
    proxy.sort(column);
    QStringList names;
    for (int row = 0; row < proxy.rowCount(); ++row)
        names << proxy.index(row, 0).data(OffersModel::type_role).toString();
    return names;
}

}  // namespace

class TestModels : public QObject {
    Q_OBJECT

  private slots:
    void isAModel() {
        OffersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMarket(market());
        QCOMPARE(model.rowCount(), 3);
        model.setMarket(nullptr);
        QCOMPARE(model.rowCount(), 0);
        model.setMarket(market());
    }

    void sortsByNumbersNotByText() {
        OffersModel model;
        model.setMarket(market());
        QCOMPARE(sortedBy(model, OffersModel::vcpus), QStringList({"type-b", "type-c", "type-a"}));
        QCOMPARE(sortedBy(model, OffersModel::on_demand), QStringList({"type-c", "type-b", "type-a"}));
    }

    void typesWithoutASpotPriceComeLast() {
        OffersModel model;
        model.setMarket(market());
        QCOMPARE(sortedBy(model, OffersModel::spot), QStringList({"type-a", "type-c", "type-b"}));
        QCOMPARE(model.index(1, OffersModel::spot).data().toString(), QStringLiteral("–"));
    }

    void placesOfSeveralProvidersNameThem() {
        auto several = *market();
        OffersModel model;
        model.setMarket(std::make_shared<model::Market>(several));
        QCOMPARE(model.index(0, OffersModel::region).data().toString(), QStringLiteral("us-east-1"));
        QCOMPARE(model.index(0, 0).data(OffersModel::type_role).toString(), QStringLiteral("type-a"));
        several.places.push_back(several.places.front());
        several.places[0].provider = "aws";
        several.places[1].provider = "gcp";
        for (auto& type : several.types)
            type.provider = "aws";
        model.setMarket(std::make_shared<model::Market>(several));
        QCOMPARE(model.index(0, OffersModel::region).data().toString(), QStringLiteral("AWS us-east-1"));
        QCOMPARE(model.index(3, OffersModel::region).data().toString(),
                 QStringLiteral("Google Cloud us-east-1"));
        QCOMPARE(model.index(0, 0).data(OffersModel::type_role).toString(), QStringLiteral("aws/type-a"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("type-a"));
    }

    void pricesTellTheirSource() {
        OffersModel model;
        model.setMarket(market());
        QCOMPARE(model.index(0, OffersModel::on_demand).data().toString(), QStringLiteral("$10.00/h"));
        QCOMPARE(model.index(0, OffersModel::on_demand).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("The price list (2026-07-20)"));
        QCOMPARE(model.index(0, OffersModel::spot).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("The spot prices (2025-07-28)"));
        QCOMPARE(model.index(0, OffersModel::basis).data().toString(), QStringLiteral("advisor savings"));
        QCOMPARE(model.index(1, OffersModel::as_of).data().toString(), QStringLiteral("2026-07-20"));
    }
};

}  // namespace test_offers_model

DEEPVM_TEST(test_offers_model, TestModels)
#include "test_offers_model.moc"
