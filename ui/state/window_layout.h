// SPDX-License-Identifier: GPL-3.0-or-later
// How a person left the window; part of the settings.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariantMap>
#include <map>

class QSettings;

namespace deepvm::ui::state {

inline constexpr int least_zoom = 60;  ///< percent of the person's own size of text
inline constexpr int most_zoom = 240;

struct WindowLayout {
    QString page;                     ///< its id; empty for the first
    std::map<QString, QString> tabs;  ///< the tab on show, by page
    QByteArray split;                 ///< between the charts of the first page
    bool controlsFolded = false;
    bool plansFolded = false;
    int zoom = 100;               ///< least_zoom..most_zoom
    bool beginsWhereLeft = true;  ///< else with the doors of the page Start
    QStringList catalogColumns;   ///< those on show from left to right, "spot=90"; empty for the usual ones
    QString catalogSort;          ///< "spot up"; empty for the usual order

    bool operator==(const WindowLayout&) const = default;
};

WindowLayout loadLayout(const QSettings& settings);
/// What is to be kept of it, by key.
QVariantMap keysOf(const WindowLayout& layout);

}  // namespace deepvm::ui::state
