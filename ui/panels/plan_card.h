// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <memory>

#include "panels/cluster_picture.h"
#include "planner/decision.h"
#include "problem/plan.h"
#include "state/desk.h"
#include "widgets/rank_disc.h"

class QVBoxLayout;

namespace deepvm::ui::panels {

/// One recommended plan: its price first, then its machines; the chosen card also tells its figures and
/// reasons. With the objective of a job every card tells what becomes of it, else only the chosen one.
class PlanCard : public QFrame {
    Q_OBJECT

  public:
    explicit PlanCard(int rank, QWidget* parent = nullptr);

    void show(const state::Scene& scene, const planner::Decision& decision);
    void setChosen(bool chosen);
    void setPinned(bool pinned);
    bool isChosen() const { return chosen_; }

  signals:
    void clicked(int rank);
    void whyAsked(int rank);                       ///< the heading of its reasons was clicked
    void pinAsked(int rank);                       ///< to keep the plan, or to let it go
    void catalogAsked(const problem::Plan& plan);  ///< to see its workers among all offers
    void planHovered(const problem::Plan& plan);
    void hoverEnded();

  protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    struct Row {
        QWidget* line;
        QLabel* name;
        QLabel* value;
        void show(bool visible, const QString& text) const;
    };
    Row addRow(QVBoxLayout& rows, const QString& name, const char* valueName);
    void buildDetails();
    void writeCompanion();
    void fillJob(const state::Scene& scene, const problem::Plan& plan);
    void fillPrices(const model::Market& market, const problem::Plan& plan);
    void fillDetails(const state::Scene& scene, const planner::Decision& decision, const problem::Plan& plan);

    int rank_;
    bool chosen_ = false;
    QString place_;
    problem::Plan plan_;
    widgets::RankDisc* disc_;
    QLabel* architecture_;
    QLabel* unproven_;
    QPushButton* pin_;
    QLabel* price_;
    QLabel* machines_;
    QLabel* companion_;
    QLabel* job_;       ///< what the job costs and takes, and whether it is done in time
    QLabel* likely_;    ///< what the ranges of speed and price make of it
    QLabel* overhead_;  ///< what of that is lost to revocations and checkpoints
    ClusterPicture* picture_;
    QWidget* details_;
    bool of_job_ = false;  ///< the objective is about the job: every card tells its outcome
    Row revocations_{};
    Row unknown_{};
    Row effective_{};
    Row flopp_{};
    Row throughput_{};
    QLabel* remarks_ = nullptr;  ///< what it wastes, and what to know before renting it
    Row ahead_{};
    Row prices_{};
    Row onDemand_{};
    QPushButton* ask_ = nullptr;
    QLabel* why_ = nullptr;
};

}  // namespace deepvm::ui::panels
