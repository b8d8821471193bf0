// SPDX-License-Identifier: GPL-3.0-or-later
// What a move of the budget takes of the window's own thread while the feasible region is on show: the new
// flags, the moved items, and what is painted again. Processor time, so that other work on the machine does
// not count.
#include <QApplication>
#include <algorithm>
#include <ctime>
#include <vector>

#include "bench/table.h"
#include "catalog/catalog.h"
#include "charts/feasible_region_chart.h"
#include "planner/planner.h"

namespace {

using namespace deepvm;
using base::Money;
using ui::charts::RegionSubject;

struct Case {
    const char* work;
    const char* market;
    const char* region;
    double usd;
    std::optional<int> max_nodes;
    QSize size;
};

double thread_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

RegionSubject subject(const Case& c) {
    auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db").value();
    const auto market = catalog.load({c.market, c.region}).value();
    problem::Request request;
    request.preset = problem::default_preset(market->kind);
    request.architectures = {problem::Architecture::tiering};
    request.max_nodes = c.max_nodes;
    auto problem = problem::make_problem(market, request).value();
    const auto decision = planner::decide(*problem, Money::from_usd(c.usd)).value();
    const auto* candidate = problem::candidate_of(*problem, decision.ranked.front());
    return {std::move(problem), candidate};
}

// To and fro by a dollar, a cent at a time, as the mouse has it.
void moves(const Case& c) {
    constexpr int moved = 1000;
    const auto middle = Money::from_usd(c.usd);
    ui::charts::FeasibleRegionChart chart;
    chart.resize(c.size);
    chart.setSubject(subject(c));
    chart.setBudget(middle);
    chart.setCorner(
        explain::relaxation_corner(*chart.subject().problem, *chart.subject().candidate, middle, {}).value());
    chart.show();
    QApplication::processEvents();
    std::vector<double> taken;
    for (int i = 0; i < moved; ++i) {
        const int away = i % 200 < 100 ? i % 200 : 200 - i % 200;
        const double begun = thread_milliseconds();
        chart.setBudget(middle + Money::from_micro(away * 10'000));
        QApplication::processEvents();
        taken.push_back(thread_milliseconds() - begun);
    }
    std::sort(taken.begin(), taken.end());
    bench::print({std::string("feasible region, a cent, ") + c.work,
                  taken[moved / 2],
                  taken[moved * 99 / 100],
                  3,
                  {},
                  {}});
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    bench::print_head();
    const QSize small(568, 220);
    const QSize large(1240, 360);
    moves({"deepvm-paper", "deepvm-paper", "", 2.9, {}, small});
    moves({"deepvm-paper, large", "deepvm-paper", "", 2.9, {}, large});
    moves({"aws 64 nodes, large", "aws", "us-east-1", 10, {}, large});
    moves({"aws 1024 nodes, large", "aws", "us-east-1", 100, 1024, large});
    return 0;
}
