// SPDX-License-Identifier: GPL-3.0-or-later
// What a change of each control feels like: from the change to the window that is painted with the new
// answer, with all six architectures on; how long the window's own thread is busy in one go; and what a
// thousand changes leave behind in memory.
#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "bench/table.h"
#include "theme/application_style.h"
#include "window/main_window.h"

namespace {

using namespace deepvm;
using namespace deepvm::ui;
using session::Exploration;

constexpr double control_goal_ms = 50;
constexpr double turn_goal_ms = 16;
constexpr int most_changes = 100;
constexpr qint64 patience_ms = 4000;  // for one control: large markets are asked less often

double thread_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// An application that knows how much processor time each event took that was not part of another.
class TimedApplication : public QApplication {
  public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (inside_) return QApplication::notify(receiver, event);
        inside_ = true;
        const double begun = thread_milliseconds();
        const bool done = QApplication::notify(receiver, event);
        turns_.push_back(thread_milliseconds() - begun);
        inside_ = false;
        return done;
    }
    std::vector<double> takeTurns() { return std::exchange(turns_, {}); }

  private:
    bool inside_ = false;
    std::vector<double> turns_;
};

struct Control {
    const char* name;
    /// Another value each time: what a hand would move it to.
    std::function<void(session::Exploration&, int turn)> move;
    bool of_a_job = false;
};

template <typename Value>
Value one_of(std::initializer_list<Value> values, int turn) {
    return values.begin()[static_cast<std::size_t>(turn) % values.size()];
}

const std::vector<Control>& controls() {
    static const std::vector<Control> all{
        {"budget, a jump", [](session::Exploration& e,
                              int turn) { e.budget = base::Money::from_micro(1'000'000 + turn * 137'000); }},
        {"workload",
         [](session::Exploration& e, int turn) {
             e.workload = one_of({"bert-large-squad", "resnet50-imagenet", "gpt2-124m-openwebtext"}, turn);
         }},
        {"one architecture",
         [](session::Exploration& e, int turn) {
             const auto architecture = session::shown_architectures[static_cast<std::size_t>(turn / 2) %
                                                                    session::shown_architectures.size()];
             e.enable(architecture, turn % 2 != 0);
         }},
        {"nodes at most",
         [](session::Exploration& e, int turn) {
             e.max_nodes = one_of({32, 48, 64, 16, 128}, turn);
         }},
        {"only observed prices",
         [](session::Exploration& e, int turn) { e.observed_prices_only = turn % 2 == 0; }},
        {"risk by hand",
         [](session::Exploration& e, int turn) {
             const double rate = 0.001 * (1 + turn % 50);
             e.risk.rates = risk::RateRange{rate / 2, rate, 2 * rate};
             e.risk.source = "set by hand";
         }},
        {"quota", [](session::Exploration& e, int turn) { e.spot_quota["aws/G"] = 64 + 32 * (turn % 8); }},
        {"precision",
         [](session::Exploration& e, int turn) {
             e.assumptions.precision = one_of({model::Precision::fp32, model::Precision::tensor}, turn);
         }},
        {"utilisation",
         [](session::Exploration& e, int turn) { e.assumptions.utilisation = 0.2 + 0.01 * (turn % 30); }},
        {"overlap",
         [](session::Exploration& e, int turn) { e.assumptions.overlap = 0.02 * (1 + turn % 30); }},
        {"hosts",
         [](session::Exploration& e, int turn) {
             e.assumptions.hosts = one_of({problem::Hosts::any, problem::Hosts::x86}, turn);
         }},
        {"least efficiency",
         [](session::Exploration& e, int turn) { e.assumptions.min_efficiency = 0.4 + 0.01 * (turn % 40); }},
        {"checkpoint size",
         [](session::Exploration& e, int turn) { e.assumptions.checkpoint_gib = 0.5 + 0.1 * (turn % 40); }},
        {"checkpoints held",
         [](session::Exploration& e, int turn) { e.assumptions.buffer_depth = 1 + turn % 4; }},
        {"amount of the job", [](session::Exploration& e, int turn) { e.job.amount = 30 + turn; }, true},
        {"deadline", [](session::Exploration& e, int turn) { e.job.deadline_hours = 20 + turn % 40; }, true},
        {"confidence",
         [](session::Exploration& e, int turn) {
             e.job.deadline_hours = 40;
             e.job.confidence = 0.8 + 0.005 * (turn % 30);
         },
         true},
        {"new machine",
         [](session::Exploration& e, int turn) { e.checkpointing.provisioning_s = 120 + 10 * (turn % 40); },
         true},
        {"store speed",
         [](session::Exploration& e, int turn) { e.checkpointing.store_gbs = 0.08 + 0.01 * (turn % 40); },
         true},
    };
    return all;
}

void settle(window::MainWindow& window) {
    while (window.planning().busy() || (!window.planning().decision() && !window.planning().error()))
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

/// Milliseconds from the change to the painted answer.
double change(window::MainWindow& window, const session::Exploration& next) {
    QElapsedTimer timer;
    timer.start();
    window.exploration().set(next, QStringLiteral("a control"));
    while (window.planning().busy())
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    QApplication::processEvents();  // paints what is not painted yet
    if (window.planning().error()) qFatal("%s", window.planning().error()->message.c_str());
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double share_of(std::vector<double>& sorted, double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void print(const std::string& work, std::vector<double> taken, double goal) {
    if (taken.empty()) return;
    std::sort(taken.begin(), taken.end());
    bench::print({work, share_of(taken, 0.5), share_of(taken, 0.99), goal, {}, {}});
}

struct Case {
    const char* name;
    catalog::Selection selection;
    problem::Objective objective;
};

session::Exploration question(const Case& c) {
    session::Exploration start = session::first_exploration();
    start.selection = c.selection;
    start.budget = base::Money::from_micro(20'000'000);
    start.objective = c.objective;
    start.architectures.assign(session::shown_architectures.begin(), session::shown_architectures.end());
    return start;
}

void moves(TimedApplication& application, const Case& c) {
    state::Remembered remembered;
    remembered.exploration = question(c);
    window::MainWindow window({{}, DEEPVM_SOURCE_DIR "/catalog.db"}, remembered, state::Settings(QString()));
    window.resize(1280, 800);
    window.show();
    settle(window);
    application.takeTurns();
    std::vector<double> turns;
    for (const Control& control : controls()) {
        if (control.of_a_job && !problem::is_of_job(c.objective)) continue;
        std::vector<double> taken;
        QElapsedTimer patience;
        patience.start();
        for (int turn = 0; turn < most_changes && patience.elapsed() < patience_ms; ++turn) {
            session::Exploration next = question(c);
            control.move(next, turn);
            if (next == window.exploration().value()) continue;
            taken.push_back(change(window, next));
        }
        print(std::string(control.name) + ", " + c.name, std::move(taken), control_goal_ms);
        for (const double turn : application.takeTurns())
            turns.push_back(turn);
        settle(window);
    }
    if (turns.empty()) return;
    const double longest = *std::max_element(turns.begin(), turns.end());
    std::sort(turns.begin(), turns.end());
    bench::print({std::string("window's thread, one event: p99.9 and longest, ") + c.name,
                  share_of(turns, 0.999),
                  longest,
                  turn_goal_ms,
                  {},
                  {}});
}

// A thousand changes of controls drawn by chance, after a hundred that fill what is kept.
void memory() {
    const Case c{"aws us-east-1", {"aws", "us-east-1"}, problem::Objective::throughput};
    state::Remembered remembered;
    remembered.exploration = question(c);
    window::MainWindow window({{}, DEEPVM_SOURCE_DIR "/catalog.db"}, remembered, state::Settings(QString()));
    window.resize(1280, 800);
    window.show();
    settle(window);
    std::mt19937 random(1);
    const auto some = [&](int count) {
        for (int turn = 0; turn < count; ++turn) {
            session::Exploration next = window.exploration().value();
            controls()[random() % controls().size()].move(next, static_cast<int>(random() % 1000));
            change(window, next);
        }
    };
    some(100);
    const double before = bench::resident_mib();
    some(1000);
    settle(window);
    bench::print(
        {"growth over 1,000 random changes, aws us-east-1", {}, {}, {}, bench::resident_mib() - before, 10});
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    TimedApplication application(argc, argv);
    QApplication::setStyle(new theme::ApplicationStyle);
    bench::print_head();
    using problem::Objective;
    for (const Case& c : {Case{"aws us-east-1, throughput", {"aws", "us-east-1"}, Objective::throughput},
                          Case{"aws us-east-1, job cost", {"aws", "us-east-1"}, Objective::job_cost},
                          Case{"aws us-east-1, job time", {"aws", "us-east-1"}, Objective::job_time},
                          Case{"aws any region, job cost", {"aws", "any"}, Objective::job_cost},
                          Case{"any provider, throughput", {"any", "any"}, Objective::throughput},
                          Case{"any provider, job time", {"any", "any"}, Objective::job_time}})
        moves(application, c);
    memory();
    return 0;
}
