// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/reopened.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "words/plans.h"

namespace deepvm::words {
namespace {

using session::PriceChange;

std::string more_or_less(double then, double now, Style style) {
    const double change = 100 * (now / then - 1);
    return fmt::format("{} {}", percent(std::abs(change), style), change < 0 ? "less" : "more");
}

std::string price_line(const PriceChange& change, Style style) {
    const auto what = fmt::format("{} {}", change.then.type, problem::name(change.then.purchase));
    const auto dated = change.then.as_of.empty() ? std::string() : " of " + change.then.as_of;
    if (!change.now)
        return fmt::format("{}: not offered any more; it was {}{}", what, per_hour(change.then.price), dated);
    const bool was_free = change.then.price.micro() == 0;
    return fmt::format("{}: {}, {} the {}{}", what, per_hour(change.now->price),
                       was_free
                           ? std::string("instead of")
                           : more_or_less(change.then.price.usd(), change.now->price.usd(), style) + " than",
                       per_hour(change.then.price), dated);
}

std::string cluster_line(const session::Answer& then, const session::Reopened& today,
                         const model::Market& market, Style style) {
    const auto was = cluster(then.plan, market, style);
    if (!today.then_today)
        return fmt::format("{}: no budget makes it an answer any more: a type, a limit or a rule changed",
                           was);
    const auto price = per_hour(today.then_today->hourly_price);
    if (!today.affordable) return fmt::format("{}: costs {} today, more than the budget", was, price);
    if (today.then_today->hourly_price != then.plan.hourly_price)
        return fmt::format("{}: costs {} today instead of {}", was, price, per_hour(then.plan.hourly_price));
    return fmt::format("{}: costs what it did; speeds, risk or rules behind its worth changed", was);
}

}  // namespace

std::vector<std::string> what_changed(const session::Answer& then, const session::Reopened& today,
                                      const model::Market& market, Style style) {
    std::vector<std::string> lines;
    for (const auto& change : today.prices)
        lines.push_back(price_line(change, style));
    if (!today.unchanged()) lines.push_back(cluster_line(then, today, market, style));
    if (!today.same_cluster && today.best_today)
        lines.push_back(
            fmt::format("today's best: {}, {} at {}", architecture(today.best_today->architecture),
                        cluster(*today.best_today, market, style), per_hour(today.best_today->hourly_price)));
    if (!today.best_today) lines.emplace_back("nothing fits the budget today");
    return lines;
}

std::string change_in_short(const session::Answer& then, const session::Reopened& today, Style style) {
    std::vector<std::string> parts;
    if (!today.prices.empty())
        parts.push_back(counted(static_cast<int>(today.prices.size()), "price") + " changed");
    if (!today.then_today)
        parts.emplace_back("no answer any more");
    else if (!today.affordable)
        parts.emplace_back("beyond the budget");
    else if (const auto now = today.then_today->hourly_price;
             now != then.plan.hourly_price && then.plan.hourly_price.micro() > 0)
        parts.push_back("costs " + more_or_less(then.plan.hourly_price.usd(), now.usd(), style));
    else if (!today.same_figures)
        parts.emplace_back("other figures");
    return parts.empty() ? std::string("as it was") : fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace deepvm::words
