// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/shelf.h"

#include <QStringList>
#include <algorithm>

#include "catalog/locations.h"

namespace deepvm::ui::learn {

Shelf::Shelf() {
    const auto folder = catalog::lessons_folder();
    if (!folder) {
        problem_ = QString::fromStdString(folder.error().message);
        return;
    }
    auto opened = deepvm::lessons::open_lessons(*folder);
    if (!opened) {
        problem_ = QString::fromStdString(opened.error().message);
        return;
    }
    for (auto& each : opened->lessons)
        lessons_.push_back(std::make_shared<const deepvm::lessons::Lesson>(std::move(each)));
    QStringList refused;
    for (const auto& each : opened->refused)
        refused << QString::fromStdString(each.message);
    problem_ = refused.join(QStringLiteral("; "));
}

base::Result<Shelf::LessonPtr> Shelf::open(const QString& file) {
    auto lesson = deepvm::lessons::open_lesson(file.toStdString());
    if (!lesson) return tl::unexpected(std::move(lesson.error()));
    auto opened = std::make_shared<const deepvm::lessons::Lesson>(std::move(*lesson));
    const auto twin = std::ranges::find(lessons_, opened->id, [](const LessonPtr& each) { return each->id; });
    if (twin == lessons_.end())
        lessons_.push_back(opened);
    else
        *twin = opened;
    return opened;
}

Shelf::LessonPtr Shelf::find(const QString& id) const {
    const auto found =
        std::ranges::find(lessons_, id.toStdString(), [](const LessonPtr& each) { return each->id; });
    return found == lessons_.end() ? nullptr : *found;
}

}  // namespace deepvm::ui::learn
