// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built command line program as a person would, apart from the person's own data.
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace deepvm::tests {

struct Answer {
    int code = -1;  ///< -1 when the program crashed or hung
    QString out;
    QString err;
};

class Command {
  public:
    QString path(const QString& file) const { return folder_.filePath(file); }

    /// Writes a file for the program to read; answers where it is.
    QString write(const QString& name, const QByteArray& content) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(content);
        return file.fileName();
    }

    Answer operator()(const QStringList& arguments, const QByteArray& input = {}) const {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_DATA_HOME", folder_.filePath("data"));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(folder_.path());
        process.start(QStringLiteral(DEEPVM_BIN_DIR "/deepvm"), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    /// What `text` breaks of a schema in resources/schemas; empty when it keeps it. By the python3-jsonschema
    /// package, which knows nothing of this project.
    QString broken_of_schema(const QString& text, const QString& schema) const {
        QFile file(path("document.json"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) <= 0) return "no document";
        file.close();
        QProcess validator;
        validator.setProcessChannelMode(QProcess::MergedChannels);
        validator.start("/usr/bin/python3", {"-W", "ignore", "-m", "jsonschema", "-i", file.fileName(),
                                             DEEPVM_SOURCE_DIR "/resources/schemas/" + schema});
        if (!validator.waitForFinished(60'000)) return "no judge";
        return validator.exitCode() == 0 ? QString() : QString::fromUtf8(validator.readAll());
    }

  private:
    QTemporaryDir folder_;
};

inline QJsonObject object(const QString& text) {
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

inline bool is_one_line(const QString& text) {
    return text.startsWith("deepvm: ") && text.endsWith('\n') && text.count('\n') == 1;
}

}  // namespace deepvm::tests
