// SPDX-License-Identifier: GPL-3.0-or-later
// What every hand-over of a plan to a launcher needs beside the plan, and the shell that they share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/money.h"
#include "problem/plan.h"
#include "problem/problem.h"

namespace deepvm::exchange {

inline constexpr double placeholder_interval_seconds = 600;
inline constexpr int rendezvous_port = 29400;  ///< torchrun's own default

/// What a plan does not say. The commands are text for a shell, put in as they are.
struct HandOver {
    std::optional<double> checkpoint_interval_seconds;      ///< 1..1e7; nothing: placeholder_interval_seconds
    std::string bucket = "my-checkpoint-bucket";            ///< by the rules of the plan's provider
    std::string setup = "pip install -r requirements.txt";  ///< on every machine, before anything else
    std::string train = "train.py";  ///< what torchrun starts: a script and its own arguments
    std::string hold = "python3 checkpoint_server.py";  ///< what remote nodes run: it takes checkpoints into
                                                        ///< memory and flushes them to $CHECKPOINT_DIR
    std::string serve = "python3 parameter_server.py";  ///< what parameter servers run: they keep the
                                                        ///< parameters and answer the workers
};

/// The settings that follow from a plan: its own checkpoint interval where it is known and it writes any.
HandOver hand_over_of(const problem::Plan& plan);

/// What the plan's remote nodes run: they hold checkpoints, or serve parameters.
const std::string& remote_command(const problem::Plan& plan, const HandOver& settings);

/// Machines of one kind that do the same.
struct Role {
    std::string name;  ///< "anchor", "remotes", "servers", "workers" or "other-workers"
    std::string type;
    int machines = 0;
    bool spot = false;
    bool trains = true;  ///< false: holds checkpoints

    bool operator==(const Role&) const = default;
};

/// The plan by roles, those on demand first. Where there are several, the first machine of the first is where
/// the others meet: no provider takes it back.
std::vector<Role> roles(const problem::Plan& plan);

/// Refuses settings out of range, and machines that nobody rents out (the simulated data set's).
base::Result<void> check_hand_over(const problem::Problem& problem, const problem::Plan& plan,
                                   const HandOver& settings);

/// A line of a YAML or shell comment: a name from a catalog must not end it, so ASCII alone is left.
std::string comment_line(std::string text);

/// What the plan is and costs, for comments.
std::vector<std::string> hand_over_head(const problem::Problem& problem, const problem::Plan& plan,
                                        base::Money budget);

/// What the workers' speed rests on between them; of one machine TCP.
model::Fabric fabric_of(const problem::Problem& problem, const problem::Plan& plan);

/// What the training script has to do, and whose the numbers are, for comments.
std::vector<std::string> hand_over_contract(const HandOver& settings, bool holds);

/// Whole seconds, at least one.
std::string interval_text(const HandOver& settings);

/// Shell that ends with a message where $CHECKPOINT_DIR cannot be written to.
std::string check_checkpoint_path();

/// Shell that trains in the role; `elastic`: with whatever machines are there, up to all. $RENDEZVOUS, an
/// address, and $is_host, true where this machine has it, else false, must be set.
std::string train_command(const problem::Problem& problem, const problem::Plan& plan, const Role& role,
                          const HandOver& settings, bool elastic);

/// Shell that lets others meet at this machine although it does not train, where $is_host is true.
std::string host_rendezvous();

}  // namespace deepvm::exchange
