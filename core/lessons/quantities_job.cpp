// SPDX-License-Identifier: GPL-3.0-or-later
// What lessons ask of a job on the first plan: checkpoints, futures, and where checkpoints go.
#include "lessons/quantity_lists.h"
#include "lessons/world.h"
#include "risk/checkpoint_curve.h"
#include "risk/deepcheck.h"

namespace deepvm::lessons {
namespace {

using base::Result;

// Of a job that rolls back, which alone has an interval to choose.
std::optional<risk::JobRun> run_of(const World& world) {
    const auto& run = world.run();
    if (!run) return std::nullopt;
    return run->view();
}

Result<Value> hours_at(const World& world, Arguments given) {
    const auto run = run_of(world);
    if (!run || given[0].number <= 0) return nothing(Kind::number);
    const auto outlook = risk::outlook(*run, given[0].number * 60);
    return outlook.finishes ? of_number(outlook.expected_hours, Unit::hours) : nothing(Kind::number);
}

Result<Value> overhead_at(const World& world, Arguments given) {
    const auto run = run_of(world);
    if (!run || given[0].number <= 0) return nothing(Kind::number);
    const auto outlook = risk::outlook(*run, given[0].number * 60);
    if (!outlook.finishes) return nothing(Kind::number);
    const double useful = run->useful_seconds / risk::seconds_per_hour;
    const double start = run->start_seconds / risk::seconds_per_hour;
    return of_number(100 * (outlook.expected_hours - start - useful) / useful, Unit::percent);
}

using Optimum = std::optional<risk::CheckpointPoint> risk::CheckpointCurve::*;
Result<Value> optimum(const World& world, Optimum which) {
    const auto run = run_of(world);
    if (!run) return nothing(Kind::number);
    const auto curve = risk::checkpoint_curve(*run, 2);
    return curve.*which ? of_number((curve.*which)->interval_seconds / 60, Unit::minutes)
                        : nothing(Kind::number);
}

Result<Value> of_run(const World& world, double risk::JobRun::*seconds) {
    const auto run = run_of(world);
    return run ? of_number((*run).*seconds, Unit::seconds) : nothing(Kind::number);
}

using OfFutures = std::optional<double> (*)(const explain::SimulatedPlan& simulated);
Result<Value> of_futures(const World& world, Unit unit, OfFutures figure) {
    const auto simulated = world.futures();
    if (!simulated) return tl::unexpected(simulated.error());
    if (!*simulated || !(*simulated)->unknown.empty() || !(*simulated)->futures.finishes)
        return nothing(Kind::number);
    return of_number(figure(**simulated), unit);
}

// The pipeline of the plan, with checkpoints so often; nothing where its checkpoints go another way.
std::optional<risk::DeepCheckRun> pipeline(const World& world, double interval_seconds) {
    if (world.plan() == nullptr || interval_seconds <= 0) return std::nullopt;
    auto setup = problem::checkpoint_pipeline(world.problem(), *world.plan(), interval_seconds);
    if (!setup) return std::nullopt;
    constexpr double intervals = 40;  // enough to stand still as long in each
    setup->duration_seconds = intervals * interval_seconds;
    auto run = risk::simulate(*setup);
    return run ? std::optional(std::move(*run)) : std::nullopt;
}

Result<Value> stall_at(const World& world, Arguments given) {
    const auto run = pipeline(world, given[0].number * 60);
    return run ? of_number(run->stall_percent, Unit::percent) : nothing(Kind::number);
}

// The mean over moments spread evenly through the second half, when the pipeline has settled.
Result<Value> lost_minutes(const World& world, Arguments given) {
    if (world.plan() == nullptr || !world.plan()->job.expected) return nothing(Kind::number);
    const auto run = pipeline(world, world.plan()->job.expected->interval_seconds);
    if (!run) return nothing(Kind::number);
    constexpr int moments = 200;
    double lost = 0;
    for (int i = 0; i < moments; ++i) {
        const auto at = run->setup.duration_seconds * (0.5 + 0.5 * (i + 0.5) / moments);
        const auto losses = risk::losses_at(*run, at);
        const auto& level = given[0].text == "host"     ? losses.host
                            : given[0].text == "remote" ? losses.remote
                                                        : losses.storage;
        lost += level.lost_seconds / moments;
    }
    return of_number(lost / 60, Unit::minutes);
}

using PipelineStep = double risk::StepSeconds::*;
Result<Value> step_of_pipeline(const World& world, PipelineStep step) {
    if (world.plan() == nullptr || !world.plan()->job.expected) return nothing(Kind::number);
    const auto setup = problem::checkpoint_pipeline(world.problem(), *world.plan(),
                                                    world.plan()->job.expected->interval_seconds);
    if (!setup) return nothing(Kind::number);
    const auto seconds = risk::step_seconds(*setup);
    return seconds ? of_number((*seconds).*step, Unit::seconds) : nothing(Kind::number);
}

std::vector<Quantity> of_checkpoints() {
    return {
        {"hours_at",
         {Argument::number},
         Kind::number,
         Unit::hours,
         "expected time of the job with a checkpoint every so many minutes",
         hours_at},
        {"overhead_at",
         {Argument::number},
         Kind::number,
         Unit::percent,
         "what revocations and checkpoints add to the useful time then",
         overhead_at},
        {"young_daly",
         {},
         Kind::number,
         Unit::minutes,
         "interval by the formula of Young and Daly",
         [](const World& world, Arguments) { return optimum(world, &risk::CheckpointCurve::young_daly); }},
        {"best_interval",
         {},
         Kind::number,
         Unit::minutes,
         "interval of the least expected time",
         [](const World& world, Arguments) { return optimum(world, &risk::CheckpointCurve::best); }},
        {"checkpoint_seconds",
         {},
         Kind::number,
         Unit::seconds,
         "for which one checkpoint stops the training",
         [](const World& world, Arguments) { return of_run(world, &risk::JobRun::checkpoint_seconds); }},
        {"restart_seconds",
         {},
         Kind::number,
         Unit::seconds,
         "from a revocation until training goes on",
         [](const World& world, Arguments) { return of_run(world, &risk::JobRun::restart_seconds); }},
    };
}

std::vector<Quantity> of_futures_and_pipeline() {
    return {
        {"p50",
         {},
         Kind::number,
         Unit::hours,
         "half of the simulated futures are done by then",
         [](const World& world, Arguments) {
             return of_futures(world, Unit::hours,
                               [](const auto& of) { return std::optional(of.futures.hours.p50); });
         }},
        {"p95",
         {},
         Kind::number,
         Unit::hours,
         "95 of 100 simulated futures are done by then",
         [](const World& world, Arguments) {
             return of_futures(world, Unit::hours,
                               [](const auto& of) { return std::optional(of.futures.hours.p95); });
         }},
        {"p95_cost",
         {},
         Kind::number,
         Unit::usd,
         "95 of 100 simulated futures cost no more",
         [](const World& world, Arguments) {
             return of_futures(world, Unit::usd,
                               [](const auto& of) { return std::optional(of.futures.dollars.p95); });
         }},
        {"undisturbed",
         {},
         Kind::number,
         Unit::percent,
         "simulated futures without a revocation",
         [](const World& world, Arguments) {
             return of_futures(world, Unit::percent,
                               [](const auto& of) { return std::optional(100 * of.futures.undisturbed); });
         }},
        {"done_share",
         {},
         Kind::number,
         Unit::percent,
         "simulated futures that are done by the deadline",
         [](const World& world, Arguments) {
             return of_futures(world, Unit::percent, [](const auto& of) {
                 return of.share_done_in_time ? std::optional(100 * *of.share_done_in_time) : std::nullopt;
             });
         }},
        {"stall_at",
         {Argument::number},
         Kind::number,
         Unit::percent,
         "of the time, for which checkpoints every so many minutes stop a tiering plan",
         stall_at},
        {"send_seconds",
         {},
         Kind::number,
         Unit::seconds,
         "one checkpoint from workers to remote memory",
         [](const World& world, Arguments) { return step_of_pipeline(world, &risk::StepSeconds::send); }},
        {"flush_seconds",
         {},
         Kind::number,
         Unit::seconds,
         "one checkpoint from remote memory to storage",
         [](const World& world, Arguments) { return step_of_pipeline(world, &risk::StepSeconds::flush); }},
        {"lost_minutes",
         {Argument::level},
         Kind::number,
         Unit::minutes,
         "work that is lost on average when only 'host', 'remote' or 'storage' survives",
         lost_minutes},
    };
}

}  // namespace

std::vector<Quantity> job_quantities() {
    auto all = of_checkpoints();
    for (auto& each : of_futures_and_pipeline())
        all.push_back(std::move(each));
    return all;
}

}  // namespace deepvm::lessons
