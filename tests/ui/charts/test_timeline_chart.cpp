// SPDX-License-Identifier: GPL-3.0-or-later
// The way of the checkpoints as a person meets it: where training stands still and why, what a revocation
// loses, without colours, too.
#include <QApplication>
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QLabel>
#include <QTest>
#include <set>

#include "charts/timeline_chart.h"
#include "charts/timeline_item.h"
#include "hand.h"
#include "plot/overlay_items.h"
#include "test_program.h"

namespace test_timeline_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::TimelineChart;
using charts::TimelinePlot;

namespace {

/// Copy 3 s, send 14 s, flush 60 s with room for two: storage is too slow for a checkpoint every 43 s.
risk::DeepCheck slow_storage() {
    risk::DeepCheck setup;
    setup.workers = 16;
    setup.remotes = 2;
    setup.checkpoint_gib = 12;
    setup.host_copy_gib_per_second = 4;
    setup.cut_gib_per_second = 2;
    setup.worker_network_gbps = setup.remote_network_gbps = 5;
    setup.remote_buffer_gib = 12;
    setup.storage_gib_per_second = 0.1;
    setup.interval_seconds = 40;
    setup.duration_seconds = 480;
    return setup;
}

/// Nothing but the copies.
risk::DeepCheck calm() {
    auto setup = slow_storage();
    setup.storage_gib_per_second = 2;
    return setup;
}

std::shared_ptr<const TimelinePlot> timeline(const risk::DeepCheck& setup) {
    return std::make_shared<TimelinePlot>(charts::makeTimeline(risk::simulate(setup).value()));
}

}  // namespace

class TestTimelineChart : public QObject {
    Q_OBJECT
  private slots:
    void init();
    void cleanup() { chart_.reset(); }
    void everyLevelHasItsRow();
    void whatHoldsUpIsHatchedAndNamed();
    void theCaptionSaysHowLongAndWhy();
    void hoveringSaysWhatHappens();
    void theCurveEndsAtTheRoomThereIs();
    void aRevocationSaysWhatEachLevelLoses();
    void theKeyboardGoesFromSpanToSpan();
    void nothingOverlapsOrIsCutOff();
    void timesAreReadable();
    void ticksHaveUnitsAndRoom();
    void anyRunCanBeShown();
    void theTimelineMayGo();

  private:
    QGraphicsView* view() const { return chart_->findChild<QGraphicsView*>(); }
    QList<QGraphicsSimpleTextItem*> texts() const { return test::shownOn<QGraphicsSimpleTextItem>(*chart_); }
    QList<const plot::Tag*> tags() const;
    QRectF boxOf(const QString& wanted) const;
    const charts::TimelineItem* bars() const { return test::itemsOf<charts::TimelineItem>(*chart_).value(0); }
    const plot::Callout* callout() const { return test::shownCallout(*chart_); }
    QString caption() const { return test::plain(chart_->findChild<QLabel*>("chartCaption")->text()); }
    QString said() const { return test::plain(chart_->accessibleDescription()); }
    void move(QPointF at) { test::movePointer(*chart_, at); }
    /// Over the middle of a row at `seconds`.
    void hover(const QString& row, double seconds);
    std::set<QRgb> coloursOf(const QString& row, double from_seconds, double to_seconds) const;
    QPointF at(const QString& row, double seconds) const;

    std::unique_ptr<TimelineChart> chart_;
    double duration_ = 480;
};

void TestTimelineChart::init() {
    QTest::failOnWarning(test::anyWarning());
    chart_ = std::make_unique<TimelineChart>();
    chart_->resize(1000, 420);
    chart_->setTimeline(timeline(slow_storage()));
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
}

QList<const plot::Tag*> TestTimelineChart::tags() const {
    const auto shown = test::shownOn<plot::Tag>(*chart_);
    QList<const plot::Tag*> found(shown.begin(), shown.end());
    std::ranges::sort(found, {}, [](const plot::Tag* tag) { return tag->y(); });
    return found;
}

QRectF TestTimelineChart::boxOf(const QString& wanted) const {
    for (const auto* item : texts())
        if (test::plain(item->text()) == wanted) return item->sceneBoundingRect();
    return {};
}

QPointF TestTimelineChart::at(const QString& row, double seconds) const {
    const QRectF all = bars()->boundingRect().adjusted(1, 1, -2, -2);
    return {all.left() + seconds / duration_ * all.width(), boxOf(row).center().y()};
}

void TestTimelineChart::hover(const QString& row, double seconds) {
    move(at(row, seconds));
}

std::set<QRgb> TestTimelineChart::coloursOf(const QString& row, double from_seconds,
                                            double to_seconds) const {
    const QImage image = view()->grab().toImage();
    std::set<QRgb> found;
    for (double x = at(row, from_seconds).x() + 3; x < at(row, to_seconds).x() - 3; ++x)
        found.insert(image.pixel(static_cast<int>(x), static_cast<int>(at(row, 0).y())));
    return found;
}

void TestTimelineChart::everyLevelHasItsRow() {
    double above = -1;
    for (const char* row : {"Training", "Copy to host memory", "Cut and send", "In remote memory",
                            "Flush to storage", "Checkpoints held"}) {
        QVERIFY2(!boxOf(row).isNull(), row);
        QVERIFY(boxOf(row).top() > above);
        above = boxOf(row).top();
    }
}

void TestTimelineChart::whatHoldsUpIsHatchedAndNamed() {
    const auto stalled = timeline(slow_storage());
    int stalls = 0;
    for (const auto& span : stalled->run.spans) {
        if (span.lane != risk::Lane::training || span.end_seconds - span.begin_seconds < 6) continue;
        const auto colours = coloursOf("Training", span.begin_seconds, span.end_seconds);
        const bool hatched = span.activity == risk::Activity::stalls;
        QVERIFY(hatched ? colours.size() > 1 : colours.size() == 1);
        stalls += hatched ? 1 : 0;
    }
    QVERIFY(stalls >= 3);
    QCOMPARE(charts::causeName(risk::Cause::remote_buffer), "remote memory");
}

void TestTimelineChart::theCaptionSaysHowLongAndWhy() {
    QVERIFY2(caption().contains("hatched: held up") && caption().contains("remote memory 5"),
             qPrintable(caption()));
    QVERIFY2(!caption().contains("network"), qPrintable(caption()));
    chart_->setTimeline(timeline(calm()));
    QVERIFY2(caption().startsWith("training stands still 6.9 % of the time: copy 33.0 s"),
             qPrintable(caption()));
    auto network = calm();
    network.remote_network_gbps = 0.5;
    chart_->setTimeline(timeline(network));
    QVERIFY2(caption().contains("network") && !caption().contains("remote memory"), qPrintable(caption()));
    auto none = calm();
    none.duration_seconds = 30;
    chart_->setTimeline(timeline(none));
    QCOMPARE(caption(), "training never stands still");
}

void TestTimelineChart::hoveringSaysWhatHappens() {
    hover("Training", 20);
    QVERIFY(callout());
    QCOMPARE(said(), "Training up to checkpoint 1: 40.0 s from 0 s to 40.0 s");
    hover("Training", 41.5);
    QCOMPARE(said(), "Training stands still: checkpoint 1 is copied: 3.0 s from 40.0 s to 43.0 s");
    hover("Flush to storage", 70);
    QVERIFY2(said().startsWith("Checkpoint 1 is flushed to storage: 60.0 s from"), qPrintable(said()));
    const auto shown = timeline(slow_storage());
    for (const auto& span : shown->run.spans) {
        if (span.cause != risk::Cause::remote_buffer) continue;
        hover("Training", (span.begin_seconds + span.end_seconds) / 2);
        QVERIFY2(said().contains("storage is too slow"), qPrintable(said()));
        break;
    }
    // Beside the rows, which tell what else happens at that time.
    hover("Training", 41.5);
    QVERIFY(callout());
    const auto lanes = boxOf("Flush to storage");
    QVERIFY(!lanes.isNull());
    QVERIFY2(callout()->sceneBoundingRect().top() >= lanes.bottom(), "the callout lies over the rows");
    hover("Copy to host memory", 20);  // nothing there
    QVERIFY(!callout());
    QVERIFY(said().contains("shortest interval without stalls 57.0 s"));  // all of it, for a screen reader
    move({5, 5});
    QVERIFY(!callout());
}

void TestTimelineChart::theCurveEndsAtTheRoomThereIs() {
    QVERIFY(!boxOf("room for 2 (24 GiB)").isNull());
    auto plot = timeline(slow_storage());
    QCOMPARE(plot->fill_top, 2.0);
    auto roomy = calm();
    roomy.remote_buffer_gib = 6000;
    plot = timeline(roomy);
    QCOMPARE(plot->run.buffer_checkpoints, 1000);
    QVERIFY(plot->fill_top <= 4);  // else what is in it could not be seen
    QVERIFY(plot->room.startsWith("room for 1000"));
    QVERIFY(plot->fill_ticks.size() <= 6);
}

void TestTimelineChart::aRevocationSaysWhatEachLevelLoses() {
    auto setup = slow_storage();
    setup.revoked_seconds = 250;
    for (const QSize size : {QSize(1200, 420), QSize(760, 320), QSize(420, 250)}) {
        chart_->resize(size);
        chart_->setTimeline(timeline(setup));
        QCoreApplication::processEvents();
        const auto said = tags();
        QCOMPARE(said.size(), 4);
        QVERIFY(said[0]->text().contains("ost with") || said[0]->text().startsWith("Revoked after 4"));
        QVERIFY(test::plain(said[1]->text()).contains("35.0 s") && said[1]->text().startsWith("host"));
        QVERIFY(test::plain(said[2]->text()).contains("75.0 s") && said[2]->text().startsWith("remote"));
        QVERIFY(test::plain(said[3]->text()).contains("1 min 55 s") && said[3]->text().startsWith("storage"));
        for (const auto* tag : said)
            QVERIFY(QRectF(view()->rect()).contains(tag->sceneBoundingRect()));
    }
    chart_->resize(1200, 420);
    QCoreApplication::processEvents();
    QVERIFY(tags()[2]->text().contains("back to checkpoint 4"));
    setup.revoked_seconds = 5;
    chart_->setTimeline(timeline(setup));
    QVERIFY(tags()[3]->text().contains("back to the start"));
    chart_->setTimeline(timeline(slow_storage()));
    QVERIFY(tags().isEmpty());
}

void TestTimelineChart::theKeyboardGoesFromSpanToSpan() {
    chart_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(chart_.get()));
    chart_->clearFocus();
    chart_->setFocus(Qt::TabFocusReason);
    QVERIFY(said().startsWith("Training up to checkpoint 1:"));
    QTest::keyClick(chart_.get(), Qt::Key_Right);
    QVERIFY(said().startsWith("Training stands still: checkpoint 1 is copied"));
    QTest::keyClick(chart_.get(), Qt::Key_Down);
    QVERIFY(said().startsWith("Checkpoint 1 is copied to host memory"));
    QTest::keyClick(chart_.get(), Qt::Key_Left);
    QVERIFY(said().startsWith("Checkpoint 1 is copied to host memory"));  // the first of its row
    for (int i = 0; i < 9; ++i)
        QTest::keyClick(chart_.get(), Qt::Key_Down);
    QVERIFY2(said().startsWith("Checkpoint 1 is flushed"), qPrintable(said()));
    QTest::keyClick(chart_.get(), Qt::Key_End);
    QVERIFY(said().contains("goes on after the end"));
    hover("Training", 20);
    QVERIFY(said().startsWith("Training up to checkpoint 1:"));
    move({5, 5});
    QVERIFY(said().contains("goes on after the end"));  // the keyboard's place is not lost
    chart_->setTimeline(timeline(calm()));
    QVERIFY(callout());
    QTest::keyClick(chart_.get(), Qt::Key_Escape);
    QVERIFY(!callout());
}

void TestTimelineChart::nothingOverlapsOrIsCutOff() {
    auto revoked = slow_storage();
    revoked.revoked_seconds = 430;
    auto roomy = calm();
    roomy.remote_buffer_gib = 60;
    for (const auto& setup : {slow_storage(), revoked, roomy})
        for (const QSize size : {QSize(420, 220), QSize(566, 250), QSize(1000, 420), QSize(1700, 700)}) {
            chart_->setTimeline(timeline(setup));
            chart_->resize(size.expandedTo(chart_->minimumSizeHint()));
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
                             qPrintable(all[i]->text() + " on " + all[j]->text()));
            }
        }
}

void TestTimelineChart::timesAreReadable() {
    const auto text = [](double seconds) { return test::plain(charts::timeText(seconds)); };
    QCOMPARE(text(0), "0 s");
    QCOMPARE(text(0.002), "2.0 ms");
    QCOMPARE(text(0.25), "250 ms");
    QCOMPARE(text(0.9996), "1.0 s");
    QCOMPARE(text(8), "8.0 s");
    QCOMPARE(text(99.96), "1 min 40 s");
    QCOMPARE(text(120), "2 min");
    QCOMPARE(text(5999.6), "100 min");
    QCOMPARE(text(12'600), "3.5 h");
}

void TestTimelineChart::ticksHaveUnitsAndRoom() {
    for (double duration = 1e-3; duration < 1e9; duration *= 1.7)
        for (const int most : {2, 5, 12}) {
            const auto ticks = charts::timeTicks(duration, most);
            QVERIFY(ticks.size() >= 2 && static_cast<int>(ticks.size()) <= most + 1);
            QVERIFY(ticks.back().at <= duration * 1.000001);
            for (const auto& tick : ticks)
                QVERIFY(tick.text.contains(QChar(QChar::Nbsp)));
        }
    QCOMPARE(test::plain(charts::timeTicks(480, 10).back().text), "8 min");
}

void TestTimelineChart::anyRunCanBeShown() {
    auto extreme = slow_storage();
    extreme.interval_seconds = 1;
    extreme.host_copy_gib_per_second = 1e6;
    extreme.duration_seconds = 9'999;
    auto brief = calm();
    brief.duration_seconds = 1e-3;
    auto revoked = slow_storage();
    revoked.revoked_seconds = 0;
    auto many = calm();
    many.checkpoint_gib = 1e-6;
    many.remote_buffer_gib = 1e6;
    many.storage_gib_per_second = 1e-9;
    many.interval_seconds = 0.1;
    for (const auto& setup : {extreme, brief, revoked, many}) {
        chart_->setTimeline(timeline(setup));
        const QImage image = chart_->grab().toImage();
        QCOMPARE(image.size(), chart_->size() * image.devicePixelRatio());
        for (int x = 0; x < chart_->width(); x += 97)
            for (int y = 0; y < chart_->height(); y += 13)
                move(QPointF(x, y));
    }
}

void TestTimelineChart::theTimelineMayGo() {
    hover("Training", 20);
    chart_->setTimeline(nullptr);
    QVERIFY(texts().isEmpty());
    QVERIFY(!callout());
    move(view()->rect().center());
    chart_->setColours(theme::palette(theme::Mode::dark));
    chart_->setTimeline(timeline(calm()));
    QVERIFY(!boxOf("Training").isNull());
}

}  // namespace test_timeline_chart

DEEPVM_TEST(test_timeline_chart, TestTimelineChart)
#include "test_timeline_chart.moc"
