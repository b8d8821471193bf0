// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFont>
#include <chrono>

#include "models/offers_model.h"
#include "test_program.h"

namespace test_offers_model {

using namespace deepvm;
using offers::Field;
using ui::models::OffersModel;

namespace {

std::shared_ptr<model::Market> market() {
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

std::shared_ptr<const offers::Table> table(std::shared_ptr<const model::Market> of = market()) {
    using namespace std::chrono;
    return std::make_shared<const offers::Table>(std::move(of), std::nullopt,
                                                 sys_days(year(2026) / August / 1));
}

QStringList names(const OffersModel& model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all << model.index(row, 0).data(OffersModel::type_role).toString();
    return all;
}

QStringList sortedBy(OffersModel& model, Field field, Qt::SortOrder order = Qt::AscendingOrder) {
    model.sort(OffersModel::columnOf(field), order);
    return names(model);
}

QVariant at(const OffersModel& model, int row, Field field, int role = Qt::DisplayRole) {
    return model.index(row, OffersModel::columnOf(field)).data(role);
}

}  // namespace

class TestModels : public QObject {
    Q_OBJECT

  private slots:
    void isAModel() {
        OffersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(table());
        QCOMPARE(model.rowCount(), 3);
        model.setFilter(*offers::OfferFilter::parse("vcpu>10"));
        QCOMPARE(model.rowCount(), 2);
        const QPersistentModelIndex kept(model.index(0, 0));
        QCOMPARE(sortedBy(model, Field::vcpu), QStringList({"type-c", "type-a"}));
        QCOMPARE(kept.row(), 1);  // what was chosen is chosen still
        QCOMPARE(model.rowOf(0), std::optional(1));
        QCOMPARE(model.rowOf(1), std::optional<int>());
        model.setTable(nullptr);
        QCOMPARE(model.rowCount(), 0);
        model.setTable(table());
        QCOMPARE(names(model), QStringList({"type-c", "type-a"}));  // filter and order stay
    }

    void sortsByNumbersNotByText() {
        OffersModel model;
        model.setTable(table());
        QCOMPARE(sortedBy(model, Field::vcpu), QStringList({"type-b", "type-c", "type-a"}));
        QCOMPARE(sortedBy(model, Field::on_demand), QStringList({"type-c", "type-b", "type-a"}));
        QCOMPARE(sortedBy(model, Field::type, Qt::DescendingOrder),
                 QStringList({"type-c", "type-b", "type-a"}));
    }

    void whatIsNotKnownComesLastEitherWay() {
        OffersModel model;
        model.setTable(table());
        QCOMPARE(sortedBy(model, Field::spot), QStringList({"type-a", "type-c", "type-b"}));
        QCOMPARE(sortedBy(model, Field::spot, Qt::DescendingOrder),
                 QStringList({"type-c", "type-a", "type-b"}));
        QCOMPARE(at(model, 2, Field::spot).toString(), QStringLiteral("–"));
    }

    void placesOfSeveralProvidersNameThem() {
        auto several = market();
        OffersModel model;
        model.setTable(table(several));
        QCOMPARE(at(model, 0, Field::provider).toString(), QStringLiteral("–"));
        QCOMPARE(names(model).front(), QStringLiteral("type-a"));
        several = market();
        several->places[0].provider = "gcp";
        for (auto& type : several->types)
            type.provider = "gcp";
        model.setTable(table(several));
        QCOMPARE(at(model, 0, Field::provider).toString(), QStringLiteral("Google Cloud"));
        QCOMPARE(names(model).front(), QStringLiteral("gcp/type-a"));
    }

    // Old ones by words and by slanted letters, not by colour.
    void pricesTellTheirSourceAndTheirAge() {
        OffersModel model;
        model.setTable(table());
        QCOMPARE(at(model, 0, Field::on_demand).toString(), QStringLiteral("10.0000"));
        QCOMPARE(at(model, 0, Field::on_demand, Qt::ToolTipRole).toString(),
                 QStringLiteral("The price list (2026-07-20, 12 days old)"));
        QVERIFY(!at(model, 0, Field::on_demand, Qt::FontRole).isValid());
        QVERIFY(at(model, 0, Field::spot, Qt::ToolTipRole)
                    .toString()
                    .endsWith("The spot prices (2025-07-28, 369 days old: stale)"));
        QVERIFY(at(model, 0, Field::spot, Qt::FontRole).value<QFont>().italic());
        QCOMPARE(at(model, 0, Field::spot, Qt::AccessibleTextRole).toString(),
                 QStringLiteral("0.9000, stale"));
        QCOMPARE(at(model, 0, Field::basis).toString(), QStringLiteral("advisor savings"));
        QCOMPARE(at(model, 0, Field::age).toString(), QStringLiteral("369 · stale"));
        QCOMPARE(at(model, 1, Field::age).toString(), QStringLiteral("12"));
    }

    void aListIsWhatIsShown() {
        auto named = market();
        named->types[0].name = "a, \"b\"";
        OffersModel model;
        model.setTable(table(named));
        const std::vector<int> columns{OffersModel::columnOf(Field::vcpu),
                                       OffersModel::columnOf(Field::type)};
        QCOMPARE(QString::fromStdString(model.csv(columns)),
                 QStringLiteral("vCPUs,Type\n96,\"a, \"\"b\"\"\"\n8,type-b\n16,type-c\n"));
        QCOMPARE(model.tabbed({2, 1}, columns), QStringLiteral("vCPUs\tType\n16\ttype-c\n8\ttype-b\n"));
    }
};

}  // namespace test_offers_model

DEEPVM_TEST(test_offers_model, TestModels)
#include "test_offers_model.moc"
