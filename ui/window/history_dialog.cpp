// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/history_dialog.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "model/market.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::window {
namespace {

enum Column { when, market, question, budget, machines, own_note, columns };

QString timeOf(const session::Kept& visit) {
    const auto time = QDateTime::fromString(QString::fromStdString(visit.at), Qt::ISODate).toLocalTime();
    return QLocale::c().toString(time, QStringLiteral("d MMM, HH:mm"));
}

QString marketOf(const session::Kept& visit) {
    const auto& [market, region] = visit.question.selection;
    if (market == "any") return HistoryDialog::tr("Any provider");
    if (region == "any")
        return HistoryDialog::tr("%1, any region")
            .arg(QString::fromStdString(model::place_title(market, {})));
    return QString::fromStdString(model::place_title(market, region));
}

QString questionOf(const session::Kept& visit) {
    return QStringLiteral("%1 · %2").arg(wording::objectiveName(visit.question.objective),
                                         QString::fromStdString(visit.question.workload));
}

}  // namespace

HistoryDialog::HistoryDialog(state::ExplorationState& state, state::Notebook& notebook, QWidget* parent)
    : QDialog(parent), state_(state), notebook_(notebook), table_(new QTableWidget(0, columns)) {
    setObjectName(QStringLiteral("history"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Answers that you looked at"));
    resize(960, 420);
    table_->setObjectName(QStringLiteral("historyTable"));
    table_->setAccessibleName(windowTitle());
    table_->setHorizontalHeaderLabels(
        {tr("When"), tr("Market"), tr("Question"), tr("Budget"), tr("First choice"), tr("Note")});
    table_->verticalHeader()->hide();
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(own_note, QHeaderView::Stretch);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    back_ = buttons->addButton(tr("Back to this answer"), QDialogButtonBox::ActionRole);
    back_->setObjectName(QStringLiteral("historyBack"));
    auto* all = new QVBoxLayout(this);
    all->addWidget(widgets::label(
        tr("Newest first. A note is kept with the session; double-click to write one."), "small"));
    all->addWidget(table_, 1);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(back_, &QPushButton::clicked, this, &HistoryDialog::goBack);
    connect(table_, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0) chosen_ = notebook_.visits()[visitIn(row)];
    });
    connect(table_, &QTableWidget::itemChanged, this, &HistoryDialog::noted);
    connect(&notebook_, &state::Notebook::visitsChanged, this, &HistoryDialog::fill);
    fill();
}

std::size_t HistoryDialog::visitIn(int row) const {
    return notebook_.visits().size() - 1 - static_cast<std::size_t>(row);
}

void HistoryDialog::fill() {
    const QSignalBlocker quiet(table_);
    // The same answer stays chosen while newer ones come on top.
    const auto same = std::ranges::find_if(notebook_.visits(), [this](const session::Kept& each) {
        return chosen_ && each.at == chosen_->at && each.question == chosen_->question;
    });
    const int chosen = same == notebook_.visits().end() || !chosen_
                           ? 0
                           : static_cast<int>(notebook_.visits().end() - same) - 1;
    table_->setRowCount(static_cast<int>(notebook_.visits().size()));
    for (int row = 0; row < table_->rowCount(); ++row) {
        const auto& visit = notebook_.visits()[visitIn(row)];
        const QString plan =
            visit.answer ? wording::machinesLine(visit.answer->plan) : tr("nothing fitted the budget");
        const QStringList texts{timeOf(visit),
                                marketOf(visit),
                                questionOf(visit),
                                wording::moneyPerHour(visit.question.budget),
                                plan,
                                QString::fromStdString(visit.note)};
        for (int column = 0; column < columns; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            if (column != own_note) item->setFlags(item->flags() & ~Qt::ItemIsEditable);
            table_->setItem(row, column, item);
        }
    }
    if (table_->rowCount() > 0) table_->setCurrentCell(chosen, own_note);
    back_->setEnabled(table_->rowCount() > 0);
}

void HistoryDialog::noted(QTableWidgetItem* item) {
    if (item->column() == own_note) notebook_.setVisitNote(visitIn(item->row()), item->text());
}

void HistoryDialog::goBack() {
    const int row = table_->currentRow();
    if (row >= 0) state_.set(notebook_.visits()[visitIn(row)].question, tr("an answer from before"));
}

}  // namespace deepvm::ui::window
