// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/plan_command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/files.h"
#include "base/numbers.h"
#include "cli/idle_options.h"
#include "cli/job_lines.h"
#include "cli/plan_table.h"
#include "cli/planning.h"
#include "cli/quota_lines.h"
#include "cli/reason_lines.h"
#include "exchange/exchange.h"
#include "exchange/launch_note.h"
#include "exchange/program_text.h"
#include "exchange/skypilot_text.h"
#include "explain/quota_gains.h"
#include "planner/planner.h"
#include "words/answers.h"
#include "words/obstacles.h"
#include "words/plans.h"
#include "words/remarks.h"

namespace deepvm::cli {
namespace {

using base::Result;

struct PlanOptions {
    std::shared_ptr<PlanningOptions> planning;
    std::string budget;
    std::string format = "text";
    std::string rank;
    std::string output;
    std::string bucket;            // of skypilot and launch
    std::string checkpoint_every;  // as bucket
};

exchange::Timestamp now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

struct Answer {
    std::shared_ptr<const problem::Problem> problem;
    planner::Decision decision;
};

Result<Answer> decide(const Context& context, const PlanOptions& options) {
    const auto budget = base::Money::parse(base::without_separators(options.budget), "budget");
    if (!budget) return tl::unexpected(budget.error());
    auto problem = make_problem(context, *options.planning);
    if (!problem) return tl::unexpected(problem.error());
    auto decision = planner::decide(**problem, *budget);
    if (!decision) return tl::unexpected(decision.error());
    return Answer{std::move(*problem), std::move(*decision)};
}

// What the answer would be if no price were an estimate; empty where the first plan rests on none.
std::string on_observed_prices(const Answer& answer) {
    const auto& decision = answer.decision;
    if (decision.ranked.empty() || !decision.ranked.front().likely_price) return {};
    auto request = answer.problem->request;
    request.observed_prices_only = true;
    request.top = 1;
    const auto problem = problem::make_problem(answer.problem->market, std::move(request));
    if (!problem) return {};
    const auto observed = planner::decide(**problem, decision.budget);
    if (!observed) return {};
    if (observed->ranked.empty()) return "on observed prices only: nothing fits\n";
    const auto& plan = observed->ranked.front();
    return fmt::format("on observed prices only (--observed-prices-only): {}, {} at ${}/h, {}\n",
                       name(plan.architecture), words::cluster(plan, *answer.problem->market, style),
                       plan.hourly_price.decimal(), words::speed(plan));
}

void warn_idle_plan(const Answer& answer) {
    warn_idle(*answer.problem, [&](const problem::Problem& other) {
        return planner::decide(other, answer.decision.budget).map([&](const planner::Decision& decision) {
            return words::told_alike(*answer.problem, answer.decision, other, decision);
        });
    });
}

int plan(const Context& context, const PlanOptions& options) {
    const auto format = parse_format(options.format, {"text", "json"});
    if (!format) return report(format.error());
    const auto answer = decide(context, options);
    if (!answer) return report(answer.error());
    const auto gains = explain::quota_gains(*answer->problem, answer->decision);
    if (!gains) return report(gains.error());
    if (*format == "json")
        fmt::print("{}", exchange::plan_json(*answer->problem, answer->decision, *gains, now()));
    else
        fmt::print("{}{}{}", plan_table(*answer->problem, answer->decision),
                   quota_lines(*answer->problem, *gains), on_observed_prices(*answer));
    warn_idle_plan(*answer);
    return exit_ok;
}

// The rank of the one plan to export, nothing for all.
Result<std::optional<int>> read_rank(const std::string& text, const planner::Decision& decision) {
    if (text.empty()) return std::nullopt;
    const auto rank = base::parse_typed_count(text, "--rank", 1, 100);
    if (!rank) return tl::unexpected(rank.error());
    if (static_cast<std::size_t>(*rank) > decision.ranked.size())
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("there is no plan of rank {} at ${}/h, only {}; raise --top or the budget", *rank,
                        decision.budget.decimal(), decision.ranked.size()));
    return static_cast<int>(*rank);
}

bool is_hand_over(const std::string& format) {
    return format == "skypilot" || format == "launch";
}

// The plan of this rank, the first one without a rank; `no_plan` says what there is not without any.
Result<const problem::Plan*> one_plan(const Answer& answer, std::optional<int> rank,
                                      std::string_view no_plan) {
    const auto& decision = answer.decision;
    if (decision.ranked.empty())
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("no cluster fits ${}/h, so {}; raise the budget",
                                      decision.budget.decimal(), no_plan));
    return &decision.ranked[static_cast<std::size_t>(rank.value_or(1)) - 1];
}

// The program that the plan of this rank is the optimum of.
Result<std::string> program_text(const Answer& answer, const std::string& format, std::optional<int> rank) {
    return one_plan(answer, rank, "no program decided").map([&](const problem::Plan* plan) {
        return exchange::program_text(
            *answer.problem, *plan, answer.decision.budget,
            format == "lp" ? exchange::ProgramForm::lp : exchange::ProgramForm::mps);
    });
}

Result<exchange::HandOver> hand_over_settings(const PlanOptions& options, const problem::Plan& plan) {
    exchange::HandOver settings = exchange::hand_over_of(plan);
    if (!options.bucket.empty()) settings.bucket = options.bucket;
    if (options.checkpoint_every.empty()) return settings;
    const auto seconds = base::parse_typed_number(options.checkpoint_every, "--checkpoint-every", 1, 1e7);
    if (!seconds) return tl::unexpected(seconds.error());
    settings.checkpoint_interval_seconds = *seconds;
    return settings;
}

Result<std::string> hand_over_text(const Answer& answer, const PlanOptions& options,
                                   std::optional<int> rank) {
    const auto plan = one_plan(answer, rank, "there is nothing to launch");
    if (!plan) return tl::unexpected(plan.error());
    const auto settings = hand_over_settings(options, **plan);
    if (!settings) return tl::unexpected(settings.error());
    const auto write = options.format == "skypilot" ? exchange::skypilot_yaml : exchange::launch_note;
    return write(*answer.problem, **plan, answer.decision.budget, *settings);
}

Result<std::string> export_text(const Answer& answer, const PlanOptions& options, std::optional<int> rank) {
    const auto& format = options.format;
    if (format == "json")
        return explain::quota_gains(*answer.problem, answer.decision).map([&](const auto& gains) {
            return exchange::plan_json(*answer.problem, answer.decision, gains, now(), rank);
        });
    if (format == "csv") return exchange::plan_csv(answer.decision, rank);
    return is_hand_over(format) ? hand_over_text(answer, options, rank) : program_text(answer, format, rank);
}

// Options without which the exported file would be the same. A document of plans holds all that was decided;
// one plan to start or one program holds no more than its text.
void warn_idle_export(const Answer& answer, const PlanOptions& options, std::optional<int> rank,
                      const std::string& text) {
    const bool document = options.format == "json" || options.format == "csv";
    warn_idle(*answer.problem, [&](const problem::Problem& other) -> Result<bool> {
        const auto decision = planner::decide(other, answer.decision.budget);
        if (!decision) return tl::unexpected(decision.error());
        if (document) return words::told_alike(*answer.problem, answer.decision, other, *decision);
        const std::shared_ptr<const problem::Problem> held(std::shared_ptr<void>(), &other);
        const auto anew = export_text({held, *decision}, options, rank);
        return anew && *anew == text;  // with nothing to export, another answer
    });
    const auto without = [&](std::string PlanOptions::*option, const char* name) {
        if ((options.*option).empty()) return;
        PlanOptions fewer = options;
        (fewer.*option).clear();
        if (const auto other = export_text(answer, fewer, rank); other && *other == text)
            warn_idle_option(name, "it can count only where the plan writes checkpoints");
    };
    without(&PlanOptions::bucket, "--bucket");
    without(&PlanOptions::checkpoint_every, "--checkpoint-every");
}

// What a file of another form would not hold is not silently left out of it.
Result<void> check_hand_over_options(const PlanOptions& options) {
    if (is_hand_over(options.format) || (options.bucket.empty() && options.checkpoint_every.empty()))
        return {};
    return base::fail(
        base::ErrorCode::invalid_input,
        fmt::format("--bucket and --checkpoint-every have no meaning in {}, only in skypilot and "
                    "launch",
                    options.format));
}

int export_plan(const Context& context, const PlanOptions& options) {
    const auto format = parse_format(options.format, {"json", "csv", "lp", "mps", "skypilot", "launch"});
    if (!format) return report(format.error());
    if (const auto checked = check_hand_over_options(options); !checked) return report(checked.error());
    const auto answer = decide(context, options);
    if (!answer) return report(answer.error());
    const auto rank = read_rank(options.rank, answer->decision);
    if (!rank) return report(rank.error());
    const auto exported = export_text(*answer, options, *rank);
    if (!exported) return report(exported.error());
    const auto& text = *exported;
    if (options.output.empty() || options.output == "-") {
        fmt::print("{}", text);
    } else if (const auto written = base::write_file(options.output, text); !written) {
        return report(written.error());
    }
    warn_idle_export(*answer, options, *rank, text);
    return exit_ok;
}

std::shared_ptr<PlanOptions> add_options(CLI::App& command) {
    auto options = std::make_shared<PlanOptions>();
    options->planning = add_planning_options(command);
    command.add_option("--budget", options->budget, "Budget in USD an hour, for example 2.90")->required();
    return options;
}

}  // namespace

void add_plan_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("plan", "The best clusters at a budget");
    auto options = add_options(*command);
    command->add_option("--format", options->format, "text or json");
    command->callback([&context, options] { context.exit_code = plan(context, *options); });
}

void add_export_command(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("export", "The best clusters at a budget, for other programs");
    auto options = add_options(*command);
    command
        ->add_option("--as", options->format,
                     "json, csv, the program that decided as lp or mps, or a plan to start: skypilot (a task "
                     "or job group) or launch (a shell script)")
        ->required();
    command->add_option("--rank", options->rank, "Only the plan of this rank");
    command->add_option("--bucket", options->bucket, "Bucket of the checkpoints (skypilot, launch)");
    command->add_option("--checkpoint-every", options->checkpoint_every,
                        "Seconds between two checkpoints (skypilot, launch)");
    command->add_option("--output", options->output, "File to write (default, and for -: standard output)");
    command->callback([&context, options] { context.exit_code = export_plan(context, *options); });
}

}  // namespace deepvm::cli
