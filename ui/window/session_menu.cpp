// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does with sessions: the menu, files that are dropped on it, and what it says of them.
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <algorithm>

#include "catalog/locations.h"
#include "imports/formats.h"
#include "learn/player.h"
#include "window/history_dialog.h"
#include "window/main_window.h"
#include "window/page_stack.h"
#include "window/session_document.h"
#include "wording/wording.h"
#include "words/reopened.h"

namespace deepvm::ui::window {
namespace {

constexpr int most_recent = 8;

QString sessionsAndPlans() {
    return MainWindow::tr("Sessions and plans (*.deepvm *.json);;All files (*)");
}

/// Sessions and exported plans are to be opened, files with prices to be imported.
bool isDocument(const QString& name) {
    if (QFileInfo(name).suffix() == QLatin1String("deepvm")) return true;
    QFile file(name);
    constexpr qint64 beginning = qint64{64} * 1024;
    if (!file.open(QIODevice::ReadOnly)) return true;  // opening it says what is wrong
    const auto head = file.read(beginning).toStdString();
    const auto mentions = [&](const char* schema) { return head.find(schema) != std::string::npos; };
    return mentions("\"deepvm-session/") || mentions("\"deepvm-plan/") ||
           (imports::is_json(head) && !imports::detect(head));
}

/// What each shows, by the name of its file.
QString exampleLine(const QString& name) {
    if (name == QLatin1String("risk-walk"))
        return MainWindow::tr("One job at three risks: from spot machines to those that nobody takes back");
    if (name == QLatin1String("three-clouds"))
        return MainWindow::tr("One job, planned on AWS, Azure and Google Cloud, pinned beside each other");
    if (name == QLatin1String("the-paper"))
        return MainWindow::tr("The published data set and rules of DeepVM, 2024, to the digit");
    return {};
}

}  // namespace

void MainWindow::buildSessionMenu(QMenu& file) {
    file.addAction(tr("&New session"), this, &MainWindow::beginNew)->setShortcut(QKeySequence::New);
    file.addAction(tr("&Open ..."), this,
                   [this] {
                       const QString chosen = QFileDialog::getOpenFileName(
                           this, tr("Open a session or an exported plan"), {}, sessionsAndPlans());
                       if (!chosen.isEmpty()) std::ignore = openFile(chosen);
                   })
        ->setShortcut(QKeySequence::Open);
    recentMenu_ = file.addMenu(tr("Open &recent"));
    connect(recentMenu_, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    addExamples(file);
    file.addAction(tr("&Save"), this,
                   [this] {
                       if (document_->file().isEmpty()) return askForSession();
                       std::ignore = keep();
                   })
        ->setShortcut(QKeySequence::Save);
    file.addAction(tr("Save &as ..."), this, &MainWindow::askForSession)->setShortcut(QKeySequence::SaveAs);
    file.addSeparator();
    fillRecent();
}

// Their files are named by what they show.
void MainWindow::addExamples(QMenu& file) {
    auto* menu = file.addMenu(tr("Open an &example"));
    const auto folder = catalog::examples_folder();
    if (folder)
        for (const auto& each : QDir(QString::fromStdString(folder->string()))
                                    .entryInfoList({QStringLiteral("*.deepvm")}, QDir::Files, QDir::Name)) {
            const QString path = each.absoluteFilePath();
            auto* action = menu->addAction(
                wording::sentence(each.completeBaseName().replace(QLatin1Char('-'), QLatin1Char(' '))), this,
                [this, path] { std::ignore = openExample(path); });
            action->setToolTip(exampleLine(each.completeBaseName()));
            action->setStatusTip(action->toolTip());
        }
    menu->setToolTipsVisible(true);
    menu->setEnabled(!menu->isEmpty());
}

base::Result<void> MainWindow::openExample(const QString& file) {
    player_->leave();
    const auto opened = document_->openCopy(file);
    if (!opened) {
        say(opened.error());
        return tl::unexpected(opened.error());
    }
    openedPlan_.reset();
    openedNote_.clear();
    if (!opened->aside.isEmpty()) remember(opened->aside);
    (void)pages_->showPage(opened->page);
    tellAside(opened->aside);
    return {};
}

void MainWindow::fillRecent() {
    recentMenu_->clear();
    for (const QString& each : recent_)
        recentMenu_
            ->addAction(QFileInfo(each).fileName(), this, [this, each] { std::ignore = openFile(each); })
            ->setToolTip(each);
    recentMenu_->setEnabled(!recent_.isEmpty());
}

void MainWindow::remember(const QString& file) {
    const QString whole = QFileInfo(file).absoluteFilePath();
    recent_.removeAll(whole);
    recent_.prepend(whole);
    while (recent_.size() > most_recent)
        recent_.removeLast();
    fillRecent();
    keeping_.start();
}

void MainWindow::askForSession() {
    const QString proposed = document_->file().isEmpty() ? QStringLiteral("plans.deepvm") : document_->file();
    QString chosen =
        QFileDialog::getSaveFileName(this, tr("Save the session"), proposed, tr("Sessions (*.deepvm)"));
    if (chosen.isEmpty()) return;
    if (QFileInfo(chosen).suffix().isEmpty()) chosen += QStringLiteral(".deepvm");
    saveAs(chosen);
}

void MainWindow::saveAs(const QString& file) {
    if (const auto saved = document_->saveAs(file); !saved) return say(saved.error());
    remember(file);
    std::ignore = keep();
}

void MainWindow::beginNew() {
    player_->leave();
    const auto aside = document_->beginNew();
    if (!aside) return say(aside.error());
    openedPlan_.reset();
    openedNote_.clear();
    if (!aside->isEmpty()) remember(*aside);
    (void)pages_->showPage(QStringLiteral("explore"));
    tellAside(*aside);
}

void MainWindow::tellAside(const QString& aside) {
    tell(aside.isEmpty() ? QString() : tr("The pins that had no name are kept in %1").arg(aside));
}

void MainWindow::say(const QString& refusal) {
    if (refusal == refusal_ && !isNews_) return;
    refusal_ = refusal;
    isNews_ = false;
    refreshMessages();
}

void MainWindow::tell(const QString& news) {
    refusal_ = news;
    isNews_ = true;
    refreshMessages();
}

void MainWindow::say(const base::Error& error) {
    say(QString::fromStdString(error.message));
}

void MainWindow::refreshMessages() {
    QString problem = QString::fromStdString(planning_.notes().notice);
    if (const auto& error = planning_.error(); error && !state_.value().architectures.empty())
        problem = QString::fromStdString(error->message);
    QStringList sentences;
    for (const QString& each : {problem, otherMarket_, keepProblem_, refusal_, openedNote_})
        if (!each.isEmpty()) sentences << wording::sentence(each) + QLatin1Char('.');
    const bool wrong = !(problem.isEmpty() && otherMarket_.isEmpty() && keepProblem_.isEmpty()) ||
                       (!refusal_.isEmpty() && !isNews_);
    message_->setMessage(sentences.join(QLatin1Char(' ')),
                         wrong ? widgets::MessageBar::Kind::problem : widgets::MessageBar::Kind::news);
}

void MainWindow::pinChosen() {
    if (!planning_.decision()) return;
    if (const auto done = notebook_.pin(planning_, choice_.rankIn(*planning_.decision())); !done)
        say(done.error());
}

void MainWindow::showHistory() {
    auto* open = findChild<HistoryDialog*>();
    if (open == nullptr) open = new HistoryDialog(state_, notebook_, this);
    open->show();
    open->raise();
    open->activateWindow();
}

void MainWindow::connectDocument() {
    const QString file = settings_.file();
    document_ = new SessionDocument(
        state_, notebook_,
        [this] {
            return session::View{pages_->page().toStdString(), {}};
        },
        file.isEmpty() ? QString() : QFileInfo(file).absolutePath(), this);
    document_->beginUnnamed();
    connect(&notebook_, &state::Notebook::pinsChanged, this, [this] {
        keeping_.start();
        say(QString());
    });
    connect(&notebook_, &state::Notebook::visitsChanged, this, [this] { keeping_.start(); });
    // Those that a drag or a search passes by are not looked at.
    constexpr int looked_at_ms = 1500;
    visiting_.setSingleShot(true);
    visiting_.setInterval(looked_at_ms);
    connect(&planning_, &state::Planning::answerChanged, &visiting_, qOverload<>(&QTimer::start));
    connect(&visiting_, &QTimer::timeout, this, [this] {
        if (!planning_.busy() && !state_.isAside()) notebook_.visit(planning_);
    });
    connect(document_, &SessionDocument::fileChanged, this, [this] {
        const QString name = document_->title();
        setWindowTitle(name.isEmpty() ? tr("DeepVM Explorer") : tr("%1 - DeepVM Explorer").arg(name));
        keeping_.start();
    });
}

base::Result<void> MainWindow::openFile(const QString& file) {
    const bool played = player_->stage() != learn::Player::Stage::idle;
    player_->leave();
    auto opened = document_->open(file);
    if (!opened) {
        say(opened.error());
        return tl::unexpected(opened.error());
    }
    QStringList notes;
    for (const auto& note : opened->notes)
        notes << QString::fromStdString(note);
    openedPlan_.reset();
    openedNote_.clear();
    if (opened->kind == session::DocumentKind::plan) openedPlan_ = {file, opened->answer, state_.value()};
    if (const auto& page = opened->session.view.page; !page.empty())
        (void)pages_->showPage(QString::fromStdString(page));
    else if (played)
        (void)pages_->showPage(QStringLiteral("explore"));
    remember(file);
    refreshOpened();
    say(notes.join(QStringLiteral("; ")));
    refreshMessages();
    return {};
}

// Once the answer to the opened question is there: whether it is what the file says, else what changed.
void MainWindow::refreshOpened() {
    if (!openedPlan_) return;
    if (!(openedPlan_->question == state_.value())) {
        openedPlan_.reset();
        openedNote_.clear();
        return;
    }
    const auto& decision = planning_.decision();
    if (planning_.busy() || !decision || !planning_.scene()) return;
    const QString name = QFileInfo(openedPlan_->file).fileName();
    if (!openedPlan_->answer) {
        openedNote_ = tr("Opened %1: nothing fitted its budget").arg(name);
        return;
    }
    const auto& problem = *planning_.scene()->problem;
    const auto today = session::reopened(*openedPlan_->answer, problem, decision->budget, decision->ranked);
    QStringList lines;
    for (const auto& line :
         words::what_changed(*openedPlan_->answer, today, *problem.market, wording::in_print))
        lines << QString::fromStdString(line);
    openedNote_ = lines.isEmpty()
                      ? tr("Opened %1: the answer is what it was").arg(name)
                      : tr("Opened %1: since then %2").arg(name, lines.join(QStringLiteral("; ")));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty()) return;
    event->acceptProposedAction();
    QStringList files;
    for (const auto& url : urls) {
        if (!url.isLocalFile()) return say(tr("%1 is no file on this machine").arg(url.toDisplayString()));
        files << url.toLocalFile();
    }
    const auto documents = std::count_if(files.begin(), files.end(), isDocument);
    if (documents == 0) return pages_->importPrices(files);
    if (files.size() > 1)
        return say(tr("%1 files were dropped, sessions or plans among them; drop one of these, or files with "
                      "prices")
                       .arg(files.size()));
    std::ignore = openFile(files.front());
}

}  // namespace deepvm::ui::window
