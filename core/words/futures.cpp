// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/futures.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "risk/revocation.h"
#include "words/remarks.h"

namespace deepvm::words {
namespace {

using explain::SimulatedPlan;

bool drawn(const SimulatedPlan& plan) {
    return plan.unknown.empty() && plan.futures.finishes && plan.as_given.finishes &&
           plan.plan.job.expected && plan.plan.job.expected->finishes;
}

// Whether the closed form's mean is in the interval of the simulated one. Of a few disturbed futures no
// interval can be told, and where no future differs there is nothing to lie within.
std::string verdict(const SimulatedPlan& plan, bool all_alike) {
    constexpr double enough = 10;
    const auto runs = static_cast<double>(plan.futures.sorted_hours.size());
    if (all_alike) return {};
    if (plan.agrees) return ", inside";
    return (1 - plan.futures.undisturbed) * runs < enough ? ", too few revoked to tell" : ", outside";
}

// "12 of 100", "99.6 of 100"
std::string of_hundred(double percent) {
    const bool whole = std::abs(percent - std::round(percent)) < 0.05;
    return fmt::format("{:.{}f} of 100", percent, whole ? 0 : 1);
}

// That none of its spot machines is taken back within the hours.
std::string survives(const problem::Plan& plan, double hours, Style style) {
    if (plan.spot_workers == 0) return "none is spot";
    if (!plan.job.revocations_per_hour) return std::string(dash(style));
    return percent(100 * risk::survival(*plan.job.revocations_per_hour, hours), style);
}

}  // namespace

std::vector<FuturesRow> futures(const std::vector<SimulatedPlan>& plans, bool dollars,
                                std::optional<double> deadline_hours, Style style) {
    std::vector<FuturesRow> rows;
    const auto add = [&](std::string name, auto value) {
        rows.push_back({std::move(name), {}});
        for (const auto& plan : plans)
            rows.back().values.push_back(drawn(plan) ? value(plan) : std::string(dash(style)));
    };
    const auto text = [dollars](double value) { return dollars ? words::dollars(value) : hours(value); };
    const auto spread = [dollars](const risk::Futures& of) { return dollars ? of.dollars : of.hours; };
    add("P5", [&](const auto& plan) { return text(spread(plan.futures).p5); });
    add("P50", [&](const auto& plan) { return text(spread(plan.futures).p50); });
    add("P95", [&](const auto& plan) { return text(spread(plan.futures).p95); });
    add("Mean", [&](const auto& plan) { return text(spread(plan.futures).mean); });
    const auto alike = [&](const auto& plan) {
        return text(spread(plan.as_given).low) == text(spread(plan.as_given).high);
    };
    const std::string and_so_on = style == Style::plain ? "..." : "…";
    add(and_so_on + " figures as given", [&](const auto& plan) {
        const auto given = spread(plan.as_given);
        return alike(plan) ? text(given.mean) + ", all alike"
                           : fmt::format("{} to {}", text(given.low), text(given.high));
    });
    add("Closed form", [&](const auto& plan) {
        const double each = dollars ? plan.plan.hourly_price.usd() : 1;
        return text(plan.plan.job.expected->expected_hours * each) + verdict(plan, alike(plan));
    });
    if (deadline_hours)
        add("Done by " + hours(*deadline_hours), [&](const auto& plan) {
            return plan.share_done_in_time ? chance(*plan.share_done_in_time) : std::string(dash(style));
        });
    add("Never revoked", [](const auto& plan) { return of_hundred(100 * plan.futures.undisturbed); });
    for (const int span : {1, 6, 24})
        add(fmt::format("All spot machines last {} h", span),
            [&](const auto& plan) { return survives(plan.plan, span, style); });
    add(and_so_on + " as long as the job", [&](const auto& plan) {
        const double fault_free = plan.plan.job.expected->fault_free_hours;
        const auto share = survives(plan.plan, fault_free, style);
        return plan.plan.spot_workers == 0 ? share : fmt::format("{} of {}", share, hours(fault_free));
    });
    return rows;
}

std::string cheaper(const std::vector<SimulatedPlan>& plans) {
    std::vector<std::string> parts;
    std::string_view in_all = " futures";
    for (std::size_t a = 0; a < plans.size(); ++a) {
        std::vector<std::string> than;
        for (std::size_t b = a + 1; b < plans.size() && b < plans[a].cheaper_in.size(); ++b) {
            if (!plans[a].cheaper_in[b]) continue;
            than.push_back(
                fmt::format("than {} in {}{}", b + 1, of_hundred(*plans[a].cheaper_in[b]), in_all));
            in_all = {};
        }
        if (!than.empty())
            parts.push_back(
                fmt::format("{} {}{}", a + 1, parts.empty() ? "is cheaper " : "", fmt::join(than, ", ")));
    }
    return parts.empty() ? std::string() : fmt::format("{}.", fmt::join(parts, "; "));
}

std::string nothing_simulated(const std::vector<SimulatedPlan>& plans) {
    if (plans.empty() || std::ranges::any_of(plans, drawn)) return {};
    const auto& first = plans.front();
    if (first.unknown.empty())
        return "The machines are revoked so often that the job does not end. A more reliable type, on-demand "
               "machines or a lower revocation rate would let it.";
    return sentence(first.unknown) + ".";
}

std::string what_is_drawn(const std::vector<SimulatedPlan>& plans) {
    const auto any = [&](auto in_doubt) { return std::ranges::any_of(plans, in_doubt); };
    std::vector<std::string> ranges;
    if (any([](const SimulatedPlan& plan) { return plan.doubt.revocations > 0; }))
        ranges.emplace_back("their rates");
    if (any([](const SimulatedPlan& plan) { return plan.doubt.time > 0; })) ranges.emplace_back("speeds");
    if (any([](const SimulatedPlan& plan) { return plan.plan.likely_price.has_value(); }))
        ranges.emplace_back("spot prices");
    auto words = std::string("Drawn: revocations");
    if (!ranges.empty()) words += fmt::format(", {} within their ranges", fmt::join(ranges, " and "));
    return words + "; not whether machines can be had.";
}

}  // namespace deepvm::words
