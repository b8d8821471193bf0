// SPDX-License-Identifier: GPL-3.0-or-later
// The manual pages and the completions of the package are written by hand; here they are held against what
// the programs say of themselves.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

#include "app/command.h"
#include "test_program.h"

namespace test_help_files {

namespace {

const QString folder = QStringLiteral(DEEPVM_SOURCE_DIR "/packaging/linux/");

/// Subcommands that have some of their own.
const QStringList groups{"catalog", "lesson"};

QStringList sorted(QStringList words) {
    words.sort();
    words.removeDuplicates();
    return words;
}

QStringList matches(const QString& pattern, const QString& text) {
    QStringList found;
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    for (const auto& match : expression.globalMatch(text))
        found.append(match.captured(1));
    return sorted(found);
}

QString read(const QString& name) {
    QFile file(folder + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The source of a manual page with plain hyphens.
QString manual(const QString& program) {
    return read(program + ".1").replace("\\-", "-");
}

/// What stands under a heading of a manual page, up to the next of its kind.
QString under(const QString& page, const QString& heading, const QString& kind) {
    const auto from = page.indexOf("\n" + kind + " " + heading);
    if (from < 0) return {};
    const auto next = QRegularExpression(kind == ".SH" ? "\n\\.SH " : "\n\\.S[SH] ").match(page, from + 1);
    return page.mid(from, next.hasMatch() ? next.capturedStart() - from : -1);
}

/// The options that have a paragraph of their own, which may be of two.
QStringList options_in_manual(const QString& text) {
    return matches("(--[\\w-]+)", matches("^\\.TP\n(.*--.*)$", text).join('\n'));
}

QStringList options_in_help(const QString& text) {
    return matches("^ +(?:-\\w, ?)?(--[\\w-]+)", text);
}

/// What bash completes behind `line`, whose last word is the one that is being typed.
QStringList completed(const QString& program, const QStringList& line, const QString& in) {
    QProcess bash;
    bash.setWorkingDirectory(in);
    const QString script =
        QStringLiteral(
            "source '%1%2.bash'; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); "
            "f=$(complete -p %2); f=${f#*-F }; ${f%% *}; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .arg(folder, program);
    bash.start("/bin/bash", QStringList{"--norc", "-c", script, "bash", program} + line);
    if (!bash.waitForFinished(60'000) || bash.exitCode() != 0) return {"bash failed"};
    const auto errors = bash.readAllStandardError();
    if (!errors.isEmpty()) return {QString::fromUtf8(errors)};
    return sorted(QString::fromUtf8(bash.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts));
}

}  // namespace

class TestHelpFiles : public QObject {
    Q_OBJECT

    deepvm::tests::Command deepvm;

    QStringList completion(const QString& line) const {
        return completed("deepvm", line.split(' '), deepvm.path(""));
    }

    // "plan" ... and "catalog build" ..., as the program lists them.
    QStringList commands() const {
        QStringList all;
        for (const auto& name : listed({})) {
            if (!groups.contains(name)) all.append(name);
        }
        for (const auto& group : groups) {
            for (const auto& name : listed({group}))
                all.append(group + " " + name);
        }
        return all;
    }

    QStringList listed(const QStringList& command) const {
        return matches("^  (\\w+) {2,}\\w", section(deepvm(command + QStringList{"--help"}).out));
    }

    QStringList lessons() const {
        return matches("\"id\": \"(.*)\"", deepvm({"lesson", "list", "--format", "json"}).out);
    }

    static QString section(const QString& help) { return help.mid(help.indexOf("\nSubcommands:")); }

    QStringList options(const QString& command) const {
        return options_in_help(deepvm(command.split(' ') + QStringList{"--help"}).out);
    }

    // The words that the program names where it refuses one; those of a data set or format of its own, too.
    QStringList known(const QString& line) const {
        const auto said = deepvm(line.split(' ') + QStringList{"nope"}).err;
        const auto words = QRegularExpression("Known: (.*)\n|not in \\{(.*)\\}").match(said);
        return sorted((words.captured(1) + words.captured(2)).split(QRegularExpression(", ?")));
    }

  private slots:
    void all_subcommands_are_known() {
        QVERIFY2(commands().size() >= 22, qPrintable(commands().join(", ")));
        QCOMPARE(completion(" "), sorted(listed({})));
        for (const auto& group : groups)
            QCOMPARE(completion(group + " "), sorted(listed({group})));
        QCOMPARE(completion("--catalog own.db catalog "), sorted(listed({"catalog"})));
        const auto in_manual = matches("^\\.SS deepvm ((?:(?:catalog|lesson) )?\\w+)", manual("deepvm"));
        QCOMPARE(in_manual, sorted(commands()));
    }

    void each_option_of_a_subcommand_is_known() {
        const auto page = manual("deepvm");
        const auto planning = options_in_manual(under(page, "PLANNING OPTIONS", ".SH"));
        QVERIFY(planning.size() > 30);
        for (const auto& command : commands()) {
            const auto wanted = options(command);
            QVERIFY2(wanted.contains("--help"), qPrintable(command));
            QVERIFY2(completion(command + " --") == sorted(wanted + QStringList{"--catalog"}),
                     qPrintable(command + ": " + completion(command + " --").join(' ')));
            const auto text = under(page, "deepvm " + command, ".SS");
            auto told = options_in_manual(text) + QStringList{"--help"};
            if (text.contains("PLANNING OPTIONS")) told += planning;
            QVERIFY2(sorted(told) == wanted, qPrintable(command + ": " + sorted(told).join(' ')));
        }
        const auto first = options_in_help(deepvm({"--help"}).out);
        QCOMPARE(completion("--"), first);
        QCOMPARE(sorted(options_in_manual(under(page, "OPTIONS", ".SH"))), first);
    }

    void words_behind_an_option_are_those_of_the_program_data() {
        QTest::addColumn<QString>("line");
        for (const char* line : {"plan --budget 2.9 --dataset",
                                 "plan --budget 2.9 --provider",
                                 "plan --budget 2.9 --preset",
                                 "plan --budget 2.9 --architectures",
                                 "plan --budget 2.9 --objective",
                                 "plan --budget 2.9 --precision",
                                 "plan --budget 2.9 --hosts",
                                 "plan --budget 2.9 --revocations",
                                 "plan --budget 2.9 --lifetimes",
                                 "plan --budget 2.9 --format",
                                 "frontier --from 1 --to 2 --format",
                                 "flopp --format",
                                 "speeds --format",
                                 "simulate --budget 2.9 --format",
                                 "validate --format",
                                 "open x --format",
                                 "compare x --format",
                                 "export --budget 2.9 --as",
                                 "catalog offers --format",
                                 "catalog import x --format",
                                 "catalog import x --report",
                                 "catalog diff x y --as",
                                 "lesson list --format",
                                 "lesson check --format",
                                 "lesson grade x --format"})
            QTest::newRow(line) << line;
    }
    void words_behind_an_option_are_those_of_the_program() {
        QFETCH(QString, line);
        const auto words = known(line);
        QVERIFY2(words.size() >= 2, qPrintable(deepvm(line.split(' ') + QStringList{"nope"}).err));
        QCOMPARE(completion(line + " "), words);
        // The page says them, too, somewhere.
        for (const auto& word : words)
            QVERIFY2(manual("deepvm").contains(QRegularExpression("\\b" + word + "\\b")), qPrintable(word));
    }

    void workloads_are_those_of_the_catalog() {
        QFile file(QStringLiteral(DEEPVM_SOURCE_DIR "/resources/catalog/workloads.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto names = matches("^([\\w-]+),", QString::fromUtf8(file.readAll()));
        names.removeOne("workload");
        QVERIFY(names.size() > 10);
        QCOMPARE(completion("plan --workload "), names);
    }

    // As the glossary lists them, each in one word, which it understands as well.
    void terms_are_those_of_the_glossary() {
        const auto names = matches("^(\\w.*)$", deepvm({"glossary"}).out);
        QVERIFY(names.size() >= 40);
        QStringList words;
        for (const auto& name : names)
            words.append(name.toLower().replace(QRegularExpression("[^a-z0-9]+"), "-"));
        QCOMPARE(completion("glossary "), sorted(words));
        for (const auto& word : words)
            QVERIFY2(deepvm({"glossary", word}).out.startsWith(names[words.indexOf(word)] + "\n"),
                     qPrintable(word));
        QCOMPARE(completion("glossary shadow"), QStringList{"shadow-price"});
    }

    void lessons_are_those_of_the_program() {
        QVERIFY(lessons().size() >= 8);
        QCOMPARE(completion("lesson check "), lessons());
        QCOMPARE(completion("lesson key "), lessons());
        QCOMPARE(completed("deepvm-explorer", {"--lesson", ""}, deepvm.path("")), lessons());
    }

    void what_is_typed_narrows_the_answer() {
        QCOMPARE(completion("plan --form"), QStringList{"--format"});
        QCOMPARE(completion("plan --format = j"), QStringList{"json"});
        QCOMPARE(completion("plan --format ="), (QStringList{"json", "text"}));
        QCOMPARE(completion("plan --architectures tiering,on"), QStringList{"tiering,on-demand"});
        QCOMPARE(completion("plan --budget "), QStringList());
        QCOMPARE(completion("plan --observed-prices-only --pres"), QStringList{"--preset"});
    }

    void files_are_those_that_fit() {
        for (const char* name : {"a session.deepvm", "plan.json", "own.db", "prices.csv"})
            QVERIFY(QFile(deepvm.path(name)).open(QIODevice::WriteOnly));
        QVERIFY(QDir().mkpath(deepvm.path("folder.db")));
        const QString here = deepvm.path("");
        QCOMPARE(completion("lesson check p"), (QStringList{"plan.json"}));
        QCOMPARE(completion("lesson grade "), (QStringList{"folder.db", "plan.json"}));
        QCOMPARE(completion("lesson list --lessons "), QStringList{"folder.db"});
        QCOMPARE(completion("open "), (QStringList{"a session.deepvm", "folder.db", "plan.json"}));
        QCOMPARE(completion("plan --catalog o"), QStringList{"own.db"});
        QCOMPARE(completion("catalog diff "), (QStringList{"folder.db", "own.db"}));
        QCOMPARE(completion("plan --measurements p"), QStringList{"prices.csv"});
        QCOMPARE(completion("catalog import p"), (QStringList{"plan.json", "prices.csv"}));
        QCOMPARE(completion("validate --data "), QStringList{"folder.db"});
        QCOMPARE(completed("deepvm-explorer", {""}, here),
                 (QStringList{"a session.deepvm", "folder.db", "plan.json"}));
        QCOMPARE(completed("deepvm-explorer", {"--catalog", "o"}, here), QStringList{"own.db"});
    }

    void the_window_is_known_as_well() {
        const QString program = QStringLiteral(DEEPVM_BIN_DIR "/deepvm-explorer");
        if (!QFile::exists(program)) QSKIP("built without the window");
        const auto run = [&](const QStringList& arguments) {
            QProcess process;
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(program, arguments);
            return process.waitForFinished(60'000) ? QString::fromUtf8(process.readAll()) : QString();
        };
        const auto options = options_in_help(run({"--help"}));
        QVERIFY2(options.size() >= 11, qPrintable(options.join(' ')));
        const QString here = deepvm.path("");
        QCOMPARE(completed("deepvm-explorer", {"--"}, here), options);
        const auto page = manual("deepvm-explorer");
        QCOMPARE(sorted(options_in_manual(page)), options);
        const auto said = run({"--page", "nope", "--screenshot", deepvm.path("picture.png")});
        const auto pages = sorted(QRegularExpression("Known: (.*)\n").match(said).captured(1).split(", "));
        // There are more tabs than a refusal names.
        QFile source(QStringLiteral(DEEPVM_SOURCE_DIR "/ui/window/page_stack.cpp"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const auto tabs =
            matches("\\{QStringLiteral\\(\"([a-z-]+)\"\\),\\s*tr", QString::fromUtf8(source.readAll()));
        QVERIFY2(pages.size() > 5 && tabs.size() > 5, qPrintable(said));
        QCOMPARE(completed("deepvm-explorer", {"--page", ""}, here), pages);
        QCOMPARE(completed("deepvm-explorer", {"--tab", ""}, here), tabs);
        for (const auto& word : pages + tabs)
            QVERIFY2(page.contains(QRegularExpression("\\b" + word + "\\b")), qPrintable(word));
    }
};

}  // namespace test_help_files

DEEPVM_TEST(test_help_files, TestHelpFiles)
#include "test_help_files.moc"
