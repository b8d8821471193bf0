// SPDX-License-Identifier: GPL-3.0-or-later
// Without this the catalog.db that people get could differ from the CSV files that reviewers read.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <QTemporaryDir>
#include <QtTest>

#include "catalog/builder.h"
#include "catalog/schema.h"
#include "support.h"
#include "test_program.h"

namespace test_shipped {

using namespace deepvm;

namespace {

// Every row of every table as text. Not the bytes of the file: they name the version of SQLite that wrote it.
QStringList contents(const QString& path) {
    const SQLite::Database database(path.toStdString(), SQLite::OPEN_READONLY);
    QStringList rows;
    SQLite::Statement tables(database,
                             "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    while (tables.executeStep()) {
        const auto name = tables.getColumn(0).getString();
        rows.append(QString::fromStdString(tables.getColumn(1).getString()));
        SQLite::Statement row(database, "SELECT * FROM " + name);
        while (row.executeStep()) {
            QStringList fields{QString::fromStdString(name)};
            for (int i = 0; i < row.getColumnCount(); ++i)
                fields.append(QString::fromStdString(row.getColumn(i).getString()));
            rows.append(fields.join('|'));
        }
    }
    return rows;
}

}  // namespace

class TestShipped : public QObject {
    Q_OBJECT
  private slots:
    void the_shipped_catalog_is_what_its_csv_files_build() {
        QTemporaryDir folder;
        const auto rebuilt = folder.filePath("catalog.db");
        const auto built = catalog::build_catalog(test::source_csv().toStdString(), rebuilt.toStdString());
        QVERIFY2(built.has_value(), built ? "" : built.error().message.c_str());
        const auto shipped = contents(QStringLiteral(DEEPVM_SOURCE_DIR "/catalog.db"));
        QVERIFY(shipped.size() > built->offers + built->instance_types);
        const auto again = contents(rebuilt);
        for (qsizetype i = 0; i < std::min(shipped.size(), again.size()); ++i)
            QVERIFY2(shipped[i] == again[i],
                     qPrintable("run \"deepvm catalog build\" at the top of the source tree: " + shipped[i] +
                                " is now " + again[i]));
        QCOMPARE(shipped.size(), again.size());
    }
};

}  // namespace test_shipped

DEEPVM_TEST(test_shipped, TestShipped)
#include "test_shipped.moc"
