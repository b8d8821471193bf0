// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/study.h"

#include <algorithm>

namespace deepvm::ui::jobs {

bool AnswerSource::studying() const {
    return std::ranges::any_of(studies_, [](const Study* study) { return study->busy(); });
}

Study::Study(AnswerSource& source, std::chrono::milliseconds quiet, QObject* parent)
    : QObject(parent), source_(source) {
    source_.enlist(*this);
    pause_.setSingleShot(true);
    pause_.setInterval(quiet);
    connect(&pause_, &QTimer::timeout, this, [this] { ask(); });
    connect(&source_, &AnswerSource::answerChanged, this, &Study::follow);
}

Study::~Study() {
    source_.dismiss(*this);
}

void Study::setWatched(bool watched) {
    if (watched == watched_) return;
    watched_ = watched;
    if (watched_) {
        if (!stopped_) aim();
        return;
    }
    pause_.stop();
    cancel();
}

void Study::stop() {
    stopped_ = true;
    pause_.stop();
    cancel();
}

void Study::again() {
    stopped_ = false;
    forgetFailure();
    aim();
}

void Study::follow() {
    stopped_ = false;
    aim();
}

void Study::aim() {
    if (!watched_) return;
    // What is under way is about an answer or a question that is no longer on show.
    pause_.stop();
    cancel();
    if (!answered())
        drop();
    else if (!found())
        pause_.start();
}

}  // namespace deepvm::ui::jobs
