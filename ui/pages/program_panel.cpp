// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/program_panel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "base/files.h"
#include "models/program_wording.h"
#include "pages/natural_table.h"
#include "pages/two_line_delegate.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

constexpr int indent = 6;  // where the text of the tables begins

}  // namespace

ProgramPanel::ProgramPanel(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : Page(QStringLiteral("program"), state, parent),
      planning_(planning),
      study_(planning, {}, &ProgramPanel::solve, {}, this),
      delegate_(new TwoLineDelegate(this)) {
    setObjectName(QStringLiteral("programPanel"));
    setContent(buildProgram());
    watch(study_);
    connect(&planning_, &state::Planning::answerChanged, this, &ProgramPanel::refreshShown);
}

base::Result<ProgramPanel::Programs> ProgramPanel::solve(const state::Answer& answer, jobs::NoQuestion,
                                                         const std::stop_token& stop) {
    Programs programs;
    for (const auto& plan : answer.decision->ranked) {
        auto solved = explain::solve_program(*answer.scene->problem, plan, answer.decision->budget, stop);
        if (!solved) return tl::unexpected(std::move(solved.error()));
        programs.push_back(std::make_shared<const explain::SolvedProgram>(std::move(*solved)));
    }
    return programs;
}

QToolButton* ProgramPanel::button(const QString& text, const char* name) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setObjectName(QLatin1String(name));
    made->setProperty("role", "small");
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

QWidget* ProgramPanel::buildTop() {
    title_ = widgets::label({}, "strong");
    title_->setObjectName(QStringLiteral("programTitle"));
    title_->setWordWrap(true);
    auto* copyLp = button(tr("Copy as LP"), "copyLp");
    auto* saveLp = button(tr("Save LP ..."), "saveLp");
    auto* saveMps = button(tr("Save MPS ..."), "saveMps");
    copyLp->setToolTip(tr("The program in lp_solve's LP format, as \"deepvm export --as lp\" writes it"));
    saveLp->setToolTip(copyLp->toolTip());
    saveMps->setToolTip(tr("The program for any solver, as \"deepvm export --as mps\" writes it"));
    connect(copyLp, &QToolButton::clicked, this, &ProgramPanel::copy);
    connect(saveLp, &QToolButton::clicked, this, [this] { askForFile(exchange::ProgramForm::lp); });
    connect(saveMps, &QToolButton::clicked, this, [this] { askForFile(exchange::ProgramForm::mps); });
    auto* top = new QWidget;
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(indent, widgets::grid, widgets::scroll_room, 0);
    row->setSpacing(widgets::grid);
    row->addWidget(title_, 1);
    for (auto* each : {copyLp, saveLp, saveMps})
        row->addWidget(each, 0, Qt::AlignTop);
    return top;
}

void ProgramPanel::addTable(NaturalTable*& table, QAbstractItemModel& model, const char* name,
                            const QString& what) {
    table = new NaturalTable;
    table->setObjectName(QLatin1String(name));
    table->setAccessibleName(what);
    table->setItemDelegate(delegate_);
    table->setModel(&model);
    connect(table, &NaturalTable::rowFocused, this, [this, of = table](const QRect& cell) {
        const QRect inside(of->mapTo(page_->widget(), cell.topLeft()), cell.size());
        page_->ensureVisible(inside.left(), inside.center().y(), 0, inside.height());
    });
}

QWidget* ProgramPanel::buildProgram() {
    auto* program = new QWidget;
    summary_ = widgets::label({}, "muted");
    summary_->setObjectName(QStringLiteral("programSummary"));
    summary_->setWordWrap(true);
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note_ = widgets::label({}, "small");
    note_->setObjectName(QStringLiteral("programNote"));
    note_->setWordWrap(true);
    for (auto* each : {summary_, note_})
        each->setContentsMargins(indent, 0, 0, 0);
    addTable(rowsTable_, rows_, "programRows", tr("Objective and constraints"));
    rowsTable_->setStretched(models::ProgramRowsModel::formula);
    rowsTable_->setLastIsExtra();
    addTable(columnsTable_, columns_, "programColumns", tr("Columns"));
    all_ = button({}, "programAllColumns");
    all_->setCheckable(true);
    connect(all_, &QToolButton::toggled, this, [this](bool all) {
        columns_.setAll(all);
        refresh();
    });
    auto* heading = new QHBoxLayout;
    heading->setContentsMargins(indent, 0, 0, 0);
    heading->addWidget(widgets::capsLabel(tr("Columns")));
    heading->addStretch();
    heading->addWidget(all_);
    auto* content = new QWidget;
    auto* lines = new QVBoxLayout(content);
    lines->setSpacing(widgets::grid / 2);
    lines->addWidget(summary_);
    lines->addWidget(rowsTable_);
    lines->addLayout(heading);
    lines->addWidget(columnsTable_);
    lines->addStretch();
    page_ = widgets::scrolledColumn(content);
    auto* all = new QVBoxLayout(program);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(widgets::grid / 2);
    all->addWidget(buildTop());
    all->addWidget(note_);
    all->addWidget(page_, 1);
    return program;
}

std::shared_ptr<const explain::SolvedProgram> ProgramPanel::shown() const {
    const auto* programs = study_.value();
    if (programs == nullptr || programs->empty()) return nullptr;
    return (*programs)[std::min(static_cast<std::size_t>(rank_), programs->size()) - 1];
}

void ProgramPanel::refresh() {
    const auto program = shown();
    rows_.setProgram(program);
    columns_.setProgram(program);
    note_->hide();
    if (!program) return explain();
    showContent();
    const auto& answer = study_.finding()->answer;
    const auto& programs = *study_.value();
    const auto rank = std::ranges::find(programs, program) - programs.begin() + 1;
    const auto& market = *answer.scene->market;
    QString title = widgets::unbroken(wording::machinesLine(program->plan));
    if (market.places.size() > 1)
        title += QStringLiteral(" · ") + widgets::oneWord(wording::placeLine(program->plan, market));
    title_->setText(title);
    summary_->setText(
        tr("Rank %1 at %2. %3")
            .arg(QString::number(rank), widgets::unbroken(wording::moneyPerHour(program->budget)),
                 widgets::unbroken(models::summary(*program, answer.scene->problem->request.objective))));
    all_->setVisible(columns_.hasMore());
    all_->setText(all_->isChecked() ? tr("Only the chosen and their neighbours")
                                    : tr("All %1 columns").arg(program->columns.size()));
}

void ProgramPanel::explain() {
    const auto& finding = study_.finding();
    if (const auto* error = study_.error())
        showEmpty(wording::sentence(QString::fromStdString(error->message)) + QLatin1Char('.'));
    else if (study_.value() != nullptr)
        showEmpty(
            tr("%1 So there is no program to show.").arg(wording::nothingFits(*finding->answer.decision)),
            finding->answer.decision->cheapest);
    else if (planning_.error())
        showEmpty(state_.value().architectures.empty()
                      ? tr("No architecture is switched on. Switch one on to see the program that decides.")
                      : QString::fromStdString(planning_.error()->message) + QLatin1Char('.'));
    else
        showEmpty(tr("Solving ..."));
}

void ProgramPanel::setRank(int rank) {
    if (rank == rank_) return;
    rank_ = rank;
    refreshShown();
}

std::string ProgramPanel::programText(exchange::ProgramForm form) const {
    const auto program = shown();
    if (!program) return {};
    return exchange::program_text(*study_.finding()->answer.scene->problem, program->plan, program->budget,
                                  form);
}

void ProgramPanel::tell(const QString& text, bool failed) {
    widgets::restyle(*note_, "role", failed ? QStringLiteral("error") : QStringLiteral("small"));
    note_->setText(text);
    note_->show();
}

void ProgramPanel::copy() {
    QGuiApplication::clipboard()->setText(QString::fromStdString(programText(exchange::ProgramForm::lp)));
    tell(tr("Copied."), false);
}

void ProgramPanel::askForFile(exchange::ProgramForm form) {
    const bool lp = form == exchange::ProgramForm::lp;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the program"), lp ? QStringLiteral("program.lp") : QStringLiteral("program.mps"),
        lp ? tr("LP format (*.lp)") : tr("Free MPS (*.mps)"));
    if (!file.isEmpty()) saveProgram(form, file);
}

bool ProgramPanel::saveProgram(exchange::ProgramForm form, const QString& file) {
    const auto written = base::write_file(file.toStdString(), programText(form));
    tell(written ? tr("Written to %1").arg(file)
                 : QString::fromStdString(written.error().message) + QLatin1Char('.'),
         !written);
    return written.has_value();
}

void ProgramPanel::setColours(const theme::Palette& palette) {
    delegate_->setColours(palette);
    update();
}

}  // namespace deepvm::ui::pages
