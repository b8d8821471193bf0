// SPDX-License-Identifier: GPL-3.0-or-later
// The same four offers in every format that can carry them, written after the layout of the real files, and a
// small catalog to import into.
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "imports/import.h"

namespace deepvm::test {

/// One offer of AWS in us-east-1.
struct SampleOffer {
    const char* type;
    const char* on_demand;
    const char* spot;
    int vcpus;
    double memory_gib;
    int gpus;
    const char* gpu;  ///< as SkyPilot writes it; empty without
};
const std::vector<SampleOffer>& sample_offers();

/// The day of the samples, which is today.
QString sample_day();
/// ISO date of so many days before today.
QByteArray days_ago(int days);

QByteArray skypilot_sample();
QByteArray spot_history_sample();
QByteArray price_list_json_sample();
QByteArray price_list_csv_sample();
QByteArray spot_advisor_sample();
QByteArray azure_sample();
QByteArray ec2_instances_sample();
QByteArray deepvm_data_sample();
QByteArray csv_sample();

/// A file name for each and its bytes.
struct Sample {
    QString file;
    QByteArray bytes;
};
std::vector<Sample> all_samples();

/// A folder with a catalog of few places, quick to import into.
class Desk {
  public:
    Desk();

    QString path(const QString& file) const { return folder_.filePath(file); }
    /// Writes a file; its path.
    QString file(const QString& name, const QByteArray& bytes) const;
    /// A new catalog as it was built.
    QString fresh(const QString& name = "own.db") const;
    base::Result<imports::ImportReport> import(const QString& into, const QStringList& files,
                                               imports::ImportOptions options = {}) const;
    /// Lines of our own CSV under these columns.
    base::Result<imports::ImportReport> rows(const QString& into, const QByteArray& columns,
                                             const QByteArray& lines) const {
        return import(into, {file("rows.csv", columns + '\n' + lines)});
    }

  private:
    QTemporaryDir folder_;
};

/// An offer of a catalog; fails the test where it is not there.
model::Offer offer_of(const QString& catalog, const std::string& market, const std::string& region,
                      const std::string& type);
/// Its type.
model::InstanceType type_of(const QString& catalog, const std::string& market, const std::string& region,
                            const std::string& type);
/// Where its on-demand or spot price is from.
model::Source source_of(const QString& catalog, const std::string& market, const std::string& region,
                        const std::string& type, bool is_spot = false);
bool has_offer(const QString& catalog, const std::string& market, const std::string& region,
               const std::string& type);

/// All examples and remarks of a report, a line each.
QString everything_said(const imports::ImportReport& report);

}  // namespace deepvm::test
