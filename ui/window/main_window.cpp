// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <tuple>

#include "catalog/locations.h"
#include "learn/player.h"
#include "panels/controls_panel.h"
#include "panels/header_bar.h"
#include "panels/recommendations_panel.h"
#include "widgets/pieces.h"
#include "window/lesson_stage.h"
#include "window/page_rail.h"
#include "window/page_stack.h"
#include "window/session_document.h"
#include "window/window_body.h"
#include "wording/term_tips.h"
#include "wording/wording.h"

namespace deepvm::ui::window {

MainWindow::MainWindow(state::CatalogFiles files, const state::Remembered& remembered,
                       state::Settings settings, QWidget* parent)
    : QMainWindow(parent),
      state_(remembered.exploration),
      planning_(std::move(files)),
      notebook_(*state_.undoStack()),
      settings_(std::move(settings)),
      appearance_(remembered.appearance),
      message_(new widgets::MessageBar),
      status_(widgets::label({}, "muted")) {
    setWindowTitle(tr("DeepVM Explorer"));
    new wording::TermTips(this);
    setAcceptDrops(true);
    recent_ = remembered.recent;
    connectDocument();
    const auto folder = settings_.file().isEmpty()
                            ? QString()
                            : QFileInfo(settings_.file()).absolutePath() + QStringLiteral("/lessons");
    player_ = new learn::Player(state_, planning_, folder, this);
    setFont(theme::applicationFont());
    setMinimumSize(least_size);
    resize(1440, 900);
    buildContent();
    buildMenus();
    connectState();
    keeping_.setSingleShot(true);
    constexpr int rest_ms = 1000;  // a drag is over
    keeping_.setInterval(rest_ms);
    connect(&keeping_, &QTimer::timeout, this, [this] { std::ignore = keep(); });
    applyMode();
    if (!remembered.geometry.isEmpty()) restoreGeometry(remembered.geometry);
    pages_->restore(remembered.layout);
    body_->restore(remembered.layout);
    setZoom(remembered.layout.zoom);
    if (remembered.first || !remembered.layout.beginsWhereLeft) (void)showPage(QStringLiteral("start"));
    header_->focusBudget();
    if (!remembered.session.isEmpty()) std::ignore = openFile(remembered.session);
    planning_.explore(state_.value());
}

// The content refers to state and planning, which are gone before the children of a widget are.
MainWindow::~MainWindow() {
    delete lessons_;
    delete takeCentralWidget();
    delete player_;
}

void MainWindow::buildContent() {
    header_ = new panels::HeaderBar(state_, planning_);
    connect(header_, &panels::HeaderBar::appearanceToggled, this, &MainWindow::toggleAppearance);
    auto* controls = widgets::scrolledColumn(new panels::ControlsPanel(state_, planning_));
    auto* plans = new panels::RecommendationsPanel(state_, planning_, highlight_, choice_, notebook_);
    connect(plans, &panels::RecommendationsPanel::pinRefused, this,
            qOverload<const QString&>(&MainWindow::say));
    connect(plans, &panels::RecommendationsPanel::exportRequested, this,
            [this] { askForExport(ExportForm::json); });
    connect(plans, &panels::RecommendationsPanel::handOverRequested, this,
            [this] { askForExport(ExportForm::skypilot); });
    connect(plans, &panels::RecommendationsPanel::whyRequested, this, [this] {
        (void)pages_->showTab(QStringLiteral("why-this"));
        pages_->focusTabs();
    });
    pages_ = new PageStack(state_, planning_, highlight_, choice_, notebook_, *player_);
    body_ = new WindowBody(
        new SideColumn(Side::left, tr("Controls"), controls, widgets::left_column + widgets::scroll_room),
        pages_,
        new SideColumn(Side::right, tr("Recommended"), plans, widgets::right_column + widgets::scroll_room));
    connect(plans, &panels::RecommendationsPanel::catalogRequested, this, [this](const problem::Plan& plan) {
        pages_->showOffer(plan.provider, plan.region, plan.worker);
    });
    connect(pages_, &PageStack::exampleAsked, this, [this] {
        if (const auto folder = catalog::examples_folder())
            std::ignore = openExample(QString::fromStdString((*folder / "risk-walk.deepvm").string()));
        else
            say(folder.error());
    });
    connect(pages_, &PageStack::told, this, qOverload<const QString&>(&MainWindow::say));
    connect(pages_, &PageStack::done, this, &MainWindow::tell);
    auto* rail = new PageRail;
    rail->select(pages_->page());
    connect(rail, &PageRail::picked, pages_, [this](const QString& id) { (void)pages_->showPage(id); });
    connect(pages_, &PageStack::pageChanged, rail, [this, rail] { rail->select(pages_->page()); });
    auto* messages = new QHBoxLayout;
    messages->setContentsMargins(0, 0, widgets::scroll_room, 0);
    messages->addWidget(message_);
    auto* body = new QVBoxLayout;
    // The right column reaches into the margin: its scroll bar lives there.
    body->setContentsMargins(widgets::gutter, 16, widgets::margin - widgets::scroll_room, 16);
    body->setSpacing(12);
    body->addLayout(messages);
    body->addWidget(body_, 1);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(0);
    beside->addWidget(rail);
    beside->addLayout(body, 1);
    lessons_ = new LessonStage(*this, *player_, *pages_, *body_, *beside);
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("body"));
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(header_);
    all->addLayout(beside, 1);
    setCentralWidget(content);
    status_->setObjectName(QStringLiteral("statusLine"));
    statusBar()->addWidget(status_, 1);
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::buildMenus() {
    auto* file = menuBar()->addMenu(tr("&File"));
    buildSessionMenu(*file);
    const auto addExport = [this, file](const QString& text, ExportForm form) {
        exports_.push_back(file->addAction(text, this, [this, form] { askForExport(form); }));
    };
    addExport(tr("&Export JSON ..."), ExportForm::json);
    addExport(tr("Export for &SkyPilot ..."), ExportForm::skypilot);
    addExport(tr("Export &launch script ..."), ExportForm::launch);
    exports_.front()->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    file->addSeparator();
    file->addAction(tr("&Quit"), this, &QWidget::close)->setShortcut(QKeySequence::Quit);
    auto* edit = menuBar()->addMenu(tr("&Edit"));
    auto* undo = state_.undoStack()->createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    auto* redo = state_.undoStack()->createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence::Redo);
    edit->addAction(undo);
    edit->addAction(redo);
    edit->addSeparator();
    edit->addAction(tr("&Pin the chosen plan"), this, &MainWindow::pinChosen)
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    edit->addAction(tr("Answers from &before ..."), this, &MainWindow::showHistory)
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    buildViewMenu();
    buildHelpMenu();
    for (auto* menu : menuBar()->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
        connect(menu, &QMenu::aboutToHide, this,
                [this] { QTimer::singleShot(0, this, &MainWindow::unlightMenus); });
}

// A menu that opens a dialog takes the pointer's leaving with it, and its name stayed lit.
void MainWindow::unlightMenus() {
    auto* bar = menuBar();
    if (bar->rect().contains(bar->mapFromGlobal(QCursor::pos())) &&
        QApplication::activeModalWidget() == nullptr)
        return;
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(bar, &leave);
}

void MainWindow::buildViewMenu() {
    auto* view = menuBar()->addMenu(tr("&View"));
    appearances_ = new QActionGroup(this);
    const auto add = [&](const QString& text, state::Appearance appearance) {
        auto* action = view->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(appearance));
        appearances_->addAction(action);
        connect(action, &QAction::triggered, this, [this, appearance] { setAppearance(appearance); });
    };
    add(tr("&Light"), state::Appearance::light);
    add(tr("&Dark"), state::Appearance::dark);
    add(tr("As the &system"), state::Appearance::system);
    view->addSeparator();
    int key = Qt::Key_1;
    for (const auto& page : rail_pages) {
        const QString id = QLatin1String(page.id);
        view->addAction(PageRail::tr(page.title), this, [this, id] { (void)showPage(id); })
            ->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key++)));
    }
    view->addAction(tr("Start page"), this, [this] { (void)showPage(QStringLiteral("start")); });
    view->addSeparator();
    view->addAction(tr("Fold the controls"), this, [this] { body_->toggle(Side::left); })
        ->setShortcut(QKeySequence(Qt::Key_F9));
    view->addAction(tr("Fold the recommendations"), this, [this] { body_->toggle(Side::right); })
        ->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F9));
    view->addSeparator();
    view->addAction(tr("Present"), this, [this] { lessons_->togglePresenting(); })
        ->setShortcut(QKeySequence(Qt::Key_F5));
    buildSizeActions(*view);
}

void MainWindow::buildSizeActions(QMenu& view) {
    constexpr int step = 10;
    view.addAction(tr("Larger text"), this, [this] { setZoom(theme::zoom() + step); })
        ->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    view.addAction(tr("Smaller text"), this, [this] { setZoom(theme::zoom() - step); })
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Minus));
    view.addAction(tr("Usual text"), this, [this] { setZoom(100); })
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_0));
    view.addAction(tr("Full screen"), this, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); })
        ->setShortcut(QKeySequence(Qt::Key_F11));
}

void MainWindow::setZoom(int percent) {
    percent = std::clamp(percent, state::least_zoom, state::most_zoom);
    if (percent == theme::zoom()) return;
    theme::setZoom(percent);
    keeping_.start();
    setFont(theme::applicationFont());
    theme::dress(*this, theme::palette(mode_));
}

void MainWindow::connectState() {
    connect(&state_, &state::ExplorationState::changed, this, [this] {
        planning_.explore(state_.value());
        keeping_.start();
        say(QString());
    });
    connect(&planning_, &state::Planning::catalogOpened, this, &MainWindow::beginWithWhatThereIs);
    for (const auto signal : {&PageStack::pageChanged, &PageStack::layoutChanged})
        connect(pages_, signal, this, [this] { keeping_.start(); });
    connect(qApp, &QGuiApplication::commitDataRequest, this, [this] { std::ignore = keep(); });
    connect(&planning_, &state::Planning::catalogOpened, this, &MainWindow::refreshMessages);
    connect(&planning_, &state::Planning::answerChanged, this, [this] {
        refreshOpened();
        refreshMessages();
    });
    connect(&planning_, &state::Planning::answerChanged, this, &MainWindow::refreshStatus);
    refreshStatus();
}

void MainWindow::setAppearance(state::Appearance appearance) {
    appearance_ = appearance;
    keeping_.start();
    applyMode();
}

void MainWindow::toggleAppearance() {
    setAppearance(mode_ == theme::Mode::dark ? state::Appearance::light : state::Appearance::dark);
}

void MainWindow::applyMode() {
    for (auto* action : appearances_->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(appearance_));
    theme::Mode mode = theme::systemMode(QApplication::palette());
    if (appearance_ == state::Appearance::light) mode = theme::Mode::light;
    if (appearance_ == state::Appearance::dark) mode = theme::Mode::dark;
    if (dressed_ && mode == mode_) return;
    mode_ = mode;
    dressed_ = true;
    theme::dress(*this, theme::palette(mode_));
}

bool MainWindow::event(QEvent* event) {
    const bool handled = QMainWindow::event(event);
    // Qt 6.4 does not say when the desktop turns dark; its palette does. The window has a palette of its own,
    // so its own need not change with the desktop's.
    const bool palette =
        event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange;
    if (palette && dressed_ && appearance_ == state::Appearance::system) applyMode();
    return handled;
}

// One that was remembered, or the usual one, which somebody's own catalog need not have.
void MainWindow::beginWithWhatThereIs() {
    const auto& wanted = state_.value().selection;
    const auto there_is = catalog::selection_there_is(*planning_.notes().markets, wanted);
    if (there_is == wanted) return;
    const auto name = [](const catalog::Selection& selection) {
        return QString::fromStdString(selection.region.empty() ? selection.market
                                                               : selection.market + ' ' + selection.region);
    };
    otherMarket_ =
        tr("The catalog has no prices of %1. These are those of %2").arg(name(wanted), name(there_is));
    auto next = state_.value();
    next.move_to(there_is);
    state_.begin(next);
}

void MainWindow::refreshStatus() {
    const auto& decision = planning_.decision();
    status_->setText(decision            ? wording::said(words::status(*decision))
                     : planning_.error() ? tr("No answer")
                                         : QString());
    widgets::restyle(*status_, "role", decision && !decision->proof.proven ? "doubt" : "muted");
    for (auto* action : exports_)
        action->setEnabled(decision && !decision->ranked.empty());
}

base::Result<void> MainWindow::showPage(const QString& name) {
    return pages_->showPage(name);
}

base::Result<void> MainWindow::playLesson(const QString& id) {
    return pages_->playLesson(id);
}

base::Result<void> MainWindow::showTab(const QString& name) {
    return pages_->showTab(name);
}

bool MainWindow::busy() const {
    return planning_.busy() || planning_.studying() || player_->busy() || pages_->busy();
}

base::Result<void> MainWindow::keep() {
    keeping_.stop();
    state::WindowLayout layout;
    pages_->store(layout);
    lessons_->store(layout);
    auto kept =
        settings_.save({state_.own(), appearance_, saveGeometry(), layout, document_->file(), recent_});
    if (auto saved = document_->keep(); kept && !saved) kept = std::move(saved);
    keepProblem_ = kept ? QString() : QString::fromStdString(kept.error().message);
    refreshMessages();
    return kept;
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    keeping_.start();
}

void MainWindow::moveEvent(QMoveEvent* event) {
    QMainWindow::moveEvent(event);
    keeping_.start();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (lessons_->presenting()) lessons_->togglePresenting();
    // The end of a session waits for nobody.
    if (!keep() && !closeAnyway_ && !qApp->isSavingSession()) {
        event->ignore();
        askWhetherToClose(keepProblem_);
        return;
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::askWhetherToClose(const QString& problem) {
    if (question_) return;
    question_ = new QMessageBox(this);
    question_->setObjectName(QStringLiteral("cannotKeep"));
    question_->setAttribute(Qt::WA_DeleteOnClose);
    question_->setIcon(QMessageBox::Warning);
    question_->setTextFormat(Qt::PlainText);
    question_->setText(tr("What you have changed would be lost."));
    question_->setInformativeText(wording::sentence(problem) + QLatin1Char('.'));
    auto* leave = question_->addButton(tr("Close anyway"), QMessageBox::DestructiveRole);
    auto* stay = question_->addButton(tr("Keep open"), QMessageBox::RejectRole);
    question_->setDefaultButton(stay);
    question_->setEscapeButton(stay);
    connect(leave, &QAbstractButton::clicked, this, [this] {
        closeAnyway_ = true;
        close();
    });
    question_->open();
}

}  // namespace deepvm::ui::window
