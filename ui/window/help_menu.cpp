// SPDX-License-Identifier: GPL-3.0-or-later
// The menu Help of the window.
#include <QMenuBar>
#include <QMessageBox>

#include "window/glossary_dialog.h"
#include "window/main_window.h"

namespace deepvm::ui::window {

void MainWindow::buildHelpMenu() {
    auto* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("What do the &words mean?"), this, &MainWindow::showGlossary)
        ->setShortcut(QKeySequence(Qt::Key_F1));
    help->addSeparator();
    help->addAction(tr("&About DeepVM Explorer"), this, &MainWindow::showAbout);
}

void MainWindow::showGlossary() {
    auto* open = findChild<GlossaryDialog*>();
    if (open == nullptr) open = new GlossaryDialog(this);
    open->show();
    open->raise();
    open->activateWindow();
}

void MainWindow::showAbout() {
    QString sources;
    if (const auto& scene = planning_.scene())
        for (const auto& source : scene->market->sources)
            sources +=
                QStringLiteral("\n• %1 (%2)")
                    .arg(QString::fromStdString(source.description), QString::fromStdString(source.as_of));
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About DeepVM Explorer"));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("DeepVM Explorer"));
    box->setInformativeText(
        tr("Which cluster of spot and on-demand machines a training budget buys.\n\n"
           "Free software under the GNU General Public License, version 3 or later; it comes "
           "without any warranty.\n\nPrices on show:%1")
            .arg(sources.isEmpty() ? tr("\nnone") : sources));
    box->open();
}

}  // namespace deepvm::ui::window
