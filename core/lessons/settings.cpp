// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/names.h"
#include "lessons/world.h"
#include "risk/revocation.h"

namespace deepvm::lessons {
namespace {

using base::Result;
using session::Exploration;

tl::unexpected<base::Error> out_of_range(std::string_view what, double value, double least, double most) {
    return base::fail(base::ErrorCode::invalid_input,
                      fmt::format("{} is {}; it must be from {} to {}", what, value, least, most));
}

// Takes a number where it is from `least` to `most`.
Result<double> within(std::string_view what, const Value& value, double least, double most) {
    if (value.number < least || value.number > most) return out_of_range(what, value.number, least, most);
    return value.number;
}

Result<int> whole(std::string_view what, const Value& value, int least, int most) {
    if (value.number != std::floor(value.number))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("{} is {}; it must be a whole number", what, value.number));
    const auto taken = within(what, value, least, most);
    if (!taken) return tl::unexpected(taken.error());
    return static_cast<int>(*taken);
}

template <typename T, typename Into>
Result<void> into(Result<T> taken, Into& member) {
    if (!taken) return tl::unexpected(std::move(taken.error()));
    member = std::move(*taken);
    return {};
}

Result<void> set_architectures(Exploration& exploration, const Value& value) {
    auto next = exploration;
    next.architectures.clear();
    std::string_view rest = value.text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        auto one = rest.substr(0, end);
        while (one.starts_with(' '))
            one.remove_prefix(1);
        const auto named = problem::parse_architecture(one);
        if (!named) return tl::unexpected(named.error());
        next.enable(*named, true);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    exploration = std::move(next);
    return {};
}

Result<void> set_revocations(Exploration& exploration, const Value& value) {
    if (value.number < 0) {
        exploration.risk.rates.reset();
        exploration.risk.source.clear();
        return {};
    }
    const auto percent = within("revocations", value, 0, 99);
    if (!percent) return tl::unexpected(percent.error());
    const double rate = risk::hourly_rate(*percent / 100);
    exploration.risk.rates = risk::RateRange{rate, rate, rate};
    exploration.risk.source = "set by hand";
    return {};
}

Result<void> set_deadline(Exploration& exploration, const Value& value) {
    if (value.number == 0) {
        exploration.job.deadline_hours.reset();
        return {};
    }
    return into(within("deadline", value, session::least_deadline_hours, session::most_deadline_hours),
                exploration.job.deadline_hours);
}

Result<void> set_utilisation(Exploration& exploration, const Value& value) {
    if (value.number == 0) {
        exploration.assumptions.utilisation.reset();
        return {};
    }
    const auto percent = within("utilisation", value, 0.01, 100);
    if (!percent) return tl::unexpected(percent.error());
    exploration.assumptions.utilisation = *percent / 100;
    return {};
}

constexpr std::array<Setting, 19> all_settings{{
    {"market", Kind::text, Unit::none, "a provider or published data set: aws, gcp, azure, deepvm-paper",
     [](Exploration& to, const Value& value) -> Result<void> {
         if (value.text != to.selection.market) to.move_to({value.text, ""});
         return {};
     }},
    {"region", Kind::text, Unit::none, "of the provider, or any",
     [](Exploration& to, const Value& value) -> Result<void> {
         to.move_to({to.selection.market, value.text});
         return {};
     }},
    {"budget", Kind::number, Unit::usd_per_hour, "what the cluster may cost",
     [](Exploration& to, const Value& value) -> Result<void> {
         const auto usd = within("budget", value, 0, 1e9);
         if (!usd) return tl::unexpected(usd.error());
         to.budget = base::Money::from_usd(*usd);
         return {};
     }},
    {"workload", Kind::text, Unit::none, "what is trained: resnet50-imagenet",
     [](Exploration& to, const Value& value) -> Result<void> {
         to.workload = value.text;
         return {};
     }},
    {"objective", Kind::text, Unit::none, "deepvm, throughput, job-cost or job-time",
     [](Exploration& to, const Value& value) {
         return into(problem::parse_objective(value.text), to.objective);
     }},
    {"architectures", Kind::text, Unit::none, "those that are on, with commas: tiering,single-anchor",
     set_architectures},
    {"preset", Kind::text, Unit::none, "published or corrected; of published data sets",
     [](Exploration& to, const Value& value) { return into(problem::parse_preset(value.text), to.preset); }},
    {"epochs", Kind::number, Unit::none, "length of the job",
     [](Exploration& to, const Value& value) -> Result<void> {
         to.job.unit = problem::JobUnit::epochs;
         return into(within("epochs", value, session::least_job_amount, session::most_job_amount),
                     to.job.amount);
     }},
    {"deadline", Kind::number, Unit::hours, "of the job; 0 for none", set_deadline},
    {"confidence", Kind::number, Unit::percent, "with which the deadline is to be kept",
     [](Exploration& to, const Value& value) -> Result<void> {
         const auto percent =
             within("confidence", value, session::least_deadline_percent, session::most_deadline_percent);
         if (!percent) return tl::unexpected(percent.error());
         to.job.confidence = *percent / 100;
         return {};
     }},
    {"revocations", Kind::number, Unit::percent,
     "of spot machines a month, by hand; -1 for each machine's own interruption band", set_revocations},
    {"max_nodes", Kind::number, Unit::none, "nodes at most; 0 for what is usual",
     [](Exploration& to, const Value& value) -> Result<void> {
         if (value.number == 0) {
             to.max_nodes.reset();
             return {};
         }
         return into(whole("max_nodes", value, 1, problem::largest_max_nodes), to.max_nodes);
     }},
    {"observed_prices_only", Kind::truth, Unit::none, "spot prices that are estimates do not count",
     [](Exploration& to, const Value& value) -> Result<void> {
         to.observed_prices_only = value.truth;
         return {};
     }},
    {"precision", Kind::text, Unit::none, "tensor or fp32",
     [](Exploration& to, const Value& value) {
         return into(problem::parse_precision(value.text), to.assumptions.precision);
     }},
    {"utilisation", Kind::number, Unit::percent, "of the peak, by hand; 0 for what is known of speeds",
     set_utilisation},
    {"min_efficiency", Kind::number, Unit::percent, "least efficiency of a cluster",
     [](Exploration& to, const Value& value) -> Result<void> {
         const auto percent = within("min_efficiency", value, 0, 100);
         if (!percent) return tl::unexpected(percent.error());
         to.assumptions.min_efficiency = *percent / 100;
         return {};
     }},
    {"provisioning", Kind::number, Unit::seconds, "from a revocation until the new machine is there",
     [](Exploration& to, const Value& value) {
         return into(within("provisioning", value, 0, 1e7), to.checkpointing.provisioning_s);
     }},
    {"store_gbs", Kind::number, Unit::none, "GB/s of one stream into the object store",
     [](Exploration& to, const Value& value) {
         return into(within("store_gbs", value, 1e-6, 1e6), to.checkpointing.store_gbs);
     }},
    {"what_if", Kind::number, Unit::percent, "how much less and more What if asks about",
     [](Exploration& to, const Value& value) {
         return into(whole("what_if", value, session::least_what_if, session::most_what_if),
                     to.what_if_percent);
     }},
}};

Result<void> set_one(Exploration& exploration, const Assignment& one, const Value& value) {
    if (!value.known)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("{} cannot be set: {} is not known here", one.setting->name, one.value.text()));
    auto done = one.setting->set(exploration, value);
    if (!done)
        return base::fail(done.error().code, fmt::format("{}: {}", one.setting->name, done.error().message));
    return {};
}

// In the order of the settings.
std::vector<const Assignment*> in_order(const Assignments& all) {
    std::vector<const Assignment*> ordered;
    for (const auto& one : all)
        ordered.push_back(&one);
    std::ranges::stable_sort(ordered, {}, [](const Assignment* one) { return one->setting; });
    return ordered;
}

}  // namespace

std::span<const Setting> settings() {
    return all_settings;
}

base::Result<const Setting*> setting_named(std::string_view name) {
    const auto found = std::ranges::find(all_settings, name, &Setting::name);
    if (found != all_settings.end()) return &*found;
    std::vector<std::string> names;
    for (const auto& each : all_settings)
        names.emplace_back(each.name);
    return tl::unexpected(base::unknown_name("setting", name, names));
}

base::Result<session::Exploration> assigned(const World& world, const Kept& kept, const Assignments& all) {
    auto exploration = world.exploration();
    for (const auto* one : in_order(all)) {
        const auto value = one->value.value(world, kept);
        if (!value) return tl::unexpected(value.error());
        if (auto done = set_one(exploration, *one, *value); !done) return tl::unexpected(done.error());
    }
    return exploration;
}

base::Result<session::Exploration> assigned(session::Exploration exploration, const Assignments& all) {
    for (const auto* one : in_order(all)) {
        const auto value = one->value.constant();
        if (!value)
            return base::fail(base::ErrorCode::invalid_input,
                              fmt::format("{}: \"{}\" asks for a plan, and there is none yet; write a number",
                                          one->setting->name, one->value.text()));
        if (auto done = set_one(exploration, *one, *value); !done) return tl::unexpected(done.error());
    }
    return exploration;
}

std::string setting_help() {
    std::string text;
    for (const auto& each : all_settings)
        text += fmt::format("  {:<22} {:<8} {}\n", each.name,
                            each.kind == Kind::number ? name(each.unit) : name(each.kind), each.meaning);
    return text;
}

}  // namespace deepvm::lessons
