// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/glossary_dialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/glossary.h"
#include "wording/term_tips.h"

namespace deepvm::ui::window {
namespace {

constexpr int list_width = 200;

const words::Term& termIn(int row) {
    return words::glossary()[static_cast<std::size_t>(row)];
}

QStringList spellingsOf(const words::Term& term) {
    QStringList all;
    for (const auto each : words::spellings_of(term))
        all << QString::fromUtf8(each.data(), static_cast<qsizetype>(each.size()));
    return all;
}

/// How well a term is what somebody looks for: its name, another name, or a word in its meaning.
enum class Match { name, spelling, meaning, none };

Match matchOf(const words::Term& term, const QString& text) {
    if (wording::termTitle(term).startsWith(text, Qt::CaseInsensitive)) return Match::name;
    if ((QStringList{wording::termTitle(term)} + spellingsOf(term))
            .join(QLatin1Char('\n'))
            .contains(text, Qt::CaseInsensitive))
        return Match::spelling;
    return wording::meaningOf(term).contains(text, Qt::CaseInsensitive) ? Match::meaning : Match::none;
}

}  // namespace

GlossaryDialog::GlossaryDialog(QWidget* parent)
    : QDialog(parent),
      search_(new QLineEdit),
      list_(new QListWidget),
      name_(widgets::label({}, "heading")),
      meaning_(new QLabel),
      others_(widgets::label({}, "small")),
      link_(parent->palette().color(QPalette::Link)) {
    setObjectName(QStringLiteral("glossary"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What do the words mean?"));
    resize(theme::scaled(680), theme::scaled(440));
    search_->setObjectName(QStringLiteral("glossarySearch"));
    search_->setPlaceholderText(tr("Search in words and meanings"));
    search_->setAccessibleName(search_->placeholderText());
    search_->setClearButtonEnabled(true);
    search_->installEventFilter(this);
    list_->setObjectName(QStringLiteral("glossaryList"));
    list_->setAccessibleName(tr("Words"));
    list_->setFixedWidth(theme::scaled(list_width));
    for (const auto& term : words::glossary())
        list_->addItem(wording::termTitle(term));
    name_->setObjectName(QStringLiteral("glossaryName"));
    meaning_->setObjectName(QStringLiteral("glossaryMeaning"));
    meaning_->setProperty("role", "body");
    meaning_->setTextFormat(Qt::RichText);
    meaning_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    wording::explainLinks(*meaning_);
    others_->setObjectName(QStringLiteral("glossaryOthers"));
    for (auto* label : {meaning_, others_})
        label->setWordWrap(true);
    auto* entry = new QVBoxLayout;
    entry->setSpacing(widgets::grid);
    for (auto* label : {name_, meaning_, others_})
        entry->addWidget(label);
    entry->addStretch();
    auto* columns = new QHBoxLayout;
    columns->setSpacing(widgets::gutter);
    columns->addWidget(list_);
    columns->addLayout(entry, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);  // Return in the search is no end of it
    auto* all = new QVBoxLayout(this);
    all->addWidget(search_);
    all->addLayout(columns, 1);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(search_, &QLineEdit::textChanged, this, &GlossaryDialog::search);
    connect(list_, &QListWidget::currentRowChanged, this, &GlossaryDialog::explain);
    connect(meaning_, &QLabel::linkActivated, this, [this](const QString& link) {
        if (const auto* term = wording::termOfLink(link)) showTerm(*term);
    });
    list_->setCurrentRow(0);
    search_->setFocus();
}

void GlossaryDialog::showTerm(const words::Term& term) {
    search_->clear();
    for (int row = 0; row < list_->count(); ++row)
        if (&termIn(row) == &term) list_->setCurrentRow(row);
    list_->scrollToItem(list_->currentItem(), QAbstractItemView::PositionAtCenter);
}

// The best that is found is explained at once; what is explained stays where it is found, too.
void GlossaryDialog::search(const QString& text) {
    const QString wanted = text.simplified();
    int best = -1;
    auto best_match = Match::none;
    for (int row = 0; row < list_->count(); ++row) {
        const auto match = matchOf(termIn(row), wanted);
        list_->item(row)->setHidden(match == Match::none);
        if (match >= best_match) continue;
        best = row;
        best_match = match;
    }
    if (best < 0) {
        list_->setCurrentRow(-1);
        others_->setText(tr("No word here, and no meaning, has \"%1\" in it.").arg(wanted));
        return;
    }
    const bool kept = wanted.isEmpty() && list_->currentRow() >= 0;
    if (!kept) list_->setCurrentRow(best);
    list_->scrollToItem(list_->currentItem());
}

void GlossaryDialog::explain(int row) {
    name_->clear();
    meaning_->clear();
    others_->clear();
    if (row < 0) return;
    const auto& term = termIn(row);
    name_->setText(wording::termTitle(term));
    meaning_->setText(wording::inColour(wording::glossaryLinks(wording::meaningOf(term), &term), link_));
    if (const auto others = spellingsOf(term); !others.isEmpty())
        others_->setText(tr("Also: %1").arg(others.join(QStringLiteral(", "))));
}

void GlossaryDialog::setColours(const theme::Palette& palette) {
    link_ = palette.accent;
    if (list_->currentRow() >= 0) explain(list_->currentRow());
}

// The list is walked without leaving the search.
bool GlossaryDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched != search_ || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(list_, event);
            return true;
        default:
            return QDialog::eventFilter(watched, event);
    }
}

}  // namespace deepvm::ui::window
