// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/compare_page.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "base/files.h"
#include "pages/compare_print.h"
#include "widgets/pieces.h"
#include "wording/wording.h"
#include "words/comparison.h"

namespace deepvm::ui::pages {
namespace {

constexpr int name_column = 0;

QPushButton* action(const QString& text, const char* name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    return made;
}

/// Whether a column of one is that of the other: a name makes no other plan of it.
bool samePlan(const session::Kept& a, const session::Kept& b) {
    return a.question == b.question && a.answer == b.answer;
}

QTableWidgetItem* cell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

}  // namespace

ComparePage::ComparePage(state::ExplorationState& state, state::Planning& planning, state::Notebook& notebook,
                         QWidget* parent)
    : Page(QStringLiteral("compare"), state, parent),
      planning_(planning),
      notebook_(notebook),
      job_(planning.studyWorker(), planning.home(), [this](const auto& outcome) { show(outcome); }),
      title_(widgets::label(tr("Pinned plans"), "heading")),
      sentences_(widgets::label({}, "body")),
      table_(new QTableWidget),
      chart_(new charts::FuturesChart),
      outcomes_(new charts::OutcomeChart),
      palette_(theme::palette(theme::Mode::light)) {
    sentences_->setObjectName(QStringLiteral("compareSentences"));
    sentences_->setWordWrap(true);
    buildTable();
    chart_->setObjectName(QStringLiteral("compareChart"));
    outcomes_->setObjectName(QStringLiteral("compareOutcomes"));
    auto* charts = new QHBoxLayout;
    charts->setSpacing(widgets::gutter);
    charts->addWidget(chart_, 3);
    charts->addWidget(outcomes_, 2);
    auto* content = new QWidget;
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(widgets::grid);
    all->addWidget(buildHead());
    all->addWidget(sentences_);
    all->addWidget(table_, 3);
    all->addLayout(charts, 2);
    // On a low window the page scrolls rather than squeeze the table into a line.
    constexpr int least_table = 240;
    table_->setMinimumHeight(theme::scaled(least_table));
    auto* area = widgets::scrolledColumn(content);
    area->setObjectName(QStringLiteral("compareScroll"));
    setContent(area);
    connect(&notebook_, &state::Notebook::pinsChanged, this, &ComparePage::refreshShown);
    connect(&planning_, &state::Planning::catalogOpened, this, [this] {
        asked_.clear();
        known_.clear();
        refreshShown();
    });
}

void ComparePage::setColours(const theme::Palette& palette) {
    palette_ = palette;
    chart_->setColours(palette);
    outcomes_->setColours(palette);
    if (!comparison_.columns.empty()) fillTable();
}

QWidget* ComparePage::buildHead() {
    goTo_ = action(tr("Open its question"), "compareOpen",
                   tr("Brings the question of the chosen column back into the window"));
    words_ = action(tr("Name and note ..."), "compareRename",
                    tr("Gives the chosen column a name of your own, and a note"));
    unpin_ = action(tr("Unpin"), "compareUnpin", tr("Takes the chosen column out of the comparison"));
    copy_ = action(tr("Copy"), "compareCopy", tr("Copies the table, for a spreadsheet or a document"));
    export_ = action(tr("Export ..."), "compareExport", tr("Writes one page of PDF, or the table as CSV"));
    export_->setProperty("role", "primary");
    connect(goTo_, &QPushButton::clicked, this, &ComparePage::goTo);
    connect(words_, &QPushButton::clicked, this, &ComparePage::annotate);
    connect(unpin_, &QPushButton::clicked, this, [this] {
        if (const auto at = chosen()) notebook_.unpin(*at);
    });
    connect(copy_, &QPushButton::clicked, this, &ComparePage::copy);
    connect(export_, &QPushButton::clicked, this, &ComparePage::askForExport);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::grid);
    row->addWidget(title_);
    row->addStretch();
    for (auto* button : {goTo_, words_, unpin_, copy_, export_})
        row->addWidget(button);
    return head;
}

void ComparePage::buildTable() {
    table_->setObjectName(QStringLiteral("compareTable"));
    table_->setAccessibleName(tr("Pinned plans, a column each"));
    table_->verticalHeader()->hide();
    table_->setSelectionBehavior(QAbstractItemView::SelectColumns);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setWordWrap(false);
    table_->setShowGrid(false);
    table_->setTextElideMode(Qt::ElideRight);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(table_, &QTableWidget::currentCellChanged, this, &ComparePage::refreshButtons);
}

void ComparePage::refresh() {
    const auto& pins = notebook_.pins();
    takeKnown();
    if (pins.empty()) {
        job_.cancel();
        asked_.clear();
        return showEmpty(
            tr("No plan is pinned yet. Pin up to six, of any market, budget and workload, by \"Pin\" on a "
               "card or "
               "the key P, and they stand here beside each other: their dollars, hours, risk and limits, "
               "column by "
               "column."));
    }
    const auto missing = static_cast<int>(pins.size() - comparison_.columns.size());
    if (missing > 0 && asked_ != pins) ask();
    const QString waiting =
        tr("Planning %n pinned question(s) again on today's prices ...", nullptr, missing);
    title_->setText(missing == 0 ? tr("Pinned plans") : waiting);
    if (comparison_.columns.empty()) return showEmpty(problem_.isEmpty() ? waiting : problem_);
    fillTable();
    fillChart();
    showContent();
}

// What is on show is of pins that are there, in their order and by their names; what is missing comes later.
void ComparePage::takeKnown() {
    std::vector<compare::Column> columns;
    for (const auto& pin : notebook_.pins()) {
        const auto found =
            std::ranges::find_if(known_, [&](const auto& each) { return samePlan(each.pin, pin); });
        if (found == known_.end()) continue;
        columns.push_back(*found);
        columns.back().pin = pin;
    }
    known_ = columns;
    comparison_ = compare::beside(std::move(columns));
}

// Each question is planned on a catalog of its own, which the worker opens: that of planning belongs to its
// thread.
void ComparePage::ask() {
    const auto file = planning_.notes().file;
    if (file.empty()) return;  // once the catalog is open there is another call
    asked_ = notebook_.pins();
    problem_.clear();
    std::vector<session::Kept> missing;
    for (const auto& pin : asked_)
        if (std::ranges::none_of(known_, [&](const auto& each) { return samePlan(each.pin, pin); }))
            missing.push_back(pin);
    job_.request([file, missing = std::move(missing)](const std::stop_token& stop) -> base::Result<Columns> {
        const auto catalog = catalog::Catalog::open(file);
        if (!catalog) return tl::unexpected(catalog.error());
        auto made = std::make_shared<std::vector<compare::Column>>();
        for (const auto& pin : missing) {
            auto column = compare::column(*catalog, pin, {}, stop);
            if (!column) return tl::unexpected(std::move(column.error()));
            made->push_back(std::move(*column));
        }
        return made;
    });
}

void ComparePage::show(const jobs::Outcome<Columns>& outcome) {
    if (outcome.value) known_.insert(known_.end(), (*outcome.value)->begin(), (*outcome.value)->end());
    if (outcome.ending == jobs::Ending::failed)
        problem_ = wording::sentence(wording::said(outcome.error.message)) + QLatin1Char('.');
    refreshShown();
}

void ComparePage::fillTable() {
    const auto rows = words::comparison_rows(comparison_, wording::in_print);
    const auto columns = static_cast<int>(comparison_.columns.size());
    const int kept = table_->currentColumn();
    table_->clear();
    table_->setColumnCount(columns + 1);
    table_->setRowCount(static_cast<int>(rows.size()));
    QStringList titles{QString()};
    // By the numbers that the futures below have.
    for (const auto& column : comparison_.columns)
        titles << tr("Plan %1: %2")
                      .arg(QString::number(titles.size()),
                           wording::said(words::column_title(column, wording::in_print)));
    table_->setHorizontalHeaderLabels(titles);
    std::string group;
    for (int row = 0; row < table_->rowCount(); ++row) {
        const auto& line = rows[static_cast<std::size_t>(row)];
        const bool begins = line.group != group;
        group = line.group;
        auto* name = cell(begins ? wording::said(line.group + " · " + line.name) : wording::said(line.name));
        name->setForeground(line.differs ? palette_.text : palette_.muted);
        table_->setItem(row, name_column, name);
        for (int column = 0; column < columns; ++column) {
            const auto at = static_cast<std::size_t>(column);
            auto* value = cell(wording::said(line.values[at]) + (line.best[at] ? tr("  ✓ best") : QString()));
            QFont font = table_->font();
            font.setBold(line.best[at]);
            value->setFont(font);
            value->setForeground(line.differs ? palette_.text : palette_.muted);
            table_->setItem(row, column + 1, value);
        }
    }
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(name_column, QHeaderView::ResizeToContents);
    constexpr int row_height = 26;
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->verticalHeader()->setDefaultSectionSize(theme::scaled(row_height));
    table_->setCurrentCell(0, std::clamp(kept, 1, columns));
    QStringList said;
    for (const auto& sentence : words::comparison_sentences(comparison_, wording::in_print))
        said << wording::said(sentence);
    sentences_->setText(widgets::unbroken(said.join(QLatin1Char('\n'))));
    sentences_->setVisible(!said.isEmpty());
    refreshButtons();
}

void ComparePage::fillChart() {
    auto futures = std::make_shared<std::vector<explain::SimulatedPlan>>();
    for (const auto& column : comparison_.columns) {
        if (column.futures) {
            futures->push_back(*column.futures);
            continue;
        }
        // It keeps its number, and says why there is nothing to draw.
        explain::SimulatedPlan absent;
        if (column.pin.answer) absent.plan = column.pin.answer->plan;
        absent.unknown = column.failure ? column.failure->message : "nothing fits the budget";
        futures->push_back(std::move(absent));
    }
    // Where nothing was simulated the futures say why, once and in the whole width.
    outcomes_->setVisible(
        std::ranges::any_of(*futures, [](const auto& plan) { return plan.unknown.empty(); }));
    outcomes_->setFutures(futures);
    chart_->setFutures(std::move(futures), charts::FutureFigure::dollars);
}

// The pin whose column is chosen.
std::optional<std::size_t> ComparePage::chosen() const {
    const auto column = static_cast<std::size_t>(std::max(1, table_->currentColumn()) - 1);
    if (column >= comparison_.columns.size()) return std::nullopt;
    const auto& pins = notebook_.pins();
    const auto found = std::ranges::find(pins, comparison_.columns[column].pin);
    if (found == pins.end()) return std::nullopt;
    return static_cast<std::size_t>(found - pins.begin());
}

void ComparePage::refreshButtons() {
    for (auto* button : {goTo_, words_, unpin_, copy_, export_})
        button->setEnabled(chosen().has_value());
}

void ComparePage::goTo() {
    const auto at = chosen();
    if (!at) return;
    auto next = notebook_.pins()[*at].question;
    const auto& now = state_.value();
    next.what_if_percent = now.what_if_percent;
    next.future_runs = now.future_runs;
    next.future_seed = now.future_seed;
    state_.set(next, tr("a pinned question"));
    emit entered();
}

void ComparePage::annotate() {
    const auto at = chosen();
    if (!at) return;
    const auto& pin = notebook_.pins()[*at];
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Name and note of the plan"));
    auto* name = new QLineEdit(wording::said(pin.name));
    name->setPlaceholderText(tr("its machines"));
    name->setObjectName(QStringLiteral("pinName"));
    auto* note = new QPlainTextEdit(wording::said(pin.note));
    note->setObjectName(QStringLiteral("pinNote"));
    note->setTabChangesFocus(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* form = new QFormLayout(&dialog);
    form->addRow(tr("Name"), name);
    form->addRow(tr("Note"), note);
    form->addRow(buttons);
    if (dialog.exec() == QDialog::Accepted) notebook_.annotate(*at, name->text(), note->toPlainText());
}

void ComparePage::copy() const {
    if (!comparison_.columns.empty())
        QApplication::clipboard()->setText(wording::said(words::comparison_table(comparison_, '\t')));
}

void ComparePage::askForExport() {
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Export the comparison"), QStringLiteral("plans.pdf"),
                                     tr("One page (*.pdf);;Table (*.csv)"));
    if (!file.isEmpty()) tell(exportTo(file), tr("The comparison is in %1").arg(file));
}

base::Result<void> ComparePage::exportTo(const QString& file) const {
    if (comparison_.columns.empty())
        return base::fail(base::ErrorCode::invalid_input, "there is no comparison yet; pin a plan first");
    if (file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        return base::write_file(file.toStdString(), words::comparison_table(comparison_, ','));
    return printComparison(comparison_, {*chart_, *outcomes_}, file);
}

}  // namespace deepvm::ui::pages
