// SPDX-License-Identifier: GPL-3.0-or-later
// From process start to the first answer: of the command line, and of the explorer to its painted charts (as
// a screenshot on disk, so writing the file counts, too).
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/latency.h"
#include "bench/table.h"

extern char** environ;

namespace {

using deepvm::bench::Latency;

bool run(std::vector<std::string> arguments) {
    std::vector<char*> pointers;
    for (auto& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", 1, 0);
    pid_t child = 0;
    int status = 1;
    const bool started = posix_spawn(&child, pointers[0], &silent, nullptr, pointers.data(), environ) == 0 &&
                         waitpid(child, &status, 0) == child;
    posix_spawn_file_actions_destroy(&silent);
    return started && status == 0;
}

void start(benchmark::State& state, const std::vector<std::string>& arguments, double goal_ms) {
    Latency latency(state, goal_ms);
    for (auto _ : state) {
        bool answered = false;
        latency.measure([&] { answered = run(arguments); });
        if (!answered) return state.SkipWithError("the program did not answer");
    }
}

const std::string command_line = DEEPVM_BIN_DIR "/deepvm";
const std::string explorer = DEEPVM_BIN_DIR "/deepvm-explorer";

void command_line_published(benchmark::State& state) {
    start(state, {command_line, "plan", "--budget", "2.9"}, 100);
}
void command_line_aws(benchmark::State& state) {
    start(state, {command_line, "plan", "--budget", "2.9", "--provider", "aws", "--region", "us-east-1"},
          100);
}
void explorer_painted(benchmark::State& state) {
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    const auto picture = (std::filesystem::temp_directory_path() / "deepvm-bench-start.png").string();
    start(state, {explorer, "--screenshot", picture, "--budget", "2.9", "--size", "1280x800"}, 1000);
    std::filesystem::remove(picture);
}

}  // namespace

int main(int argc, char** argv) {
    const auto line = [](const char* work, int runs, void (*run)(benchmark::State&)) {
        benchmark::RegisterBenchmark(work, run)->UseManualTime()->Iterations(runs);
    };
    line("start to answer, deepvm plan, published", 50, command_line_published);
    line("start to answer, deepvm plan, aws us-east-1", 50, command_line_aws);
    line("start to picture on disk, explorer", 20, explorer_painted);
    return deepvm::bench::run_benchmarks(argc, argv);
}
