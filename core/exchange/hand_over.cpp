// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/hand_over.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "exchange/exchange.h"
#include "words/remarks.h"

namespace deepvm::exchange {
namespace {

constexpr double longest_interval_seconds = 1e7;

const model::InstanceType* find_type(const problem::Problem& problem, const problem::Plan& plan,
                                     const std::string& name) {
    const auto found = std::ranges::find_if(problem.market->types, [&](const model::InstanceType& type) {
        return type.name == name && type.provider == plan.provider;
    });
    return found != problem.market->types.end() ? &*found : nullptr;
}

// What a name of a bucket may have beside small letters and digits, and what it may not have twice in a row:
// S3 (which the others here store in, too), Google Cloud Storage, and containers of Azure.
struct BucketRule {
    std::string_view provider;
    std::string_view between;
    std::string_view once;
    std::string_view words;
};
constexpr std::array bucket_rules{
    BucketRule{"azure", "-", "-", "3 to 63 small letters, digits and single hyphens between them"},
    BucketRule{"gcp", "-_.", ".",
               "3 to 63 small letters, digits, hyphens, underscores and single dots between them"},
    BucketRule{"", "-.", ".", "3 to 63 small letters, digits, hyphens and single dots between them"}};

const BucketRule& bucket_rule(std::string_view provider) {
    const auto* found = std::ranges::find(bucket_rules, provider, &BucketRule::provider);
    return found == bucket_rules.end() ? bucket_rules.back() : *found;
}

bool is_bucket_name(const BucketRule& rule, std::string_view name) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto doubled = [&](char c) { return name.find(std::string(2, c)) != std::string_view::npos; };
    return name.size() >= 3 && name.size() <= 63 && plain(name.front()) && plain(name.back()) &&
           std::ranges::all_of(
               name, [&](char c) { return plain(c) || rule.between.find(c) != std::string_view::npos; }) &&
           std::ranges::none_of(rule.once, doubled);
}

}  // namespace

HandOver hand_over_of(const problem::Plan& plan) {
    HandOver settings;
    const auto& expected = plan.job.expected;
    if (expected && expected->finishes && expected->checkpoints > 0)
        settings.checkpoint_interval_seconds =
            std::clamp(expected->interval_seconds, 1.0, longest_interval_seconds);
    return settings;
}

const std::string& remote_command(const problem::Plan& plan, const HandOver& settings) {
    return plan.architecture == problem::Architecture::parameter_server ? settings.serve : settings.hold;
}

std::vector<Role> roles(const problem::Plan& plan) {
    std::vector<Role> all{
        {"anchor", plan.worker, plan.anchors, false, true},
        {plan.architecture == problem::Architecture::parameter_server ? "servers" : "remotes", plan.remote,
         plan.remotes, false, false},
        {"workers", plan.worker, plan.nodes - plan.anchors - plan.spot_workers, false, true},
        {"workers", plan.worker, plan.spot_workers - plan.other_workers, true, true},
        {"other-workers", plan.other_worker, plan.other_workers, true, true},
    };
    std::erase_if(all, [](const Role& role) { return role.machines == 0; });
    return all;
}

base::Result<void> check_hand_over(const problem::Problem& problem, const problem::Plan& plan,
                                   const HandOver& settings) {
    if (const auto& rule = bucket_rule(plan.provider); !is_bucket_name(rule, settings.bucket))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("bucket \"{}\" is not a name that {} takes: {}", settings.bucket,
                                      plan.provider.empty() ? "aws" : plan.provider, rule.words));
    const double interval = settings.checkpoint_interval_seconds.value_or(placeholder_interval_seconds);
    if (!(interval >= 1 && interval <= longest_interval_seconds))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("a checkpoint interval of {} s is not from 1 to {} s", interval,
                                      longest_interval_seconds));
    const auto* type = find_type(problem, plan, plan.worker);
    if (type == nullptr || (plan.provider.empty() && !type->memory_gib))
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("nobody rents out \"{}\" of {}: it stands for a machine in a simulation", plan.worker,
                        problem.market->title));
    return {};
}

std::string comment_line(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char letter) { return letter < ' ' || letter >= 0x7F; }, '?');
    return text.empty() ? "#\n" : "# " + text + "\n";
}

std::vector<std::string> hand_over_head(const problem::Problem& problem, const problem::Plan& plan,
                                        base::Money budget) {
    std::vector<std::string> lines{
        fmt::format("{}: {}{}{}", name(plan.architecture), machines(plan), plan.region.empty() ? "" : " in ",
                    model::place_name(plan.provider, plan.region)),
        fmt::format("{} USD/h of a budget of {} USD/h", plan.hourly_price.decimal(), budget.decimal()),
        fmt::format("planned on {}", describe(problem))};
    if (plan.provider.empty())
        lines.insert(
            lines.end(),
            {"the data set names no provider and no region: its types are those of AWS, the region is to",
             "be chosen, and prices have changed since"});
    for (auto& remark : words::remarks(problem, plan))
        lines.push_back(std::move(remark));
    return lines;
}

model::Fabric fabric_of(const problem::Problem& problem, const problem::Plan& plan) {
    const auto* type = find_type(problem, plan, plan.worker);
    return type != nullptr && plan.nodes > 1 ? type->fabric : model::Fabric::tcp;
}

std::vector<std::string> hand_over_contract(const HandOver& settings, bool holds) {
    std::vector<std::string> lines{
        "the training script takes --checkpoint-dir, --checkpoint-every (seconds) and --resume latest: at "
        "every "
        "start",
        "it resumes from the newest complete checkpoint there, if there is one; it writes a checkpoint under "
        "another",
        "name and renames it, so that half a checkpoint is never the newest"};
    if (holds) lines.emplace_back("it sends its checkpoints to the machines in $CHECKPOINT_NODES, by comma");
    if (!settings.checkpoint_interval_seconds)
        lines.emplace_back("no checkpoint interval was given: CHECKPOINT_EVERY_S is a placeholder");
    return lines;
}

std::string interval_text(const HandOver& settings) {
    return fmt::format(
        "{:.0f}", std::round(settings.checkpoint_interval_seconds.value_or(placeholder_interval_seconds)));
}

std::string check_checkpoint_path() {
    return "mkdir -p \"$CHECKPOINT_DIR\"\n"
           "if ! touch \"$CHECKPOINT_DIR/.writable\"; then\n"
           "  echo \"cannot write to $CHECKPOINT_DIR: no checkpoint would survive\" >&2\n"
           "  exit 1\n"
           "fi\n";
}

std::string train_command(const problem::Problem& problem, const problem::Plan& plan, const Role& role,
                          const HandOver& settings, bool elastic) {
    const auto* type = find_type(problem, plan, role.type);
    const int processes = type != nullptr ? std::max(1, type->accelerator_count) : 1;
    return fmt::format(
        "torchrun --nnodes={}{} --nproc-per-node={} --max-restarts=100 \\\n"
        "  --rdzv-id=deepvm --rdzv-backend=c10d --rdzv-endpoint=\"$RENDEZVOUS:{}\" \\\n"
        "  --rdzv-conf=\"is_host=$is_host\" \\\n"
        "  {} --checkpoint-dir \"$CHECKPOINT_DIR\" \\\n"
        "  --checkpoint-every \"$CHECKPOINT_EVERY_S\" --resume latest\n",
        elastic ? "1:" : "", plan.nodes, processes, rendezvous_port, settings.train);
}

std::string host_rendezvous() {
    return fmt::format(
        "if [ \"$is_host\" = true ]; then\n"
        "  python3 -c 'import signal, torch.distributed as d; s = d.TCPStore(\"0.0.0.0\", {}, "
        "is_master=True, "
        "wait_for_workers=False); signal.pause()' &\n"
        "fi\n",
        rendezvous_port);
}

}  // namespace deepvm::exchange
