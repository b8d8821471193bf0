// SPDX-License-Identifier: GPL-3.0-or-later
// The frame around every chart, with a drawing of a few dots on a line: what pointer, keys and screen readers
// get of any chart.
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

#include "plot/chart_frame.h"
#include "plot/overlay_items.h"
#include "test_program.h"

namespace test_chart_frame {

using namespace deepvm::ui;
using plot::ChartFrame;
using plot::Mark;
using plot::Step;

namespace {

constexpr double apart = 100;  // of two dots
constexpr double level = 60;   // of all dots

/// Dots on a level line, and an upright line that can be dragged.
class Dots : public plot::Drawing, public plot::Handle {
  public:
    explicit Dots(plot::PlotView* view) : Drawing(view), dot_(new QGraphicsEllipseItem(view->ground())) {}

    void layOut() override { ++lay_outs; }
    std::optional<Mark> markAt(QPointF at) const override {
        const int column = static_cast<int>(std::lround(at.x() / apart)) - 1;
        if (column < 0 || column >= count || std::abs(at.x() - (column + 1) * apart) > 10) return {};
        return Mark{0, column, at.x()};
    }
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override {
        if (count == 0) return std::nullopt;
        const int by = step == Step::left ? -1 : step == Step::right ? 1 : 0;
        return Mark{0, from ? std::clamp(from->column + by, 0, count - 1) : 0, 0};
    }
    std::optional<Mark> kept(const Mark& mark) const override {
        if (count == 0) return std::nullopt;
        return Mark{0, std::min(mark.column, count - 1), 0};
    }
    bool canPick() const override { return true; }
    plot::CalloutText words(const Mark& mark) const override {
        return {QStringLiteral("dot %1").arg(mark.column + 1), QStringLiteral("of %1\nin all").arg(count)};
    }
    QColor colourOf(const Mark&) const override { return palette_.accent; }
    plot::Spot show(const Mark& mark, bool focused) override {
        ringed = focused;
        dot_->setRect((mark.column + 1) * apart - 4, level - 4, 8, 8);
        dot_->setBrush(palette_.accent);
        dot_->show();
        return {{(mark.column + 1) * apart, level}};
    }
    void hide() override { dot_->hide(); }
    QString summary() const override { return QStringLiteral("%1 dots").arg(count); }
    QString caption() const override { return QStringLiteral("how to read the dots"); }
    plot::Table data() const override {
        plot::Table table{{QStringLiteral("dot"), QStringLiteral("what, and \"why\"")}, {}};
        for (int i = 0; i < count; ++i)
            table.rows << QStringList{QString::number(i + 1), QStringLiteral("x")};
        return table;
    }
    QSize leastSize() const override { return {200, 100}; }

    plot::Handle* handle() override { return draggable ? this : nullptr; }
    bool grabs(QPointF at) const override { return std::abs(at.x() - line) < 5; }
    bool drag(QPointF at) override { return setValue(at.x()); }
    void release() override { ++releases; }
    bool takes(Step step) const override { return step == Step::left || step == Step::right; }
    bool step(Step step) override { return setValue(line + (step == Step::left ? -10 : 10)); }
    void setFocused(bool on) override { handle_focused = on; }
    Value value() const override { return {line, 0, 400, 1, QStringLiteral("$%1").arg(line)}; }
    bool setValue(double to) override { return std::exchange(line, std::clamp(to, 0.0, 400.0)) != line; }

    int count = 3;
    int lay_outs = 0;
    int releases = 0;
    double line = 250;
    bool draggable = false;
    bool ringed = false;
    bool handle_focused = false;

  private:
    QGraphicsEllipseItem* dot_;
};

struct Bench {
    Bench() : frame({QStringLiteral("Dots"), QStringLiteral("dotsView"), {400, 200}, {}, 4, false}) {
        auto made = std::make_unique<Dots>(frame.view());
        dots = made.get();
        frame.setDrawing(std::move(made));
        frame.resize(400, 200);
        frame.show();
        (void)QTest::qWaitForWindowExposed(&frame);
    }

    void mouse(QEvent::Type type, double x, double y = level) const {
        auto* target = frame.view()->viewport();
        const bool pressed = type == QEvent::MouseButtonPress || type == QEvent::MouseButtonRelease;
        QMouseEvent event(type, QPointF(x, y), target->mapToGlobal(QPointF(x, y)),
                          pressed ? Qt::LeftButton : Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(target, &event);
    }
    void move(double x) const { mouse(QEvent::MouseMove, x); }
    void leave() const {
        QEvent event(QEvent::Leave);
        QApplication::sendEvent(frame.view()->viewport(), &event);
    }
    bool focus() {
        frame.activateWindow();
        if (!QTest::qWaitForWindowActive(&frame)) return false;
        frame.clearFocus();  // which the only widget of a window has by being shown
        frame.setFocus(Qt::TabFocusReason);
        return frame.hasFocus();
    }
    const plot::Callout* callout() const {
        for (auto* item : frame.view()->scene()->items())
            if (auto* found = dynamic_cast<const plot::Callout*>(item); found && found->isVisible())
                return found;
        return nullptr;
    }
    QString said() const { return frame.accessibleDescription(); }
    void key(Qt::Key key) { QTest::keyClick(&frame, key); }

    ChartFrame frame;
    Dots* dots = nullptr;
};

}  // namespace

class TestChartFrame : public QObject {
    Q_OBJECT
  private slots:
    void thePointerIsAtWhatTheCalloutSays() {
        Bench bench;
        QSignalSpy marked(&bench.frame, &ChartFrame::marked);
        QSignalSpy unmarked(&bench.frame, &ChartFrame::unmarked);
        QCOMPARE(bench.said(), QStringLiteral("3 dots"));
        bench.move(197);
        QVERIFY(bench.callout());
        QCOMPARE(bench.callout()->text().title, QStringLiteral("dot 2"));
        QCOMPARE(bench.said(), QStringLiteral("dot 2: of 3; in all"));
        bench.move(203);  // still the same dot
        QCOMPARE(marked.count(), 1);
        bench.move(150);
        QVERIFY(!bench.callout());
        QCOMPARE(unmarked.count(), 1);
        QCOMPARE(bench.said(), QStringLiteral("3 dots"));
        bench.move(100);
        bench.leave();
        QVERIFY(!bench.callout());
        QCOMPARE(unmarked.count(), 2);
    }

    void aClickPicks_aDragAcrossDoesNot() {
        Bench bench;
        QSignalSpy picked(&bench.frame, &ChartFrame::picked);
        bench.mouse(QEvent::MouseButtonPress, 100);
        bench.mouse(QEvent::MouseButtonRelease, 102);
        QCOMPARE(picked.count(), 1);
        bench.mouse(QEvent::MouseButtonPress, 100);
        bench.mouse(QEvent::MouseButtonRelease, 200);
        QCOMPARE(picked.count(), 1);
    }

    void keysGoFromMarkToMark_escapeLetsGo() {
        Bench bench;
        QVERIFY(bench.focus());
        QVERIFY(bench.said().startsWith(QStringLiteral("dot 1")));
        QVERIFY(bench.dots->ringed);
        bench.key(Qt::Key_Right);
        bench.key(Qt::Key_Right);
        bench.key(Qt::Key_Right);
        QVERIFY(bench.said().startsWith(QStringLiteral("dot 3")));
        bench.move(100);  // the pointer passes by
        QVERIFY(bench.said().startsWith(QStringLiteral("dot 1")));
        QVERIFY(!bench.dots->ringed);
        bench.leave();
        QVERIFY(bench.said().startsWith(QStringLiteral("dot 3")));
        QSignalSpy picked(&bench.frame, &ChartFrame::picked);
        bench.key(Qt::Key_Return);
        QCOMPARE(picked.first().first().value<Mark>().column, 2);
        bench.key(Qt::Key_Escape);
        QVERIFY(!bench.callout());
        QCOMPARE(bench.said(), QStringLiteral("3 dots"));
    }

    void theKeyboardsMarkIsKeptAfterOtherData() {
        Bench bench;
        QVERIFY(bench.focus());
        bench.key(Qt::Key_Right);
        bench.key(Qt::Key_Right);
        bench.frame.redraw([&] { bench.dots->count = 5; });
        QCOMPARE(bench.said(), QStringLiteral("dot 3: of 5; in all"));
        bench.frame.redraw([&] { bench.dots->count = 2; });
        QCOMPARE(bench.said(), QStringLiteral("dot 2: of 2; in all"));
        bench.frame.redraw([&] { bench.dots->count = 0; });
        QCOMPARE(bench.said(), QStringLiteral("0 dots"));
        QVERIFY(!bench.callout());
        bench.frame.clearFocus();
        bench.frame.redraw([&] { bench.dots->count = 3; });
        QCOMPARE(bench.said(), QStringLiteral("3 dots"));
    }

    void aDragMovesTheHandle_andEndsOnHide() {
        Bench bench;
        bench.dots->draggable = true;
        QSignalSpy moved(&bench.frame, &ChartFrame::handleMoved);
        QSignalSpy released(&bench.frame, &ChartFrame::handleReleased);
        bench.mouse(QEvent::MouseButtonPress, 251);
        QVERIFY(bench.frame.dragging());
        bench.move(300);
        bench.move(300);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(bench.dots->line, 300.0);
        QVERIFY(!bench.callout());  // over a dot
        bench.mouse(QEvent::MouseButtonRelease, 300);
        QCOMPARE(released.count(), 1);
        bench.mouse(QEvent::MouseButtonPress, 300);
        bench.frame.hide();
        QVERIFY(!bench.frame.dragging());
        QCOMPARE(released.count(), 2);
        QCOMPARE(bench.dots->releases, 2);
        bench.move(100);
        QCOMPARE(bench.dots->line, 300.0);
    }

    void arrowKeysMoveTheHandle() {
        Bench bench;
        bench.dots->draggable = true;
        QVERIFY(bench.focus());
        QVERIFY(bench.dots->handle_focused);
        QSignalSpy moved(&bench.frame, &ChartFrame::handleMoved);
        QSignalSpy released(&bench.frame, &ChartFrame::handleReleased);
        bench.key(Qt::Key_Left);
        QCOMPARE(bench.dots->line, 240.0);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(released.count(), 1);
        bench.frame.clearFocus();
        QVERIFY(!bench.dots->handle_focused);
    }

    void aScreenReaderMeetsAChart_orASlider() {
        Bench bench;
        auto* met = QAccessible::queryAccessibleInterface(&bench.frame);
        QVERIFY(met);
        QCOMPARE(met->role(), QAccessible::Chart);
        QCOMPARE(met->text(QAccessible::Name), QStringLiteral("Dots"));
        QVERIFY(bench.focus());
        QCOMPARE(met->text(QAccessible::Value), QStringLiteral("dot 1: of 3; in all"));
        QVERIFY(!met->valueInterface());
        bench.dots->draggable = true;
        QCOMPARE(met->role(), QAccessible::Slider);
        QCOMPARE(met->text(QAccessible::Value), QStringLiteral("$250"));
        QVERIFY(met->valueInterface());
        QCOMPARE(met->valueInterface()->maximumValue().toDouble(), 400.0);
        QSignalSpy moved(&bench.frame, &ChartFrame::handleMoved);
        met->valueInterface()->setCurrentValue(120);
        QCOMPARE(bench.dots->line, 120.0);
        QCOMPARE(moved.count(), 1);
    }

    void aTitleThatIsTooLongIsShortened_andWholeInItsToolTip() {
        Bench bench;
        const QString whole = QStringLiteral("A title that nobody has room for ").repeated(6);
        bench.frame.setTitle(whole);
        auto* title = bench.frame.findChild<QLabel*>(QStringLiteral("chartTitle"));
        QVERIFY(title->text().size() < whole.size());
        QCOMPARE(title->toolTip(), whole);
        bench.frame.setTitle(QStringLiteral("Dots"));
        QCOMPARE(title->text(), QStringLiteral("Dots"));
        QVERIFY(title->toolTip().isEmpty());
    }

    void aPictureHasTheCaption_andNoMark() {
        Bench bench;
        bench.frame.setColours(theme::palette(theme::Mode::dark));
        bench.move(200);
        const auto picture = [&](const QString& below) {
            QImage image(800, 460, QImage::Format_RGB32);
            QPainter painter(&image);
            bench.frame.render(painter, QRectF(image.rect()), below);
            return image;
        };
        const auto inked = [](const QImage& image, int top, int bottom) {
            int pixels = 0;
            for (int y = top; y < bottom; ++y)
                for (int x = 0; x < image.width(); ++x)
                    pixels += qGray(image.pixel(x, y)) < 200 ? 1 : 0;
            return pixels;
        };
        const auto image = picture(QStringLiteral("prices as of 2024-01-03"));
        QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
        const auto* caption = bench.frame.findChild<QLabel*>(QStringLiteral("chartCaption"));
        const int from = caption->y() * 2 - 30;  // about twice as large
        QVERIFY(inked(image, from, 400) > 50);
        QVERIFY(inked(image, 405, 460) > 50);
        QCOMPARE(inked(picture({}), 425, 460), 0);
        QCOMPARE(inked(image, 0, from), 0);  // neither dot nor callout
        QCOMPARE(bench.frame.view()->backgroundBrush().color(), theme::palette(theme::Mode::dark).surface);
    }

    void theDataIsATable() {
        Bench bench;
        bench.dots->count = 1;
        QCOMPARE(bench.frame.data().csv(), QByteArray("dot,\"what, and \"\"why\"\"\"\r\n1,x\r\n"));
    }
};

}  // namespace test_chart_frame

DEEPVM_TEST(test_chart_frame, TestChartFrame)
#include "test_chart_frame.moc"
