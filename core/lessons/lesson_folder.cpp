// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "lessons/lesson.h"

namespace deepvm::lessons {

base::Result<Folder> open_lessons(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end;
         each.increment(error))
        if (each->path().extension() == ".json") files.push_back(each->path());
    if (error)
        return base::fail(base::ErrorCode::unreadable,
                          fmt::format("{} cannot be read: {}", folder.string(), error.message()));
    std::ranges::sort(files);
    Folder opened;
    for (const auto& file : files) {
        auto lesson = open_lesson(file);
        if (!lesson) {
            opened.refused.push_back(std::move(lesson.error()));
            continue;
        }
        const auto twin = std::ranges::find(opened.lessons, lesson->id, &Lesson::id);
        if (twin != opened.lessons.end())
            opened.refused.push_back(
                {base::ErrorCode::damaged, fmt::format("{} and {} both have the id \"{}\"; change one",
                                                       twin->file, lesson->file, lesson->id)});
        else
            opened.lessons.push_back(std::move(*lesson));
    }
    return opened;
}

std::string lesson_template(const std::string& id) {
    constexpr std::string_view text = R"({
  "schema": "deepvm-lesson/1",
  "id": "@",
  "title": "One dollar more",
  "about": "What a little more money buys, and when it buys nothing.",
  "level": "first steps",
  "minutes": 10,
  "markets": [
    {"market": "aws", "region": "us-east-1"},
    {"market": "deepvm-paper"}
  ],
  "start": {"budget": 3, "workload": "resnet50-imagenet"},
  "exercise": {"budget": [2, 8]},
  "steps": [
    {
      "kind": "say",
      "title": "A budget buys machines",
      "text": "The slider on top is what the cluster may cost an hour. At {budget} it buys {plan.machines} for {plan.price}.",
      "page": "explore",
      "points": "budget"
    },
    {
      "kind": "predict",
      "title": "How far to the next step?",
      "text": "More money does not always buy something better. How much more an hour until the answer changes?",
      "points": "frontier",
      "answer": "next_extra",
      "within": 50,
      "keep": {"wanted": "next_step"},
      "after": "The next better cluster costs {next_step}: {next_extra} more."
    },
    {
      "kind": "do",
      "title": "Reach it",
      "text": "Drag the budget until the cluster is better than it was, and spend no more than that takes.",
      "points": "budget",
      "goal": "budget >= wanted and budget <= wanted + 0.05",
      "hints": [
        "The line of the frontier shows where the answer changes.",
        "Go to the right until the machines on the first card change.",
        "It is at {wanted}."
      ],
      "solution": {"budget": "wanted"}
    },
    {
      "kind": "explain",
      "title": "Why is it a staircase?",
      "text": "Between two steps more money changed nothing.",
      "choices": [
        {"text": "Machines are rented whole.", "right": true, "why": "Half a machine cannot be rented, so the money has to reach the next whole one."},
        {"text": "Prices change at night.", "right": false, "why": "The prices here stand still; only the budget moved."}
      ]
    }
  ]
}
)";
    std::string made(text);
    const std::string_view place = "\"@\"";
    made.replace(made.find(place), place.size(), "\"" + id + "\"");
    return made;
}

}  // namespace deepvm::lessons
