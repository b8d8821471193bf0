// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/quantities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lessons/node.h"
#include "lessons/plan_figures.h"
#include "lessons/quantity_lists.h"
#include "problem/request.h"

namespace deepvm::lessons {
namespace {

std::vector<Quantity> make_all() {
    std::vector<Quantity> all;
    for (auto list : {question_quantities(), plan_quantities(), market_quantities(), limit_quantities(),
                      job_quantities()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

std::vector<std::string> architectures() {
    std::vector<std::string> names;
    for (const auto each : problem::all_architectures)
        names.emplace_back(problem::name(each));
    return names;
}

std::vector<std::string> figure_names() {
    std::vector<std::string> names;
    for (const auto& each : plan_figures())
        names.emplace_back(each.name);
    return names;
}

std::vector<std::string> limits() {
    std::vector<std::string> names;
    for (auto limit = problem::Limit::budget; limit <= problem::Limit::scaling;
         limit = static_cast<problem::Limit>(static_cast<int>(limit) + 1))
        names.emplace_back(problem::name(limit));
    return names;
}

std::string_view argument_name(Argument argument) {
    static constexpr std::array names{"number",   "type",   "architecture", "figure", "limit",
                                      "purchase", "replay", "rules",        "level"};
    return names.at(static_cast<std::size_t>(argument));
}

std::string heading(const Quantity& quantity) {
    std::string text(quantity.name);
    if (quantity.arguments.empty()) return text;
    text += '(';
    for (std::size_t i = 0; i < quantity.arguments.size(); ++i) {
        if (i > 0) text += ", ";
        text += argument_name(quantity.arguments[i]);
    }
    return text + ')';
}

}  // namespace

std::span<const Quantity> quantities() {
    static const auto all = make_all();
    return all;
}

const Quantity* find_quantity(std::string_view name) {
    const auto all = quantities();
    const auto found = std::ranges::find(all, name, &Quantity::name);
    return found == all.end() ? nullptr : &*found;
}

Kind kind_of(Argument argument) {
    return argument == Argument::number ? Kind::number : Kind::text;
}

std::vector<std::string> texts_of(Argument argument) {
    switch (argument) {
        case Argument::number:
        case Argument::type:
            return {};
        case Argument::architecture:
            return architectures();
        case Argument::figure:
            return figure_names();
        case Argument::limit:
            return limits();
        case Argument::purchase:
            return {"spot", "on-demand"};
        case Argument::replay:
            return {"figure-5", "figure-6", "figure-8", "transient-speed", "transient-cost"};
        case Argument::rules:
            return {"published", "corrected"};
        case Argument::level:
            return {"host", "remote", "storage"};
    }
    return {};
}

std::string quantity_help() {
    std::string text;
    for (const auto& each : quantities()) {
        const auto unit = each.kind == Kind::number ? name(each.unit) : name(each.kind);
        text += fmt::format("  {:<28} {:<10} {}\n", heading(each), unit, each.meaning);
    }
    for (const auto& each : functions())
        text += fmt::format("  {:<28} {:<10} {}\n", fmt::format("{}(...)", each.name), "", each.meaning);
    return text;
}

}  // namespace deepvm::lessons
