// SPDX-License-Identifier: GPL-3.0-or-later
// The main() of every test program.
#include "test_program.h"

#include <cstdio>
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

QtMessageHandler usual_handler = nullptr;

// A Qt warning fails the test that caused it. One is about the machine, not about us.
void fail_on_warning(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    const bool of_the_machine = text.contains(QLatin1String("XDG_RUNTIME_DIR"));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !of_the_machine) {
        std::fprintf(stderr, "Qt warning: %s\n", qPrintable(text));
        std::abort();
    }
    if (usual_handler) usual_handler(type, context, text);
}

int run(const Make& make, std::vector<char*> arguments) {
    return QTest::qExec(make().get(), static_cast<int>(arguments.size()), arguments.data());
}

int run_all(char* program) {
    int failures = 0;
    for (const auto& [name, make] : registered()) {
        std::printf("== %s\n", name.c_str());
        std::fflush(stdout);
        failures += run(make, {program});
    }
    return failures;
}

}  // namespace

Registered::Registered(std::string name, Make make) {
    registered().emplace(std::move(name), std::move(make));
}

}  // namespace deepvm::tests

int main(int argc, char** argv) {
    using namespace deepvm::tests;
    usual_handler = qInstallMessageHandler(fail_on_warning);
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
