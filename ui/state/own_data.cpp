// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/own_data.h"

#include <algorithm>

#include "model/precision.h"
#include "model/workload_file.h"
#include "problem/request.h"

namespace deepvm::ui::state {
namespace {

QString toText(const std::string& text) {
    return QString::fromStdString(text);
}

QString name(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void saveWorkload(QSettings& settings, const model::WorkloadProfile& workload) {
    const auto set = [&settings](const char* key, const QVariant& value) {
        settings.setValue(QLatin1String(key), value);
    };
    set("name", toText(workload.name));
    set("display_name", toText(workload.display_name));
    set("parameters", QString::number(workload.parameters));
    set("flop_per_sample", QString::number(workload.flop_per_sample, 'g', 17));
    set("batch", workload.batch_per_accelerator);
    set("gradient_bytes", workload.gradient_bytes_per_parameter);
    set("state_bytes", workload.state_bytes_per_parameter);
    set("checkpoint_bytes", workload.checkpoint_bytes_per_parameter);
    set("samples", QString::number(workload.samples_per_epoch));
    set("epochs", workload.epochs);
    set("precision", name(problem::name(workload.precision)));
    set("kind", workload.kind ? name(model::workload_kind_name(*workload.kind)) : QString());
    set("accumulation_steps", workload.accumulation_steps);
    set("measured_as", toText(workload.measured_as));
    set("note", toText(workload.note));
}

model::WorkloadProfile loadWorkload(const QSettings& settings) {
    const auto get = [&settings](const char* key) { return settings.value(QLatin1String(key)); };
    model::WorkloadProfile workload;
    workload.name = get("name").toString().toStdString();
    workload.display_name = get("display_name").toString().toStdString();
    workload.parameters = get("parameters").toString().toLongLong();
    workload.flop_per_sample = get("flop_per_sample").toString().toDouble();
    workload.batch_per_accelerator = get("batch").toInt();
    workload.gradient_bytes_per_parameter = get("gradient_bytes").toInt();
    workload.state_bytes_per_parameter = get("state_bytes").toInt();
    workload.checkpoint_bytes_per_parameter = get("checkpoint_bytes").toInt();
    workload.samples_per_epoch = get("samples").toString().toLongLong();
    workload.epochs = get("epochs").toInt();
    workload.precision =
        model::precision_named(get("precision").toString().toStdString()).value_or(model::Precision::tensor);
    workload.kind = model::workload_kind_named(get("kind").toString().toStdString());
    workload.accumulation_steps = std::max(1, get("accumulation_steps").toInt());
    workload.measured_as = get("measured_as").toString().toStdString();
    workload.note = get("note").toString().toStdString();
    return workload;
}

/// `there` with what was added, changed and taken away from `before` to `now`, by name.
std::vector<model::WorkloadProfile> merged(const std::vector<model::WorkloadProfile>& before,
                                           const std::vector<model::WorkloadProfile>& now,
                                           std::vector<model::WorkloadProfile> there) {
    const auto find = [](auto& in, const std::string& name) {
        return std::ranges::find(in, name, &model::WorkloadProfile::name);
    };
    std::erase_if(there, [&](const auto& each) {
        return find(before, each.name) != before.end() && find(now, each.name) == now.end();
    });
    for (const auto& each : now) {
        if (const auto known = find(before, each.name); known != before.end() && *known == each) continue;
        if (const auto same = find(there, each.name); same != there.end())
            *same = each;
        else
            there.push_back(each);
    }
    return there;
}

using Measured = decltype(session::Exploration::measured);

/// As for workloads, by instance type.
Measured merged(const Measured& before, const Measured& now, Measured there) {
    for (const auto& [type, fit] : before)
        if (!now.contains(type)) there.erase(type);
    for (const auto& [type, fit] : now)
        if (const auto known = before.find(type); known == before.end() || !(known->second == fit))
            there[type] = fit;
    return there;
}

void writeWorkloads(QSettings& settings, const std::vector<model::WorkloadProfile>& workloads) {
    settings.remove(QStringLiteral("own_workloads"));
    settings.beginWriteArray(QStringLiteral("own_workloads"), static_cast<int>(workloads.size()));
    int index = 0;
    for (const auto& workload : workloads) {
        settings.setArrayIndex(index++);
        saveWorkload(settings, workload);
    }
    settings.endArray();
}

void writeTimes(QSettings& settings, const Measured& measured) {
    settings.remove(QStringLiteral("epoch_times"));
    settings.beginWriteArray(QStringLiteral("epoch_times"));
    int index = 0;
    for (const auto& [type, fit] : measured)
        for (const auto& point : fit.points) {
            settings.setArrayIndex(index++);
            settings.setValue(QStringLiteral("type"), toText(type));
            settings.setValue(QStringLiteral("nodes"), point.nodes);
            settings.setValue(QStringLiteral("seconds"), QString::number(point.measured_seconds, 'g', 17));
        }
    settings.endArray();
}

}  // namespace

void saveOwnData(QSettings& settings, const session::Exploration& before, const session::Exploration& now) {
    if (before.own_workloads == now.own_workloads && before.measured == now.measured) return;
    session::Exploration there;
    loadOwnData(settings, there);
    writeWorkloads(settings, merged(before.own_workloads, now.own_workloads, there.own_workloads));
    writeTimes(settings, merged(before.measured, now.measured, there.measured));
}

void loadOwnData(QSettings& settings, session::Exploration& exploration) {
    const int workloads = settings.beginReadArray(QStringLiteral("own_workloads"));
    for (int i = 0; i < workloads; ++i) {
        settings.setArrayIndex(i);
        auto workload = loadWorkload(settings);
        if (model::check_workload(workload)) exploration.own_workloads.push_back(std::move(workload));
    }
    settings.endArray();
    std::vector<model::EpochTime> times;
    const int points = settings.beginReadArray(QStringLiteral("epoch_times"));
    for (int i = 0; i < points; ++i) {
        settings.setArrayIndex(i);
        model::EpochTime time;
        time.instance_type = settings.value(QStringLiteral("type")).toString().toStdString();
        time.nodes = settings.value(QStringLiteral("nodes")).toInt();
        time.epoch_seconds = settings.value(QStringLiteral("seconds")).toString().toDouble();
        const bool whole = time.nodes >= 1 && time.nodes <= model::most_measured_nodes;
        if (whole && time.epoch_seconds > 0 && !time.instance_type.empty()) times.push_back(std::move(time));
    }
    settings.endArray();
    for (auto& fit : model::fit_by_type(times).fits)
        exploration.measured[fit.instance_type] = std::move(fit);
}

}  // namespace deepvm::ui::state
