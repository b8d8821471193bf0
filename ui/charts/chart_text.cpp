// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_text.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "wording/wording.h"

namespace deepvm::ui::charts {
namespace {

QString nextStep(const problem::Plan& plan, const problem::Plan& next, problem::Objective objective) {
    const auto price = planPrice(next);
    if (problem::is_of_job(objective)) {
        const auto saved = wording::gains(problem::gain_percent(objective, plan, next), objective);
        return QStringLiteral("next step at %1 %2").arg(price, saved);
    }
    if (!(plan.objective > 0)) return QStringLiteral("next step at %1").arg(price);
    return QStringLiteral("next step at %1: %2")
        .arg(price, percent(100 * (next.objective / plan.objective - 1)));
}

QString significant(double value, int digits) {
    const int magnitude = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value))));
    return grouped(value, std::max(0, digits - 1 - magnitude));
}

}  // namespace

QString money(base::Money amount) {
    return QStringLiteral("$") + QString::fromStdString(amount.decimal());
}

QString planPrice(const problem::Plan& plan) {
    return money(rounded_up(plan.hourly_price)) + QStringLiteral("/h");
}

QString flopPerDollar(double flopp) {
    return wording::si(flopp, QStringLiteral("FLOP/$"));
}

QString objectiveValue(problem::Objective objective, bool publishedUnits, double value) {
    if (objective == problem::Objective::deepvm) return flopPerDollar(value);
    if (objective == problem::Objective::job_cost) return wording::dollars(value);
    if (objective == problem::Objective::job_time) return wording::hours(value);
    return significant(value, 3) +
           (publishedUnits ? QStringLiteral(" published rate") : QStringLiteral(" TFLOP/s"));
}

QString objectiveTick(problem::Objective objective, double value, double step) {
    const double digits = step > 0 ? step : value;
    if (objective == problem::Objective::job_cost) return moneyTick(value, digits);
    if (objective == problem::Objective::job_time) return numberTick(value, digits) + QStringLiteral(" h");
    return numberTick(value, digits);
}

ObjectiveText objectiveText(problem::Objective objective, bool publishedUnits, double highest) {
    if (objective == problem::Objective::job_cost)
        return {1, QStringLiteral("expected dollars until the job is done")};
    if (objective == problem::Objective::job_time)
        return {1, QStringLiteral("expected hours until the job is done")};
    constexpr double tooLong = 1e5;  // the longest plain label is "50,000"
    constexpr double tooShort = 1e-2;
    const bool scaled = highest > 0 && (highest > tooLong || highest < tooShort);
    const int exponent = scaled ? static_cast<int>(std::floor(std::log10(highest) + 1e-9)) : 0;
    const auto unit = [&](const QString& name) {
        return scaled ? powerOfTen(exponent) + QStringLiteral(" ") + name : name;
    };
    ObjectiveText text;
    text.divisor = std::pow(10.0, exponent);
    if (objective == problem::Objective::deepvm)
        text.subtitle = QStringLiteral("FLOPP × effective nodes (%1)").arg(unit(QStringLiteral("FLOP/$")));
    else
        text.subtitle =
            QStringLiteral("rate × effective nodes (%1)")
                .arg(unit(publishedUnits ? QStringLiteral("published rate") : QStringLiteral("TFLOP/s")));
    return text;
}

CalloutText planText(const problem::Plan& plan, const problem::Plan* next, base::Money last,
                     problem::Objective objective) {
    CalloutText text;
    text.title = wording::machinesLine(plan);
    text.detail = planPrice(plan);
    const QString job = problem::is_of_job(objective) ? wording::said(words::outcome(plan.job)) : QString();
    if (!job.isEmpty()) text.detail += QStringLiteral(" · %1\n").arg(job);
    const QString after =
        next != nullptr ? nextStep(plan, *next, objective)
                        : QStringLiteral("no further step up to %1").arg(moneyTick(last.usd(), last.usd()));
    text.detail += job.isEmpty() ? QStringLiteral(" · ") + after : after;
    if (!plan.region.empty())
        text.detail +=
            QLatin1Char('\n') + QString::fromStdString(model::place_title(plan.provider, plan.region));
    return text;
}

CalloutText typeText(const problem::FloppEntry& entry, const QString& source, bool publishedUnits) {
    CalloutText text;
    text.title = QString::fromStdString(entry.instance_type);
    if (!entry.region.empty())
        text.title +=
            QStringLiteral(" · ") + QString::fromStdString(model::place_title(entry.provider, entry.region));
    const auto price = entry.spot.value_or(entry.on_demand);
    QStringList lines;
    lines << QStringLiteral("%1/h %2 · %3")
                 .arg(money(price),
                      entry.spot ? QStringLiteral("spot") : QStringLiteral("on-demand, no spot price"),
                      objectiveValue(problem::Objective::throughput, publishedUnits, entry.rate_tflops));
    lines << flopPerDollar(entry.spot_flopp.value_or(entry.on_demand_flopp));
    if (entry.speed) lines << wording::said(words::speed(*entry.speed));
    if (!source.isEmpty()) lines << source;
    text.detail = lines.join(QLatin1Char('\n'));
    return text;
}

}  // namespace deepvm::ui::charts
