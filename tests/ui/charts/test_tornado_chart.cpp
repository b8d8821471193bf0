// SPDX-License-Identifier: GPL-3.0-or-later
// "What if" as a person meets it: what is on top, to which side it goes, which machines it says, without
// colours, too.
#include <QGraphicsView>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <set>

#include "charts/tornado_chart.h"
#include "hand.h"
#include "sample.h"
#include "test_program.h"

namespace test_tornado_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::TornadoChart;
using explain::Difference;
using explain::Factor;

namespace {

problem::Plan tiering(int nodes, const char* remote, double objective) {
    auto made = test::plan(0.17 + 0.1578 * nodes, objective, nodes);
    made.architecture = problem::Architecture::tiering;
    made.spot_workers = nodes;
    made.remote = remote;
    made.remotes = 1;
    made.effective_nodes = nodes;
    made.throughput_tflops = 22.8 * nodes;
    return made;
}

explain::WhatIf bar(std::optional<problem::Plan> plan, Difference difference, double percent,
                    double unmoved = 0) {
    return {std::move(plan), difference, percent, unmoved};
}

/// Prices pull most and change the machines when they rise; quotas bring other machines for no gain; a
/// network that changes nothing; no ceiling.
std::shared_ptr<explain::Sensitivity> sample() {
    auto made = std::make_shared<explain::Sensitivity>();
    made->percent = 10;
    made->base = tiering(17, "c5.xlarge", 100);
    const auto same = bar(made->base, Difference::none, 0);
    made->swings = {
        {Factor::price, "", bar(tiering(19, "c5.xlarge", 122.9), Difference::other_counts, 22.9, 11.1),
         bar(tiering(15, "t3.xlarge", 80.6), Difference::other_machines, -19.4, -9.1)},
        {Factor::scaling, "", bar(made->base, Difference::none, 0.05, 0.05),
         bar(made->base, Difference::none, -0.05, -0.05)},
        {Factor::quota, "", bar({}, Difference::nothing_fits, -5),
         bar(tiering(17, "t3.xlarge", 100), Difference::other_machines, 0)},
        {Factor::bandwidth, "", same, same},
        {Factor::ceiling, "no largest cluster is set", same, same},
    };
    return made;
}

}  // namespace

class TestTornadoChart : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup() { chart_.reset(); }
    void everyBarSaysItsEffectAndItsMachines();
    void saysWhereOtherMachinesAreAndHowPutTogether();
    void aTypeIsStressedWithItsProvider();
    void longNamesAreCountedRatherThanLost();
    void worseGoesLeftAndBetterRightOnOneScale();
    void otherMachinesAreMarkedWithoutColour();
    void lessAndMoreDifferInLightness_data();
    void lessAndMoreDifferInLightness();
    void theCaptionExplainsItsMarks();
    void whatChangesNothingIsANoteWithItsReason();
    void hoveringSaysTheRest();
    void theKeyboardGoesFromBarToBar();
    void calloutNeverCoversItsBarWhereThereIsRoom();
    void nothingOverlapsOrIsCutOff();
    void theSensitivityMayGoWhileABarIsHovered();

  private:
    QGraphicsView* view() const { return chart_->findChild<QGraphicsView*>(); }
    QList<QGraphicsSimpleTextItem*> texts() const { return test::shownOn<QGraphicsSimpleTextItem>(*chart_); }
    QGraphicsSimpleTextItem* text(const QString& said) const;
    bool says(const QString& said) const { return text(said) != nullptr; }
    QRectF boxOf(const QString& said) const { return text(said)->sceneBoundingRect(); }
    double middle() const;
    const plot::Callout* callout() const { return test::shownCallout(*chart_); }
    void move(QPointF at) { test::movePointer(*chart_, at); }
    QString said() const { return test::plain(chart_->accessibleDescription()); }
    /// The colours along the bar that ends at `value`.
    std::set<QRgb> colours(const QString& value) const;

    std::unique_ptr<TornadoChart> chart_;
};

void TestTornadoChart::init() {
    QTest::failOnWarning(test::anyWarning());
    chart_ = std::make_unique<TornadoChart>();
    chart_->resize(900, 300);
    chart_->setSensitivity(sample(), false);
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
}

QGraphicsSimpleTextItem* TestTornadoChart::text(const QString& said) const {
    for (auto* item : texts())
        if (test::plain(item->text()) == said) return item;
    return nullptr;
}

double TestTornadoChart::middle() const {
    for (auto* item : view()->scene()->items())
        if (const auto* line = qgraphicsitem_cast<QGraphicsLineItem*>(item); line && line->isVisible())
            return line->line().x1();
    return -1;
}

std::set<QRgb> TestTornadoChart::colours(const QString& value) const {
    const QImage image = view()->grab().toImage();
    const QRectF box = boxOf(value);
    const double from = box.center().x() < middle() ? box.right() + 10 : middle() + 4;
    const double to = box.center().x() < middle() ? middle() - 4 : box.left() - 10;
    std::set<QRgb> found;
    for (int x = static_cast<int>(from); x < to; ++x)
        found.insert(image.pixel(x, static_cast<int>(box.center().y())));
    return found;
}

void TestTornadoChart::everyBarSaysItsEffectAndItsMachines() {
    QVERIFY(says("+22.9 %"));
    QVERIFY(says("−10 %: 19 × g4dn.xlarge + 1 × c5.xlarge instead"));
    QVERIFY(says("−19.4 %"));
    QVERIFY(says("+10 %: 15 × g4dn.xlarge + 1 × t3.xlarge instead"));
    QVERIFY(says("+0.05 %"));
    QVERIFY(says("−10 %: the same machines"));
    QVERIFY(says("−10 %: no cluster fits"));
    QVERIFY(boxOf("All prices").top() < boxOf("Communication").top());
    QVERIFY(boxOf("Communication").top() < boxOf("vCPU quotas").top());
}

void TestTornadoChart::saysWhereOtherMachinesAreAndHowPutTogether() {
    chart_->resize(1300, 300);
    auto moved = sample();
    moved->base->provider = "aws";
    moved->base->region = "us-east-1";
    auto& cheaper = *moved->swings[0].lowered.plan;
    cheaper.provider = "aws";
    cheaper.region = "eu-north-1";
    auto& dearer = *moved->swings[0].raised.plan;
    dearer.provider = "gcp";
    dearer.region = "us-east-1";  // a name that two providers may share
    dearer.architecture = problem::Architecture::single_anchor;
    dearer.remotes = 0;
    chart_->setSensitivity(moved, false);
    QVERIFY(says("−10 %: 19 × g4dn.xlarge + 1 × c5.xlarge in eu-north-1 instead"));
    QVERIFY(says("+10 %: Single anchor: 15 × g4dn.xlarge in Google Cloud us-east-1 instead"));
}

void TestTornadoChart::aTypeIsStressedWithItsProvider() {
    auto placed = sample();
    placed->base->provider = "aws";
    placed->swings[0].lowered.plan->provider = "aws";
    chart_->setSensitivity(placed, false);
    const auto colour = [&] {
        return text("−10 %: 19 × g4dn.xlarge + 1 × c5.xlarge instead")->brush().color();
    };
    const QColor quiet = colour();
    chart_->setHighlightedType("gcp/c5.xlarge");
    QCOMPARE(colour(), quiet);
    chart_->setHighlightedType("aws/c5.xlarge");
    QVERIFY(colour() != quiet);
    chart_->setHighlightedType({});
    QCOMPARE(colour(), quiet);
}

void TestTornadoChart::longNamesAreCountedRatherThanLost() {
    auto wide = sample();
    wide->swings[0].lowered.plan->worker = "Standard_NC4as_T4_v3";
    wide->swings[0].lowered.plan->remote = "Standard_D2s_v5";
    wide->swings[0].lowered.plan->remotes = 3;
    chart_->setSensitivity(wide, false);
    chart_->resize(680, 186);
    QCoreApplication::processEvents();
    QVERIFY(says("−10 %: 19 × Standard_NC4as_T4_v3 + 3 remotes"));
}

void TestTornadoChart::worseGoesLeftAndBetterRightOnOneScale() {
    QVERIFY(boxOf("+22.9 %").left() > middle());
    QVERIFY(boxOf("−19.4 %").right() < middle());
    QVERIFY(boxOf("+10 %: 17 × g4dn.xlarge + 1 × t3.xlarge instead").left() > middle());  // more quota
    const double right = boxOf("+22.9 %").left() - middle();
    const double left = middle() - boxOf("−19.4 %").right();
    const double gap = 6;
    QVERIFY(std::abs((right - gap) / (left - gap) - 22.9 / 19.4) < 0.03);
}

void TestTornadoChart::otherMachinesAreMarkedWithoutColour() {
    auto plain = sample();
    plain->swings[0].lowered.unmoved_percent = plain->swings[0].raised.unmoved_percent = 0;  // no notches
    chart_->setSensitivity(plain, false);
    QCOMPARE(colours("+22.9 %").size(), std::size_t{1});
    QVERIFY(colours("−19.4 %").size() > 1);  // hatched
    QVERIFY(text("+10 %: 15 × g4dn.xlarge + 1 × t3.xlarge instead")->font().weight() >= QFont::DemiBold);
    QVERIFY(text("−10 %: 19 × g4dn.xlarge + 1 × c5.xlarge instead")->font().weight() < QFont::DemiBold);
    // Worth the same, and still to be seen.
    const QImage image = view()->grab().toImage();
    const int y = static_cast<int>(boxOf("vCPU quotas").center().y());
    const auto surface = theme::palette(theme::Mode::light).surface;
    QVERIFY(image.pixelColor(static_cast<int>(middle()) + 2, y) != surface);
}

void TestTornadoChart::lessAndMoreDifferInLightness_data() {
    QTest::addColumn<int>("mode");
    QTest::newRow("light") << static_cast<int>(theme::Mode::light);
    QTest::newRow("dark") << static_cast<int>(theme::Mode::dark);
}

void TestTornadoChart::lessAndMoreDifferInLightness() {
    QFETCH(int, mode);
    const auto& palette = theme::palette(static_cast<theme::Mode>(mode));
    // Relative luminance and contrast as in WCAG 2.
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](double part) {
            return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const auto contrast = [&](const QColor& a, const QColor& b) {
        const auto [low, high] = std::minmax({luminance(a), luminance(b)});
        return (high + 0.05) / (low + 0.05);
    };
    QVERIFY(contrast(palette.lowered, palette.raised) > 2.5);
    QVERIFY(contrast(palette.lowered, palette.surface) >= 3);
    QVERIFY(contrast(palette.raised, palette.surface) >= 3);
    chart_->setColours(palette);
    QVERIFY(colours("+22.9 %").contains(palette.lowered.rgb()));  // prices 10 % lower
    QVERIFY(colours("−19.4 %").contains(palette.raised.rgb()));
}

void TestTornadoChart::theCaptionExplainsItsMarks() {
    auto* caption = chart_->findChild<QLabel*>(QStringLiteral("chartCaption"));
    QVERIFY(caption->text().contains("notch"));
    QVERIFY(caption->text().contains("hatched"));
    auto plain = sample();
    plain->swings.resize(2);
    plain->swings.erase(plain->swings.begin());
    chart_->setSensitivity(plain, false);
    QVERIFY(caption->text().isEmpty());
}

void TestTornadoChart::whatChangesNothingIsANoteWithItsReason() {
    QVERIFY(boxOf("Bandwidth").top() > boxOf("vCPU quotas").top());
    QVERIFY(says("no change: the same machines, worth the same"));
    QVERIFY(says("no largest cluster is set"));
    QCOMPARE(boxOf("Nodes at most").center().y(), boxOf("no largest cluster is set").center().y());
}

void TestTornadoChart::hoveringSaysTheRest() {
    QSignalSpy hovered(chart_.get(), &TornadoChart::planHovered);
    QSignalSpy ended(chart_.get(), &TornadoChart::planHoverEnded);
    move(boxOf("+22.9 %").center());
    QVERIFY(callout());
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(hovered[0][0].value<problem::Plan>().nodes, 19);
    QCOMPARE(said(), QStringLiteral("All prices −10 %: 19 × g4dn.xlarge + 1 × c5.xlarge; objective +22.9 %; "
                                    "objective of the same machines +11.1 %; effective nodes 17.00 → 19.00 "
                                    "(+11.8 %); throughput 388 → 433 TFLOP/s (+11.8 %); "
                                    "$2.8526 → $3.1682/h (+11.1 %)"));
    move(boxOf("−10 %: no cluster fits").center());
    QVERIFY(callout());
    QCOMPARE(hovered.count(), 1);  // there is no plan
    move({5, view()->height() - 2.0});
    QVERIFY(!callout());
    QCOMPARE(ended.count(), 1);
}

void TestTornadoChart::theKeyboardGoesFromBarToBar() {
    const auto on = [&](const QString& bar) { return said().startsWith(bar + ':') && callout() != nullptr; };
    QVERIFY(test::focusByTab(*chart_));
    QVERIFY(on("All prices −10 %"));
    QTest::keyClick(chart_.get(), Qt::Key_Left);
    QVERIFY(on("All prices +10 %"));
    QTest::keyClick(chart_.get(), Qt::Key_Down);
    QVERIFY(on("Communication +10 %"));
    QTest::keyClick(chart_.get(), Qt::Key_End);
    QVERIFY(on("vCPU quotas −10 %"));
    QTest::keyClick(chart_.get(), Qt::Key_Down);
    QVERIFY(on("vCPU quotas −10 %"));
    move(boxOf("+22.9 %").center());
    QVERIFY(on("All prices −10 %"));
    move({5, view()->height() - 2.0});
    QVERIFY(on("vCPU quotas −10 %"));  // the keyboard's place is not lost
    chart_->setSensitivity(sample(), false);
    QVERIFY(on("vCPU quotas −10 %"));
    QTest::keyClick(chart_.get(), Qt::Key_Escape);
    QVERIFY(!callout());
    // At rest a screen reader is told all of it.
    QVERIFY(chart_->accessibleDescription().contains("no largest cluster is set"));
    QVERIFY(chart_->accessibleDescription().contains("15 × g4dn.xlarge"));
    QCOMPARE(chart_->data().rows.size(), 3 * 2 + 2);  // bars and notes
}

void TestTornadoChart::calloutNeverCoversItsBarWhereThereIsRoom() {
    for (const QSize size : {QSize(900, 300), QSize(1300, 340)}) {
        chart_->resize(size);
        QCoreApplication::processEvents();
        for (const char* value : {"+22.9 %", "−19.4 %", "+0.05 %", "−5.0 %"}) {
            const QRectF box = boxOf(QString::fromUtf8(value));
            move(box.center());
            QVERIFY2(callout(), value);
            const QRectF said(callout()->pos(), callout()->boundingRect().size());
            QVERIFY2(!said.intersects(box), value);
            QVERIFY(QRectF(view()->rect()).contains(said));
        }
    }
}

void TestTornadoChart::nothingOverlapsOrIsCutOff() {
    auto wide = sample();
    for (auto& swing : wide->swings)
        for (auto* one : {&swing.lowered, &swing.raised})
            if (one->plan) one->plan->worker = "Standard_NC96ads_A100_v4";
    for (const auto& shown : {sample(), wide})
        for (const QSize size : {QSize(420, 162), QSize(566, 186), QSize(900, 300), QSize(1300, 400)}) {
            chart_->setSensitivity(shown, false);
            chart_->resize(size);
            QCoreApplication::processEvents();
            const auto all = texts();
            QVERIFY(all.size() > 10);
            for (int i = 0; i < all.size(); ++i) {
                const QRectF box = all[i]->sceneBoundingRect();
                QVERIFY2(QRectF(view()->rect()).adjusted(0, -1, 0, 2).contains(box),
                         qPrintable(all[i]->text()));
                for (int j = 0; j < i; ++j)
                    QVERIFY2(!all[j]
                                  ->sceneBoundingRect()
                                  .adjusted(0, 3, 0, -3)
                                  .intersects(box.adjusted(0, 3, 0, -3)),
                             qPrintable(all[i]->text() + QStringLiteral(" on ") + all[j]->text()));
            }
        }
}

void TestTornadoChart::theSensitivityMayGoWhileABarIsHovered() {
    connect(chart_.get(), &TornadoChart::planHovered, chart_.get(),
            [this] { chart_->setSensitivity(nullptr, false); });
    move(boxOf("+22.9 %").center());
    QVERIFY(texts().isEmpty());
    QVERIFY(!callout());
    move(view()->rect().center());
    chart_->setSensitivity(sample(), true);
    QVERIFY(says("+22.9 %"));
}

}  // namespace test_tornado_chart

DEEPVM_TEST(test_tornado_chart, TestTornadoChart)
#include "test_tornado_chart.moc"
