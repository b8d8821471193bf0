// SPDX-License-Identifier: GPL-3.0-or-later
#include "deepcheck/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace deepvm::deepcheck {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr std::array<std::pair<Spread, std::string_view>, 3> spreads{
    {{Spread::sharded, "sharded"}, {Spread::replicated, "replicated"}, {Spread::whole, "whole"}}};

std::uint64_t chunks_in(std::uint64_t size) {
    return size / chunk_bytes + (size % chunk_bytes != 0 ? 1 : 0);
}

// A number of fixed width, so that no two manifests give the hash the same bytes.
void add_number(Hasher& hasher, std::uint64_t number) {
    std::array<std::byte, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(number >> 8U * i & 255U);
    hasher.add(bytes);
}

void add_text(Hasher& hasher, std::string_view text) {
    add_number(hasher, text.size());
    hasher.add(text);
}

Result<void> check_part(std::string_view name, std::string_view part) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::invalid_input, fmt::format("the name \"{}\" {}", name, why));
    };
    if (part.empty()) return refuse("has an empty part; write it relative, without // and / at its ends");
    if (part == "." || part == "..") return refuse("leads out of its folder; write it without . and ..");
    if (part.size() > longest_name) return refuse("has a part longer than 255 bytes");
    if (part.starts_with(".partial-") || part.starts_with(".deleting-"))
        return refuse("begins as the names of unfinished folders do; choose another");
    return {};
}

bool is_control(char c) {
    constexpr unsigned char del = 127;
    return static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) == del;
}

Result<void> check_entry(const FileEntry& file, const Manifest& manifest) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::damaged, fmt::format("the file \"{}\" of the manifest {}", file.name, why));
    };
    if (auto named = check_file_name(file.name); !named) return named;
    if (file.begin > file.whole || file.size > file.whole - file.begin)
        return refuse("has a slice beyond its end");
    if (manifest.spread != Spread::replicated && file.size != file.whole) return refuse("is not whole");
    if (file.chunks.size() != chunks_in(file.size))
        return refuse("has another number of chunks than its size");
    return {};
}

}  // namespace

std::string_view name(Spread spread) {
    return std::ranges::find(spreads, spread, &std::pair<Spread, std::string_view>::first)->second;
}

std::optional<Spread> spread_named(std::string_view text) {
    const auto* found = std::ranges::find(spreads, text, &std::pair<Spread, std::string_view>::second);
    return found == spreads.end() ? std::nullopt : std::optional(found->first);
}

Hash root_of(const Manifest& manifest) {
    Hasher hasher;
    add_text(hasher, manifest.job);
    add_number(hasher, manifest.position.generation);
    add_number(hasher, manifest.position.step);
    add_number(hasher, static_cast<std::uint64_t>(manifest.rank));
    add_number(hasher, static_cast<std::uint64_t>(manifest.ranks));
    add_text(hasher, name(manifest.spread));
    add_number(hasher, manifest.files.size());
    for (const auto& file : manifest.files) {
        add_text(hasher, file.name);
        add_number(hasher, file.whole);
        add_number(hasher, file.begin);
        add_number(hasher, file.size);
        for (const auto& chunk : file.chunks)
            hasher.add(std::as_bytes(std::span(chunk.bytes)));
    }
    return hasher.hash();
}

std::uint64_t bytes_of(const Manifest& manifest) {
    return std::accumulate(manifest.files.begin(), manifest.files.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const FileEntry& file) { return sum + file.size; });
}

std::uint64_t chunks_of(const Manifest& manifest) {
    return std::accumulate(manifest.files.begin(), manifest.files.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const FileEntry& file) { return sum + file.chunks.size(); });
}

base::Result<void> check_file_name(std::string_view name) {
    if (name.empty()) return fail(ErrorCode::invalid_input, "a file of a checkpoint has no name");
    if (name.size() > longest_path)
        return fail(ErrorCode::invalid_input,
                    fmt::format("the name \"{}\" is longer than {} bytes", name, longest_path));
    if (std::ranges::any_of(name, is_control))
        return fail(ErrorCode::invalid_input, fmt::format("the name \"{}\" has a control character", name));
    for (std::size_t begin = 0; begin <= name.size();) {
        const auto end = std::min(name.find('/', begin), name.size());
        if (auto part = check_part(name, name.substr(begin, end - begin)); !part) return part;
        begin = end + 1;
    }
    return {};
}

base::Result<void> check_job_name(std::string_view name) {
    constexpr std::string_view also = "-_.";
    const auto fits = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               also.find(c) != std::string_view::npos;
    };
    if (!name.empty() && name.size() <= longest_name && name.front() != '.' &&
        std::ranges::all_of(name, fits))
        return {};
    return fail(
        ErrorCode::invalid_input,
        fmt::format("the job's name \"{}\" must be 1 to {} letters, digits, \"-\", \"_\" or \".\", and not "
                    "begin with \".\"",
                    name, longest_name));
}

base::Result<void> check(const Manifest& manifest) {
    const auto refuse = [](std::string_view why) {
        return fail(ErrorCode::damaged, fmt::format("the manifest {}", why));
    };
    if (auto job = check_job_name(manifest.job); !job) return job;
    if (manifest.position.generation < 1 || manifest.position.generation > most_generation ||
        manifest.position.step > most_step)
        return refuse("has no generation or step that there can be");
    if (manifest.ranks < 1 || manifest.ranks > most_ranks || manifest.rank < 0 ||
        manifest.rank >= manifest.ranks)
        return refuse(fmt::format("is of rank {} of {}; there can be 1 to {}, counted from 0", manifest.rank,
                                  manifest.ranks, most_ranks));
    if (manifest.files.size() > most_files)
        return refuse(fmt::format("has {} files; {} is the most", manifest.files.size(), most_files));
    if (std::ranges::adjacent_find(manifest.files, std::ranges::greater_equal{}, &FileEntry::name) !=
        manifest.files.end())
        return refuse("has a file twice, or its files not in the order of their names");
    for (const auto& file : manifest.files)
        if (auto entry = check_entry(file, manifest); !entry) return entry;
    return {};
}

}  // namespace deepvm::deepcheck
