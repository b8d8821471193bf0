// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/style_sheet.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <algorithm>
#include <utility>
#include <vector>

// The resources of a static library have to be named once; the macro only works outside of namespaces.
static void initResources() {
    Q_INIT_RESOURCE(styles);
    Q_INIT_RESOURCE(icons);
}

namespace deepvm::ui::theme {

QString styleSheet(const Palette& palette) {
    initResources();
    QFile file(QStringLiteral(":/styles/explorer.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    std::vector<std::pair<QString, QColor>> tokens{
        {"@ground", palette.ground},   {"@surface", palette.surface},     {"@line", palette.line},
        {"@text", palette.text},       {"@muted", palette.muted},         {"@grid", palette.grid},
        {"@accent", palette.accent},   {"@on_accent", palette.on_accent}, {"@selected", palette.selected},
        {"@warning", palette.warning}, {"@baseline", palette.baseline},
    };
    sheet.replace(QStringLiteral("@family"), applicationFont().family());
    // Longest first, so that no token is the beginning of one that is still to come.
    std::ranges::sort(tokens, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (const auto& [token, value] : tokens)
        sheet.replace(token, value.name());
    return sheet;
}

QPalette widgetPalette(const Palette& palette) {
    QPalette result;
    result.setColor(QPalette::Window, palette.ground);
    result.setColor(QPalette::Base, palette.surface);
    result.setColor(QPalette::AlternateBase, palette.ground);
    result.setColor(QPalette::Button, palette.surface);
    result.setColor(QPalette::Text, palette.text);
    result.setColor(QPalette::WindowText, palette.text);
    result.setColor(QPalette::ButtonText, palette.text);
    result.setColor(QPalette::PlaceholderText, palette.muted);
    result.setColor(QPalette::ToolTipBase, palette.surface);
    result.setColor(QPalette::ToolTipText, palette.text);
    result.setColor(QPalette::Highlight, palette.accent);
    result.setColor(QPalette::HighlightedText, palette.on_accent);
    result.setColor(QPalette::Link, palette.accent);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        result.setColor(QPalette::Disabled, role, palette.baseline);
    return result;
}

QFont applicationFont() {
    QFont font = QApplication::font();
    if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) font.setFamily(QStringLiteral("Inter"));
    font.setPixelSize(13);
    font.setStyleHint(QFont::SansSerif);
    return font;
}

QIcon applicationIcon() {
    initResources();
    return QIcon::fromTheme(QStringLiteral("deepvm-explorer"),
                            QIcon(QStringLiteral(":/icons/deepvm-explorer.png")));
}

QFont sized(QFont base, int pixels, QFont::Weight weight) {
    base.setPixelSize(pixels);
    base.setWeight(weight);
    return base;
}

QColor readableOn(const QColor& background, const Palette& palette) {
    const bool dark_text = palette.text.lightness() < palette.surface.lightness();
    const QColor& dark = dark_text ? palette.text : palette.ground;
    const QColor& bright = dark_text ? palette.surface : palette.text;
    // Perceived brightness (ITU-R BT.601): the middle of Okabe-Ito's orange needs dark digits, its blue
    // bright ones.
    const double brightness =
        0.299 * background.redF() + 0.587 * background.greenF() + 0.114 * background.blueF();
    return brightness > 0.55 ? dark : bright;
}

void dress(QWidget& root, const Palette& palette) {
    root.setPalette(widgetPalette(palette));
    root.setStyleSheet(styleSheet(palette));
    colour(root, palette);
}

void colour(QWidget& root, const Palette& palette) {
    if (auto* coloured = dynamic_cast<Coloured*>(&root)) coloured->setColours(palette);
    for (auto* child : root.findChildren<QWidget*>())
        if (auto* coloured = dynamic_cast<Coloured*>(child)) coloured->setColours(palette);
}

Mode systemMode(const QPalette& system) {
    return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness()
               ? Mode::dark
               : Mode::light;
}

}  // namespace deepvm::ui::theme
