// SPDX-License-Identifier: GPL-3.0-or-later
// Up the prices, a plan is a step where it is worth a ten-thousandth more than the step before: so the
// cheaper wins of what nobody could tell apart, every step gains something, and no answer is worth a
// ten-thousandth less than the best. First within each architecture, then among their steps: the best over
// all is always the best of its own.
#include "problem/steps.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "problem/bounds.h"
#include "problem/candidates.h"
#include "problem/worth.h"

namespace deepvm::problem {
namespace {

// As the lists rank what costs and is worth the same; see better().
bool before(const Problem& problem, const Step& a, const Step& b) {
    if (a.price != b.price || a.worth != b.worth)
        return std::tuple(a.price, -a.worth) < std::tuple(b.price, -b.worth);
    const auto key = [&](const Step& step) {
        const Candidate& candidate = problem.candidates[step.candidate];
        const Counts counts = candidate.choices[step.choice].counts;
        const auto& type = type_of(problem, candidate.worker);
        const auto& place = problem.market->places[problem.workers[candidate.worker].place];
        const auto name_of = [](const model::InstanceType& of) { return std::string_view(of.name); };
        return std::tuple(
            counts.nodes + counts.remotes, -model::generation(type), name_of(type),
            candidate.other ? name_of(type_of(problem, *candidate.other)) : std::string_view(),
            candidate.remote ? name_of(problem.market->types[*candidate.remote]) : std::string_view(),
            std::string_view(place.provider), std::string_view(place.region), candidate.architecture);
    };
    return key(a) < key(b);
}

std::vector<Step> rising(const Problem& problem, std::vector<Step> steps) {
    std::ranges::sort(steps, [&](const Step& a, const Step& b) { return before(problem, a, b); });
    double most = 0;
    std::erase_if(steps, [&](const Step& step) {
        if (!told_apart(problem.request, step.worth, most)) return true;
        most = step.worth;
        return false;
    });
    return steps;
}

// Of millions of choices most are worth no more than cheaper ones of other candidates: a first look notes
// what is worth most in every part of the prices, and only what is worth more than all parts below is sorted.
class Promising {
  public:
    Promising(const Problem& problem, std::span<const std::size_t> contenders)
        : candidates_(problem.candidates), contenders_(contenders) {}

    std::vector<Step> find() {
        if (!find_prices()) return {};
        for (const auto i : contenders_)
            for (const Choice& choice : candidates_[i].choices) {
                double& most = most_[part_of(choice.price)];
                most = std::max(most, choice.worth);
            }
        double below = 0;
        for (double& most : most_)
            below = std::max(below, std::exchange(most, below));
        std::vector<Step> steps;
        for (const auto i : contenders_) {
            const auto& choices = candidates_[i].choices;
            for (std::size_t k = 0; k < choices.size(); ++k)
                if (choices[k].worth > most_[part_of(choices[k].price)])
                    steps.push_back({i, k, choices[k].price, choices[k].worth});
        }
        return steps;
    }

  private:
    bool find_prices() {
        bool any = false;
        base::Money most;
        for (const auto i : contenders_) {
            const Candidate& candidate = candidates_[i];
            if (candidate.choices.empty()) continue;
            const auto low = candidate.choices.front().price;
            const auto high = candidate.choices.back().price;
            least_ = any ? std::min(least_, low) : low;
            most = std::max(most, high);
            any = true;
        }
        width_ = static_cast<double>((most - least_).micro() + 1);
        return any;
    }

    std::size_t part_of(base::Money price) const {
        const auto above = static_cast<double>((price - least_).micro());
        return std::min(static_cast<std::size_t>(above / width_ * parts), parts - 1);
    }

    static constexpr std::size_t parts = 2048;
    std::span<const Candidate> candidates_;
    std::span<const std::size_t> contenders_;
    base::Money least_;
    double width_ = 1;
    std::array<double, parts> most_{};
};

}  // namespace

void find_steps(Problem& problem) {
    problem.steps.clear();
    std::vector<Step> all;
    for (const auto& [architecture, contenders] : problem.contenders) {
        auto& steps = problem.steps[architecture];
        steps = rising(problem, Promising(problem, contenders).find());
        all.insert(all.end(), steps.begin(), steps.end());
    }
    problem.overall_steps = rising(problem, std::move(all));
}

std::span<const Step> steps_of(const Problem& problem, std::span<const Architecture> architectures) {
    if (architectures.size() != 1) return problem.overall_steps;
    const auto found = problem.steps.find(architectures.front());
    return found == problem.steps.end() ? std::span<const Step>() : found->second;
}

std::optional<std::size_t> step_at(std::span<const Step> steps, base::Money budget) {
    const auto above = std::ranges::upper_bound(steps, budget, {}, &Step::price);
    if (above == steps.begin()) return std::nullopt;
    return static_cast<std::size_t>(above - steps.begin()) - 1;
}

std::optional<std::size_t> choice_at(const Problem& problem, const Candidate& candidate, base::Money budget) {
    const auto steps = steps_of(problem, std::span(&candidate.architecture, 1));
    if (const auto at = step_at(steps, budget); at && &problem.candidates[steps[*at].candidate] == &candidate)
        return steps[*at].choice;
    const auto fitting = affordable_choices(candidate, budget);
    if (fitting == 0) return std::nullopt;
    return fitting - 1;
}

}  // namespace deepvm::problem
