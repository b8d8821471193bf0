// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/plan_document.h"

#include <fmt/format.h>

#include <cmath>

#include "model/fabric.h"
#include "session/exploration_json.h"

namespace deepvm::session {
namespace {

constexpr double most_hours = 1e12;
constexpr double most_usd = 1e15;
constexpr double most_objective = 1e300;
constexpr int most_machines = 1'000'000;

Json price_value(const MachinePrice& price) {
    return {{"instance_type", price.type},
            {"purchase", problem::name(price.purchase)},
            {"usd_per_hour", price.price.usd()},
            {"as_of", price.as_of}};
}

base::Result<problem::Purchase> parse_purchase(std::string_view text) {
    for (const auto purchase : problem::all_purchases)
        if (text == problem::name(purchase)) return purchase;
    return base::fail(base::ErrorCode::unknown_name,
                      fmt::format("\"{}\" is no way to rent; there are spot and on-demand", text));
}

// What tells a cluster from others, and what it costs and is worth.
problem::Plan read_cluster(Fields& fields) {
    problem::Plan plan;
    const auto count = [&](const char* key) {
        return static_cast<int>(fields.whole(key, 0, most_machines).value_or(0));
    };
    plan.architecture =
        fields.must("architecture", fields.named("architecture", problem::parse_architecture));
    plan.provider = fields.text("provider").value_or("");
    plan.region = fields.text("region").value_or("");
    plan.worker = fields.must("worker", fields.text("worker"));
    plan.other_worker = fields.text("other_worker").value_or("");
    plan.remote = fields.text("remote").value_or("");
    plan.nodes = static_cast<int>(fields.must("nodes", fields.whole("nodes", 1, most_machines)));
    plan.spot_workers = count("spot_workers");
    plan.other_workers = count("other_workers");
    plan.anchors = count("anchors");
    plan.remotes = count("remotes");
    plan.hourly_price = fields.must("hourly_price", fields.money("hourly_price"));
    plan.objective = fields.must("objective", fields.number("objective", -most_objective, most_objective));
    return plan;
}

std::vector<MachinePrice> read_prices(Fields& fields) {
    std::vector<MachinePrice> prices;
    fields.each("prices", [&](Fields& each) {
        MachinePrice price;
        price.type = each.must("instance_type", each.text("instance_type"));
        price.purchase = each.must("purchase", each.named("purchase", parse_purchase));
        price.price = each.must("usd_per_hour", each.money("usd_per_hour"));
        price.as_of = each.text("as_of").value_or("");
        prices.push_back(std::move(price));
    });
    return prices;
}

// The place of a document that names provider or data set, and region; "any" is every one.
catalog::Selection read_selection(Fields& catalog) {
    if (const auto data_set = catalog.text("dataset")) return {*data_set, ""};
    const auto provider = catalog.must("provider", catalog.text("provider"));
    return {provider, catalog.text("region").value_or(std::string(catalog::any_region))};
}

void read_request_limits(Fields& request, const std::string& market, Exploration& into) {
    const auto limits = [&](const char* key, problem::QuotaLimits& quotas) {
        request.each_whole(key, 0, problem::most_quota_vcpus,
                           [&](const std::string& name, std::int64_t vcpus) {
                               const bool has_provider = market == catalog::any_provider;
                               quotas[has_provider ? name : market + '/' + name] = static_cast<int>(vcpus);
                           });
    };
    limits("spot_quota", into.spot_quota);
    limits("on_demand_quota", into.on_demand_quota);
}

void read_request_laws(Fields& request, Exploration& into, const Json& document) {
    constexpr double most_seconds = 1e12;
    auto measured = request.object("measured");
    if (!measured) return;
    for (const auto& [type, unused] : document["request"]["measured"].items()) {
        auto law = measured->must(type.c_str(), measured->object(type.c_str()));
        model::MeasuredScaling read;
        read.epoch_seconds = law.must("epoch_seconds", law.number("epoch_seconds", 1e-9, most_seconds));
        read.transfer_seconds = law.number("transfer_seconds", 0, most_seconds).value_or(0);
        read.latency_seconds = law.number("latency_seconds", 0, most_seconds).value_or(0);
        into.measured[type] = {type, read, {}, 0};
    }
}

// Documents of before "question" have the same figures under "catalog" and "request", where what was not
// chosen stands as what it meant.
Exploration read_request(Fields& document, const Json& whole) {
    auto catalog = document.must("catalog", document.object("catalog"));
    auto request = document.must("request", document.object("request"));
    Json question = whole["request"];
    const auto selection = read_selection(catalog);
    question["market"] = selection.market;
    question["region"] = selection.region;
    question["assumptions"] = Json::object();
    for (const char* key : {"precision", "utilisation", "overlap", "hosts", "min_efficiency",
                            "checkpoint_gib", "buffer_depth", "checkpoint_size_100mb", "buffer_size"}) {
        if (question.contains(key)) question["assumptions"][key] = question[key];
        question.erase(key);
    }
    for (const char* key : {"measured", "spot_quota", "on_demand_quota", "top"})
        question.erase(key);
    if (question.contains("risk") && question["risk"].is_object() &&
        question["risk"].contains("revocations_per_machine_hour") &&
        question["risk"]["revocations_per_machine_hour"].is_null())
        question["risk"].erase("source");
    Fields fields(question, "request", document.notes());
    auto read = read_exploration(fields);
    read_request_limits(request, selection.market, read);
    read_request_laws(request, read, whole);
    return read;
}

void read_first_plan(Fields& fields, Opened& into) {
    auto catalog = fields.object("catalog");
    fields.each("decision", [&](Fields& each) {
        Answer answer;
        answer.plan = read_cluster(each);
        answer.prices = read_prices(each);
        if (auto job = each.object("job")) {
            answer.expected_usd = job->number("expected_usd", 0, most_usd);
            if (auto expected = job->object("expected");
                expected && expected->flag("finishes").value_or(false))
                answer.expected_hours = expected->number("hours", 0, most_hours);
        }
        if (!into.answer) into.answer = std::move(answer);
    });
    if (into.answer && catalog) into.answer->prices_as_of = catalog->text("prices_as_of").value_or("");
}

}  // namespace

Json answer_value(const Answer& answer) {
    const auto& plan = answer.plan;
    const auto text_or_null = [](const std::string& text) {
        return text.empty() ? Json(nullptr) : Json(text);
    };
    Json prices = Json::array();
    for (const auto& price : answer.prices)
        prices.push_back(price_value(price));
    return {{"architecture", problem::name(plan.architecture)},
            {"provider", text_or_null(plan.provider)},
            {"region", text_or_null(plan.region)},
            {"worker", plan.worker},
            {"other_worker", text_or_null(plan.other_worker)},
            {"nodes", plan.nodes},
            {"spot_workers", plan.spot_workers},
            {"other_workers", plan.other_workers},
            {"anchors", plan.anchors},
            {"remote", text_or_null(plan.remote)},
            {"remotes", plan.remotes},
            {"hourly_price", plan.hourly_price.usd()},
            {"objective", plan.objective},
            {"objective_unit", answer.objective_unit},
            {"expected_hours", or_null(answer.expected_hours)},
            {"expected_usd", or_null(answer.expected_usd)},
            {"prices_as_of", answer.prices_as_of},
            {"prices", std::move(prices)}};
}

Answer read_answer(Fields& fields) {
    Answer answer;
    answer.plan = read_cluster(fields);
    answer.objective_unit = fields.text("objective_unit").value_or("");
    answer.expected_hours = fields.number("expected_hours", 0, most_hours);
    answer.expected_usd = fields.number("expected_usd", 0, most_usd);
    answer.prices_as_of = fields.text("prices_as_of").value_or("");
    answer.prices = read_prices(fields);
    return answer;
}

void read_plan(Fields& fields, Opened& into) {
    // A plan says more than its question; what it says beside is not taken up, and that needs no word.
    std::vector<std::string> beside;
    Fields quiet(fields.value(), "", beside);
    if (auto question = fields.object("question"))
        into.session.exploration = read_exploration(*question);
    else
        into.session.exploration = read_request(quiet, fields.value());
    read_first_plan(quiet, into);
}

}  // namespace deepvm::session
