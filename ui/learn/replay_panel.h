// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of papers replayed (lesson 9): choose one, switch the rules, read the error of each point.
#pragma once

#include <QBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QToolButton>
#include <memory>
#include <vector>

#include "jobs/background_job.h"
#include "state/planning.h"
#include "validation/replay.h"
#include "widgets/empty_page.h"
#include "widgets/select_box.h"

namespace deepvm::ui::charts {
class ReplayChart;
}

namespace deepvm::ui::learn {

/// Works the replays out once, in the background, when it is first shown: from the shipped data set of the
/// paper and the shipped runs, whatever the person explores.
class ReplayPanel : public QWidget {
    Q_OBJECT

  public:
    explicit ReplayPanel(state::Planning& planning, QWidget* parent = nullptr);

    /// All of them; empty until they are there.
    const std::vector<validation::Replay>& all() const { return all_; }
    /// By its index into all(); remembered where they are not there yet.
    void choose(int figure);
    int chosen() const { return chosen_; }
    void setRules(validation::Rules rules);
    validation::Rules rules() const { return rules_; }

  signals:
    void loaded();   ///< all() is there
    void changed();  ///< another figure or other rules are on show

  protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    using Replays = std::vector<validation::Replay>;

    static base::Result<Replays> work(const state::CatalogFiles& files, const std::stop_token& stop);
    QWidget* controlRow();
    QWidget* content();
    void ask();
    void report(const jobs::Outcome<Replays>& outcome);
    void refresh();

    state::Planning& planning_;
    widgets::EmptyPage* empty_;
    QStackedLayout* stack_;
    widgets::SelectBox* figures_;
    QToolButton* published_;
    QToolButton* corrected_;
    charts::ReplayChart* chart_;
    QLabel* errors_;
    QLabel* rule_;
    QLabel* differs_;
    QLabel* source_;
    QBoxLayout* sides_ = nullptr;
    Replays all_;
    int chosen_ = 0;
    validation::Rules rules_ = validation::Rules::published;
    bool asked_ = false;
    jobs::BackgroundJob<Replays> job_;  // last: what it reports to must be there
};

}  // namespace deepvm::ui::learn
