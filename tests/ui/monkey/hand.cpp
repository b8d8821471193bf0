// SPDX-License-Identifier: GPL-3.0-or-later
#include "hand.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPointer>
#include <QTest>
#include <QUrl>
#include <QWheelEvent>
#include <QWindow>
#include <array>
#include <cstdio>
#include <ctime>

namespace deepvm::tests {
namespace {

double threadMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

QString named(const QWidget* widget) {
    if (widget == nullptr) return QStringLiteral("nothing");
    const auto* known = widget;
    while (known->objectName().isEmpty() && known->parentWidget() != nullptr)
        known = known->parentWidget();
    return QStringLiteral("%1 in %2")
        .arg(QString::fromLatin1(widget->metaObject()->className()).section(QLatin1Char(':'), -1),
             known->objectName());
}

QString at(const QPoint& point) {
    return QStringLiteral("%1,%2").arg(point.x()).arg(point.y());
}

}  // namespace

Hand::Hand(QWidget& window, unsigned seed, QStringList files)
    : window_(window), files_(std::move(files)), random_(seed) {
    // A file chooser that runs an event loop of its own would wait for a person for ever.
    constexpr int patience_ms = 15;
    constexpr int patience = 3;
    closing_.setInterval(patience_ms);
    QObject::connect(&closing_, &QTimer::timeout, [this] {
        const bool open = QApplication::activeModalWidget() || QApplication::activePopupWidget();
        open_ = open ? open_ + 1 : 0;
        if (open_ > patience) clear();
    });
    closing_.start();
}

void Hand::act() {
    struct Likely {
        int percent;
        Action action;
    };
    static constexpr std::array likely{
        Likely{34, &Hand::click}, Likely{20, &Hand::key},  Likely{10, &Hand::type},
        Likely{14, &Hand::drag},  Likely{9, &Hand::wheel}, Likely{3, &Hand::resize},
        Likely{3, &Hand::drop},   Likely{6, &Hand::undo},  Likely{1, &Hand::hideAndShow}};
    int drawn = below(100);
    const auto* chosen = likely.begin();
    while (drawn >= chosen->percent)
        drawn -= (chosen++)->percent;
    ++events_;
    const double before = threadMilliseconds();
    (this->*chosen->action)();
    QCoreApplication::processEvents();
    const double kept = threadMilliseconds() - before;
    constexpr double long_ms = 100;
    if (kept > long_ms) ++blocked_.over_100_ms;
    if (kept > blocked_.longest_ms) {
        blocked_.longest_ms = kept;
        blocked_.what = lately_.back();
    }
    if (!window_.isVisible()) window_.show();  // it was closed
}

void Hand::clear() {
    for (int tries = 0; tries < 8; ++tries) {
        if (auto* popup = QApplication::activePopupWidget())
            popup->close();
        else if (auto* modal = QApplication::activeModalWidget())
            modal->close();
        else
            return;
    }
}

int Hand::below(int count) {
    return static_cast<int>(random_() % static_cast<unsigned>(std::max(1, count)));
}

// What a person could reach: a menu or a question stands before the window.
QWindow* Hand::target() const {
    const QWidget* top = QApplication::activePopupWidget();
    if (top == nullptr) top = QApplication::activeModalWidget();
    if (top == nullptr || top->windowHandle() == nullptr) top = &window_;
    return top->windowHandle();
}

// Half of the time anywhere, else inside of some widget, which may be small.
QPoint Hand::place(const QWindow& in) {
    const QPoint anywhere(below(in.width()), below(in.height()));
    if (&in != window_.windowHandle() || chance(50)) return anywhere;
    std::vector<QWidget*> seen;
    for (auto* widget : window_.findChildren<QWidget*>())
        if (widget->isVisible() && !widget->isWindow() && !widget->visibleRegion().isEmpty())
            seen.push_back(widget);
    if (seen.empty()) return anywhere;
    const auto* chosen = seen[static_cast<std::size_t>(below(static_cast<int>(seen.size())))];
    const QRect part = chosen->visibleRegion().boundingRect();
    const QPoint inside =
        chosen->mapTo(&window_, part.topLeft() + QPoint(below(part.width()), below(part.height())));
    // Widgets that are not laid out again after a change of size may still reach beyond the window.
    return {std::clamp(inside.x(), 0, in.width() - 1), std::clamp(inside.y(), 0, in.height() - 1)};
}

QWidget* Hand::under(const QPoint& at) const {
    auto* widget = window_.childAt(at);
    return widget ? widget : &window_;
}

void Hand::note(const QString& what) {
    constexpr int most = 40;
    if (lately_.size() == most) lately_.removeFirst();
    lately_ << what;
    static const bool aloud = qEnvironmentVariableIsSet("DEEPVM_MONKEY_ALOUD");
    if (aloud) std::fprintf(stderr, "%d %s\n", events_, qPrintable(what));
}

void Hand::click() {
    const QPointer<QWindow> window = target();
    const QPoint where = place(*window);
    const auto button = chance(88) ? Qt::LeftButton : Qt::RightButton;
    const Qt::KeyboardModifiers modifiers = chance(90)   ? Qt::NoModifier
                                            : chance(50) ? Qt::ShiftModifier
                                                         : Qt::ControlModifier;
    note(QStringLiteral("click %1 %2 %3").arg(button).arg(at(where), named(under(where))));
    QTest::mouseMove(window, where);
    if (!window) return;
    if (chance(12))
        QTest::mouseDClick(window, button, modifiers, where);
    else
        QTest::mouseClick(window, button, modifiers, where);
}

void Hand::key() {
    static constexpr std::array keys{
        Qt::Key_Tab,   Qt::Key_Tab,    Qt::Key_Backtab, Qt::Key_Left,     Qt::Key_Right, Qt::Key_Up,
        Qt::Key_Down,  Qt::Key_Return, Qt::Key_Space,   Qt::Key_Escape,   Qt::Key_Home,  Qt::Key_End,
        Qt::Key_Enter, Qt::Key_Delete, Qt::Key_PageUp,  Qt::Key_PageDown, Qt::Key_F10,   Qt::Key_Backspace,
        Qt::Key_P,     Qt::Key_Plus,   Qt::Key_Minus,   Qt::Key_1,        Qt::Key_3,     Qt::Key_6,
        Qt::Key_A,     Qt::Key_C,      Qt::Key_V,       Qt::Key_Z,        Qt::Key_S,     Qt::Key_Menu};
    const auto chosen = keys[static_cast<std::size_t>(below(static_cast<int>(keys.size())))];
    const Qt::KeyboardModifiers modifiers = chance(75)   ? Qt::NoModifier
                                            : chance(60) ? Qt::ControlModifier
                                            : chance(50) ? Qt::ShiftModifier
                                                         : Qt::AltModifier;
    note(QStringLiteral("key %1 with %2 to %3")
             .arg(chosen)
             .arg(modifiers)
             .arg(named(QApplication::focusWidget())));
    const int times = chance(20) ? 1 + below(12) : 1;
    for (int i = 0; i < times; ++i)
        QTest::keyClick(target(), chosen, modifiers);
}

void Hand::type() {
    static const std::array texts{QStringLiteral("2.9"),   QStringLiteral("0"),
                                  QStringLiteral("-1"),    QStringLiteral("1e9"),
                                  QStringLiteral("500"),   QStringLiteral("12.345678"),
                                  QStringLiteral("abc"),   QStringLiteral("999999999999999999"),
                                  QStringLiteral("72h"),   QStringLiteral("g4dn"),
                                  QStringLiteral("us-ea"), QStringLiteral("0.000001"),
                                  QStringLiteral("nan"),   QStringLiteral("25"),
                                  QStringLiteral("%1%n")};
    const QString& text = texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
    note(QStringLiteral("type %1 into %2").arg(text, named(QApplication::focusWidget())));
    if (chance(60)) QTest::keyClick(target(), Qt::Key_A, Qt::ControlModifier);
    for (const QChar letter : text)
        QTest::keyClick(target(), letter.toLatin1());
    if (chance(70)) QTest::keyClick(target(), Qt::Key_Return);
}

void Hand::drag() {
    const QPointer<QWindow> window = target();  // a menu may close, and be gone, at the first press
    const QPoint from = place(*window);
    note(QStringLiteral("drag from %1 %2").arg(at(from), named(under(from))));
    QTest::mouseMove(window, from);
    QTest::mousePress(window, Qt::LeftButton, {}, from);
    QPoint to = from;
    for (int step = 1 + below(12); step > 0; --step) {
        if (!window || target() != window) break;
        to = {std::clamp(to.x() + below(121) - 60, 0, window->width() - 1),
              std::clamp(to.y() + below(61) - 30, 0, window->height() - 1)};
        QTest::mouseMove(window, to);
    }
    if (window) QTest::mouseRelease(window, Qt::LeftButton, {}, to);
}

void Hand::wheel() {
    const QPoint where = place(*window_.windowHandle());
    auto* widget = under(where);
    note(QStringLiteral("wheel %1 %2").arg(at(where), named(widget)));
    const QPoint turned(0, (chance(50) ? 120 : -120) * (1 + below(4)));
    QWheelEvent event(widget->mapFrom(&window_, where), window_.mapToGlobal(where), {}, turned, Qt::NoButton,
                      chance(85) ? Qt::NoModifier : Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

void Hand::resize() {
    const QSize size(1024 + below(700), 640 + below(500));
    note(QStringLiteral("resize %1x%2").arg(size.width()).arg(size.height()));
    window_.resize(size);
}

void Hand::drop() {
    const QString file = files_[below(static_cast<int>(files_.size()))];
    const QPoint where = place(*window_.windowHandle());
    auto* widget = under(where);
    note(QStringLiteral("drop %1 on %2").arg(file.section(QLatin1Char('/'), -1), named(widget)));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    // Who does not take it passes it on to the widget around it.
    for (; widget != nullptr; widget = widget->parentWidget()) {
        if (!widget->acceptDrops() || !widget->isEnabled()) continue;
        const QPoint place = widget->mapFrom(&window_, where);
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(widget, &enter);
        if (!enter.isAccepted()) continue;
        QDropEvent dropped(place, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(widget, &dropped);
        return;
    }
}

void Hand::undo() {
    const int times = 1 + below(5);
    const bool redo = chance(40);
    note(
        QStringLiteral("%1 %2 times").arg(redo ? QStringLiteral("redo") : QStringLiteral("undo")).arg(times));
    clear();
    for (int i = 0; i < times; ++i)
        QTest::keyClick(window_.windowHandle(), Qt::Key_Z,
                        redo ? Qt::ControlModifier | Qt::ShiftModifier : Qt::ControlModifier);
}

void Hand::hideAndShow() {
    note(QStringLiteral("hide and show"));
    clear();
    window_.hide();
    QCoreApplication::processEvents();
    window_.show();
}

}  // namespace deepvm::tests
