// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/launch_note.h"

#include <fmt/format.h>

#include <algorithm>

namespace deepvm::exchange {
namespace {

std::string rent(const problem::Plan& plan, const Role& role) {
    const auto place = model::place_name(plan.provider, plan.region);
    return fmt::format("{:<8} {:>4} x {}, {}{}", role.name, role.machines, role.type,
                       role.spot ? "spot" : "on demand", place.empty() ? "" : ", in " + place);
}

std::string how_to_start(const std::vector<Role>& roles) {
    std::string text = comment_line("Start, ADDRESS being that of the first machine of the first role:");
    for (const auto& role : roles) {
        const auto numbers = role.machines == 1 ? "0" : fmt::format("N    # N = 0 ... {}", role.machines - 1);
        text += comment_line(fmt::format("  sh launch.sh {} ADDRESS {}", role.name, numbers));
    }
    return text;
}

// What a person does by hand that a launcher would do.
std::vector<std::string> when_a_machine_goes(const std::vector<Role>& roles) {
    const bool spot = std::ranges::any_of(roles, &Role::spot);
    if (!spot)
        return {"When a machine fails: rent the same again and start it with the same role and number."};
    std::vector<std::string> lines{
        "When a spot machine is taken away: the others stop, meet again and go on with one machine less from "
        "the",
        "newest checkpoint. Rent the same again and start it with the same role and number: it joins."};
    if (roles.front().spot)
        lines.emplace_back(
            "If it was number 0, start all with the address of another machine as ADDRESS, "
            "which gets number 0.");
    return lines;
}

std::string branch(const problem::Problem& problem, const problem::Plan& plan, const Role& role, bool hosts,
                   bool elastic, const HandOver& settings) {
    std::string body = "is_host=false\n";
    if (hosts) body += "if [ \"$NODE_RANK\" -eq 0 ]; then is_host=true; fi\n";
    if (role.trains)
        body += train_command(problem, plan, role, settings, elastic);
    else
        body += host_rendezvous() + remote_command(plan, settings) + "\n";
    return role.name + ")\n" + body + ";;\n";
}

}  // namespace

base::Result<std::string> launch_note(const problem::Problem& problem, const problem::Plan& plan,
                                      base::Money budget, const HandOver& settings) {
    if (auto checked = check_hand_over(problem, plan, settings); !checked)
        return tl::unexpected(checked.error());
    const auto all = roles(plan);
    const bool holds = !std::ranges::all_of(all, &Role::trains);
    const bool elastic = std::ranges::any_of(all, &Role::spot);

    std::string text = "#!/bin/sh\n";
    for (const auto& line : hand_over_head(problem, plan, budget))
        text += comment_line(line);
    text += "#\n" + comment_line("Rent, in one zone and so that all reach each other's ports:");
    for (const auto& role : all)
        text += comment_line("  " + rent(plan, role));
    text += "#\n" + how_to_start(all) + "#\n";
    for (const auto& line : when_a_machine_goes(all))
        text += comment_line(line);
    text += "#\n";
    for (const auto& line : hand_over_contract(settings, holds))
        text += comment_line(line);

    text += "set -eu\n";
    text += "if [ $# -ne 3 ]; then\n  echo 'usage: sh launch.sh ROLE ADDRESS NUMBER' >&2\n  exit 2\nfi\n";
    text += "role=$1\nRENDEZVOUS=$2\nNODE_RANK=$3\n\n";
    text += comment_line("A folder that outlives every machine and that all of them see: the bucket " +
                         settings.bucket + ", mounted.");
    text += "CHECKPOINT_DIR=${CHECKPOINT_DIR:-/checkpoints}\n";
    text += fmt::format("CHECKPOINT_EVERY_S=${{CHECKPOINT_EVERY_S:-{}}}\n", interval_text(settings));
    text += "export CHECKPOINT_DIR CHECKPOINT_EVERY_S RENDEZVOUS NODE_RANK\n";
    if (holds)
        text += comment_line("The addresses of all remotes; with several, set it on every worker.") +
                "CHECKPOINT_NODES=${CHECKPOINT_NODES:-$RENDEZVOUS}\nexport CHECKPOINT_NODES\n";
    if (fabric_of(problem, plan) == model::Fabric::efa)
        text +=
            comment_line("The plan counts on EFA: launch all machines in one placement group of strategy") +
            comment_line("cluster, each with --network-interfaces InterfaceType=efa.") +
            "FI_PROVIDER=${FI_PROVIDER:-efa}\nexport FI_PROVIDER\n";
    text += check_checkpoint_path() + "\n" + settings.setup + "\n\ncase $role in\n";
    for (const auto& role : all)
        text += branch(problem, plan, role, &role == &all.front(), elastic, settings);
    text += "*)\necho \"no role \\\"$role\\\" in this plan\" >&2\nexit 2\n;;\nesac\n";
    return text;
}

}  // namespace deepvm::exchange
