// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QToolButton>
#include <vector>

#include "exchange/program_text.h"
#include "explain/solved_program.h"
#include "jobs/study.h"
#include "models/program_columns_model.h"
#include "models/program_rows_model.h"
#include "pages/page.h"
#include "state/planning.h"
#include "theme/style_sheet.h"

class QScrollArea;

namespace deepvm::ui::pages {

class NaturalTable;
class TwoLineDelegate;

/// The program that decided, as mathematics with its figures at the optimum, of the plan that is chosen on
/// the right. Solved in the background, and only while it is on show.
class ProgramPanel : public Page, public theme::Coloured {
    Q_OBJECT

  public:
    ProgramPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;
    /// Speaks of the plan of this rank, from 1; of the last one where there are fewer.
    void setRank(int rank);

    /// What `deepvm export` writes of the program on show; empty while there is none.
    std::string programText(exchange::ProgramForm form) const;
    /// Writes it to `file`; a failure is said in the panel.
    bool saveProgram(exchange::ProgramForm form, const QString& file);

  private:
    using Programs = std::vector<std::shared_ptr<const explain::SolvedProgram>>;  ///< by rank

    QWidget* buildProgram();
    QWidget* buildTop();
    QToolButton* button(const QString& text, const char* name);
    void addTable(NaturalTable*& table, QAbstractItemModel& model, const char* name, const QString& what);
    void refresh() override;
    void explain();
    void copy();
    void askForFile(exchange::ProgramForm form);
    void tell(const QString& text, bool failed);
    std::shared_ptr<const explain::SolvedProgram> shown() const;

    static base::Result<Programs> solve(const state::Answer& answer, jobs::NoQuestion,
                                        const std::stop_token& stop);

    state::Planning& planning_;
    state::StudyOf<jobs::NoQuestion, Programs> study_;
    models::ProgramRowsModel rows_;
    models::ProgramColumnsModel columns_;
    int rank_ = 1;
    QLabel* title_ = nullptr;
    QLabel* summary_ = nullptr;
    QLabel* note_ = nullptr;
    QToolButton* all_ = nullptr;
    TwoLineDelegate* delegate_ = nullptr;
    NaturalTable* rowsTable_ = nullptr;
    NaturalTable* columnsTable_ = nullptr;
    QScrollArea* page_ = nullptr;
};

}  // namespace deepvm::ui::pages
