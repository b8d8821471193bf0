// SPDX-License-Identifier: GPL-3.0-or-later
// One control after the other is changed: a problem made of parts that were kept is the one made anew.
#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <random>
#include <stop_token>
#include <vector>

#include "cases.h"
#include "catalog/catalog.h"
#include "planner/planner.h"
#include "problem/kept_parts.h"
#include "test_program.h"

namespace test_kept_parts {

using namespace deepvm;
using namespace deepvm::problem;

bool same(const std::vector<Candidate>& a, const std::vector<Candidate>& b) {
    return std::ranges::equal(a, b, [](const Candidate& one, const Candidate& other) {
        return one.architecture == other.architecture && one.worker == other.worker &&
               one.other == other.other && one.remote == other.remote && one.fixed == other.fixed &&
               one.per_node == other.per_node && one.per_remote == other.per_remote &&
               one.min_nodes == other.min_nodes && one.max_nodes == other.max_nodes &&
               one.min_remotes == other.min_remotes && one.max_remotes == other.max_remotes &&
               one.memory.needed == other.memory.needed && one.outdone == other.outdone &&
               std::ranges::equal(one.choices, other.choices, [](const Choice& x, const Choice& y) {
                   return x.counts == y.counts && x.price == y.price && x.worth == y.worth &&
                          x.efficiency == y.efficiency;
               });
    });
}

bool same(const Problem& a, const Problem& b) {
    const auto same_step = [](const Step& x, const Step& y) {
        return x.candidate == y.candidate && x.choice == y.choice && x.price == y.price && x.worth == y.worth;
    };
    return a.ranges == b.ranges && a.contenders == b.contenders && a.fastest_hours == b.fastest_hours &&
           same(a.candidates, b.candidates) &&
           std::ranges::equal(a.overall_steps, b.overall_steps, same_step);
}

bool same(const Plan& a, const Plan& b) {
    return a.worker == b.worker && a.other_worker == b.other_worker && a.remote == b.remote &&
           counts_of(a) == counts_of(b) && a.hourly_price == b.hourly_price && a.worth == b.worth &&
           a.binding == b.binding && a.job.expected == b.job.expected &&
           a.job.done_by_deadline == b.job.done_by_deadline;
}

void change(Request& request, std::mt19937& random) {
    const auto any = [&](auto... values) {
        const std::array all{values...};
        return all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random)];
    };
    switch (std::uniform_int_distribution(0, 24)(random)) {
        case 0:
            request.objective =
                any(Objective::throughput, Objective::deepvm, Objective::job_cost, Objective::job_time);
            break;
        case 1:
            request.job.deadline_hours =
                any(std::optional<double>(), std::optional(20.0), std::optional(100.0));
            break;
        case 2:
            request.job.amount = any(std::optional<double>(), std::optional(30.0));
            break;
        case 3:
            request.max_nodes = any(std::optional<int>(), std::optional(8), std::optional(16));
            break;
        case 4:
        case 5:
        case 6: {
            const auto toggled = all_architectures[std::uniform_int_distribution<std::size_t>(0, 5)(random)];
            if (std::erase(request.architectures, toggled) == 0) request.architectures.push_back(toggled);
            if (request.architectures.empty()) request.architectures = {Architecture::on_demand};
            break;
        }
        case 7:
            request.checkpointing.store_usd_per_gib_month = any(0.023, 0.1);
            break;
        case 8:
            request.checkpointing.provisioning_s = any(300.0, 900.0);
            break;
        case 9:
            request.min_efficiency = any(std::optional<double>(), std::optional(0.8));
            break;
        case 10:
            request.overlap = any(0.0, 0.5);
            break;
        case 11:
            request.workload = any("resnet50-imagenet", "bert-large-pretrain-128");
            break;
        case 12:
            request.buffer_depth = any(2.0, 40.0);
            break;
        case 13:
            request.risk.point = any(RatePoint::low, RatePoint::middle, RatePoint::high);
            break;
        case 14:
            request.spot_quota = any(QuotaLimits{}, QuotaLimits{{"G", 64}});
            break;
        case 15:
            request.on_demand_quota = any(QuotaLimits{}, QuotaLimits{{"G", 64}});
            break;
        case 16:
            request.job.confidence = any(0.95, 0.7);
            break;
        case 17:
            request.hosts = any(Hosts::any, Hosts::x86);
            break;
        case 18:
            request.precision = any(std::optional<model::Precision>(), std::optional(model::Precision::fp32));
            break;
        case 19:
            request.utilisation = any(std::optional<double>(), std::optional(0.25));
            break;
        case 20:
            request.observed_prices_only = any(false, true);
            break;
        case 21:
            request.checkpointing.store_gbs = any(0.0875, 0.5);
            request.checkpointing.disk_gbs = any(1.0, 0.3);
            break;
        case 22:
            request.checkpoint_gib = any(std::optional<double>(), std::optional(20.0));
            break;
        case 23:
            request.risk.rates =
                any(std::optional<risk::RateRange>(), std::optional(risk::RateRange{0.01, 0.1}));
            break;
        default:
            request.top = any(3, 5);
            request.checkpoint_size_100mb = any(10.0, 3.0);
    }
}

class TestKeptParts : public QObject {
    Q_OBJECT

  private slots:
    void a_problem_of_kept_parts_is_the_one_made_anew() {
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        const auto market = catalog.load({"aws", "eu-north-1"}).value();
        std::mt19937 random(11);
        Request request = default_request(market->kind);
        KeptParts kept;
        const int cases = deepvm::tests::cases(200);
        int asked = 0;
        for (int i = 0; i < cases; ++i) {
            change(request, random);
            const auto fresh = make_problem(market, request);
            const auto with = make_problem(market, request, {}, &kept);
            QCOMPARE(with.has_value(), fresh.has_value());
            if (!fresh) continue;
            asked += static_cast<int>(2 * request.architectures.size());
            QVERIFY2(same(**with, **fresh), qPrintable(QString("change %1").arg(i)));
            QVERIFY2(same(*(*with)->no_scale, *(*fresh)->no_scale), qPrintable(QString("change %1").arg(i)));
            const auto budget = base::Money::from_usd(std::exp(5 * std::uniform_real_distribution()(random)));
            const auto one = planner::decide(**with, budget).value();
            const auto other = planner::decide(**fresh, budget).value();
            QVERIFY(std::ranges::equal(one.ranked, other.ranked,
                                       [](const Plan& a, const Plan& b) { return same(a, b); }));
        }
        QVERIFY2(kept.found() > static_cast<std::size_t>(asked) / 4,
                 qPrintable(QString("%1 of %2").arg(kept.found()).arg(asked)));
    }

    // What is stopped leaves nothing half made behind.
    void what_was_stopped_is_not_kept() {
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        const auto market = catalog.load({"aws", "eu-north-1"}).value();
        const Request request = default_request(market->kind);
        KeptParts kept;
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!make_problem(market, request, stop.get_token(), &kept));
        QVERIFY(make_problem(market, request, {}, &kept));
        QCOMPARE(kept.found(), std::size_t{0});
    }
};

}  // namespace test_kept_parts

DEEPVM_TEST(test_kept_parts, TestKeptParts)
#include "test_kept_parts.moc"
