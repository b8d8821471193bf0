// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/settings.h"

#include <QSettings>
#include <QStandardPaths>
#include <QStringList>

#include "state/own_data.h"

namespace deepvm::ui::state {
namespace {

constexpr int version = 1;

QString text(const QSettings& settings, const char* key) {
    return settings.value(QLatin1String(key)).toString();
}

QString fromView(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

void loadArchitectures(const QSettings& settings, Exploration& exploration) {
    if (!settings.contains(QStringLiteral("architectures"))) return;
    Exploration read = exploration;
    for (const auto known : planner::all_architectures)
        read.enable(known, false);
    for (const QString& name : settings.value(QStringLiteral("architectures")).toStringList()) {
        const auto architecture = planner::parse_architecture(name.toStdString());
        if (!architecture) return;
        read.enable(*architecture, true);
    }
    if (!read.architectures.empty()) exploration = read;
}

Exploration loadExploration(QSettings& settings) {
    Exploration exploration;
    if (const QString market = text(settings, "market"); !market.isEmpty())
        exploration.selection = {market.toStdString(), text(settings, "region").toStdString()};
    const auto budget = base::Money::parse(text(settings, "budget").toStdString(), "budget");
    if (budget && budget->micro() > 0) exploration.budget = *budget;
    if (const auto objective = planner::parse_objective(text(settings, "objective").toStdString()))
        exploration.objective = *objective;
    if (const auto preset = planner::parse_preset(text(settings, "preset").toStdString()))
        exploration.preset = *preset;
    if (const QString workload = text(settings, "workload"); !workload.isEmpty())
        exploration.workload = workload.toStdString();
    bool whole = false;
    const int nodes = text(settings, "max_nodes").toInt(&whole);
    if (whole && nodes >= 1 && nodes <= planner::largest_max_nodes) exploration.maxNodes = nodes;
    const int percent = text(settings, "what_if_percent").toInt(&whole);
    if (whole && percent >= least_what_if && percent <= most_what_if) exploration.whatIfPercent = percent;
    loadArchitectures(settings, exploration);
    loadOwnData(settings, exploration);
    return exploration;
}

}  // namespace

QString Settings::defaultFile() {
    const QString named = qEnvironmentVariable("DEEPVM_SETTINGS");
    if (!named.isEmpty()) return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/deepvm-explorer/explorer.ini");
}

Remembered Settings::load() const {
    Remembered remembered;
    if (file_.isEmpty()) return remembered;
    QSettings settings(file_, QSettings::IniFormat);
    if (settings.status() != QSettings::NoError || text(settings, "version") != QString::number(version))
        return remembered;
    remembered.exploration = loadExploration(settings);
    const QString appearance = text(settings, "appearance");
    if (appearance == QLatin1String("light")) remembered.appearance = Appearance::light;
    if (appearance == QLatin1String("dark")) remembered.appearance = Appearance::dark;
    remembered.geometry = settings.value(QStringLiteral("geometry")).toByteArray();
    return remembered;
}

void Settings::save(const Remembered& remembered) const {
    if (file_.isEmpty()) return;
    QSettings settings(file_, QSettings::IniFormat);
    settings.clear();
    const Exploration& exploration = remembered.exploration;
    settings.setValue(QStringLiteral("version"), version);
    settings.setValue(QStringLiteral("market"), QString::fromStdString(exploration.selection.market));
    settings.setValue(QStringLiteral("region"), QString::fromStdString(exploration.selection.region));
    settings.setValue(QStringLiteral("budget"), QString::fromStdString(exploration.budget.decimal()));
    settings.setValue(QStringLiteral("objective"), fromView(planner::name(exploration.objective)));
    if (exploration.preset)
        settings.setValue(QStringLiteral("preset"), fromView(planner::name(*exploration.preset)));
    settings.setValue(QStringLiteral("workload"), QString::fromStdString(exploration.workload));
    if (exploration.maxNodes) settings.setValue(QStringLiteral("max_nodes"), *exploration.maxNodes);
    settings.setValue(QStringLiteral("what_if_percent"), exploration.whatIfPercent);
    QStringList architectures;
    for (const auto architecture : exploration.architectures)
        architectures << fromView(planner::name(architecture));
    settings.setValue(QStringLiteral("architectures"), architectures);
    const char* appearance = remembered.appearance == Appearance::light  ? "light"
                             : remembered.appearance == Appearance::dark ? "dark"
                                                                         : "system";
    settings.setValue(QStringLiteral("appearance"), QLatin1String(appearance));
    settings.setValue(QStringLiteral("geometry"), remembered.geometry);
    saveOwnData(settings, exploration);
}

}  // namespace deepvm::ui::state
