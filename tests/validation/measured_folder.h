// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped measurements, and a copy of them that a test may spoil.
#pragma once

#include <QTemporaryDir>
#include <QtTest>
#include <functional>
#include <optional>

#include "validation/validation.h"

namespace deepvm::validation::test {

inline const QString shipped = QStringLiteral(DEEPVM_SOURCE_DIR "/resources/validation/");
inline const QStringList files{"deepvm_scaling_runs.csv",    "deepvm_transmission_runs.csv",
                               "deepvm_aws_runs.csv",        "transient_parameter_server_runs.csv",
                               "transient_cluster_runs.csv", "transient_vm_lifetimes.csv",
                               "device_throughput.csv",      "multinode_throughput.csv",
                               "spot_price_pairs.csv"};
inline const QString peaks =
    "peaks/accelerators.csv";  // what device_throughput.csv needs, no table of its own

inline QStringList lines_of(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) qFatal("cannot read %s", qPrintable(path));
    return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
}

inline void write_lines(const QString& path, const QStringList& lines) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Text)) qFatal("cannot write %s", qPrintable(path));
    file.write(lines.join('\n').toUtf8() + "\n");
}

// Whether the table of the issue has a row fitted; its number counts from 0.
using IsFitted = std::function<bool(const QStringList& fields, int number)>;

inline IsFitted fitted_rows(const QString& file) {
    const auto among = [](int column, const QStringList& values) -> IsFitted {
        return [column, values](const QStringList& fields, int) { return values.contains(fields[column]); };
    };
    if (file == files[0]) return among(1, {"1"});
    if (file == files[1]) return among(0, {"2", "3"});
    if (file == files[2]) return among(0, {"rank-1"});
    if (file == files[3]) return among(2, {"2", "8"});
    if (file == files[4])
        return [](const QStringList& fields, int) {
            return fields[1] == "1" || (fields[0] == "k80" && fields[1] == "2");
        };
    if (file == files[6]) return [](const QStringList& fields, int) { return fields.last() == "fit"; };
    if (file == files[7])
        return [](const QStringList& fields, int) {
            return fields.last() == "fit" || (fields.last() == "test" && fields[2] == "1");
        };
    return [](const QStringList&, int number) { return number % 2 == 0; };
}

// The columns that were measured, which a prediction must not have read.
inline QList<int> measured_columns(const QString& file) {
    if (file == files[0] || file == files[5]) return {2};
    if (file == files[1]) return {1};
    if (file == files[2]) return {7};
    if (file == files[3]) return {3};
    if (file == files[6]) return {10};
    if (file == files[7]) return {14};
    return {4, 6};
}

inline const Table* find(const std::vector<Table>& tables, const QString& file) {
    for (const auto& table : tables)
        if (table.file == file.toStdString()) return &table;
    return nullptr;
}

inline std::vector<double> predictions(const std::vector<Table>& tables) {
    std::vector<double> all;
    for (const auto& table : tables)
        for (const auto& row : table.rows)
            all.push_back(row.predicted);
    return all;
}

inline QString message(const deepvm::base::Error& error) {
    return QString::fromStdString(error.message);
}

// Anew for each test.
class MeasuredFolder {
  public:
    MeasuredFolder() {
        bool made = QDir(folder_.path()).mkpath("peaks");
        for (const auto& file : files + QStringList{peaks})
            made = made && QFile::copy(shipped + file, path(file)) &&
                   QFile::setPermissions(path(file), QFile::ReadOwner | QFile::WriteOwner);
        if (!made) qFatal("cannot copy the measurements");
    }
    QString path(const QString& file) const { return folder_.filePath(file); }
    base::Result<std::vector<Table>> validate(const QString& program = {}) const {
        return validation::validate(folder_.path().toStdString(), program.toStdString());
    }
    // Changes the measured columns of the rows of `file` that are fitted, or of those that are not.
    void spoil(const QString& file, bool fitted) const {
        auto lines = lines_of(shipped + file);
        const auto is_fitted = fitted_rows(file);
        for (int i = 1; i < lines.size(); ++i) {
            auto fields = lines[i].split(',');
            if (is_fitted(fields, i - 1) != fitted) continue;
            for (const int column : measured_columns(file))
                fields[column] = QString::number(fields[column].toDouble() * (1.2 + 0.01 * (i % 7)));
            lines[i] = fields.join(',');
        }
        write_lines(path(file), lines);
    }

  private:
    QTemporaryDir folder_;
};

// What the model says of the shipped files.
inline std::vector<Table> shipped_tables() {
    auto tables = validate(shipped.toStdString());
    if (!tables) qFatal("%s", tables.error().message.c_str());
    return *tables;
}

}  // namespace deepvm::validation::test
