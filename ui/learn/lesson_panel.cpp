// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/lesson_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

#include "theme/style_sheet.h"
#include "widgets/pieces.h"
#include "wording/format.h"
#include "wording/glossary.h"
#include "wording/term_tips.h"
#include "words/figures.h"

namespace deepvm::ui::learn {
namespace {

namespace core = deepvm::lessons;
using core::StepKind;

constexpr int panel_width = 320;  // pixels of the design
constexpr int large_width = 400;
constexpr int large_text = 19;
constexpr const char* shown_text = "shownText";

QString kindName(StepKind kind) {
    switch (kind) {
        case StepKind::say:
            return LessonPanel::tr("READ");
        case StepKind::see:
            return LessonPanel::tr("SEE");
        case StepKind::predict:
            return LessonPanel::tr("GUESS FIRST");
        case StepKind::perform:
            return LessonPanel::tr("YOUR TURN");
        case StepKind::explain:
            return LessonPanel::tr("WHY?");
    }
    return {};
}

}  // namespace

LessonPanel::LessonPanel(Player& player, QWidget* parent)
    : QFrame(parent),
      player_(player),
      link_(theme::palette(theme::Mode::light).accent),
      title_(widgets::label({}, "smallStrong")),
      place_(widgets::label({}, "caps")),
      bar_(new QProgressBar),
      heading_(words("lessonHeading", "heading")),
      text_(words("lessonText", "text")),
      guess_(new GuessField),
      choices_(new QWidget),
      choiceColumn_(new QVBoxLayout(choices_)),
      group_(new QButtonGroup(this)),
      hints_(words("lessonHints", "muted")),
      outcome_(words("lessonOutcome", "strong")),
      problem_(words("lessonProblem", "error")) {
    setObjectName(QStringLiteral("lessonPanel"));
    setProperty("role", "card");
    setAccessibleName(tr("Lesson"));
    setFocusPolicy(Qt::StrongFocus);
    choiceColumn_->setContentsMargins(0, 0, 0, 0);
    choiceColumn_->setSpacing(widgets::grid);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setSpacing(12);
    column->addWidget(place_);
    column->addWidget(heading_);
    column->addWidget(text_);
    column->addWidget(guess_);
    column->addWidget(choices_);
    column->addWidget(hints_);
    column->addWidget(outcome_);
    column->addWidget(problem_);
    column->addStretch(1);
    body_ = widgets::scrolledColumn(content);
    column->setContentsMargins(16, 4, widgets::scroll_gap, 8);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 8, 0, 12);
    all->setSpacing(8);
    all->addWidget(buildHead());
    all->addWidget(body_, 1);
    all->addWidget(buildFoot());
    setLarge(false);
    connect(&player_, &Player::changed, this, &LessonPanel::refresh);
    refresh();
}

QLabel* LessonPanel::words(const char* name, const char* role) {
    auto* label = widgets::label({}, role);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    wording::explainLinks(*label);
    return label;
}

QWidget* LessonPanel::buildHead() {
    auto* side = new QToolButton;
    side->setObjectName(QStringLiteral("lessonSide"));
    side->setProperty("role", "small");
    side->setText(QStringLiteral("⇄"));
    side->setToolTip(tr("Put the lesson on the other side"));
    side->setAccessibleName(side->toolTip());
    connect(side, &QToolButton::clicked, this, &LessonPanel::sideAsked);
    auto* leave = new QToolButton;
    leave->setObjectName(QStringLiteral("lessonLeave"));
    leave->setProperty("role", "small");
    leave->setText(tr("Leave"));
    leave->setToolTip(tr("Your own question comes back; your place in the lesson is kept"));
    connect(leave, &QToolButton::clicked, this, [this] { player_.leave(); });
    title_->setObjectName(QStringLiteral("lessonTitle"));
    title_->setWordWrap(true);
    bar_->setObjectName(QStringLiteral("lessonBar"));
    bar_->setTextVisible(false);
    bar_->setFixedHeight(4);
    bar_->setAccessibleName(tr("Progress of the lesson"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title_, 1);
    row->addWidget(side);
    row->addWidget(leave);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(16, 4, 16, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(bar_);
    return head;
}

QWidget* LessonPanel::buildFoot() {
    const auto button = [](const char* name, const QString& text, const char* role) {
        auto* made = new QPushButton(text);
        made->setObjectName(QLatin1String(name));
        made->setProperty("role", role);
        return made;
    };
    back_ = button("lessonBack", tr("Back"), "compact");
    hint_ = button("lessonHint", tr("Hint"), "compact");
    show_ = button("lessonShow", tr("Show me"), "compact");
    next_ = button("lessonNext", tr("Next"), "primary");
    next_->setDefault(true);
    connect(back_, &QPushButton::clicked, this, [this] { player_.back(); });
    connect(hint_, &QPushButton::clicked, this, [this] { player_.hint(); });
    connect(show_, &QPushButton::clicked, this, [this] { player_.showMe(); });
    connect(next_, &QPushButton::clicked, this, &LessonPanel::advance);
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(6);
    row->addWidget(back_);
    row->addWidget(hint_);
    row->addWidget(show_);
    row->addStretch(1);
    row->addWidget(next_);
    return foot;
}

void LessonPanel::setLarge(bool large) {
    theme::setDesignSize(*this, {large ? large_width : panel_width, 0});
    // Beside the sheet of the window, which has the sizes of all else.
    body_->setStyleSheet(large ? QStringLiteral("QLabel { font-size: %1px; }").arg(theme::scaled(large_text))
                               : QString());
}

void LessonPanel::setColours(const theme::Palette& palette) {
    link_ = palette.accent;
    refresh();
}

// Terms of the field explain themselves.
void LessonPanel::say(QLabel* label, const QString& text) const {
    label->setVisible(!text.isEmpty());
    const QString shown = link_.name() + text;
    if (label->property(shown_text).toString() == shown) return;  // an answer to a drag changes little of it
    label->setProperty(shown_text, shown);
    auto rich = wording::inColour(wording::glossaryLinks(text), link_);
    label->setText(rich.replace(QLatin1Char('\n'), QStringLiteral("<br/>")));
}

void LessonPanel::refresh() {
    setVisible(player_.stage() != Player::Stage::idle);
    if (player_.stage() == Player::Stage::idle) {
        shownLesson_ = nullptr;
        return;
    }
    title_->setText(QString::fromStdString(player_.lesson()->title));
    if (player_.stage() == Player::Stage::staging) {
        place_->setText({});
        heading_->setText(tr("One moment"));
        say(text_, tr("Looking whether today's prices have what this lesson shows ..."));
        for (QWidget* each : std::initializer_list<QWidget*>{guess_, choices_, hints_, outcome_, problem_})
            each->hide();
        for (auto* each : {back_, hint_, show_, next_})
            each->setEnabled(false);
        bar_->setRange(0, 1);
        bar_->setValue(0);
        return;
    }
    const bool another = shownLesson_ != player_.lesson().get() || shownStep_ != player_.index();
    shownLesson_ = player_.lesson().get();
    shownStep_ = player_.index();
    if (another) body_->verticalScrollBar()->setValue(0);
    refreshBody();
    refreshFoot();
}

void LessonPanel::refreshBody() {
    const auto& step = player_.step();
    const int steps = static_cast<int>(player_.lesson()->steps.size());
    bar_->setRange(0, steps);
    bar_->setValue(static_cast<int>(player_.index()) + (player_.answer().done ? 1 : 0));
    place_->setText(tr("%1 OF %2 · %3").arg(player_.index() + 1).arg(steps).arg(kindName(step.kind)));
    heading_->setText(QString::fromStdString(step.title).toHtmlEscaped());
    const auto* view = player_.view();
    if (view == nullptr) {
        say(text_, tr("..."));
        for (QWidget* each : std::initializer_list<QWidget*>{guess_, choices_, hints_, outcome_})
            each->hide();
    } else {
        say(text_, wording::said(view->text));
        showGuess();
        showChoices();
        showHints();
        say(outcome_, outcome());
    }
    // Where it is not played is said once, at its beginning.
    if (view != nullptr && player_.index() == 0 && !player_.note().isEmpty())
        say(hints_, player_.note() + QLatin1Char('.'));
    say(problem_, player_.problem());
}

void LessonPanel::showGuess() {
    const bool asks = player_.step().kind == StepKind::predict && player_.view()->answer.known;
    const bool open = asks && !player_.answer().guess;
    if (asks && (!guess_->isVisible() || !open || player_.answer().guess))
        guess_->ask(*player_.view(), player_.answer().guess);
    guess_->setVisible(asks);
    guess_->setEnabled(open);
}

void LessonPanel::showChoices() {
    const auto& view = *player_.view();
    const auto& chosen = player_.answer().chosen;
    if (rows_.size() != view.choices.size() || !choices_->isVisible()) {
        qDeleteAll(rows_);
        rows_.clear();
        for (std::size_t i = 0; i < view.choices.size(); ++i) {
            auto* row = new ChoiceRow(words("", "text"), words("", "small"));
            row->button()->setObjectName(QStringLiteral("choice%1").arg(i + 1));
            const int choice = static_cast<int>(i);
            connect(row->button(), &QRadioButton::clicked, this, [this, choice] { player_.choose(choice); });
            group_->addButton(row->button());
            choiceColumn_->addWidget(row);
            rows_.push_back(row);
        }
    }
    choices_->setVisible(!view.choices.empty());
    for (std::size_t i = 0; i < view.choices.size(); ++i) {
        const auto& choice = view.choices[i];
        auto* row = rows_[i];
        const bool tried = std::ranges::find(chosen, static_cast<int>(i)) != chosen.end();
        say(row->text(), wording::said(choice.text));
        row->button()->setAccessibleName(wording::said(choice.text));
        row->button()->setEnabled(!tried);
        group_->setExclusive(false);
        row->button()->setChecked(!chosen.empty() && chosen.back() == static_cast<int>(i));
        group_->setExclusive(true);
        say(row->why(),
            tried ? (choice.right ? tr("✓ Right. ") : tr("✗ Not this. ")) + wording::said(choice.why)
                  : QString());
    }
}

void LessonPanel::showHints() {
    QStringList read;
    const auto& view = *player_.view();
    const auto count = std::min(static_cast<std::size_t>(player_.answer().hints), view.hints.size());
    for (std::size_t i = 0; i < count; ++i)
        read << tr("Hint %1: %2").arg(i + 1).arg(wording::said(view.hints[i]));
    say(hints_, read.join(QLatin1Char('\n')));
}

// A goal that is reached by what the step does not ask for.
QString LessonPanel::putBack(const std::vector<std::string>& beside) {
    if (beside.empty()) return {};
    const auto list = QString::fromStdString(words::listed(beside));
    return tr("It would be reached, but %1 changed, too. Put %2 back (Ctrl+Z), and reach it without.")
        .arg(beside.size() == 1 ? tr("%1 was").arg(list) : tr("%1 were").arg(list),
             beside.size() == 1 ? tr("that") : tr("them"));
}

// What became of the step, in words.
QString LessonPanel::outcome() const {
    const auto& mine = player_.answer();
    const auto& view = *player_.view();
    switch (player_.step().kind) {
        case StepKind::perform:
            if (!mine.done) return putBack(view.beside);
            return mine.given_up ? tr("This is how it is done.") : tr("✓ Reached.");
        case StepKind::predict: {
            if (view.answer.known && !mine.guess) return {};
            if (!view.answer.known && mine.chosen.empty()) return {};
            QString after = wording::said(view.after);
            if (!view.answer.known) return after;
            const bool near = core::is_near(player_.step(), view.answer, *mine.guess);
            return (near ? tr("Near: ") : QString()) +
                   tr("you guessed %1, it is %2.")
                       .arg(guess_->words(*mine.guess), guess_->words(view.answer.number)) +
                   (after.isEmpty() ? QString() : QLatin1Char(' ') + after);
        }
        default:
            return {};
    }
}

void LessonPanel::refreshFoot() {
    const auto& step = player_.step();
    const auto& mine = player_.answer();
    const auto* view = player_.view();
    const bool perform = step.kind == StepKind::perform;
    const bool choice = view != nullptr && !view->choices.empty();
    const bool right = choice && std::ranges::any_of(mine.chosen, [&](int each) {
                           const auto place = static_cast<std::size_t>(each);
                           return place < view->choices.size() && view->choices[place].right;
                       });
    const bool guesses =
        step.kind == StepKind::predict && view != nullptr && view->answer.known && !mine.guess;
    back_->setEnabled(player_.index() > 0);
    hint_->setVisible(perform && !step.hints.empty());
    hint_->setEnabled(view != nullptr && !mine.done && mine.hints < static_cast<int>(step.hints.size()));
    show_->setVisible(perform || step.kind == StepKind::explain);
    show_->setEnabled(view != nullptr && !mine.done && !right);
    next_->setEnabled(guesses || player_.mayGoOn());
    next_->setText(guesses ? tr("That is my guess") : player_.last() ? tr("Finish") : tr("Next"));
}

void LessonPanel::advance() {
    const auto& step = player_.step();
    const auto* view = player_.view();
    if (view != nullptr && step.kind == StepKind::predict && view->answer.known && !player_.answer().guess)
        player_.guess(guess_->value());
    else
        player_.next();
}

// Enter presses what has the focus, else it goes on; held down it does neither.
void LessonPanel::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat() && player_.stage() == Player::Stage::playing) {
        auto* button = qobject_cast<QAbstractButton*>(focusWidget());
        if (button != nullptr && button->hasFocus() && qobject_cast<QRadioButton*>(button) == nullptr)
            return button->click();
        if (next_->isEnabled()) return advance();
    }
    QFrame::keyPressEvent(event);
}

}  // namespace deepvm::ui::learn
