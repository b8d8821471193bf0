// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/risk_basis.h"

#include <algorithm>
#include <cmath>

#include "catalog/locations.h"
#include "problem/architectures/architecture.h"
#include "risk/lifetimes.h"
#include "wording/format.h"
#include "words/obstacles.h"

namespace deepvm::ui::state {
namespace {

constexpr const char* hand = "set by hand";

RiskBasis bands(problem::RatePoint point, const QString& name, const QString& counted) {
    RiskBasis basis;
    basis.name = name;
    basis.source = QStringLiteral(
                       "The provider says for each type and region in which band the share of spot machines "
                       "lies that are interrupted within a month: under 5, 5-10, 10-15, 15-20 or over 20 % "
                       "(AWS Spot Instance Advisor; the last one is taken as 20-30 %). A band is a range: "
                       "%1 counts here.")
                       .arg(counted);
    basis.risk.point = point;
    return basis;
}

/// "K80", as GPUs are written.
QString gpuName(const std::string& gpu) {
    return QString::fromStdString(gpu).toUpper();
}

RiskBasis lifetimes(const risk::LifetimeGroup& group) {
    RiskBasis basis;
    basis.name = QStringLiteral("Google Cloud lifetimes 2019, %1").arg(gpuName(group.gpu));
    basis.source =
        QStringLiteral(
            "%1 preemptible machines with a %2 on Google Cloud, where none lives longer than 24 h "
            "(Speeding up Deep Learning with Transient Servers, ICAC 2019): their mean rate counts "
            "for every spot machine.")
            .arg(QString::number(group.lifetimes.machines()), gpuName(group.gpu));
    basis.risk.rates = group.lifetimes.mean_rate_range();
    basis.risk.source = basis.name.toStdString();
    return basis;
}

/// Three digits: more would feign a precision that no rate has.
QString machineHours(double rate) {
    const double hours = 1 / rate;
    if (hours < 9.95) return wording::decimal(hours, 1);
    const double grid = std::pow(10.0, std::max(0.0, std::floor(std::log10(hours)) - 2));
    return wording::whole(std::round(hours / grid) * grid);
}

}  // namespace

std::vector<RiskBasis> riskBases() {
    using problem::RatePoint;
    std::vector<RiskBasis> bases{
        bands(RatePoint::middle, QStringLiteral("Interruption bands, middle"), QStringLiteral("its middle")),
        bands(RatePoint::low, QStringLiteral("Interruption bands, low end"), QStringLiteral("its low end")),
        bands(RatePoint::high, QStringLiteral("Interruption bands, high end"),
              QStringLiteral("its high end"))};
    const auto folder = catalog::default_validation_folder();
    if (!folder) return bases;
    const auto machines = risk::read_lifetimes(*folder / "transient_vm_lifetimes.csv");
    if (!machines) return bases;
    const auto groups = risk::lifetime_groups(*machines);
    if (!groups) return bases;
    for (const auto& group : *groups)
        if (group.region.empty()) bases.push_back(lifetimes(group));
    return bases;
}

problem::Risk riskByHand(double percent) {
    problem::Risk risk;
    const double rate = risk::hourly_rate(std::clamp(percent, 0.0, most_monthly_percent) / 100);
    risk.rates = risk::RateRange{rate, rate, rate};
    risk.source = hand;
    return risk;
}

problem::Risk usualRisk() {
    return riskByHand(words::usual_monthly_percent);
}

QString planWithUsualRisk() {
    return QStringLiteral("Plan with %1 % a month").arg(words::usual_monthly_percent);
}

bool isByHand(const problem::Risk& risk) {
    return risk.rates && risk.source == hand;
}

bool isOfBands(const problem::Risk& risk) {
    return !risk.rates;
}

std::optional<risk::RateRange> spotRates(const problem::Problem& problem) {
    std::vector<double> rates;
    for (std::size_t i = 0; i < problem.workers.size(); ++i)
        if (problem.workers[i].offer->spot && problem.workers[i].revocations)
            rates.push_back(problem::revocation_rate(problem, i));
    if (rates.empty()) return std::nullopt;
    std::ranges::sort(rates);
    return risk::RateRange{rates.front(), rates[rates.size() / 2], rates.back()};
}

QString revocationWords(double hourly_rate) {
    if (!(hourly_rate > 0)) return QStringLiteral("never revoked");
    return QStringLiteral("revoked about once in %1 machine-hours").arg(machineHours(hourly_rate));
}

QString revocationWords(const risk::RateRange& hourly_rates) {
    if (hourly_rates.low == hourly_rates.high || !(hourly_rates.low > 0))
        return revocationWords(hourly_rates.high);
    return QStringLiteral("revoked about once in %1 to %2 machine-hours")
        .arg(machineHours(hourly_rates.high), machineHours(hourly_rates.low));
}

}  // namespace deepvm::ui::state
