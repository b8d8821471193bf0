// SPDX-License-Identifier: GPL-3.0-or-later
#include "offer_pages/import_page.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTextBlock>
#include <QTextCursor>
#include <chrono>

#include "base/dates.h"
#include "imports/formats.h"
#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/wording.h"

namespace deepvm::ui::offer_pages {
namespace {

using Stage = state::ImportDesk::Stage;

enum Shown { guide, report };

constexpr int name_width = 184;  // pixels of the design

QString viewed(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString counted(std::size_t number, const QString& one, const QString& many) {
    return QStringLiteral("%1 %2").arg(wording::whole(static_cast<double>(number)), number == 1 ? one : many);
}

QPushButton* named(const QString& text, const char* name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    return made;
}

std::size_t refusedRows(const imports::ImportReport& report) {
    std::size_t rows = 0;
    for (const auto& file : report.files)
        for (const auto& [kind, refused] : file.refused)
            rows += refused.rows;
    return rows;
}

// "12 prices would change, 3 would be new, 88 stay as they are; 4 rows cannot be used"
QString summary(const imports::ImportReport& report) {
    const bool dry = report.dry_run;
    const auto prices = [](std::size_t number) {
        return counted(number, ImportPage::tr("price"), ImportPage::tr("prices"));
    };
    QStringList parts;
    if (!report.changes.empty())
        parts << (dry ? ImportPage::tr("%1 would change") : ImportPage::tr("%1 changed"))
                     .arg(prices(report.changes.size()));
    if (report.new_prices > 0)
        parts << (dry ? ImportPage::tr("%1 would be new") : ImportPage::tr("%1 new"))
                     .arg(prices(report.new_prices));
    if (report.confirmed > 0)
        parts << ImportPage::tr("%1 as before, of a newer day").arg(prices(report.confirmed));
    if (parts.empty()) parts << ImportPage::tr("no price would change");
    QString text = parts.join(QStringLiteral(", "));
    if (const auto refused = refusedRows(report); refused > 0)
        text += ImportPage::tr("; %1 cannot be used")
                    .arg(counted(refused, ImportPage::tr("row"), ImportPage::tr("rows")));
    return text;
}

QString withoutFirstLine(const std::string& text) {
    return QString::fromStdString(text.substr(std::min(text.size(), text.find('\n') + 1)));
}

}  // namespace

ImportPage::ImportPage(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : Page(QStringLiteral("import"), state, parent),
      planning_(planning),
      desk_(planning),
      status_(widgets::label({}, "muted")),
      body_(new QStackedWidget) {
    auto* content = new QWidget;
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(widgets::grid);
    all->addWidget(buildHead());
    status_->setObjectName(QStringLiteral("importStatus"));
    status_->setWordWrap(true);
    all->addWidget(status_);
    body_->addWidget(buildGuide());
    body_->addWidget(buildReport());
    all->addWidget(body_, 1);
    setContent(content);
    showContent();
    setAccessibleName(
        tr("Prices out of files: how to fetch them, what they would change, and taking them over."));
    connect(&desk_, &state::ImportDesk::changed, this, &ImportPage::refresh);
    connect(&planning_, &state::Planning::catalogOpened, this, &ImportPage::refreshShown);
}

QWidget* ImportPage::buildHead() {
    changed_ = named(tr("What changed"), "importChanged", tr("What the last import changed, largest first"));
    connect(changed_, &QPushButton::clicked, &desk_, &state::ImportDesk::compare);
    choose_ = named(tr("Import prices ..."), "importChoose", tr("Choose files; several go in at once"));
    choose_->setProperty("role", "primary");
    connect(choose_, &QPushButton::clicked, this, &ImportPage::askForFiles);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::grid);
    row->addWidget(widgets::label(tr("Prices out of files"), "heading"));
    row->addStretch();
    row->addWidget(changed_);
    row->addWidget(choose_);
    return head;
}

QWidget* ImportPage::buildGuide() {
    auto* lines = new QWidget;
    auto* list = new QVBoxLayout(lines);
    list->setSpacing(widgets::grid / 2);
    list->addWidget(widgets::capsLabel(tr("What is understood, and the command that fetches it")));
    for (const auto& format : imports::formats()) {
        const QString command = viewed(format.fetch);
        auto* name = widgets::label(viewed(format.title), "strong");
        theme::setDesignSize(*name, {name_width, 0});
        auto* field = new QLineEdit(command);
        field->setReadOnly(true);
        field->setAcceptDrops(false);
        field->setProperty("role", "code");
        field->setCursorPosition(0);
        field->setObjectName(QStringLiteral("fetch-") + viewed(format.name));
        field->setAccessibleName(tr("Command that fetches: %1").arg(viewed(format.title)));
        field->setToolTip(command);
        auto* copy = new QPushButton(tr("Copy"));
        copy->setProperty("role", "compact");
        copy->setAccessibleName(tr("Copy the command for %1").arg(viewed(format.title)));
        connect(copy, &QPushButton::clicked, this,
                [command] { QApplication::clipboard()->setText(command); });
        auto* row = new QHBoxLayout;
        row->setSpacing(widgets::grid);
        row->addWidget(name);
        row->addWidget(field, 1);
        row->addWidget(copy);
        list->addLayout(row);
    }
    list->addSpacing(widgets::grid);
    list->addWidget(widgets::capsLabel(tr("Where the prices of this catalog are from")));
    sources_ = new QVBoxLayout;
    sources_->setSpacing(widgets::grid / 2);
    list->addLayout(sources_);
    list->addStretch();
    return widgets::scrolledColumn(lines);
}

QWidget* ImportPage::buildReport() {
    heading_ = widgets::label({}, "heading");
    heading_->setObjectName(QStringLiteral("importHeading"));
    heading_->setWordWrap(true);
    text_ = new QTextEdit;
    text_->setObjectName(QStringLiteral("importReport"));
    text_->setAccessibleName(tr("Report"));
    text_->setReadOnly(true);
    text_->setAcceptDrops(false);
    text_->setTabChangesFocus(true);
    text_->setFrameShape(QFrame::NoFrame);
    take_ = named(tr("Import"), "importTake", tr("Takes these prices into your own catalog, in one step"));
    take_->setProperty("role", "primary");
    connect(take_, &QPushButton::clicked, &desk_, &state::ImportDesk::write);
    leave_ = named(tr("Cancel"), "importCancel", {});
    connect(leave_, &QPushButton::clicked, &desk_, &state::ImportDesk::cancel);
    auto* page = new QWidget;
    auto* all = new QVBoxLayout(page);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(widgets::grid);
    all->addWidget(heading_);
    all->addWidget(text_, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(widgets::grid);
    row->addStretch();
    row->addWidget(leave_);
    row->addWidget(take_);
    all->addLayout(row);
    return page;
}

void ImportPage::read(const QStringList& files) {
    desk_.read(files);
}

void ImportPage::askForFiles() {
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Files with prices"), {},
                                                            tr("Prices (*.csv *.json *.gz);;All files (*)"));
    if (!files.isEmpty()) read(files);
}

void ImportPage::refresh() {
    const bool busy = desk_.busy();
    const auto stage = desk_.stage();
    const auto notes = planning_.notes();
    const bool own = !planning_.files().own.empty() && notes.file == planning_.files().own;
    widgets::restyle(*status_, "role", desk_.problem().isEmpty() ? "muted" : "error");
    status_->setText(
        !desk_.problem().isEmpty()
            ? wording::said(words::sentence(desk_.problem().toStdString())) + QLatin1Char('.')
        : own ? tr("The prices on show are those of your own catalog, %1. Choose files with newer ones, or "
                   "drop them on the window.")
                    .arg(QString::fromStdString(notes.file.string()))
              : tr("The prices on show are those of the catalog that the program brought. Choose files with "
                   "newer ones, or drop them on the window: they go into a catalog of your own."));
    choose_->setEnabled(stage != Stage::writing);
    changed_->setEnabled(desk_.comparable() && !busy);
    body_->setCurrentIndex(stage == Stage::idle ? guide : report);
    if (stage == Stage::idle)
        fillSources();
    else
        showReport();
}

void ImportPage::fillSources() {
    const auto notes = planning_.notes();
    if (!notes.sources) return;
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    if (shownSources_ == notes.sources) return;
    shownSources_ = notes.sources;
    while (auto* item = sources_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& source : *notes.sources) {
        const auto day = base::parse_iso_date(source.as_of);
        const auto days = day ? (today - *day).count() : 0;
        auto* age = widgets::label(days > model::stale_days
                                       ? tr("%1, %2 days: stale").arg(viewed(source.as_of)).arg(days)
                                       : tr("%1, %2 days").arg(viewed(source.as_of)).arg(days),
                                   "smallText");
        theme::setDesignSize(*age, {name_width, 0});
        auto* from = widgets::label(viewed(source.description), "small");
        from->setWordWrap(true);
        from->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(widgets::grid);
        row->addWidget(age, 0, Qt::AlignTop);
        row->addWidget(from, 1);
        sources_->addWidget(line);
    }
}

void ImportPage::showReport() {
    const auto stage = desk_.stage();
    const auto& done = desk_.report();
    QStringList names;
    for (const QString& file : desk_.files())
        names << QFileInfo(file).fileName();
    const QString all = names.join(QStringLiteral(", "));
    take_->setVisible(stage == Stage::read);
    take_->setEnabled(done && !(done->changes.empty() && done->new_prices == 0 && done->confirmed == 0 &&
                                done->new_offers == 0));
    const bool running = desk_.busy();
    leave_->setText(running || stage == Stage::read ? tr("Cancel") : tr("Close"));
    leave_->setToolTip(running || stage == Stage::read ? tr("Leaves the catalog as it is (Escape)")
                                                       : tr("Back to the formats and sources"));
    switch (stage) {
        case Stage::reading:
            return write(tr("Reading %1 ...").arg(all), tr("Nothing is changed yet."));
        case Stage::writing:
            return write(tr("Importing %1 ...").arg(all),
                         tr("The catalog is replaced in one step, once all is read."));
        case Stage::comparing:
            return write(tr("Comparing the catalogs ..."), {});
        case Stage::compared:
            return write(tr("What the last import changed"), withoutFirstLine(desk_.difference()));
        case Stage::read:
        case Stage::written:
            return write(summary(*done), withoutFirstLine(imports::report_text(*done)));
        case Stage::idle:
            return;
    }
}

// What is not indented is a heading. Plain text: nothing out of a file is read as markup.
void ImportPage::write(const QString& heading, const QString& lines) {
    heading_->setText(heading);
    text_->clear();
    QTextCursor cursor(text_->document());
    bool first = true;
    for (const QString& line : lines.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const auto depth =
            std::find_if(line.begin(), line.end(), [](QChar c) { return c != u' '; }) - line.begin();
        QTextBlockFormat block;
        block.setTopMargin(depth == 0 && !first ? theme::scaled(widgets::grid) : 0);
        block.setLeftMargin(theme::scaled(static_cast<int>(depth) * widgets::grid));
        QTextCharFormat format;
        format.setFontWeight(depth == 0 ? QFont::DemiBold : QFont::Normal);
        if (first)
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block);
        cursor.insertText(depth == 0 ? wording::sentence(line) : line.mid(depth), format);
        first = false;
    }
    text_->moveCursor(QTextCursor::Start);
}

}  // namespace deepvm::ui::offer_pages
