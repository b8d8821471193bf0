// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/study.h"

namespace deepvm::ui::state {

Study::Study(Planning& planning, std::chrono::milliseconds quiet, QObject* parent)
    : QObject(parent), planning_(planning) {
    pause_.setSingleShot(true);
    pause_.setInterval(quiet);
    connect(&pause_, &QTimer::timeout, this, [this] {
        if (watched_ && planning_.scene() && planning_.decision())
            ask({planning_.scene(), planning_.decision()});
    });
    connect(&planning_, &Planning::decisionChanged, this, &Study::follow);
}

void Study::setWatched(bool watched) {
    if (watched == watched_) return;
    watched_ = watched;
    if (watched_) follow();
}

void Study::stop() {
    pause_.stop();
    cancel();
}

void Study::follow() {
    if (!watched_) return;
    if (planning_.scene() && planning_.decision())
        pause_.start();
    else
        drop();
}

}  // namespace deepvm::ui::state
