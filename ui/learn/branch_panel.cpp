// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/branch_panel.h"

#include <QVBoxLayout>
#include <utility>

#include "charts/branch_text.h"
#include "charts/branch_tree_chart.h"
#include "charts/feasible_region_chart.h"
#include "problem/programs.h"
#include "widgets/flow_layout.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::learn {
namespace {

using explain::Variable;

constexpr int side_by_side = 860;  // tree and region have room beside each other
constexpr std::chrono::milliseconds usual_pace{900};

QPushButton* button(const QString& name, const QString& text) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setProperty("role", "compact");
    return made;
}

QLabel* line(const QString& name, const char* role) {
    auto* made = widgets::label({}, role);
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setContentsMargins(widgets::grid, 0, widgets::grid, 0);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

// "n ≤ 17 | n ≥ 18"; where no value parts the node, what would be parted.
QString branchText(const explain::BranchNode& node, Variable variable) {
    const auto value = explain::usual_value(node, variable);
    if (!value) return variable == Variable::nodes ? BranchPanel::tr("Part n") : BranchPanel::tr("Part m");
    return charts::sideText(variable, *value, false) + QStringLiteral(" | ") +
           charts::sideText(variable, *value, true);
}

}  // namespace

BranchPanel::BranchPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : TieringPage(QStringLiteral("branch"), state, planning, parent),
      study_(new BranchStudy(planning, {}, &BranchPanel::play, {}, this)),
      chart_(new charts::BranchTreeChart),
      region_(new charts::FeasibleRegionChart),
      words_(line(QStringLiteral("branchWords"), "body")),
      result_(line(QStringLiteral("branchResult"), "strong")),
      of_nodes_(button(QStringLiteral("branchOnNodes"), {})),
      of_remotes_(button(QStringLiteral("branchOnRemotes"), {})),
      undo_(button(QStringLiteral("branchUndo"), tr("Undo"))),
      show_(button(QStringLiteral("branchShowMe"), tr("Show me"))),
      restart_(button(QStringLiteral("branchRestart"), tr("Start again"))) {
    setObjectName(QStringLiteral("branchPanel"));
    chart_->setObjectName(QStringLiteral("branchTree"));
    region_->setObjectName(QStringLiteral("branchRegion"));
    region_->setReach(session::least_budget, session::most_budget);
    region_->setByHand(charts::RegionByHand{});
    pace_.setSingleShot(true);
    pace_.setInterval(usual_pace);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setSpacing(widgets::grid);
    column->addWidget(words_);
    column->addWidget(buttonRow());
    sides_ = new QBoxLayout(QBoxLayout::TopToBottom);
    sides_->setSpacing(2 * widgets::grid);
    sides_->addWidget(chart_, 3);
    sides_->addWidget(region_, 2);
    column->addLayout(sides_, 1);
    column->addWidget(result_);
    setContent(widgets::scrolledColumn(content));
    watch(*study_);
    connectAll();
}

BranchPanel::~BranchPanel() {
    region_->disconnect(this);  // it lets go of its line when it is hidden, which is after this
}

QWidget* BranchPanel::buttonRow() {
    undo_->setToolTip(tr("Takes the last branch back"));
    show_->setToolTip(tr("Plays the rest: the node with the best bound first, its most fractional number"));
    restart_->setToolTip(tr("Back to the root"));
    auto* row = new QWidget;
    auto* flow = new widgets::FlowLayout(row, widgets::grid);
    flow->setContentsMargins(widgets::grid, 0, widgets::grid, 0);
    for (auto* each : {of_nodes_, of_remotes_, undo_, show_, restart_})
        flow->addWidget(each);
    return row;
}

void BranchPanel::connectAll() {
    connect(&planning_, &state::Planning::answerChanged, this, &BranchPanel::begin);
    connect(chart_, &plot::ChartFrame::picked, this,
            [this](const plot::Mark& mark) { choose(charts::BranchTreeChart::nodeOf(mark)); });
    connect(of_nodes_, &QPushButton::clicked, this, [this] { branchOn(Variable::nodes); });
    connect(of_remotes_, &QPushButton::clicked, this, [this] { branchOn(Variable::remotes); });
    connect(undo_, &QPushButton::clicked, this, &BranchPanel::undo);
    connect(show_, &QPushButton::clicked, this, &BranchPanel::showMe);
    connect(restart_, &QPushButton::clicked, this, &BranchPanel::restart);
    connect(&pace_, &QTimer::timeout, this, &BranchPanel::goOn);
    connect(region_, &charts::FeasibleRegionChart::budgetDragged, &state_,
            &state::ExplorationState::setBudget);
    connect(region_, &charts::FeasibleRegionChart::budgetReleased, this, [this] {
        state_.endGesture();
        refreshShown();
    });
    connect(&state_, &state::ExplorationState::changed, this,
            [this] { region_->setBudget(state_.value().budget); });
}

// From the root each time: a tree of a hundred nodes takes less than a frame of the lesson, and nothing of
// another answer can be left in it.
base::Result<BranchPanel::Played> BranchPanel::play(const state::Answer& answer, const Moves& moves,
                                                    const std::stop_token& stop) {
    const auto* plan = bestTiering(*answer.decision);
    if (!plan) return Played();
    const auto& problem = answer.scene->problem;
    const auto* candidate = problem::candidate_of(*problem, *plan);
    if (!candidate) return Played();
    const auto budget =
        problem::asked_budget(*problem, *candidate, problem::counts_of(*plan), answer.decision->budget);
    auto tree = explain::start_branching(problem, *candidate, budget, stop);
    for (const auto& at : moves) {
        if (!tree) break;
        tree = explain::branch(std::move(*tree), at, stop);
    }
    if (!tree) return tl::unexpected(std::move(tree.error()));
    return std::make_shared<const explain::BranchTree>(std::move(*tree));
}

const explain::BranchTree* BranchPanel::tree() const {
    return shown_.get();
}

const BranchPanel::Moves& BranchPanel::moves() const {
    return study_->question();
}

bool BranchPanel::finished() const {
    return shown_ && explain::finished(*shown_);
}

// The moves of another answer mean nothing to this one.
void BranchPanel::begin() {
    stopPlaying();
    setMoves({});
    refreshShown();
}

void BranchPanel::setMoves(Moves moves) {
    study_->setQuestion(std::move(moves));
}

void BranchPanel::make(const explain::Branching& at) {
    if (study_->busy()) return;  // the tree on show is not the one that it would part
    Moves next = moves();
    next.push_back(at);
    setMoves(std::move(next));
}

void BranchPanel::branchOn(Variable variable) {
    if (!shown_) return;
    stopPlaying();
    if (const auto value = explain::usual_value(shown_->nodes[chosen_], variable))
        make({chosen_, variable, *value});
}

void BranchPanel::undo() {
    stopPlaying();
    if (moves().empty()) return;
    Moves next = moves();
    next.pop_back();
    setMoves(std::move(next));
}

void BranchPanel::restart() {
    stopPlaying();
    setMoves({});
}

void BranchPanel::showMe() {
    if (playing()) {
        stopPlaying();
        return refreshButtons();
    }
    if (!shown_ || finished()) return;
    playing_ = true;
    goOn();
    refreshButtons();
}

void BranchPanel::goOn() {
    const auto next = shown_ && playing_ ? explain::next_branch(*shown_) : std::nullopt;
    if (!next) return stopPlaying();
    make(*next);
}

void BranchPanel::stopPlaying() {
    playing_ = false;
    pace_.stop();
}

void BranchPanel::choose(std::size_t node) {
    if (!shown_ || node >= shown_->nodes.size()) return;
    stopPlaying();
    chosen_ = node;
    chart_->setSelected(node);
    refreshRegion();
    refreshWords();
    refreshButtons();
}

void BranchPanel::refresh() {
    const auto& decision = planning_.decision();
    if (!planning_.scene() || !decision || !bestTiering(*decision)) {
        shown_.reset();
        chart_->setTree(nullptr);
        region_->setSubject({});
        return explainNone();
    }
    if (const auto* error = study_->error())
        return showEmpty(wording::sentence(QString::fromStdString(error->message)) + QLatin1Char('.'),
                         tr("Start again"), [this] { restart(); });
    const auto* value = study_->value();
    if (value == nullptr || !*value) return showEmpty(tr("Planning ..."));
    const bool another = *value != shown_;
    shown_ = *value;
    if (another) refreshTree();
    refreshRegion();
    refreshWords();
    refreshButtons();
    showContent();
    if (!another) return;
    emit treeChanged();
    if (finished()) emit ended();
    if (!playing_) return;
    if (!finished()) return pace_.start();
    stopPlaying();
    refreshButtons();
}

// The node that a solver would go on with is the one that is chosen, until the person chooses another.
void BranchPanel::refreshTree() {
    const auto next = explain::next_branch(*shown_);
    chosen_ = next ? next->node : shown_->incumbent.value_or(0);
    chart_->setTree(shown_);
    chart_->setSelected(chosen_);
    chart_->setTitle(charts::openTitle({shown_->problem, shown_->candidate.get()}, shown_->budget));
}

void BranchPanel::refreshRegion() {
    const auto& scene = planning_.scene();
    const auto* plan = bestTiering(*planning_.decision());
    if (!shown_ || scene->problem != shown_->problem) return;
    const auto& node = shown_->nodes[chosen_];
    region_->setSubject({scene->problem, problem::candidate_of(*scene->problem, *plan)});
    if (!region_->dragging()) region_->setBudget(state_.value().budget);
    region_->setByHand(charts::RegionByHand{node.nodes, node.remotes});
    if (node.status == explain::NodeStatus::infeasible)
        region_->setCorner(std::nullopt);
    else
        region_->setCorner(explain::RelaxationCorner{shown_->budget, node.point.nodes, node.point.remotes,
                                                     node.point.bound});
}

void BranchPanel::refreshWords() {
    const auto told = charts::nodeText(*shown_, chosen_);
    words_->setText(widgets::unbroken(plot::spoken(told) + QLatin1Char('.')));
    QString result = charts::treeText(*shown_) + QLatin1Char('.');
    if (finished()) {
        const auto best = explain::incumbent(*shown_);
        const auto* plan = bestTiering(*planning_.decision());
        const bool same = best && plan && best->counts == problem::counts_of(*plan);
        result += QLatin1Char(' ') +
                  (same ? tr("It is the planner's answer, after %1 linear programs.").arg(shown_->programs)
                        : tr("The planner's answer is another: please report this."));
    }
    result_->setText(widgets::unbroken(wording::sentence(result)));
}

void BranchPanel::refreshButtons() {
    if (!shown_) return;
    const auto& node = shown_->nodes[chosen_];
    const auto set = [&](QPushButton* each, Variable variable) {
        const bool open = explain::usual_value(node, variable).has_value();
        each->setText(branchText(node, variable));
        each->setEnabled(open && !playing());
        each->setToolTip(open ? tr("Parts node %1 in two").arg(chosen_ + 1)
                              : tr("No value of this number cuts the point of node %1 off").arg(chosen_ + 1));
    };
    set(of_nodes_, Variable::nodes);
    set(of_remotes_, Variable::remotes);
    undo_->setEnabled(!moves().empty());
    restart_->setEnabled(!moves().empty());
    show_->setEnabled(playing() || !finished());
    show_->setText(playing() ? tr("Stop") : tr("Show me"));
}

void BranchPanel::resizeEvent(QResizeEvent* event) {
    TieringPage::resizeEvent(event);
    sides_->setDirection(width() >= side_by_side ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

}  // namespace deepvm::ui::learn
