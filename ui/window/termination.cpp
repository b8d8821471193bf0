// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/termination.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace deepvm::ui::window {
namespace {

constexpr std::array endings{SIGTERM, SIGHUP, SIGINT};

// A handler may do next to nothing: it writes a byte, which the event loop reads at the other end.
int ends[2] = {-1, -1};

void note(int) {
    const int error = errno;
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(ends[0], &byte, 1);
    errno = error;
}

int readingEnd() {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) return -1;
    return ends[1];
}

}  // namespace

Termination::Termination(QObject* parent) : QObject(parent), arrived_(readingEnd(), QSocketNotifier::Read) {
    if (!arrived_.isValid()) return;  // no descriptor is left: they end the program as ever
    connect(&arrived_, &QSocketNotifier::activated, this, &Termination::read);
    struct sigaction action {};
    action.sa_handler = note;
    sigemptyset(&action.sa_mask);
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (const int signal : endings) {
        struct sigaction before {};
        ::sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);  // nohup
    }
}

Termination::~Termination() {
    for (const int signal : endings) {
        struct sigaction current {};
        ::sigaction(signal, nullptr, &current);
        if (current.sa_handler == note) std::signal(signal, SIG_DFL);
    }
    arrived_.setEnabled(false);
    for (int& end : ends) {
        ::close(end);
        end = -1;
    }
}

void Termination::read() {
    char bytes[16];
    while (::read(ends[1], bytes, sizeof bytes) > 0) {
    }
    emit requested();
}

}  // namespace deepvm::ui::window
