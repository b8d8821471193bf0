// SPDX-License-Identifier: GPL-3.0-or-later
// Whether SkyPilot would take a file: by PyYAML and python3-jsonschema, which know nothing of this project.
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

namespace deepvm::tests {

struct SkyPilotFile {
    QJsonArray documents;  ///< empty when it was refused
    QByteArray refusal;
};

inline SkyPilotFile read_skypilot(const QByteArray& yaml) {
    QProcess judge;
    judge.start("/usr/bin/python3", {"-W", "ignore", DEEPVM_SOURCE_DIR "/tests/exchange/skypilot/judge.py"});
    if (!judge.waitForStarted()) return {{}, "no python3"};
    judge.write(yaml);
    judge.closeWriteChannel();
    if (!judge.waitForFinished(60'000) || judge.exitCode() != 0) return {{}, judge.readAllStandardError()};
    return {QJsonDocument::fromJson(judge.readAllStandardOutput()).array(), {}};
}

/// What shellcheck finds in a POSIX shell script; empty when it finds nothing.
inline QByteArray shell_findings(const QByteArray& script) {
    QProcess checker;
    checker.setProcessChannelMode(QProcess::MergedChannels);
    checker.start("shellcheck", {"--shell=sh", "-"});
    if (!checker.waitForStarted()) return "no shellcheck";
    checker.write(script);
    checker.closeWriteChannel();
    if (!checker.waitForFinished(60'000)) return "shellcheck hangs";
    return checker.readAll();
}

}  // namespace deepvm::tests
