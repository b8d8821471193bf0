// SPDX-License-Identifier: GPL-3.0-or-later
// The tests of a room are one program, those with threads another: "test_planner reasons" runs those of
// test_reasons.cpp, with the options of Qt Test behind the name; without a name it runs them all.
#pragma once

#include <QtTest>
#include <functional>
#include <memory>
#include <string>

namespace deepvm::tests {

/// Makes the tests of one file known to the program, by the name of the file without "test_".
struct Registered {
    Registered(std::string name, std::function<std::unique_ptr<QObject>()> make);
};

}  // namespace deepvm::tests

/// Behind the namespace of a test file, which bears the file's name; `Class` holds its test functions.
#define DEEPVM_TEST(file, Class)                              \
    static const deepvm::tests::Registered registered_##file( \
        std::string(#file).substr(5),                         \
        []() -> std::unique_ptr<QObject> { return std::make_unique<file::Class>(); });
