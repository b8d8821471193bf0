// SPDX-License-Identifier: GPL-3.0-or-later
// A candidate whose choices are not worked out is one that no list would have named: whoever could have paid
// for any counts of it could have had as many other machines as are told, and one more, that are worth more,
// or its own machines with other helpers.
#include <QtTest>
#include <random>
#include <set>

#include "cases.h"
#include "catalog/catalog.h"
#include "problem/architectures/architecture.h"
#include "problem/bounds.h"
#include "problem/worth.h"
#include "test_program.h"

namespace test_contenders {

using namespace deepvm;
using problem::Candidate;
using problem::Counts;
using problem::Problem;

namespace {

using Machines = std::pair<std::size_t, std::size_t>;

Machines machines_of(const Problem& problem, const Candidate& candidate) {
    return {problem.workers[candidate.worker].type,
            candidate.other ? problem.workers[*candidate.other].type + 1 : 0};
}

std::vector<Counts> counts_of(const Problem& problem, const Candidate& candidate) {
    std::vector<Counts> all;
    rules(candidate.architecture)
        .visit(problem, candidate, node_worth(problem, candidate), [&](Counts counts, double) {
            if (fits(candidate, counts, {}, problem::Limit::budget) && efficient(problem, candidate, counts))
                all.push_back(counts);
            return true;
        });
    return all;
}

// Machines of the same architecture that are worth more for no more money.
std::set<Machines> better_than(const Problem& problem, const Candidate& candidate, Counts counts) {
    const auto budget = price(candidate, counts);
    const double own = worth(problem, candidate, counts);
    std::set<Machines> better;
    for (const auto index : problem.contenders.at(candidate.architecture)) {
        const Candidate& other = problem.candidates[index];
        const auto fitting = affordable_choices(other, budget);
        if (fitting > 0 && other.choices[fitting - 1].worth > own) better.insert(machines_of(problem, other));
    }
    return better;
}

struct Place {
    const char* provider;
    const char* region;
};

}  // namespace

class TestContenders : public QObject {
    Q_OBJECT

  private slots:
    void who_is_left_out_would_not_have_been_told_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("region");
        QTest::addColumn<int>("objective");
        QTest::addColumn<bool>("limited");
        for (const Place& place :
             {Place{"aws", "us-east-1"}, Place{"gcp", "us-central1"}, Place{"azure", "any"}})
            for (const auto objective : {problem::Objective::throughput, problem::Objective::deepvm,
                                         problem::Objective::job_cost, problem::Objective::job_time})
                for (const bool limited : {false, true})
                    QTest::addRow("%s %s, %s%s", place.provider, place.region, name(objective).data(),
                                  limited ? ", with a deadline, one plan told" : "")
                        << place.provider << place.region << static_cast<int>(objective) << limited;
    }
    void who_is_left_out_would_not_have_been_told() {
        QFETCH(QString, provider);
        QFETCH(QString, region);
        QFETCH(int, objective);
        QFETCH(bool, limited);
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        const auto market = catalog.load({provider.toStdString(), region.toStdString()}).value();
        problem::Request request = problem::default_request(market->kind);
        request.objective = static_cast<problem::Objective>(objective);
        request.architectures = {problem::all_architectures.begin(), problem::all_architectures.end()};
        request.risk.rates = risk::RateRange{0.01, 0.05, 0.2};  // no provider but AWS publishes any
        if (limited) {
            request.job.deadline_hours = 30;
            request.top = 1;
        }
        const auto problem = problem::make_problem(market, request).value();
        std::vector<const Candidate*> outdone;
        for (const Candidate& candidate : problem->candidates)
            if (candidate.outdone) outdone.push_back(&candidate);
        QVERIFY(outdone.size() > 10);
        std::mt19937 random(1);
        const auto one_of = [&random](const auto& all) { return all[random() % all.size()]; };
        for (int looks = tests::cases(150); looks > 0; --looks) {
            const Candidate& candidate = *one_of(outdone);
            const auto all = counts_of(*problem, candidate);
            if (all.empty()) continue;
            const Counts counts = one_of(all);
            const auto better = better_than(*problem, candidate, counts);
            QVERIFY2(better.contains(machines_of(*problem, candidate)) ||
                         better.size() > static_cast<std::size_t>(request.top),
                     qPrintable(QStringLiteral("%1 nodes, %2 helpers, %3 others of %4, %5: %6 better ones")
                                    .arg(counts.nodes)
                                    .arg(counts.remotes)
                                    .arg(counts.others)
                                    .arg(QString::fromStdString(
                                        market->types[problem->workers[candidate.worker].type].name))
                                    .arg(QString::fromStdString(std::string(name(candidate.architecture))))
                                    .arg(better.size())));
        }
    }

    void in_a_published_data_set_all_are_looked_at() {
        const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
        const auto market = catalog.load({"deepvm-paper", ""}).value();
        const auto problem = problem::make_problem(market, problem::default_request(market->kind)).value();
        for (const Candidate& candidate : problem->candidates)
            QVERIFY(!candidate.outdone);
    }
};

}  // namespace test_contenders

DEEPVM_TEST(test_contenders, TestContenders)
#include "test_contenders.moc"
