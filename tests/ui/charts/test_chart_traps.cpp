// SPDX-License-Identifier: GPL-3.0-or-later
// What Qt Charts 6.4 is known to do to those who use it, one test a trap. Traps with a test elsewhere:
//   draggable line, dragging points, tooltips   test_frontier_chart
//   log axis without ticks, NaN in arithmetic   test_chart_axes, test_chart_lines
//   dark-mode detection                         test_looks
#include <fmt/format.h>

#include <QAbstractAxis>
#include <QApplication>
#include <QBuffer>
#include <QChart>
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QLineSeries>
#include <QPdfWriter>
#include <QScatterSeries>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <limits>

#include "charts/flopp_chart.h"
#include "charts/frontier_chart.h"
#include "charts/frontier_series.h"
#include "hand.h"
#include "sample.h"
#include "test_program.h"

namespace test_chart_traps {

using namespace deepvm;
using namespace deepvm::ui;
using charts::FloppChart;
using charts::FrontierChart;

namespace {

QList<QXYSeries*> seriesOf(const QWidget& chart) {
    return test::chartOf(chart)->findChildren<QXYSeries*>();
}

// Types of all three marks; `count` of them.
std::vector<problem::FloppEntry> types(int count) {
    std::vector<problem::FloppEntry> made;
    made.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        made.push_back(test::type(fmt::format("t{}", i), i % 5 == 4 ? 0 : 0.1 + 0.07 * i, 5 + i * i,
                                  i % 3 == 0 && i % 5 != 4));
    return made;
}

// The sample with every line cut to its first `count` steps.
std::shared_ptr<const planner::Frontier> shortened(std::size_t count) {
    auto made = std::make_shared<planner::Frontier>(*test::frontier());
    for (auto& [architecture, steps] : made->by_architecture)
        steps.resize(std::min(steps.size(), count));
    return made;
}

QImage picture(const QWidget& chart) {
    return test::viewOf(chart)->grab().toImage().convertToFormat(QImage::Format_RGB32);
}

}  // namespace

class TestChartTraps : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup();
    void appendIsNeverUsed();
    void itemsDoNotGrowWithRefreshes();
    void rebuildNeverHappens();
    void repaintHasFewMarkersAndLines();
    void logAxisKeepsASeriesWithValuesItCannotDraw();
    void logAxisOfANarrowRangeHasTicks();
    void nanDoesNotShiftTheNames();
    void themeLeavesOurColours();
    void openGlIsOff();
    void exportIsVector();
    void animationsAreOff();
    void aChartNeedsNoWindow();
    void overlaysFollowThePlotArea();

  private:
    QList<QWidget*> all() const { return {frontier_.get(), flopp_.get()}; }
    void refresh(int size);

    std::unique_ptr<FrontierChart> frontier_;
    std::unique_ptr<FloppChart> flopp_;
    const std::vector<model::Source> sources_{{"list", "AWS list prices", "2024-01-03"}};
};

void TestChartTraps::init() {
    QTest::failOnWarning(test::anyWarning());
    frontier_ = std::make_unique<FrontierChart>();
    flopp_ = std::make_unique<FloppChart>();
    for (auto* chart : all())
        chart->resize(740, 340);
    frontier_->setBudget(test::usd(2.9));
    refresh(20);
    for (auto* chart : all()) {
        chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart));
    }
}

void TestChartTraps::cleanup() {
    frontier_.reset();
    flopp_.reset();
}

void TestChartTraps::refresh(int size) {
    frontier_->setFrontier(shortened(static_cast<std::size_t>(size)), problem::Objective::deepvm, true);
    flopp_->setEntries(types(size), sources_, {});
}

// Appending 5,000 points one by one takes 12 seconds; replacing them 5 milliseconds.
void TestChartTraps::appendIsNeverUsed() {
    int added = 0;
    int replaced = 0;
    for (auto* chart : all())
        for (auto* series : seriesOf(*chart)) {
            connect(series, &QXYSeries::pointAdded, this, [&] { ++added; });
            connect(series, &QXYSeries::pointsReplaced, this, [&] { ++replaced; });
        }
    constexpr int refreshes = 10;
    for (int i = 0; i < refreshes; ++i)
        refresh(15 + i);
    QCOMPARE(added, 0);
    const auto series = seriesOf(*frontier_).size() + seriesOf(*flopp_).size();
    QVERIFY(replaced >= refreshes && replaced <= refreshes * series);
}

// A chart that leaves an item behind at every planning is slow after an hour.
void TestChartTraps::itemsDoNotGrowWithRefreshes() {
    const auto items = [&](const QWidget* chart) { return test::viewOf(*chart)->scene()->items().size(); };
    for (auto* chart : all()) {
        refresh(30);
        refresh(20);
        const auto before = items(chart);
        const auto objects = test::chartOf(*chart)->findChildren<QObject*>().size();
        for (int i = 0; i < 40; ++i) {
            refresh(i % 2 == 0 ? 30 : 3);
            frontier_->setBudget(test::usd(0.5 + i));
            flopp_->setHighlightedType(QStringLiteral("t%1").arg(i % 20));
            QCoreApplication::processEvents();
        }
        flopp_->setHighlightedType({});
        frontier_->setBudget(test::usd(2.9));
        refresh(20);
        QCOMPARE(items(chart), before);
        QCOMPARE(test::chartOf(*chart)->findChildren<QObject*>().size(), objects);
    }
}

// Removing and adding series costs three times what replacing their points does.
void TestChartTraps::rebuildNeverHappens() {
    for (auto* chart : all()) {
        const auto series = seriesOf(*chart);
        const auto axes = test::chartOf(*chart)->axes();
        QVERIFY(!series.isEmpty() && axes.size() == 2);
        refresh(3);
        refresh(25);
        frontier_->setColours(theme::palette(theme::Mode::dark));
        flopp_->setColours(theme::palette(theme::Mode::dark));
        chart->resize(500, 300);
        QCoreApplication::processEvents();
        QCOMPARE(seriesOf(*chart), series);
        QCOMPARE(test::chartOf(*chart)->axes(), axes);
        QCOMPARE(test::chartOf(*chart)->series().size(), series.size());
    }
}

// 1,500 markers and five lines are what can be repainted while a hand drags.
void TestChartTraps::repaintHasFewMarkersAndLines() {
    refresh(5000);
    qsizetype markers = 0;
    for (auto* series : seriesOf(*flopp_))
        markers += series->count();
    QVERIFY(markers > 0 && markers <= 1500);
    auto many = std::make_shared<planner::Frontier>(*test::frontier());
    for (auto& [architecture, steps] : many->by_architecture) {
        steps.clear();
        for (int i = 0; i < 5000; ++i)
            steps.push_back(test::plan(0.05 + 0.001 * i, 1e6 * (i + 1)));
    }
    frontier_->setFrontier(many, problem::Objective::deepvm, true);
    QVERIFY(seriesOf(*frontier_).size() <= 8);
    for (auto* series : seriesOf(*frontier_))
        QVERIFY(series->count() <= charts::most_points);
}

// One value of 0 or less on a logarithmic axis, and the whole series vanishes.
void TestChartTraps::logAxisKeepsASeriesWithValuesItCannotDraw() {
    const double infinity = std::numeric_limits<double>::infinity();
    std::vector<problem::FloppEntry> entries;
    for (const double rate : {0.0, -4.0, std::nan(""), infinity, -infinity})
        entries.push_back(test::type(fmt::format("bad{}", entries.size()), 0.2, rate, true));
    entries.push_back(test::type("free", 0.2, 8, true));
    entries.back().spot = base::Money{};
    entries.push_back(test::type("given away", 0.2, 8, true));
    entries.back().spot = base::Money::from_micro(-1);
    entries.push_back(test::type("good", 0.2, 8, true));
    flopp_->setEntries(entries, sources_, {});
    int drawn = 0;
    for (auto* series : seriesOf(*flopp_))
        for (const auto& point : series->points()) {
            QCOMPARE(point, QPointF(0.2, 8));
            const QPoint at = test::chartOf(*flopp_)->mapToPosition(point, series).toPoint();
            QCOMPARE(picture(*flopp_).pixelColor(at), theme::palette(theme::Mode::light).accent);
            ++drawn;
        }
    QCOMPARE(drawn, 1);
}

// Qt Charts has ticks at powers of ten only: none between 3 and 7.
void TestChartTraps::logAxisOfANarrowRangeHasTicks() {
    flopp_->setEntries({test::type("a", 0.3, 3, true), test::type("b", 0.7, 7, true)}, sources_, {});
    const QRectF plot = test::chartOf(*flopp_)->plotArea();
    int left = 0;
    int below = 0;
    for (auto* item : test::viewOf(*flopp_)->scene()->items()) {
        auto* text = qgraphicsitem_cast<QGraphicsSimpleTextItem*>(item);
        if (text == nullptr || !text->isVisible() || text->text().isEmpty()) continue;
        const QRectF box = text->sceneBoundingRect();
        left += box.right() < plot.left() ? 1 : 0;
        below += box.top() > plot.bottom() ? 1 : 0;
    }
    QVERIFY2(left >= 2 && below >= 2, qPrintable(QStringLiteral("%1, %2").arg(left).arg(below)));
}

// NaN and infinity are dropped in silence: those behind them must not get their neighbours' names.
void TestChartTraps::nanDoesNotShiftTheNames() {
    auto entries = types(12);
    entries[0].rate_tflops = std::nan("");
    entries[4].rate_tflops = std::numeric_limits<double>::infinity();
    entries[7].rate_tflops = 0;
    flopp_->setEntries(entries, sources_, {});
    QSignalSpy hovered(flopp_.get(), &FloppChart::typeHovered);
    for (const std::size_t i : {1U, 2U, 3U, 5U, 6U, 8U, 9U, 10U, 11U}) {
        const QPointF value(entries[i].spot.value_or(entries[i].on_demand).usd(), entries[i].rate_tflops);
        const QPointF at = test::chartOf(*flopp_)->mapToPosition(value, seriesOf(*flopp_).front());
        test::movePointer(*flopp_, at);
        QCOMPARE(hovered.last()[0].toString().toStdString(), entries[i].instance_type);
    }
}

// A theme overwrites pens and paints a gradient behind all.
void TestChartTraps::themeLeavesOurColours() {
    QCOMPARE(seriesOf(*frontier_).back()->pen().color(), theme::palette(theme::Mode::light).tiering);
    for (const auto mode : {theme::Mode::dark, theme::Mode::light}) {
        const auto& palette = theme::palette(mode);
        frontier_->setColours(palette);
        flopp_->setColours(palette);
        const auto pensOf = [&] {
            QList<QPen> pens;
            for (auto* chart : all())
                for (auto* series : seriesOf(*chart))
                    pens << series->pen();
            return pens;
        };
        const auto pens = pensOf();
        refresh(12);
        QCoreApplication::processEvents();
        QCOMPARE(pensOf(), pens);
        QCOMPARE(seriesOf(*frontier_).back()->pen().color(), palette.tiering);
        for (auto* chart : all()) {
            QVERIFY(!test::chartOf(*chart)->isBackgroundVisible());
            QVERIFY(!test::chartOf(*chart)->isPlotAreaBackgroundVisible());
            const auto image = picture(*chart);
            for (const QPoint corner :
                 {QPoint(1, 1), QPoint(image.width() - 2, 1), QPoint(image.width() - 2, image.height() - 2)})
                QCOMPARE(image.pixelColor(corner), palette.surface);
        }
    }
}

// It drops most styles, and crashes where there is no screen.
void TestChartTraps::openGlIsOff() {
    for (auto* chart : all())
        for (auto* series : seriesOf(*chart))
            QVERIFY(!series->useOpenGL());
}

// A drop shadow would put pictures into a PDF that otherwise holds only lines and text.
void TestChartTraps::exportIsVector() {
    for (auto* chart : all()) {
        QVERIFY(!test::chartOf(*chart)->isDropShadowEnabled());
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        {
            QPdfWriter writer(&buffer);
            QPainter painter(&writer);
            test::viewOf(*chart)->render(&painter);
        }
        QVERIFY(buffer.data().startsWith("%PDF") && buffer.data().contains("/Font"));
        QCOMPARE(buffer.data().count("/Subtype /Image"), 0);
    }
}

// They begin anew with every replace: while one drags, a line would never arrive.
void TestChartTraps::animationsAreOff() {
    refresh(9);
    for (auto* chart : all())
        QCOMPARE(test::chartOf(*chart)->animationOptions(), QChart::NoAnimation);
}

// Reports are drawn by charts that nobody sees.
void TestChartTraps::aChartNeedsNoWindow() {
    FrontierChart unseen;
    unseen.resize(740, 340);
    unseen.setFrontier(test::frontier(), problem::Objective::deepvm, true);
    unseen.setBudget(test::usd(2.9));
    const auto image = unseen.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QColor line = theme::palette(theme::Mode::light).tiering;
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            drawn += image.pixelColor(x, y) == line ? 1 : 0;
    QVERIFY2(drawn > 200, qPrintable(QString::number(drawn)));
}

// What lies on a chart is ours to move when its plot area does.
void TestChartTraps::overlaysFollowThePlotArea() {
    for (const QSize size : {QSize(500, 300), QSize(1200, 500), QSize(740, 340)}) {
        frontier_->resize(size);
        QCoreApplication::processEvents();
        auto* view = test::viewOf(*frontier_);
        const double expected =
            test::chartOf(*frontier_)->mapToPosition({2.9, 0}, seriesOf(*frontier_).back()).x();
        bool found = false;
        for (auto* item : view->scene()->items())
            if (auto* line = qgraphicsitem_cast<QGraphicsLineItem*>(item); line && line->isVisible())
                found = found || std::abs(line->pos().x() - expected) < 0.5;
        QVERIFY(found);
    }
}

}  // namespace test_chart_traps

DEEPVM_TEST(test_chart_traps, TestChartTraps)
#include "planner/decision.h"
#include "test_chart_traps.moc"
