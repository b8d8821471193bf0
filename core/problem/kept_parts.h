// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of problems that were made before: what a change of the request does not concern is not worked out
// anew. A part is one architecture's candidates with their choices; its key is all of the request that they
// depend on, as a value.
#pragma once

#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "problem/problem.h"

namespace deepvm::problem {

/// The candidates of one architecture in their order, with choices, and what set_choices() found of them.
struct ArchitecturePart {
    std::vector<Candidate> candidates;
    double fastest_hours = std::numeric_limits<double>::infinity();  ///< of a job; infinite if none finishes
};

/// Owned by whoever makes one problem after the other; any thread. Keeps the parts asked for last.
class KeptParts {
  public:
    struct Key {
        std::shared_ptr<const model::Market> market;  ///< kept alive: no other one can have its address
        Request request;                              ///< without what the part does not depend on
        bool scaled = true;                           ///< else of Problem::no_scale

        bool operator==(const Key&) const = default;
    };

    /// Null where it is not kept.
    std::shared_ptr<const ArchitecturePart> find(const Key& key);
    void keep(Key key, std::shared_ptr<const ArchitecturePart> part);
    /// How often find() had an answer, for whoever measures.
    std::size_t found() const;

  private:
    struct Kept {
        Key key;
        std::shared_ptr<const ArchitecturePart> part;
    };
    static constexpr std::size_t most = 36;  // three problems of six architectures; some 100 MB at the most

    mutable std::mutex mutex_;
    std::list<Kept> kept_;  // the one asked for last in front
    std::size_t found_ = 0;
};

/// What the part of an architecture depends on.
KeptParts::Key part_key(const Problem& problem, Architecture architecture, bool scaled);

}  // namespace deepvm::problem
