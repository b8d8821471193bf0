// SPDX-License-Identifier: GPL-3.0-or-later
// The main() of every test program.
#include "test_program.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include "cases.h"

#ifdef DEEPVM_TEST_WIDGETS
#include <QApplication>
#else
#include <QCoreApplication>
#endif

namespace deepvm::tests {
namespace {

using Make = std::function<std::unique_ptr<QObject>()>;

std::map<std::string, Make>& registered() {
    static std::map<std::string, Make> all;
    return all;
}

QtMessageHandler test_log = nullptr;  // of Qt Test

// A Qt warning ends the program, so that the test that caused it fails. What the display without a screen
// cannot do is not of our making.
void end_on_warning(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    test_log(type, context, text);
    if (type != QtWarningMsg && type != QtCriticalMsg) return;
    if (text.startsWith(QLatin1String("This plugin does not support"))) return;
    std::fprintf(stderr, "Qt warning: %s\n", qPrintable(text));
    std::abort();
}

// As QTest::qExec(), whose own message handler would hide ours.
int run(const Make& make, std::vector<char*> arguments) {
    const auto object = make();
    QTest::qInit(object.get(), static_cast<int>(arguments.size()), arguments.data());
    test_log = qInstallMessageHandler(end_on_warning);
    const int failures = QTest::qRun();
    qInstallMessageHandler(test_log);
    QTest::qCleanup();
    return failures;
}

bool run_all(std::string program) {
    bool failed = false;
    for (const auto& [name, make] : registered()) {
        std::printf("== %s\n", name.c_str());
        std::fflush(stdout);
        failed |= run(make, {program.data()}) != 0;
    }
    return failed;
}

}  // namespace

Registered::Registered(std::string name, Make make) {
    registered().emplace(std::move(name), std::move(make));
}

}  // namespace deepvm::tests

int main(int argc, char** argv) {
    using namespace deepvm::tests;
#ifdef DEEPVM_TEST_WIDGETS
    const QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
#else
    const QCoreApplication application(argc, argv);
#endif
    if (share_of_cases() < 1) std::printf("Of seeded cases the first %g %%.\n", 100 * share_of_cases());
    if (argc < 2) return run_all(argv[0]);
    const auto found = registered().find(argv[1]);
    if (found == registered().end()) {
        std::fprintf(stderr, "There are no tests \"%s\" in this program; there are:\n", argv[1]);
        for (const auto& [name, make] : registered())
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    std::vector<char*> arguments{argv[0]};
    arguments.insert(arguments.end(), argv + 2, argv + argc);
    return run(found->second, arguments);
}
