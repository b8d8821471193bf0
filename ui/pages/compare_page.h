// SPDX-License-Identifier: GPL-3.0-or-later
// The page "Compare": the pinned plans beside each other, a column each, and their futures.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <memory>
#include <optional>
#include <vector>

#include "charts/futures_chart.h"
#include "charts/outcome_chart.h"
#include "compare/comparison.h"
#include "jobs/background_job.h"
#include "pages/page.h"
#include "state/notebook.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::pages {

class ComparePage : public Page, public theme::Coloured {
    Q_OBJECT

  public:
    ComparePage(state::ExplorationState& state, state::Planning& planning, state::Notebook& notebook,
                QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;
    /// Whether a column is still on its way.
    bool busy() const { return job_.busy(); }

    /// Writes the comparison on show; the form follows from the name: CSV, or a page of PDF.
    base::Result<void> exportTo(const QString& file) const;

  signals:
    void entered();  ///< a pinned question is on show now

  private:
    using Columns = std::shared_ptr<const std::vector<compare::Column>>;

    QWidget* buildHead();
    void buildTable();
    void refresh() override;
    void takeKnown();
    void ask();
    void show(const jobs::Outcome<Columns>& outcome);
    void fillTable();
    void fillChart();
    void refreshButtons();
    std::optional<std::size_t> chosen() const;
    void goTo();
    void annotate();
    void askForExport();
    void copy() const;

    state::Planning& planning_;
    state::Notebook& notebook_;
    jobs::BackgroundJob<Columns> job_;
    std::vector<compare::Column> known_;  ///< that were worked out of pins that are still there
    compare::Comparison comparison_;      ///< of known_, in the order of the pins
    std::vector<session::Kept> asked_;    ///< the pins that the newest request is about
    QString problem_;
    QLabel* title_;
    QLabel* sentences_;
    QTableWidget* table_;
    charts::FuturesChart* chart_;
    charts::OutcomeChart* outcomes_;
    QPushButton* goTo_ = nullptr;
    QPushButton* words_ = nullptr;
    QPushButton* unpin_ = nullptr;
    QPushButton* copy_ = nullptr;
    QPushButton* export_ = nullptr;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::pages
