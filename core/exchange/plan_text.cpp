// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "base/dates.h"
#include "exchange/exchange.h"
#include "exchange/plan_values.h"
#include "planner/decision.h"
#include "session/session.h"
#include "words/obstacles.h"
#include "words/quotas.h"

namespace deepvm::exchange {
namespace {

Json policy_value(const std::optional<problem::Plan>& plan) {
    return plan ? plan_value(*plan, 0, nullptr) : Json(nullptr);
}

Json not_considered_value(const problem::Problem& problem) {
    Json value = Json::array();
    for (const auto& each : words::not_considered(problem))
        value.push_back({{"cause", name(each.obstacle)},
                         {"types", each.types},
                         {"words", each.words},
                         {"remedy", each.remedy.empty() ? Json(nullptr) : Json(each.remedy)}});
    return value;
}

// The prices of its machines, so that who opens the document later sees which of them changed.
Json prices_value(const model::Market& market, const problem::Plan& plan) {
    Json value = Json::array();
    for (const auto& price : session::prices_of(market, plan))
        value.push_back({{"instance_type", price.type},
                         {"purchase", problem::name(price.purchase)},
                         {"usd_per_hour", price.price.usd()},
                         {"as_of", price.as_of}});
    return value;
}

// Each architecture's list; the first entry knows the next step of its architecture.
Json lists_value(const planner::Decision& decision) {
    Json lists = Json::object();
    for (const auto& [architecture, plans] : decision.by_architecture) {
        Json list = plan_values(plans);
        const auto next = decision.next_steps.find(architecture);
        if (!plans.empty() && next != decision.next_steps.end())
            list[0] = plan_value(plans.front(), 1, &next->second);
        lists[std::string(name(architecture))] = std::move(list);
    }
    return lists;
}

Json quota_step_value(const std::optional<explain::QuotaStep>& step) {
    if (!step) return nullptr;
    return {{"more_vcpus", step->more},
            {"gain_percent", step->gain_percent ? Json(*step->gain_percent) : Json(nullptr)},
            {"plan", plan_value(step->plan, 0, nullptr)}};
}

Json quota_gains_value(const problem::Problem& problem, const explain::QuotaGains& gains) {
    Json value = Json::array();
    for (const auto& limit : gains.limits)
        value.push_back({{"quota_class", limit.quota_class},
                         {"purchase", problem::name(limit.purchase)},
                         {"vcpus", limit.vcpus},
                         {"used_vcpus", limit.used},
                         {"words", words::gain_words(problem.request.objective, limit, words::Style::plain)},
                         {"least", quota_step_value(limit.least)},
                         {"most", quota_step_value(limit.most)}});
    return value;
}

Json reasons_value(const planner::Reasons& reasons) {
    Json architectures = Json::object();
    for (const auto& [architecture, percent] : reasons.percent_of_best)
        architectures[std::string(name(architecture))] = percent;
    Json step_down = nullptr;
    if (const auto& step = reasons.step_down)
        step_down = {{"saved_usd_per_hour", step->saved.usd()},
                     {"loss_percent", step->loss_percent},
                     {"plan", plan_value(step->plan, 0, nullptr)}};
    return {{"step_down", std::move(step_down)},
            {"runner_up", policy_value(reasons.runner_up)},
            {"runner_up_gap_percent", reasons.runner_up_gap_percent},
            {"percent_of_best", std::move(architectures)},
            {"relaxation_shadow_price", reasons.shadow_price ? Json(*reasons.shadow_price) : Json(nullptr)}};
}

}  // namespace

std::string describe(const problem::Problem& problem) {
    const model::Market& market = *problem.market;
    const std::string region = market.places.empty() ? "" : market.places.front().region;
    const auto where = model::spans_providers(market) || region.empty() ? ""
                       : market.places.size() > 1                       ? ", any region"
                                                                        : " " + region;
    return fmt::format("{}{}, prices as of {}, preset {}", market.title, where, model::prices_as_of(market),
                       name(problem.request.preset));
}

std::string plan_json(const problem::Problem& problem, const planner::Decision& decision,
                      const explain::QuotaGains& gains, Timestamp created, std::optional<int> rank) {
    Json request = {{"budget_usd_per_hour", decision.budget.usd()}};
    request.update(request_value(problem));

    Json ranking = Json::array();
    int place = 0;
    for (const auto& plan : decision.ranked) {
        ++place;
        if (rank && rank != place) continue;
        auto value =
            plan_value(plan, place, place == 1 && decision.next_step ? &*decision.next_step : nullptr);
        value["prices"] = prices_value(*problem.market, plan);
        ranking.push_back(std::move(value));
    }
    const planner::Proof& proof = decision.proof;
    Json plan = {{"schema", "deepvm-plan/1"},
                 {"created", base::iso_utc(created)},
                 {"catalog", catalog_value(*problem.market)},
                 {"request", std::move(request)},
                 {"question", Json::parse(session::question_json(problem, decision.budget))},
                 {"decision", std::move(ranking)},
                 {"by_architecture", lists_value(decision)},
                 {"policies",
                  {{"cost_first", policy_value(decision.policies.cost_first)},
                   {"performance_first", policy_value(decision.policies.performance_first)},
                   {"no_scale", policy_value(decision.policies.no_scale)}}},
                 {"reasons", decision.ranked.empty() ? Json(nullptr) : reasons_value(decision.reasons)},
                 {"not_considered", not_considered_value(problem)},
                 {"quota_gains", quota_gains_value(problem, gains)},
                 {"cheapest", decision.cheapest ? plan_value(*decision.cheapest, 0, nullptr) : Json(nullptr)},
                 {"proof",
                  {{"proven", proof.proven},
                   {"doubt", proof.doubt.empty() ? Json(nullptr) : Json(proof.doubt)},
                   {"programs", proof.programs},
                   {"overruled", proof.overruled},
                   {"candidates", proof.candidates},
                   {"bound", proof.bound ? Json(*proof.bound) : Json(nullptr)},
                   {"milliseconds", std::chrono::duration<double, std::milli>(proof.elapsed).count()}}}};
    return text(plan);
}

std::string plan_csv(const planner::Decision& decision, std::optional<int> rank) {
    auto lines = "rank," + plan_csv_header() + "\n";
    int place = 0;
    for (const auto& plan : decision.ranked) {
        ++place;
        if (!rank || rank == place) lines += fmt::format("{},{}\n", place, plan_csv_fields(plan));
    }
    return lines;
}

}  // namespace deepvm::exchange
