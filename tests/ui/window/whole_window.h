// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with the real planner and the shipped catalog, and what a person reads in it.
#pragma once

#include <QLabel>
#include <QtTest>
#include <filesystem>
#include <memory>
#include <utility>

#include "panels/plan_card.h"
#include "window/main_window.h"

namespace deepvm::tests {

inline const std::filesystem::path shipped = DEEPVM_SOURCE_DIR "/catalog.db";

inline std::unique_ptr<ui::window::MainWindow> makeWindow(ui::state::CatalogFiles files = {{}, shipped},
                                                          const ui::state::Remembered& remembered = {}) {
    auto made = std::make_unique<ui::window::MainWindow>(std::move(files), remembered,
                                                         ui::state::Settings(QString()));
    made->resize(1280, 800);
    made->show();
    return made;
}

inline bool settle(ui::window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.planning().busy(); }, 60'000);
}

inline QString textOf(const QWidget& window, const char* name) {
    const auto* label = window.findChild<QLabel*>(QLatin1String(name));
    return label ? label->text() : QString();
}

inline int shownCards(const QWidget& window) {
    int count = 0;
    for (const auto* card : window.findChildren<ui::panels::PlanCard*>())
        count += card->isHidden() ? 0 : 1;
    return count;
}

}  // namespace deepvm::tests
