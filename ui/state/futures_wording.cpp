// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/futures_wording.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "planner/answer_words.h"
#include "risk/revocation.h"
#include "state/format.h"
#include "state/wording.h"

namespace deepvm::ui::state {
namespace {

using exchange::SimulatedPlan;

QString none() {
    return QStringLiteral("–");
}

bool drawn(const SimulatedPlan& plan) {
    return plan.unknown.empty() && plan.futures.finishes && plan.as_given.finishes &&
           plan.plan.job.expected && plan.plan.job.expected->finishes;
}

// Whether the closed form's mean is in the interval of the simulated one. Of a few disturbed futures no
// interval can be told.
QString verdict(const SimulatedPlan& plan) {
    constexpr double enough = 10;
    const auto runs = static_cast<double>(plan.futures.sorted_hours.size());
    if (plan.agrees) return QStringLiteral("inside");
    return (1 - plan.futures.undisturbed) * runs < enough ? QStringLiteral("too few revoked to tell")
                                                          : QStringLiteral("outside");
}

// "12 of 100", "99.6 of 100"
QString ofHundred(double percent) {
    const bool whole = std::abs(percent - std::round(percent)) < 0.05;
    return QStringLiteral("%1 of 100").arg(decimal(percent, whole ? 0 : 1));
}

// That none of its spot machines is taken back within the hours.
QString survives(const planner::Plan& plan, double hours) {
    if (plan.spot_workers == 0) return QStringLiteral("none is spot");
    if (!plan.job.revocations_per_hour) return none();
    return percent(100 * risk::survival(*plan.job.revocations_per_hour, hours));
}

class Table {
  public:
    explicit Table(const std::vector<SimulatedPlan>& plans) : plans_(plans) {}

    void add(const QString& name, const std::function<QString(const SimulatedPlan&)>& value) {
        FuturesTable::Row row{name, {}};
        for (const auto& plan : plans_)
            row.values << (drawn(plan) ? value(plan) : none());
        made.rows.push_back(std::move(row));
    }

    FuturesTable made;

  private:
    const std::vector<SimulatedPlan>& plans_;
};

}  // namespace

FuturesTable futuresTable(const std::vector<SimulatedPlan>& plans, bool dollars,
                          std::optional<double> deadline_hours) {
    const auto text = [dollars](double value) { return dollars ? state::dollars(value) : hours(value); };
    const auto spread = [dollars](const SimulatedPlan& plan) {
        return dollars ? plan.futures.dollars : plan.futures.hours;
    };
    Table table(plans);
    table.add(QStringLiteral("P5"), [&](const auto& plan) { return text(spread(plan).p5); });
    table.add(QStringLiteral("P50"), [&](const auto& plan) { return text(spread(plan).p50); });
    table.add(QStringLiteral("P95"), [&](const auto& plan) { return text(spread(plan).p95); });
    table.add(QStringLiteral("Mean"), [&](const auto& plan) { return text(spread(plan).mean); });
    const auto given = [dollars](const SimulatedPlan& plan) {
        return dollars ? plan.as_given.dollars : plan.as_given.hours;
    };
    table.add(QStringLiteral("… figures as given"), [&](const auto& plan) {
        return QStringLiteral("%1 to %2").arg(text(given(plan).low), text(given(plan).high));
    });
    table.add(QStringLiteral("Closed form"), [&](const auto& plan) {
        const double each = dollars ? plan.plan.hourly_price.usd() : 1;
        return QStringLiteral("%1, %2").arg(text(plan.plan.job.expected->expected_hours * each),
                                            verdict(plan));
    });
    if (deadline_hours)
        table.add(QStringLiteral("Done by %1").arg(hours(*deadline_hours)), [](const auto& plan) {
            return plan.share_done_in_time
                       ? QString::fromStdString(planner::chance_words(*plan.share_done_in_time))
                       : none();
        });
    table.add(QStringLiteral("Never revoked"),
              [](const auto& plan) { return ofHundred(100 * plan.futures.undisturbed); });
    for (const int span : {1, 6, 24})
        table.add(QStringLiteral("All spot machines last %1 h").arg(span),
                  [span](const auto& plan) { return survives(plan.plan, span); });
    table.add(QStringLiteral("… as long as the job"), [](const auto& plan) {
        const double fault_free = plan.plan.job.expected->fault_free_hours;
        const QString share = survives(plan.plan, fault_free);
        return plan.plan.spot_workers == 0 ? share : QStringLiteral("%1 of %2").arg(share, hours(fault_free));
    });
    return table.made;
}

QString cheaperSentence(const std::vector<SimulatedPlan>& plans) {
    QStringList parts;
    bool first = true;
    for (std::size_t a = 0; a < plans.size(); ++a) {
        QStringList than;
        for (std::size_t b = a + 1; b < plans.size() && b < plans[a].cheaper_in.size(); ++b) {
            if (!plans[a].cheaper_in[b]) continue;
            const QString often = ofHundred(*plans[a].cheaper_in[b]);
            than << (first ? QStringLiteral("than %1 in %2 futures") : QStringLiteral("than %1 in %2"))
                        .arg(b + 1)
                        .arg(often);
            first = false;
        }
        if (than.isEmpty()) continue;
        const QString who = parts.isEmpty() ? QStringLiteral("%1 is cheaper %2") : QStringLiteral("%1 %2");
        parts << who.arg(QString::number(a + 1), than.join(QStringLiteral(", ")));
    }
    return parts.isEmpty() ? QString() : parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

QString nothingSimulated(const std::vector<SimulatedPlan>& plans) {
    if (plans.empty() || std::ranges::any_of(plans, drawn)) return {};
    const auto& first = plans.front();
    if (first.unknown.empty())
        return QStringLiteral(
            "The machines are revoked so often that the job does not end. A more reliable type, "
            "on-demand machines or a lower revocation rate would let it.");
    return sentence(QString::fromStdString(first.unknown)) + QLatin1Char('.');
}

}  // namespace deepvm::ui::state
