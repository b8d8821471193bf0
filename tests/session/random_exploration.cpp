// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/random_exploration.h"

#include "draw.h"
#include "model/fabric.h"

namespace deepvm::tests {
namespace {

template <typename T>
std::optional<T> maybe(std::mt19937& random, T value) {
    return chance(random, 0.5) ? std::optional(value) : std::nullopt;
}

model::WorkloadProfile workload(std::mt19937& random, int number) {
    model::WorkloadProfile made;
    made.name = "mine-" + std::to_string(number);
    made.display_name = "Mine, \"quoted\" & <b>ü</b>";
    made.parameters = whole(random, 1, 1'000'000'000);
    made.flop_per_sample = real(random, 1e6, 1e13);
    made.batch_per_accelerator = whole(random, 1, 512);
    made.gradient_bytes_per_parameter = whole(random, 1, 4);
    made.state_bytes_per_parameter = whole(random, 4, 16);
    made.checkpoint_bytes_per_parameter = whole(random, 4, 12);
    made.samples_per_epoch = whole(random, 1, 2'000'000'000);
    made.epochs = whole(random, 1, 300);
    made.precision = chance(random, 0.5) ? model::Precision::tensor : model::Precision::fp32;
    if (chance(random, 0.5)) made.kind = model::WorkloadKind::encoder;
    made.accumulation_steps = whole(random, 1, 8);
    return made;
}

model::ScalingFit measured(std::mt19937& random, const std::string& type) {
    const double one = real(random, 100, 10'000);
    std::vector<model::EpochTime> times{{type, 1, one}};
    for (const int nodes : {2, 4, 8})
        times.push_back({type, nodes, one / nodes * real(random, 1.0, 1.4)});
    return model::fit_scaling(type, times).value();
}

void set_job_and_risk(std::mt19937& random, session::Exploration& made) {
    made.job.unit = static_cast<problem::JobUnit>(whole(random, 0, 2));
    made.job.amount = maybe(random, real(random, 0.001, 1e12));
    made.job.deadline_hours = maybe(random, real(random, 0.01, 1000));
    made.job.confidence = real(random, 0.01, 0.999);
    made.risk.point = static_cast<problem::RatePoint>(whole(random, 0, 2));
    if (chance(random, 0.5)) {
        const double low = real(random, 0, 0.1);
        made.risk.rates = risk::RateRange{low, low + real(random, 0, 0.1), low + real(random, 0.1, 1)};
        made.risk.source = "set by hand";
    }
    made.checkpointing.disk_gbs = real(random, 0.1, 8);
    made.checkpointing.store_gbs = real(random, 0.01, 2);
    made.checkpointing.provisioning_s = real(random, 0, 3600);
    made.checkpointing.store_usd_per_gib_month = real(random, 0, 0.1);
}

}  // namespace

session::Exploration random_exploration(unsigned seed) {
    std::mt19937 random(seed);
    session::Exploration made;
    const catalog::Selection places[] = {{"deepvm-paper", ""},
                                         {"aws", "us-east-1"},
                                         {"gcp", "us-central1"},
                                         {"azure", "eastus"},
                                         {"any", "any"}};
    made.selection = places[whole(random, 0, 4)];
    made.budget = base::Money::from_micro(whole(random, 50'000, 500'000'000));
    for (const auto architecture : session::shown_architectures)
        made.enable(architecture, chance(random, 0.7));
    if (made.architectures.empty()) made.enable(problem::Architecture::on_demand, true);
    made.objective = static_cast<problem::Objective>(whole(random, 0, 3));
    made.workload = chance(random, 0.5) ? "resnet50-imagenet" : "bert-large-squad";
    made.preset = maybe(random, problem::Preset::published);
    made.observed_prices_only = chance(random, 0.3);
    made.max_nodes = maybe(random, whole(random, 1, problem::largest_max_nodes));
    set_job_and_risk(random, made);
    made.assumptions.precision = maybe(random, model::Precision::tensor);
    made.assumptions.utilisation = maybe(random, real(random, 0.05, 1));
    made.assumptions.overlap = real(random, 0, model::most_hidden);
    made.assumptions.hosts = chance(random, 0.5) ? problem::Hosts::any : problem::Hosts::x86;
    made.assumptions.min_efficiency = maybe(random, real(random, 0, 1));
    made.assumptions.checkpoint_gib = maybe(random, real(random, 0, 100));
    made.assumptions.buffer_depth = real(random, 0, 8);
    if (chance(random, 0.5)) made.spot_quota["aws/G"] = whole(random, 0, 4096);
    if (chance(random, 0.5)) made.on_demand_quota["gcp/A2"] = whole(random, 0, 4096);
    for (int i = whole(random, 0, 2); i > 0; --i)
        made.own_workloads.push_back(workload(random, i));
    if (chance(random, 0.3)) made.measured["g4dn.xlarge"] = measured(random, "g4dn.xlarge");
    made.what_if_percent = whole(random, session::least_what_if, session::most_what_if);
    made.future_runs = whole(random, session::least_future_runs, session::most_future_runs);
    made.future_seed = whole(random, 0, session::most_future_seed);
    return made;
}

session::Session random_session(unsigned seed) {
    std::mt19937 random(seed);
    session::Session made;
    made.exploration = random_exploration(seed);
    for (int i = whole(random, 0, static_cast<int>(session::most_pins)); i > 0; --i) {
        session::Kept kept;
        kept.name = chance(random, 0.5) ? "für den Chef" : "";
        kept.note = "line\nbreak \"and\" quotes";
        kept.at = "2026-11-21T10:00:00Z";
        kept.question = random_exploration(seed * 100 + static_cast<unsigned>(i));
        if (chance(random, 0.8)) {
            session::Answer answer;
            answer.plan.architecture = problem::Architecture::tiering;
            answer.plan.provider = "aws";
            answer.plan.region = "us-east-1";
            answer.plan.worker = "g4dn.xlarge";
            answer.plan.nodes = answer.plan.spot_workers = whole(random, 1, 60);
            answer.plan.remote = "c5.xlarge";
            answer.plan.remotes = 1;
            answer.plan.hourly_price = base::Money::from_micro(whole(random, 1, 500'000'000));
            answer.plan.objective = real(random, 0.1, 1e20);
            answer.objective_unit = "TFLOP/s";
            answer.expected_hours = maybe(random, real(random, 0.1, 1000));
            answer.expected_usd = maybe(random, real(random, 0.1, 1000));
            answer.prices_as_of = "2026-07-20";
            answer.prices = {{"g4dn.xlarge", problem::Purchase::spot,
                              base::Money::from_micro(whole(random, 1, 9'000'000)), "2026-07-20"}};
            kept.answer = answer;
        }
        (chance(random, 0.7) ? made.pins : made.visits).push_back(kept);
    }
    made.view = {"risk", "futures"};
    return made;
}

}  // namespace deepvm::tests
