// SPDX-License-Identifier: GPL-3.0-or-later
// The tab "Futures": the job on the best plans, revocation by revocation, drawn and counted.
#pragma once

#include <QBoxLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <atomic>

#include "charts/futures_chart.h"
#include "state/exploration_state.h"
#include "state/study.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::panels {

/// What a study of futures finds. Runs and seed are those that it was made with.
struct FuturesFinding {
    charts::SharedFutures plans;
    int runs = 0;
    int seed = 0;
    QString problem;  ///< why there are none; else empty
};

class FuturesPanel : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    FuturesPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// What the worker reads, and where it says how far it is.
    struct Shared {
        std::atomic<int> runs;
        std::atomic<int> seed;
        std::atomic<double> share = 0;
    };
    using FuturesStudy = state::StudyOf<FuturesFinding>;

    QWidget* controls();
    QWidget* contentPage();
    QWidget* messagePage();
    void connectAll();
    void followState();
    void refresh();
    void refreshProgress();
    void showFinding(const std::shared_ptr<const FuturesStudy::Finding>& finding);
    void showTable();
    void showMessage(const QString& text);
    void stop();
    void act();

    state::ExplorationState& state_;
    state::Planning& planning_;
    std::shared_ptr<Shared> shared_;
    FuturesStudy* study_ = nullptr;
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
    QStackedWidget* pages_;
    QLabel* message_;
    QPushButton* action_;
    std::optional<base::Money> wayOut_;  ///< a budget that the button leads to
    bool assumes_ = false;               ///< it sets a revocation rate; else it simulates again
    std::shared_ptr<const FuturesStudy::Finding> shown_;
    bool stopped_ = false;
};

}  // namespace deepvm::ui::panels
