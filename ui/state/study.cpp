// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/study.h"

namespace deepvm::ui::state {

Study::Study(Planning& planning, std::chrono::milliseconds quiet, QObject* parent)
    : QObject(parent), planning_(planning) {
    planning_.enlist(*this);
    pause_.setSingleShot(true);
    pause_.setInterval(quiet);
    connect(&pause_, &QTimer::timeout, this, [this] { ask(answer()); });
    connect(&planning_, &Planning::decisionChanged, this, &Study::follow);
}

Study::~Study() {
    planning_.dismiss(*this);
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
    const Answer shown = answer();
    if (!shown.scene || !shown.decision)
        drop();
    else if (!found(shown))
        pause_.start();
}

}  // namespace deepvm::ui::state
