// SPDX-License-Identifier: GPL-3.0-or-later
// The tab "Futures": the job on the best plans, revocation by revocation, drawn and counted.
#pragma once

#include <QBoxLayout>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <atomic>

#include "charts/futures_chart.h"
#include "pages/page.h"
#include "state/planning.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::pages {

struct FuturesQuestion {
    int runs = 0;  ///< futures of each plan
    int seed = 0;

    bool operator==(const FuturesQuestion&) const = default;
};

class FuturesPanel : public Page, public theme::Coloured {
    Q_OBJECT

  public:
    FuturesPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;

  protected:
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    using FuturesStudy = state::StudyOf<FuturesQuestion, charts::SharedFutures>;

    QWidget* controls();
    QWidget* contentPage();
    void connectAll();
    void followState();
    void refresh() override;
    void refreshProgress();
    void showFinding();
    void showFutures();
    void showTable();
    void stop();
    void again();
    void assumeRate();

    state::Planning& planning_;
    std::shared_ptr<std::atomic<double>> share_;  ///< how far the worker is: it writes, the panel reads
    FuturesStudy* study_;
    QTimer progressTimer_;
    QLabel* title_;
    QLabel* sentences_;
    QSpinBox* runs_;
    QSpinBox* seed_;
    QToolButton* dollars_ = nullptr;
    QToolButton* hours_ = nullptr;
    QLabel* progress_;
    QToolButton* cancel_;
    charts::FuturesChart* chart_;
    QWidget* table_;
    QGridLayout* cells_;
    QBoxLayout* sides_ = nullptr;
    QWidget* controlRow_ = nullptr;
    std::shared_ptr<const FuturesStudy::Finding> shown_;
};

}  // namespace deepvm::ui::pages
