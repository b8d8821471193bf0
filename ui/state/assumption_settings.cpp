// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/assumption_settings.h"

#include <optional>

#include "base/numbers.h"
#include "model/fabric.h"
#include "problem/quotas.h"
#include "wording/format.h"

namespace deepvm::ui::state {
namespace {

constexpr AssumptionNumber numbers[] = {
    {"utilisation", 1e-6, 1, [](const session::Exploration& of) { return of.assumptions.utilisation; },
     [](session::Exploration& of, std::optional<double> to) { of.assumptions.utilisation = to; }},
    {"overlap", 0, model::most_hidden,
     [](const session::Exploration& of) { return std::optional(of.assumptions.overlap); },
     [](session::Exploration& of, std::optional<double> to) { of.assumptions.overlap = *to; }},
    {"min_efficiency", 0, 1, [](const session::Exploration& of) { return of.assumptions.min_efficiency; },
     [](session::Exploration& of, std::optional<double> to) { of.assumptions.min_efficiency = to; }},
    {"checkpoint_gib", 0, 1e6, [](const session::Exploration& of) { return of.assumptions.checkpoint_gib; },
     [](session::Exploration& of, std::optional<double> to) { of.assumptions.checkpoint_gib = to; }},
    {"buffer_depth", 0, 1e6, [](const session::Exploration& of) { return std::optional(of.assumptions.buffer_depth); },
     [](session::Exploration& of, std::optional<double> to) { of.assumptions.buffer_depth = *to; }},
    {"disk_gbs", 1e-6, 1e6, [](const session::Exploration& of) { return std::optional(of.checkpointing.disk_gbs); },
     [](session::Exploration& of, std::optional<double> to) { of.checkpointing.disk_gbs = *to; }},
    {"store_gbs", 1e-6, 1e6, [](const session::Exploration& of) { return std::optional(of.checkpointing.store_gbs); },
     [](session::Exploration& of, std::optional<double> to) { of.checkpointing.store_gbs = *to; }},
    {"provisioning_s", 0, 1e7,
     [](const session::Exploration& of) { return std::optional(of.checkpointing.provisioning_s); },
     [](session::Exploration& of, std::optional<double> to) { of.checkpointing.provisioning_s = *to; }},
    {"store_usd_per_gib_month", 0, 1e3,
     [](const session::Exploration& of) { return std::optional(of.checkpointing.store_usd_per_gib_month); },
     [](session::Exploration& of, std::optional<double> to) { of.checkpointing.store_usd_per_gib_month = *to; }},
};

QStringList quotaLines(const problem::QuotaLimits& quotas) {
    QStringList lines;
    for (const auto& [quota_class, vcpus] : quotas)
        lines << QStringLiteral("%1=%2").arg(QString::fromStdString(quota_class)).arg(vcpus);
    return lines;
}

void loadQuotas(const QSettings& settings, const char* key, problem::QuotaLimits& quotas) {
    for (const QString& line : settings.value(QLatin1String(key)).toStringList()) {
        const auto equals = line.lastIndexOf(QLatin1Char('='));
        if (equals <= 0) continue;
        const auto vcpus =
            base::parse_count(line.mid(equals + 1).toStdString(), key, 0, problem::most_quota_vcpus);
        if (vcpus) quotas[line.left(equals).toStdString()] = static_cast<int>(*vcpus);
    }
}

}  // namespace

std::span<const AssumptionNumber> assumptionNumbers() {
    return numbers;
}

QVariantMap assumptionKeys(const session::Exploration& exploration) {
    QVariantMap keys;
    const session::Exploration usual;
    for (const auto& number : numbers) {
        const auto value = number.get(exploration);
        if (value && value != number.get(usual))
            keys[QLatin1String(number.key)] = QString::number(*value, 'g', 17);
    }
    const auto& set = exploration.assumptions;
    if (set.precision != usual.assumptions.precision)
        keys[QStringLiteral("precision")] =
            set.precision ? wording::said(std::string(problem::name(*set.precision))) : QString();
    if (set.hosts != usual.assumptions.hosts)
        keys[QStringLiteral("hosts")] = wording::said(std::string(problem::name(set.hosts)));
    if (!exploration.spot_quota.empty())
        keys[QStringLiteral("spot_quota")] = quotaLines(exploration.spot_quota);
    if (!exploration.on_demand_quota.empty())
        keys[QStringLiteral("on_demand_quota")] = quotaLines(exploration.on_demand_quota);
    return keys;
}

void loadAssumptions(QSettings& settings, session::Exploration& exploration) {
    for (const auto& number : numbers) {
        bool valid = false;
        const double value = settings.value(QLatin1String(number.key)).toString().toDouble(&valid);
        if (valid && value >= number.least && value <= number.most) number.set(exploration, value);
    }
    const auto text = [&](const char* key) {
        return settings.value(QLatin1String(key)).toString().toStdString();
    };
    if (const auto precision = problem::parse_precision(text("precision")))
        exploration.assumptions.precision = *precision;
    if (const auto hosts = problem::parse_hosts(text("hosts"))) exploration.assumptions.hosts = *hosts;
    loadQuotas(settings, "spot_quota", exploration.spot_quota);
    loadQuotas(settings, "on_demand_quota", exploration.on_demand_quota);
}

}  // namespace deepvm::ui::state
