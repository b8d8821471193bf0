// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBoxLayout>
#include <QEvent>
#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <vector>

#include "learn/lesson_panel.h"
#include "learn/outline.h"
#include "learn/player.h"
#include "learn/presenter.h"
#include "window/page_stack.h"
#include "window/window_body.h"

class QShortcut;

namespace deepvm::ui::window {

class MainWindow;

/// What a lesson does with the window: its panel beside the pages, the page that a step is about, the line
/// around what it speaks of, and large type for an audience.
class LessonStage : public QObject {
    Q_OBJECT

  public:
    /// `row` has the rail and the pages; the panel is put beside them.
    LessonStage(MainWindow& window, learn::Player& player, PageStack& pages, WindowBody& body,
                QBoxLayout& row);

    /// Large type, full screen, a circle of light around the pointer; the keys of a clicker go through the
    /// steps. Again: as before.
    void togglePresenting();
    bool presenting() const { return presenting_; }
    learn::LessonPanel& panel() { return *panel_; }
    /// The widget that steps call by this name; null where it is not on show.
    QWidget* part(const QString& name) const;

    /// The person's own size of text and folded columns, whatever is played or presented.
    void store(state::WindowLayout& layout) const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void beginStep();
    void follow();
    void reveal();
    void changeSide();
    void addClicker(const QKeySequence& keys, void (LessonStage::*go)());
    void goOn();
    void goBack();

    MainWindow& window_;
    learn::Player& player_;
    PageStack& pages_;
    WindowBody& body_;
    state::WindowLayout foldedBefore_;  ///< which columns the person had folded
    QBoxLayout& row_;
    learn::LessonPanel* panel_;
    learn::Outline* outline_;
    learn::PointerSpotlight* spotlight_;
    QPointer<QWidget> outlined_;
    std::vector<QShortcut*> clicker_;  ///< only while presenting
    bool left_ = false;
    bool presenting_ = false;
    bool played_ = false;
    int zoomBefore_ = 100;
    bool fullBefore_ = false;
};

}  // namespace deepvm::ui::window
