// SPDX-License-Identifier: GPL-3.0-or-later
// One future of a job, from revocation to revocation. Internal to deepvm::risk; nothing here knows the closed
// form that it is compared with. Seconds from the start of the job.
#pragma once

#include <span>
#include <vector>

#include "risk/lifetimes.h"
#include "risk/random.h"

namespace deepvm::risk {

/// Machines that are revoked without memory, each at the same rate.
class MemorylessFleet {
  public:
    MemorylessFleet(int machines, double machine_rate_per_second)
        : machines_(machines), quiet_rate_(machine_rate_per_second), rate_(machine_rate_per_second) {}

    /// From the next start on, machines are revoked so many times as often.
    void quicken(double factor) { rate_ = quiet_rate_ * factor; }
    void start(Random& random);
    /// When the next of the machines at work ends; infinite if none does.
    double next_end() const;
    /// Takes that machine away at `now`, the time of next_end().
    void take(double now);
    /// Brings a new machine at `now`, not after next_end().
    void bring(double now);

  private:
    int machines_;
    double quiet_rate_;
    double rate_;
    Random* random_ = nullptr;
    double at_work_ = 0;
    double since_ = 0;
    double hazard_left_ = 0;  // of an exponential variable with mean 1
};

/// Machines that live as long as a table says; the interface of MemorylessFleet.
class AgeingFleet {
  public:
    AgeingFleet(int machines, const Lifetimes& lifetimes) : machines_(machines), lifetimes_(&lifetimes) {}

    void quicken(double) {}  // lifetimes were measured
    void start(Random& random);
    double next_end() const;
    void take(double now);
    void bring(double now);

  private:
    double lifetime_seconds();

    int machines_;
    const Lifetimes* lifetimes_;
    Random* random_ = nullptr;
    std::vector<double> ends_;  // a heap, the earliest first
};

/// What a job that rolls back has to get done.
struct Segments {
    double checkpointed = 0;          ///< their number, a whole one
    double checkpointed_seconds = 0;  ///< each, with its checkpoint
    double last_seconds = 0;
    double restart_seconds = 0;
};

/// What a job that carries on has to get done: JobRun::throughputs and the time that all machines need.
struct SharedWork {
    double useful_seconds = 0;
    std::span<const double> throughputs;
    double restart_seconds = 0;
};

struct Future {
    bool finishes = true;
    double seconds = 0;
    int revocations = 0;
};

inline constexpr int most_revocations = 100'000;  ///< more often revoked, a run does not finish

Future live_through(const Segments& work, MemorylessFleet& fleet, Random random);
Future live_through(const Segments& work, AgeingFleet& fleet, Random random);
Future live_through(const SharedWork& work, MemorylessFleet& fleet, Random random);
Future live_through(const SharedWork& work, AgeingFleet& fleet, Random random);

}  // namespace deepvm::risk
