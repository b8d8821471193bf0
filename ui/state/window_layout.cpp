// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/window_layout.h"

#include <QSettings>

namespace deepvm::ui::state {
namespace {

bool flag(const QSettings& settings, const QString& key, bool otherwise) {
    const QString value = settings.value(key).toString();
    return value == QLatin1String("true") || (otherwise && value != QLatin1String("false"));
}

}  // namespace

WindowLayout loadLayout(const QSettings& settings) {
    WindowLayout layout;
    layout.page = settings.value(QStringLiteral("page")).toString();
    const QStringList tabs = settings.value(QStringLiteral("tabs")).toStringList();
    for (const QString& tab : tabs) {
        const QStringList pair = tab.split(QLatin1Char(':'));
        if (pair.size() == 2) layout.tabs[pair[0]] = pair[1];
    }
    layout.split = settings.value(QStringLiteral("split")).toByteArray();
    layout.controlsFolded = flag(settings, QStringLiteral("controls_folded"), false);
    layout.plansFolded = flag(settings, QStringLiteral("plans_folded"), false);
    bool whole = false;
    const int zoom = settings.value(QStringLiteral("zoom")).toString().toInt(&whole);
    if (whole && zoom >= least_zoom && zoom <= most_zoom) layout.zoom = zoom;
    layout.beginsWhereLeft = flag(settings, QStringLiteral("begins_where_left"), true);
    layout.catalogColumns = settings.value(QStringLiteral("catalog_columns")).toStringList();
    layout.catalogSort = settings.value(QStringLiteral("catalog_sort")).toString();
    return layout;
}

QVariantMap keysOf(const WindowLayout& layout) {
    QStringList tabs;
    for (const auto& [page, tab] : layout.tabs)
        tabs << page + QLatin1Char(':') + tab;
    return {{QStringLiteral("page"), layout.page},
            {QStringLiteral("tabs"), tabs},
            {QStringLiteral("split"), layout.split},
            {QStringLiteral("controls_folded"), layout.controlsFolded},
            {QStringLiteral("plans_folded"), layout.plansFolded},
            {QStringLiteral("zoom"), layout.zoom},
            {QStringLiteral("begins_where_left"), layout.beginsWhereLeft},
            {QStringLiteral("catalog_columns"), layout.catalogColumns},
            {QStringLiteral("catalog_sort"), layout.catalogSort}};
}

}  // namespace deepvm::ui::state
