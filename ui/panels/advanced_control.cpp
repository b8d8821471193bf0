// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/advanced_control.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"

namespace deepvm::ui::panels {
namespace {

constexpr int number_width = 72;
constexpr int box_width = 128;
constexpr int as_the_workload = -1;  // item of the precisions

/// What a number is called here, on the command line and in undo steps, and what it does.
struct NumberText {
    const char* key;  // state::AssumptionNumber's
    QString name;
    QString step;
    QString unit;
    QString empty;  // what no number means; there must be one where this is empty
    QString option;
    QString what;
    double shown = 1;
};

std::vector<NumberText> numberTexts() {
    const auto tr = [](const char* text) { return AdvancedControl::tr(text); };
    const QString percent = QStringLiteral("%");
    return {
        {"utilisation", tr("Utilisation, %"), tr("utilisation"), percent, tr("known"), "--utilisation",
         tr("The share of the accelerators' peak rate that training reaches, in place of measured and "
            "estimated "
            "speeds."),
         100},
        {"overlap",
         tr("Overlap, %"),
         tr("overlap"),
         percent,
         {},
         "--overlap",
         tr("The share of the communication between machines that is hidden behind computing."),
         100},
        {"min_efficiency", tr("Least efficiency, %"), tr("least efficiency"), percent, tr("market's"),
         "--min-efficiency",
         tr("The least that the machines of a cluster must do together of what each would do alone: no "
            "cluster "
            "is rented that mostly waits."),
         100},
        {"checkpoint_gib", tr("Checkpoint, GiB"), tr("checkpoint"), tr("GiB"), tr("workload's"),
         "--checkpoint-gib", tr("The size of one checkpoint, which is kept in remote memory and written.")},
        {"buffer_depth",
         tr("Checkpoints held"),
         tr("checkpoints held"),
         tr("checkpoints"),
         {},
         "--buffer-depth",
         tr("How many checkpoints the memory of the remote nodes holds at once.")},
        {"disk_gbs",
         tr("Local disk, GB/s"),
         tr("local disk"),
         tr("GB/s"),
         {},
         "--disk-gbs",
         tr("How fast the disk of an anchor takes a checkpoint. Counts for a job.")},
        {"store_gbs",
         tr("Object store, GB/s"),
         tr("object store"),
         tr("GB/s"),
         {},
         "--store-gbs",
         tr("How fast one machine writes a checkpoint into a bucket. Counts for a job.")},
        {"store_usd_per_gib_month",
         tr("Store, $ a GiB-month"),
         tr("store price"),
         tr("$ a GiB and month"),
         {},
         "--store-price",
         tr("What the bucket with the checkpoints costs. Counts for a job.")},
        {"provisioning_s",
         tr("New machine, s"),
         tr("new machine"),
         tr("s"),
         {},
         "--provisioning",
         tr("From a revocation until the machine that comes instead is ready to load. Counts for a job.")},
    };
}

const NumberText& textOf(const state::AssumptionNumber& number) {
    static const auto texts = numberTexts();
    return *std::ranges::find_if(texts, [&](const auto& text) { return qstrcmp(text.key, number.key) == 0; });
}

// Percentages are kept as shares, the nearest to what was typed: 12.3 is 0.123 to the last bit, as on the
// command line.
std::optional<double> kept(std::optional<double> value, double shown) {
    if (!value || shown == 1) return value;
    constexpr double places = 1e6;
    return std::round(*value * places) / (places * shown);
}

std::optional<double> shownValue(std::optional<double> value, double shown) {
    if (!value || shown == 1) return value;
    constexpr double places = 1e9;
    return std::round(*value * shown * places) / places;
}

QString asTyped(double value) {
    return QString::number(value, 'g', 6);
}

QString tip(const QString& what, const QString& first, const QString& range, const QString& option) {
    return AdvancedControl::tr("<p>%1</p><p>At first: %2.%3</p><p>On the command line: %4</p>")
        .arg(what.toHtmlEscaped(), first.toHtmlEscaped(),
             range.isEmpty() ? QString() : AdvancedControl::tr(" From %1.").arg(range.toHtmlEscaped()),
             option);
}

}  // namespace

AdvancedControl::AdvancedControl(state::ExplorationState& state, state::Planning& planning, QWidget* parent)
    : QWidget(parent),
      state_(state),
      planning_(planning),
      head_(new QToolButton),
      body_(new QWidget),
      precision_(new widgets::SelectBox),
      hosts_(new widgets::SelectBox),
      resetAll_(new QPushButton(tr("Reset all"))),
      problem_(widgets::label({}, "error")) {
    head_->setObjectName(QStringLiteral("advancedFold"));
    head_->setProperty("role", "fold");
    head_->setCheckable(true);
    head_->setArrowType(Qt::RightArrow);
    head_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    head_->setAccessibleName(tr("Advanced settings"));
    body_->setObjectName(QStringLiteral("advancedBody"));
    body_->hide();
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    addChoices(*column);
    addNumbers(*column);
    addReset(*column);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addWidget(head_, 0, Qt::AlignLeft);
    all->addWidget(body_);
    connect(head_, &QToolButton::toggled, this, [this](bool unfolded) {
        head_->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
        body_->setVisible(unfolded);
    });
    connect(&state_, &state::ExplorationState::changed, this, &AdvancedControl::refresh);
    connect(&planning_, &state::Planning::sceneChanged, this, &AdvancedControl::refreshUse);
    refresh();
    refreshUse();
}

void AdvancedControl::addChoices(QVBoxLayout& column) {
    precision_->setObjectName(QStringLiteral("precision"));
    precision_->setAccessibleName(tr("Precision"));
    precision_->addItem(tr("workload's"), as_the_workload);
    for (const auto& [of, text] :
         {std::pair(model::Precision::fp32, tr("fp32")), std::pair(model::Precision::tf32, tr("tf32")),
          std::pair(model::Precision::tensor, tr("tensor, 16 bit")),
          std::pair(model::Precision::fp8, tr("fp8"))})
        precision_->addItem(text, static_cast<int>(of));
    hosts_->setObjectName(QStringLiteral("hosts"));
    hosts_->setAccessibleName(tr("Hosts"));
    hosts_->addItem(tr("x86"), static_cast<int>(problem::Hosts::x86));
    hosts_->addItem(tr("x86, ARM"), static_cast<int>(problem::Hosts::any));
    for (auto* box : {precision_, hosts_})
        theme::setDesignSize(*box, {box_width, 0});
    precisionRow_ = new SettingRow(QStringLiteral("precision"), tr("Precision"), precision_);
    hostsRow_ = new SettingRow(QStringLiteral("hosts"), tr("Hosts"), hosts_);
    column.addWidget(precisionRow_);
    column.addWidget(hostsRow_);
    const auto setPrecision = [](session::Exploration& of, int to) {
        of.assumptions.precision =
            to == as_the_workload ? std::nullopt : std::optional(static_cast<model::Precision>(to));
    };
    const auto setHosts = [](session::Exploration& of, int to) {
        of.assumptions.hosts = static_cast<problem::Hosts>(to);
    };
    connect(precision_, &QComboBox::activated, this, [this, setPrecision] {
        set(setPrecision, precision_->currentData().toInt(),
            tr("precision to %1").arg(precision_->currentText()));
    });
    connect(hosts_, &QComboBox::activated, this, [this, setHosts] {
        set(setHosts, hosts_->currentData().toInt(), tr("hosts to %1").arg(hosts_->currentText()));
    });
    connect(precisionRow_, &SettingRow::reset, this,
            [this, setPrecision] { set(setPrecision, as_the_workload, tr("the usual precision")); });
    connect(hostsRow_, &SettingRow::reset, this, [this, setHosts] {
        set(setHosts, static_cast<int>(session::Exploration{}.assumptions.hosts), tr("the usual hosts"));
    });
}

void AdvancedControl::addNumbers(QVBoxLayout& column) {
    for (const auto& number : state::assumptionNumbers()) {
        const auto& text = textOf(number);
        auto* field = new widgets::NumberField(
            text.name, {number.least * text.shown, number.most * text.shown, text.unit, text.empty, false});
        field->setObjectName(QLatin1String(number.key));
        theme::setDesignSize(*field, {number_width, 0});
        auto* row = new SettingRow(QLatin1String(number.key), text.name, field);
        column.addWidget(row);
        const Number made{&number, text.shown, field, row};
        numbers_.push_back(made);
        connect(field, &widgets::NumberField::entered, this,
                [this, made, text = &text](std::optional<double> value) {
                    enter(made, kept(value, made.shown),
                          value ? tr("%1 to %2 %3").arg(text->step, asTyped(*value), text->unit)
                                : tr("the usual %1").arg(text->step));
                });
        connect(row, &SettingRow::reset, this, [this, made, text = &text] {
            enter(made, made.of->get(session::Exploration{}), tr("the usual %1").arg(text->step));
        });
        connect(field, &widgets::NumberField::problem, this, [this](const QString& message) {
            problem_->setText(widgets::unbroken(message));
            problem_->setVisible(!message.isEmpty());
        });
    }
}

void AdvancedControl::addReset(QVBoxLayout& column) {
    problem_->setObjectName(QStringLiteral("advancedProblem"));
    problem_->setWordWrap(true);
    problem_->hide();
    resetAll_->setObjectName(QStringLiteral("advancedResetAll"));
    resetAll_->setProperty("role", "link");
    column.addWidget(problem_);
    column.addWidget(resetAll_, 0, Qt::AlignRight);
    connect(resetAll_, &QPushButton::clicked, this, [this] {
        auto next = state_.value();
        const session::Exploration usual;
        next.assumptions = usual.assumptions;
        for (const auto& number : numbers_)
            number.of->set(next, number.of->get(usual));
        state_.set(std::move(next), tr("the usual advanced settings"));
    });
}

void AdvancedControl::set(void (*change)(session::Exploration&, int), int to, const QString& step) {
    auto next = state_.value();
    change(next, to);
    state_.set(std::move(next), step);
}

void AdvancedControl::enter(const Number& number, std::optional<double> value, const QString& step) {
    auto next = state_.value();
    number.of->set(next, value);
    state_.set(std::move(next), step);
}

void AdvancedControl::refresh() {
    const auto& exploration = state_.value();
    const session::Exploration usual;
    const auto& set = exploration.assumptions;
    precision_->select(set.precision ? static_cast<int>(*set.precision) : as_the_workload);
    hosts_->select(static_cast<int>(set.hosts));
    precisionRow_->setChanged(set.precision != usual.assumptions.precision);
    hostsRow_->setChanged(set.hosts != usual.assumptions.hosts);
    int changed = (precisionRow_->changed() ? 1 : 0) + (hostsRow_->changed() ? 1 : 0);
    for (const auto& number : numbers_) {
        const auto value = number.of->get(exploration);
        number.field->setNumber(shownValue(value, number.shown));
        number.row->setChanged(value != number.of->get(usual));
        changed += number.row->changed() ? 1 : 0;
    }
    resetAll_->setVisible(changed > 0);
    head_->setText(changed > 0 ? tr("ADVANCED · %1 CHANGED").arg(changed) : tr("ADVANCED"));
}

// What the market and the workload say where nothing is set, and which settings do not count there.
void AdvancedControl::refreshUse() {
    const auto& scene = planning_.scene();
    const bool published = scene && scene->market->kind == model::MarketKind::published;
    const QString why = published
                            ? tr("The published data set has rates of one job on hosts that it does not name")
                            : QString();
    for (auto* box : {precision_, hosts_})
        box->setEnabled(!published);
    precisionRow_->setTip(published
                              ? why
                              : tip(tr("The numbers that the training multiplies in: fewer bits are faster "
                                       "where the accelerator has units for them."),
                                    tr("as the workload says"), {}, QStringLiteral("--precision")));
    hostsRow_->setTip(published
                          ? why
                          : tip(tr("Which processors workers may have. ARM needs programs of its own; a "
                                   "cluster never has both."),
                                tr("x86"), {}, QStringLiteral("--hosts")));
    for (auto& number : numbers_)
        tell(number);
}

void AdvancedControl::tell(Number& number) {
    const auto& text = textOf(*number.of);
    const auto& scene = planning_.scene();
    const QLatin1String key(number.of->key);
    QString first = text.empty;
    if (const auto usual = shownValue(number.of->get(session::Exploration{}), number.shown))
        first = QStringLiteral("%1 %2").arg(asTyped(*usual), text.unit);
    QString why;
    if (scene) {
        const auto& request = scene->problem->request;
        std::optional<double> here;
        if (key == QLatin1String("min_efficiency"))
            here = 100 * problem::least_efficiency(*scene->market, problem::Request{});
        if (key == QLatin1String("checkpoint_gib"))
            here = model::checkpoint_gib(problem::workload_of(*scene->problem));
        if (here) {
            number.field->setPlaceholderText(QString::number(*here, 'g', 3));
            first = tr("%1, here %2 %3").arg(text.empty, QString::number(*here, 'g', 3), text.unit);
        }
        if (key == QLatin1String("utilisation") && scene->market->kind == model::MarketKind::published)
            why = tr("The published data set has rates of its own");
        if ((key == QLatin1String("checkpoint_gib") || key == QLatin1String("buffer_depth")) &&
            request.preset == problem::Preset::published)
            why = tr("The published rules have one remote node hold one fixed checkpoint");
    }
    number.field->setUsable(why.isEmpty());
    const QString range = tr("%1 to %2 %3")
                              .arg(asTyped(number.of->least * number.shown),
                                   asTyped(number.of->most * number.shown), text.unit);
    number.row->setTip(why.isEmpty() ? tip(text.what, first, range, text.option) : why);
}

}  // namespace deepvm::ui::panels
