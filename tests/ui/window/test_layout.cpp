// SPDX-License-Identifier: GPL-3.0-or-later
// By geometry, on every page and tab of the real window, from the screen of a notebook to a large one and
// with larger text: no widget is cut, lies over its sibling, or outside of the window.
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>

#include "test_program.h"
#include "theme/style_sheet.h"
#include "window/main_window.h"

namespace test_layout {

using namespace deepvm;
using namespace deepvm::ui;

namespace {

const QStringList places{"explore", "why-this",    "what-if", "feasible-region", "model",    "scaling",
                         "futures", "checkpoints", "compare", "catalog",         "workload", "import",
                         "learn",   "start"};

bool open(window::MainWindow& window, const QString& place) {
    return window.showTab(place) || window.showPage(place);
}

QString nameOf(const QWidget* widget) {
    QString name = widget->objectName();
    QString text;
    if (const auto* label = qobject_cast<const QLabel*>(widget)) text = label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) text = button->text();
    if (name.isEmpty()) name = QLatin1String(widget->metaObject()->className());
    return text.isEmpty() ? name : name + QStringLiteral(" \"%1\"").arg(text.left(40));
}

/// What scrolls may be larger than what is seen of it.
const QWidget* scrolledIn(const QWidget* widget) {
    for (const auto* parent = widget->parentWidget(); parent != nullptr; parent = parent->parentWidget())
        if (qobject_cast<const QAbstractScrollArea*>(parent->parentWidget())) return parent->parentWidget();
    return nullptr;
}

/// How many pixels a text lacks; 0 for none.
QSize lacks(const QWidget& widget) {
    QSize needs;
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        if (label->text().isEmpty() || label->minimumWidth() == 1) return {};  // elides by itself
        needs = label->wordWrap() ? QSize(0, label->heightForWidth(label->width())) : label->sizeHint();
    } else if (qobject_cast<const QAbstractButton*>(&widget) != nullptr) {
        needs = widget.minimumSizeHint();
    } else if (qobject_cast<const QComboBox*>(&widget) != nullptr ||
               qobject_cast<const QLineEdit*>(&widget) != nullptr ||
               qobject_cast<const QAbstractSpinBox*>(&widget) != nullptr) {
        needs = QSize(0, widget.fontMetrics().height());
    }
    return (needs - widget.size()).expandedTo({0, 0});
}

/// The first thing that is wrong with the window as it stands; empty for nothing.
QString firstFault(const QWidget& window) {
    const auto shown = window.findChildren<QWidget*>();
    for (const auto* widget : shown) {
        if (!widget->isVisible() || widget->isWindow() || widget->size().isEmpty()) continue;
        if (const QSize missing = lacks(*widget); missing.width() > 1 || missing.height() > 1)
            return QStringLiteral("%1 is cut by %2 x %3")
                .arg(nameOf(widget))
                .arg(missing.width())
                .arg(missing.height());
        if (scrolledIn(widget) != nullptr) continue;
        const QRect place(widget->mapTo(&window, QPoint()), widget->size());
        if (!window.rect().contains(place))
            return nameOf(widget) + QStringLiteral(" lies outside of the window");
        const auto* parent = widget->parentWidget();
        if (!parent->rect().contains(widget->geometry()))
            return nameOf(widget) + QStringLiteral(" lies outside of ") + nameOf(parent);
    }
    for (const auto* widget : shown) {
        if (!widget->isVisible() || widget->layout() == nullptr) continue;
        const auto children = widget->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        for (qsizetype i = 0; i < children.size(); ++i)
            for (qsizetype j = i + 1; j < children.size(); ++j) {
                const auto* one = children[i];
                const auto* other = children[j];
                if (!one->isVisible() || !other->isVisible() || one->isWindow() || other->isWindow())
                    continue;
                if (widget->layout()->indexOf(one) < 0 && widget->layout()->indexOf(other) < 0) continue;
                if (one->geometry().intersects(other->geometry()))
                    return nameOf(one) + QStringLiteral(" overlaps ") + nameOf(other);
            }
    }
    return {};
}

}  // namespace

class TestLayout : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<window::MainWindow> window_;

    void settleLayout() {
        QVERIFY(QTest::qWaitFor([&] { return !window_->busy(); }, 60'000));
        for (int turn = 0; turn < 3; ++turn)  // what a layout asks for in answer to a layout
            QApplication::processEvents();
    }

    // The advanced settings, which are folded at first, scrolled to, with a message among them.
    QStringList faultsUnfolded() {
        auto* fold = window_->findChild<QAbstractButton*>("advancedFold");
        auto* body = window_->findChild<QWidget*>("advancedBody");
        if (fold == nullptr || body == nullptr) return {"no advanced settings"};
        if (!fold->isVisible()) return {};  // the column itself is folded at this size
        if (!open(*window_, "explore")) return {"no first page"};
        fold->click();
        settleLayout();
        QStringList faults;
        if (!body->isVisible()) faults << "the advanced settings do not unfold";
        for (auto* parent = body->parentWidget(); parent != nullptr; parent = parent->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(parent)) {
                area->ensureWidgetVisible(body);
                if (area->horizontalScrollBar()->maximum() > 0) faults << "the controls scroll sideways";
                break;
            }
        settleLayout();
        if (const QString fault = firstFault(*window_); !fault.isEmpty()) faults << "advanced: " + fault;
        fold->click();
        settleLayout();
        return faults;
    }

    // The figures of an offer stand beside the table, which has less room then.
    QStringList faultsWithFigures() {
        auto* offers = window_->findChild<QTableView*>("catalogTable");
        auto* figures = window_->findChild<QWidget*>("offerDetails");
        if (offers == nullptr || figures == nullptr) return {"no offers"};
        if (!open(*window_, "catalog")) return {"no catalog"};
        settleLayout();
        offers->setCurrentIndex(offers->model()->index(0, 0));
        settleLayout();
        QStringList faults;
        if (!figures->isVisible()) faults << "no figures of an offer";
        if (const QString fault = firstFault(*window_); !fault.isEmpty()) faults << "figures: " + fault;
        QTest::keyClick(offers, Qt::Key_Escape);
        settleLayout();
        return faults;
    }

    // The sheet stands beside the window, as large as it opens, and as small as it can be made.
    QStringList faultsOfQuotaSheet() {
        auto* button = window_->findChild<QAbstractButton*>("quotasButton");
        auto* sheet = window_->findChild<QWidget*>("quotaSheet");
        if (button == nullptr || sheet == nullptr) return {"no quota sheet"};
        if (!button->isVisible()) return {};
        button->click();
        settleLayout();
        QStringList faults;
        if (!sheet->isVisible()) faults << "the quota sheet does not open";
        if (sheet->width() > window_->width() || sheet->height() > window_->height())
            faults << QStringLiteral("the quota sheet is larger than the window: %1 x %2")
                          .arg(sheet->width())
                          .arg(sheet->height());
        const QSize opened = sheet->size();
        for (const QSize size : {opened, sheet->minimumSizeHint().expandedTo(QSize(480, 320))}) {
            sheet->resize(size);
            settleLayout();
            if (const QString fault = firstFault(*sheet); !fault.isEmpty())
                faults << QStringLiteral("quota sheet at %1 x %2: ").arg(size.width()).arg(size.height()) +
                              fault;
        }
        sheet->resize(opened);
        sheet->hide();
        settleLayout();
        return faults;
    }

  private slots:
    void initTestCase() {
        window_ =
            std::make_unique<window::MainWindow>(state::CatalogFiles{{}, DEEPVM_SOURCE_DIR "/catalog.db"},
                                                 state::Remembered{}, state::Settings(QString()));
        window_->show();
        for (const auto& place : places) {
            QVERIFY2(open(*window_, place), qPrintable(place));
            QVERIFY(QTest::qWaitFor([&] { return !window_->busy(); }, 60'000));
        }
    }

    void cleanupTestCase() {
        window_->setZoom(100);
        window_.reset();
    }

    void nothingIsCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        const auto add = [](QSize size, int percent) {
            QTest::addRow("%dx%d at %d %%", size.width(), size.height(), percent) << size << percent;
        };
        for (const QSize size : {QSize(960, 540), QSize(1024, 640), QSize(1280, 800), QSize(1366, 768),
                                 QSize(1920, 1080), QSize(2560, 1440)})
            add(size, 100);
        // A display that is scaled has fewer logical pixels: 1920x1080 at 125, 150 and 200 % are 1536x864,
        // 1280x720 and 960x540; 2560x1440 are 2048x1152, 1707x960 and 1280x720 again. 960x540 stands above.
        for (const QSize size : {QSize(1536, 864), QSize(1280, 720), QSize(2048, 1152), QSize(1707, 960)})
            add(size, 100);
        // Larger text on a display that is not.
        add({1366, 768}, 125);
        add({1920, 1080}, 150);
        add({2560, 1440}, 200);
    }

    void nothingIsCut() {
        QFETCH(QSize, size);
        QFETCH(int, percent);
        window_->setZoom(percent);
        window_->resize(size);
        QStringList faults;
        for (const auto& place : places) {
            QVERIFY(open(*window_, place));
            settleLayout();
            QCOMPARE(window_->size(), size);
            if (const QString fault = firstFault(*window_); !fault.isEmpty()) faults << place + ": " + fault;
        }
        faults << faultsUnfolded() << faultsOfQuotaSheet() << faultsWithFigures();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }
};

}  // namespace test_layout

DEEPVM_TEST(test_layout, TestLayout)
#include "test_layout.moc"
