// SPDX-License-Identifier: GPL-3.0-or-later
// What a drag of the budget feels like: from the pointer's move to the window that is painted with the new
// plan, and what it leaves behind in memory.
#include <QApplication>
#include <QElapsedTimer>
#include <QtTest>
#include <algorithm>
#include <vector>

#include "bench/table.h"
#include "widgets/log_slider.h"
#include "theme/application_style.h"
#include "window/main_window.h"

namespace {

using namespace deepvm;
using namespace deepvm::ui;

constexpr int ticks = 1000;

/// Presses the handle of the budget slider and moves it pixel by pixel, to and fro.
class Drag {
  public:
    explicit Drag(window::MainWindow& window)
        : window_(window),
          slider_(*window.findChild<widgets::LogSlider*>(QStringLiteral("budgetSlider"))),
          left_(slider_.handleCentre(100'000).x()),
          right_(slider_.handleCentre(400'000'000).x()),
          at_(slider_.handleCentre(slider_.exact())) {
        QTest::mousePress(&slider_, Qt::LeftButton, {}, at_);
    }
    ~Drag() { QTest::mouseRelease(&slider_, Qt::LeftButton, {}, at_); }
    Drag(const Drag&) = delete;
    Drag& operator=(const Drag&) = delete;

    /// Milliseconds from the event to the painted answer; nothing where the pixel has the same budget.
    std::optional<double> tick() {
        if (at_.x() + step_ > right_ || at_.x() + step_ < left_) step_ = -step_;
        at_.rx() += step_;
        const auto before = window_.exploration().value().budget;
        QElapsedTimer timer;
        timer.start();
        QMouseEvent move(QEvent::MouseMove, at_, slider_.mapToGlobal(at_), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&slider_, &move);
        const auto budget = window_.exploration().value().budget;
        if (budget == before) return std::nullopt;
        while (!answered(budget))
            QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QApplication::processEvents();  // paints what is not painted yet
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

  private:
    bool answered(base::Money budget) const {
        const auto& decision = window_.planning().decision();
        return decision && decision->budget == budget && !window_.planning().busy();
    }

    window::MainWindow& window_;
    widgets::LogSlider& slider_;
    int left_;
    int right_;
    QPoint at_;
    int step_ = 1;
};

std::vector<double> drag(window::MainWindow& window) {
    std::vector<double> taken;
    Drag drag(window);
    for (int tries = 0; static_cast<int>(taken.size()) < ticks && tries < 4 * ticks; ++tries)
        if (const auto milliseconds = drag.tick()) taken.push_back(*milliseconds);
    return taken;
}

void settle(window::MainWindow& window) {
    while (window.planning().busy() || !window.planning().decision())
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

void drags(const QString& name, const catalog::Selection& selection, bool memory) {
    state::Remembered remembered;
    remembered.exploration.selection = selection;
    window::MainWindow window({{}, DEEPVM_SOURCE_DIR "/catalog.db"}, remembered, state::Settings(QString()));
    window.resize(1280, 800);
    window.show();
    settle(window);
    auto taken = drag(window);
    std::sort(taken.begin(), taken.end());
    const auto at = [&](double share) {
        return taken[static_cast<std::size_t>(share * static_cast<double>(taken.size() - 1))];
    };
    bench::Line line{
        ("drag, event to painted window, " + name).toStdString(), at(0.5), at(0.99), 16.7, {}, {}};
    if (memory) {
        line.memory_mib = bench::resident_mib();
        line.memory_goal_mib = 150;
    }
    bench::print(line);
    if (!memory) return;
    const double after_one = bench::resident_mib();
    for (int i = 0; i < 10; ++i)
        drag(window);
    bench::print({"growth over ten more such drags", {}, {}, {}, bench::resident_mib() - after_one, 1});
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QApplication::setStyle(new theme::ApplicationStyle);
    bench::print_head();
    drags(QStringLiteral("deepvm-paper"), {"deepvm-paper", ""}, true);
    drags(QStringLiteral("aws us-east-1"), {"aws", "us-east-1"}, false);
    drags(QStringLiteral("gcp any region"), {"gcp", "any"}, false);
    return 0;
}
