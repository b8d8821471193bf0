// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/lesson_stage.h"

#include <QScrollArea>
#include <QShortcut>
#include <QTimer>
#include <algorithm>
#include <array>

#include "theme/style_sheet.h"
#include "window/main_window.h"

namespace deepvm::ui::window {
namespace {

constexpr int most_zoom = 130;     // percent, so that the last row reads it
constexpr int zoomed_from = 1100;  // pixels of width: below them nothing but the panel can be larger

struct Part {
    const char* name;
    const char* widget;
};
/// By the names that the widgets have for tests and style, too.
constexpr std::array<Part, 13> parts{{{"budget", "budgetSlider"},
                                      {"market", "marketPicker"},
                                      {"workload", "workloadBox"},
                                      {"objective", "objectiveBox"},
                                      {"architectures", "architectures"},
                                      {"job", "jobControl"},
                                      {"risk", "riskControl"},
                                      {"advanced", "advancedFold"},
                                      {"frontier", "frontierChart"},
                                      {"instances", "floppChart"},
                                      {"cards", "recommendations"},
                                      {"status", "solveStatus"},
                                      {"page", "pages"}}};

}  // namespace

LessonStage::LessonStage(MainWindow& window, learn::Player& player, PageStack& pages, WindowBody& body,
                         QBoxLayout& row)
    : window_(window),
      player_(player),
      pages_(pages),
      body_(body),
      row_(row),
      panel_(new learn::LessonPanel(player)),
      outline_(new learn::Outline(&window)),
      spotlight_(new learn::PointerSpotlight(&window)) {
    row_.addWidget(panel_);
    body_.installEventFilter(this);
    connect(panel_, &learn::LessonPanel::sideAsked, this, &LessonStage::changeSide);
    connect(&player_, &learn::Player::stepBegan, this, &LessonStage::beginStep);
    connect(&player_, &learn::Player::changed, this, &LessonStage::follow);
    connect(&pages_, &PageStack::pageChanged, this, &LessonStage::follow);
    addClicker(QKeySequence(Qt::Key_PageDown), &LessonStage::goOn);
    addClicker(QKeySequence(Qt::Key_PageUp), &LessonStage::goBack);
    addClicker(QKeySequence(Qt::Key_Escape), &LessonStage::togglePresenting);
}

QWidget* LessonStage::part(const QString& name) const {
    for (const auto& each : parts)
        if (name == QLatin1String(each.name)) return window_.findChild<QWidget*>(QLatin1String(each.widget));
    return nullptr;
}

void LessonStage::beginStep() {
    if (!played_) body_.store(foldedBefore_);
    const auto& step = player_.step();
    const auto page = QString::fromStdString(step.page);
    if (!step.widget.empty())
        (void)pages_.showPage(QStringLiteral("learn"));
    else if (!page.isEmpty() && !pages_.showTab(page))
        (void)pages_.showPage(page);
    else if (page.isEmpty() && pages_.page() == QLatin1String("learn"))
        (void)pages_.showPage(QStringLiteral("explore"));
    outlined_ = part(QString::fromStdString(step.points));
    panel_->setFocus();
    reveal();
}

// What a step speaks of is seen: its column unfolds, and scrolls to it once it has its place.
void LessonStage::reveal() {
    if (!outlined_) return;
    if (!body_.reveal(*outlined_)) outlined_ = part(QStringLiteral("page"));
    QTimer::singleShot(0, outlined_, [part = outlined_.data()] {
        for (auto* each = part->parentWidget(); each != nullptr; each = each->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(each)) area->ensureWidgetVisible(part, 0, 16);
    });
}

// A narrower body folds its columns; that of the step is not one of them.
bool LessonStage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && played_) QTimer::singleShot(0, this, &LessonStage::reveal);
    return QObject::eventFilter(watched, event);
}

void LessonStage::follow() {
    const bool playing = player_.stage() == learn::Player::Stage::playing;
    // A lesson that is over leads back to where it was begun.
    const bool over = played_ && player_.stage() == learn::Player::Stage::idle;
    played_ = playing;
    if (over) {
        (void)pages_.showPage(QStringLiteral("learn"));
        body_.restore(foldedBefore_);
    }
    outline_->surround(playing ? outlined_.data() : nullptr);
}

void LessonStage::changeSide() {
    left_ = !left_;
    row_.removeWidget(panel_);
    row_.insertWidget(left_ ? 1 : row_.count(), panel_);
}

void LessonStage::togglePresenting() {
    presenting_ = !presenting_;
    if (presenting_) {
        zoomBefore_ = theme::zoom();
        fullBefore_ = window_.isFullScreen();
    }
    panel_->setLarge(presenting_);
    if (!fullBefore_)
        window_.setWindowState(presenting_ ? window_.windowState() | Qt::WindowFullScreen
                                           : window_.windowState() & ~Qt::WindowFullScreen);
    const int room = zoomBefore_ * window_.width() / zoomed_from;
    window_.setZoom(presenting_ ? std::clamp(room, zoomBefore_, std::max(zoomBefore_, most_zoom))
                                : zoomBefore_);
    spotlight_->setOn(presenting_);
    for (auto* each : clicker_)
        each->setEnabled(presenting_);
}

void LessonStage::store(state::WindowLayout& layout) const {
    layout.zoom = presenting_ ? zoomBefore_ : theme::zoom();
    if (!played_) return body_.store(layout);
    layout.controlsFolded = foldedBefore_.controlsFolded;
    layout.plansFolded = foldedBefore_.plansFolded;
}

// What the buttons of a clicker send.
void LessonStage::addClicker(const QKeySequence& keys, void (LessonStage::*go)()) {
    auto* shortcut = new QShortcut(keys, &window_);
    shortcut->setEnabled(false);
    connect(shortcut, &QShortcut::activated, this, go);
    clicker_.push_back(shortcut);
}

void LessonStage::goOn() {
    if (player_.stage() != learn::Player::Stage::playing) return;
    if (player_.mayGoOn())
        player_.next();
    else
        player_.showMe();
}

void LessonStage::goBack() {
    player_.back();
}

}  // namespace deepvm::ui::window
