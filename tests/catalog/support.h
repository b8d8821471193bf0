// SPDX-License-Identifier: GPL-3.0-or-later
// A second, independent reading of the CSV files, and folders to spoil them in.
#pragma once

#include <QDir>
#include <QFile>
#include <QHash>
#include <QList>
#include <QString>
#include <filesystem>

namespace deepvm::test {

using Row = QHash<QString, QString>;

inline QStringList split_csv_line(const QString& line) {
    QStringList fields{QString()};
    bool quoted = false;
    for (const QChar c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.append(QString());
        else
            fields.back().append(c);
    }
    return fields;
}

/// The project's own files have no quote and no line break inside a field.
inline QList<Row> csv_rows(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) qFatal("cannot read %s", qPrintable(path));
    const auto header = split_csv_line(QString::fromUtf8(file.readLine()).trimmed());
    QList<Row> rows;
    while (!file.atEnd()) {
        const auto fields = split_csv_line(QString::fromUtf8(file.readLine()).remove('\n'));
        Row row;
        for (qsizetype i = 0; i < header.size(); ++i)
            row.insert(header[i], fields.value(i));
        rows.append(row);
    }
    return rows;
}

inline QString source_csv(const QString& name = {}) {
    return QStringLiteral(DEEPVM_SOURCE_DIR "/resources/catalog/") + name;
}

inline QByteArray bytes_of(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void write_bytes(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// A copy of resources/catalog in `folder`, to be spoiled.
inline void copy_csv_folder(const QString& folder) {
    QDir().mkpath(folder);
    for (const auto& name : QDir(source_csv()).entryList({"*.csv"}, QDir::Files))
        if (!QFile::exists(folder + '/' + name)) QFile::copy(source_csv(name), folder + '/' + name);
}

inline QStringList entries(const QString& folder) {
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

}  // namespace deepvm::test
