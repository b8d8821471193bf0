// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include "state/chosen_rank.h"
#include "state/exploration_state.h"
#include "state/highlight.h"
#include "state/notebook.h"
#include "state/planning.h"
#include "state/settings.h"
#include "theme/style_sheet.h"
#include "widgets/message_bar.h"

class QActionGroup;
class QMenu;
class QMessageBox;
class QScreen;
class QWindow;

namespace deepvm::ui::panels {
class HeaderBar;
}

namespace deepvm::ui::learn {
class Player;
}

namespace deepvm::ui::window {

class LessonStage;
class PageStack;
class SessionDocument;
class WindowBody;

/// The window: it wires the panels to the one exploration and its planning, and holds no knowledge of its
/// own.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    enum class ExportForm { json, skypilot, launch };

    /// `settings` is written soon after each change and when the window closes; `remembered` is what the
    /// window begins with.
    MainWindow(state::CatalogFiles files, const state::Remembered& remembered, state::Settings settings,
               QWidget* parent = nullptr);
    ~MainWindow() override;

    state::ExplorationState& exploration() { return state_; }
    state::Planning& planning() { return planning_; }

    /// Brings the page, or the tab and its page, to the front. A name that there is not is refused with the
    /// nearest one.
    base::Result<void> showPage(const QString& name);
    base::Result<void> showTab(const QString& name);
    /// Makes the window with its frame no larger than `available`, and moves it there; one that fills its
    /// screen stays so, and what it goes back to is made so.
    void fitTo(const QRect& available);
    /// From now on the window is never larger than its screen, which may change.
    void stayOnScreen();
    /// The size of all text, in percent of the person's own.
    void setZoom(int percent);
    /// Whether an answer, or what a visible view makes of it, is still on its way.
    bool busy() const;

    /// A session, or an exported plan, comes on show; a refusal is said in the message bar, too.
    base::Result<void> openFile(const QString& file);
    /// The same of a session that is never written to: a copy without a name.
    base::Result<void> openExample(const QString& file);
    /// A lesson of this name is played; refused where there is none.
    base::Result<void> playLesson(const QString& id);
    learn::Player& player() { return *player_; }
    LessonStage& lessons() { return *lessons_; }
    state::Notebook& notebook() { return notebook_; }
    SessionDocument& document() { return *document_; }

    /// Writes settings and session; a failure is said in the message bar, too.
    base::Result<void> keep();

    /// Writes the answer on show to `file` as JSON, or the chosen plan in a form that starts it; a failure is
    /// said in the message bar.
    bool exportPlan(const QString& file, ExportForm form = ExportForm::json);

  protected:
    bool event(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

  private:
    void buildContent();
    void buildMenus();
    void buildSessionMenu(QMenu& file);
    void addExamples(QMenu& file);
    void unlightMenus();
    void buildViewMenu();
    void buildHelpMenu();
    void buildSizeActions(QMenu& view);
    void connectState();
    static constexpr QSize least_size{960, 540};

    void fitToScreen();
    void followScreen();
    void watchScreen(QScreen* screen);
    void setAppearance(state::Appearance appearance);
    void toggleAppearance();
    void applyMode();
    void beginWithWhatThereIs();
    void askWhetherToClose(const QString& problem);
    void refreshMessages();
    void refreshStatus();
    void connectDocument();
    void fillRecent();
    void remember(const QString& file);
    void askForSession();
    void saveAs(const QString& file);
    void beginNew();
    void refreshOpened();
    void say(const QString& refusal);
    void say(const base::Error& error);
    void tell(const QString& news);  ///< what went well
    void tellAside(const QString& aside);
    void pinChosen();
    void showHistory();
    void showGlossary();
    void askForExport(ExportForm form);
    base::Result<std::string> exportText(ExportForm form) const;
    void showAbout();

    state::ExplorationState state_;
    state::Highlight highlight_;
    state::ChosenRank choice_;
    state::Planning planning_;
    state::Notebook notebook_;
    state::Settings settings_;
    SessionDocument* document_ = nullptr;
    QTimer keeping_;       ///< runs from a change until it is kept
    QTimer visiting_;      ///< runs from an answer until it counts as looked at
    QString keepProblem_;  ///< why the settings cannot be kept; empty where they can
    QString refusal_;      ///< why what was just asked for could not be done; empty after the next change
    bool isNews_ = false;  ///< it was done, and that is what refusal_ says
    QString openedNote_;   ///< what an opened plan says beside today's answer; empty without one
    struct OpenedPlan {
        QString file;
        std::optional<session::Answer> answer;
        session::Exploration question;
    };
    std::optional<OpenedPlan> openedPlan_;  ///< while its question is on show
    QStringList recent_;
    QString otherMarket_;  ///< why the market on show is not the one that was remembered; mostly empty
    bool closeAnyway_ = false;
    QPointer<QMessageBox> question_;  ///< whether to close without
    state::Appearance appearance_;
    theme::Mode mode_ = theme::Mode::light;
    bool dressed_ = false;
    bool stays_ = false;         ///< on its screen
    QPointer<QWindow> watched_;  ///< whose screen is followed
    QMetaObject::Connection ofScreen_;
    panels::HeaderBar* header_ = nullptr;
    widgets::MessageBar* message_;
    QLabel* status_;
    learn::Player* player_ = nullptr;
    LessonStage* lessons_ = nullptr;
    PageStack* pages_ = nullptr;
    WindowBody* body_ = nullptr;
    QActionGroup* appearances_ = nullptr;
    QMenu* recentMenu_ = nullptr;
    std::vector<QAction*> exports_;
};

}  // namespace deepvm::ui::window
