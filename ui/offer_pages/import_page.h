// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextEdit>

#include "pages/page.h"
#include "state/import_desk.h"

namespace deepvm::ui::offer_pages {

/// Prices out of files: how to fetch them, what they would change, and the change.
class ImportPage : public pages::Page {
    Q_OBJECT

  public:
    ImportPage(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

    bool busy() const { return desk_.busy(); }
    /// Says what these files would change.
    void read(const QStringList& files);
    /// Asks for files.
    void askForFiles();

  private:
    QWidget* buildHead();
    QWidget* buildGuide();
    QWidget* buildReport();
    void refresh() override;
    void fillSources();
    void showReport();
    void write(const QString& heading, const QString& lines);

    state::Planning& planning_;
    state::ImportDesk desk_;
    QLabel* status_;
    QPushButton* choose_ = nullptr;
    QPushButton* changed_ = nullptr;
    QStackedWidget* body_;
    QVBoxLayout* sources_ = nullptr;
    std::shared_ptr<const std::vector<model::Source>> shownSources_;
    QLabel* heading_ = nullptr;
    QTextEdit* text_ = nullptr;
    QPushButton* take_ = nullptr;
    QPushButton* leave_ = nullptr;
};

}  // namespace deepvm::ui::offer_pages
