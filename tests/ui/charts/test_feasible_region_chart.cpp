// SPDX-License-Identifier: GPL-3.0-or-later
// The feasible region as a person meets it: each point on its side of every edge, the line where the pointer
// takes it, words that can be read.
#include <QLabel>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "catalog/catalog.h"
#include "charts/feasible_region_chart.h"
#include "charts/region_ground.h"
#include "hand.h"
#include "planner/planner.h"
#include "sample.h"
#include "test_program.h"

namespace test_feasible_region_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::DotKind;
using charts::FeasibleRegionChart;
using charts::RegionItem;
using charts::RegionSubject;

namespace {

// The best tiering plan of the shipped catalog at a budget.
RegionSubject subjectAt(const char* market, const char* region, base::Money budget,
                        problem::Request request = {}) {
    static const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    const auto loaded = catalog.load({market, region}).value();
    request.preset = problem::default_preset(loaded->kind);
    request.architectures = {problem::Architecture::tiering};
    auto problem = problem::make_problem(loaded, request).value();
    const auto decision = planner::decide(*problem, budget).value();
    const auto* candidate = problem::candidate_of(*problem, decision.ranked.front());
    return {std::move(problem), candidate};
}

// But for the rounding of a line that is drawn in parts.
bool alike(const QImage& a, const QImage& b) {
    const auto off = [](int one, int other) { return std::abs(one - other) > 3; };
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            if (off(qRed(p), qRed(q)) || off(qGreen(p), qGreen(q)) || off(qBlue(p), qBlue(q))) return false;
        }
    return a.size() == b.size();
}

}  // namespace

class TestFeasibleRegionChart : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup() { chart_.reset(); }
    void everyDotIsOnTheSideThatThePlannerSays();
    void thePlanIsRingedAndNamed();
    void edgesAreNamed();
    void theCornerIsADiamondWithItsNumbers();
    void hoverTellsWhatAPointBreaksAndByHowMuch();
    void calloutNeverLeavesTheChart();
    void theLineFollowsThePointer();
    void aLineOutsideComesToThePointer();
    void arrowKeysGoFromPointToPoint();
    void aMoveRepaintsAllThatChanged();
    void manyBudgetsMakeNoItems();
    void nothingOverlapsOrIsCutOff();
    void largeTextsCanBeRead();
    void keysReadTheBestPointAndTheRelaxation();
    void aThousandNodesStayDrawable();
    void nothingFitsIsSaidInWords();
    void coloursFollowThePalette();

  private:
    QGraphicsView* view() const { return test::viewOf(*chart_); }
    QString text(const char* name) const { return chart_->findChild<QLabel*>(QLatin1String(name))->text(); }
    const RegionItem* ground() const { return test::itemsOf<RegionItem>(*chart_).front(); }
    const plot::Callout* callout() const { return test::calloutOf(*chart_); }
    QStringList texts() const { return test::textsOn(*chart_); }
    charts::RegionMap map() const;
    void send(QEvent::Type type, QPointF at, Qt::MouseButton button = Qt::NoButton) {
        test::send(*chart_, type, at, button);
    }
    void show(const RegionSubject& subject, base::Money budget);

    std::unique_ptr<FeasibleRegionChart> chart_;
    RegionSubject subject_;
};

void TestFeasibleRegionChart::init() {
    QTest::failOnWarning(test::anyWarning());
    chart_ = std::make_unique<FeasibleRegionChart>();
    chart_->resize(568, 224);
    chart_->setReach(test::usd(0.05), test::usd(500));
    show(subjectAt("deepvm-paper", "", test::usd(2.9)), test::usd(2.9));
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
}

void TestFeasibleRegionChart::show(const RegionSubject& subject, base::Money budget) {
    subject_ = subject;
    chart_->setBudget(budget);
    chart_->setSubject(subject);
}

// Between counts and pixels, from where the dots are: the first and the last of the lattice of this budget.
charts::RegionMap TestFeasibleRegionChart::map() const {
    const QRectF plot = ground()->boundingRect();
    const auto& dots = ground()->dots();
    const auto columns = std::count_if(dots.begin(), dots.end(),
                                       [&](const auto& dot) { return dot.at.y() == dots[0].at.y(); });
    const auto rows = static_cast<long>(dots.size()) / columns;
    return charts::regionMap({{1, static_cast<int>(columns)}, {0, static_cast<int>(rows) - 1}}, plot);
}

void TestFeasibleRegionChart::everyDotIsOnTheSideThatThePlannerSays() {
    for (const double usd : {0.33, 0.8, 2.9, 4.4, 9.0}) {
        const auto budget = test::usd(usd);
        chart_->setBudget(budget);
        int feasible = 0;
        for (const auto& dot : ground()->dots()) {
            const QPointF counts = map().countsAt(dot.at);
            const problem::Counts point{static_cast<int>(std::lround(counts.x())),
                                        static_cast<int>(std::lround(counts.y()))};
            const bool fits = problem::feasible(*subject_.candidate, point, budget);
            QCOMPARE(dot.kind != DotKind::infeasible, fits);
            const bool enough = problem::remotes_for(*subject_.candidate, point.nodes) == point.remotes;
            if (fits) QCOMPARE(dot.kind == DotKind::cheapest, enough);
            feasible += fits ? 1 : 0;
        }
        QVERIFY(feasible > 0);
    }
}

void TestFeasibleRegionChart::thePlanIsRingedAndNamed() {
    QCOMPARE(text("chartTitle"), QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge at $2.90/h"));
    QCOMPARE(text("chartNote"), QStringLiteral("costs $2.8526/h"));
    QVERIFY(texts().contains(QStringLiteral("best: n = 17, m = 1")));
    const QPointF best = map().at(17, 1);
    QVERIFY(std::ranges::any_of(test::itemsOf<QGraphicsEllipseItem>(*chart_), [&](const auto* ring) {
        return ring->isVisible() && QLineF(ring->pos(), best).length() < 0.5;
    }));
    chart_->setBudget(test::usd(3.0104));
    QCOMPARE(text("chartTitle"), QStringLiteral("18 × g4dn.xlarge + 1 × c5.xlarge at $3.0104/h"));
}

void TestFeasibleRegionChart::edgesAreNamed() {
    QVERIFY(texts().contains(QStringLiteral("network: under 20 workers a remote")));
    QVERIFY(texts().contains(QStringLiteral("at least 1 remote")));
    show(subjectAt("deepvm-paper", "", test::usd(20)), test::usd(20));
    QVERIFY(texts().contains(QStringLiteral("spot quota: at most 31 workers")));
    problem::Request request;
    request.workload = "gpt2-xl-openwebtext";
    request.min_efficiency = 0;
    request.max_nodes = 7;
    const auto ceiling = subjectAt("aws", "us-east-1", test::usd(60), request);
    show(ceiling, test::usd(60));
    QVERIFY2(texts().contains(QStringLiteral("ceiling: at most 7 workers")), qPrintable(texts().join(" | ")));
    const int remotes = ceiling.candidate->min_remotes;
    QVERIFY(remotes > 1);
    QVERIFY2(texts().contains(QStringLiteral("memory: at least %1 remotes").arg(remotes)),
             qPrintable(texts().join(" | ")));
    request.on_demand_quota["Standard"] =
        remotes * ceiling.problem->market->types[*ceiling.candidate->remote].vcpus;
    const auto limited = subjectAt("aws", "us-east-1", test::usd(60), request);
    show(limited, test::usd(60));
    const auto edges =
        explain::feasible_region(*limited.problem, *limited.candidate, test::usd(60), {{1, 8}, {0, 4}})
            .edges.remote_limits;
    const auto quota = std::find_if(edges.begin(), edges.end(), [](const auto& limit) {
        return limit.limit == problem::Limit::on_demand_quota;
    });
    QVERIFY(quota != edges.end());
    QVERIFY(texts().contains(QStringLiteral("on-demand quota: at most %1 remotes").arg(quota->machines)));
}

void TestFeasibleRegionChart::theCornerIsADiamondWithItsNumbers() {
    const auto corner =
        explain::relaxation_corner(*subject_.problem, *subject_.candidate, test::usd(2.9), {}).value();
    QVERIFY(texts().filter(QStringLiteral("relaxation")).isEmpty());
    chart_->setCorner(corner);
    QVERIFY(texts().contains(QStringLiteral("relaxation: n = 17.3, m = 1")));
    const QPointF at = map().at(corner->nodes, corner->remotes);
    send(QEvent::MouseMove, at + QPointF(2, 0));
    QVERIFY(callout()->isVisible());
    QCOMPARE(callout()->text().title, QStringLiteral("17.30 × g4dn.xlarge + 1 × c5.xlarge"));
    QVERIFY(callout()->text().detail.contains(QStringLiteral("at most 148 MFLOP/$")));
    chart_->setSubject({});
    QVERIFY(texts().filter(QStringLiteral("relaxation")).isEmpty());
}

void TestFeasibleRegionChart::hoverTellsWhatAPointBreaksAndByHowMuch() {
    const auto at = [&](int n, int m) {
        send(QEvent::MouseMove, map().at(n, m) + QPointF(1, 1));
        return callout()->text().title + QLatin1Char('|') + callout()->text().detail;
    };
    QCOMPARE(at(18, 1), QStringLiteral("18 × g4dn.xlarge + 1 × c5.xlarge|$3.0104/h · 153 MFLOP/$\n"
                                       "over the budget by $0.1104/h"));
    QCOMPARE(at(21, 1), QStringLiteral("21 × g4dn.xlarge + 1 × c5.xlarge|$3.4838/h · 175 MFLOP/$\n"
                                       "over the budget by $0.5838/h\nover the network by 2 workers"));
    QCOMPARE(at(17, 1), QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge|$2.8526/h · 145 MFLOP/$\n"
                                       "the best that fits $2.90/h"));
    QCOMPARE(at(10, 2),
             QStringLiteral("10 × g4dn.xlarge + 2 × c5.xlarge|$1.918/h · 86.0 MFLOP/$\n"
                            "\u221240.9\u00A0% against the best\none remote node fewer does the same"));
    QVERIFY(at(3, 0).endsWith(QStringLiteral("needs at least 1 remote node")));
    test::leave(*chart_);
    QVERIFY(!callout()->isVisible());
    at(18, 1);
    chart_->setBudget(test::usd(3.2));  // it would speak of the old budget
    QVERIFY(!callout()->isVisible());
}

void TestFeasibleRegionChart::calloutNeverLeavesTheChart() {
    for (const QSize size : {QSize(568, 224), QSize(420, 220), QSize(1240, 360)}) {
        chart_->resize(size);
        QCoreApplication::processEvents();
        QVERIFY(test::calloutStaysInside(*chart_));
    }
}

void TestFeasibleRegionChart::theLineFollowsThePointer() {
    QSignalSpy dragged(chart_.get(), &FeasibleRegionChart::budgetDragged);
    QSignalSpy released(chart_.get(), &FeasibleRegionChart::budgetReleased);
    const auto axes = texts();
    const auto counts = map();
    // On the line at m = 3, five pixels beside it: it does not jump to the pointer.
    const double n = (2.9 - 3 * 0.17) / 0.1578;
    const QPointF grip = counts.at(n, 3) + QPointF(-4, 0);
    send(QEvent::MouseButtonPress, grip, Qt::LeftButton);
    QVERIFY(chart_->dragging());
    send(QEvent::MouseMove, grip, Qt::LeftButton);
    QCOMPARE(dragged.count(), 0);
    send(QEvent::MouseMove, grip + QPointF(counts.at(2, 0).x() - counts.at(0, 0).x(), 0), Qt::LeftButton);
    QCOMPARE(dragged.count(), 1);  // two workers to the right
    QVERIFY(std::abs(chart_->budget().usd() - (2.9 + 2 * 0.1578)) < 0.006);
    for (int x = -300; x <= 900; x += 11) {
        send(QEvent::MouseMove, QPointF(x, grip.y()), Qt::LeftButton);
        for (const auto& tick : {QStringLiteral("20"), QStringLiteral("4")})
            QCOMPARE(texts().contains(tick), axes.contains(tick));  // the axes stay under the pointer
        QCOMPARE(map().nodes.to, counts.nodes.to);
    }
    for (const auto& arguments : dragged) {
        const auto budget = arguments[0].value<base::Money>();
        QVERIFY(budget >= test::usd(0.05) && budget <= test::usd(500));
        QCOMPARE(budget.micro() % 10'000, 0);  // whole cents
    }
    QCOMPARE(released.count(), 0);
    send(QEvent::MouseButtonRelease, QPointF(900, grip.y()), Qt::LeftButton);
    QCOMPARE(released.count(), 1);
    QVERIFY(!chart_->dragging());
    send(QEvent::MouseButtonPress, counts.at(3, 3), Qt::LeftButton);  // not on the line
    QVERIFY(!chart_->dragging());
}

void TestFeasibleRegionChart::aLineOutsideComesToThePointer() {
    show(subjectAt("deepvm-paper", "", test::usd(20)), test::usd(20));
    send(QEvent::MouseButtonPress, QPointF(view()->width() - 40, 20), Qt::LeftButton);  // the pill
    QVERIFY(chart_->dragging());
    const QPointF to = map().at(20, 2);
    send(QEvent::MouseMove, to, Qt::LeftButton);
    const auto& candidate = *subject_.candidate;
    QVERIFY(std::abs(chart_->budget().usd() - problem::price(candidate, {20, 2}).usd()) < 0.06);
    send(QEvent::MouseButtonRelease, to, Qt::LeftButton);
}

void TestFeasibleRegionChart::arrowKeysGoFromPointToPoint() {
    QSignalSpy dragged(chart_.get(), &FeasibleRegionChart::budgetDragged);
    QSignalSpy released(chart_.get(), &FeasibleRegionChart::budgetReleased);
    QTest::keyClick(chart_.get(), Qt::Key_Right);
    QCOMPARE(chart_->budget(), test::usd(3.0104));
    QTest::keyClick(chart_.get(), Qt::Key_Left);
    QTest::keyClick(chart_.get(), Qt::Key_Left);
    QCOMPARE(chart_->budget(), test::usd(2.6948));
    QTest::keyClick(chart_.get(), Qt::Key_Up);
    QCOMPARE(chart_->budget(), test::usd(2.7048));
    QTest::keyClick(chart_.get(), Qt::Key_Down);
    QCOMPARE(chart_->budget(), test::usd(2.6948));
    QCOMPARE(dragged.count(), 5);
    QCOMPARE(released.count(), 5);
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(chart_.get(), Qt::Key_Left);
    QCOMPARE(chart_->budget(), test::usd(0.3278));  // the cheapest point
}

// What is on the screen after repainting a part is what painting everything gives.
void TestFeasibleRegionChart::aMoveRepaintsAllThatChanged() {
    auto* screen = QGuiApplication::primaryScreen();
    for (const double usd : {2.95, 3.4, 2.2, 2.21, 3.9, 4.0, 1.1, 6.0, 20.0, 0.2, 2.9}) {
        chart_->setBudget(test::usd(usd));
        QCoreApplication::processEvents();
        const auto shown =
            screen->grabWindow(chart_->winId()).toImage().convertToFormat(QImage::Format_RGB32);
        const auto whole = chart_->grab().toImage().convertToFormat(QImage::Format_RGB32);
        QVERIFY2(alike(shown, whole), qPrintable(QString::number(usd)));
    }
}

void TestFeasibleRegionChart::manyBudgetsMakeNoItems() {
    chart_->setCorner(
        explain::relaxation_corner(*subject_.problem, *subject_.candidate, test::usd(2.9), {}).value());
    const auto before = view()->scene()->items().size();
    for (int i = 0; i < 100; ++i)
        chart_->setBudget(test::usd(2.5 + 0.01 * i));
    QCOMPARE(view()->scene()->items().size(), before);
    QVERIFY(before < 60);
}

void TestFeasibleRegionChart::nothingOverlapsOrIsCutOff() {
    const auto corner = [&](base::Money budget) {
        return explain::relaxation_corner(*subject_.problem, *subject_.candidate, budget, {}).value();
    };
    for (const char* market : {"deepvm-paper", "aws"})
        for (const QSize size : {QSize(568, 224), QSize(420, 220), QSize(1240, 360)})
            for (const double usd : {0.5, 1.0, 2.9, 8.0, 20.0, 60.0}) {
                const auto budget = test::usd(usd);
                show(subjectAt(market, market[0] == 'a' ? "us-east-1" : "", budget), budget);
                chart_->setCorner(corner(budget));
                chart_->resize(size);
                QCoreApplication::processEvents();
                const QString wrong = test::illegibleOn(*chart_);
                QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("%1 at %2 of %3, %4")
                                                         .arg(wrong)
                                                         .arg(usd)
                                                         .arg(size.width())
                                                         .arg(QLatin1String(market))));
            }
}

void TestFeasibleRegionChart::largeTextsCanBeRead() {
    QFont own = chart_->font();
    own.setPixelSize(18);  // a person's own
    chart_->setFont(own);
    chart_->resize(700, 360);
    QCOMPARE(test::illegibleOn(*chart_), QString());
    QVERIFY(texts().contains(QStringLiteral("network: under 20 workers a remote")));
}

void TestFeasibleRegionChart::keysReadTheBestPointAndTheRelaxation() {
    QVERIFY(chart_->summary().startsWith(
        QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge at $2.90/h, costs $2.8526/h")));
    QTest::keyClick(chart_.get(), Qt::Key_Home);
    QCOMPARE(callout()->text().title, QStringLiteral("17 × g4dn.xlarge + 1 × c5.xlarge"));
    chart_->setCorner(
        explain::relaxation_corner(*subject_.problem, *subject_.candidate, test::usd(2.9), {}).value());
    QTest::keyClick(chart_.get(), Qt::Key_End);
    QCOMPARE(callout()->text().title, QStringLiteral("17.30 × g4dn.xlarge + 1 × c5.xlarge"));
    chart_->setCorner(std::nullopt);
    QTest::keyClick(chart_.get(), Qt::Key_Right);  // no relaxation any more, so back to the best
    QCOMPARE(callout()->text().title, QStringLiteral("18 × g4dn.xlarge + 1 × c5.xlarge"));
    const auto table = chart_->data();
    QCOMPARE(table.rows.size(), static_cast<qsizetype>(ground()->dots().size()));
    QVERIFY(table.csv().contains("\r\n18,1,3.0104,"));
}

void TestFeasibleRegionChart::aThousandNodesStayDrawable() {
    problem::Request request;
    request.max_nodes = 1024;
    chart_->resize(1900, 900);
    show(subjectAt("aws", "us-east-1", test::usd(400), request), test::usd(400));
    QVERIFY(ground()->dots().size() <= 1500);
    QVERIFY(text("chartTitle").startsWith(QStringLiteral("1024 × ")));
    QVERIFY(texts().contains(QStringLiteral("best: n = 1024, m = 73")));
}

void TestFeasibleRegionChart::nothingFitsIsSaidInWords() {
    chart_->setBudget(test::usd(0.2));
    QCOMPARE(text("chartTitle"), QStringLiteral("No n × g4dn.xlarge + m × c5.xlarge fits $0.20/h"));
    for (const auto& dot : ground()->dots())
        QVERIFY(dot.kind == DotKind::infeasible);
    QVERIFY(texts().filter(QStringLiteral("best")).isEmpty());
    chart_->setSubject({});
    QCOMPARE(text("chartTitle"), QString());
    send(QEvent::MouseMove, view()->rect().center());
    QVERIFY(!callout()->isVisible());
    QTest::keyClick(chart_.get(), Qt::Key_Right);  // of nothing
    QCOMPARE(chart_->budget(), test::usd(0.2));
}

void TestFeasibleRegionChart::coloursFollowThePalette() {
    for (const auto mode : {theme::Mode::dark, theme::Mode::light}) {
        const auto& palette = theme::palette(mode);
        chart_->setColours(palette);
        const auto image = view()->grab().toImage();
        QCOMPARE(image.pixelColor(map().at(15, 1).toPoint()), palette.tiering);
        QCOMPARE(image.pixelColor(2, view()->height() - 2), palette.surface);
        QVERIFY(image.pixelColor(map().at(20.5, 3.5).toPoint()) != palette.surface);  // forbidden
    }
}

}  // namespace test_feasible_region_chart

DEEPVM_TEST(test_feasible_region_chart, TestFeasibleRegionChart)
#include "test_feasible_region_chart.moc"
