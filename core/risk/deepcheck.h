// SPDX-License-Identifier: GPL-3.0-or-later
// Asynchronous checkpoints in several levels (DeepCheck of DeepVM, CCGrid 2024) as an event simulation:
// copied to the workers' host memory, cut, sent, held in the memory of remote nodes, flushed to storage.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "base/error.h"

namespace deepvm::risk {

inline constexpr double usable_network = 0.7;  ///< share of the line rate that reaches the application
inline constexpr int most_machines = 4096;     ///< workers or remote nodes that are simulated
inline constexpr int most_checkpoints = 10'000;

/// A cluster of tiering and how it writes checkpoints. Workers do the same at the same time. Numbers are
/// finite and above 0.
struct DeepCheck {
    int workers = 1;  ///< 1..most_machines, as the remote nodes
    int remotes = 1;
    double checkpoint_gib = 1;            ///< one whole checkpoint
    bool sharded = true;                  ///< each worker sends its share; else each sends a whole one
    double host_copy_gib_per_second = 6;  ///< accelerator to host memory, of one worker
    double cut_gib_per_second = 4;        ///< of host memory into what is sent, of one worker
    double worker_network_gbps = 10;      ///< line rate of one machine
    double remote_network_gbps = 10;
    double remote_buffer_gib = 16;          ///< for checkpoints, of one remote node
    double storage_gib_per_second = 0.25;   ///< that one remote node writes
    double interval_seconds = 60;           ///< of training between two checkpoints
    double duration_seconds = 600;          ///< of wall clock that is simulated
    std::optional<double> revoked_seconds;  ///< when a worker is taken away, 0..duration
};

/// What happens where. Spans of one lane and slot do not overlap.
enum class Lane { training, host, network, buffer, storage };
inline constexpr std::array all_lanes{Lane::training, Lane::host, Lane::network, Lane::buffer, Lane::storage};

enum class Activity {
    trains,
    copies,  ///< to host memory
    cuts,
    sends,
    holds,  ///< in remote memory: what arrives, waits for storage or is being flushed
    flushes,
    stalls,  ///< training stands still; `cause` says why
    waits,   ///< to be sent, for room in remote memory
};

/// Why training stands still.
enum class Cause {
    none,
    copy,           ///< of every checkpoint: the price of having one
    cutting,        ///< host memory still holds the one before, which is being cut
    network,        ///< it is still being sent
    remote_buffer,  ///< it is sent later, for it had to wait for room in remote memory: storage is too slow
};
inline constexpr std::array all_causes{Cause::copy, Cause::cutting, Cause::network, Cause::remote_buffer};

struct Span {
    Lane lane = Lane::training;
    int slot = 0;        ///< place in remote memory, from 0; 0 in all other lanes
    int checkpoint = 0;  ///< from 1; of training, the one that comes next
    double begin_seconds = 0;
    double end_seconds = 0;  ///< above begin_seconds
    Activity activity = Activity::trains;
    Cause cause = Cause::none;  ///< none but for stalls
    bool whole = true;          ///< false: cut off by the end of the simulation or by the revocation

    bool operator==(const Span&) const = default;
};

/// Remote memory from this moment on.
struct Fill {
    double seconds = 0;
    int checkpoints = 0;  ///< that have their room

    bool operator==(const Fill&) const = default;
};

/// When a checkpoint reached which level, as planned: a revocation or the end of the simulation may come
/// before.
struct CheckpointTimes {
    double due_seconds = 0;
    double copy_seconds = 0;    ///< the copy begins
    double copied_seconds = 0;  ///< complete in host memory
    double cut_seconds = 0;
    double send_seconds = 0;     ///< begins
    double sent_seconds = 0;     ///< complete in remote memory
    double flush_seconds = 0;    ///< begins
    double flushed_seconds = 0;  ///< complete in storage
};

/// What is left when everything above a level is gone.
struct Loss {
    int checkpoint = 0;       ///< the newest that had reached the level, from 1; 0: none, all work is lost
    double lost_seconds = 0;  ///< of training since it was taken

    bool operator==(const Loss&) const = default;
};

/// Lost work never shrinks from host to remote to storage.
struct Losses {
    Loss host;     ///< host memory survives: the process died, not the machine
    Loss remote;   ///< remote memory survives: workers are revoked
    Loss storage;  ///< only storage survives: the remote nodes are gone, too
};

struct DeepCheckRun {
    DeepCheck setup;
    std::vector<Span> spans;                   ///< lane by lane, slot by slot, in time
    std::vector<Fill> fills;                   ///< in time, from 0 s
    std::vector<CheckpointTimes> checkpoints;  ///< all that were due within the duration
    int buffer_checkpoints = 0;                ///< that remote memory holds at once
    double end_seconds = 0;                    ///< of training: the duration, or the revocation
    double copy_stall_seconds = 0;             ///< until then
    double other_stall_seconds = 0;            ///< cutting, network and remote buffer, until then
    double stall_percent = 0;                  ///< both, of end_seconds
    double shortest_interval_seconds = 0;      ///< as shortest_interval_seconds()
    std::optional<Losses> losses;              ///< with a revocation
};

/// Deterministic; some microseconds a checkpoint. Refuses numbers out of range, remote memory that does not
/// hold one checkpoint, and more than most_checkpoints.
base::Result<DeepCheckRun> simulate(const DeepCheck& setup);

/// What a revocation at `seconds` (0..duration) loses, whether or not it was simulated.
Losses losses_at(const DeepCheckRun& run, double seconds);

/// How long one checkpoint takes each step of a pipeline that nothing holds up.
struct StepSeconds {
    double copy = 0;
    double cut = 0;
    double send = 0;
    double flush = 0;
};
base::Result<StepSeconds> step_seconds(const DeepCheck& setup);

/// The shortest interval with which training stalls for nothing but the copy; 0 where even none would do.
/// Does not look at the setup's own interval and duration.
base::Result<double> shortest_interval_seconds(const DeepCheck& setup);

/// Workers a remote node at which its network is full, in two senses.
struct Saturation {
    double link = 0;  ///< beyond it a worker gets less than its own link carries: sending takes longer with
                      ///< every worker (whole checkpoints) or no less (shards)
    /// Beyond it what is sent no longer gets through within the interval, and training stalls. 0 where one
    /// worker's link is too slow already; infinite for shards that get through, as more workers send no more.
    double interval = std::numeric_limits<double>::infinity();

    bool operator==(const Saturation&) const = default;
};
/// In closed form; does not look at the numbers of machines but for the size of shards.
base::Result<Saturation> saturation(const DeepCheck& setup);

/// The most workers, up to most_machines, that the setup's remote nodes serve so that training stalls for
/// nothing but the copy; 0 where no number will do.
base::Result<int> saturation_workers(const DeepCheck& setup);

/// The fewest remote nodes, up to most_machines, with which training stalls for nothing but the copy;
/// nothing where more of them do not help: a worker's own link or its cutting is too slow.
base::Result<std::optional<int>> remotes_needed(const DeepCheck& setup);

}  // namespace deepvm::risk
