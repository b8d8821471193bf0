// SPDX-License-Identifier: GPL-3.0-or-later
// Without these a damaged list of files would be taken for a checkpoint, or a name would lead out of its
// folder.
#include <QtTest>

#include "deepcheck/manifest.h"
#include "test_program.h"

namespace test_manifest {

using namespace deepvm;
using namespace deepvm::deepcheck;

namespace {

Manifest sample() {
    const std::string text(chunk_bytes + 5, 'x');
    const std::string_view all = text;
    Manifest manifest;
    manifest.job = "cifar-10";
    manifest.position = {3, 12'000};
    manifest.rank = 4;
    manifest.ranks = 8;
    manifest.files = {{"model/weights.pt",
                       all.size(),
                       0,
                       all.size(),
                       {hash_of(all.substr(0, chunk_bytes)), hash_of("xxxxx")}},
                      {"note", 0, 0, 0, {}}};
    return manifest;
}

}  // namespace

class TestManifest : public QObject {
    Q_OBJECT

  private slots:
    void positions_are_their_names() {
        QCOMPARE(QString::fromStdString(name(Position{3, 12'000})), QString("g0003-s0000012000"));
        for (const Position each : {Position{1, 0}, Position{12'345, 98'765'432'101}})
            QVERIFY(position_named(name(each)) == each);
        for (const char* none : {"", "g1-s1", "g0003-s0000012000 ", "g0003-s000001200x", "g-0003-s0000012000",
                                 "g0003-s", "x0003-s0000012000", "g9999999999-s0000000001"})
            QVERIFY2(!position_named(none), none);
        QVERIFY((Position{1, 900} < Position{2, 1}));
    }

    void what_is_written_is_read_again() {
        const auto manifest = sample();
        const auto read = read_manifest(manifest_json(manifest), "m");
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(*read == manifest);
    }

    // Each flipped bit either changes nothing that is said, or is found.
    void no_changed_byte_gives_another_manifest() {
        const auto manifest = sample();
        const auto text = manifest_json(manifest);
        int found = 0;
        for (std::size_t i = 0; i < text.size(); ++i)
            for (const unsigned bit : {0U, 3U, 6U}) {
                auto changed = text;
                changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ 1U << bit);
                const auto read = read_manifest(changed, "m");
                if (!read)
                    ++found;
                else
                    QVERIFY2(*read == manifest, changed.c_str());
            }
        QVERIFY(found > static_cast<int>(text.size()));
    }

    void names_stay_in_their_folder() {
        for (const char* bad :
             {"", "/etc/passwd", "..", "a/../b", "a//b", "a/", "./a", ".partial-x/y", "a\nb"})
            QVERIFY2(!check_file_name(bad).has_value(), bad);
        for (const char* good : {"a", "a/b.c", "state.pt", "...", "a b"})
            QVERIFY2(check_file_name(good).has_value(), good);
        QVERIFY(!check_file_name(std::string(256, 'n')).has_value());
        QVERIFY(!check_job_name("../x").has_value() && !check_job_name(".x").has_value());
        QVERIFY(check_job_name("resnet50_run-2.b").has_value());
    }

    void a_newer_format_is_not_guessed_at() {
        auto text = QString::fromStdString(manifest_json(sample()));
        text.replace("manifest/1", "manifest/2");
        const auto read = read_manifest(text.toStdString(), "m");
        QVERIFY(!read && read.error().code == base::ErrorCode::wrong_version);
    }
};

}  // namespace test_manifest

DEEPVM_TEST(test_manifest, TestManifest)
#include "test_manifest.moc"
