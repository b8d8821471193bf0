// SPDX-License-Identifier: GPL-3.0-or-later
// deepvm-explorer: the window. Wiring only.
#include <QApplication>
#include <QCommandLineParser>
#include <QImageWriter>
#include <QTimer>
#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <span>

#include "catalog/locations.h"
#include "theme/application_style.h"
#include "window/main_window.h"
#include "window/termination.h"

namespace {

using namespace deepvm;

constexpr int exit_bad_input = 1;
constexpr int exit_usage = 2;

int refuse(const QString& message, int code) {
    std::fprintf(stderr, "deepvm-explorer: %s\n", qPrintable(message));
    return code;
}

struct Options {
    std::filesystem::path catalog;
    std::optional<base::Money> budget;
    std::optional<ui::state::Appearance> appearance;
    std::optional<QSize> size;
    QString file;
    QString page;
    QString tab;
    QString lesson;
    QString screenshot;
};

/// "1280x800"; nothing for what cannot be a window.
std::optional<QSize> parseSize(const QString& text) {
    const QStringList parts = text.split(QLatin1Char('x'));
    if (parts.size() != 2) return std::nullopt;
    bool wide = false;
    bool high = false;
    const QSize size(parts[0].toInt(&wide), parts[1].toInt(&high));
    const bool sensible =
        size.width() >= 200 && size.height() >= 200 && size.width() <= 8000 && size.height() <= 8000;
    return wide && high && sensible ? std::optional(size) : std::nullopt;
}

/// Prints why and returns nothing when the command line is not one; `code` is then the exit code.
std::optional<Options> parse(const QStringList& arguments, int& code) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Explore which cluster of spot and on-demand machines a budget buys.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("FILE", "Session (*.deepvm) or exported plan to open.", "[FILE]");
    parser.addOptions(
        {{"catalog", "Catalog of instance types and prices.", "FILE"},
         {"budget", "Begin with this budget in dollars an hour.", "USD"},
         {"dark", "Dark colours."},
         {"light", "Light colours."},
         {"size", "Size of the window, for example 1280x800.", "WxH"},
         {"page", "Begin with this page: explore, explain, risk, compare, catalog, learn or start.", "NAME"},
         {"tab", "Begin with this tab, for example futures; its page comes with it.", "NAME"},
         {"lesson", "Begin with this lesson, for example tiering, or a .json file.", "NAME"},
         {"screenshot", "Write a picture of the window with its answer, and quit.", "FILE"}});
    code = exit_usage;
    if (!parser.parse(arguments)) {
        refuse(parser.errorText(), code);
        return std::nullopt;
    }
    if (parser.isSet("help") || parser.isSet("help-all")) parser.showHelp(0);
    if (parser.isSet("version")) parser.showVersion();
    Options options;
    if (parser.positionalArguments().size() > 1 || (parser.isSet("dark") && parser.isSet("light"))) {
        refuse("one file to open is understood, and only one of --dark and --light; see --help", code);
        return std::nullopt;
    }
    if (!parser.positionalArguments().isEmpty()) options.file = parser.positionalArguments().front();
    options.catalog = parser.value("catalog").toStdString();
    options.page = parser.value("page");
    options.tab = parser.value("tab");
    options.lesson = parser.value("lesson");
    options.screenshot = parser.value("screenshot");
    if (parser.isSet("dark")) options.appearance = ui::state::Appearance::dark;
    if (parser.isSet("light")) options.appearance = ui::state::Appearance::light;
    code = exit_bad_input;
    if (parser.isSet("budget")) {
        const auto budget = base::Money::parse(parser.value("budget").toStdString(), "--budget");
        if (!budget) {
            refuse(QString::fromStdString(budget.error().message), code);
            return std::nullopt;
        }
        options.budget = *budget;
    }
    if (parser.isSet("size") && !(options.size = parseSize(parser.value("size")))) {
        refuse("--size must be WIDTHxHEIGHT, for example 1280x800", code);
        return std::nullopt;
    }
    return options;
}

/// The catalog that was named, else the user's own if there is one, and the shipped one behind it.
ui::state::CatalogFiles catalogFiles(const std::filesystem::path& named) {
    ui::state::CatalogFiles files;
    files.chosen = named;
    files.own = named.empty() ? catalog::user_catalog_file().value_or("") : named;
    std::error_code unknown;
    if (const auto own = catalog::user_catalog_file();
        named.empty() && own && std::filesystem::exists(*own, unknown))
        files.chosen = *own;
    // When there is none, opening this name says so in the window.
    files.shipped = catalog::shipped_catalog_file().value_or("catalog.db");
    return files;
}

/// Waits for the answer, not for a time, then takes the picture.
int takeScreenshot(ui::window::MainWindow& window, const QString& file) {
    window.show();
    while (window.busy())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    QImageWriter writer(file);
    if (!writer.write(window.grab().toImage()))
        return refuse(QStringLiteral("cannot write %1: %2").arg(file, writer.errorString()), exit_bad_input);
    return 0;
}

/// A screenshot and a line of text need no display; Qt would end the program without one. One that is empty
/// is none.
void chooseOffscreen(int argc, char** argv) {
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") ||
                         !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
                         !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
    if (display) return;
    constexpr std::array text_only{"--help", "--help-all", "-h", "--version", "-v"};
    for (const QByteArrayView argument : std::span(argv, static_cast<std::size_t>(argc)).subspan(1))
        if (argument.startsWith("--screenshot") ||
            std::ranges::any_of(text_only, [&](const char* known) { return argument == known; }))
            qputenv("QT_QPA_PLATFORM", "offscreen");
}

}  // namespace

int main(int argc, char** argv) {
    chooseOffscreen(argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("deepvm-explorer"));
    QApplication::setApplicationDisplayName(QStringLiteral("DeepVM Explorer"));
    QApplication::setApplicationVersion(QStringLiteral(DEEPVM_VERSION));
    // The window belongs to the desktop entry of this name: its icon, its place in the task bar.
    QGuiApplication::setDesktopFileName(QStringLiteral("deepvm-explorer"));
    QApplication::setWindowIcon(ui::theme::applicationIcon());
    QApplication::setStyle(new ui::theme::ApplicationStyle);
    QApplication::setFont(ui::theme::applicationFont());

    int code = 0;
    const auto options = parse(QApplication::arguments(), code);
    if (!options) return code;
    const bool picture = !options->screenshot.isEmpty();
    // A picture shows what was asked for, whatever the person's settings are, and leaves them alone.
    ui::state::Settings settings(picture ? QString() : ui::state::Settings::defaultFile());
    auto remembered = settings.load();
    if (picture) remembered.appearance = ui::state::Appearance::light;
    if (!options->file.isEmpty()) remembered.session.clear();
    if (options->budget) remembered.exploration.budget = *options->budget;
    if (options->appearance) remembered.appearance = *options->appearance;

    ui::window::MainWindow window(catalogFiles(options->catalog), remembered, settings);
    if (options->size) window.resize(*options->size);
    if (!picture) window.stayOnScreen();
    if (!options->page.isEmpty())
        if (const auto shown = window.showPage(options->page); !shown)
            return refuse(QString::fromStdString(shown.error().message), exit_bad_input);
    if (!options->tab.isEmpty())
        if (const auto shown = window.showTab(options->tab); !shown)
            return refuse(QString::fromStdString(shown.error().message), exit_bad_input);
    if (!options->file.isEmpty())
        if (const auto opened = window.openFile(options->file); !opened && picture)
            return refuse(QString::fromStdString(opened.error().message), exit_bad_input);
    if (!options->lesson.isEmpty())
        if (const auto played = window.playLesson(options->lesson); !played)
            return refuse(QString::fromStdString(played.error().message), exit_bad_input);
    if (picture) return takeScreenshot(window, options->screenshot);
    const ui::window::Termination termination;
    QObject::connect(&termination, &ui::window::Termination::requested, &window, [&window] {
        const auto kept = window.keep();
        QCoreApplication::exit(kept ? 0
                                    : refuse(QString::fromStdString(kept.error().message), exit_bad_input));
    });
    window.show();
    return QApplication::exec();
}
