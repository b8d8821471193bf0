// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/learn_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <algorithm>

#include "base/files.h"
#include "base/names.h"
#include "widgets/pieces.h"

namespace deepvm::ui::learn {
namespace {

namespace core = deepvm::lessons;

int stepsDone(const core::Attempt& attempt) {
    return static_cast<int>(std::ranges::count(attempt.answers, true, &core::StepAnswer::done));
}

QLabel* wrapped(const QString& text, const char* role) {
    auto* label = widgets::label(text, role);
    label->setWordWrap(true);
    return label;
}

}  // namespace

LearnPage::LearnPage(Player& player, QWidget* parent)
    : QStackedWidget(parent),
      player_(player),
      list_(new QWidget),
      column_(new QVBoxLayout(list_)),
      seed_(new QSpinBox),
      student_(new QLineEdit),
      handIn_(new QPushButton(tr("Save my answers ..."))),
      problem_(wrapped({}, "error")) {
    setObjectName(QStringLiteral("learnPage"));
    problem_->setObjectName(QStringLiteral("learnProblem"));
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(8);
    auto* page = new QWidget;
    auto* all = new QVBoxLayout(page);
    all->setContentsMargins(0, 8, 0, 0);
    all->setSpacing(12);
    all->addWidget(
        wrapped(tr("Played in this window, on real prices. What you are asked, the planner has worked "
                   "out; your own question is put back when you leave."),
                "muted"));
    all->addWidget(problem_);
    all->addWidget(widgets::scrolledColumn(list_), 1);
    all->addWidget(buildFoot());
    QStackedWidget::addWidget(page);
    // What others have done lies in files, which nobody reads for a page that nobody sees.
    connect(&player_, &Player::changed, this, [this] {
        if (isVisible()) refresh();
    });
}

QWidget* LearnPage::buildFoot() {
    seed_->setObjectName(QStringLiteral("exerciseSeed"));
    seed_->setButtonSymbols(QSpinBox::NoButtons);
    seed_->setRange(1, static_cast<int>(core::most_seed));
    seed_->setAccessibleName(tr("Number of the exercise"));
    seed_->setToolTip(
        tr("Everybody who plays exercise %1 has the same numbers; another number has others.").arg(1));
    student_->setObjectName(QStringLiteral("studentName"));
    student_->setPlaceholderText(tr("Your name, for who grades"));
    student_->setMaxLength(120);
    handIn_->setObjectName(QStringLiteral("handIn"));
    handIn_->setToolTip(tr("The answers to the lesson that was played last, to hand in"));
    auto* open = new QPushButton(tr("Open a lesson ..."));
    open->setObjectName(QStringLiteral("openLesson"));
    open->setToolTip(tr("A lesson that a teacher wrote: a .json file"));
    connect(open, &QPushButton::clicked, this, &LearnPage::openFile);
    connect(handIn_, &QPushButton::clicked, this, &LearnPage::saveAnswers);
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 8);
    row->setSpacing(8);
    row->addWidget(widgets::label(tr("Exercise number"), "muted"));
    row->addWidget(seed_);
    row->addSpacing(16);
    row->addWidget(student_, 1);
    row->addWidget(handIn_);
    row->addWidget(open);
    return foot;
}

void LearnPage::addWidget(const QString& name, QWidget* widget) {
    widgets_[name] = widget;
    QStackedWidget::addWidget(widget);
}

QWidget* LearnPage::rowOf(const Shelf::LessonPtr& lesson, std::size_t number) {
    const auto id = QString::fromStdString(lesson->id);
    Row row{.lesson = lesson};
    auto* title = wrapped(tr("%1  %2").arg(number).arg(QString::fromStdString(lesson->title)), "machines");
    auto* about = wrapped(QString::fromStdString(lesson->about), "muted");
    row.progress = widgets::label({}, "small");
    row.progress->setObjectName(QStringLiteral("progress-") + id);
    row.begin = new QPushButton;
    row.begin->setObjectName(QStringLiteral("begin-") + id);
    row.begin->setProperty("role", "primary");
    row.exercise = new QPushButton(tr("Exercise"));
    row.exercise->setObjectName(QStringLiteral("exercise-") + id);
    row.exercise->setToolTip(tr("The same with numbers of your own, drawn by the exercise number below"));
    row.anew = new QPushButton(tr("From the beginning"));
    row.anew->setObjectName(QStringLiteral("anew-") + id);
    row.anew->setProperty("role", "link");
    connect(row.anew, &QPushButton::clicked, this,
            [this, lesson] { player_.begin(lesson, std::nullopt, true); });
    connect(row.begin, &QPushButton::clicked, this, [this, lesson] { player_.begin(lesson, std::nullopt); });
    connect(row.exercise, &QPushButton::clicked, this, [this, lesson] { player_.begin(lesson, seed()); });
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(title);
    texts->addWidget(about);
    texts->addWidget(row.progress);
    auto* content = new QWidget;
    auto* all = new QHBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addLayout(texts, 1);
    all->addWidget(row.anew, 0, Qt::AlignVCenter);
    all->addWidget(row.exercise, 0, Qt::AlignVCenter);
    all->addWidget(row.begin, 0, Qt::AlignVCenter);
    row.exercise->setVisible(lesson->exercise.has_value());  // by itself it would be a window of its own
    rows_.push_back(row);
    return widgets::card(content, {16, 10, 16, 10});
}

Shelf& LearnPage::shelf() {
    if (!shelf_) shelf_.emplace();
    return *shelf_;
}

void LearnPage::fill() {
    while (auto* item = column_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    rows_.clear();
    std::size_t number = 0;
    for (const auto& lesson : shelf().lessons())
        column_->addWidget(rowOf(lesson, ++number));
    column_->addStretch(1);
    refresh();
}

void LearnPage::refresh() {
    for (const auto& row : rows_) {
        auto attempt = player_.progress().of(row.lesson->id, std::nullopt);
        if (attempt) core::fit_to(*row.lesson, *attempt);
        const int done = attempt ? stepsDone(*attempt) : 0;
        const int all = static_cast<int>(row.lesson->steps.size());
        const bool finished = attempt && core::finished(*row.lesson, *attempt);
        QString said =
            tr("%1 · %2 min").arg(QString::fromStdString(row.lesson->level)).arg(row.lesson->minutes);
        if (finished)
            said += tr(" · ✓ done");
        else if (done > 0)
            said += tr(" · %1 of %2 steps").arg(done).arg(all);
        row.progress->setText(said);
        row.anew->setVisible(done > 0 && !finished);
        row.begin->setText(finished ? tr("Again") : done > 0 ? tr("Go on") : tr("Begin"));
    }
    const bool playing = player_.stage() == Player::Stage::playing;
    handIn_->setEnabled(player_.lesson() != nullptr && !player_.attempt().answers.empty());
    QStringList problems{shelf().problem(), playing ? QString() : player_.problem()};
    problems.removeAll(QString());
    problem_->setText(problems.join(QLatin1Char('\n')));
    problem_->setVisible(!problem_->text().isEmpty());
    QWidget* shown = widget(0);
    if (playing && !player_.step().widget.empty())
        if (const auto found = widgets_.find(QString::fromStdString(player_.step().widget));
            found != widgets_.end())
            shown = found->second;
    setCurrentWidget(shown);
}

base::Result<void> LearnPage::play(const QString& id, std::optional<std::uint64_t> seed) {
    auto lesson = shelf().find(id);
    if (id.endsWith(QLatin1String(".json"))) {
        const auto opened = shelf().open(id);
        if (!opened) return tl::unexpected(opened.error());
        lesson = *opened;
        fill();
    }
    if (!lesson) {
        std::vector<std::string> ids;
        for (const auto& each : shelf().lessons())
            ids.push_back(each->id);
        return tl::unexpected(base::unknown_name("lesson", id.toStdString(), ids));
    }
    player_.begin(lesson, seed);
    return {};
}

void LearnPage::showEvent(QShowEvent* event) {
    QStackedWidget::showEvent(event);
    if (rows_.empty())
        fill();
    else
        refresh();
}

std::optional<std::uint64_t> LearnPage::seed() const {
    return static_cast<std::uint64_t>(seed_->value());
}

void LearnPage::openFile() {
    const auto file = QFileDialog::getOpenFileName(this, tr("Open a lesson"), {}, tr("Lessons (*.json)"));
    if (file.isEmpty()) return;
    if (const auto opened = shelf().open(file); !opened)
        emit told(QString::fromStdString(opened.error().message));
    else
        fill();
}

void LearnPage::saveAnswers() {
    const auto name = QString::fromStdString(player_.attempt().lesson) + QStringLiteral("-answers.json");
    const auto file = QFileDialog::getSaveFileName(this, tr("Save my answers"), name, tr("Answers (*.json)"));
    if (file.isEmpty()) return;
    const auto written = base::write_file(file.toStdString(), player_.answers(student_->text()));
    if (written)
        emit done(tr("The answers are in %1").arg(file));
    else
        emit told(QString::fromStdString(written.error().message));
}

}  // namespace deepvm::ui::learn
