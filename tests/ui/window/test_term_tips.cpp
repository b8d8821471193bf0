// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody meets a word of the field in the window that does not say what it means: on all pages and in the
// dialogs every text is looked for terms, and the pointer is rested on it.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QGraphicsSimpleTextItem>
#include <QGraphicsTextItem>
#include <QGraphicsView>
#include <QGroupBox>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTabBar>
#include <QToolTip>
#include <chrono>
#include <set>

#include "panels/quota_sheet.h"
#include "test_program.h"
#include "ui/window/whole_window.h"
#include "widgets/toggle_switch.h"
#include "window/glossary_dialog.h"
#include "window/history_dialog.h"
#include "window/main_window.h"
#include "wording/glossary.h"
#include "wording/term_tips.h"

namespace test_term_tips {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;
using tests::makeWindow;
using tests::settle;

namespace {

/// A text where it stands: on `widget`, which gets the events, in `rect` of it.
struct Text {
    QString text;
    QWidget* widget;
    QRect rect;
};

void addTabs(QTabBar& bar, std::vector<Text>& texts) {
    for (int i = 0; i < bar.count(); ++i)
        texts.push_back({bar.tabText(i), &bar, bar.tabRect(i)});
}

void addHead(QHeaderView& head, std::vector<Text>& texts) {
    for (int i = 0; i < head.count(); ++i) {
        if (head.isSectionHidden(i)) continue;
        const int begin = head.sectionViewportPosition(i);
        const QRect rect = head.orientation() == Qt::Horizontal
                               ? QRect(begin, 0, head.sectionSize(i), head.viewport()->height())
                               : QRect(0, begin, head.viewport()->width(), head.sectionSize(i));
        texts.push_back({head.model()->headerData(i, head.orientation()).toString(), head.viewport(),
                         rect & head.viewport()->rect()});
    }
}

void addCells(QAbstractItemView& view, std::vector<Text>& texts) {
    if (view.model() == nullptr) return;
    const auto all = view.viewport()->rect();
    constexpr int most_rows = 60;  // the catalog has thousands
    for (int row = 0; row < std::min(most_rows, view.model()->rowCount()); ++row)
        for (int column = 0; column < view.model()->columnCount(); ++column) {
            const auto index = view.model()->index(row, column);
            const auto rect = view.visualRect(index) & all;
            if (!rect.isEmpty()) texts.push_back({index.data().toString(), view.viewport(), rect});
        }
}

void addItems(QGraphicsView& view, std::vector<Text>& texts) {
    for (const auto* item : view.scene()->items()) {
        QString text;
        if (const auto* simple = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item))
            text = simple->text();
        if (const auto* rich = qgraphicsitem_cast<const QGraphicsTextItem*>(item)) text = rich->toPlainText();
        const auto rect =
            view.mapFromScene(item->sceneBoundingRect()).boundingRect() & view.viewport()->rect();
        if (!text.isEmpty() && item->isVisible() && !rect.isEmpty())
            texts.push_back({text, view.viewport(), rect});
    }
}

std::vector<Text> textsOn(QWidget& window) {
    std::vector<Text> texts;
    for (auto* widget : window.findChildren<QWidget*>()) {
        const auto type = widget->window()->windowType();
        if (!widget->isVisible() || type == Qt::ToolTip || type == Qt::Popup) continue;
        if (auto* label = qobject_cast<QLabel*>(widget))
            texts.push_back({label->text(), label, label->rect()});
        if (auto* button = qobject_cast<QAbstractButton*>(widget))
            texts.push_back({button->text().remove(QLatin1Char('&')), button, button->rect()});
        if (auto* toggle = qobject_cast<widgets::ToggleSwitch*>(widget))
            texts.push_back({toggle->accessibleDescription(), toggle, toggle->rect()});
        if (auto* box = qobject_cast<QComboBox*>(widget))
            texts.push_back({box->currentText(), box, box->rect()});
        if (auto* box = qobject_cast<QGroupBox*>(widget)) texts.push_back({box->title(), box, box->rect()});
        if (auto* bar = qobject_cast<QTabBar*>(widget)) addTabs(*bar, texts);
        if (auto* head = qobject_cast<QHeaderView*>(widget))
            addHead(*head, texts);
        else if (auto* view = qobject_cast<QAbstractItemView*>(widget))
            addCells(*view, texts);
        if (auto* view = qobject_cast<QGraphicsView*>(widget)) addItems(*view, texts);
    }
    return texts;
}

/// What the tool tip says when the pointer rests there; empty where none comes.
QString tipAt(QWidget& widget, QPoint at) {
    QHelpEvent rest(QEvent::ToolTip, at, widget.mapToGlobal(at));
    QApplication::sendEvent(&widget, &rest);
    return rest.isAccepted() ? QToolTip::text() : QString();
}

bool explains(const QString& tip, const words::Term& term) {
    return tip.contains(wording::meaningOf(term).toHtmlEscaped());
}

struct Walk {
    std::set<QString> seen;     ///< texts with terms
    std::set<QString> missing;  ///< those without a meaning, with the term
    std::set<const words::Term*> terms;
    std::set<const QMetaObject*> rested;  ///< kinds of widgets that showed a tool tip since the look began

    void look(QWidget& window) {
        rested.clear();
        for (const auto& [text, widget, rect] : textsOn(window)) {
            auto terms_here = wording::termsIn(text);
            if (terms_here.empty() || !seen.insert(text).second) continue;
            for (const auto& each : terms_here)
                terms.insert(each.term);
            eraseExplained(terms_here, *widget, rect);
            for (const auto& each : terms_here)
                missing.insert(QStringLiteral("%1 in \"%2\" (%3, %4 high)")
                                   .arg(wording::termTitle(*each.term), text,
                                        QString::fromLatin1(widget->metaObject()->className()))
                                   .arg(rect.height()));
        }
    }

    // The pointer is moved over all of it. It rests where the first meaning is to come, once for each kind of
    // widget and look: Qt takes long to dress a tool tip.
    void eraseExplained(std::vector<wording::TermAt>& terms, QWidget& widget, const QRect& rect) {
        constexpr int step = 5;
        const auto* kind = widget.metaObject();
        for (int y = rect.top() + 2; y <= rect.bottom() && !terms.empty(); y += step)
            for (int x = rect.left() + 2; x <= rect.right() && !terms.empty(); x += step) {
                const QString tip = wording::TermTips::tipAt(widget, {x, y}).text;
                if (tip.isEmpty()) continue;
                if (!rested.contains(kind) && tipAt(widget, {x, y}) != tip) return;
                rested.insert(kind);
                std::erase_if(terms, [&](const auto& each) { return explains(tip, *each.term); });
            }
    }

    QString list() const { return QStringList(missing.begin(), missing.end()).join(QLatin1Char('\n')); }
};

const QStringList tabs{"instances", "why-this",    "what-if", "feasible-region", "model", "scaling",
                       "futures",   "checkpoints", "catalog", "workload",        "import"};

void walkPages(window::MainWindow& window, Walk& walk) {
    const auto look = [&] {
        const bool done = QTest::qWaitFor([&] { return !window.busy(); }, 60'000);
        QVERIFY(done);
        QTest::qWait(1);
        walk.look(window);
    };
    for (const auto& tab : tabs) {
        QVERIFY(window.showTab(tab));
        look();
    }
    for (const char* page : {"compare", "learn", "start", "explore"}) {
        QVERIFY(window.showPage(page));
        look();
    }
    for (const char* card : {"planCard2", "planCard3", "planCard1"})
        if (auto* chosen = window.findChild<QWidget*>(card); chosen != nullptr && chosen->isVisible()) {
            QTest::mouseClick(chosen, Qt::LeftButton, {}, QPoint(20, 20));
            look();
        }
}

}  // namespace

class TestTermTips : public QObject {
    Q_OBJECT

  private slots:
    void everyTermInTheWindowIsExplained() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        Walk walk;
        if (auto* fold = window->findChild<QAbstractButton*>("advancedFold")) fold->click();
        walkPages(*window, walk);
        auto next = window->exploration().value();
        next.selection = {"aws", "us-east-1"};
        next.budget = Money::from_micro(40'000'000);
        next.objective = problem::Objective::job_cost;
        window->exploration().set(next, "job");
        QVERIFY(settle(*window));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier);
        walkPages(*window, walk);
        next.budget = Money::from_micro(1'000);  // nothing fits
        window->exploration().set(next, "too little");
        QVERIFY(settle(*window));
        walkPages(*window, walk);
        QTest::keyClick(window.get(), Qt::Key_H, Qt::ControlModifier);
        walk.look(*window->findChild<window::HistoryDialog*>());
        qInfo("%zu texts with %zu terms", walk.seen.size(), walk.terms.size());
        QVERIFY(walk.seen.size() > 150);
        QVERIFY2(walk.terms.size() >= 40, "few of the terms stand anywhere in the window");
        QVERIFY2(walk.missing.empty(), qPrintable(walk.list()));
    }

    // So the walk sees what is missing: without the filter nearly all of it.
    void withoutTheFilterTheyAreNot() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        QTest::qWait(1);  // until all is laid out
        Walk with;
        with.look(*window);
        QVERIFY2(with.missing.empty(), qPrintable(with.list()));
        delete window->findChild<wording::TermTips*>();
        Walk without;
        without.look(*window);
        QCOMPARE(without.seen, with.seen);
        QVERIFY(without.missing.size() > without.seen.size() / 2);
    }

    // What a widget says by itself stays, above the meaning.
    void itsOwnTipStays() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        int both = 0;
        for (auto* label : window->findChildren<QLabel*>()) {
            const auto terms = wording::termsIn(label->text());
            if (!label->isVisible() || label->toolTip().isEmpty() || terms.empty()) continue;
            const QString tip = wording::TermTips::tipAt(*label, label->rect().center()).text;
            if (tip.isEmpty()) continue;  // a long one
            const auto own = tip.indexOf(label->toolTip().toHtmlEscaped().section(QLatin1Char('\n'), 0, 0));
            const auto meaning = tip.indexOf(wording::meaningOf(*terms.front().term).toHtmlEscaped());
            QVERIFY2(own >= 0 && own < meaning, qPrintable(label->text()));
            ++both;
        }
        QVERIFY(both > 0);
        auto* ask = window->findChild<QAbstractButton*>("planAsk1");  // "Why this?" has no term in it
        QCOMPARE(tipAt(*ask, ask->rect().center()), ask->toolTip());
    }

    // Qt would look for the parent of a tool tip that is its own without an end.
    void aTipHasNoTip() {
        auto window = makeWindow();
        QLabel label(QStringLiteral("budget"), window.get());
        label.show();
        QVERIFY(explains(tipAt(label, {1, 1}), **words::term_named("budget")));
        int tips = 0;
        for (auto* widget : QApplication::topLevelWidgets())
            if (widget->isVisible() && widget->inherits("QTipLabel")) {
                QCOMPARE(tipAt(*widget, widget->rect().center()), QString());
                ++tips;
            }
        QCOMPARE(tips, 1);
    }

    // A long text is read: only the word itself answers.
    void inALongTextTheWordUnderThePointerCounts() {
        window::MainWindow window({{}, tests::shipped}, {}, state::Settings(QString()));
        QLabel label(
            QStringLiteral("Nothing of this matters here and nothing of that, but the deadline does, and so "
                           "does <b>what</b> is lost by a rollback, which is a thing of its own."));
        label.setTextFormat(Qt::PlainText);
        label.setWordWrap(true);
        label.resize(260, 120);
        label.show();
        std::set<QString> tips;
        int points = 0;
        int quiet = 0;
        for (int y = 0; y < label.height(); y += 4)
            for (int x = 0; x < label.width(); x += 4) {
                const auto tip = wording::TermTips::tipAt(label, {x, y});
                ++points;
                quiet += tip.text.isEmpty() ? 1 : 0;
                if (tip.text.isEmpty()) continue;
                QVERIFY(tip.rect.contains(x, y));
                tips.insert(tip.text);
            }
        QCOMPARE(tips.size(), std::size_t{2});
        QVERIFY2(quiet > points * 8 / 10, qPrintable(QString::number(quiet)));
    }

    void noTipHoldsTheWindowUp() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        auto slowest = std::chrono::nanoseconds::zero();
        for (const auto& [text, widget, rect] : textsOn(*window)) {
            auto best = std::chrono::nanoseconds::max();
            for (int i = 0; i < 5; ++i) {
                const auto begin = std::chrono::steady_clock::now();
                std::ignore = wording::TermTips::tipAt(*widget, rect.center());
                best = std::min(best, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin));
            }
            slowest = std::max(slowest, best);
        }
        qInfo("slowest: %lld us", static_cast<long long>(slowest.count() / 1000));
        QVERIFY(slowest < std::chrono::milliseconds(1));
    }

    void theListIsSearchedByKeyboard() {
        auto window = makeWindow();
        QVERIFY(settle(*window));
        QTest::keyClick(window.get(), Qt::Key_F1);
        auto* dialog = window->findChild<window::GlossaryDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* search = dialog->findChild<QLineEdit*>("glossarySearch");
        auto* list = dialog->findChild<QListWidget*>("glossaryList");
        const auto textOf = [&](const char* name) { return dialog->findChild<QLabel*>(name)->text(); };
        QCOMPARE(dialog->focusWidget(), search);
        QCOMPARE(static_cast<std::size_t>(list->count()), words::glossary().size());
        QVERIFY(!textOf("glossaryMeaning").isEmpty());

        QTest::keyClicks(search, "shadow");
        QCOMPARE(textOf("glossaryName"), QStringLiteral("Shadow price"));
        QVERIFY(textOf("glossaryMeaning").contains("href=\"term:budget\""));
        search->clear();
        QTest::keyClicks(search, "bucket");  // by another name, before those that have it in their meaning
        QCOMPARE(textOf("glossaryName"), QStringLiteral("Object store"));
        QVERIFY(textOf("glossaryOthers").contains("bucket"));
        QTest::keyClick(search, Qt::Key_Down);
        QCOMPARE(textOf("glossaryName"), QStringLiteral("Spot + bucket"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        search->clear();
        QTest::keyClicks(search, "<b>nowhere</b>");
        QVERIFY(textOf("glossaryMeaning").isEmpty());
        QVERIFY(textOf("glossaryOthers").contains("<b>nowhere</b>"));
        search->clear();
        QVERIFY(!textOf("glossaryMeaning").isEmpty());

        emit dialog->findChild<QLabel*>("glossaryMeaning")->linkActivated("term:young-daly-interval");
        QCOMPARE(textOf("glossaryName"), QStringLiteral("Young/Daly interval"));
        QCOMPARE(list->currentItem()->text(), QStringLiteral("Young/Daly interval"));
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
        QTRY_VERIFY(window->findChild<window::GlossaryDialog*>() == nullptr);
    }

    // They were blue on black.
    void linksHaveTheColourOfTheTheme() {
        state::Remembered remembered;
        remembered.appearance = state::Appearance::dark;
        auto window = makeWindow({{}, tests::shipped}, remembered);
        QVERIFY(settle(*window));
        QTest::keyClick(window.get(), Qt::Key_F1);
        const auto* dialog = window->findChild<window::GlossaryDialog*>();
        const auto* meaning = dialog->findChild<QLabel*>("glossaryMeaning");
        QVERIFY(meaning->text().contains(theme::palette(theme::Mode::dark).accent.name()));
        QTest::mouseClick(window->findChild<QWidget*>("appearanceButton"), Qt::LeftButton);
        QTRY_VERIFY(meaning->text().contains(theme::palette(theme::Mode::light).accent.name()));
    }

    void linksAreTermsAndNothingElseIsMarkup() {
        const QString text = QStringLiteral("A <spot machine> & its \"anchor\", a spot machine.\nEnd");
        QCOMPARE(wording::glossaryLinks(text),
                 QStringLiteral("A &lt;<a href=\"term:spot-machine\">spot machine</a>&gt; &amp; its &quot;"
                                "<a href=\"term:anchor\">anchor</a>&quot;, a spot machine.<br>End"));
        for (const auto& term : words::glossary()) {
            const QString link = QStringLiteral("term:") + QString::fromStdString(words::term_id(term));
            QCOMPARE(wording::termOfLink(link), &term);
        }
        QVERIFY(wording::termOfLink(QStringLiteral("https://anchor")) == nullptr);
        QVERIFY(wording::termOfLink(QStringLiteral("term:nothing")) == nullptr);
    }
};

}  // namespace test_term_tips

DEEPVM_TEST(test_term_tips, TestTermTips)
#include "test_term_tips.moc"
