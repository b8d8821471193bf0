// SPDX-License-Identifier: GPL-3.0-or-later
// The chart of instance types as a person meets it.
#include <fmt/format.h>

#include <QApplication>
#include <QChart>
#include <QLabel>
#include <QScatterSeries>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <random>

#include "charts/chart_text.h"
#include "charts/flopp_chart.h"
#include "hand.h"
#include "sample.h"
#include "test_program.h"

namespace test_flopp_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::FloppChart;

class TestFloppChart : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup() { chart_.reset(); }
    void onlyPositiveValuesReachTheAxes();
    void paretoTypesStandOutAndAreNamed();
    void hoverNamesTheType();
    void keysGoFromTypeToType();
    void highlightNamesAnyType();
    void namesNeverOverlapNorAreCutOff();
    void captionSaysWhatHollowMeans();
    void typesOfSeveralProvidersAreToldApart();
    void moreTypesThanMarkersIsSaid();
    void noTypesIsSaidInWords();

  private:
    QGraphicsView* view() const { return chart_->findChild<QGraphicsView*>(); }
    QChart* plot() const { return test::chartOf(*chart_); }
    QList<QScatterSeries*> series() const { return plot()->findChildren<QScatterSeries*>(); }
    QList<QGraphicsSimpleTextItem*> texts() const { return test::shownOn<QGraphicsSimpleTextItem>(*chart_); }
    bool says(const QString& text) const;
    void move(QPointF at) { test::movePointer(*chart_, at); }

    std::unique_ptr<FloppChart> chart_;
    const std::vector<problem::FloppEntry> entries_{
        test::type("g4dn.xlarge", 0.1578, 22.8, true), test::type("g5.xlarge", 0.3018, 43.8, true),
        test::type("g3s.xlarge", 0.225, 3.4, false),   test::type("p5.48xlarge", 0, 2770, false),
        test::type("broken", 0.3, 0, false),
    };
    const std::vector<model::Source> sources_{{"list", "AWS list prices", "2024-01-03"}};
};

void TestFloppChart::init() {
    QTest::failOnWarning(test::anyWarning());
    chart_ = std::make_unique<FloppChart>();
    chart_->resize(740, 320);
    chart_->setEntries(entries_, sources_, {});
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
}

bool TestFloppChart::says(const QString& text) const {
    for (auto* item : texts())
        if (item->text() == text) return true;
    return false;
}

void TestFloppChart::onlyPositiveValuesReachTheAxes() {
    int drawn = 0;
    for (auto* one : series())
        for (const auto& point : one->points()) {
            QVERIFY(point.x() > 0 && point.y() > 0);
            QVERIFY(plot()->plotArea().contains(plot()->mapToPosition(point, one)));
            ++drawn;
        }
    QCOMPARE(drawn, 4);
}

void TestFloppChart::paretoTypesStandOutAndAreNamed() {
    QVERIFY(says(QStringLiteral("g4dn.xlarge")));
    QVERIFY(says(QStringLiteral("g5.xlarge")));
    QVERIFY(!says(QStringLiteral("g3s.xlarge")));
    const auto accent = theme::palette(theme::Mode::light).accent;
    for (auto* one : series())
        QCOMPARE(one->brush().color() == accent, one->count() == 2);
}

void TestFloppChart::hoverNamesTheType() {
    QSignalSpy hovered(chart_.get(), &FloppChart::typeHovered);
    QSignalSpy ended(chart_.get(), &FloppChart::typeHoverEnded);
    const auto at = plot()->mapToPosition({0.225, 3.4}, series().front()) + QPointF(6, 4);
    move(at);
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(hovered[0][0].toString(), QStringLiteral("g3s.xlarge"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(view()->viewport(), &leave);
    QCOMPARE(ended.count(), 1);
    const auto text = charts::typeText(entries_[0], QStringLiteral("2024-01-03 · AWS list prices"), false);
    QCOMPARE(text.title, QStringLiteral("g4dn.xlarge"));
    QCOMPARE(text.detail.split('\n').size(), 3);
    QVERIFY(text.detail.startsWith(QStringLiteral("$0.1578/h spot · 22.8 TFLOP/s")));
}

void TestFloppChart::keysGoFromTypeToType() {
    QSignalSpy hovered(chart_.get(), &FloppChart::typeHovered);
    QVERIFY(chart_->accessibleDescription().contains("none is as fast for less than g4dn.xlarge, g5.xlarge"));
    QVERIFY(test::focusByTab(*chart_));
    const auto on = [&](const QString& type) {
        return hovered.last()[0].toString() == type && chart_->accessibleDescription().startsWith(type) &&
               test::shownCallout(*chart_) != nullptr;
    };
    QVERIFY(on("g4dn.xlarge"));
    QTest::keyClick(chart_.get(), Qt::Key_Right);  // by price
    QVERIFY(on("g3s.xlarge"));
    QTest::keyClick(chart_.get(), Qt::Key_Up);  // by rate
    QVERIFY(on("g4dn.xlarge"));
    QTest::keyClick(chart_.get(), Qt::Key_End);
    QVERIFY(on("p5.48xlarge"));
    QTest::keyClick(chart_.get(), Qt::Key_Right);
    QVERIFY(on("p5.48xlarge"));
    chart_->setEntries({entries_[3], entries_[0]}, sources_, {});
    QVERIFY(on("p5.48xlarge"));  // it is another point, of the same type
    QTest::keyClick(chart_.get(), Qt::Key_Escape);
    QVERIFY(test::shownCallout(*chart_) == nullptr);
    QCOMPARE(chart_->data().rows.size(), 2);
    QCOMPARE(chart_->data().rows[0].size(), chart_->data().head.size());
}

void TestFloppChart::highlightNamesAnyType() {
    chart_->setHighlightedType(QStringLiteral("g3s.xlarge"));
    QVERIFY(says(QStringLiteral("g3s.xlarge")));
    chart_->setHighlightedType(QStringLiteral("not a type"));
    QVERIFY(!says(QStringLiteral("g3s.xlarge")));
    chart_->setHighlightedType({});
    QVERIFY(says(QStringLiteral("g5.xlarge")));
}

void TestFloppChart::namesNeverOverlapNorAreCutOff() {
    std::mt19937 random(3);
    std::vector<problem::FloppEntry> many;
    for (int i = 0; i < 60; ++i) {
        const double price = 0.1 * std::pow(1.12, i) * (1 + static_cast<double>(random() % 9) / 10);
        many.push_back(test::type(fmt::format("p{}.48xlarge", i), price, price * 60, i % 3 == 0));
    }
    chart_->setEntries(many, sources_, {});
    for (const QSize size : {QSize(740, 320), QSize(420, 220), QSize(1300, 600)}) {
        chart_->resize(size);
        QCoreApplication::processEvents();
        const auto all = texts();
        QVERIFY(all.size() > 8);
        for (int i = 0; i < all.size(); ++i) {
            const QRectF box = all[i]->sceneBoundingRect();
            QVERIFY2(QRectF(view()->rect()).adjusted(-1, -1, 1, 1).contains(box), qPrintable(all[i]->text()));
            for (int j = 0; j < i; ++j)
                QVERIFY2(!all[j]
                              ->sceneBoundingRect()
                              .adjusted(1, 2, -1, -2)
                              .intersects(box.adjusted(1, 2, -1, -2)),
                         qPrintable(all[i]->text() + QStringLiteral(" on ") + all[j]->text()));
        }
    }
}

void TestFloppChart::captionSaysWhatHollowMeans() {
    auto* caption = chart_->findChild<QLabel*>(QStringLiteral("chartCaption"));
    QVERIFY(caption->text().contains(QStringLiteral("hollow")));
    chart_->setEntries({entries_[0]}, sources_, {.publishedUnits = true, .cheapestOfPlaces = false});
    QVERIFY(!caption->text().contains(QStringLiteral("hollow")));
    QVERIFY(
        !caption->text().contains(QStringLiteral("TFLOP/s")));  // published rates have a unit of their own
}

void TestFloppChart::typesOfSeveralProvidersAreToldApart() {
    auto entries = entries_;
    entries.resize(2);
    entries[1].instance_type = entries[0].instance_type;
    entries[0].provider = "aws";
    entries[1].provider = "gcp";
    entries[1].region = "us-central1";
    chart_->setEntries(entries, sources_, {.publishedUnits = false, .cheapestOfPlaces = true});
    QSignalSpy hovered(chart_.get(), &FloppChart::typeHovered);
    for (const auto& [price, rate] : {std::pair(0.1578, 22.8), std::pair(0.3018, 43.8)})
        move(plot()->mapToPosition({price, rate}, series().front()));
    QCOMPARE(hovered.count(), 2);
    QCOMPARE(hovered[0][0].toString(), QStringLiteral("aws/g4dn.xlarge"));
    QCOMPARE(hovered[1][0].toString(), QStringLiteral("gcp/g4dn.xlarge"));
    QCOMPARE(charts::typeText(entries[1], {}, false).title,
             QStringLiteral("g4dn.xlarge · Google Cloud us-central1"));
    auto* caption = chart_->findChild<QLabel*>(QStringLiteral("chartCaption"));
    QVERIFY(caption->text().contains(QStringLiteral("where it is cheapest")));
}

void TestFloppChart::moreTypesThanMarkersIsSaid() {
    std::vector<problem::FloppEntry> many;
    many.reserve(charts::most_markers + 7);
    for (int i = 0; i < charts::most_markers + 7; ++i)
        many.push_back(test::type(fmt::format("type{}", i), 0.1 + 0.001 * i, 10, i == 0));
    chart_->setEntries(many, sources_, {});
    int drawn = 0;
    for (auto* one : series())
        drawn += one->count();
    QCOMPARE(drawn, charts::most_markers);
    auto* caption = chart_->findChild<QLabel*>(QStringLiteral("chartCaption"));
    QVERIFY(caption->text().contains(QStringLiteral("without the 7 types")));
}

void TestFloppChart::noTypesIsSaidInWords() {
    chart_->setEntries({}, {}, {});
    QVERIFY(says(QStringLiteral("No instance type to show")));
    move(view()->rect().center());
    chart_->setEntries(entries_, sources_, {});
    QVERIFY(!says(QStringLiteral("No instance type to show")));
}

}  // namespace test_flopp_chart

DEEPVM_TEST(test_flopp_chart, TestFloppChart)
#include "test_flopp_chart.moc"
