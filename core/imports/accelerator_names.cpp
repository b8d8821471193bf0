// SPDX-License-Identifier: GPL-3.0-or-later
#include "imports/accelerator_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "base/names.h"

namespace deepvm::imports {
namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Small letters and digits of the words that tell accelerators apart.
std::string plain(std::string_view text) {
    static const std::set<std::string, std::less<>> say_nothing{
        "nvidia", "amd", "tesla", "instinct", "tensor", "core", "gpu", "gpus", "radeon"};
    std::string all;
    std::string word;
    for (const char c : base::lower_case(text) + " ") {
        if (is_letter_or_digit(c)) {
            word += c;
        } else {
            if (!say_nothing.contains(word)) all += word;
            word.clear();
        }
    }
    return all;
}

bool has_memory(const model::Accelerator& accelerator, std::span<const double> memory_gib) {
    return memory_gib.empty() || std::any_of(memory_gib.begin(), memory_gib.end(), [&](double each) {
               return std::abs(each - accelerator.memory_gib) <= 0.15 * accelerator.memory_gib;
           });
}

}  // namespace

const model::Accelerator* accelerator_named(std::span<const model::Accelerator> known, std::string_view text,
                                            std::span<const double> memory_gib) {
    const auto wanted = plain(text);
    if (wanted.empty()) return nullptr;
    const auto with_name = [&](const std::string& name) -> const model::Accelerator* {
        for (const auto& each : known)
            if (plain(each.name) == name && has_memory(each, memory_gib)) return &each;
        return nullptr;
    };
    if (const auto* exact = with_name(wanted)) return exact;
    // "A100" with 80 GB is what we call a100-80gb; "H100-80GB" what we call h100.
    const model::Accelerator* only = nullptr;
    for (const auto& each : known) {
        const auto name = plain(each.name);
        const auto gigabytes = fmt::format("{}gb", each.memory_gib);
        const bool same = name == wanted + gigabytes || name + gigabytes == wanted ||
                          (wanted.size() >= 6 && (name.ends_with(wanted) || name.starts_with(wanted))) ||
                          (name.size() >= 6 && wanted.starts_with(name));
        if (!same || !has_memory(each, memory_gib)) continue;
        if (name == wanted + gigabytes && memory_gib.empty()) continue;  // nothing tells it from the smaller
        if (only != nullptr) return nullptr;
        only = &each;
    }
    return only;
}

}  // namespace deepvm::imports
