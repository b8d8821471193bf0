// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/architectures/architecture.h"

#include "problem/architectures/architectures.h"
#include "problem/bounds.h"

namespace deepvm::problem {

namespace {

// What an anchor is worth more or less than a spot worker is added, so that the same nodes without an anchor
// are worth the same to the last bit where it is neither.
double of_one_type(int anchors, int nodes, double effective, NodeWorth each) {
    return each.first * effective + anchors * (each.anchor - each.first) * (effective / nodes);
}

}  // namespace

void ArchitectureRules::visit(const Problem& problem, const Candidate& candidate, NodeWorth each,
                              const Visit& visit) const {
    const Worker& worker = problem.workers[candidate.worker];
    for (int nodes = candidate.min_nodes; nodes <= candidate.max_nodes; ++nodes) {
        const auto remotes = remotes_for(candidate, nodes);
        if (!remotes) break;  // the next need as many or more
        if (!visit({nodes, *remotes}, of_one_type(anchors(), nodes, effective_nodes(worker, nodes), each)))
            return;
    }
}

void ArchitectureRules::visit_promising(const Problem& problem, const Candidate& candidate, NodeWorth each,
                                        const Visit& visit) const {
    this->visit(problem, candidate, each, visit);
}

void ArchitectureRules::visit_rows(const Problem& problem, const Candidate& candidate, NodeWorth each,
                                   const VisitRow& visit) const {
    constexpr int parts = 8;
    std::optional<Row> row;
    int last = 0;
    bool wanted = true;
    this->visit(problem, candidate, each, [&](Counts counts, double together) {
        const auto hourly = price(candidate, counts);
        if (row) {
            row->high = hourly;
            row->counts_at_high = counts;
            row->together_at_low = std::max(row->together_at_low, together);
        } else {
            row = {hourly, hourly, together, together, counts, counts};
            last = counts.nodes + counts.nodes / parts;
        }
        if (counts.nodes < last) return true;
        row->together_at_high = row->together_at_low;
        wanted = visit(*row);
        row.reset();
        return wanted;
    });
    if (!row || !wanted) return;
    row->together_at_high = row->together_at_low;
    visit(*row);
}

double ArchitectureRules::together(const Problem& problem, const Candidate& candidate, Counts counts,
                                   NodeWorth each, std::vector<double>&) const {
    return of_one_type(anchors(), counts.nodes,
                       effective_nodes(problem.workers[candidate.worker], counts.nodes), each);
}

TogetherBound ArchitectureRules::bound(const Problem&, const Candidate&, int, NodeWorth each) const {
    return {std::max(each.first, each.other)};
}

risk::JobRun ArchitectureRules::exposure(const Problem&, const Candidate&, Counts) const {
    return {};
}

std::vector<Counts> ArchitectureRules::larger(const Candidate& candidate, Counts counts, int step) const {
    const int nodes = counts.nodes + step;
    return {{nodes, remotes_needed(candidate, nodes)}};
}

const ArchitectureRules& rules(Architecture architecture) {
    switch (architecture) {
        case Architecture::single_anchor:
            return single_anchor_rules();
        case Architecture::tiering:
            return tiering_rules();
        case Architecture::on_demand:
            return on_demand_rules();
        case Architecture::spot_bucket:
            return spot_bucket_rules();
        case Architecture::parameter_server:
            return parameter_server_rules();
        case Architecture::mixed_workers:
            break;
    }
    return mixed_workers_rules();
}

double checkpoint_seconds(const Problem& problem, double gbs) {
    constexpr double bytes_per_gib = 1024.0 * 1024 * 1024;
    const double gib = problem.request.checkpoint_gib.value_or(model::checkpoint_gib(workload_of(problem)));
    return gib * bytes_per_gib / (gbs * 1e9);
}

double usable_gbs(double network_gbps) {
    return model::usable_share * network_gbps / 8;
}

double start_seconds(const Problem& problem) {
    const Checkpointing& ways = problem.request.checkpointing;
    return ways.provisioning_s + checkpoint_seconds(problem, ways.disk_gbs);
}

double revocation_rate(const Problem& problem, std::size_t worker) {
    const Risk& risk = problem.request.risk;
    const auto& rates = *problem.workers[worker].revocations;
    const double rate = risk.point == RatePoint::low      ? rates.low
                        : risk.point == RatePoint::middle ? rates.middle
                                                          : rates.high;
    return risk.factor * rate;
}

}  // namespace deepvm::problem
