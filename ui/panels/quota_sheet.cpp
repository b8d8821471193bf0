// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/quota_sheet.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/wording.h"
#include "words/quotas.h"

namespace deepvm::ui::panels {
namespace {

constexpr std::chrono::milliseconds quiet_after_edit{150};  // a drag of the budget is over
constexpr int quota_row_height = 32;

base::Result<explain::QuotaGains> findGains(const state::Answer& answer, const jobs::NoQuestion&,
                                            const std::stop_token& stop) {
    return explain::quota_gains(*answer.scene->problem, *answer.decision, stop);
}

// The field of the style sheet's small numbers, which fits into a row.
class LimitDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override {
        auto* editor = QStyledItemDelegate::createEditor(parent, option, index);
        editor->setObjectName(QStringLiteral("quotaEditor"));
        editor->setProperty("role", "number");
        if (auto* line = qobject_cast<QLineEdit*>(editor)) {
            line->setAlignment(Qt::AlignRight);
            line->setPlaceholderText(QuotaSheet::tr("no limit"));
            line->setMaxLength(16);
        }
        return editor;
    }
};

}  // namespace

QuotaSheet::QuotaSheet(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QDialog(parent),
      state_(state),
      planning_(planning),
      study_(new GainStudy(planning, {}, findGains, quiet_after_edit, this)),
      model_(new QuotaModel(this)),
      table_(new QTableView),
      words_(widgets::label({}, "small")),
      problem_(widgets::label({}, "error")),
      removeAll_(new QPushButton(tr("Remove all"))) {
    setObjectName(QStringLiteral("quotaSheet"));
    setWindowTitle(tr("Quotas"));
    setAttribute(Qt::WA_WindowPropagation);  // the colours and the font of the window it belongs to
    resize(920, 520);
    buildTable();
    build();
    setColours(theme::palette(theme::Mode::light));
    connect(model_, &QuotaModel::entered, this, &QuotaSheet::enter);
    connect(model_, &QuotaModel::problem, this, [this](const QString& message) {
        problem_->setText(message.isEmpty() ? message : wording::sentence(message) + QLatin1Char('.'));
        problem_->setVisible(!message.isEmpty());
    });
    connect(removeAll_, &QPushButton::clicked, this, &QuotaSheet::removeAll);
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, state_.undoStack(),
            &QUndoStack::undo);
    connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, state_.undoStack(),
            &QUndoStack::redo);
    connect(study_, &jobs::Study::changed, this, &QuotaSheet::refresh);
    connect(&state_, &state::ExplorationState::changed, this, &QuotaSheet::refresh);
    connect(&planning_, &state::Planning::answerChanged, this, &QuotaSheet::refresh);
}

// ~QDialog hides the sheet, and what is open in its table is entered: there is nobody left to take it.
QuotaSheet::~QuotaSheet() {
    model_->disconnect(this);
}

void QuotaSheet::buildTable() {
    table_->setObjectName(QStringLiteral("quotaTable"));
    table_->setAccessibleName(tr("Quotas"));
    table_->setModel(model_);
    table_->setItemDelegateForColumn(QuotaModel::limit, new LimitDelegate(table_));
    table_->setProperty("role", "page");
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setTabKeyNavigation(false);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->verticalHeader()->hide();
    theme::setDesignRows(*table_, quota_row_height);
    auto* head = table_->horizontalHeader();
    head->setHighlightSections(false);
    head->setSectionsClickable(false);
    head->setSectionResizeMode(QHeaderView::Fixed);
    head->setSectionResizeMode(QuotaModel::gain, QHeaderView::Stretch);
    table_->installEventFilter(this);
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& at) {
        if (at.column() == QuotaModel::limit) table_->edit(at);
    });
}

void QuotaSheet::build() {
    words_->setObjectName(QStringLiteral("quotaWords"));
    problem_->setObjectName(QStringLiteral("quotaProblem"));
    for (auto* text : {words_, problem_})
        text->setWordWrap(true);
    problem_->hide();
    removeAll_->setObjectName(QStringLiteral("quotaRemoveAll"));
    removeAll_->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::hide);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(removeAll_);
    buttons->addStretch();
    buttons->addWidget(close);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(widgets::margin, widgets::gutter, widgets::margin, widgets::gutter);
    all->setSpacing(widgets::grid);
    all->addWidget(widgets::label(tr("Quotas"), "heading"));
    all->addWidget(words_);
    all->addWidget(table_, 1);
    all->addWidget(problem_);
    all->addLayout(buttons);
}

// The window dresses the sheet with itself, also when its text becomes larger.
void QuotaSheet::setColours(const theme::Palette& palette) {
    table_->setColumnWidth(QuotaModel::title, theme::scaled(168));
    table_->setColumnWidth(QuotaModel::limit, theme::scaled(112));
    table_->setColumnWidth(QuotaModel::used, theme::scaled(72));
    model_->setMuted(palette.muted);
}

void QuotaSheet::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    study_->setWatched(true);
    refresh();
}

void QuotaSheet::hideEvent(QHideEvent* event) {
    study_->setWatched(false);
    QDialog::hideEvent(event);
}

// Delete takes a limit away, as it does in a spreadsheet.
bool QuotaSheet::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const auto at = table_->currentIndex();
        if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && at.isValid() &&
            at.column() == QuotaModel::limit)
            return model_->setData(at, QString(), Qt::EditRole);
    }
    return QDialog::eventFilter(watched, event);
}

void QuotaSheet::enter(int row, std::optional<int> vcpus) {
    const auto& edited = model_->rows()[static_cast<std::size_t>(row)];
    auto next = state_.value();
    auto& limits = edited.purchase == problem::Purchase::spot ? next.spot_quota : next.on_demand_quota;
    if (vcpus)
        limits[edited.key] = *vcpus;
    else
        limits.erase(edited.key);
    const QString step = vcpus ? tr("quota of %1 to %2 vCPUs").arg(edited.title, wording::whole(*vcpus))
                               : tr("no quota of %1").arg(edited.title);
    state_.set(std::move(next), step);
}

void QuotaSheet::removeAll() {
    auto next = state_.value();
    for (const auto& row : model_->rows())
        (row.purchase == problem::Purchase::spot ? next.spot_quota : next.on_demand_quota).erase(row.key);
    state_.set(std::move(next), tr("no quotas"));
}

void QuotaSheet::refresh() {
    if (!study_->watched()) return;
    const auto& scene = planning_.scene();
    const auto& decision = planning_.decision();
    model_->setRows(scene ? rowsOf(*scene) : std::vector<QuotaRow>());
    removeAll_->setEnabled(
        std::ranges::any_of(model_->rows(), [](const QuotaRow& row) { return row.limit.has_value(); }));
    QString words =
        tr("How many vCPUs of a class your account may run at once; spot and on-demand machines count apart. "
           "A class "
           "without a number has no limit.");
    if (decision)
        words += tr(" What more of one limit alone brings is planned anew at %1.")
                     .arg(wording::moneyPerHour(decision->budget));
    words_->setText(widgets::unbroken(words));
}

std::vector<QuotaRow> QuotaSheet::rowsOf(const state::Scene& scene) const {
    const auto& decision = planning_.decision();
    const auto& market = *scene.market;
    const auto& exploration = state_.value();
    explain::QuotaUse use;
    if (decision && !decision->ranked.empty())
        use = explain::quota_use(*scene.problem, decision->ranked.front());
    auto unset = scene.problem->request;
    unset.spot_quota.clear();
    unset.on_demand_quota.clear();
    std::vector<QuotaRow> rows;
    for (const auto& each : problem::quota_classes(market))
        for (const auto purchase : problem::all_purchases) {
            const bool spot = purchase == problem::Purchase::spot;
            QuotaRow row;
            row.key = session::quota_key(market, each.name);
            row.purchase = purchase;
            row.title = wording::said(words::quota_title(each.name, purchase));
            QStringList families;
            for (const auto& family : each.families)
                families << wording::said(family);
            row.families = families.join(QStringLiteral(", "));
            const auto& limits = spot ? exploration.spot_quota : exploration.on_demand_quota;
            if (const auto own = limits.find(row.key); own != limits.end()) row.limit = own->second;
            row.market = problem::quota(market, unset, purchase, each.name);
            if (spot && !each.spot && !row.limit) continue;
            if (const auto used = use.find({each.name, purchase}); used != use.end()) row.used = used->second;
            addGain(row, each.name, scene);
            rows.push_back(std::move(row));
        }
    return rows;
}

// Of the answer on show alone: a sentence about another budget would be a wrong one.
void QuotaSheet::addGain(QuotaRow& row, const std::string& quota_class, const state::Scene& scene) const {
    if (!row.limit && !row.market) return;
    const auto* value = study_->value();
    if (value != nullptr && study_->finding()->answer.decision == planning_.decision()) {
        const auto found = std::ranges::find_if(value->limits, [&](const explain::QuotaGain& gain) {
            return gain.quota_class == quota_class && gain.purchase == row.purchase;
        });
        if (found == value->limits.end()) return;
        row.gain =
            wording::said(words::gain_words(scene.problem->request.objective, *found, wording::in_print));
        row.helps = found->least.has_value();
    } else if (const auto* error = study_->error()) {
        row.gain = wording::said(error->message);
    } else {
        row.gain = tr("Planning anew ...");
    }
}

}  // namespace deepvm::ui::panels
