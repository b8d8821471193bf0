// SPDX-License-Identifier: GPL-3.0-or-later
// A student's hand: plays lessons in the whole window with mouse and keyboard.
#pragma once

#include <QPushButton>
#include <QRadioButton>
#include <QtTest>

#include "learn/learn_page.h"
#include "learn/lesson_panel.h"
#include "learn/player.h"
#include "ui/window/whole_window.h"
#include "widgets/log_slider.h"

namespace deepvm::tests {

class StudentsHand {
  public:
    explicit StudentsHand(ui::window::MainWindow& window) : window_(window) {}

    ui::learn::Player& player() { return window_.player(); }

    template <typename T>
    T* find(const QString& name) const {
        return window_.findChild<T*>(name);
    }

    void press(const char* name) {
        QTest::mouseClick(find<QPushButton>(QLatin1String(name)), Qt::LeftButton);
    }

    /// Until the lesson is on show, and the step worked out.
    bool waits(int most_ms = 60'000) {
        return QTest::qWaitFor(
            [this] {
                return player().stage() == ui::learn::Player::Stage::playing && player().view() != nullptr &&
                       !player().busy() && !window_.planning().busy();
            },
            most_ms);
    }

    /// Opens the page with the keyboard and presses the lesson's button.
    void begin(const QString& id) {
        QTest::keyClick(&window_, Qt::Key_6, Qt::ControlModifier);
        QTest::mouseClick(find<QPushButton>(QStringLiteral("begin-") + id), Qt::LeftButton);
    }

    /// Guesses by the keyboard, chooses, goes on; a wrong one first where there is one. False where the step
    /// cannot be left.
    bool step(bool wrong_first) {
        auto& player = this->player();
        const auto index = player.index();
        const auto kind = player.step().kind;
        if (player.view()->answer.known) {
            QTest::keyClick(find<ui::widgets::LogSlider>(QStringLiteral("guessSlider")), Qt::Key_Right);
            press("lessonNext");
            if (!player.answer().guess) return false;
        }
        if (!player.view()->choices.empty()) choose(wrong_first);
        if (kind == deepvm::lessons::StepKind::perform && !perform(wrong_first)) return false;
        if (!find<QPushButton>(QStringLiteral("lessonNext"))->isEnabled()) return false;
        const bool last = player.last();
        press("lessonNext");
        if (last) return player.stage() == ui::learn::Player::Stage::idle;
        return waits() && player.index() == index + 1;
    }

  private:
    void choose(bool wrong_first) {
        const auto choices = player().view()->choices;
        for (const bool right : {false, true})
            for (std::size_t i = 0; i < choices.size(); ++i) {
                if (choices[i].right != right || (!right && !wrong_first)) continue;
                auto* button = find<QRadioButton>(QStringLiteral("choice%1").arg(i + 1));
                button->setFocus();
                QTest::keyClick(button, Qt::Key_Space);
            }
    }

    // All hints, then what the lesson shows; the answer must come after the hints only.
    bool perform(bool wrong_first) {
        auto* next = find<QPushButton>(QStringLiteral("lessonNext"));
        if (next->isEnabled()) return false;
        if (wrong_first)
            for (std::size_t i = 0; i < player().step().hints.size(); ++i)
                press("lessonHint");
        press("lessonShow");
        return QTest::qWaitFor([&] { return next->isEnabled() && !player().busy(); }, 20'000);
    }

    ui::window::MainWindow& window_;
};

}  // namespace deepvm::tests
