// SPDX-License-Identifier: GPL-3.0-or-later
// Branch and bound by hand (lesson 5): the program of the best tiering plan as a tree that a person splits,
// and beside it the feasible region with the bounds of the chosen node.
#pragma once

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "explain/branch_and_bound.h"
#include "jobs/study.h"
#include "pages/tiering_page.h"
#include "state/exploration_state.h"
#include "state/planning.h"

namespace deepvm::ui::charts {
class BranchTreeChart;
class FeasibleRegionChart;
}  // namespace deepvm::ui::charts

namespace deepvm::ui::learn {

/// Follows the answer on show; another answer begins anew. Every tree is worked out in the background, from
/// the branchings that were made. All of it can be done by keyboard.
class BranchPanel : public pages::TieringPage {
    Q_OBJECT

  public:
    BranchPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);
    ~BranchPanel() override;

    using Moves = std::vector<explain::Branching>;

    /// The tree on show; null while there is none.
    const explain::BranchTree* tree() const;
    /// The branchings that were made.
    const Moves& moves() const;
    /// Whether no node is open: the person is done.
    bool finished() const;

    /// Branches the chosen node at its usual value, as its button does; nothing where that cuts nothing off.
    void branchOn(explain::Variable variable);
    void undo();
    void restart();
    /// Plays to the end, a branch at a time; once more stops it.
    void showMe();
    bool playing() const { return pace_.isActive() || playing_; }
    /// Between two branches of showMe().
    void setPace(std::chrono::milliseconds pace) { pace_.setInterval(pace); }

  signals:
    void treeChanged();  ///< tree() is another one
    void ended();        ///< no node of it is open any more

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// The tree after the moves; nothing where no tiering plan fits.
    using Played = std::shared_ptr<const explain::BranchTree>;
    using BranchStudy = state::StudyOf<Moves, Played>;

    static base::Result<Played> play(const state::Answer& answer, const Moves& moves,
                                     const std::stop_token& stop);
    QWidget* buttonRow();
    void connectAll();
    void refresh() override;
    void begin();
    void make(const explain::Branching& at);
    void setMoves(Moves moves);
    void choose(std::size_t node);
    void refreshTree();
    void refreshRegion();
    void refreshWords();
    void refreshButtons();
    void goOn();
    void stopPlaying();

    BranchStudy* study_;
    charts::BranchTreeChart* chart_;
    charts::FeasibleRegionChart* region_;
    QLabel* words_;
    QLabel* result_;
    QPushButton* of_nodes_;
    QPushButton* of_remotes_;
    QPushButton* undo_;
    QPushButton* show_;
    QPushButton* restart_;
    QBoxLayout* sides_ = nullptr;
    QTimer pace_;
    bool playing_ = false;
    Played shown_;
    std::size_t chosen_ = 0;
};

}  // namespace deepvm::ui::learn
