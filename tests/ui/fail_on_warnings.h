// SPDX-License-Identifier: GPL-3.0-or-later
// A Qt warning fails the test that caused it.
#pragma once

#include <QTest>

namespace deepvm::tests {

/// Put first into main(): QTEST_MAIN with warnings that end the program.
inline void failOnWarnings() {
    static QtMessageHandler before = nullptr;
    before =
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
            const bool platform =
                text.contains(QLatin1String("XDG_RUNTIME_DIR"));  // of the machine, not of ours
            if ((type == QtWarningMsg || type == QtCriticalMsg) && !platform) {
                fprintf(stderr, "Qt warning: %s\n", qPrintable(text));
                abort();
            }
            if (before) before(type, context, text);
        });
}

}  // namespace deepvm::tests

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): as QTEST_MAIN, which cannot be told to do something first
#define DEEPVM_QTEST_MAIN(Class)                \
    int main(int argc, char** argv) {           \
        deepvm::tests::failOnWarnings();        \
        QApplication application(argc, argv);   \
        QApplication::setStyle("Fusion");       \
        Class test;                             \
        return QTest::qExec(&test, argc, argv); \
    }
