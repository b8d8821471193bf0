// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/style_sheet.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHeaderView>
#include <QRegularExpression>
#include <QTableView>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

// The resources of a static library have to be named once; the macro only works outside of namespaces.
static void initResources() {
    Q_INIT_RESOURCE(styles);
    Q_INIT_RESOURCE(icons);
}

namespace deepvm::ui::theme {
namespace {

constexpr int design_text = 13;  // pixels of the text for which the style sheet and the widgets are drawn
constexpr const char* design_size = "designSize";
constexpr const char* design_rows = "designRows";

int own_text = 0;  // pixels of the person's own font, once it was zoomed
int zoom_percent = 100;

// Lines stay thin; all else grows with the text.
QString atScale(const QString& sheet) {
    static const QRegularExpression length(QStringLiteral("\\b(\\d+)px"));
    QString result;
    qsizetype done = 0;
    for (auto each = length.globalMatch(sheet); each.hasNext();) {
        const auto match = each.next();
        const int pixels = match.capturedView(1).toInt();
        result += QStringView(sheet).mid(done, match.capturedStart() - done).toString();
        result += QString::number(pixels <= 3 ? pixels : scaled(pixels)) + QStringLiteral("px");
        done = match.capturedEnd();
    }
    return result + QStringView(sheet).mid(done).toString();
}

}  // namespace

QString styleSheet(const Palette& palette) {
    initResources();
    QFile file(QStringLiteral(":/styles/explorer.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = atScale(QString::fromUtf8(file.readAll()));
    std::vector<std::pair<QString, QColor>> tokens{
        {"@ground", palette.ground},   {"@surface", palette.surface},     {"@line", palette.line},
        {"@text", palette.text},       {"@muted", palette.muted},         {"@grid", palette.grid},
        {"@accent", palette.accent},   {"@on_accent", palette.on_accent}, {"@selected", palette.selected},
        {"@warning", palette.warning}, {"@baseline", palette.baseline},   {"@good", palette.good},
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
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::Highlight})
        result.setColor(QPalette::Disabled, role, palette.baseline);
    return result;
}

QFont applicationFont() {
    // Asked once: to look through all families takes milliseconds, and each drawing asks for this font.
    static const bool installed = QFontDatabase::hasFamily(QStringLiteral("Inter"));
    QFont font = QApplication::font();
    if (installed) font.setFamily(QStringLiteral("Inter"));
    if (font.pixelSize() <= 0) font.setPixelSize(std::max(design_text, QFontInfo(font).pixelSize()));
    font.setStyleHint(QFont::SansSerif);
    return font;
}

double textScale() {
    return static_cast<double>(applicationFont().pixelSize()) / design_text;
}

int scaled(int pixels) {
    return static_cast<int>(std::lround(pixels * textScale()));
}

void setZoom(int percent) {
    QFont font = applicationFont();
    const int own = own_text > 0 ? own_text : (own_text = font.pixelSize());
    zoom_percent = percent;
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(own * percent / 100.0))));
    QApplication::setFont(font);
}

int zoom() {
    return zoom_percent;
}

void setDesignSize(QWidget& widget, QSize design) {
    widget.setProperty(design_size, design);
    if (design.width() > 0) widget.setFixedWidth(scaled(design.width()));
    if (design.height() > 0) widget.setFixedHeight(scaled(design.height()));
}

void setDesignRows(QTableView& table, int pixels) {
    table.setProperty(design_rows, pixels);
    table.verticalHeader()->setDefaultSectionSize(scaled(pixels));
}

QIcon applicationIcon() {
    initResources();
    return QIcon::fromTheme(QStringLiteral("deepvm-explorer"),
                            QIcon(QStringLiteral(":/icons/deepvm-explorer.png")));
}

QFont sized(QFont base, int pixels, QFont::Weight weight) {
    base.setPixelSize(scaled(pixels));
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
    for (auto* child : root.findChildren<QWidget*>())
        if (const QVariant design = child->property(design_size); design.isValid())
            setDesignSize(*child, design.toSize());
    for (auto* table : root.findChildren<QTableView*>())
        if (const QVariant rows = table->property(design_rows); rows.isValid())
            setDesignRows(*table, rows.toInt());
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
