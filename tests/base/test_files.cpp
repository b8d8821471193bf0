// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever exports must not lose a file: not the one that is replaced, nor one that happens to lie beside it.
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "test_program.h"

namespace test_files {

using deepvm::base::Replacement;
using deepvm::base::write_file;
namespace fs = std::filesystem;

class TestFiles : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

    static std::string read(const fs::path& file) {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

  private slots:
    void writes_and_replaces() {
        const auto file = path("plan.json");
        QVERIFY(write_file(file, "old").has_value());
        QVERIFY(write_file(file, "new").has_value());
        QCOMPARE(read(file), std::string("new"));
    }

    void an_abandoned_replacement_leaves_no_trace() {
        const auto file = path("kept.json");
        QVERIFY(write_file(file, "kept").has_value());
        const auto count = [&] { return std::distance(fs::directory_iterator(file.parent_path()), {}); };
        const auto before = count();
        {
            const auto replacement = Replacement::beside(file);
            QVERIFY(replacement.has_value());
            QCOMPARE(count(), before + 1);
        }
        QCOMPARE(count(), before);
        QCOMPARE(read(file), std::string("kept"));
    }

    void a_link_survives_and_its_file_is_written() {
        QVERIFY(write_file(path("real.csv"), "old").has_value());
        fs::create_symlink("real.csv", path("middle.csv"));
        fs::create_symlink("middle.csv", path("link.csv"));
        QVERIFY(write_file(path("link.csv"), "new").has_value());
        QVERIFY(fs::is_symlink(path("link.csv")) && fs::is_symlink(path("middle.csv")));
        QCOMPARE(read(path("real.csv")), std::string("new"));
    }

    void the_neighbour_is_not_touched() {
        for (const char* name : {"a.csv.partial", "a.csv.new"})
            QVERIFY(write_file(path(name), "precious").has_value());
        QVERIFY(write_file(path("a.csv"), "text").has_value());
        for (const char* name : {"a.csv.partial", "a.csv.new"})
            QCOMPARE(read(path(name)), std::string("precious"));
    }

    void permissions_are_kept() {
        QVERIFY(write_file(path("secret.json"), "old").has_value());
        fs::permissions(path("secret.json"), fs::perms::owner_read | fs::perms::owner_write);
        QVERIFY(write_file(path("secret.json"), "new").has_value());
        QVERIFY(fs::status(path("secret.json")).permissions() ==
                (fs::perms::owner_read | fs::perms::owner_write));
    }

    void what_is_no_plain_file_is_refused() {
        fs::create_directory(path("folder"));
        QVERIFY(!write_file(path("folder"), "text"));
        QVERIFY(!write_file(path("missing") / "x.json", "text"));
        QVERIFY(!write_file("", "text"));
        QVERIFY(!Replacement::beside("/dev/null"));  // a catalog must never take its place
        QVERIFY(write_file("/dev/null", "text").has_value());
    }
};

}  // namespace test_files

DEEPVM_TEST(test_files, TestFiles)
#include "test_files.moc"
