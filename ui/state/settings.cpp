// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSettings>
#include <QStandardPaths>
#include <QStringList>
#include <QVariantMap>
#include <optional>

#include "state/assumption_settings.h"
#include "state/own_data.h"

namespace deepvm::ui::state {
namespace {

constexpr int version = 1;

/// What is to be kept, by key.
struct Keys {
    QVariantMap values;

    void setValue(const QString& key, const QVariant& value) { values.insert(key, value); }
};

QString text(const QSettings& settings, const char* key) {
    return settings.value(QLatin1String(key)).toString();
}

QString fromView(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

void loadArchitectures(const QSettings& settings, session::Exploration& exploration) {
    if (!settings.contains(QStringLiteral("architectures"))) return;
    session::Exploration read = exploration;
    for (const auto known : problem::all_architectures)
        read.enable(known, false);
    for (const QString& name : settings.value(QStringLiteral("architectures")).toStringList()) {
        const auto architecture = problem::parse_architecture(name.toStdString());
        if (!architecture) return;
        read.enable(*architecture, true);
    }
    if (!read.architectures.empty()) exploration = read;
}

/// A number from `least` to `most`, else nothing.
std::optional<double> number(const QSettings& settings, const char* key, double least, double most) {
    bool valid = false;
    const double value = text(settings, key).toDouble(&valid);
    return valid && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

QString exact(double value) {
    return QString::number(value, 'g', 17);
}

void loadJob(const QSettings& settings, problem::Job& job) {
    if (const auto unit = problem::parse_job_unit(text(settings, "job_unit").toStdString())) {
        job.unit = *unit;
        job.amount = number(settings, "job_amount", session::least_job_amount, session::most_job_amount);
    }
    job.deadline_hours = number(settings, "deadline_hours", session::least_deadline_hours, session::most_deadline_hours);
    job.confidence = number(settings, "deadline_percent", session::least_deadline_percent, session::most_deadline_percent)
                         .value_or(job.confidence * 100) /
                     100;
}

void loadRisk(const QSettings& settings, problem::Risk& risk) {
    if (const auto point = problem::parse_rate_point(text(settings, "rate_point").toStdString()))
        risk.point = *point;
    constexpr double most_rate = 1e6;
    const auto middle = number(settings, "rate", 0, most_rate);
    const auto low = number(settings, "rate_low", 0, middle.value_or(-1));
    const auto high = number(settings, "rate_high", middle.value_or(most_rate), most_rate);
    if (!low || !middle || !high) return;
    risk.rates = risk::RateRange{*low, *middle, *high};
    risk.source = text(settings, "rate_source").toStdString();
}

void saveJobAndRisk(Keys& settings, const session::Exploration& exploration) {
    const auto& job = exploration.job;
    settings.setValue(QStringLiteral("job_unit"), fromView(problem::name(job.unit)));
    if (job.amount) settings.setValue(QStringLiteral("job_amount"), exact(*job.amount));
    if (job.deadline_hours) settings.setValue(QStringLiteral("deadline_hours"), exact(*job.deadline_hours));
    settings.setValue(QStringLiteral("deadline_percent"), exact(job.confidence * 100));
    const auto& risk = exploration.risk;
    settings.setValue(QStringLiteral("rate_point"), fromView(problem::name(risk.point)));
    if (!risk.rates) return;
    settings.setValue(QStringLiteral("rate_low"), exact(risk.rates->low));
    settings.setValue(QStringLiteral("rate"), exact(risk.rates->middle));
    settings.setValue(QStringLiteral("rate_high"), exact(risk.rates->high));
    settings.setValue(QStringLiteral("rate_source"), QString::fromStdString(risk.source));
}

session::Exploration loadExploration(QSettings& settings) {
    session::Exploration exploration;
    if (const QString market = text(settings, "market"); !market.isEmpty())
        exploration.selection = {market.toStdString(), text(settings, "region").toStdString()};
    const auto budget = base::Money::parse(text(settings, "budget").toStdString(), "budget");
    if (budget && budget->micro() > 0) exploration.budget = *budget;
    if (const auto objective = problem::parse_objective(text(settings, "objective").toStdString()))
        exploration.objective = *objective;
    if (const auto preset = problem::parse_preset(text(settings, "preset").toStdString()))
        exploration.preset = *preset;
    exploration.observed_prices_only = text(settings, "observed_prices_only") == QLatin1String("true");
    if (const QString workload = text(settings, "workload"); !workload.isEmpty())
        exploration.workload = workload.toStdString();
    bool whole = false;
    const int nodes = text(settings, "max_nodes").toInt(&whole);
    if (whole && nodes >= 1 && nodes <= problem::largest_max_nodes) exploration.max_nodes = nodes;
    const int percent = text(settings, "what_if_percent").toInt(&whole);
    if (whole && percent >= session::least_what_if && percent <= session::most_what_if) exploration.what_if_percent = percent;
    const int runs = text(settings, "future_runs").toInt(&whole);
    if (whole && runs >= session::least_future_runs && runs <= session::most_future_runs) exploration.future_runs = runs;
    const int seed = text(settings, "future_seed").toInt(&whole);
    if (whole && seed >= 0 && seed <= session::most_future_seed) exploration.future_seed = seed;
    loadArchitectures(settings, exploration);
    loadOwnData(settings, exploration);
    loadJob(settings, exploration.job);
    loadRisk(settings, exploration.risk);
    loadAssumptions(settings, exploration);
    return exploration;
}

Keys keysOf(const Remembered& remembered) {
    Keys settings;
    const session::Exploration& exploration = remembered.exploration;
    settings.setValue(QStringLiteral("market"), QString::fromStdString(exploration.selection.market));
    settings.setValue(QStringLiteral("region"), QString::fromStdString(exploration.selection.region));
    settings.setValue(QStringLiteral("budget"), QString::fromStdString(exploration.budget.decimal()));
    settings.setValue(QStringLiteral("objective"), fromView(problem::name(exploration.objective)));
    if (exploration.preset)
        settings.setValue(QStringLiteral("preset"), fromView(problem::name(*exploration.preset)));
    settings.setValue(QStringLiteral("workload"), QString::fromStdString(exploration.workload));
    if (exploration.max_nodes) settings.setValue(QStringLiteral("max_nodes"), *exploration.max_nodes);
    settings.setValue(QStringLiteral("observed_prices_only"), exploration.observed_prices_only);
    settings.setValue(QStringLiteral("what_if_percent"), exploration.what_if_percent);
    saveJobAndRisk(settings, exploration);
    settings.setValue(QStringLiteral("future_runs"), exploration.future_runs);
    settings.setValue(QStringLiteral("future_seed"), exploration.future_seed);
    QStringList architectures;
    for (const auto architecture : exploration.architectures)
        architectures << fromView(problem::name(architecture));
    settings.setValue(QStringLiteral("architectures"), architectures);
    const char* appearance = remembered.appearance == Appearance::light  ? "light"
                             : remembered.appearance == Appearance::dark ? "dark"
                                                                         : "system";
    settings.setValue(QStringLiteral("appearance"), QLatin1String(appearance));
    settings.setValue(QStringLiteral("geometry"), remembered.geometry);
    settings.values.insert(assumptionKeys(exploration));
    settings.values.insert(keysOf(remembered.layout));
    return settings;
}

bool ours(const QSettings& settings) {
    return settings.status() == QSettings::NoError && text(settings, "version") == QString::number(version);
}

}  // namespace

QString Settings::defaultFile() {
    QString named = qEnvironmentVariable("DEEPVM_SETTINGS");
    if (!named.isEmpty()) return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/deepvm-explorer/explorer.ini");
}

Remembered Settings::load() {
    Remembered remembered;
    remembered.exploration = session::first_exploration();
    if (file_.isEmpty()) return remembered;
    remembered.first = !QFileInfo::exists(file_);
    known_ = remembered;
    QSettings settings(file_, QSettings::IniFormat);
    if (!ours(settings)) return remembered;
    remembered.exploration = loadExploration(settings);
    const QString appearance = text(settings, "appearance");
    if (appearance == QLatin1String("light")) remembered.appearance = Appearance::light;
    if (appearance == QLatin1String("dark")) remembered.appearance = Appearance::dark;
    remembered.layout = loadLayout(settings);
    remembered.geometry = settings.value(QStringLiteral("geometry")).toByteArray();
    known_ = remembered;
    return remembered;
}

base::Result<void> Settings::save(const Remembered& remembered) {
    if (file_.isEmpty()) return {};
    QDir().mkpath(QFileInfo(file_).path());
    // Another window must not write between our reading and our writing. Whoever ended without letting go
    // keeps nobody waiting.
    QLockFile lock(file_ + QStringLiteral(".merging"));
    constexpr int patience_ms = 500;
    lock.tryLock(patience_ms);
    const bool whole = ours(QSettings(file_, QSettings::IniFormat));
    if (!whole && QFileInfo(file_).size() > 0) QFile::copy(file_, file_ + QStringLiteral(".before"));
    QSettings settings(file_, QSettings::IniFormat);
    if (!whole) {
        settings.clear();
        settings.setValue(QStringLiteral("version"), version);
    }
    const QVariantMap before = whole ? keysOf(known_).values : QVariantMap();
    const QVariantMap now = keysOf(remembered).values;
    for (auto each = before.begin(); each != before.end(); ++each)
        if (!now.contains(each.key())) settings.remove(each.key());
    for (auto each = now.begin(); each != now.end(); ++each)
        if (!before.contains(each.key()) || before[each.key()] != each.value())
            settings.setValue(each.key(), each.value());
    saveOwnData(settings, whole ? known_.exploration : session::Exploration{}, remembered.exploration);
    settings.sync();
    if (settings.status() == QSettings::AccessError)
        return base::fail(base::ErrorCode::unreadable,
                          "cannot keep the settings in " + file_.toStdString() +
                              "; make its folder writable, with room on the disk, or name another file by "
                              "DEEPVM_SETTINGS");
    known_ = remembered;
    return {};
}

}  // namespace deepvm::ui::state
