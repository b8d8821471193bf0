// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a person's own catalog would be ignored, or the program would not start without one.
#include <QTemporaryDir>
#include <QtTest>

#include "catalog/locations.h"
#include "support.h"
#include "test_program.h"

namespace test_locations {

using namespace deepvm;

class TestLocations : public QObject {
    Q_OBJECT

    QTemporaryDir home_;

    static QString default_file() {
        const auto file = catalog::default_catalog_file();
        return file ? QString::fromStdString(file->string()) : QString();
    }

  private slots:
    void init() {
        qputenv("HOME", home_.path().toUtf8());
        qunsetenv("XDG_DATA_HOME");
    }

    void without_an_own_catalog_the_shipped_one_counts() {
        QCOMPARE(default_file(), QStringLiteral(DEEPVM_SOURCE_DIR "/catalog.db"));
        QVERIFY(catalog::default_csv_folder().value() ==
                std::filesystem::path(DEEPVM_SOURCE_DIR "/resources/catalog"));
        QVERIFY(catalog::default_validation_folder().value() ==
                std::filesystem::path(DEEPVM_SOURCE_DIR "/resources/validation"));
    }
    void an_own_catalog_comes_first() {
        const auto own = home_.filePath(".local/share/deepvm-explorer/catalog.db");
        QVERIFY(QDir().mkpath(QFileInfo(own).path()));
        test::write_bytes(own, "x");
        QCOMPARE(default_file(), own);
        QTemporaryDir data;
        qputenv("XDG_DATA_HOME", data.path().toUtf8());
        QCOMPARE(default_file(), QStringLiteral(DEEPVM_SOURCE_DIR "/catalog.db"));
        QVERIFY(QFile::remove(own));
    }
    // The XDG base directory specification: relative paths are invalid and ignored.
    void a_relative_data_folder_is_ignored() {
        qputenv("XDG_DATA_HOME", "data");
        QVERIFY(catalog::user_catalog_file()->string().starts_with(home_.path().toStdString()));
        qunsetenv("HOME");
        QVERIFY(!catalog::user_catalog_file().has_value());
        QCOMPARE(default_file(), QStringLiteral(DEEPVM_SOURCE_DIR "/catalog.db"));
    }
};

}  // namespace test_locations

DEEPVM_TEST(test_locations, TestLocations)
#include "test_locations.moc"
