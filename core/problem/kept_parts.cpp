// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/kept_parts.h"

#include <algorithm>
#include <utility>

#include "problem/candidates.h"

namespace deepvm::problem {

std::shared_ptr<const ArchitecturePart> KeptParts::find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto known = std::ranges::find(kept_, key, &Kept::key);
    if (known == kept_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, known);
    ++found_;
    return known->part;
}

void KeptParts::keep(Key key, std::shared_ptr<const ArchitecturePart> part) {
    const std::lock_guard lock(mutex_);
    if (std::ranges::find(kept_, key, &Kept::key) != kept_.end()) return;
    if (kept_.size() == most) kept_.pop_back();
    kept_.push_front({std::move(key), std::move(part)});
}

std::size_t KeptParts::found() const {
    const std::lock_guard lock(mutex_);
    return found_;
}

KeptParts::Key part_key(const Problem& problem, Architecture architecture, bool scaled) {
    KeptParts::Key key{problem.market, problem.request, scaled};
    Request& request = key.request;
    const Request unasked;
    request.architectures = {architecture};
    request.risk.source.clear();
    if (architecture == Architecture::on_demand) {
        request.risk = unasked.risk;
        request.spot_quota.clear();
    }
    if (architecture != Architecture::tiering) {
        request.buffer_depth = unasked.buffer_depth;
        request.buffer_size = unasked.buffer_size;
        request.checkpoint_size_100mb = unasked.checkpoint_size_100mb;
    }
    Checkpointing& ways = request.checkpointing;
    const bool stores = architecture == Architecture::spot_bucket;
    if (!stores) {
        ways.store_usd_per_gib_month = unasked.checkpointing.store_usd_per_gib_month;
        ways.stored_checkpoints = unasked.checkpointing.stored_checkpoints;
    }
    if (is_of_job(request.objective)) return key;
    // Without a job only the price of a store is left of the checkpoints. Where there is a deadline, the
    // doubt of rates and speeds tells types of a mixture apart.
    const double usd = ways.store_usd_per_gib_month;
    const double stored = ways.stored_checkpoints;
    ways = unasked.checkpointing;
    ways.store_usd_per_gib_month = usd;
    ways.stored_checkpoints = stored;
    const bool told_by_doubt =
        architecture == Architecture::mixed_workers && request.job.deadline_hours.has_value();
    request.job = unasked.job;
    if (told_by_doubt)
        request.job.deadline_hours = 1;
    else
        request.risk = unasked.risk;
    return key;
}

KnownParts::KnownParts(const Problem& problem, KeptParts* kept, bool scaled) : kept_(kept), scaled_(scaled) {
    if (!kept) return;
    for (const auto architecture : problem.request.architectures)
        if (auto part = kept->find(part_key(problem, architecture, scaled)))
            known_.emplace(architecture, std::move(part));
}

const ArchitecturePart* KnownParts::of(Architecture architecture) const {
    const auto known = known_.find(architecture);
    return known == known_.end() ? nullptr : known->second.get();
}

void KnownParts::keep_others(const Problem& problem,
                             const std::map<Architecture, double>& fastest_hours) const {
    if (!kept_) return;
    for (const auto architecture : problem.request.architectures) {
        if (has(architecture)) continue;
        const auto [first, end] = problem.ranges.at(architecture);
        const auto from = problem.candidates.begin() + static_cast<std::ptrdiff_t>(first);
        auto part = std::make_shared<ArchitecturePart>();
        part->candidates.assign(from, from + static_cast<std::ptrdiff_t>(end - first));
        part->fastest_hours = fastest_hours.at(architecture);
        kept_->keep(part_key(problem, architecture, scaled_), std::move(part));
    }
}

}  // namespace deepvm::problem
