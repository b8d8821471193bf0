// SPDX-License-Identifier: GPL-3.0-or-later
#include "risk/deepcheck.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <string_view>

namespace deepvm::risk {
namespace {

constexpr double gbit_per_gib = 8.589934592;
constexpr double least_number = 1e-9;  // of what must be above 0: keeps every time finite
constexpr double largest_number = 1e9;
constexpr double rounding = 1e-9;  // relative: what differs by less is the same

base::Result<void> check_number(double value, std::string_view what, std::string_view unit, double least) {
    if (value >= least && value <= largest_number) return {};  // false for NaN
    return base::fail(base::ErrorCode::invalid_input, fmt::format("{} of {} {} is not a number from {} to {}",
                                                                  what, value, unit, least, largest_number));
}

base::Result<void> check_machines(int machines, std::string_view what) {
    if (machines >= 1 && machines <= most_machines) return {};
    return base::fail(base::ErrorCode::invalid_input,
                      fmt::format("{} {} are not from 1 to {}", machines, what, most_machines));
}

// All but interval, duration and revocation.
base::Result<void> check_machinery(const DeepCheck& setup) {
    return check_machines(setup.workers, "workers")
        .and_then([&] { return check_machines(setup.remotes, "remote nodes"); })
        .and_then([&] { return check_number(setup.checkpoint_gib, "checkpoint", "GiB", least_number); })
        .and_then([&] {
            return check_number(setup.host_copy_gib_per_second, "copy to host memory", "GiB/s", least_number);
        })
        .and_then([&] { return check_number(setup.cut_gib_per_second, "cutting", "GiB/s", least_number); })
        .and_then([&] {
            return check_number(setup.worker_network_gbps, "network of a worker", "Gbit/s", least_number);
        })
        .and_then([&] {
            return check_number(setup.remote_network_gbps, "network of a remote node", "Gbit/s",
                                least_number);
        })
        .and_then([&] {
            return check_number(setup.remote_buffer_gib, "memory of a remote node", "GiB", least_number);
        })
        .and_then([&] {
            return check_number(setup.storage_gib_per_second, "storage of a remote node", "GiB/s",
                                least_number);
        });
}

// What one worker sends of one checkpoint.
double part_gib(const DeepCheck& setup) {
    return setup.sharded ? setup.checkpoint_gib / setup.workers : setup.checkpoint_gib;
}

double usable_gib_per_second(double network_gbps) {
    return usable_network * network_gbps / gbit_per_gib;
}

// The setup, worked out; it must be in range.
struct Pipeline {
    explicit Pipeline(const DeepCheck& setup) {
        const double part = part_gib(setup);
        const double total = part * setup.workers;
        // All workers send at once, each to all remote nodes: a fair share of these or its own link.
        const double share = usable_gib_per_second(setup.remote_network_gbps) * setup.remotes / setup.workers;
        const double rate = std::min(usable_gib_per_second(setup.worker_network_gbps), share);
        seconds.copy = setup.checkpoint_gib / setup.host_copy_gib_per_second;
        seconds.cut = part / setup.cut_gib_per_second;
        seconds.send = part / rate;
        seconds.flush = total / (setup.storage_gib_per_second * setup.remotes);
        const double held = std::floor(setup.remote_buffer_gib * setup.remotes / total * (1 + rounding));
        depth = static_cast<int>(std::min(held, double{most_checkpoints}));
    }

    StepSeconds seconds;
    int depth = 0;  // checkpoints that remote memory holds at once

    double shortest_interval() const {
        // With room for one alone, it is sent and flushed before the next is sent.
        const double cycle = depth == 1 ? seconds.send + seconds.flush : seconds.flush;
        return std::max({seconds.cut + seconds.send, cycle - seconds.copy, 0.0});
    }
};

bool sustains(const DeepCheck& setup) {
    const Pipeline pipeline(setup);
    return pipeline.depth >= 1 && pipeline.shortest_interval() <= setup.interval_seconds * (1 + rounding);
}

base::Result<Pipeline> make_pipeline(const DeepCheck& setup) {
    if (auto checked = check_machinery(setup); !checked) return tl::unexpected(checked.error());
    const Pipeline pipeline(setup);
    if (pipeline.depth >= 1) return pipeline;
    return base::fail(
        base::ErrorCode::invalid_input,
        fmt::format("{} GiB of memory on {} remote nodes do not hold one checkpoint of {} GiB; "
                    "take more remote nodes or more memory",
                    setup.remote_buffer_gib * setup.remotes, setup.remotes, part_gib(setup) * setup.workers));
}

base::Result<void> check_times(const DeepCheck& setup, const Pipeline& pipeline) {
    auto checked = check_number(setup.interval_seconds, "interval", "s", least_number).and_then([&] {
        return check_number(setup.duration_seconds, "duration", "s", least_number);
    });
    if (!checked) return checked;
    if (setup.revoked_seconds &&
        !(*setup.revoked_seconds >= 0 && *setup.revoked_seconds <= setup.duration_seconds))
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("a revocation after {} s is not within the {} s that are simulated",
                                      *setup.revoked_seconds, setup.duration_seconds));
    const double cycle = setup.interval_seconds + pipeline.seconds.copy;
    if (setup.duration_seconds / cycle <= most_checkpoints) return {};
    return base::fail(
        base::ErrorCode::invalid_input,
        fmt::format("{} s with a checkpoint every {} s are more than {} checkpoints; simulate a "
                    "shorter time",
                    setup.duration_seconds, setup.interval_seconds, most_checkpoints));
}

// Every step waits for what it needs: its own turn, the host memory, room in remote memory, the storage.
std::vector<CheckpointTimes> times_of(const DeepCheck& setup, const Pipeline& pipeline) {
    std::vector<CheckpointTimes> all;
    const StepSeconds& step = pipeline.seconds;
    const auto depth = static_cast<std::size_t>(pipeline.depth);
    while (true) {
        const CheckpointTimes before = all.empty() ? CheckpointTimes{} : all.back();
        CheckpointTimes now;
        now.due_seconds = before.copied_seconds + setup.interval_seconds;
        if (now.due_seconds >= setup.duration_seconds || all.size() > most_checkpoints) return all;
        now.copy_seconds = std::max(now.due_seconds, before.sent_seconds);
        now.copied_seconds = now.copy_seconds + step.copy;
        now.cut_seconds = now.copied_seconds + step.cut;
        const double room = all.size() < depth ? 0 : all[all.size() - depth].flushed_seconds;
        now.send_seconds = std::max(now.cut_seconds, room);
        now.sent_seconds = now.send_seconds + step.send;
        now.flush_seconds = std::max(now.sent_seconds, before.flushed_seconds);
        now.flushed_seconds = now.flush_seconds + step.flush;
        all.push_back(now);
    }
}

class Recorder {
  public:
    Recorder(DeepCheckRun& run, double end) : run_(run), end_(end) {}

    void end_at(double end) { end_ = end; }

    void add(Lane lane, int slot, int checkpoint, double begin, double end, Activity activity,
             Cause cause = Cause::none) {
        const double cut = std::min(end, end_);
        if (cut > begin)
            run_.spans.push_back({lane, slot, checkpoint, begin, cut, activity, cause, end <= end_});
    }

  private:
    DeepCheckRun& run_;
    double end_;
};

// Why the copy of a checkpoint that is due waits for the one before: for what it would wait for with room in
// remote memory, too, and then for what the lack of it adds.
void record_stalls(Recorder& spans, int checkpoint, const CheckpointTimes& now,
                   const CheckpointTimes& before) {
    double from = now.due_seconds;
    const auto until = [&](double end, Cause cause) {
        spans.add(Lane::training, 0, checkpoint, from, end, Activity::stalls, cause);
        from = std::max(from, end);
    };
    until(before.cut_seconds, Cause::cutting);
    until(before.sent_seconds - (before.send_seconds - before.cut_seconds), Cause::network);
    until(before.sent_seconds, Cause::remote_buffer);
    until(now.copied_seconds, Cause::copy);
}

void record_workers(DeepCheckRun& run) {
    Recorder spans(run, run.end_seconds);
    CheckpointTimes before;
    int number = 0;
    for (const auto& now : run.checkpoints) {
        spans.add(Lane::training, 0, ++number, before.copied_seconds, now.due_seconds, Activity::trains);
        record_stalls(spans, number, now, before);
        before = now;
    }
    spans.add(Lane::training, 0, number + 1, before.copied_seconds,
              before.copied_seconds + run.setup.interval_seconds, Activity::trains);
    number = 0;
    for (const auto& now : run.checkpoints)
        spans.add(Lane::host, 0, ++number, now.copy_seconds, now.copied_seconds, Activity::copies);
    number = 0;
    for (const auto& now : run.checkpoints) {
        spans.add(Lane::network, 0, ++number, now.copied_seconds, now.cut_seconds, Activity::cuts);
        spans.add(Lane::network, 0, number, now.cut_seconds, now.send_seconds, Activity::waits);
        spans.add(Lane::network, 0, number, now.send_seconds, now.sent_seconds, Activity::sends);
    }
}

// Which place in remote memory each checkpoint takes: the first that is free.
std::vector<int> places_of(const std::vector<CheckpointTimes>& checkpoints) {
    std::vector<int> places;
    std::priority_queue<int, std::vector<int>, std::greater<>> free;
    std::size_t flushed = 0;
    int used = 0;
    for (const auto& now : checkpoints) {
        for (; flushed < places.size() && checkpoints[flushed].flushed_seconds <= now.send_seconds; ++flushed)
            free.push(places[flushed]);
        if (free.empty()) free.push(used++);
        places.push_back(free.top());
        free.pop();
    }
    return places;
}

// What had arrived when a worker was revoked goes on to storage; the rest of what had not is thrown away.
void record_remotes(DeepCheckRun& run) {
    Recorder spans(run, run.setup.duration_seconds);
    const auto arrives = [&](const CheckpointTimes& times) { return times.sent_seconds <= run.end_seconds; };
    const auto places = places_of(run.checkpoints);
    const auto first = static_cast<std::ptrdiff_t>(run.spans.size());
    int number = 0;
    for (const auto& now : run.checkpoints) {
        if (now.send_seconds >= run.end_seconds) break;
        spans.end_at(arrives(now) ? run.setup.duration_seconds : run.end_seconds);
        const int place = places[static_cast<std::size_t>(number++)];
        spans.add(Lane::buffer, place, number, now.send_seconds, now.flushed_seconds, Activity::holds);
    }
    std::stable_sort(run.spans.begin() + first, run.spans.end(),
                     [](const Span& a, const Span& b) { return a.slot < b.slot; });
    spans.end_at(run.setup.duration_seconds);
    number = 0;
    for (const auto& now : run.checkpoints) {
        ++number;
        if (arrives(now))
            spans.add(Lane::storage, 0, number, now.flush_seconds, now.flushed_seconds, Activity::flushes);
    }
}

// Room is given back before it is taken: so the fill never shows more than there is.
void record_fills(DeepCheckRun& run) {
    std::vector<std::pair<double, int>> changes;
    for (const auto& span : run.spans) {
        if (span.lane != Lane::buffer) continue;
        changes.emplace_back(span.begin_seconds, 1);
        if (span.whole || span.end_seconds < run.setup.duration_seconds)
            changes.emplace_back(span.end_seconds, -1);
    }
    std::ranges::sort(changes);
    run.fills.push_back({0, 0});
    for (const auto& [seconds, change] : changes) {
        const int now = run.fills.back().checkpoints + change;
        if (run.fills.back().seconds == seconds)
            run.fills.back().checkpoints = now;
        else
            run.fills.push_back({seconds, now});
    }
}

void sum_up_stalls(DeepCheckRun& run) {
    for (const auto& span : run.spans) {
        if (span.activity != Activity::stalls) continue;
        double& sum = span.cause == Cause::copy ? run.copy_stall_seconds : run.other_stall_seconds;
        sum += span.end_seconds - span.begin_seconds;
    }
    if (run.end_seconds > 0)
        run.stall_percent = 100 * (run.copy_stall_seconds + run.other_stall_seconds) / run.end_seconds;
}

// How many checkpoints had come to `level` by then.
int reached(const DeepCheckRun& run, double CheckpointTimes::*level, double seconds) {
    const auto last = std::ranges::upper_bound(run.checkpoints, seconds, {}, level);
    return static_cast<int>(last - run.checkpoints.begin());
}

// The largest number from 1 to most_machines for which `holds`, which no longer does beyond it; 0 if none.
template <typename Holds>
int largest_number_with(Holds holds) {
    int below = 0;
    int above = most_machines + 1;
    while (above - below > 1) {
        const int middle = below + (above - below) / 2;
        (holds(middle) ? below : above) = middle;
    }
    return below;
}

}  // namespace

base::Result<DeepCheckRun> simulate(const DeepCheck& setup) {
    const auto pipeline = make_pipeline(setup);
    if (!pipeline) return tl::unexpected(pipeline.error());
    if (auto checked = check_times(setup, *pipeline); !checked) return tl::unexpected(checked.error());
    DeepCheckRun run;
    run.setup = setup;
    run.checkpoints = times_of(setup, *pipeline);
    run.buffer_checkpoints = pipeline->depth;
    run.end_seconds = setup.revoked_seconds.value_or(setup.duration_seconds);
    run.shortest_interval_seconds = pipeline->shortest_interval();
    record_workers(run);
    record_remotes(run);
    record_fills(run);
    sum_up_stalls(run);
    if (setup.revoked_seconds) run.losses = losses_at(run, *setup.revoked_seconds);
    return run;
}

Losses losses_at(const DeepCheckRun& run, double seconds) {
    const double interval = run.setup.interval_seconds;
    const int copied = reached(run, &CheckpointTimes::copied_seconds, seconds);
    const double since =
        copied == 0 ? 0 : run.checkpoints[static_cast<std::size_t>(copied) - 1].copied_seconds;
    const double work = copied * interval + std::min(interval, seconds - since);
    const auto loss = [&](double CheckpointTimes::*level) {
        const int checkpoint = reached(run, level, seconds);
        return Loss{checkpoint, std::max(0.0, work - checkpoint * interval)};
    };
    return {loss(&CheckpointTimes::copied_seconds), loss(&CheckpointTimes::sent_seconds),
            loss(&CheckpointTimes::flushed_seconds)};
}

base::Result<StepSeconds> step_seconds(const DeepCheck& setup) {
    if (auto checked = check_machinery(setup); !checked) return tl::unexpected(checked.error());
    return Pipeline(setup).seconds;
}

base::Result<double> shortest_interval_seconds(const DeepCheck& setup) {
    return make_pipeline(setup).map([](const Pipeline& pipeline) { return pipeline.shortest_interval(); });
}

base::Result<Saturation> saturation(const DeepCheck& setup) {
    auto checked = check_machinery(setup).and_then(
        [&] { return check_number(setup.interval_seconds, "interval", "s", least_number); });
    if (!checked) return tl::unexpected(checked.error());
    const double worker = usable_gib_per_second(setup.worker_network_gbps);
    const double remote = usable_gib_per_second(setup.remote_network_gbps);
    const double part = part_gib(setup);
    const double time = setup.interval_seconds - part / setup.cut_gib_per_second;
    Saturation result;
    result.link = remote / worker;
    const bool own_link_too_slow = part > worker * time;
    const bool remotes_too_slow = setup.sharded && setup.checkpoint_gib > remote * setup.remotes * time;
    if (own_link_too_slow || remotes_too_slow)
        result.interval = 0;
    else if (!setup.sharded)
        result.interval = remote * time / part;
    return result;
}

base::Result<int> saturation_workers(const DeepCheck& setup) {
    auto checked = check_machinery(setup).and_then(
        [&] { return check_number(setup.interval_seconds, "interval", "s", least_number); });
    if (!checked) return tl::unexpected(checked.error());
    const auto served = [&](int workers) {
        DeepCheck with = setup;
        with.workers = workers;
        return sustains(with);
    };
    // Shards get smaller with every worker: what most_machines cannot do, no number can.
    if (setup.sharded) return served(most_machines) ? most_machines : 0;
    return largest_number_with(served);
}

base::Result<std::optional<int>> remotes_needed(const DeepCheck& setup) {
    auto checked = check_machinery(setup).and_then(
        [&] { return check_number(setup.interval_seconds, "interval", "s", least_number); });
    if (!checked) return tl::unexpected(checked.error());
    const int too_few = largest_number_with([&](int remotes) {
        DeepCheck with = setup;
        with.remotes = remotes;
        return !sustains(with);
    });
    if (too_few == most_machines) return std::optional<int>();
    return std::optional<int>(too_few + 1);
}

}  // namespace deepvm::risk
