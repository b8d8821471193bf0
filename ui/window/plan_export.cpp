// SPDX-License-Identifier: GPL-3.0-or-later
// What the window writes to files.
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>
#include <chrono>

#include "exchange/exchange.h"
#include "exchange/launch_note.h"
#include "exchange/skypilot_text.h"
#include "explain/quota_gains.h"
#include "window/main_window.h"

namespace deepvm::ui::window {

void MainWindow::askForExport(ExportForm form) {
    if (!planning_.decision() || !planning_.scene()) return;
    struct Names {
        QString title, file, filter;
    };
    const Names names[] = {{tr("Export the plan"), QStringLiteral("plan.json"), tr("Plans (*.json)")},
                           {tr("Export for SkyPilot"), QStringLiteral("job.yaml"), tr("SkyPilot (*.yaml)")},
                           {tr("Export a launch script"), QStringLiteral("launch.sh"), tr("Shell (*.sh)")}};
    const auto& [title, proposed, filter] = names[static_cast<std::size_t>(form)];
    const QString file = QFileDialog::getSaveFileName(this, title, proposed, filter);
    if (!file.isEmpty()) exportPlan(file, form);
}

base::Result<std::string> MainWindow::exportText(ExportForm form) const {
    const auto& problem = *planning_.scene()->problem;
    const auto& decision = *planning_.decision();
    if (form == ExportForm::json) {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        // As many problems as limits that bind: a moment, in which nothing else is wanted.
        QGuiApplication::setOverrideCursor(Qt::WaitCursor);
        const auto gains = explain::quota_gains(problem, decision);
        QGuiApplication::restoreOverrideCursor();
        return gains.map([&](const auto& of) { return exchange::plan_json(problem, decision, of, now); });
    }
    const auto& plan = decision.ranked[static_cast<std::size_t>(choice_.rankIn(decision)) - 1];
    const auto settings = exchange::hand_over_of(plan);
    return form == ExportForm::skypilot ? exchange::skypilot_yaml(problem, plan, decision.budget, settings)
                                        : exchange::launch_note(problem, plan, decision.budget, settings);
}

bool MainWindow::exportPlan(const QString& file, ExportForm form) {
    if (!planning_.decision() || !planning_.scene()) return false;
    if (form != ExportForm::json && planning_.decision()->ranked.empty()) return false;
    const auto text = exportText(form);
    if (!text) {
        message_->setMessage(QString::fromStdString(text.error().message) + QLatin1Char('.'));
        return false;
    }
    QSaveFile out(file);
    const bool written =
        out.open(QIODevice::WriteOnly) &&
        out.write(text->data(), static_cast<qint64>(text->size())) == static_cast<qint64>(text->size()) &&
        out.commit();
    if (written)
        status_->setText(tr("Written to %1").arg(file));
    else
        message_->setMessage(tr("Cannot write %1: %2.").arg(file, out.errorString()));
    return written;
}

}  // namespace deepvm::ui::window
